"""Does the ASS and SSA reader give the text that is drawn, and the line of what it cannot read?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.timecode import Span
from babelreel.model.track import Align, CueLook, FaultKind, Format, Track
from babelreel.timedtext.formats.substation.reader import read_substation

ASS = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1
Style: Thought,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,-1,0,0,100,100,0,0,1,2,2,8,10,10,10,1
Style: Broken,Arial,big,red,,,,,,,,,,,,,,,,,,,

[Fonts]
fontname: a_0.ttf
[ABC]!!Dialogue: not text

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def read(text: str, form: Format = Format.ASS) -> Track:
    return read_substation(text, language="en", path=f"subtitles/en.{form.value}", format=form)


def read_events(*events: str) -> Track:
    return read(ASS + "\n".join(events))


def read_text(text: str, style: str = "Default") -> Track:
    return read_events(f"Dialogue: 0,0:00:01.00,0:00:02.50,{style},,0,0,0,,{text}")


FIRST_EVENT_LINE = ASS.count("\n") + 1


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_dialogue_gives_a_cue_with_its_line(line_end: str) -> None:
    comment = "Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,no\n"
    body = f"{ASS}{comment}Dialogue: 0,1:00:01.00,1:00:02.57,Default,A,0,0,0,,Yes, two."
    track = read(body.replace("\n", line_end))
    (cue,) = track.cues
    assert cue.span == Span(start_ms=3_601_000, end_ms=3_602_570)
    assert (cue.number, cue.lines, cue.line, cue.column) == (1, ("Yes, two.",), FIRST_EVENT_LINE + 1, 13)
    assert (cue.align, cue.italic, track.faults) == (Align.BOTTOM, (False,), ())


@pytest.mark.parametrize(
    ("text", "lines", "italic"),
    [
        (r"One\NTwo\nThree\hfour", ("One", "Two", "Three\u00a0four"), (False, False, False)),
        (r"{\i1}One{\i0}\N{\i1}{\b1}Two{\i}", ("One", "Two"), (True, True)),
        (r"{\i1}One{\r}two{a note}", ("Onetwo",), (False,)),
        (r"{\iclip(1,2,3,4)\pos(1,2)\pbo3}One", ("One",), (False,)),
        (r"{\p1}m 0 0 l 1 1{\p0}One", ("One",), (False,)),
        (r"a { b } c {unclosed", ("a  c {unclosed",), (False,)),
        (r"\{sighs\} One {\i0}two", ("{sighs} One two",), (False,)),
        (r"{\alpha&HFF&}not {\alpha&H00&}seen", ("seen",), (False,)),
        (r"{\alpha&HFF&\t(0,200,\alpha&H00&)}seen later", ("seen later",), (False,)),
        (r"{\1a&HFF&}an outline", ("an outline",), (False,)),
    ],
)
def test_overrides_are_removed_and_breaks_kept(text: str, lines: tuple[str, ...], italic: tuple[bool, ...]) -> None:
    (cue,) = read_text(text).cues
    assert (cue.lines, cue.italic) == (lines, italic)


def test_a_style_gives_italics_and_place_unless_the_text_says_otherwise() -> None:
    (cue,) = read_text("One", style="Thought").cues
    assert (cue.italic, cue.align) == ((True,), Align.TOP)
    (cue,) = read_text(r"{\i0\an1}One{\an5}", style="*Thought").cues
    assert (cue.italic, cue.align) == ((False,), Align.BOTTOM_LEFT)
    (cue,) = read_text("One", style="Broken").cues
    assert (cue.italic, cue.align) == ((False,), Align.BOTTOM)


def test_ssa_counts_places_its_own_way() -> None:
    text = (
        "[Script Info]\nScriptType: v4.00\n[V4 Styles]\n"
        "Style: Top,Arial,20,65535,65535,65535,0,0,-1,1,2,2,6,10,10,10,0,1\n"
        "[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: Marked=0,0:00:01.00,0:00:02.00,Top,,0,0,0,,One\n"
        r"Dialogue: Marked=0,0:00:01.00,0:00:02.00,Top,,0,0,0,,{\a9}Two"
    )
    one, two = read(text, Format.SSA).cues
    assert (one.align, one.italic, two.align) == (Align.TOP, (True,), Align.MIDDLE_LEFT)


def test_the_column_order_of_the_file_is_heeded() -> None:
    track = read(
        "[V4+ Styles]\nFormat: Alignment, Italic, Name\nStyle: 8,-1,Top\n"
        "[Events]\nFormat: Style, End, Start, Text\nDialogue: Top,0:00:02.00,0:00:01.00,One, two"
    )
    (cue,) = track.cues
    assert (cue.span, cue.text) == (Span(start_ms=1000, end_ms=2000), "One, two")
    assert (cue.align, cue.italic) == (Align.TOP, (True,))


@pytest.mark.parametrize(
    ("event", "column", "kind"),
    [
        ("Dialogue: 0,0:00:01.00", 1, FaultKind.UNREADABLE_CUE),
        ("Dialogue: 0,0:00:0x.00,0:00:02.00,Default,,0,0,0,,One", 13, FaultKind.UNREADABLE_CUE),
        ("Dialogue: 0,0:00:01.00,soon,Default,,0,0,0,,One", 24, FaultKind.UNREADABLE_CUE),
        ("Dialouge: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,One", 1, FaultKind.UNREADABLE_CUE),
        (r"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\p1}m 0 0 l 1 1", 1, FaultKind.ASS_DRAWING),
    ],
)
def test_what_cannot_be_read_is_reported_where_it_stands(event: str, column: int, kind: FaultKind) -> None:
    track = read_events("; a comment", event, "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Two")
    assert [cue.text for cue in track.cues] == ["Two"]
    assert [(fault.kind, fault.line, fault.column, fault.text) for fault in track.faults] == [
        (kind, FIRST_EVENT_LINE + 1, column, event)
    ]


@pytest.mark.parametrize("written", ["0:00:01.5", "0:00:01.500", "00:00:01.50"])
def test_a_timestamp_in_another_form_is_read_and_reported(written: str) -> None:
    track = read_events(f"Dialogue: 0,{written},0:00:02.00,Default,,0,0,0,,One")
    assert track.cues[0].span.start_ms == 1500
    assert [(fault.kind, fault.column, fault.text) for fault in track.faults] == [
        (FaultKind.TIMESTAMP_FORM, 13, written)
    ]


def test_another_format_under_this_name_is_reported() -> None:
    assert [fault.line for fault in read("1\n00:00:01,000 --> 00:00:02,000\nOne\n").faults] == [1]
    assert read("\n").faults == ()


@pytest.mark.parametrize("text", ["{" * 100_000, r"{\i1}" * 50_000, "{\\" + "an" * 100_000, "[" + "a" * 300_000])
def test_long_lines_and_many_overrides_are_read_whole(text: str) -> None:
    track = read_events(text, f"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{text}end")
    assert track.cues[0].text.endswith("end")


PIECES = [
    *("Dialogue:", "Style:", "Format:", "[Events]\n", "[V4+ Styles]\n", ",", "\n", "0:00:01.00", "é", "&H", "-1", " "),
    *("Start", "End", "Text", "Name", "Alignment", "{\\an8}", "{\\p1}"),
    *("Dialogue: 0,0:00:01.00,0:00:02.00,x,,0,0,0,,", "Style: x,"),
]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_text_makes_the_reader_fail(parts: list[str]) -> None:
    track = read("".join(parts))
    assert all(fault.line >= 1 and fault.column >= 1 for fault in track.faults)
    assert [cue.number for cue in track.cues] == list(range(1, len(track.cues) + 1))


def test_a_text_that_nobody_sees_is_left_out_and_told() -> None:
    track = read_text(r"{\alpha&HFF&}One")
    assert track.cues == ()
    assert [fault.kind for fault in track.faults if fault.kind is FaultKind.ASS_HIDDEN] == [FaultKind.ASS_HIDDEN]


@pytest.mark.parametrize("text", [r"{\pos(1,2)}One", r"{\move(1,2,3,4)}One", r"{\frz90}One"])
def test_a_place_that_is_lost_is_told(text: str) -> None:
    assert FaultKind.ASS_PLACEMENT in {fault.kind for fault in read_text(text).faults}
    assert FaultKind.ASS_PLACEMENT not in {fault.kind for fault in read_text(r"{\an8}One").faults}


def look(text: str, style: str = "Default") -> CueLook:
    found = read_text(text, style).cues[0].look
    assert found is not None
    return found


def test_the_look_of_the_first_letters_is_that_of_the_text() -> None:
    plain = look("One")
    assert (plain.color, plain.outline_color, plain.point, plain.align) == ("#ffffff", "#000000", None, Align.BOTTOM)
    own = look(r"{\an7\pos(192,72)\c&H0080FF&\3c&HFF&\fs40}One")
    assert (own.color, own.outline_color, own.align) == ("#ff8000", "#ff0000", Align.TOP_LEFT)
    assert own.size == pytest.approx(2 * plain.size)
    assert own.point is not None
    again = look(r"{\c&H0080FF&\3c&HFF&\fs40}{\c\3c\fs}One")
    assert again == look(r"{\c&HFF&}{\r}One") == look(r"{\clip(1,2,3,4)\fscx50\fsp2}One") == plain


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (r"{\c&HFF&}One", None),
        (r"{\c&HFF&}One{\c&HFFFFFF&} ", None),  # a space has no colour
        (r"{\c&HFF&}One {\c&HFFFFFF&}two", "colours and sizes that change within a text (1)"),
        (r"{\fs30}One {\fs40}two", "colours and sizes that change within a text (1)"),
        (r"{\fad(100,100)}One", "movement, fading and effects (1)"),
        (r"{\k20}One", "movement, fading and effects (1)"),
        (r"{\frz30\t(\c&HFF&)}One", "movement, fading and effects (1), turned and cut text (1)"),
    ],
)
def test_what_no_cue_can_show_of_a_look_is_told_once(text: str, told: str | None) -> None:
    faults = [each.detail for each in read_text(text).faults if each.kind is FaultKind.ASS_LOOK]
    assert faults == ([f"a part of the look cannot be kept: {told}"] if told else [])
