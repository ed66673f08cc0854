"""Is a text left out that nobody sees, and only such a text?"""

from __future__ import annotations

import pytest

from babelreel.model.track import FaultKind, Format
from babelreel.timedtext.formats.substation.reader import read_substation


def seen(text: str, *, colours: str = "&H00FFFFFF,&H000000FF,&H00000000,&H00000000", edges: str = "2,2") -> str:
    """Give what is read of a text in a style of these four colours, with an outline and a shadow of these widths."""
    script = f"""\
[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Style: Default,Arial,20,{colours},0,0,0,0,100,100,0,0,1,{edges},2,10,10,10,1

[Events]
Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{text}
"""
    track = read_substation(script, language="en", path="subtitles/en.ass", format=Format.ASS)
    text = "|".join(cue.text for cue in track.cues)
    assert any(fault.kind is FaultKind.ASS_HIDDEN for fault in track.faults) == ("hidden" not in text)
    return text


@pytest.mark.parametrize(
    "text",
    [
        r"{\alpha&HFF&}hidden{\alpha}seen",
        r"{\alpha&HFF}hidden{\r}seen",
        r"{\1a&HFF&\3a&HFF&\4a&HFF&}hidden{\r}seen",
        r"{\1a&HFF&\bord0\shad0}hidden{\bord2}seen",
        r"{\1a&HFF&\3a&HFF&\shad0}hidden{\1a&H00&}seen",
        r"{\alpha&HFF&}hidden{\1a&H80&}seen",  # half transparent
    ],
)
def test_text_that_is_wholly_transparent_is_left_out_and_told(text: str) -> None:
    assert seen(text) == "seen"


@pytest.mark.parametrize(
    "text",
    [
        r"{\1a&HFF&}hidden",  # its outline is seen
        r"{\1a&HFF&\3a&HFF&}hidden",  # its shadow is seen
        r"{\1a&HFF&\bord0}hidden",
        r"{\alpha&HFE&}hidden",
        r"{\2a&HFF&}hidden",  # of karaoke
        r"{\alpha&HFF&\t(0,200,\alpha&H00&)}hidden",
        r"{\alpha&HFF&\fad(200,200)}hidden",
    ],
)
def test_text_of_which_a_part_is_seen_is_kept(text: str) -> None:
    assert seen(text) == "hidden"


def test_a_transparent_style_hides_its_text_until_the_text_says_otherwise() -> None:
    clear = "&HFFFFFFFF,&H000000FF,&HFF000000,&HFF000000"
    assert seen(r"hidden{\alpha&H00&}seen", colours=clear) == "seen"
    assert seen(r"{\1a&H00&}seen{\r}hidden", colours=clear) == "seen"
    assert seen("hidden", colours=clear) == ""
    assert seen("hidden{\\1a&H00&}seen", colours="&HFFFFFFFF,&H0,&H00000000,&H00000000", edges="0,0") == "seen"


def test_a_style_with_a_shadow_alone_is_seen() -> None:
    assert seen("hidden", colours="&HFFFFFFFF,&H000000FF,&HFF000000,&H00000000") == "hidden"
