from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.media.containers.mp4 import (
    BrokenMp4Error,
    clear_subtitle_enabled,
    is_faststart,
    is_mp4_cut_short,
    read_tracks,
)
from babelreel.media.containers.mp4_text_track import TextSample, render_text_track
from support.films import make_film


def write_text_track(path: Path) -> Path:
    path.write_bytes(render_text_track((TextSample(duration_ms=500, text="Hello."),)))
    return path


def test_the_enabled_flag_of_text_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    path = write_text_track(tmp_path / "text.mp4")
    before = path.read_bytes()
    assert [track.is_enabled for track in read_tracks(path)] == [True]

    clear_subtitle_enabled(path)

    after = path.read_bytes()
    assert [track.is_enabled for track in read_tracks(path)] == [False]
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [(3, 2)]


def test_picture_and_sound_stay_enabled(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mp4")

    clear_subtitle_enabled(path)

    assert [(track.handler, track.is_enabled) for track in read_tracks(path)] == [("vide", True), ("soun", True)]


def test_handler_names_and_languages_are_read(tmp_path: Path) -> None:
    (track,) = read_tracks(write_text_track(tmp_path / "text.mp4"))

    assert (track.handler, track.name, track.language) == ("sbtl", "text", "und")


def test_an_index_at_the_end_is_told_from_one_at_the_start(tmp_path: Path) -> None:
    assert not is_faststart(make_film(tmp_path / "film.mp4"))
    assert is_faststart(write_text_track(tmp_path / "text.mp4"))


def test_a_file_that_ends_inside_a_box_is_mp4_cut_short(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mp4")
    assert not is_mp4_cut_short(path)

    path.write_bytes(path.read_bytes()[:-1])

    assert is_mp4_cut_short(path)


def test_junk_behind_the_last_box_is_not_minded(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mp4")

    path.write_bytes(path.read_bytes() + b"\0\0\0\2junk")

    assert not is_mp4_cut_short(path)


@settings(deadline=None, max_examples=150)
@given(place=st.integers(min_value=0), value=st.integers(min_value=0, max_value=255))
def test_a_damaged_file_gives_tracks_or_our_own_error(
    tmp_path_factory: pytest.TempPathFactory, place: int, value: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.mp4"
    content = bytearray(render_text_track((TextSample(duration_ms=500, text="Hello."),)))
    content[place % len(content)] = value
    path.write_bytes(content)

    try:
        tracks = read_tracks(path)
    except BrokenMp4Error:
        return
    assert len(tracks) <= 1
