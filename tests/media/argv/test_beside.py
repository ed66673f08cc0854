"""Is another film that is shown beside the first in step with it, in every cell?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from babelreel.media.argv.pictures import Beside, Branch, picture_argv
from babelreel.media.picture.footage import read_footage
from babelreel.media.probe.film import probe_media
from babelreel.model.film.composition import Area, compose, signer_area
from babelreel.model.film.ladder.encoding_ladder import fit_frame
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.signed import SIGNED_PICTURE_RUNG
from support.films import Encode, run_maker

SMALL = replace(SIGNED_PICTURE_RUNG, long_px=320, short_px=180)
#: When both films turn from black to white, in seconds: in the first cell, and in the second one.
FLASHES = (Fraction(1, 2), Fraction(5))


def make_flashes(path: Path, *, rate: int, size: str, key_frames: int, seconds: str = "7") -> MediaInfo:
    """Make a black film that is white for half a second at each of ``FLASHES``."""
    white = "+".join(f"between(t,{float(each) - 0.001},{float(each) + 0.499})" for each in FLASHES)
    graph = f"color=black:size={size}:rate={rate}:duration={seconds},drawbox=color=white:t=fill:enable='{white}'"
    run_maker("-f", "lavfi", "-i", graph, "-c:v", "libx264", "-g", str(key_frames), "-pix_fmt", "yuv420p", f"{path}")
    return probe_media(path, digest="")


def brightness(path: Path, area: Area) -> list[float]:
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    part = np.s_[area.top_px + 4 : area.bottom_px - 4, area.left_px + 4 : area.left_px + area.width_px - 4]
    return [float(frame[part].mean()) for frame in frames]


def turns(levels: list[float]) -> list[int]:
    """List the frames with which the picture turns white."""
    white = [level > 128 for level in levels]
    return [place for place in range(1, len(white)) if white[place] and not white[place - 1]]


def test_it_flashes_with_the_film_in_each_cell_at_another_rate_from_a_key_frame_and_on_to_the_end(
    encode: Encode, tmp_path: Path
) -> None:
    film = make_flashes(tmp_path / "film.mp4", rate=25, size="160x90", key_frames=250)
    # its key frames lie where no cell begins, and it ends 80 ms before the film
    other = make_flashes(tmp_path / "signed.mp4", rate=30, size="120x160", key_frames=37, seconds="6.92")
    assert film.video
    assert other.video
    frame = fit_frame(SMALL, 160, 90, Fraction(25))
    composition = compose(SMALL, 160, 90)
    assert composition
    area = signer_area(SMALL, 120, 160)
    cells = read_footage(tmp_path / "film.mp4", film, [Fraction(25)])[Fraction(25)]
    beside = read_footage(tmp_path / "signed.mp4", other, [Fraction(25)], of=film)[Fraction(25)]
    assert [each.cell for each in beside] == [each.cell for each in cells]
    assert beside[-1].seek_us is not None, "else no key frame is looked for"
    filmed: list[float] = []
    signed: list[float] = []
    for own, others in zip(cells, beside, strict=True):
        branch = Branch(output_name="cell.mp4", rung=SMALL, frame=frame, area=composition.picture)
        second = Beside(film=other, input_name="signed.mp4", footage=others, area=area)
        encode(picture_argv(film, input_name="film.mp4", branches=[branch], footage=own, beside=second))
        filmed += brightness(tmp_path / "cell.mp4", composition.picture)
        signed += brightness(tmp_path / "cell.mp4", area)
    assert len(filmed) == 175
    expected = [int(each * 25) for each in FLASHES]
    assert [abs(found - told) <= 1 for found, told in zip(turns(filmed), expected, strict=True)] == [True, True]
    # at 25 frames a second, 100 ms are two and a half
    steps = [abs(one - two) for one, two in zip(turns(filmed), turns(signed), strict=True)]
    assert max(steps) <= 2
