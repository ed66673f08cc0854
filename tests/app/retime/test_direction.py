"""Of which of two films does a track seem to be?"""

from __future__ import annotations

from itertools import accumulate

from babelreel.app.retime.direction import Heard, is_of_second
from babelreel.model.timecode import Span
from babelreel.model.track import Track
from support.subjects import make_subject
from support.tracks import srt

#: Gaps that no shift lays on one another.
STARTS = tuple(accumulate((1000, 3100, 4700, 2300, 6100, 3700, 5300, 2900, 7100, 4300)))
LATER_MS = 5000


def voices(*starts: int) -> tuple[Span, ...]:
    return tuple(Span(start_ms=each, end_ms=each + 1500) for each in starts)


OLD = Heard(duration_ms=50_000, speech=voices(*STARTS))
NEW = Heard(duration_ms=55_000, speech=voices(*(each + LATER_MS for each in STARTS)))


def track_at(*starts: int) -> Track:
    return make_subject(srt(*((each, each + 1500, "Appelle le 112.") for each in starts))).track


def test_voices_tell_of_which_film_a_track_is() -> None:
    of_old, of_new = track_at(*STARTS), track_at(*(each + LATER_MS for each in STARTS))
    assert is_of_second(of_old, OLD, NEW) is False
    assert is_of_second(of_new, OLD, NEW) is True
    assert is_of_second(of_new, NEW, OLD) is False


def test_a_text_behind_the_end_of_one_film_is_of_the_other() -> None:
    silent = [Heard(duration_ms=film.duration_ms, speech=None) for film in (OLD, NEW)]
    assert is_of_second(track_at(1000, 52_000), *silent) is True
    assert is_of_second(track_at(1000, 52_000), *reversed(silent)) is False
    assert is_of_second(track_at(1000, 48_500), *silent) is None


def test_where_both_fit_or_neither_nothing_is_claimed() -> None:
    assert is_of_second(track_at(*STARTS), OLD, OLD) is None
    assert is_of_second(track_at(*(each + 1700 for each in STARTS[:-1])), OLD, NEW) is None
    assert is_of_second(track_at(*STARTS[:3]), OLD, NEW) is None  # too few lines
