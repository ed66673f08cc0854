"""Does a text of ASS stand in the nearest of nine places, and is it told where that moves it?"""

from __future__ import annotations

import pytest

from babelreel.model.track import Align, FaultKind, Format, Track
from babelreel.timedtext.formats.substation.reader import read_substation

STYLE = "Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2"


def read(
    text: str,
    *,
    margins: str = "0,0,0",
    style: str = "2,10,10,10",
    size: str = "PlayResX: 384\nPlayResY: 288\n",
    end: str = "0:00:03.00",
) -> Track:
    """Read a script of one event; ``style`` are the alignment of its style and its margins."""
    script = f"""\
[Script Info]
ScriptType: v4.00+
{size}
[V4+ Styles]
Style: Default,{STYLE},{style},1

[Events]
Dialogue: 0,0:00:01.00,{end},Default,,{margins},,{text}
"""
    return read_substation(script, language="en", path="subtitles/en.ass", format=Format.ASS)


def place(track: Track) -> tuple[Align, bool]:
    """Give the place of the only cue, and whether it is told that it is not kept."""
    return track.cues[0].align, any(fault.kind is FaultKind.ASS_PLACEMENT for fault in track.faults)


@pytest.mark.parametrize(
    ("text", "align"),
    [
        (r"{\pos(192,272)}One", Align.BOTTOM),  # where the text would stand without it
        (r"{\pos(192,40)}One", Align.TOP),  # its lower edge: the letters reach from 20 to 40 of 288
        (r"{\an8\pos(192,15)}One", Align.TOP),
        (r"{\an5\pos(192,144)}One", Align.MIDDLE),
        (r"{\an7\pos(20,15)}One", Align.TOP_LEFT),
        (r"{\an9\pos(364,15)}One", Align.TOP_RIGHT),
        (r"{\an1\pos(20,270)}One", Align.BOTTOM_LEFT),
        (r"{\an3\pos(364,270)}One", Align.BOTTOM_RIGHT),
        (r"{\an2\pos(34,270)}One", Align.BOTTOM_LEFT),  # 30 wide around 34: it begins at 19
        (r"{\an8\pos(192,265)}One", Align.BOTTOM),  # the upper edge, low in the picture
        (r"{\an8\pos(192,10)\pos(192,280)}One", Align.TOP),  # the first counts, as in libass
        (r"{\pos( 192 , 40.5 )}One", Align.TOP),
    ],
)
def test_a_text_with_a_place_of_its_own_stands_in_the_nearest_of_nine(text: str, align: Align) -> None:
    assert place(read(text)) == (align, False)


@pytest.mark.parametrize(
    ("text", "align"),
    [
        (r"{\pos(192,230)}One", Align.BOTTOM),  # 44 above where it is drawn: something below was to be left free
        (r"{\pos(192,110)}One", Align.MIDDLE),
        (r"{\move(192,40,192,60)}One", Align.TOP),
        (r"{\move(0,40,384,40)}One", Align.TOP),  # from left to right: in the middle on the average
        (r"{\move(192,40,192,270,1900,2000)}One", Align.TOP),  # it leaves at the very end
        (r"{\move(192,40,192,270,0,100)}One", Align.BOTTOM),  # it has come after a moment
        (r"{\an8\frz90}One", Align.TOP),
        (r"{\an8\clip(0,0,100,100)}One", Align.TOP),
    ],
)
def test_what_no_place_holds_is_told(text: str, align: Align) -> None:
    assert place(read(text)) == (align, True)


@pytest.mark.parametrize("text", [r"{\frz0}One", r"{\fr0.0}One", r"{\fs30\bord2}One", r"{\move(192,270,192,270)}One"])
def test_what_turns_and_moves_nothing_is_not_told(text: str) -> None:
    assert place(read(text)) == (Align.BOTTOM, False)


@pytest.mark.parametrize(
    ("style", "margins", "align"),
    [
        ("8,10,10,10", "0,0,0", Align.TOP),
        ("7,10,10,10", "0,0,0", Align.TOP_LEFT),
        ("2,10,10,250", "0,0,0", Align.TOP),  # pushed up from below: the lower edge at 38 of 288
        ("2,10,10,10", "0,0,250", Align.TOP),
        ("2,10,10,250", "0,0,10", Align.BOTTOM),  # the event's own margin goes before the style's
        ("2,10,10,134", "0,0,0", Align.MIDDLE),
        ("8,10,10,258", "0,0,0", Align.BOTTOM),
        ("2,10,330,10", "0,0,0", Align.BOTTOM_LEFT),  # centred between 10 and 54
        ("1,10,10,10", "350,0,0", Align.BOTTOM_RIGHT),
        ("5,10,10,250", "0,0,0", Align.MIDDLE),  # in the middle the margin counts for nothing
    ],
)
def test_margins_move_a_text_as_far_as_they_say(style: str, margins: str, align: Align) -> None:
    assert place(read("One", style=style, margins=margins)) == (align, False)


@pytest.mark.parametrize("style", ["1,10,10,10", "2,10,10,10", "3,10,10,10", "7,20,20,20", "8,0,0,25", "9,10,10,10"])
def test_long_texts_of_many_lines_stay_where_their_style_puts_them(style: str) -> None:
    text = r"\N".join(["A line that is nearly as wide as the whole picture"] * 5)
    assert place(read(text, style=style)) == (Align(style[0]), False)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        ("PlayResX: 1920\nPlayResY: 1080\n", r"{\pos(960,150)}One"),
        ("PlayResY: 1080\n", r"{\pos(720,150)}One"),  # libass takes 4:3
        ("", r"{\pos(192,40)}One"),  # and 384 x 288 where no size is named
        ("PlayResX: wide\nPlayResY: 0\n", r"{\pos(192,40)}One"),
    ],
)
def test_places_are_measured_in_the_picture_of_the_script(size: str, text: str) -> None:
    assert place(read(text, size=size)) == (Align.TOP, False)


def test_a_place_that_is_moved_is_named_in_the_finding() -> None:
    (fault,) = (each for each in read(r"{\pos(192,110)}One").faults if each.kind is FaultKind.ASS_PLACEMENT)
    assert "in the middle, centred" in fault.detail
    assert fault.line == 10


@pytest.mark.parametrize("text", [r"{\move(1,2,3,4)}One", r"{\pos(1,2)}", r"{\pos(999999,-999999)}One", r"{\pos(1)}O"])
def test_a_cue_without_time_or_text_or_in_no_picture_stands_somewhere(text: str) -> None:
    for track in (read(text), read(text, end="0:00:01.00"), read(text, end="0:00:00.00")):
        assert all(cue.align in Align for cue in track.cues)
