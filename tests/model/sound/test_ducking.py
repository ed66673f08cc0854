from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.sound.ducking import Stretch, merge_stretches, speech_stretches
from babelreel.model.sound.recordings import SoundInfo
from babelreel.model.timecode import Span


def stretches(*pairs: tuple[int, int]) -> tuple[Stretch, ...]:
    return tuple(Stretch(start=start, end=end) for start, end in pairs)


def test_gaps_under_a_second_are_no_gaps() -> None:
    found = stretches((0, 48_000), (95_999, 100_000), (148_000, 150_000))
    # 47,999 samples are 20 microseconds less than a second, 48,000 are one
    assert merge_stretches(found) == stretches((0, 100_000), (148_000, 150_000))


def test_a_stretch_inside_of_another_does_not_end_it() -> None:
    assert merge_stretches(stretches((0, 200_000), (10_000, 20_000))) == stretches((0, 200_000))


def test_nothing_goes_down_for_nothing() -> None:
    assert merge_stretches(stretches((5, 5), (9, 3))) == ()


def test_a_whole_recording_ducks_while_somebody_speaks() -> None:
    whole = SoundInfo(path="fr.wav", samples=96_000, first=100, end=90_000, speech=(Span(start_ms=250, end_ms=500),))
    assert speech_stretches(whole) == stretches((12_000, 24_000))


def test_a_whole_recording_ducks_throughout_where_it_is_not_known_when_somebody_speaks() -> None:
    whole = SoundInfo(path="fr.wav", samples=96_000, first=100, end=90_000)
    assert speech_stretches(whole) == stretches((100, 90_000))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 500_000), st.integers(1, 100_000)), max_size=8))
def test_merged_stretches_cover_all_and_lie_a_second_apart(drawn: list[tuple[int, int]]) -> None:
    found = stretches(*[(start, start + length) for start, length in drawn])
    merged = merge_stretches(found)
    assert all(any(into.start <= each.start and each.end <= into.end for into in merged) for each in found)
    assert all(after.start - before.end >= 48_000 for before, after in pairwise(merged))
    assert merge_stretches(merged) == merged
