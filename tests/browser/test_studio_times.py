"""Are times drawn with the pointer and moved by keys, to shots and voices, and texts replaced, with nothing lost?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from support.browsing import Open
from support.films import make_colour_cuts
from support.projects import babelreel, make_project
from support.studios import RunningStudio, running_studio
from support.tracks import srt

#: The film cuts at 1.2 and 2.2 s; a picture takes 40 ms, and a line ends two pictures before a cut.
FRENCH = (
    (200, 1000, "Tes droits sont tes droits."),
    (1400, 1900, "Droit au but."),
    (2400, 2900, "L’avocat, l’Avocate."),
)
#: How long making what is drawn may take on a busy machine.
PATIENCE_MS = 120_000


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_colour_cuts(tmp_path_factory.mktemp("film") / "film.mp4", cuts=(30, 55), sound=True)


@pytest.fixture
def studio(tmp_path: Path, film: Path) -> Iterator[RunningStudio]:
    with running_studio(make_project(tmp_path / "film", {"fr.srt": srt(*FRENCH)}, film=film), "fr") as studio:
        yield studio


def lines_of(studio: RunningStudio) -> str:
    return (studio.root / "subtitles" / "fr.srt").read_text("utf-8")


def text(page: Page, number: int) -> Locator:
    return page.get_by_label(f"Line {number}", exact=True)


def open_page(visit: Open, studio: RunningStudio, **options: object) -> Page:
    page: Page = visit(studio.link, **options).page
    expect(text(page, 1)).to_be_visible()
    return page


def wait_for_shots(page: Page) -> None:
    """Wait until the page knows where the film cuts, and has its sound."""
    canvas = page.locator("#timeline-picture")
    expect(canvas).to_have_attribute("data-shots", "2", timeout=PATIENCE_MS)
    expect(canvas).to_have_attribute("data-peaks", re.compile(r"\d+"), timeout=PATIENCE_MS)


def drag(page: Page, from_ms: int, to_ms: int, *, then: str = "") -> None:
    """Draw with the pointer from a time to another one; the timeline shows 15 s, or all of a film, from its start."""
    box = page.locator("#timeline-picture").bounding_box()
    assert box
    x = [box["x"] + each / 15_000 * box["width"] for each in (from_ms, to_ms)]
    page.mouse.move(x[0], box["y"] + 20)
    page.mouse.down()
    page.mouse.move((x[0] + x[1]) / 2, box["y"] + 20)
    page.mouse.move(x[1], box["y"] + 20)
    if then:
        page.keyboard.press(then)
    page.mouse.up()


def test_an_edge_that_is_drawn_snaps_to_the_cut_and_is_saved_when_it_is_let_go(
    studio: RunningStudio, visit: Open
) -> None:
    page = open_page(visit, studio)
    wait_for_shots(page)
    drag(page, 1400, 1260)  # the start of line 2; a pixel has some 25 ms
    expect(page.get_by_label("Start of line 2")).to_have_value("0:00:01.200")
    drag(page, 1000, 1060)  # the end of line 1: two pictures before the cut
    expect(page.get_by_label("End of line 1")).to_have_value("0:00:01.120")
    expect(page.locator("#saved")).to_have_text("All is saved")
    assert lines_of(studio) == srt((200, 1120, FRENCH[0][2]), (1200, 1900, FRENCH[1][2]), FRENCH[2])
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    undo.click()
    expect(undo).to_be_disabled()
    assert lines_of(studio) == srt(*FRENCH)


def test_without_snapping_an_edge_keeps_to_pictures_and_escape_lets_it_be(studio: RunningStudio, visit: Open) -> None:
    page = open_page(visit, studio)
    wait_for_shots(page)
    page.get_by_label("Times keep to shots and voices").uncheck()
    drag(page, 1400, 1260)
    start = page.get_by_label("Start of line 2")
    expect(start).not_to_have_value("0:00:01.400")
    expect(start).not_to_have_value("0:00:01.200")
    written = start.input_value()
    assert int(written[-3:]) % 40 == 0, "a picture takes 40 ms"
    expect(page.locator("#saved")).to_have_text("All is saved")
    drag(page, 2400, 2600, then="Escape")
    expect(page.get_by_label("Start of line 3")).to_have_value("0:00:02.400")
    expect(page.locator("#saved")).to_have_text("All is saved")
    assert lines_of(studio).count("00:00:02,400 --> 00:00:02,900") == 1


def test_a_key_goes_to_the_next_cut(studio: RunningStudio, visit: Open) -> None:
    page = open_page(visit, studio)
    wait_for_shots(page)
    page.get_by_label("Start of line 3").focus()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_label("Start of line 3")).to_have_value("0:00:02.200")
    expect(page.get_by_role("status")).to_have_text("0:00:02.200")
    page.get_by_label("End of line 2").focus()
    page.keyboard.press("Shift+ArrowUp")
    expect(page.get_by_label("End of line 2")).to_have_value("0:00:02.120")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_have_text("All is saved")
    assert lines_of(studio) == srt(FRENCH[0], (1400, 2120, FRENCH[1][2]), (2200, 2900, FRENCH[2][2]))


def test_the_picture_of_the_sound_is_drawn_and_no_screen_reader_needs_it(studio: RunningStudio, visit: Open) -> None:
    page = open_page(visit, studio)
    wait_for_shots(page)
    text(page, 2).focus()
    canvas = page.locator("#timeline-picture")
    assert canvas.get_attribute("aria-hidden") == "true"
    # the middle of the part below the names: a tone without a pause, and nothing behind the end of the film
    read = (
        "element => { const row = element.getContext('2d').getImageData("
        "0, Math.round(element.height * 0.6), element.width, 1).data;"
        "const at = (share) => row.slice(4 * Math.round(element.width * share)).slice(0, 4).join();"
        "return [at(0.05), at(0.9)]; }"
    )
    for _ in range(100):  # it is drawn with the next picture of the screen
        heard, silent = canvas.evaluate(read)
        if heard != silent:
            break
        page.wait_for_timeout(100)
    assert heard != silent
    page.locator("#timeline summary").click()
    page.reload()
    expect(text(page, 1)).to_be_visible()
    expect(canvas).to_be_hidden()


def timed(texts: list[str]) -> str:
    return srt(*((start, end, said) for (start, end, _), said in zip(FRENCH, texts, strict=True)))


def open_replacing(page: Page, wanted: str, by: str) -> None:
    page.get_by_role("searchbox", name="Find").fill(wanted)
    page.locator("#replacing summary").click()
    page.get_by_role("textbox", name="By").fill(by)


def test_all_places_are_replaced_in_one_step_of_undo(studio: RunningStudio, visit: Open) -> None:
    page = open_page(visit, studio)
    open_replacing(page, "droit", "devoir")
    expect(page.locator("#places")).to_have_text("Found: 3, lines: 2")
    page.get_by_label("Capitals as written").check()
    expect(page.locator("#places")).to_have_text("Found: 2, lines: 1")
    page.get_by_label("Capitals as written").uncheck()
    page.get_by_role("button", name="Replace all").click()
    expect(page.locator("#replaced")).to_have_text("Replaced: 3, in line 1, 2")
    after = ((*FRENCH[0][:2], "Tes devoirs sont tes devoirs."), (*FRENCH[1][:2], "devoir au but."), FRENCH[2])
    assert lines_of(studio) == srt(*after)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_have_text("2 lines are as they were.")
    assert lines_of(studio) == srt(*FRENCH)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_what_was_replaced_everywhere_is_one_step_of_undo_in_the_terminal(studio: RunningStudio, visit: Open) -> None:
    page = open_page(visit, studio)
    open_replacing(page, "droit", "devoir")
    page.get_by_role("button", name="Replace all").click()
    expect(page.locator("#replaced")).to_have_text("Replaced: 3, in line 1, 2")
    assert babelreel(studio.root, "undo").code == 0
    assert lines_of(studio) == srt(*FRENCH)
    assert "nothing to undo" in babelreel(studio.root, "undo").err


def test_a_line_that_would_be_empty_stays_and_the_others_are_replaced(studio: RunningStudio, visit: Open) -> None:
    page = open_page(visit, studio)
    text(page, 3).fill("droit")
    open_replacing(page, "droit", "")
    page.get_by_role("button", name="Replace all").click()
    expect(page.locator("#replaced")).to_have_text("Replaced in line 1, 2; look again at line 3.")
    assert lines_of(studio) == timed(["Tes s sont tes s.", "au but.", "droit"])


def test_one_place_is_replaced_after_the_other(studio: RunningStudio, visit: Open) -> None:
    page = open_page(visit, studio)
    open_replacing(page, "droits", "devoirs")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#place-found")).to_have_text("Line 1: Tes droits sont tes droits.")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Replace", exact=True).click()
    expect(page.locator("#replaced")).to_have_text("Replaced: 1, in line 1")
    assert lines_of(studio) == srt((*FRENCH[0][:2], "Tes droits sont tes devoirs."), *FRENCH[1:])
    expect(page.locator("#places")).to_have_text("Found: 1, lines: 1")


@pytest.mark.parametrize("theirs", [1, 2])
def test_what_somebody_else_changed_meanwhile_is_not_replaced_but_told(
    studio: RunningStudio, visit: Open, theirs: int
) -> None:
    page = open_page(visit, studio)
    open_replacing(page, "droit", "devoir")
    devant, after = "Droit devant.", ["Tes devoirs sont tes devoirs.", "devoir au but.", FRENCH[2][2]]
    before = [each[2] for each in FRENCH]
    before[theirs - 1] = after[theirs - 1] = devant
    (studio.root / "subtitles" / "fr.srt").write_text(timed(before), "utf-8")
    page.get_by_role("button", name="Replace all").click()
    expect(page.locator("#replaced")).to_have_text(f"Replaced in line {3 - theirs}; look again at line {theirs}.")
    assert lines_of(studio) == timed(after)
    expect(page.locator(f"#line-{theirs - 1} .clash")).to_contain_text(devant)


#: A language and a text in it, what is looked for, as whole words or not, what is put there, and what the text is then.
MATCHES: tuple[tuple[str, str, str, bool, str, str | None], ...] = (
    ("fr", "L’avocat, l’avocate.", "avocat", True, "juge", "L’juge, l’avocate."),
    ("fr", unicodedata.normalize("NFD", "Un été d'été."), "été", False, "hiver", "Un hiver d'hiver."),
    ("fr", "Un été.", unicodedata.normalize("NFD", "été"), False, "hiver", "Un hiver."),
    ("fr", unicodedata.normalize("NFD", "Il a mangé."), "mange", False, "bu", None),
    ("ar", "اتصل بالرقم 112 أو بالشرطة.", "الشرطة", False, "المحامي", "اتصل بالرقم 112 أو بالمحامي."),
    ("zh-Hans", "你有权利，权利！", "权利", True, "义务", "你有义务，义务！"),
    ("fr", "a.c (abc) $&", "a.c (abc) $&", False, "$1 $& \\n", "$1 $& \\n"),
    ("de", "İstanbul", "i̇stanbul", False, "Ankara", "Ankara"),
    ("el", "ΝΟΜΟΣ, νόμος", "νομος", False, "δίκη", "δίκη, νόμος"),
)


def test_letters_are_found_however_they_are_composed_and_words_in_every_script(
    studio: RunningStudio, visit: Open
) -> None:
    page = open_page(visit, studio)
    ask = (
        "async ([text, wanted, choice, by]) => {"
        "const { findAll, replaced } = await import('/assets/replace/matching.js');"
        "const places = findAll(text, wanted, choice); return places.length ? replaced(text, places, by) : null; }"
    )
    for tag, said, wanted, is_word, by, after in MATCHES:
        choice = {"isCase": False, "isWord": is_word, "tag": tag}
        assert (said, page.evaluate(ask, [said, wanted, choice, by])) == (said, after)
