"""Do the colours of a film come out as they were meant, whatever screen it was made for?

Each film shows one colour, whose code values are computed here after the standards (ITU-R BT.709, BT.1886, BT.2020,
BT.2100; SMPTE EG 432-1) and not by ffmpeg.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from av.sidedata.sidedata import Type

from babelreel.errors import FilmError
from babelreel.media.probe.film import probe_media
from support.encodes import encode_picture, side_data
from support.films import Encode, run_maker
from support.hidden_edges import put_into_entry

_Numbers = npt.NDArray[np.float64]

#: The film's colour on a normal screen, and a grey.
BRICK, GREY = (192, 64, 64), (128, 128, 128)
#: Chromaticities x, y of red, green, blue and white.
BT709 = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060), (0.3127, 0.3290))
BT2020 = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), (0.3127, 0.3290))
P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.3127, 0.3290))
#: How much of red and blue luma holds.
WEIGHTS = {"bt709": (0.2126, 0.0722), "bt2020nc": (0.2627, 0.0593)}
#: What a normal screen shows as white, in PQ and HLG (ITU-R BT.2408).
WHITE_NITS = 203


def light_of(primaries: tuple[tuple[float, float], ...]) -> _Numbers:
    """Give the matrix from linear RGB to CIE XYZ."""
    columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in primaries]).T
    return np.asarray(columns[:, :3] * np.linalg.solve(columns[:, :3], columns[:, 3]))


def in_primaries(colour: tuple[int, ...], primaries: tuple[tuple[float, float], ...]) -> _Numbers:
    """Give a colour of a normal screen (BT.1886) as linear light of another one."""
    shown = (np.array(colour) / 255) ** 2.4
    return np.asarray(np.linalg.solve(light_of(primaries), light_of(BT709) @ shown))


def gamma(light: _Numbers) -> _Numbers:
    return np.asarray(light ** (1 / 2.4))


def pq(light: _Numbers) -> _Numbers:
    power = (light * WHITE_NITS / 10_000) ** 0.1593017578125
    return np.asarray(((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375)


def hlg(light: _Numbers) -> _Numbers:
    """Take the system gamma of a screen of 1000 cd/m2 back, then apply the curve of the camera."""
    nits = light * WHITE_NITS / 1000
    scene = nits * (nits @ [0.2627, 0.6780, 0.0593]) ** (1 / 1.2 - 1)
    curved = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.asarray(np.where(scene <= 1 / 12, np.sqrt(3 * scene), curved))


def make_colour(path: Path, rgb: _Numbers, matrix: str, tags: Mapping[str, str], size: str = "64x48") -> Path:
    """Make a film of one colour with 10 bits; ``tags`` are what the film says of itself."""
    red, blue = WEIGHTS[matrix]
    luma = red * rgb[0] + (1 - red - blue) * rgb[1] + blue * rgb[2]
    chroma = [(rgb[2] - luma) / (1 - blue) / 2, (rgb[0] - luma) / (1 - red) / 2]
    codes = [64 + 876 * luma, *(512 + 896 * each for each in chroma)]
    names = ("lum", "cb", "cr")
    values = ":".join(f"{name}={round(code)}" for name, code in zip(names, codes, strict=True))
    picture = f"color=size={size}:rate=25:duration=0.2,format=yuv444p10le,geq={values}"
    params = ":".join(f"{name}={value}" for name, value in tags.items())
    run_maker("-f", "lavfi", "-i", picture, "-c:v", "libx264", "-qp", "1", "-x264-params", params, str(path))
    return path


def tags_of(primaries: str, transfer: str, matrix: str) -> dict[str, str]:
    return {"colorprim": primaries, "transfer": transfer, "colormatrix": matrix}


def shown_colour(path: Path) -> tuple[float, ...]:
    """Give what a player shows of a film that says BT.709."""
    with av.open(str(path)) as container:
        planes = next(container.decode(video=0)).to_ndarray().astype(float)
    height = planes.shape[0] * 2 // 3
    luma = (np.median(planes[:height]) - 16) / 219
    blue, red = (
        (np.median(each) - 128) / 224 for each in (planes[height : height * 5 // 4], planes[height * 5 // 4 :])
    )
    colour = (luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue)
    return tuple(round(255 * float(each), 1) for each in colour)


FILMS: dict[str, tuple[Any, Callable[[_Numbers], _Numbers], str, dict[str, str]]] = {
    "BT.2020": (BT2020, gamma, "bt2020nc", tags_of("bt2020", "bt2020-10", "bt2020nc")),
    "BT.2020 with the curve of BT.709": (BT2020, gamma, "bt2020nc", tags_of("bt2020", "bt709", "bt2020nc")),
    "BT.2020 that only names its matrix": (BT2020, gamma, "bt2020nc", {"colormatrix": "bt2020nc"}),
    "P3": (P3, gamma, "bt709", tags_of("smpte432", "bt709", "bt709")),
    "P3 that only names its primaries": (P3, gamma, "bt709", {"colorprim": "smpte432"}),
    "P3 with the curve of computers": (P3, gamma, "bt709", tags_of("smpte432", "iec61966-2-1", "bt709")),
    "PQ": (BT2020, pq, "bt2020nc", tags_of("bt2020", "smpte2084", "bt2020nc")),
    "PQ that only names its curve": (BT2020, pq, "bt2020nc", {"transfer": "smpte2084"}),
    "HLG": (BT2020, hlg, "bt2020nc", tags_of("bt2020", "arib-std-b67", "bt2020nc")),
    "BT.709": (BT709, gamma, "bt709", tags_of("bt709", "bt709", "bt709")),
}


@pytest.mark.parametrize("name", FILMS)
@pytest.mark.parametrize("colour", [BRICK, GREY])
def test_a_colour_is_the_same_on_a_normal_screen(
    tmp_path: Path, encode: Encode, name: str, colour: tuple[int, ...]
) -> None:
    primaries, curve, matrix, tags = FILMS[name]
    film = make_colour(tmp_path / "film.mkv", curve(in_primaries(colour, primaries)), matrix, tags)

    encode_picture(encode, film)

    # 8 bits and a quarter of the colour resolution: two steps; the curves of computers and cameras differ a little more
    assert shown_colour(tmp_path / "picture.mp4") == pytest.approx(colour, abs=5)


def test_wide_colours_of_an_odd_size_are_converted_too(tmp_path: Path, encode: Encode) -> None:
    for name in ("BT.2020", "PQ"):
        primaries, curve, matrix, tags = FILMS[name]
        film = tmp_path / "film.mkv"
        make_colour(film, curve(in_primaries(BRICK, primaries)), matrix, tags, size="65x47")
        encode_picture(encode, film)
        assert shown_colour(tmp_path / "picture.mp4") == pytest.approx(BRICK, abs=5)


def test_highlights_are_brighter_than_white_paper_and_a_grey_card_is_grey(tmp_path: Path, encode: Encode) -> None:
    found = []
    # in HLG a grey card is 38 %, paper 75 %, and the brightest light 100 % (ITU-R BT.2408)
    for level in (0.38, 0.75, 1.0):
        film = make_colour(tmp_path / "film.mkv", np.full(3, level), "bt2020nc", {"transfer": "arib-std-b67"})
        encode_picture(encode, film)
        found.append(shown_colour(tmp_path / "picture.mp4")[1])
    card, paper, light = found
    assert card == pytest.approx(255 * (1.099 * 0.18**0.45 - 0.099), abs=8)
    assert 230 <= paper < light - 5
    assert light <= 256


@pytest.mark.parametrize("name", ["PQ", "BT.2020"])
def test_what_a_film_said_of_its_own_screen_is_dropped_with_its_colours(
    tmp_path: Path, encode: Encode, name: str
) -> None:
    screen = "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"
    mastering = {"mastering-display": screen, "cll": "1000,400"}
    primaries, curve, matrix, tags = FILMS[name]
    film = make_colour(tmp_path / "film.mkv", curve(in_primaries(BRICK, primaries)), matrix, tags | mastering)
    dropped = {Type.MASTERING_DISPLAY_METADATA, Type.CONTENT_LIGHT_LEVEL}
    assert dropped <= side_data(film)

    encode_picture(encode, film)

    assert not dropped & side_data(tmp_path / "picture.mp4")
    # nor do the boxes of MP4 tell it
    assert not any(box in (tmp_path / "picture.mp4").read_bytes() for box in (b"mdcv", b"clli", b"dvcC", b"dvvC"))


@pytest.mark.parametrize(("profile", "is_refused"), [(5, True), (8, False)])
def test_colours_that_only_dolby_vision_knows_are_refused(tmp_path: Path, profile: int, *, is_refused: bool) -> None:
    film, codec = tmp_path / "film.mp4", ("libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1")
    run_maker("-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25:duration=0.2,format=yuv420p", "-c:v", *codec, str(film))
    # version 1.0, then seven bits of profile
    put_into_entry(film, b"dvcC" + bytes((1, 0, profile << 1, 0x0D)) + bytes(20), codec=b"hvc1")
    if not is_refused:
        assert probe_media(film, digest="").video
        return
    with pytest.raises(FilmError, match="cannot be decoded") as caught:
        probe_media(film, digest="")
    assert "Dolby Vision alone (profile 5)" in caught.value.why
