"""Do our encodes hold what was in the film, at the right size and at the right moment?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import PictureType

from babelreel.media.containers.mp4_picture import read_picture
from babelreel.model.film.cells import count_frames
from support.encodes import WEB, encode_picture, encode_sound, first_loud_s, read_luma
from support.films import FLASH_S, SAMPLE_FILM, Encode, make_film, make_flash_and_beep, run_maker

MAKERS: dict[str, dict[str, Any]] = {
    "plain": {},
    "turned": {"rotation": 90},
    "upside down": {"rotation": 180},
    "wide pixels": {"size": "240x180", "sar": "4/3"},
    "odd size": {"size": "321x181", "pixel_format": "yuv444p"},
    "film rate": {"rate": "24000/1001"},
    "ntsc": {"rate": "30000/1001"},
    "50 frames": {"rate": "50"},
    "59.94 frames": {"rate": "60000/1001"},
    "variable": {"rate": "36", "vfr": True, "seconds": 2},
    "10 bits": {"pixel_format": "yuv420p10le"},
    "silent": {"audio": None},
    "late": {"start_offset": 3},
    "one frame": {"seconds": Fraction(1, 25)},
    "two frames": {"seconds": Fraction(2, 25)},
    "portrait": {"size": "180x320"},
    "cartoon of 4:2:2": {"pixel_format": "yuv422p"},
}

#: Frames and display size that each must come out with, by counting and by hand.
EXPECTED: dict[str, tuple[int, str, tuple[int, int]]] = {
    "plain": (25, "25", (320, 180)),
    "turned": (25, "25", (180, 320)),
    "upside down": (25, "25", (320, 180)),
    "wide pixels": (25, "25", (320, 180)),
    "odd size": (25, "25", (320, 180)),
    "film rate": (24, "24000/1001", (320, 180)),
    "ntsc": (30, "30000/1001", (320, 180)),
    "50 frames": (25, "25", (320, 180)),
    "59.94 frames": (30, "30000/1001", (320, 180)),
    # the last frame of 71 is as long as the one before: 73/36 s at 23.976
    "variable": (49, "24000/1001", (320, 180)),
    "10 bits": (25, "25", (320, 180)),
    "silent": (25, "25", (320, 180)),
    "late": (25, "25", (320, 180)),
    "one frame": (1, "25", (320, 180)),
    "two frames": (2, "25", (320, 180)),
    "portrait": (25, "25", (180, 320)),
    "cartoon of 4:2:2": (25, "25", (320, 180)),
}


@pytest.mark.parametrize("name", MAKERS)
def test_any_film_comes_out_with_the_planned_frames_and_size(tmp_path: Path, encode: Encode, name: str) -> None:
    frame, film, made = encode_picture(encode, make_film(tmp_path / "film.mp4", **MAKERS[name]))
    frames, rate, size = EXPECTED[name]

    assert (made.frames, made.rate, made.is_variable_rate) == (frames, Fraction(rate), False)
    assert (made.width_px, made.height_px) == (made.display_width_px, made.display_height_px) == size
    assert film.video
    assert count_frames(film, frame.rate) == frames
    assert (made.start_ms, made.rotation, made.sample_aspect) == (0, 0, Fraction(1))
    assert (made.pixel_format, made.profile, made.level) == ("yuv420p", "Main", 30)
    assert (made.color_transfer, made.color_matrix) == ("bt709", "bt709")


@pytest.mark.parametrize("ending", ["mkv", "ts", "mov"])
def test_every_container_gives_the_same_number_of_frames(tmp_path: Path, encode: Encode, ending: str) -> None:
    _, _, made = encode_picture(encode, make_film(tmp_path / f"film.{ending}", rate="24000/1001"), WEB)

    assert (made.frames, made.rate, made.profile) == (24, Fraction(24000, 1001), "High")


def test_no_b_frames_on_phones(tmp_path: Path, encode: Encode) -> None:
    encode_picture(encode, make_film(tmp_path / "film.mp4"))

    with av.open(str(tmp_path / "picture.mp4")) as container:
        assert PictureType.B not in {frame.pict_type for frame in container.decode(video=0)}


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
@pytest.mark.parametrize("rate", ["25", "30000/1001"])
def test_flash_and_beep_stay_together(tmp_path: Path, encode: Encode, ending: str, rate: str) -> None:
    path = make_flash_and_beep(tmp_path / f"film.{ending}", rate=rate)

    frame, _, _ = encode_picture(encode, path)
    encode_sound(encode, path)

    flash_s = int(np.argmax(read_luma(tmp_path / "picture.mp4"))) / frame.rate
    assert abs(flash_s - FLASH_S) <= 1 / frame.rate
    assert abs(first_loud_s(tmp_path / "sound.mp4") - float(flash_s)) <= 0.025 + float(1 / frame.rate) / 2


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_a_picture_that_starts_late_stays_late_against_its_sound(tmp_path: Path, encode: Encode, ending: str) -> None:
    path = make_flash_and_beep(tmp_path / f"film.{ending}", picture_delay="0.2")

    encode_picture(encode, path)
    encode_sound(encode, path)

    flash_s = float(np.argmax(read_luma(tmp_path / "picture.mp4"))) / 25
    beep_s = first_loud_s(tmp_path / "sound.mp4")
    assert abs((flash_s - beep_s) - (0.2 + 0.02)) <= 0.025  # 0.5 s lies between frames 12 (0.48) and 13 (0.52)


def test_a_flash_on_its_frame_comes_out_on_the_same_frame(tmp_path: Path, encode: Encode) -> None:
    path = make_flash_and_beep(tmp_path / "film.mp4")

    encode_picture(encode, path)

    assert np.argmax(read_luma(tmp_path / "picture.mp4")) == np.argmax(read_luma(path)) == 13


def test_a_turned_film_stands_upright(tmp_path: Path, encode: Encode) -> None:
    # a white left half, shown turned by 90 degrees counter-clockwise: the left side goes to the bottom
    upright = tmp_path / "upright.mp4"
    half = "color=black:size=320x180:duration=0.2,geq=lum='if(lt(X,160),235,16)':cb=128:cr=128,format=yuv420p"
    run_maker("-f", "lavfi", "-i", half, "-c:v", "libx264", str(upright))
    run_maker("-display_rotation", "90", "-i", str(upright), "-c", "copy", str(tmp_path / "film.mp4"))

    encode_picture(encode, tmp_path / "film.mp4")

    with av.open(str(tmp_path / "picture.mp4")) as container:
        gray = next(container.decode(video=0)).to_ndarray(format="gray")
    assert gray.shape == (320, 180)
    assert np.mean(gray[:140]) < 30
    assert np.mean(gray[180:]) > 220


COLOURS = [("bt709", "1280x720"), ("", "1280x720"), ("smpte170m", "320x180"), ("", "320x180")]


@pytest.mark.parametrize(("matrix", "size"), COLOURS)
def test_red_stays_red_whatever_the_film_says_of_its_colours(
    tmp_path: Path, encode: Encode, matrix: str, size: str
) -> None:
    # untagged films are made as players read them: small ones in BT.601, large ones in BT.709
    used = matrix or ("bt709" if size == "1280x720" else "smpte170m")
    name = {"bt709": "bt709", "smpte170m": "bt601"}[used]
    source = f"color=red:size={size}:duration=0.1,format=gbrp,scale=out_color_matrix={name}:out_range=tv,format=yuv420p"
    tag = matrix or "unknown"
    tagged = f"{source},setparams=colorspace={tag}:color_primaries={tag}:color_trc={tag}"
    run_maker("-f", "lavfi", "-i", tagged, "-c:v", "libx264", "-qp", "5", str(tmp_path / "film.mp4"))

    encode_picture(encode, tmp_path / "film.mp4")

    with av.open(str(tmp_path / "picture.mp4")) as container:
        planes = next(container.decode(video=0)).to_ndarray()
    height = planes.shape[0] * 2 // 3
    blue = np.median(planes[height : height * 5 // 4])
    # BT.709: Y = 16 + 219 * 0.2126, Cb = 128 - 224 * 0.2126 / 1.8556 (BT.601 would give 81 and 90)
    assert abs(float(np.median(planes[:height])) - 62.6) <= 2
    assert abs(float(blue) - 102.3) <= 2


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_a_high_dynamic_range_becomes_a_normal_one(tmp_path: Path, encode: Encode, transfer: str) -> None:
    tags = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
    make: dict[str, Any] = {
        "codec": ("libx264", "-x264-params", tags),
        "pixel_format": "yuv420p10le",
        "seconds": Fraction(1, 5),
    }

    _, _, made = encode_picture(encode, make_film(tmp_path / "film.mp4", **make))

    assert (made.bit_depth, made.color_transfer, made.frames) == (8, "bt709", 5)


def test_a_cover_in_front_is_passed_over(tmp_path: Path, encode: Encode) -> None:
    film, cover = make_film(tmp_path / "plain.mp4"), tmp_path / "cover.png"
    run_maker("-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1", str(cover))
    words = ("-map", "1", "-map", "0", "-c", "copy", "-disposition:v:0", "attached_pic")
    run_maker("-i", str(film), "-i", str(cover), *words, str(tmp_path / "film.mp4"))

    _, _, made = encode_picture(encode, tmp_path / "film.mp4")

    assert (made.width_px, made.frames) == (320, 25)


def test_a_second_sound_that_nobody_knows_does_no_harm(tmp_path: Path, encode: Encode) -> None:
    plain, path = make_film(tmp_path / "plain.mp4"), tmp_path / "film.mp4"
    words = ("-map", "0:v", "-map", "0:a", "-map", "0:a", "-c:v", "copy", "-c:a:0", "copy", "-c:a:1", "ac3")
    run_maker("-i", str(plain), *words, str(path))
    path.write_bytes(path.read_bytes().replace(b"ac-3", b"qqqq"))

    assert encode_picture(encode, path)[2].frames == 25
    assert encode_sound(encode, path).audio[0].channels == 2


def test_two_runs_give_the_same_bytes(tmp_path: Path, encode: Encode) -> None:
    path = make_film(tmp_path / "film.mp4")

    def run() -> tuple[bytes, bytes]:
        encode_picture(encode, path)
        encode_sound(encode, path)
        return (tmp_path / "picture.mp4").read_bytes(), (tmp_path / "sound.mp4").read_bytes()

    first, second = run(), run()
    assert first == second
    assert b"Lavf" not in first[0] + first[1]


def test_the_key_frame_of_a_piece_is_as_fine_as_those_of_a_whole_film(encode: Encode, tmp_path: Path) -> None:
    first, end = 78, 180  # a cell of the sample: what is drawn and moves little, where it shows
    for name, begin in (("cell", first), ("film", 0)):
        chosen = f"trim=start_frame={begin}:end_frame={end},setpts=PTS-STARTPTS,scale=640:360"
        lossless = ("-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", str(tmp_path / f"{name}.mp4"))
        run_maker("-i", str(SAMPLE_FILM), "-an", "-vf", chosen, *lossless)
    encode_picture(encode, tmp_path / "cell.mp4")
    piece = read_picture(tmp_path / "picture.mp4").sizes

    usual = ("-c:v", "libx264", "-preset", "medium", "-crf", "24", "-bf", "0", "-refs", "3", "-threads", "1")
    key = ("-force_key_frames", f"{first / 25}", "-profile:v", "main")
    run_maker("-i", str(tmp_path / "film.mp4"), *usual, *key, "-pix_fmt", "yuv420p", str(tmp_path / "whole.mp4"))
    whole = read_picture(tmp_path / "whole.mp4")
    assert first in whole.keys
    assert piece[0] > 0.97 * whole.sizes[first]
