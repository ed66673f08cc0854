"""Does the SubRip reader find every cue and report every liberty?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, FaultKind, Track
from babelreel.timedtext.formats.subrip import read_subrip
from support.tracks import srt


def read(text: str) -> Track:
    return read_subrip(text, language="fr", path="subtitles/fr.srt")


def spans(track: Track) -> list[tuple[int, int]]:
    return [(cue.span.start_ms, cue.span.end_ms) for cue in track.cues]


def texts(track: Track) -> list[str]:
    return [cue.text for cue in track.cues]


TWO_CUES = """\
1
00:00:01,000 --> 00:00:02,500
Tu as des droits.

2
00:00:03,000 --> 00:00:04,000
Appelle
le 112.
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_well_formed_file_gives_its_cues_and_no_fault(line_end: str) -> None:
    track = read(TWO_CUES.replace("\n", line_end))
    assert track.cues == (
        Cue(number=1, span=Span(start_ms=1000, end_ms=2500), lines=("Tu as des droits.",), line=2, italic=(False,)),
        Cue(
            number=2,
            span=Span(start_ms=3000, end_ms=4000),
            lines=("Appelle", "le 112."),
            line=6,
            italic=(False, False),
        ),
    )
    assert track.faults == ()


def test_mixed_line_ends_and_a_bom_keep_the_line_numbers() -> None:
    track = read("\ufeff1\r\n00:00:01,000 --> 00:00:02,000\rUn\n\n2\r\r\n00:00:03,000 --> 00:00:04,000\nDeux")
    assert [(cue.line, cue.number, cue.text) for cue in track.cues] == [(2, 1, "Un"), (7, 2, "Deux")]


def test_a_missing_blank_line_does_not_join_two_cues() -> None:
    track = read("1\n00:00:01,000 --> 00:00:02,000\nUn\n2\n00:00:03,000 --> 00:00:04,000\nDeux\n")
    assert texts(track) == ["Un", "Deux"]
    assert [cue.number for cue in track.cues] == [1, 2]


def test_a_cue_without_number_takes_its_place_in_the_track() -> None:
    track = read("7\n00:00:01,000 --> 00:00:02,000\nUn\n\n00:00:03,000 --> 00:00:04,000\nDeux\n")
    assert [cue.number for cue in track.cues] == [7, 2]


def test_a_phone_number_that_ends_a_cue_is_text_not_a_number() -> None:
    track = read("1\n00:00:01,000 --> 00:00:02,000\n112\n\n00:00:03,000 --> 00:00:04,000\nDeux\n")
    assert texts(track) == ["112", "Deux"]


def test_numbers_may_come_in_any_order() -> None:
    track = read("9\n00:00:01,000 --> 00:00:02,000\nUn\n\n3\n00:00:00,000 --> 00:00:01,000\nDeux\n")
    assert [cue.number for cue in track.cues] == [9, 3]
    assert track.faults == ()


def test_text_after_a_blank_line_still_belongs_to_the_cue() -> None:
    track = read("1\n00:00:01,000 --> 00:00:02,000\nUn\n\nsuite\n\n\n2\n00:00:03,000 --> 00:00:04,000\n\n\n")
    assert [cue.lines for cue in track.cues] == [("Un", "", "suite"), ()]


@pytest.mark.parametrize(
    ("written", "start_ms", "said"),
    [
        ("00:00:01,5", 1500, "1 of 3 digits after the seconds"),
        ("00:00:01,05", 1050, "2 of 3 digits"),
        ("00:00:01,1239", 1123, "4 of 3 digits"),
        ("00:00:01.500", 1500, "'.' before the fraction"),
        ("00:00:01:500", 1500, "':' before the fraction"),
        ("00:00:01，500", 1500, "before the fraction"),
        ("0:00:01,500", 1500, "hours not in 2 digits"),
        ("00:01,500", 1500, "no hours"),
        ("00:00:01", 1000, "nothing after the seconds"),
        ("00: 00: 01,500", 1500, "characters that do not belong there"),
        ("00:00:61,000", 61000, "more than 59"),
        ("٠٠:٠٠:٠١,٥٠٠", 1500, "characters that do not belong there"),
        ("-00:00:01,500", -1500, "negative"),
    ],
)
def test_a_timestamp_in_another_form_is_read_and_reported(written: str, start_ms: int, said: str) -> None:
    track = read(f"1\n  {written} --> 00:02:00,000\nUn\n")
    assert spans(track) == [(start_ms, 120_000)]
    (fault,) = track.faults
    assert (fault.kind, fault.line, fault.column, fault.text) == (FaultKind.TIMESTAMP_FORM, 2, 3, written)
    assert said in fault.detail


def test_the_report_says_how_a_timestamp_was_read() -> None:
    (fault,) = read("1\n00:00:00,000 --> 00:00:01,5\nUn\n").faults
    assert "it was read as 00:00:01,500" in fault.detail
    assert fault.column == 18


@pytest.mark.parametrize("arrow", ["-->", " -> ", " —> ", " - -> ", "  --> "])
def test_an_arrow_in_another_form_is_read_and_all_but_wide_spaces_reported(arrow: str) -> None:
    track = read(f"1\n00:00:01,000{arrow}00:00:02,000\nUn\n")
    assert spans(track) == [(1000, 2000)]
    assert [fault.kind for fault in track.faults] == ([] if arrow == "  --> " else [FaultKind.TIMESTAMP_FORM])


def test_direction_marks_around_numbers_and_times_are_looked_through() -> None:
    track = read(
        "\u200f1\n\u200f00:00:01,000 --> 00:00:02,000\u200f\nنعم\n\n\u200f2\n00:00:03,000 --> 00:00:04,000\nلا\n"
    )
    assert [(cue.number, cue.text) for cue in track.cues] == [(1, "نعم"), (2, "لا")]


def test_what_stands_behind_the_times_is_told_from_text() -> None:
    track = read(
        "1\n00:00:01,000 --> 00:00:02,000 X1:40 X2:600 Y1:20 Y2:50\nUn\n\n2\n00:00:03,000 --> 00:00:04,000 Deux\n"
    )
    assert texts(track) == ["Un", ""]
    assert [(fault.kind, fault.line, fault.column, fault.text) for fault in track.faults] == [
        (FaultKind.PLACEMENT, 2, 30, "X1:40 X2:600 Y1:20 Y2:50"),
        (FaultKind.TEXT_BESIDE_TIMESTAMPS, 6, 30, "Deux"),
    ]


@pytest.mark.parametrize(
    "broken", ["00:00:0x,000 --> 00:00:02,000", "00:00:01,000 --> ", "1 00:00:01,000 --> 00:00:02,000"]
)
def test_a_block_with_broken_timestamps_is_reported_and_not_glued_to_the_cue_before(broken: str) -> None:
    track = read(
        f"1\n00:00:00,000 --> 00:00:01,000\nUn\n\n2\n{broken}\nDeux\n\n3\n00:00:03,000 --> 00:00:04,000\nTrois\n"
    )
    assert texts(track) == ["Un", "Trois"]
    (fault,) = track.faults
    assert (fault.kind, fault.line, fault.text) == (FaultKind.UNREADABLE_CUE, 6, broken)
    assert "Deux" in fault.detail


def test_two_times_without_an_arrow_are_timestamps_at_the_head_of_a_block_only() -> None:
    body = "00:00:03,000 00:00:04,000\nDeux\n"
    assert texts(read(f"{TWO_CUES}\n3\n{body}"))[2:] == ["Deux"]
    assert texts(read(f"1\n00:00:01,000 --> 00:00:02,000\nUn\n{body}")) == [f"Un\n{body.strip()}"]


def test_a_dressed_number_is_a_number_at_the_head_of_a_block_only() -> None:
    track = read("1.\n00:00:01,000 --> 00:00:02,000\n112.\n00:00:03,000 --> 00:00:04,000\nDeux\n")
    assert [(cue.number, cue.text) for cue in track.cues] == [(1, "112."), (2, "Deux")]


def test_the_place_of_a_number_is_known_and_of_a_missing_one_where_it_belongs() -> None:
    text = "\ufeff #12\r\n00:00:01,000 --> 00:00:02,000\r\nUn\r\n\r\n00:00:03,000 --> 00:00:04,000\r\nDeux"
    one, two = read(text).cues
    assert text[slice(*one.number_spot)] == "#12"
    assert two.number_spot == (text.index("00:00:03"), text.index("00:00:03"))


def test_an_arrow_in_a_text_is_text() -> None:
    track = read("1\n00:00:01,000 --> 00:00:02,000\nmaison --> école\nbus 5 -> ici\n")
    assert texts(track) == ["maison --> école\nbus 5 -> ici"]


def test_text_before_the_first_cue_is_reported_where_it_stands() -> None:
    track = read("\nSous-titres\n\n1\n00:00:01,000 --> 00:00:02,000\nUn\n")
    assert texts(track) == ["Un"]
    assert [(fault.kind, fault.line, fault.text) for fault in track.faults] == [
        (FaultKind.STRAY_TEXT, 2, "Sous-titres")
    ]


def test_a_file_without_timestamps_is_reported_and_an_empty_one_is_not() -> None:
    assert [fault.line for fault in read("Un\nDeux\n").faults] == [1]
    assert read("\n \n").faults == ()


@pytest.mark.parametrize(
    ("text", "lines", "italic"),
    [
        ("<i>Un</i>", ("Un",), (True,)),
        ("<I>Un\nDeux</I>", ("Un", "Deux"), (True, True)),
        ("<i>Un</i> deux", ("Un deux",), (False,)),
        ("- <i>Un</i>\n<i>Deux</i> ", ("- Un", "Deux "), (False, True)),
        ("{\\i1}Un{\\i0}\nDeux", ("Un", "Deux"), (True, False)),
        ("<b>Un</b> <u>et</u> <font color='#fff'>deux</font>", ("Un et deux",), (False,)),
        ("Je <3 toi, a<b>c", ("Je <3 toi, ac",), (False,)),
        ("a < b > c {x} <x> 5 > 4", ("a < b > c {x} <x> 5 > 4",), (False,)),
        ("</i>Un<i>", ("Un",), (False,)),
    ],
)
def test_markup_is_removed_and_italics_are_told(text: str, lines: tuple[str, ...], italic: tuple[bool, ...]) -> None:
    (cue,) = read(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n").cues
    assert (cue.lines, cue.italic) == (lines, italic)


@pytest.mark.parametrize(
    ("tag", "align"),
    [("{\\an8}", Align.TOP), ("{\\a6}", Align.TOP), ("{\\an1\\an9}", Align.BOTTOM_LEFT), ("{\\an0}", Align.BOTTOM)],
)
def test_the_first_place_override_counts(tag: str, align: Align) -> None:
    (cue,) = read(f"1\n00:00:01,000 --> 00:00:02,000\n{tag}Un{{\\pos(1,2)}}\n").cues
    assert (cue.text, cue.align) == ("Un", align)


@pytest.mark.parametrize(
    "text",
    ["<i>" * 50_000, "<font " * 50_000, "{\\" * 50_000, "-" * 300_000, " " * 300_000 + "x", "a:" * 100_000],
)
def test_long_lines_and_deep_nesting_are_read_whole(text: str) -> None:
    head = "1\n00:00:01,000 --> 00:00:02,000 "
    track = read(f"{head}{text}\n{text}\n\n2\n00:00:03,000 --> 00:00:04,000\nfin\n")
    assert track.cues[-1].text == "fin"
    assert all(len(fault.text) < 200 for fault in track.faults)


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from("0123456789:,.-> \n\r<i/>{\\an8}é\u200f")))
def test_no_text_makes_the_reader_fail_and_every_letter_is_accounted_for(text: str) -> None:
    track = read(text)
    assert all(1 <= cue.line <= text.count("\n") + text.count("\r") + 1 for cue in track.cues)
    if "é" in text:
        assert track.cues or track.faults


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (r"You are<br>not alone.", ("You are", "not alone.")),
        (r"You are<BR />not alone.", ("You are", "not alone.")),
        (r"You are\Nnot alone.", ("You are", "not alone.")),
        (r"Call\h112.", ("Call\u00a0112.",)),
        ("Tom &amp; Amina, caf&eacute;, 3 &lt; 4, &#233;", ("Tom & Amina, café, 3 < 4, é",)),
        ("Tom & Amina, R&D; &nothing;", ("Tom & Amina, R&D; &nothing;",)),
        (r"Open C:\New\home.", (r"Open C:\New\home.",)),
        (r"{\p1}m 0 0 l 100 0 100 100{\p0}You have rights.", ("You have rights.",)),
        (r"{\p1}m 0 0 l 100 0 100 100", ()),
    ],
)
def test_what_players_understand_is_read_as_what_it_means(written: str, lines: tuple[str, ...]) -> None:
    (cue,) = read(srt(written)).cues
    assert cue.lines == lines


@pytest.mark.parametrize("gap", ["\n", ""], ids=["apart", "right above the times"])
def test_a_number_that_is_said_in_a_file_without_numbers_is_text(gap: str) -> None:
    text = (
        "00:00:01,000 --> 00:00:04,000\nCall this number now:\n\n112\n"
        f"{gap}00:00:05,000 --> 00:00:08,000\nIt is free.\n"
    )
    track = read(text)
    assert [cue.lines for cue in track.cues] == [("Call this number now:", "", "112"), ("It is free.",)]


def test_a_number_that_is_said_before_a_numbered_cue_is_text() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\nCall this number now:\n\n112\n\n"
        "2\n00:00:05,000 --> 00:00:08,000\nIt is free.\n"
    )
    assert [(cue.number, cue.text) for cue in read(text).cues] == [
        (1, "Call this number now:\n\n112"),
        (2, "It is free."),
    ]


def test_a_number_apart_from_its_times_that_counts_on_is_a_number() -> None:
    text = "1\n\n00:00:01,000 --> 00:00:04,000\nOne.\n\n2\n\n00:00:05,000 --> 00:00:08,000\nTwo.\n"
    assert [(cue.number, cue.text) for cue in read(text).cues] == [(1, "One."), (2, "Two.")]
