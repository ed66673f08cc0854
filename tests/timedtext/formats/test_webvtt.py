"""Does the WebVTT reader see what browsers see and say what they drop, and does the writer give it back?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import builtin_languages
from babelreel.model.language import Language
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, FaultKind, Format, Track
from babelreel.timedtext.formats.webvtt import read_webvtt, render_webvtt

BY_TAG = {language.tag: language for language in builtin_languages()}


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
        (FaultKind.TIMESTAMP_FORM, 3, 1, written)
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
        ("<ruby>漢<rt>kan</rt></ruby>", ("漢kan",), (False,)),
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


def a_track(*cues: Cue) -> Track:
    return Track(language="en", path="en.vtt", format=Format.VTT, cues=cues)


def a_cue(start_ms: int, *lines: str, align: Align = Align.BOTTOM, italic: tuple[bool, ...] = ()) -> Cue:
    return Cue(number=40, span=Span(start_ms=start_ms, end_ms=start_ms + 1000), lines=lines, align=align, italic=italic)


def test_a_sidecar_is_sorted_numbered_escaped_and_placed() -> None:
    track = a_track(
        a_cue(3000, "<Two> & --> ", "", "lines", italic=(True,)),
        a_cue(1000, "One", align=Align.TOP_RIGHT),
        a_cue(2000),
        a_cue(-500, "Zero"),
    )
    assert render_webvtt(track, BY_TAG["en"]) == (
        "WEBVTT\n"
        "\n1\n00:00:00.000 --> 00:00:00.500\nZero\n"
        "\n2\n00:00:01.000 --> 00:00:02.000 line:0 align:right\nOne\n"
        "\n3\n00:00:03.000 --> 00:00:04.000\n<i>&lt;Two&gt; &amp; --&gt; </i>\nlines\n"
    )


def test_right_to_left_lines_and_their_spaced_numbers_are_isolated_inside_italics() -> None:
    track = a_track(a_cue(1000, "با 116 000 تماس بگیر.", italic=(True,)))
    assert render_webvtt(track, BY_TAG["fa"]).splitlines()[-1] == (
        "<i>\u2067با \u2066116 000\u2069 تماس بگیر.\u2069</i>"
    )


@st.composite
def tracks(draw: st.DrawFn, letters: str) -> Track:
    line = st.text(st.sampled_from(letters + " .,!?'->0123456789<>&;/:i"), min_size=1, max_size=30).filter(str.strip)
    cues = []
    for _ in range(draw(st.integers(0, 6))):
        lines = tuple(draw(st.lists(line, min_size=1, max_size=3)))
        start_ms = draw(st.integers(0, 400_000_000))
        span = Span(start_ms=start_ms, end_ms=max(0, start_ms + draw(st.integers(-2_000, 9_000))))
        italic = tuple(draw(st.booleans()) for _ in lines)
        cues.append(Cue(number=1, span=span, lines=lines, italic=italic, align=draw(st.sampled_from(list(Align)))))
    return a_track(*sorted(cues, key=lambda cue: cue.span))


def content(track: Track) -> list[tuple[Span, str, tuple[bool, ...], Align]]:
    isolates = dict.fromkeys(map(ord, "\u2066\u2067\u2069"))
    return [(cue.span, cue.text.translate(isolates), cue.italic, cue.align) for cue in track.cues]


@settings(deadline=None, max_examples=60)
@given(data=st.data(), language=st.sampled_from([BY_TAG["en"], BY_TAG["ps"], BY_TAG["zh-Hans"], BY_TAG["bg"]]))
def test_what_is_written_is_read_back(data: st.DataObject, language: Language) -> None:
    letters = {"en": "abé", "ps": "سلام\u200cېږ", "zh-Hans": "你好，。", "bg": "ъжѝ"}[language.tag]
    track = data.draw(tracks(letters))
    again = read(render_webvtt(track, language))
    assert content(again) == content(track)
    assert again.faults == ()


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("0123456789:.-> \n\r<iv/>&;#lt%NOTE\u200f")))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    track = read(text)
    assert bool(track.faults) or text.startswith("WEBVTT")
    assert [cue.number for cue in track.cues] == list(range(1, len(track.cues) + 1))
