"""Which files does each language get for print, and what makes them anew?"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.fonts import LATIN, font_path
from babelreel.graph.key import canonical_json, key_document
from babelreel.graph.task import Input, Literal, Produced, SourceFile, TakenIn, Task
from babelreel.languages.find import find_language
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.chromium import Chromium, find_chromium
from babelreel.model.delivery.manifest import Role
from babelreel.model.style import Styles
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.stages.inputs import Film, Subtitles, Workshop
from babelreel.stages.prints.leaflet import plan_leaflets
from babelreel.timedtext.burnin.typeface import choose_font
from support.films import ffmpeg_of_tests, make_film
from support.workplaces import known, work_in

ADDRESS = "https://rights.example/film/"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    path = make_film(tmp_path_factory.mktemp("film") / "film.mp4", seconds=1)
    film = Film(
        info=probe_media(path, digest="ab" * 32),
        source=SourceFile(name="master.mp4", path=path, digest="ab" * 32),
        title="Your rights",
        language=find_language("en"),
        footage={},
    )
    font = SourceFile(name="fonts/latin.ttf", path=font_path(LATIN), digest="ef" * 32)
    return Workshop(
        film=film,
        ffmpeg=ffmpeg_of_tests(),
        styles=Styles(),
        latin_font=font,
        chromium=Chromium(path=Path("chromium"), version="Chromium 1"),
    )


@pytest.fixture
def upright(workshop: Workshop, tmp_path: Path) -> Workshop:
    """Give a film higher than wide, with a title that is too long."""
    path = make_film(tmp_path / "film.mp4", seconds=1, size="540x960")
    film = replace(
        workshop.film,
        info=probe_media(path, digest="cd" * 32),
        source=SourceFile(name="master.mp4", path=path, digest="cd" * 32),
        title="What every young person who comes here without parents should know " * 4,
    )
    return replace(workshop, film=film)


def subtitles(tag: str, *texts: str) -> Subtitles:
    language = find_language(tag)
    font = choose_font(language, None)
    cues = (
        Cue(number=n, span=Span(start_ms=n * 4000, end_ms=n * 4000 + 4000), lines=(text,))
        for n, text in enumerate(texts)
    )
    return Subtitles(
        language=language,
        track=Track(language=tag, path="", format=Format.SRT, cues=tuple(cues)),
        font=font,
        font_files=tuple(
            SourceFile(name=f"fonts/{each.path.name}", path=each.path, digest="12" * 32)
            for each in (font, *font.fallbacks)
        ),
    )


def paths(workshop: Workshop, address: str = ADDRESS) -> dict[str, Role]:
    _, deliverables = plan_leaflets(workshop, [subtitles("ar", "112.")], "film", address)
    return {each.path: each.role for each in deliverables}


def keys(workshop: Workshop, *languages: Subtitles) -> dict[str, bytes]:
    tasks, _ = plan_leaflets(workshop, languages, "film", ADDRESS)
    by_name = {task.name: task for task in tasks}

    def digest(each: Input) -> str:
        return by_name[each.task].name if isinstance(each, Produced) else each.digest

    return {
        task.name: canonical_json(key_document(task, {each.name: digest(each) for each in task.inputs}))
        for task in tasks
    }


def test_a_language_gets_a_sheet_to_read_one_to_print_and_a_code(workshop: Workshop) -> None:
    assert paths(workshop) == {
        **{f"shared/film.picture-{n}.jpg": Role.LEAFLET for n in range(1, 7)},
        "assets/leaflet.css": Role.LEAFLET,
        "ar/film.ar.leaflet.html": Role.LEAFLET,
        "ar/film.ar.leaflet.pdf": Role.LEAFLET,
        "ar/film.ar.qr.svg": Role.LEAFLET,
    }


def test_without_chromium_there_is_no_pdf_and_without_an_address_no_code(workshop: Workshop) -> None:
    without = paths(replace(workshop, chromium=None), address="")
    assert not [path for path in without if path.endswith((".pdf", ".svg"))]
    assert "ar/film.ar.leaflet.html" in without


def test_an_edit_changes_its_languages_sheet_alone(workshop: Workshop) -> None:
    before = keys(workshop, subtitles("fr", "Un."), subtitles("nl", "Een."))
    after = keys(workshop, subtitles("fr", "Deux."), subtitles("nl", "Een."))
    assert {name for name in before if before[name] != after[name]} == {"leaflet fr", "leaflet pdf fr"}


def test_another_chromium_prints_anew_and_changes_no_html(workshop: Workshop) -> None:
    newer = replace(workshop, chromium=Chromium(path=Path("elsewhere"), version="Chromium 2"))
    before, after = keys(workshop, subtitles("fr", "Un.")), keys(newer, subtitles("fr", "Un."))
    assert {name for name in before if before[name] != after[name]} == {"leaflet pdf fr"}


def test_the_printed_page_differs_from_the_published_one_in_addresses_alone(workshop: Workshop) -> None:
    tasks, _ = plan_leaflets(workshop, [subtitles("fr", "Appelle le 112.")], "film", ADDRESS)
    pages = [
        each.content.decode()
        for task in tasks
        for each in task.inputs
        if isinstance(each, Literal) and each.name == "leaflet.html"
    ]
    first, second = (re.sub(r'(src|href)="[^"]*"', "", page) for page in pages)
    assert first == second
    assert pages[0] != pages[1]


def perform(task: Task, root: Path) -> Path:
    folder = root / task.name
    folder.mkdir()
    for each in task.inputs:
        place = folder / each.name
        place.parent.mkdir(exist_ok=True)
        if isinstance(each, Literal):
            place.write_bytes(each.content)
        elif not isinstance(each, TakenIn):
            source = each.path if isinstance(each, SourceFile) else root / each.task / each.output
            place.write_bytes(source.read_bytes())
    task.action.perform(work_in(folder))
    return folder


def print_sheet(workshop: Workshop, root: Path, tag: str, *texts: str) -> bytes:
    found = find_chromium()
    if not found:
        if os.environ.get("BABELREEL_TESTS_FORBID_SKIPS"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    tasks, _ = plan_leaflets(replace(workshop, chromium=known(found)), [subtitles(tag, *texts)], "film", ADDRESS)
    folders = [perform(task, root) for task in tasks]
    return (folders[-1] / "leaflet.pdf").read_bytes()


SENTENCES = {
    "fr": "Tu as droit à un endroit sûr pour dormir.",
    "ar": "من حقك أن تنام في مكان آمن.",
    "vi": "Em cũng có thể xin các giấy tờ cư trú khác.",
}


# 300 sentences of 43 letters make 100 paragraphs of two lines: 350 em, with type of 9 pt 1.11 m. The inside has room
# for 0.28 m below its pictures, each page after it for 0.36 m
@pytest.mark.parametrize(("tag", "cues", "pages"), [("fr", 60, 2), ("ar", 60, 2), ("vi", 300, 5)])
def test_a_text_fits_one_sheet_and_a_long_one_goes_on(
    workshop: Workshop, tmp_path: Path, tag: str, cues: int, pages: int
) -> None:
    pdf = print_sheet(workshop, tmp_path, tag, *[SENTENCES[tag]] * cues)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == pages
    # our own fonts, and none of the machine
    fonts = set(re.findall(rb"/BaseFont\s*/\w+\+(\w+)", pdf))
    assert fonts == ({b"BabelreelArabic"} if tag == "ar" else {b"BabelreelLatin"})


def test_the_cover_and_the_back_never_take_more_than_their_page(upright: Workshop, tmp_path: Path) -> None:
    sentences = [f"{'صفحة ' * 16} {number} حال." for number in ("112", "116 000", "116 111")]
    (tmp_path / "work").mkdir()
    pdf = print_sheet(upright, tmp_path / "work", "ar", *sentences)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 2
