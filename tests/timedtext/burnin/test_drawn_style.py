"""What the real ffmpeg draws of a style: box, size, weight and position."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from babelreel.model.style import Position, Style
from babelreel.model.track import Align, Track
from support.burned import BARE, WIDE, document, draw, draw_lines
from support.reference_drawing import Ink, crop
from support.tracks import cue, track

#: Grey at one half over a black film: letters are white, so that a box is told from them.
BOXED = Style(outline=0, background="#808080", opacity=0.5)
FRENCH = "Tu as droit à un tuteur", "et à un interprète."
ARABIC = "لديك الحق في وصي", "وفي مترجم 116 000"


def drawn(folder: Path, style: Style, subtitles: Track) -> Ink:
    return np.asarray(draw(document(subtitles, style=style), folder, WIDE, 1)[0])


def box_level(picture: Ink) -> float:
    """Give how bright the box is: most of what is drawn is box."""
    seen = picture[picture > 0.02]
    return float(np.median(seen))


def rows_with(picture: Ink, level: float) -> int:
    """Count the rows of which a fifth of what is drawn has a level: letters have all levels, in few pixels each."""
    alike = (np.abs(picture - level) < 0.02).sum(axis=1)
    return int((alike > 0.2 * (picture > 0.02).sum(axis=1).max()).sum())


@pytest.mark.parametrize(("tag", "lines"), [("fr", FRENCH), ("ar", ARABIC)])
def test_a_box_stands_behind_all_lines_of_a_cue_and_is_nowhere_drawn_twice(
    tag: str, lines: tuple[str, str], tmp_path: Path
) -> None:
    picture = drawn(tmp_path, BOXED, track(cue(0, 1000, *lines), path=f"subtitles/{tag}.srt"))
    box, level = crop(picture), box_level(picture)
    assert (box > level - 0.02).all(), "the box is one rectangle"
    assert rows_with(picture, 1.5 * level) == 0  # what two boxes of one half make of grey


def test_boxes_of_two_cues_meet_and_do_not_overlap(tmp_path: Path) -> None:
    both = track(cue(0, 1000, *FRENCH), cue(0, 1000, "- Et toi, petit garçon ?", number=2), path="subtitles/fr.srt")
    picture = drawn(tmp_path, BOXED, both)
    level = box_level(picture)
    assert rows_with(picture, 1.5 * level) == 0
    rows = np.flatnonzero((picture > level / 2).any(axis=1))
    assert rows[-1] - rows[0] + 1 == len(rows), "nothing of the film is seen between them"


def test_letters_keep_their_outline_in_a_box(tmp_path: Path) -> None:
    outlined = Style(color="#808080", outline_color="#ffffff", outline=0.1, background="#404040", opacity=1)
    picture = drawn(tmp_path, outlined, track(cue(0, 1000, "HHH")))
    assert (picture > 0.9).sum() > 300  # the outline alone is white


def test_a_larger_size_makes_larger_letters(tmp_path: Path) -> None:
    plain, larger = (
        crop(drawn(tmp_path, Style(outline=0, size=size), track(cue(0, 1000, "H")))).shape[0]
        for size in (Fraction(1), Fraction(3, 2))
    )
    assert larger == pytest.approx(1.5 * plain, abs=1.5)


@pytest.mark.parametrize(("tag", "line"), [("en", "Hello"), ("ar", "مرحبًا بك"), ("zh-Hans", "你有权获得")])
def test_bold_letters_are_thicker_and_lines_no_wider(tag: str, line: str, tmp_path: Path) -> None:
    """Lines are measured with the plain font, whatever the weight."""
    (plain,) = draw_lines([line], tag, tmp_path)
    subtitles = track(cue(0, 1000, line), path=f"subtitles/{tag}.srt")
    bold = crop(drawn(tmp_path, Style(outline=0, bold=True), subtitles))
    assert bold.sum() > 1.1 * plain.sum()
    assert bold.shape[1] - plain.shape[1] <= 3


def test_text_stands_at_the_top_where_the_style_says_so(tmp_path: Path) -> None:
    top = Style(outline=0, position=Position.TOP)
    for align in (Align.BOTTOM, Align.BOTTOM_LEFT, Align.TOP):
        rows = np.flatnonzero(drawn(tmp_path, top, track(cue(0, 1000, "HHH", align=align))).any(axis=1))
        assert rows[0] >= 0.05 * WIDE.height_px
        assert rows[-1] < WIDE.height_px / 4
    middle = np.flatnonzero(drawn(tmp_path, top, track(cue(0, 1000, "HHH", align=Align.MIDDLE))).any(axis=1))
    assert abs(middle.mean() - WIDE.height_px / 2) < 10


def test_a_document_without_a_style_of_its_own_is_what_it_was() -> None:
    """Its bytes are in the keys of all burned-in pictures."""
    text = document(track(cue(0, 1000, "HHH")), style=BARE)
    style = next(line for line in text.splitlines() if line.startswith("Style:")).split(",")
    assert (style[5], style[6], style[7], style[15], style[17]) == ("&H00000000", "&H00000000", "0", "1", "0.00")
    assert text.rstrip().endswith(",,HHH")
    assert "yshad" in document(track(cue(0, 1000, "HHH")), style=BOXED)


def test_the_size_is_an_exact_share() -> None:
    text = document(track(cue(0, 1000, "HHH")), style=Style(outline=0, size=Fraction(5, 4)), type_size=Fraction(1, 10))
    assert ",60.0," in text  # 480 lines, a tenth of them, a quarter more
