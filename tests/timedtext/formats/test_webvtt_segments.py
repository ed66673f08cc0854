from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.timedtext.formats.sidecar import render_webvtt
from babelreel.timedtext.formats.webvtt import read_webvtt
from babelreel.timedtext.formats.webvtt_segments import render_webvtt_segments

HEAD = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n"


def track(*spans: tuple[int, int]) -> Track:
    cues = tuple(
        Cue(number=number, span=Span(start_ms=start, end_ms=end), lines=(f"line {number}",))
        for number, (start, end) in enumerate(spans, 1)
    )
    return Track(language="fr", path="", format=Format.SRT, cues=cues)


def segments(track: Track, *ends_s: Fraction | int) -> tuple[str, ...]:
    return render_webvtt_segments(track, find_language("fr"), [Fraction(end) for end in ends_s])


def test_a_cue_stands_in_every_segment_in_which_it_is_shown_and_others_are_empty() -> None:
    cue = "\n1\n00:00:03.500 --> 00:00:08.500\nline 1\n"
    assert segments(track((3500, 8500)), 3, 4, 8, 9, 12) == (HEAD, HEAD + cue, HEAD + cue, HEAD + cue, HEAD)


def test_a_cue_that_ends_or_begins_with_a_segment_stands_in_one() -> None:
    first, second = segments(track((1000, 4000), (4000, 5000)), 4, 8)
    assert ("line 1" in first, "line 2" in first) == (True, False)
    assert ("line 1" in second, "line 2" in second) == (False, True)


def test_borders_between_milliseconds_are_kept() -> None:
    # 77 frames at 24000/1001 end at 3211.541... ms
    first, second = segments(track((1000, 3211), (1000, 3212)), Fraction(77 * 1001, 24_000), 6)
    assert ("line 1" in second, "line 2" in second) == (False, True)
    assert "line 1" in first


def test_a_cue_behind_the_end_of_the_film_is_not_lost() -> None:
    assert "line 1" in segments(track((20_000, 21_000)), 4, 8)[-1]


@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 20_000))),
    st.lists(st.integers(1, 20_000), min_size=1, max_size=6, unique=True),
)
def test_together_they_hold_the_cues_of_the_sidecar(spans: list[tuple[int, int]], ends_ms: list[int]) -> None:
    whole = track(*spans)
    language = find_language("fr")
    parts = render_webvtt_segments(whole, language, [Fraction(end, 1000) for end in sorted(ends_ms)])
    found = {
        (cue.span, cue.lines) for part in parts for cue in read_webvtt(part, language="fr", path="segment.vtt").cues
    }
    expected = read_webvtt(render_webvtt(whole, language), language="fr", path="whole.vtt").cues
    assert found == {(cue.span, cue.lines) for cue in expected}


@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 20_000))),
    st.lists(st.fractions(1, 20, max_denominator=1001), min_size=1, max_size=6, unique=True),
)
def test_each_segment_holds_what_is_shown_in_it(spans: list[tuple[int, int]], ends: list[Fraction]) -> None:
    ends = sorted(ends)
    starts = [Fraction(0), *ends]
    for place, part in enumerate(segments(track(*spans), *ends)):
        until = ends[place] if place + 1 < len(ends) else Fraction(10**9)
        shown = [
            number
            for number, (start_ms, end_ms) in enumerate(spans, 1)
            if starts[place] <= Fraction(start_ms, 1000) < until
            or (Fraction(start_ms, 1000) < until and Fraction(end_ms, 1000) > starts[place])
        ]
        found = [number for number in range(1, len(spans) + 1) if f"\nline {number}\n" in part]
        assert found == shown
