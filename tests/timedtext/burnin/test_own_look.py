r"""Texts of ASS files in the look of their author: place, colours and size, within bounds that all can read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.composition import compose
from babelreel.model.film.ladder.default_rungs import EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import fit_frame
from babelreel.model.style import Look, Style
from babelreel.model.track import Format, Track
from babelreel.timedtext.burnin.drawing import lay_burnin, render_drawing
from babelreel.timedtext.burnin.typeface import choose_font
from babelreel.timedtext.formats.substation.reader import read_substation
from support.burned import TYPE_SIZE, WIDE, document, draw
from support.reference_drawing import Ink, crop

OWN = Style(look=Look.OWN)
HEAD = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 1000
PlayResY: 500

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,45,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,0,2,20,20,20,1
Style: Yellow,Arial,45,&H0000FFFF,&H000000FF,&H00000000,&H00000000,0,-1,0,0,100,100,0,0,1,2,0,8,20,20,20,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def script(text: str, *, tag: str = "en", named: str = "Default") -> Track:
    """Read a file with one event, in the style that is named."""
    event = f"Dialogue: 0,0:00:00.00,0:00:01.00,{named},,0,0,0,,{text}\n"
    return read_substation(HEAD + event, language=tag, path=f"subtitles/{tag}.ass", format=Format.ASS)


def body(text: str, style: Style = OWN, **of: str) -> str:
    """Give the event of a text, as it is written for libass."""
    return document(script(text, **of), style=style).rstrip().splitlines()[-1].split(",,0,0,0,,")[1]


def ink_of(text: str, folder: Path, style: Style = OWN, **of: str) -> Ink:
    return np.asarray(draw(document(script(text, **of), style=style), folder, WIDE, 1)[0])


def edges(picture: Ink) -> tuple[float, float, float, float]:
    """Give the first and last row and column in which anything is seen, as shares of the picture."""
    rows, columns = (np.flatnonzero((picture > 0.3).any(axis=axis)) for axis in (1, 0))
    return rows[0] / 480, (rows[-1] + 1) / 480, columns[0] / 854, (columns[-1] + 1) / 854


def test_without_the_wish_all_texts_look_alike() -> None:
    plain = script("It is free.").cues[0]
    fancy = script(r"{\an8\c&H00FFFF&\fs90}It is free.").cues[0]
    for look in (Look.OURS, Look.OWN):
        bare = replace(fancy, look=None, align=plain.align)
        track = Track(language="en", path="subtitles/en.ass", format=Format.ASS, cues=(bare,))
        assert document(track, style=Style(look=look)) == document(script("It is free."), style=Style())
    assert body(r"{\c&H00FFFF&\fs90}It is free.", Style()) == "It is free."


def test_a_text_stands_where_its_author_put_it(tmp_path: Path) -> None:
    top, bottom, left, right = edges(ink_of(r"{\an7\pos(300,100)}It is free.", tmp_path))
    assert left == pytest.approx(0.3, abs=0.02)
    assert 0.2 <= top <= 0.26
    assert bottom < 0.35
    assert right < 0.6


@pytest.mark.parametrize("point", ["-300,-300", "1300,-300", "-300,900", "1300,900", "500,499"])
@pytest.mark.parametrize("align", [1, 5, 9])
def test_no_text_leaves_the_part_of_the_picture_that_every_screen_shows(point: str, align: int, tmp_path: Path) -> None:
    picture = ink_of(rf"{{\an{align}\pos({point})}}It is free,\Nfor you and all.", tmp_path)
    top, bottom, left, right = edges(picture)
    assert top >= 0.05
    assert bottom <= 0.95
    assert left >= 0.05 - 4 / 854  # the outline is not counted
    assert right <= 0.95 + 4 / 854


def test_texts_that_stand_in_a_usual_place_still_make_room_for_one_another() -> None:
    assert body("It is free.").startswith(r"{\an2\q2")
    assert body("It is free.", named="Yellow").startswith(r"{\an8\q2")


def test_colours_and_italics_are_kept() -> None:
    text = body(r"{\3c&H800000&}It is free.", named="Yellow")
    assert r"\1c&H00FFFF&" in text
    assert r"\3c&H800000&" in text
    assert r"{\i1}It is free.{\i0}" in text


@pytest.mark.parametrize(
    ("colors", "outline"),
    [
        (r"\c&HFFFFFF&\3c&HFFFFFF&", "&H000000&"),  # white on white
        (r"\c&H000000&\3c&H202020&", "&HFFFFFF&"),  # black on dark grey
        (r"\c&H00FFFF&\3c&HFFFFFF&", "&H000000&"),  # yellow on white
    ],
)
def test_an_outline_that_hides_the_letters_is_another_one(colors: str, outline: str) -> None:
    written = re.search(r"\\3c(&H[0-9A-F]{6}&)", body(rf"{{{colors}}}It is free."))
    assert (written[1] if written else "&H000000&") == outline


@pytest.mark.parametrize(("size", "share"), [(10, 0.08), (45, 0.09), (60, 0.12), (400, float(TYPE_SIZE) * 1.6)])
def test_the_size_is_kept_between_the_least_and_the_largest(size: int, share: float) -> None:
    """The picture is 480 lines high; the script counts 500."""
    found = re.search(r"\\fs([0-9.]+)", body(rf"{{\fs{size}}}Free"))
    written = float(found[1]) if found else float(TYPE_SIZE * 480)
    assert written == pytest.approx(480 * share, abs=0.3)


def test_larger_type_does_not_take_more_lines() -> None:
    long = "You have a right to a guardian who speaks for you"
    assert body(rf"{{\fs90}}{long}").count(r"\N") == body(long).count(r"\N")


@pytest.mark.parametrize(
    ("tag", "text"), [("ar", "اتصل بالرقم 116 000 الآن"), ("zh-Hans", "请打116 000，日夜都有人接。")]
)
def test_letters_and_numbers_are_drawn_as_ours(tag: str, text: str, tmp_path: Path) -> None:
    own = ink_of(
        rf"{{\an5\pos(500,250)\fs{float(TYPE_SIZE) * 500:.2f}}}{text}",
        tmp_path,
        Style(outline=0, look=Look.OWN),
        tag=tag,
    )
    ours = ink_of(text, tmp_path, Style(outline=0), tag=tag)
    first, second = crop(own), crop(ours)
    assert abs(first.shape[0] - second.shape[0]) <= 1
    assert abs(first.shape[1] - second.shape[1]) <= 2
    rows, columns = (min(pair) for pair in zip(first.shape, second.shape, strict=True))
    assert np.abs(first[:rows, :columns] - second[:rows, :columns]).mean() < 0.12


def test_in_an_edition_text_has_its_band() -> None:
    story, language = EDITION_RUNGS[0], find_language("en")
    drawing = lay_burnin(
        script(r"{\an7\pos(300,100)}It is free."),
        language=language,
        frame=fit_frame(story, 1920, 1080, WIDE.rate),
        type_size=story.type_size,
        style=OWN,
        font=choose_font(language, None),
        composition=compose(story, 1920, 1080),
    )
    assert r"\pos" not in render_drawing(drawing)
