"""Are the texts of an ASS file burned in where libass draws them in the file itself, and none that it does not draw?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from babelreel.languages.find import find_language
from babelreel.timedtext.burnin.typeface import choose_font
from babelreel.timedtext.read import read_track
from support.burned import WIDE, document, draw
from support.reference_drawing import Ink

FONT = choose_font(find_language("en"), None).family


def script(text: str, *, style: str = "2,10,10,10", clear: bool = False) -> str:
    """Write a script of one event, shown on the first frame; ``style`` are its alignment and its margins."""
    alpha = "FF" if clear else "00"
    colours = f"&H{alpha}FFFFFF,&H000000FF,&H{alpha}000000,&H{alpha}000000"
    return f"""\
[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 216

[V4+ Styles]
Style: Default,{FONT},14,{colours},0,0,0,0,100,100,0,0,1,0,0,{style},1

[Events]
Dialogue: 0,0:00:00.00,0:00:00.04,Default,,0,0,0,,{text}
"""


def middle(ink: Ink) -> tuple[float, float]:
    """Give the middle of what is drawn, in shares of the picture from its left upper corner."""
    rows, columns = (np.flatnonzero(ink.max(axis=axis) > 0.2) for axis in (1, 0))
    return (columns[0] + columns[-1]) / 2 / ink.shape[1], (rows[0] + rows[-1]) / 2 / ink.shape[0]


def third(share: float) -> int:
    return int(share * 3)


def drawn(ass: str, folder: Path) -> tuple[Ink, Ink]:
    """Draw a script as it is, and the track that is read from it."""
    track = read_track(ass.encode(), language=find_language("en"), path="subtitles/en.ass")
    return draw(ass, folder, WIDE, 1)[0], draw(document(track), folder, WIDE, 1)[0]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        (r"{\pos(192,40)}Up here", "2,10,10,10"),
        (r"{\pos(192,108)}In the middle", "5,10,10,10"),
        (r"{\an7\pos(20,12)}Up left", "2,10,10,10"),
        (r"{\an9\pos(364,12)}Up right", "2,10,10,10"),
        (r"{\an1\pos(20,200)}Down left", "2,10,10,10"),
        (r"{\an5\pos(330,30)}Right", "2,10,10,10"),
        (r"{\an8\pos(192,190)}Down here", "2,10,10,10"),
        ("Up here", "2,10,10,180"),
        (r"Two lines\Nup here", "8,10,10,10"),
        ("Left", "1,10,10,10"),
        ("Right", "2,250,10,10"),
        ("Down here", "8,10,10,190"),
        ("In the middle", "2,10,10,100"),
        (r"{\move(192,30,192,40)}Up here", "2,10,10,10"),
    ],
)
def test_a_text_is_burned_in_where_its_file_puts_it(text: str, style: str, tmp_path: Path) -> None:
    as_it_is, ours = drawn(script(text, style=style), tmp_path)
    assert [third(each) for each in middle(ours)] == [third(each) for each in middle(as_it_is)]


def test_nothing_is_burned_in_of_a_text_that_its_file_does_not_show(tmp_path: Path) -> None:
    for hidden in (script(r"{\alpha&HFF&}Nobody sees this"), script("Nor this", clear=True)):
        as_it_is, ours = drawn(hidden, tmp_path)
        assert (as_it_is.max(), ours.max()) == (0, 0)
