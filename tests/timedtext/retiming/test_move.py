from __future__ import annotations

import codecs
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.film.change.time_map import END_MS, Fate, Stretch, TimeMap
from babelreel.model.timecode import Span
from babelreel.timedtext.retiming.layout import UnmovableError
from support.timed_files import FORMATS, Written, moved, random_lines, read, spans, written

LATER = TimeMap.shifted(2000)
BACK = TimeMap.shifted(-2000)
#: A line goes on behind the 17th second that began before it.
BESIDE = ((10_000, 20_000, "Tu as des droits."), (16_000, 30_000, "Bonjour."), (17_000, 18_000, "Appelle le 112."))
MARKS = {"utf-8": b"", "utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
ENCODINGS = {"utf-8-sig": "utf-8"}


def encoded(text: str, encoding: str) -> bytes:
    return MARKS[encoding] + text.encode(ENCODINGS.get(encoding, encoding))


def span(start_ms: int, end_ms: int) -> Span:
    return Span(start_ms=start_ms, end_ms=end_ms)


def without(*scenes: tuple[int, int]) -> TimeMap:
    """The film without some scenes, given by their times, in order."""
    kept, now, new = [], 0, 0
    for start, end in (*scenes, (END_MS, END_MS)):
        if start > now:
            kept.append(Stretch(old=span(now, start), new_start_ms=new))
            new += start - now
        now = end
    return TimeMap(stretches=tuple(kept))


SWAPPED = TimeMap(
    stretches=(
        Stretch(old=span(0, 10_000), new_start_ms=20_000),
        Stretch(old=span(10_000, 30_000), new_start_ms=0),
        Stretch(old=span(30_000, END_MS), new_start_ms=30_000),
    )
)
SWAPPED_BACK = TimeMap(
    stretches=(
        Stretch(old=span(0, 20_000), new_start_ms=10_000),
        Stretch(old=span(20_000, 30_000), new_start_ms=0),
        Stretch(old=span(30_000, END_MS), new_start_ms=30_000),
    )
)
THREE = [(1000, 3000, "Bonjour."), (12_000, 15_000, "C’est gratuit."), (22_000, 25_000, "Appelle le 112.")]


@pytest.mark.parametrize("by_ms", [2000, -2000])
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
def test_a_line_that_began_before_the_moment_stays_whole_beside_those_that_move(form: Written, by_ms: int) -> None:
    before = written(form.ending, BESIDE).encode()
    there = moved(before, form.ending, TimeMap.shifted(by_ms, 17_000))
    stays, moves = [span(10_000, 20_000), span(16_000, 30_000)], span(17_000 + by_ms, 18_000 + by_ms)
    assert [line.new for line in there.lines] == [*stays, moves]
    assert {line.fate for line in there.lines} == {Fate.WHOLE}
    assert sorted(spans(there.data, form.ending)) == sorted([*stays, moves])


def test_a_time_inside_a_line_that_stays_stays_too() -> None:
    before = b"WEBVTT\n\n00:16.000 --> 00:30.000\nAppelle <00:20.000>le 112.\n"
    assert moved(before, "vtt", TimeMap.shifted(2000, 17_000)).data == before


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
@settings(max_examples=30)
@given(data=st.data())
def test_a_shift_there_and_back_restores_every_byte(form: Written, data: st.DataObject) -> None:
    lines = data.draw(random_lines(form.step_ms))
    text = written(form.ending, lines)
    text = text.replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    before = encoded(text, data.draw(st.sampled_from(sorted(MARKS))))
    by_ms = data.draw(st.integers(0, 90_000))
    there = moved(before, form.ending, TimeMap.shifted(by_ms))
    assert moved(there.data, form.ending, TimeMap.shifted(-by_ms)).data == before
    # a format with coarse times moves by the nearest of its steps
    assert all(
        abs(new.start_ms - (start + by_ms)) <= form.step_ms / 2
        for new, (start, _, _) in zip(spans(there.data, form.ending), lines, strict=True)
    )


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
@settings(max_examples=30)
@given(data=st.data())
def test_no_speed_makes_an_overlap_or_loses_a_line(form: Written, data: st.DataObject) -> None:
    lines = data.draw(random_lines(form.step_ms))
    rate = data.draw(st.sampled_from([Fraction(25, 24), Fraction(24, 25), Fraction(1001, 1000), Fraction(1000, 1001)]))
    found = moved(encoded(written(form.ending, lines), "utf-8"), form.ending, TimeMap.stretched(rate))
    new = spans(found.data, form.ending)
    assert len(new) == len(lines)
    assert [each.fate for each in found.lines] == [Fate.WHOLE] * len(lines)
    assert all(each.duration_ms > 0 for each in new)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(new))
    assert all(
        abs(each.start_ms - start * rate) <= form.step_ms / 2 + 1
        for each, (start, _, _) in zip(new, lines, strict=True)
    )


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
def test_a_line_of_a_scene_that_is_gone_goes_and_the_others_keep_their_bytes(form: Written) -> None:
    before = written(form.ending, THREE)
    found = moved(before.encode(), form.ending, without((10_000, 20_000)))
    assert [each.fate for each in found.lines] == [Fate.WHOLE, Fate.LOST, Fate.WHOLE]
    assert found.lines[1].text == "C’est gratuit."
    kept = [THREE[0], (12_000, 15_000, "Appelle le 112.")]
    after = written(form.ending, kept)
    # the number stays with its line: takes and exceptions name it
    assert found.data.decode() == (after.replace("2\n00:", "3\n00:") if form.ending == "srt" else after)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
def test_scenes_that_changed_places_are_in_the_order_of_the_new_film(form: Written) -> None:
    found = moved(written(form.ending, THREE).encode(), form.ending, SWAPPED)
    shown = sorted((cue.span.start_ms, cue.text) for cue in read(found.data, form.ending).cues)
    assert shown == [(2000, "C’est gratuit."), (12_000, "Appelle le 112."), (21_000, "Bonjour.")]
    if form.ending not in {"ass", "ssa"}:  # whose players sort by time
        assert [text.start_ms for text in spans(found.data, form.ending)] == [2000, 12_000, 21_000]
    back = moved(found.data, form.ending, SWAPPED_BACK)
    assert back.data.decode() == written(form.ending, THREE)


def test_of_a_line_that_an_edit_cut_the_longer_part_stays_if_there_is_time_to_read_it() -> None:
    before = written("srt", [(8000, 11_000, "Tu as des droits."), (19_500, 22_000, "Appelle le 112.")])
    found = moved(before.encode(), "srt", without((10_000, 20_000)))
    assert [each.new for each in found.lines] == [span(8000, 10_000), span(10_000, 12_000)]
    assert {each.fate for each in found.lines} == {Fate.CLIPPED}


def test_of_a_line_that_an_edit_cut_nothing_stays_that_nobody_could_read() -> None:
    before = written("srt", [(9500, 12_000, "Tu as des droits.")])
    found = moved(before.encode(), "srt", without((10_000, 20_000)))
    assert [(each.fate, each.new) for each in found.lines] == [(Fate.LOST, None)]
    assert not spans(found.data, "srt")


def test_a_line_that_was_short_before_may_be_short() -> None:
    before = written("srt", [(1000, 1300, "Oui.")])
    found = moved(before.encode(), "srt", LATER)
    assert [each.new for each in found.lines] == [span(3000, 3300)]


def test_nothing_begins_before_the_film() -> None:
    with pytest.raises(UnmovableError, match="line 1 would begin before the film, “Bonjour"):
        moved(written("srt", THREE).encode(), "srt", TimeMap.shifted(-1500))


def test_a_file_of_which_a_part_cannot_be_read_is_left_as_it_is() -> None:
    broken = written("srt", THREE).replace("00:00:12,000 --> 00:00:15,000", "00:00:12 -- 00:00")
    with pytest.raises(UnmovableError, match="not all of it can be read"):
        moved(broken.encode(), "srt", LATER)


def test_moments_within_a_line_of_webvtt_move_with_it() -> None:
    before = "WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ana>Oui, <00:02.500>c’est <00:04.000><c>gratuit</c>.\n"
    after = "WEBVTT\n\n00:03.000 --> 00:07.000\n<v Ana>Oui, <00:04.500>c’est <00:06.000><c>gratuit</c>.\n"
    assert moved(before.encode(), "vtt", LATER).data.decode() == after


def test_a_moment_within_a_line_that_an_edit_took_is_no_moment_any_more() -> None:
    before = "WEBVTT\n\n00:01.000 --> 00:05.000\nOui, <00:02.500>c’est <00:04.500>gratuit.\n"
    after = "WEBVTT\n\n00:01.000 --> 00:04.000\nOui, <00:02.500>c’est gratuit.\n"
    assert moved(before.encode(), "vtt", without((4000, 9000))).data.decode() == after


def test_an_exception_above_a_line_of_webvtt_goes_and_moves_with_it_and_another_comment_stays() -> None:
    before = (
        "WEBVTT\n\nNOTE babelreel: allow short-cue: a sign\n\nsign\n00:01.000 --> 00:02.000\nOui.\n\n"
        "NOTE the second scene\n\n00:12.000 --> 00:15.000\nNon.\n"
    )
    found = moved(before.encode(), "vtt", without((0, 10_000)))
    assert found.data.decode() == "WEBVTT\n\nNOTE the second scene\n\n00:02.000 --> 00:05.000\nNon.\n"
    turned = moved(before.encode(), "vtt", SWAPPED).data.decode()
    assert turned == (
        "WEBVTT\n\n00:02.000 --> 00:05.000\nNon.\n\nNOTE the second scene\n\n"
        "NOTE babelreel: allow short-cue: a sign\n\nsign\n00:21.000 --> 00:22.000\nOui.\n"
    )


def test_comments_and_drawings_of_ass_move_too_and_durations_stay() -> None:
    line = r"Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\k50\fad(200,300)}Oui"
    drawn = r"Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\p1}m 0 0 l 9 9{\p0}"
    note = "Comment: 1,0:00:01.00,0:00:03.00,Default,,0,0,0,template,!x!"
    columns = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    before = f"[Events]\n{columns}\n{line}\n{drawn}\n{note}\n"
    after = before.replace("0:00:03.00", "0:00:05.00").replace("0:00:01.00", "0:00:03.00")
    assert moved(before.encode(), "ass", LATER).data.decode() == after


def test_a_font_in_an_ass_file_is_no_line() -> None:
    before = written("ass", THREE) + "\n[Fonts]\nfontname: a.ttf\nDIALOGUE: 0,0:00:01.00,0:00:02.00,,,,,,,X\n"
    assert moved(before.encode(), "ass", LATER).data.decode().endswith("DIALOGUE: 0,0:00:01.00,0:00:02.00,,,,,,,X\n")


@pytest.mark.parametrize(
    ("ending", "before", "after"),
    [
        ("srt", "1\n0:0:1,5 --> 00:00:03\nOui.\n", "1\n0:0:3,5 --> 00:00:05\nOui.\n"),
        ("srt", "1\n00:00:01.000 --> 00:00:03.000  X1:5\nOui.\n", "1\n00:00:03.000 --> 00:00:05.000  X1:5\nOui.\n"),
        ("srt", "1\n99:59:59,000 --> 100:00:01,000\nOui.\n", "1\n100:00:01,000 --> 100:00:03,000\nOui.\n"),
        ("vtt", "WEBVTT\n\n59:59.000 --> 01:00:02.000\nOui.\n", "WEBVTT\n\n01:00:01.000 --> 01:00:04.000\nOui.\n"),
        ("vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA\n", "WEBVTT\n\n00:00:03.000 --> 00:00:04.000\nA\n"),
        ("sub", "{0}{0}23.976\n{0}{24}Oui\n", "{0}{0}23.976\n{48}{72}Oui\n"),
        ("sub", "{25}{ 50 }Oui|Non\n", "{75}{ 100 }Oui|Non\n"),
        ("sbv", "0:00:01.000,0:00:02.50\nA\nB\n", "0:00:03.000,0:00:04.50\nA\nB\n"),
        ("sbv", "10:00:01.000,10:00:02.500\nA\n", "10:00:03.000,10:00:04.500\nA\n"),
    ],
)
def test_times_keep_the_form_in_which_they_were_written(ending: str, before: str, after: str) -> None:
    assert moved(before.encode(), ending, LATER).data.decode() == after


@pytest.mark.parametrize(
    ("ending", "before", "there"),
    [
        ("vtt", "WEBVTT\n\n00:59:59.000 --> 00:59:59.500\nA\n", "01:00:01.000 --> 01:00:01.500"),
        (
            "vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n59:59.000 --> 59:59.500\nB\n",
            "01:00:01.000 --> 01:00:01.500",
        ),
        ("srt", "1\n00:59:59,000 --> 00:59:59,500\nA\n", "01:00:01,000 --> 01:00:01,500"),
        ("srt", "1\n0:59:59,000 --> 0:59:59,500\nA\n", "1:00:01,000 --> 1:00:01,500"),
        ("srt", "1\n09:59:59,000 --> 09:59:59,500\nA\n", "10:00:01,000 --> 10:00:01,500"),
        ("sbv", "0:59:59.000,0:59:59.500\nA\n", "1:00:01.000,1:00:01.500"),
        ("ass", written("ass", [(3_599_000, 3_599_500, "A")]), "1:00:01.00,1:00:01.50"),
        ("ass", written("ass", [(35_999_000, 35_999_500, "A")]), "10:00:01.00,10:00:01.50"),
        # one digit where one is enough, as another line shows
        ("srt", "1\n0:00:01,0 --> 0:00:02,0\nA\n\n2\n9:59:59,0 --> 9:59:59,5\nB\n", "10:00:01,0 --> 10:00:01,5"),
        (
            "vtt",
            "WEBVTT\n\n1:00:01.000 --> 1:00:02.000\nA\n\n9:59:59.000 --> 9:59:59.500\nB\n",
            "10:00:01.000 --> 10:00:01.500",
        ),
        (
            "ass",
            written("ass", [(1000, 2000, "A"), (35_999_000, 35_999_500, "B")])
            .replace(",0:", ",00:")
            .replace(",9:", ",09:"),
            ",10:00:01.00,10:00:01.50",
        ),
        # moments within a line have hours, and the lines have none; and the other way round
        ("vtt", "WEBVTT\n\n00:58.000 --> 01:05.000\nA <00:01:02.000>b\n", "A <00:01:04.000>b"),
        ("vtt", "WEBVTT\n\n00:00:58.000 --> 00:01:05.000\nA <01:02.000>b\n", "A <01:04.000>b"),
        (
            "vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n59:57.000 --> 59:59.900\nB <59:59.000>c\n",
            "B <01:00:01.000>c",
        ),
        ("vtt", "WEBVTT\n\n10:59:57.000 --> 10:59:59.900\nB <10:59:59.000>c\n", "B <11:00:01.000>c"),
    ],
)
def test_a_line_that_goes_past_an_hour_comes_back_in_the_form_it_had(ending: str, before: str, there: str) -> None:
    found = moved(before.encode(), ending, LATER).data
    assert there in found.decode()
    assert moved(found, ending, BACK).data.decode() == before


def test_hours_go_again_where_the_file_has_them_only_where_they_are_needed() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\n01:00:01.000 --> 01:00:02.000\nB\n"
    found = moved(text.encode(), "vtt", without((10_000, 20_000))).data.decode()
    assert found.endswith("59:51.000 --> 59:52.000\nB\n")


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251"])
def test_bytes_of_an_old_code_page_stay(encoding: str) -> None:
    words = {"cp1252": "Voilà, c’est déjà gratuit à l’école.", "cp1251": "Безплатно е."}[encoding]
    before = f"1\n00:00:01,000 --> 00:00:03,000\n{words}\n".encode(encoding)
    found = moved(before, "srt", LATER).data
    assert found == before.replace(b"00:00:03", b"00:00:05").replace(b"00:00:01", b"00:00:03")


def test_a_frame_of_a_film_is_a_frame_of_the_file() -> None:
    # 24/25 of frame 2500 is frame 2400
    found = moved(b"{1}{1}25\n{0}{100}Oui\n{2500}{2600}Non\n", "sub", TimeMap.stretched(Fraction(24, 25)))
    assert found.data == b"{1}{1}25\n{0}{96}Oui\n{2400}{2496}Non\n"
