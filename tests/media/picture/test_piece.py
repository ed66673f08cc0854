"""Are pieces the same alone and in company, and is a joined file, frame by frame, its pieces?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest

from babelreel.errors import ToolError
from babelreel.fonts import LATIN, font_path
from babelreel.graph.task import BatchAction, Workspace
from babelreel.languages.find import builtin_languages
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.argv.joining import mux_argv
from babelreel.media.containers.mp4_picture import Mp4Picture, read_picture
from babelreel.media.picture.check_join import check_joined, peak_kbps
from babelreel.media.picture.footage import read_footage
from babelreel.media.picture.piece import ASS, PIECE, EncodePiece, PieceSettings
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.cells import Cell, Footage
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, fit_rate
from support.faulty_ffmpeg import flipping_ffmpeg, textless_ffmpeg
from support.films import Encode, make_film, run_maker
from support.workplaces import work_in

WEB, PHONE = DEFAULT_RUNGS[1], DEFAULT_RUNGS[3]
ASS_TEXT = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 160
PlayResY: 90

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Encoding, Alignment
Style: Default,Babelreel Latin,20,&H00FFFFFF,0,2

[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:00.20,0:00:02.60,Default,{text}
"""


def make_settings(ffmpeg: Ffmpeg, path: Path, rung: object = PHONE, shots: tuple[int, ...] = ()) -> PieceSettings:
    film = replace(probe_media(path, digest=""), shots=shots)
    assert film.video
    chosen = PHONE if rung is PHONE else WEB
    frame = Frame(width_px=160, height_px=90, rate=fit_rate(chosen, film.video.rate))
    return PieceSettings(ffmpeg=ffmpeg.identity, film=film, film_name=path.name, rung=chosen, frame=frame)


def footage_of(settings: PieceSettings, path: Path) -> tuple[Footage, ...]:
    return read_footage(path, settings.film, [settings.frame.rate])[settings.frame.rate]


def workspace(folder: Path, film: Path, text: str | None = None) -> Workspace:
    folder.mkdir(parents=True)
    (folder / film.name).symlink_to(film)
    if text is not None:
        (folder / "fonts").mkdir()
        shutil.copy(font_path(LATIN), folder / "fonts")
        (folder / ASS).write_text(ASS_TEXT.format(text=text), encoding="utf-8")
    return work_in(folder)


def encode_batch(root: Path, film: Path, action: EncodePiece, texts: Sequence[str | None]) -> list[bytes]:
    spaces = [workspace(root / str(place), film, text) for place, text in enumerate(texts)]
    actions = [action if text is None else replace(action, lead=0) for text in texts]
    actions[0].perform_batch(spaces, actions)
    return [(each.folder / PIECE).read_bytes() for each in spaces]


def test_a_piece_has_the_same_bytes_whoever_else_is_made_with_it(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=10, size="160x90")
    settings = make_settings(ffmpeg, film)
    action: BatchAction = EncodePiece(settings=settings, footage=footage_of(settings, film)[1])
    assert isinstance(action, EncodePiece)

    together = encode_batch(tmp_path / "all", film, action, [None, "Un", "Deux", "Trois"])
    pair = encode_batch(tmp_path / "pair", film, action, ["Trois", "Un"])
    alone = [encode_batch(tmp_path / f"alone{text}", film, action, [text])[0] for text in (None, "Un", "Deux", "Trois")]

    assert together == alone
    assert pair == [alone[3], alone[1]]
    assert len(set(alone)) == 4


def test_a_piece_has_the_same_bytes_beside_pieces_of_other_sizes(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=10, size="160x90")
    small = make_settings(ffmpeg, film)
    large = make_settings(ffmpeg, film, WEB)
    large = replace(large, frame=replace(large.frame, width_px=144, height_px=80))
    footage = footage_of(small, film)[1]
    actions = [
        EncodePiece(settings=large, footage=footage),
        EncodePiece(settings=small, footage=footage, lead=0),
        EncodePiece(settings=large, footage=footage, lead=0),
        EncodePiece(settings=small, footage=footage),
    ]
    texts = [None, "Un", "Deux", None]

    together = [workspace(tmp_path / "all" / str(place), film, text) for place, text in enumerate(texts)]
    actions[0].perform_batch(together, actions)
    for place, (action, text) in enumerate(zip(actions, texts, strict=True)):
        alone = workspace(tmp_path / f"alone{place}", film, text)
        action.perform(alone)
        assert (alone.folder / PIECE).read_bytes() == (together[place].folder / PIECE).read_bytes()
    assert len({(each.folder / PIECE).read_bytes() for each in together}) == 4


def test_text_is_drawn_at_its_time_and_only_then(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=3, size="160x90", audio=None, picture="color")  # black, 25 a second
    settings = make_settings(ffmpeg, film)
    work = workspace(tmp_path / "work", film, "Hello")
    EncodePiece(settings=settings, footage=footage_of(settings, film)[0], lead=0).perform(work)

    with av.open(str(work.folder / PIECE)) as container:
        brightest = [int(frame.to_ndarray(format="gray").max()) for frame in container.decode(video=0)]
    assert [place for place, value in enumerate(brightest) if value > 150] == list(range(5, 65))


def test_a_character_without_a_font_fails_also_in_the_company_of_one_that_has_it(
    ffmpeg: Ffmpeg, tmp_path: Path
) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    settings = make_settings(ffmpeg, film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0], lead=0)
    spaces = [workspace(tmp_path / "1" / name, film, text) for name, text in (("a", "Un"), ("b", "你好"))]
    for font in font_path(LATIN).parent.glob("*sc.otf"):
        shutil.copy(font, spaces[0].folder / "fonts")
    with pytest.raises(ToolError, match="could not be drawn"):
        action.perform_batch(spaces, [action, action])


def test_a_cell_whose_key_frame_was_not_found_is_an_error_and_no_frozen_picture(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=10, size="160x90", codec=("libx264", "-g", "25"))
    settings = make_settings(ffmpeg, film)
    footage = footage_of(settings, film)[1]
    late = replace(footage, seek_us=(footage.seek_us or 0) + 1_500_000)
    with pytest.raises(ToolError, match="something else"):
        EncodePiece(settings=settings, footage=late).perform(workspace(tmp_path / "w", film))


def test_where_a_cell_lies_is_no_part_of_its_key(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    settings = make_settings(ffmpeg, make_film(tmp_path / "film.mp4", seconds=10, size="160x90"))
    here = EncodePiece(settings=settings, footage=Footage(cell=Cell(first=0, end=100), seek_us=None, digest="a"))
    there = replace(here, footage=Footage(cell=Cell(first=100, end=200), seek_us=7, digest="a"))
    later = replace(here, settings=replace(settings, film=replace(settings.film, start_us=3_000_000)))
    assert here.document() == there.document() == later.document()
    json.dumps(here.document())


def test_every_setting_is_part_of_the_key(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    settings = make_settings(ffmpeg, make_film(tmp_path / "film.mp4", seconds=2, size="160x90"))
    assert settings.film.video
    action = EncodePiece(settings=settings, footage=Footage(cell=Cell(first=0, end=50), seek_us=None, digest="a"))
    rung = settings.rung
    changed = [
        replace(action, settings=other)
        for other in (
            replace(settings, ffmpeg=replace(settings.ffmpeg, digest="other")),
            replace(
                settings, film=replace(settings.film, video=replace(settings.film.video, color_transfer="smpte2084"))
            ),
            replace(settings, film=replace(settings.film, video=replace(settings.film.video, color_matrix="bt470bg"))),
            replace(settings, frame=replace(settings.frame, width_px=162)),
            replace(settings, frame=replace(settings.frame, height_px=92)),
            replace(settings, frame=replace(settings.frame, rate=Fraction(24))),
            replace(settings, rung=replace(rung, peak_kbps=700)),
            replace(settings, rung=replace(rung, profile="high")),
            replace(settings, rung=replace(rung, level="3.1")),
            replace(settings, rung=replace(rung, crf=Fraction(25))),
            replace(settings, rung=replace(rung, buffer_kbit=900)),
            replace(settings, rung=replace(rung, preset="slow")),
            replace(settings, rung=replace(rung, b_frames=1)),
        )
    ]
    changed += [
        replace(action, lead=0),
        replace(action, lead=3),
        replace(action, footage=replace(action.footage, cell=Cell(first=0, end=51))),
    ]
    documents = [json.dumps(each.document(), sort_keys=True) for each in (action, *changed)]
    assert len(set(documents)) == len(documents)


@pytest.mark.parametrize("rung", [WEB, PHONE], ids=["B-frames", "none"])
@pytest.mark.parametrize("rate", ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001"])
def test_a_joined_file_is_its_pieces_frame_by_frame_and_each_on_its_tick(
    ffmpeg: Ffmpeg, encode: Encode, tmp_path: Path, rate: str, rung: object
) -> None:
    film = make_film(tmp_path / "film.mp4", rate=rate, seconds=13, size="160x90", audio=None)
    settings = make_settings(ffmpeg, film, rung, shots=(int(3.5 * float(Fraction(rate))),))
    footage = footage_of(settings, film)
    (tmp_path / "cells").mkdir()
    pieces = []
    for place, each in enumerate(footage):
        space = workspace(tmp_path / f"w{place}", film)
        EncodePiece(settings=settings, footage=each).perform(space)
        pieces.append((space.folder / PIECE).rename(tmp_path / f"cells/{place}.mp4"))
    frames = [each.cell.frames for each in footage]
    text = render_pieces([f"cells/{piece.name}" for piece in pieces], frames, settings.frame.rate)
    (tmp_path / "list").write_text(text)
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

    check_joined(tmp_path / "out.mp4", pieces)
    assert decoded(tmp_path / "out.mp4") == [frame for piece in pieces for frame in decoded(piece)]
    with av.open(str(tmp_path / "out.mp4")) as container:
        times = [(frame.pts or 0) * (frame.time_base or 0) for frame in container.decode(video=0)]
    assert times == [place / settings.frame.rate for place in range(sum(frames))]


def decoded(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="yuv420p").tobytes() for frame in container.decode(video=0)]


def test_pieces_that_do_not_belong_together_are_refused(ffmpeg: Ffmpeg, encode: Encode, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90", audio=None)
    settings = make_settings(ffmpeg, film)
    (footage,) = footage_of(settings, film)
    pieces = []
    for place, crf in enumerate((24, 30)):  # parameter sets bear the quality
        space = workspace(tmp_path / f"w{place}", film)
        other = replace(settings, rung=replace(PHONE, level=("3.0", "4.0")[place], crf=Fraction(crf)))
        EncodePiece(settings=other, footage=footage).perform(space)
        pieces.append((space.folder / PIECE).rename(tmp_path / f"{place}.mp4"))
    (tmp_path / "list").write_text(render_pieces(["0.mp4", "1.mp4"], [50, 50], settings.frame.rate))
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
    with pytest.raises(ToolError, match="different settings"):
        check_joined(tmp_path / "out.mp4", pieces)
    with pytest.raises(ToolError, match="frames are not those of its parts"):
        check_joined(tmp_path / "out.mp4", pieces[:1])


def test_the_index_tells_size_rate_frames_and_key_frames(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", rate="30000/1001", size="160x90", audio=None)
    settings = make_settings(ffmpeg, film)
    EncodePiece(settings=settings, footage=footage_of(settings, film)[0]).perform(workspace(tmp_path / "w", film))
    picture = read_picture(tmp_path / "w" / PIECE)
    assert (picture.width_px, picture.height_px, picture.rate) == (160, 90, Fraction(30000, 1001))
    assert (len(picture.sizes), picture.keys, picture.is_on_grid) == (30, (0,), True)
    assert sum(picture.sizes) < (tmp_path / "w" / PIECE).stat().st_size


def test_the_peak_is_that_of_the_busiest_second() -> None:
    picture = Mp4Picture(
        width_px=2,
        height_px=2,
        timescale=4,
        ticks=1,
        is_on_grid=True,
        sizes=(1000, 0, 0, 0, 500, 1000, 0),
        keys=(0,),
        configuration=b"",
    )
    # 4 frames a second: the busiest four are 0, 500, 1000, 0 bytes and their like, 1500 bytes or 12 kbit
    assert peak_kbps(picture) == 12
    # 1000 bytes in two frames, which are half a second
    assert peak_kbps(replace(picture, sizes=(1000, 0))) == 16


def test_a_piece_that_ffmpeg_wrote_wrong_is_refused(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    # the first byte of the media begins the length of the first slice, which is a gigabyte then
    settings = make_settings(flipping_ffmpeg(ffmpeg, tmp_path / "bin"), film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0])

    with pytest.raises(ToolError, match="something else") as told:
        action.perform(workspace(tmp_path / "work", film))

    assert "cannot be decoded" in told.value.why


def test_the_encoders_memory_is_released_before_a_piece_is_looked_at(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    settings = make_settings(flipping_ffmpeg(ffmpeg, tmp_path / "bin"), film)
    released: list[bool] = []
    work = replace(workspace(tmp_path / "work", film), release=lambda: released.append(True))

    with pytest.raises(ToolError, match="something else"):  # looking at it ends with that
        EncodePiece(settings=settings, footage=footage_of(settings, film)[0]).perform(work)

    assert released


def test_of_flipped_bits_in_a_piece_each_is_found(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    settings = make_settings(ffmpeg, film)
    work = workspace(tmp_path / "work", film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0])
    action.perform(work)
    whole = (work.folder / PIECE).read_bytes()
    media = whole.index(b"mdat") + 4
    end = whole.index(b"moov", media) - 4

    missed = []
    for each in range(40):
        damaged = bytearray(whole)
        place = media + (end - media) * each // 40
        damaged[place] ^= 1 << each % 8
        (work.folder / PIECE).write_bytes(damaged)
        try:
            action.check(work.folder / PIECE)
        except ToolError:
            continue
        missed.append(place)

    assert missed == []  # decoding alone misses those in the words of an encoder, and one in forty in the pictures


def test_a_bit_that_no_decoder_sees_is_found_by_the_sum(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    # in the words with which x264 names itself, behind the length and the mark of their unit
    settings = make_settings(flipping_ffmpeg(ffmpeg, tmp_path / "bin", offset=40), film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0], lead=0)
    spaces = [workspace(tmp_path / str(place), film, "Hello") for place in range(2)]

    with pytest.raises(ToolError, match="something else") as told:
        action.perform_batch(spaces, [replace(action, lead=None), action])

    assert "its sum is another one" in told.value.why


@pytest.mark.parametrize("picture", ["testsrc2", "color"])
def test_a_piece_without_the_text_that_was_to_be_drawn_is_refused(ffmpeg: Ffmpeg, tmp_path: Path, picture: str) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90", picture=picture)
    settings = make_settings(textless_ffmpeg(ffmpeg, tmp_path / "bin"), film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0], lead=0, shown=20)

    with pytest.raises(ToolError, match="no text"):
        action.perform(workspace(tmp_path / "work", film, "Hello"))


def test_a_text_that_shows_nothing_where_it_is_looked_for_is_refused(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    settings = make_settings(ffmpeg, film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0], lead=0, shown=2)  # before 0.2 s

    with pytest.raises(ToolError, match="no text"):
        action.perform(workspace(tmp_path / "work", film, "Hello"))


# the smallest of signs, on a picture that moves, and in the highest noise that an encoder blurs
@pytest.mark.parametrize("text", ["Hello", "i", "."])
@pytest.mark.parametrize("picture", ["testsrc2", "color", "noise"])
def test_a_text_that_is_there_is_seen_and_looking_changes_no_byte(
    ffmpeg: Ffmpeg, tmp_path: Path, picture: str, text: str
) -> None:
    film = tmp_path / "film.mp4"
    if picture == "noise":
        noise = "nullsrc=size=160x90:rate=25:duration=2,geq=lum='random(1)*255':cb=128:cr=128"
        run_maker(
            "-f", "lavfi", "-i", noise, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(film)
        )
    else:
        make_film(film, seconds=2, size="160x90", picture=picture)
    settings = make_settings(ffmpeg, film)
    action = EncodePiece(settings=settings, footage=footage_of(settings, film)[0], lead=0)
    texts = [None, text, text]
    spaces = [workspace(tmp_path / str(place), film, each) for place, each in enumerate(texts)]
    actions = [replace(action, lead=None), replace(action, shown=20), action]

    actions[0].perform_batch(spaces, actions)

    _, looked_at, other = [(each.folder / PIECE).read_bytes() for each in spaces]
    assert looked_at == other
    assert actions[1].document() == actions[2].document()
