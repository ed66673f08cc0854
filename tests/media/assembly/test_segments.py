from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from babelreel.errors import ToolError
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.argv.segments import SEGMENT_HEADER
from babelreel.media.assembly.segments import CutPicture, CutSound, segment_names
from babelreel.media.containers.mp4 import BrokenMp4Error
from babelreel.media.containers.mp4_fragment import read_fragment
from babelreel.model.delivery.stream import INDEX
from babelreel.model.film.ladder.encoding_ladder import Frame
from support.faulty_ffmpeg import flipping_ffmpeg
from support.films import ffmpeg_of_tests, run_maker
from support.workplaces import work_in

# what the pieces of a rung are made with: the same parameter sets, one key frame first, three B-frames
X264 = ("-c:v", "libx264", "-preset", "veryfast", "-x264-params", "threads=1:keyint=infinite:stitchable=1:bframes=3")
FRAMES = (20, 31, 13)


def make_pieces(folder: Path, rate: str, timescale: int, pieces: tuple[int, ...] = FRAMES) -> CutPicture:
    (folder / "cells").mkdir()
    names = tuple(f"cells/{number}.mp4" for number in range(len(pieces)))
    for number, (name, frames) in enumerate(zip(names, pieces, strict=True)):
        source = f"testsrc2=size=64x36:rate={rate},hue=h={60 * number}"
        scale = ("-pix_fmt", "yuv420p", "-video_track_timescale", str(timescale))
        run_maker("-f", "lavfi", "-i", source, "-frames:v", str(frames), *X264, *scale, str(folder / name))
    frame = Frame(width_px=64, height_px=36, rate=Fraction(rate))
    (folder / "cells.ffconcat").write_text(render_pieces(names, pieces, frame.rate))
    return CutPicture(
        ffmpeg=ffmpeg_of_tests().identity, pieces_name="cells.ffconcat", pieces=names, frames=pieces, frame=frame
    )


def make_sound(folder: Path, samples: int, frames: tuple[int, ...], *, source: str = "440*t") -> CutSound:
    sweep = f"aevalsrc='0.5*sin(2*PI*{source})':sample_rate=48000,atrim=end_sample={samples}"
    run_maker("-f", "lavfi", "-i", sweep, "-ac", "2", "-c:a", "aac", "-b:a", "128k", str(folder / "sound.m4a"))
    return CutSound(ffmpeg=ffmpeg_of_tests().identity, sound_name="sound.m4a", frames=frames, channels=2)


def perform(action: CutPicture | CutSound, folder: Path) -> None:
    action.perform(work_in(folder))


def join(folder: Path, count: int) -> Path:
    """Put the header and all segments into one file, as a player appends them."""
    joined = folder / "joined.mp4"
    joined.write_bytes(b"".join((folder / name).read_bytes() for name in (SEGMENT_HEADER, *segment_names(count))))
    return joined


def frame_digests(path: Path) -> list[str]:
    command = (str(ffmpeg_of_tests().path), "-v", "error", "-i", str(path), "-map", "0:v", "-f", "framemd5", "-")
    lines = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    return [line.rsplit(",", 1)[1].strip() for line in lines if not line.startswith("#")]


def samples_of(path: Path) -> npt.NDArray[np.float32]:
    command = (str(ffmpeg_of_tests().path), "-v", "error", "-i", str(path), "-ac", "1", "-f", "f32le", "-")
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, dtype="<f4")


def shown_ticks(folder: Path, count: int) -> list[int]:
    return [tick for name in segment_names(count) for tick in read_fragment((folder / name).read_bytes()).shown]


def steps_by_another_reader(path: Path) -> set[int]:
    # libavformat shifts a picture with B-frames as a whole, so only the steps between its frames are compared
    with av.open(str(path)) as container:
        shown = sorted(packet.pts for packet in container.demux(video=0) if packet.pts is not None)
    return {after - before for before, after in pairwise(shown)}


# a frame lasts 1001 ticks of 1/24000 s, 1001 of 1/30000, 1000 of 1/50000
@pytest.mark.parametrize(
    ("rate", "timescale", "ticks"), [("24000/1001", 24_000, 1001), ("30000/1001", 30_000, 1001), ("50", 50_000, 1000)]
)
def test_segments_are_the_frames_of_the_pieces_end_to_end_from_zero(
    tmp_path: Path, rate: str, timescale: int, ticks: int
) -> None:
    action = make_pieces(tmp_path, rate, timescale)
    perform(action, tmp_path)
    joined = join(tmp_path, 3)
    assert frame_digests(joined) == [each for name in action.pieces for each in frame_digests(tmp_path / name)]
    assert shown_ticks(tmp_path, 3) == [number * ticks for number in range(64)]
    assert steps_by_another_reader(joined) == {ticks}
    starts = [read_fragment((tmp_path / name).read_bytes()).start for name in segment_names(3)]
    assert starts == [0, 20 * ticks, 51 * ticks]
    index = json.loads((tmp_path / INDEX).read_bytes())
    assert index["timescale"] == timescale
    assert [length for _, length in index["segments"]] == [20 * ticks, 31 * ticks, 13 * ticks]
    assert b"elst" not in (tmp_path / SEGMENT_HEADER).read_bytes()


def test_a_picture_of_one_cell_is_one_segment_however_long(tmp_path: Path) -> None:
    perform(make_pieces(tmp_path, "10", 10_000, (60,)), tmp_path)  # ffmpeg would cut after two seconds
    assert not (tmp_path / segment_names(2)[1]).exists()
    assert shown_ticks(tmp_path, 1) == [1000 * number for number in range(60)]


def test_a_key_frame_inside_a_cell_does_not_part_it(tmp_path: Path) -> None:
    action = make_pieces(tmp_path, "25", 25_000, (20, 30))
    keys = ("-force_key_frames", "0.4", "-pix_fmt", "yuv420p", "-video_track_timescale", "25000")
    source = ("-f", "lavfi", "-i", "testsrc2=size=64x36:rate=25", "-frames:v", "20")
    run_maker(*source, *X264, *keys, str(tmp_path / action.pieces[0]))
    perform(action, tmp_path)
    first, second = (read_fragment((tmp_path / name).read_bytes()) for name in segment_names(2))
    assert (len(first.samples), len(second.samples)) == (20, 30)


def test_a_piece_with_other_frames_than_planned_is_refused(tmp_path: Path) -> None:
    action = make_pieces(tmp_path, "25", 25_000)
    with pytest.raises(ToolError):
        perform(replace(action, frames=(20, 30, 14)), tmp_path)


def test_the_same_pieces_give_the_same_bytes(tmp_path: Path) -> None:
    action = make_pieces(tmp_path, "25", 25_000)
    names = (SEGMENT_HEADER, *segment_names(3), INDEX)
    perform(action, tmp_path)
    first = [(tmp_path / name).read_bytes() for name in names]
    perform(action, tmp_path)
    assert [(tmp_path / name).read_bytes() for name in names] == first


# 100000 samples are 97.66 frames of 1024, so 98 with the last one cut; 40960 are 40 to the sample
@pytest.mark.parametrize(("samples", "frames"), [(100_000, (45, 45, 8)), (40_960, (30, 10))])
def test_a_sound_is_cut_between_its_frames_and_begins_at_zero(
    tmp_path: Path, samples: int, frames: tuple[int, ...]
) -> None:
    perform(make_sound(tmp_path, samples, frames, source="(300+500*t)*t"), tmp_path)
    parts = [read_fragment((tmp_path / name).read_bytes()) for name in segment_names(len(frames))]
    assert [each.start for each in parts] == [sum(frames[:number]) * 1024 for number in range(len(frames))]
    assert all(before.start + before.ticks == after.start for before, after in pairwise(parts))
    assert parts[-1].start + parts[-1].ticks == samples
    cut, whole = samples_of(join(tmp_path, len(frames))), samples_of(tmp_path / "sound.m4a")
    # the first frame lacks the one before it, which only the encoder needed; all others are as they were
    assert np.abs(cut[1024:samples] - whole[1024:samples]).max() < 1e-3
    assert np.abs(whole[1024:samples]).max() > 0.4
    assert b"elst" not in (tmp_path / SEGMENT_HEADER).read_bytes()


def test_a_beep_is_heard_when_it_was(tmp_path: Path) -> None:
    # silence, then from sample 24000 on a tone: at 0.5 s on the clock of the segments
    action = make_sound(tmp_path, 48_000, (30, 17), source="1000*t*gte(t,0.5)")
    perform(action, tmp_path)
    heard = np.flatnonzero(np.abs(samples_of(join(tmp_path, 2))) > 0.1)
    assert abs(int(heard[0]) - 24_000) < 24  # half a millisecond


def test_a_sound_of_another_length_than_planned_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="98 AAC frames instead of 90"):
        perform(make_sound(tmp_path, 100_000, (45, 45)), tmp_path)


def test_what_is_no_segment_is_refused() -> None:
    with pytest.raises(BrokenMp4Error):
        read_fragment(b"\0\0\0\x08free")
    with pytest.raises(BrokenMp4Error):
        read_fragment(b"\0\0\0\x10moof\0\0\0\x08traf\0\0\0\x08mdat")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_segment_with_one_other_bit_than_the_pieces_is_refused(tmp_path: Path, share: float) -> None:
    cut = make_pieces(tmp_path, "25", 25000)
    broken = flipping_ffmpeg(ffmpeg_of_tests(), tmp_path / "bin", share=share, suffix=".m4s")

    with pytest.raises(ToolError, match="another way") as told:
        perform(replace(cut, ffmpeg=broken.identity), tmp_path)

    assert "does not hold what cells/0.mp4 holds" in told.value.why


def test_a_segment_with_one_other_bit_than_the_sound_is_refused(tmp_path: Path) -> None:
    cut = make_sound(tmp_path, 48000, (20, 27))
    broken = flipping_ffmpeg(ffmpeg_of_tests(), tmp_path / "bin", share=0.5, suffix=".m4s")

    with pytest.raises(ToolError, match="another way") as told:
        perform(replace(cut, ffmpeg=broken.identity), tmp_path)

    assert "does not hold what sound.m4a holds" in told.value.why
