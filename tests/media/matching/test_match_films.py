from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.media.matching.match_films import match_films
from babelreel.media.matching.take_fingerprint import take_fingerprint
from babelreel.media.probe.film import probe_media
from babelreel.model.film.change.film_match import Basis, Doubt, FilmMatch
from babelreel.model.film.change.fingerprint import Fingerprint, pack_fingerprint
from babelreel.model.film.change.time_map import END_MS
from babelreel.model.timecode import Span
from support.films import ffmpeg_of_tests
from support.recuts import FRAME_MS, Cut, Recut, make_drawn, make_recut

#: 4, 5, 4, 3, 6 and 4 seconds: a cut is at 9 s, and another at 13 s.
FRAMES = 650
ALL = Cut(first=0, behind=FRAMES)


def fingerprint_of(film: Path) -> Fingerprint:
    return take_fingerprint(ffmpeg_of_tests().path, film, probe_media(film, digest="00"))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_drawn(tmp_path_factory.mktemp("films") / "old.mp4")


@pytest.fixture(scope="module")
def old(film: Path) -> Fingerprint:
    return fingerprint_of(film)


def found(film: Path, old: Fingerprint, tmp_path: Path, recut: Recut) -> FilmMatch:
    return match_films(old, fingerprint_of(make_recut(tmp_path / "new.mp4", film, recut)))


def assert_within_a_frame(match: FilmMatch, recut: Recut) -> None:
    """Every moment of the old film, but for a frame beside each cut, lies where it was put, or is lost."""
    edges = [frame for cut in recut.cuts if not cut.is_new for frame in (cut.first, cut.behind)]
    time_map = match.time_map()
    for frame in range(FRAMES):
        if any(abs(frame - edge) <= 1 for edge in edges):
            continue
        moment = frame * FRAME_MS + FRAME_MS // 2
        meant, moved = recut.new_ms(moment), time_map.moved(moment)
        if meant is None:
            assert moved is None, f"{moment} ms has vanished, and is said to lie at {moved} ms"
        else:
            assert moved is not None, f"{moment} ms lies at {meant} ms, and was not found"
            assert abs(moved - meant) <= FRAME_MS, f"{moment} ms lies at {meant} ms, and not at {moved} ms"


def test_a_film_that_was_only_encoded_anew_is_where_it_was(film: Path, old: Fingerprint, tmp_path: Path) -> None:
    recut = Recut(cuts=(ALL,), size="160:90", crf=34)
    match = found(film, old, tmp_path, recut)
    assert_within_a_frame(match, recut)
    assert match.is_sure
    assert [part.basis for part in match.parts] == [Basis.BOTH]
    # the last line of a track may end behind the film
    assert match.time_map().stretches[0].old.end_ms == END_MS


def test_a_longer_intro_and_a_scene_less_are_found_to_the_frame(film: Path, old: Fingerprint, tmp_path: Path) -> None:
    intro = Cut(first=0, behind=50, is_new=True)
    recut = Recut(cuts=(intro, Cut(first=0, behind=190), Cut(first=287, behind=FRAMES)), has_bars=True)
    match = found(film, old, tmp_path, recut)
    assert_within_a_frame(match, recut)
    assert match.is_sure
    assert match.vanished == (Span(start_ms=190 * FRAME_MS, end_ms=287 * FRAME_MS),)
    assert match.added == (Span(start_ms=0, end_ms=2000),)
    assert not match.is_reordered


def test_scenes_that_changed_places_and_another_music(film: Path, old: Fingerprint, tmp_path: Path) -> None:
    cuts = (
        Cut(first=0, behind=100),
        Cut(first=325, behind=550),
        Cut(first=100, behind=325),
        Cut(first=550, behind=FRAMES),
    )
    recut = Recut(cuts=cuts, has_other_sound=True)
    match = found(film, old, tmp_path, recut)
    assert_within_a_frame(match, recut)
    assert match.is_reordered
    assert {part.basis for part in match.parts} == {Basis.PICTURE}


@pytest.mark.parametrize(
    ("speed", "keeps_pitch"), [(Fraction(24, 25), False), (Fraction(25, 24), True)], ids=["faster", "slower"]
)
def test_a_film_that_runs_at_another_speed(
    film: Path, old: Fingerprint, tmp_path: Path, *, speed: Fraction, keeps_pitch: bool
) -> None:
    recut = Recut(cuts=(ALL,), speed=speed, keeps_pitch=keeps_pitch)
    match = found(film, old, tmp_path, recut)
    assert_within_a_frame(match, recut)
    assert [part.stretch.rate for part in match.parts] == [speed]


def test_music_that_comes_again_and_again_is_no_proof(tmp_path: Path) -> None:
    film = make_drawn(tmp_path / "old.mp4", is_looped=True)
    old = fingerprint_of(film)
    recut = Recut(cuts=(Cut(first=0, behind=190), Cut(first=290, behind=FRAMES)))  # four seconds less: one loop
    match = found(film, old, tmp_path, recut)
    assert_within_a_frame(match, recut)


def test_another_film_has_nothing_of_it(film: Path, old: Fingerprint, tmp_path: Path) -> None:
    other = make_recut(tmp_path / "other.mp4", film, Recut(cuts=(Cut(first=0, behind=140, is_new=True),)))
    match = match_films(old, fingerprint_of(other))
    assert not any(part.basis is Basis.BOTH for part in match.parts)
    assert not match.is_sure or match.parts == ()


def test_a_scene_that_was_shot_anew_is_told(film: Path, old: Fingerprint, tmp_path: Path) -> None:
    new_scene = Cut(first=0, behind=100, is_new=True)
    recut = Recut(cuts=(Cut(first=0, behind=225), new_scene, Cut(first=325, behind=FRAMES)))
    match = found(film, old, tmp_path, recut)
    doubtful = [part.stretch.old for part in match.parts if Doubt.REPLACED in part.doubts]
    assert len(doubtful) == 1
    assert abs(doubtful[0].start_ms - 9000) <= 200
    assert abs(doubtful[0].end_ms - 13000) <= 200


def test_black_and_silence_go_with_what_they_follow_and_move_nothing_wrong(old: Fingerprint) -> None:
    dark = replace(old, pictures=bytes(len(old.pictures)), contrasts=bytes(old.frames), levels=bytes(len(old.levels)))
    match = match_films(dark, dark)
    assert match.parts == () or not match.is_sure


def test_ten_minutes_take_no_more_than_300_kb(old: Fingerprint) -> None:
    assert len(pack_fingerprint(old)) * 600_000 / old.duration_ms < 300_000


def test_where_the_sound_goes_on_behind_the_picture_it_tells(old: Fingerprint) -> None:
    # the last 6 s have no picture; the new film lacks the second of them, and begins a second later
    cut, steps = 500, 2000
    before = replace(old, pictures=old.pictures[: 8 * cut], contrasts=old.contrasts[:cut])
    sounds = bytes(200) + old.sounds[: 2 * (steps + 100)] + old.sounds[2 * (steps + 200) :]
    levels = bytes(100) + old.levels[: steps + 100] + old.levels[steps + 200 :]
    pictures, contrasts = bytes(8 * 25) + before.pictures, bytes(25) + before.contrasts
    new = replace(before, sounds=sounds, levels=levels, pictures=pictures, contrasts=contrasts)
    time_map = match_films(before, new).time_map()
    for old_ms, new_ms in ((5_000, 6_000), (20_500, 21_500), (23_000, 23_000), (25_000, 25_000)):
        moved = time_map.moved(old_ms)
        assert moved is not None
        assert abs(moved - new_ms) <= FRAME_MS
