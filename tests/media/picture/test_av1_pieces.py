"""Are pieces of AV1 the same on any number of processors, and is a joined file, frame by frame, its pieces?"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest

from babelreel.errors import ToolError
from babelreel.languages.find import builtin_languages
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.argv.joining import mux_argv
from babelreel.media.containers.coded_units import split_av1_units
from babelreel.media.containers.mp4_picture import read_picture
from babelreel.media.picture.check_join import check_joined, refuse_open_start
from babelreel.media.picture.footage import read_footage
from babelreel.media.picture.piece import PIECE, EncodePiece, PieceSettings
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.cells import Footage
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, fit_rate
from babelreel.model.film.ladder.little_data import LITTLE_DATA_RUNG
from support.films import Encode, make_film
from support.workplaces import work_in

RUNG = replace(LITTLE_DATA_RUNG, preset="veryfast")
PHONE = DEFAULT_RUNGS[3]


def make_settings(ffmpeg: Ffmpeg, path: Path, shots: tuple[int, ...] = ()) -> PieceSettings:
    film = replace(probe_media(path, digest=""), shots=shots)
    assert film.video
    frame = Frame(width_px=160, height_px=90, rate=fit_rate(RUNG, film.video.rate))
    return PieceSettings(ffmpeg=ffmpeg.identity, film=film, film_name=path.name, rung=RUNG, frame=frame)


def footage_of(settings: PieceSettings, path: Path) -> tuple[Footage, ...]:
    return read_footage(path, settings.film, [settings.frame.rate])[settings.frame.rate]


def encode_batch(root: Path, film: Path, actions: list[EncodePiece]) -> list[Path]:
    spaces = []
    for place, _ in enumerate(actions):
        folder = root / str(place)
        folder.mkdir(parents=True)
        (folder / film.name).symlink_to(film)
        spaces.append(work_in(folder))
    actions[0].perform_batch(spaces, actions)
    return [each.folder / PIECE for each in spaces]


def packets_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def frames_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="yuv420p").tobytes() for frame in container.decode(video=0)]


def test_a_piece_has_the_same_bytes_alone_beside_h264_and_on_one_processor(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=5, size="320x180", audio=None)
    settings = make_settings(ffmpeg, film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0])
    phone = replace(action, settings=replace(settings, rung=PHONE))
    (alone,) = encode_batch(tmp_path / "alone", film, [action])
    _, beside = encode_batch(tmp_path / "beside", film, [phone, action])
    assert beside.read_bytes() == alone.read_bytes()
    if hasattr(os, "sched_setaffinity"):
        everywhere = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(everywhere)})
        try:
            (single,) = encode_batch(tmp_path / "single", film, [action])
        finally:
            os.sched_setaffinity(0, everywhere)
        assert single.read_bytes() == alone.read_bytes()


@pytest.mark.parametrize("rate", ["24000/1001", "25", "30", "60000/1001"])
def test_a_joined_file_is_its_pieces_frame_by_frame_and_each_on_its_tick(
    ffmpeg: Ffmpeg, encode: Encode, tmp_path: Path, rate: str
) -> None:
    film = make_film(tmp_path / "film.mp4", rate=rate, seconds=9, size="160x90", audio=None)
    settings = make_settings(ffmpeg, film, shots=(int(3.5 * float(Fraction(rate))),))
    footage = footage_of(settings, film)
    (tmp_path / "cells").mkdir()
    pieces = []
    for place, each in enumerate(footage):
        (made,) = encode_batch(tmp_path / f"w{place}", film, [EncodePiece(settings=settings, footage=each)])
        pieces.append(made.rename(tmp_path / f"cells/{place}.mp4"))
    frames = [each.cell.frames for each in footage]
    assert len(pieces) > 1
    names = [f"cells/{piece.name}" for piece in pieces]
    (tmp_path / "list").write_text(render_pieces(names, frames, settings.frame.rate))
    encode(
        mux_argv(
            pieces_name="list",
            sound_name=None,
            text_name=None,
            language=builtin_languages()[0],
            output_name="out.mp4",
            title="t",
        )
    )

    joined = check_joined(tmp_path / "out.mp4", pieces)
    assert len(joined.keys) == len(pieces)
    assert frames_of(tmp_path / "out.mp4") == [frame for piece in pieces for frame in frames_of(piece)]
    with av.open(str(tmp_path / "out.mp4")) as container:
        times = [(frame.pts or 0) * (frame.time_base or 0) for frame in container.decode(video=0)]
    assert times == [place / settings.frame.rate for place in range(sum(frames))]


def test_frames_that_were_coded_before_they_are_shown_have_packets_of_their_own(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90", audio=None)
    settings = make_settings(ffmpeg, film)
    (piece,) = encode_batch(
        tmp_path / "w", film, [EncodePiece(settings=settings, footage=footage_of(settings, film)[0])]
    )
    packets = packets_of(piece)
    assert len(packets) == 50
    # kind 3 is a head without a frame, which shows an earlier one: what joins must not lose
    assert any([kind for kind, _ in split_av1_units(packet)] == [3] for packet in packets)


def test_the_header_that_the_file_tells_is_the_one_in_its_first_frame(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=1, size="160x90", audio=None)
    settings = make_settings(ffmpeg, film)
    (piece,) = encode_batch(
        tmp_path / "w", film, [EncodePiece(settings=settings, footage=footage_of(settings, film)[0])]
    )
    record = read_picture(piece).configuration
    told = next(unit for kind, unit in split_av1_units(record[4:]) if kind == 1)
    written = next(unit for kind, unit in split_av1_units(packets_of(piece)[0]) if kind == 1)
    assert told == written
    refuse_open_start(piece, record)
    with pytest.raises(ToolError, match="could not be joined"):
        refuse_open_start(piece, record[:-1] + bytes((record[-1] ^ 0x40,)))


def test_of_flipped_bits_in_a_piece_each_is_found(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    settings = make_settings(ffmpeg, film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0])
    (piece,) = encode_batch(tmp_path / "w", film, [action])
    whole = piece.read_bytes()
    media = whole.index(b"mdat") + 4
    end = whole.index(b"moov", media) - 4

    missed = []
    for each in range(30):
        damaged = bytearray(whole)
        place = media + (end - media) * each // 30
        damaged[place] ^= 1 << each % 8
        piece.write_bytes(damaged)
        try:
            action.check(piece)
        except ToolError:
            continue
        missed.append(place)
    assert missed == []


def test_a_piece_that_ends_early_is_found(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    settings = make_settings(ffmpeg, film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0])
    (piece,) = encode_batch(tmp_path / "w", film, [action])
    whole = piece.read_bytes()
    for share in (4, 2):
        piece.write_bytes(whole[: len(whole) - len(whole) // share])
        with pytest.raises(ToolError):
            action.check(piece)


def test_what_changes_the_picture_is_part_of_the_key(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=1, size="160x90")
    settings = make_settings(ffmpeg, film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0])
    changed = [
        replace(action, settings=replace(settings, rung=rung))
        for rung in (
            PHONE,
            replace(RUNG, crf=Fraction(39)),
            replace(RUNG, peak_kbps=400),
            replace(RUNG, preset="slow"),
            replace(RUNG, key_s=Fraction(1)),
        )
    ]
    documents = {json.dumps(each.document(), sort_keys=True) for each in (action, *changed)}
    assert len(documents) == 6
