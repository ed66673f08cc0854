from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.model.film.change.film_change import FilmChange, guess_change
from babelreel.model.film.media import MediaInfo
from support.subjects import make_known_film

#: Cuts of a film of a minute, at 25 frames a second.
SHOTS = (50, 131, 222, 300, 417, 560, 730, 901, 1100, 1333)
VOICES = tuple((start, start + 900) for start in (1000, 4100, 7300, 12_000, 20_500, 31_000))


def film(
    shots: tuple[int, ...] = (), voices: tuple[tuple[int, int], ...] = (), *, rate: int = 25, ms: int = 60_000
) -> MediaInfo:
    return make_known_film(ms, shots=shots, speech=voices, rate=Fraction(rate))


def later(frames: int) -> tuple[int, ...]:
    return tuple(shot + frames for shot in SHOTS if shot + frames > 0)


@pytest.mark.parametrize(("frames", "by_ms"), [(50, 2000), (-25, -1000), (0, 0), (3, 120)])
def test_shots_tell_by_how_much_a_film_begins_later(frames: int, by_ms: int) -> None:
    assert guess_change(film(SHOTS), film(later(frames))) == FilmChange(by_ms=by_ms)


def test_a_longer_opening_with_shots_of_its_own_is_told() -> None:
    assert guess_change(film(SHOTS), film((20, 60, 99, *later(150)))) == FilmChange(by_ms=6000)


def test_a_film_without_cuts_is_told_by_its_voices() -> None:
    moved = tuple((start + 2030, end + 2030) for start, end in VOICES)
    assert guess_change(film((), VOICES), film((), moved)) == FilmChange(by_ms=2030)


def test_the_same_frames_at_another_rate_are_a_film_at_another_speed() -> None:
    old, new = film(SHOTS), film(SHOTS, rate=24, ms=62_500)
    assert old.video
    assert new.video
    same = replace(new, video=replace(new.video, frames=old.video.frames))
    found = guess_change(old, same)
    assert found == FilmChange(rate=Fraction(25, 24))
    assert found.tell() == (
        "It seems to be the same film, slower: all subtitles that were not moved since are early"
        " (babelreel stretch --by=25/24)"
    )


def test_of_a_film_that_was_cut_anew_nothing_is_claimed() -> None:
    other = (13, 77, 190, 281, 399, 555, 640, 870, 1010, 1200)
    assert guess_change(film(SHOTS), film(other)) is None
    assert guess_change(film(), film(SHOTS)) is None
    assert guess_change(film(SHOTS[:3]), film(later(50)[:3])) is None


def test_a_scene_that_is_gone_new_or_elsewhere_is_no_film_that_comes_later_as_a_whole() -> None:
    gone = tuple(shot - 140 for shot in SHOTS if shot >= 560)
    assert guess_change(film(SHOTS), film((*later(50)[:4], *(shot + 50 for shot in gone)))) is None
    # seven of ten cuts come 2 s later, and what is behind them 2 s more: a shift would leave the end wrong in silence
    assert guess_change(film(SHOTS), film((*later(50)[:7], *later(100)[7:]))) is None
    assert guess_change(film(SHOTS), film((*later(50)[:7], 850, 880, *later(50)[7:]))) is None
    inserted = (*SHOTS[:5], *(shot + 250 for shot in SHOTS[5:]))
    assert guess_change(film(SHOTS), film(inserted)) is None, "it begins as before, and does not go on so"


def test_voices_that_come_later_from_the_middle_on_are_no_film_that_comes_later_as_a_whole() -> None:
    moved = (*VOICES[:3], *((start + 5000, end + 5000) for start, end in VOICES[3:]))
    assert guess_change(film((), VOICES), film((), moved)) is None


def test_the_call_that_repairs_it_is_named() -> None:
    assert FilmChange(by_ms=2000).tell() == (
        "All of it seems to come 2.0 s later: all subtitles that were not moved since are early"
        " (babelreel shift --by=+2.0s)"
    )
    assert FilmChange(by_ms=-250).call == "babelreel shift --by=-0.25s"
    assert (FilmChange().seems, FilmChange().call) == ("It seems to begin as before", "")
