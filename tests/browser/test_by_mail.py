"""Can a translator read, correct and approve lines in a page that came by mail, and does what she said come back?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from babelreel.app.ledger.approve import open_language
from babelreel.config.read import read_project
from babelreel.report.answer_page import page_words
from support.browsers import Tab
from support.browsing import Open
from support.films import make_film
from support.projects import babelreel, make_project
from support.sites import PAYLOADS
from support.tracks import srt

ENGLISH = ((200, 800, "Your rights."), (900, 1400, "Call 112."), (1500, 2000, "A guardian."))
FRENCH = ((200, 800, "Tes droits."), (900, 1400, "Apelle 112."), (1500, 2000, "Un tuteur."))
ARABIC = ((200, 800, "حقوقك."), (900, 1400, "اتصل بالرقم 112."), (1500, 2000, "وصي."))
CHINESE = ((200, 800, "你的权利。"), (900, 1400, "请打112。"), (1500, 2000, "监护人。"))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose pages tests only look at."""
    tracks = {"en.srt": ENGLISH, "fr.srt": FRENCH, "ar.srt": ARABIC, "zh-Hans.srt": CHINESE}
    texts = {name: srt(*cues) for name, cues in tracks.items()}
    return project_of(tmp_path_factory.mktemp("mail"), texts, "fr", "ar", "zh-Hans")


def project_of(folder: Path, tracks: dict[str, str], *tags: str) -> Path:
    root = make_project(folder / "film", tracks, settings='reference = "en"\n')
    for tag in tags:
        result = babelreel(root, "send", tag, "--as", "page")
        assert result.code == 0, result.err
    return root


def address(root: Path, tag: str = "fr") -> str:
    return (root / "translators" / f"film.{tag}.html").as_uri()


def line(page: Page, number: int) -> Locator:
    return page.locator(f'.line[data-number="{number}"]')


def text(page: Page, number: int) -> Locator:
    return line(page, number).get_by_label(f"Ligne {number}", exact=True)


def downloaded(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Renvoyer").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_what_she_changed_comes_back_and_no_other_byte_differs(visit: Open, tmp_path: Path) -> None:
    root = project_of(tmp_path, {"en.srt": srt(*ENGLISH), "fr.srt": srt(*FRENCH)}, "fr")
    track = root / "subtitles" / "fr.srt"
    before = track.read_bytes()
    page = visit(address(root)).page
    pictures = "[...document.images].map(image => [image.complete, image.naturalWidth])"
    assert page.evaluate(pictures) == [[True, 320]] * 3
    text(page, 2).fill("Appelle le 112.\n“Oui” 😀 \u2028 \x7f x")
    line(page, 2).get_by_role("button", name="Approuver la ligne 2").click()
    line(page, 3).get_by_label("Commentaire").fill("Qui ?")
    page.get_by_label("Votre nom").fill("Zoé")
    answer = downloaded(page, tmp_path)
    assert answer.name == "film.fr.answer.txt"
    expect(page.get_by_role("status")).to_contain_text("film.fr.answer.txt")
    result = babelreel(root, "receive", str(answer))
    assert result.code == 0, result.err
    assert "row 3 (line 3): comment: Qui ?" in result.out
    now = track.read_bytes()
    shown = "Appelle le 112.\n“Oui” 😀".encode()
    assert shown in now
    head, tail = before.split(b"Apelle 112.")
    assert now.startswith(head)
    assert now.endswith(tail)
    first, second, third = (each.entry for each in open_language(read_project(root), "fr").standing.lines)
    assert second is not None
    assert third is not None
    assert (second.by, second.state, third.comment, third.state) == ("Zoé", "approved", "Qui ?", "unknown")
    assert first is None or first.state == "unknown"
    assert "nothing was changed" in babelreel(root, "receive", str(answer)).out


def test_what_she_wrote_is_there_when_the_page_is_opened_again_until_she_takes_it_back(
    browser: Browser, sent: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address(sent))
    expect(page.locator("#kept")).to_have_text(page_words("fr")["kept"])
    text(page, 1).fill("Tes vrais droits.")
    line(page, 3).get_by_role("button", name="Approuver la ligne 3").click()
    page.get_by_label("Votre nom").fill("Zoé")
    page.close()
    page = context.new_page()
    page.goto(address(sent))
    expect(text(page, 1)).to_have_value("Tes vrais droits.")
    expect(line(page, 3).get_by_role("button", name="La ligne 3 est approuvée")).to_be_visible()
    expect(page.get_by_label("Votre nom")).to_have_value("Zoé")
    expect(page.locator("#progress")).to_have_text("1 sur 3 approuvées")
    line(page, 1).get_by_role("button", name="Annuler").click()
    expect(text(page, 1)).to_have_value("Tes droits.")
    expect(text(page, 1)).to_be_focused()
    page.reload()
    expect(text(page, 1)).to_have_value("Tes droits.")
    context.close()


def test_two_windows_of_a_page_show_and_keep_what_was_written_in_either(browser: Browser, sent: Path) -> None:
    context = browser.new_context()
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.goto(address(sent))
    text(one, 1).fill("Tes vrais droits.")
    expect(text(other, 1)).to_have_value("Tes vrais droits.")
    line(other, 3).get_by_label("Commentaire").fill("Qui ?")
    one.reload()
    expect(text(one, 1)).to_have_value("Tes vrais droits.")
    expect(line(one, 3).get_by_label("Commentaire")).to_have_value("Qui ?")
    context.close()


def test_a_browser_that_keeps_nothing_says_so_and_all_else_works(browser: Browser, sent: Path, tmp_path: Path) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page = context.new_page()
    page.goto(address(sent))
    expect(page.locator("#kept")).to_have_text(page_words("fr")["not_kept"])
    line(page, 1).get_by_role("button", name="Approuver la ligne 1").click()
    page.get_by_label("Votre nom").fill("Zoé")
    assert '"state": "approved"' in downloaded(page, tmp_path).read_text("utf-8")
    context.close()


def test_a_text_that_changed_is_no_longer_approved(browser: Browser, sent: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address(sent))
    line(page, 1).get_by_role("button", name="Approuver la ligne 1").click()
    text(page, 1).fill("Autre chose.")
    expect(line(page, 1).get_by_role("button", name="Approuver la ligne 1")).to_be_visible()
    text(page, 1).fill(" ")
    line(page, 1).get_by_role("button", name="Approuver la ligne 1").click(force=True)
    expect(page.locator("#progress")).to_have_text("0 sur 3 approuvées")
    context.close()


#: The last one cannot be read in the time.
MANY = (
    (200, 1400, "Tes droits."),
    (1500, 2700, "Appelle 112."),
    (2800, 4000, "Un tuteur."),
    (4100, 5300, "Un avocat."),
    (5400, 5500, "Personne ne peut te le refuser, jamais, nulle part, ni ici ni ailleurs."),
)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of five lines: in the third the original has changed since, the fifth has an error."""
    english = ["Your rights.", "Call 112.", "A guardian.", "A lawyer.", "Nobody can refuse."]
    folder = tmp_path_factory.mktemp("many")
    tracks = {
        "en.srt": srt(*((*each[:2], said) for each, said in zip(MANY, english, strict=True))),
        "fr.srt": srt(*MANY),
    }
    film = make_film(folder / "film.mp4", seconds=6)
    root = make_project(folder / "film", tracks, film=film, settings='reference = "en"\n')
    assert babelreel(root, "approve", "fr", "3", "--by", "Amina").code == 0
    original = root / "subtitles" / "en.srt"
    original.write_text(original.read_text("utf-8").replace("A guardian.", "No guardian."), "utf-8")
    assert babelreel(root, "send", "fr", "--as", "page").code == 0
    return root


def test_the_rest_is_approved_without_what_is_to_be_looked_at(visit: Open, many: Path, tmp_path: Path) -> None:
    page = visit(address(many)).page
    words = page_words("fr")
    rest = page.get_by_role("button", name="Approuver le reste")
    text(page, 4).fill("Une avocate.")
    rest.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(words["approve_rest_text"].replace("{count}", "2"))
    expect(dialog).to_contain_text(words["rest_left"].replace("{lines}", "3, 4, 5"))
    dialog.get_by_role("button", name="Annuler").click()
    expect(page.locator("#progress")).to_have_text("0 sur 5 approuvées")
    rest.click()
    page.keyboard.press("Escape")
    expect(page.locator("#progress")).to_have_text("0 sur 5 approuvées")
    rest.click()
    dialog.get_by_role("button", name="Approuver").click()
    expect(page.locator("#progress")).to_have_text("2 sur 5 approuvées")
    expect(page.get_by_role("status")).to_have_text(words["approved_told"].replace("{count}", "2"))
    expect(page.get_by_role("button", name="Renvoyer")).to_be_focused()
    expect(rest).to_be_hidden()
    text(page, 2).fill("Appelle le 112.")
    page.get_by_label("Votre nom").fill("Zoé")
    said = json.loads(downloaded(page, tmp_path).read_text("utf-8"))
    assert [each["state"] for each in said["lines"]] == ["approved", None, None, None, None]
    page.reload()
    expect(page.locator("#progress")).to_have_text("1 sur 5 approuvées")


def test_without_a_name_or_a_change_nothing_is_made_and_she_is_told(visit: Open, sent: Path) -> None:
    page = visit(address(sent)).page
    send = page.get_by_role("button", name="Renvoyer")
    send.click()
    expect(page.get_by_role("status")).to_have_text(page_words("fr")["name_first"])
    expect(page.get_by_label("Votre nom")).to_be_focused()
    page.get_by_label("Votre nom").fill("Zoé")
    send.click()
    expect(page.get_by_role("status")).to_have_text(page_words("fr")["nothing"])


def test_a_phone_that_can_share_the_file_is_asked_to_and_it_can_be_saved_too(visit: Open, sent: Path) -> None:
    page = visit(address(sent)).page
    page.evaluate(
        "() => { navigator.canShare = ({ files }) => files[0].name.endsWith('.txt') && files[0].type === 'text/plain';"
        "navigator.share = async ({ files }) => { window.shared = await files[0].text(); }; }"
    )
    page.get_by_label("Votre nom").fill("Zoé")
    line(page, 2).get_by_label("Commentaire").fill("Non.")
    page.get_by_role("button", name="Renvoyer").click()
    expect(page.get_by_role("status")).to_contain_text("film.fr.answer.txt")
    assert '"comment": "Non."' in page.evaluate("window.shared")


def test_everything_goes_by_keyboard(visit: Open, sent: Path) -> None:
    page = visit(address(sent)).page
    text(page, 1).focus()
    page.keyboard.press("Control+Enter")
    expect(text(page, 2)).to_be_focused()
    for expected in ("Commentaire", "Approuver la ligne 2"):
        page.keyboard.press("Tab")
        assert expected in str(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_have_text("2 sur 3 approuvées")


def test_hostile_text_stays_text_and_comes_back_as_it_was(visit: Open, tmp_path: Path) -> None:
    texts = [" ".join(PAYLOADS[at : at + 6]).replace("\n", " ") for at in range(0, len(PAYLOADS), 6)]
    cues = tuple((200 + 100 * at, 290 + 100 * at, each) for at, each in enumerate(texts))
    root = project_of(tmp_path, {"en.srt": srt(*cues), "fr.srt": srt(*cues)}, "fr")
    before = (root / "subtitles" / "fr.srt").read_bytes()
    page = visit(address(root)).page
    assert (
        page.evaluate("document.querySelectorAll('script, iframe, svg, a').length") == 2
    )  # its own, and "to the lines"
    page.get_by_label("Votre nom").fill("<b>Zoé")
    page.locator(".line .yes").last.click()
    answer = downloaded(page, tmp_path)
    assert babelreel(root, "receive", str(answer)).code == 0
    assert (root / "subtitles" / "fr.srt").read_bytes() == before


@pytest.mark.parametrize(
    ("tag", "direction", "scheme"), [("fr", "ltr", "light"), ("ar", "rtl", "light"), ("zh-Hans", "ltr", "dark")]
)
def test_nobody_is_shut_out_on_a_phone(  # noqa: PLR0913, PLR0917 - fixtures and looks
    browser: Browser, axe: str, sent: Path, tag: str, direction: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address(sent, tag))
    page.locator(".text").first.fill("x" * 200)
    page.locator(".yes").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("[document.documentElement.dir, document.querySelector('.text').dir]") == [direction] * 2
    page.evaluate(axe)
    for is_asked in (False, True):
        if is_asked:
            page.locator("#rest").click()
            expect(page.get_by_role("dialog")).to_be_visible()
        found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
        assert [each["id"] for each in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert [each for each in requests if not each.startswith("data:image/jpeg;base64,")] == [address(sent, tag)]
    context.close()


def test_without_scripts_the_lines_can_be_read_and_the_page_says_how_to_write(visit: Open, sent: Path) -> None:
    page = visit(address(sent), java_script_enabled=False).page
    expect(text(page, 2)).to_have_value("Apelle 112.")
    assert not text(page, 2).is_editable()
    expect(page.get_by_text(page_words("fr")["no_script"])).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_it_works_in_every_browser_from_a_folder(tab: Tab, sent: Path) -> None:
    tab.open(address(sent))
    tab.run("document.querySelector('.yes').click()")
    assert tab.run("return document.querySelector('#progress').textContent") == "1 sur 3 approuvées"
    kept = str(tab.run("return document.querySelector('#kept').textContent"))
    assert kept in {page_words("fr")["kept"], page_words("fr")["not_kept"]}
    tab.open(address(sent))
    is_kept = tab.run("return document.querySelector('#progress').textContent") == "1 sur 3 approuvées"
    assert is_kept == (kept == page_words("fr")["kept"])
    assert tab.run("return document.querySelector('#only-read').hidden") is True
