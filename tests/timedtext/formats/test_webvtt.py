"""Does the WebVTT reader see what browsers see and say what they drop?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, FaultKind, Track
from babelreel.timedtext.formats.webvtt import read_webvtt


def read(text: str) -> Track:
    return read_webvtt(text, language="en", path="subtitles/en.vtt")


def read_body(body: str) -> Track:
    return read(f"WEBVTT\n\n{body}\n")


def texts(track: Track) -> list[str]:
    return [cue.text for cue in track.cues]


WHOLE = """\
WEBVTT - information film
Kind: captions

NOTE
checked by two people

STYLE
::cue { color: white }

REGION
id:top

intro
00:01.000 --> 00:02.500 region:top
You have rights.

01:00:03.000 --> 01:00:04.000
Call
112.
"""


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_well_formed_file_gives_its_cues_and_no_fault(start: str, line_end: str) -> None:
    track = read(start + WHOLE.replace("\n", line_end))
    assert track.cues == (
        Cue(number=1, span=Span(start_ms=1000, end_ms=2500), lines=("You have rights.",), line=14, italic=(False,)),
        Cue(
            number=2,
            span=Span(start_ms=3_603_000, end_ms=3_604_000),
            lines=("Call", "112."),
            line=17,
            italic=(False, False),
        ),
    )
    assert track.faults == ()


@pytest.mark.parametrize("header", ["", "WEBVTTX\n\n", "webvtt\n\n"])
def test_a_missing_header_is_a_fault_and_the_cues_are_read(header: str) -> None:
    track = read(f"{header}00:01.000 --> 00:02.000\nHello\n")
    assert texts(track) == ["Hello"]
    assert [(fault.kind, fault.line) for fault in track.faults] == [(FaultKind.VTT_HEADER, 1)]


def test_timestamps_right_below_the_header_are_a_cue() -> None:
    assert texts(read("WEBVTT\n00:01.000 --> 00:02.000\nHello\n")) == ["Hello"]


@pytest.mark.parametrize("written", ["00:00:01,500", "0:00:01.500", "00:01.5", "00:00:01"])
def test_a_timestamp_in_another_form_is_read_and_reported(written: str) -> None:
    track = read_body(f"{written} --> 00:03.000\nHello")
    assert track.cues[0].span == Span(start_ms=1000 if written.endswith("01") else 1500, end_ms=3000)
    assert [(fault.kind, fault.line, fault.column, fault.text) for fault in track.faults] == [
        (FaultKind.TIMESTAMP_FORM if written == "0:00:01.500" else FaultKind.VTT_TIMESTAMP, 3, 1, written)
    ]


def test_timestamps_without_an_empty_line_before_begin_a_new_cue() -> None:
    track = read_body("00:01.000 --> 00:02.000\nOne\n00:03.000 --> 00:04.000\nTwo")
    assert texts(track) == ["One", "Two"]
    assert [(fault.kind, fault.line) for fault in track.faults] == [(FaultKind.MISSING_BLANK_LINE, 5)]


def test_text_after_an_empty_line_is_reported_as_lost() -> None:
    track = read_body("00:01.000 --> 00:02.000\nOne\n\nand more\n\n00:03.000 --> 00:04.000\nTwo")
    assert texts(track) == ["One", "Two"]
    assert [(fault.kind, fault.line, fault.text) for fault in track.faults] == [(FaultKind.STRAY_TEXT, 6, "and more")]


def test_two_lines_before_the_timestamps_are_more_than_an_identifier() -> None:
    track = read_body("a title\n1\n00:01.000 --> 00:02.000\nOne")
    assert [(fault.line, fault.text) for fault in track.faults] == [(3, "a title")]


def test_broken_timestamps_are_reported_with_their_line() -> None:
    track = read_body("1\n00:0x.000 --> 00:02.000\nOne\n\n2\n00:03.000 --> 00:04.000\nTwo")
    assert texts(track) == ["Two"]
    assert [(fault.kind, fault.line, fault.text) for fault in track.faults] == [
        (FaultKind.UNREADABLE_CUE, 4, "00:0x.000 --> 00:02.000")
    ]


def test_a_cue_in_a_comment_is_left_out_and_reported() -> None:
    track = read_body("NOTE\n00:01.000 --> 00:02.000\nOne")
    assert track.cues == ()
    assert [(fault.kind, fault.line) for fault in track.faults] == [(FaultKind.VTT_COMMENTED_CUE, 4)]


@pytest.mark.parametrize(
    ("text", "lines", "italic"),
    [
        ("<v Roger Bingham>Hello</v>", ("Hello",), (False,)),
        ("<c.loud.red>Hello</c> <00:00:01.500><i.x>you</i>", ("Hello you",), (False,)),
        ("<i>One\nTwo</i>", ("One", "Two"), (True, True)),
        ("<lang nl>Hallo</lang> <b>x</b><u>y</u>", ("Hallo xy",), (False,)),
        ("<ruby>漢<rt>kan</rt></ruby>", ("漢(kan)",), (False,)),
        ("Fish &amp; chips &lt;i&gt; &nbsp;&lrm;&rlm;&#233;", ("Fish & chips <i> \u00a0\u200e\u200fé",), (False,)),
        ("&amp;lt; R&D &unknown;", ("&lt; R&D &unknown;",), (False,)),
        ("I <3 you, 1 < 2", ("I <3 you, 1 < 2",), (False,)),
        ("a&#10;b&#13;c", ("a", "b", "c"), (False, False, False)),
        ("-\n112\n ", ("-", "112"), (False, False)),
    ],
)
def test_tags_are_removed_and_entities_resolved(text: str, lines: tuple[str, ...], italic: tuple[bool, ...]) -> None:
    (cue,) = read_body(f"00:01.000 --> 00:02.000\n{text}").cues
    assert (cue.lines, cue.italic) == (lines, italic)


@pytest.mark.parametrize(
    ("settings_text", "align"),
    [
        ("line:0", Align.TOP),
        ("line:0 position:50% align:left", Align.TOP_LEFT),
        ("line:10%,start", Align.TOP),
        ("line:12.5%", Align.TOP),
        ("line:-1", Align.BOTTOM),
        ("line:90%", Align.BOTTOM),
        ("line:14 align:right", Align.BOTTOM_RIGHT),
        ("line:50%", Align.MIDDLE),
        ("align:start position:0%", Align.BOTTOM),
        ("size:80%", Align.BOTTOM),
    ],
)
def test_settings_give_the_place(settings_text: str, align: Align) -> None:
    track = read_body(f"00:01.000 --> 00:02.000 {settings_text}\nHello")
    assert track.cues[0].align is align
    assert track.faults == ()


@pytest.mark.parametrize(
    "text", ["<a" * 100_000, "&#" + "1" * 300_000, "&" * 300_000, "<i>" * 50_000, "-" * 300_000, "<" + "1:" * 150_000]
)
def test_long_lines_and_deep_nesting_are_read_whole(text: str) -> None:
    track = read_body(f"00:01.000 --> 00:02.000\n{text}\n\n{text}\n\n00:03.000 --> 00:04.000\nend")
    assert track.cues[-1].text == "end"


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("0123456789:.-> \n\r<iv/>&;#lt%NOTE\u200f")))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    track = read(text)
    assert bool(track.faults) or text.startswith("WEBVTT")
    assert [cue.number for cue in track.cues] == list(range(1, len(track.cues) + 1))


@pytest.mark.parametrize("written", ["&#27;", "&#0;", "&#1;", "&#11;", "&#127;", "&#xFFFE;", "&#xD800;"])
def test_the_number_of_a_character_that_there_is_not_is_read(written: str) -> None:
    track = read_webvtt(f"WEBVTT\n\n00:01.000 --> 00:03.000\nTes {written}droits.\n", language="fr", path="fr.vtt")
    assert track.cues[0].text.replace("\ufffd", "").replace("\x7f", "").replace("\ufffe", "") == "Tes droits."
