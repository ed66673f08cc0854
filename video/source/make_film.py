"""Make the sample film: draw all frames, make its sound, write ``master.mp4``.

Nothing is drawn which could be read: the picture has no letters and no digits.
The same run gives the same bytes on the same tools.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import tempfile
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import imageio_ffmpeg
import mixing
import scenes_arrival
import scenes_care
import scenes_law
import scenes_safety
from canvas import HEIGHT, WIDTH, Art

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
HERE = Path(__file__).resolve().parent
Scene = Callable[[Art, float, float], None]
SCENES: tuple[Scene, ...] = (
    scenes_arrival.train_arrives,
    scenes_arrival.alone_on_platform,
    scenes_arrival.law_protects,
    scenes_arrival.meets_guardian,
    scenes_arrival.walk_in_park,
    scenes_care.night_falls,
    scenes_care.bedroom,
    scenes_care.doctor,
    scenes_care.classroom,
    scenes_law.lawyer,
    scenes_law.speaks_for_you,
    scenes_law.two_languages,
    scenes_law.interpreter,
    scenes_law.asylum,
    scenes_safety.papers,
    scenes_safety.danger,
    scenes_safety.missing_child,
    scenes_safety.way_ahead,
)
BT709 = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
SCALE = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int+bitexact"


@dataclass(frozen=True)
class Plan:
    """The time line of the film, in frames."""

    fps: int
    frames: int
    starts: tuple[int, ...]

    @classmethod
    def read(cls, path: Path) -> Plan:
        """The plan which ``narration.json`` gives."""
        data = json.loads(path.read_text(encoding="utf-8"))
        fps = int(data["fps"])
        starts = (0, *(ms * fps // 1000 for ms in data["shot_changes_ms"]))
        if len(starts) != len(SCENES):
            raise ValueError(f"{path}: {len(starts)} shots planned, {len(SCENES)} scenes drawn")
        return cls(fps, int(data["duration_ms"]) * fps // 1000, starts)

    def draw(self, art: Art, frame: int) -> None:
        """Draw one frame of the film."""
        shot = bisect_right(self.starts, frame) - 1
        end = (*self.starts, self.frames)[shot + 1]
        length = (end - self.starts[shot]) / self.fps
        SCENES[shot](art, (frame - self.starts[shot]) / self.fps, length)


def frame_bytes(plan: Plan, width: int, frame: int) -> bytes:
    """One frame as BGRA bytes."""
    art = Art(width, width * HEIGHT // WIDTH)
    plan.draw(art, frame)
    return art.pixels().tobytes()


def video_command(plan: Plan, width: int, crf: float, target: Path) -> list[str]:
    """The ffmpeg command which encodes frames from its standard input."""
    size = f"{width}x{width * HEIGHT // WIDTH}"
    keys = ",".join(f"{start / plan.fps:.3f}" for start in plan.starts)
    return [
        FFMPEG, "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgra", "-s", size,
        "-r", str(plan.fps), "-i", "-", "-vf", f"{SCALE},format=yuv420p",
        "-c:v", "libx264", "-profile:v", "high", "-preset", "medium", "-tune", "animation",
        "-crf", str(crf), "-g", "250", "-force_key_frames", keys, "-threads", "2", *BT709,
        "-flags", "+bitexact", "-fflags", "+bitexact", "-map_metadata", "-1", str(target),
    ]  # fmt: skip


def render(plan: Plan, width: int, crf: float, target: Path) -> None:
    """Draw all frames and encode them into ``target``."""
    command = video_command(plan, width, crf, target)
    context = multiprocessing.get_context("spawn")
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder, context.Pool(2) as pool:
        assert encoder.stdin is not None
        drawn = pool.imap(partial(frame_bytes, plan, width), range(plan.frames), 4)
        for number, data in enumerate(drawn, 1):
            encoder.stdin.write(data)
            if number % 250 == 0:
                print(f"{number} of {plan.frames} frames", flush=True)
        encoder.stdin.close()
    if encoder.returncode:
        raise RuntimeError(f"ffmpeg ended with {encoder.returncode}")


def join(picture: Path, sound: Path, target: Path) -> None:
    """Put picture and sound into one mp4 file, its index first."""
    command = [
        FFMPEG, "-v", "error", "-y", "-i", str(picture), "-i", str(sound), "-map", "0:v",
        "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-profile:a", "aac_low", "-b:a", "160k",
        "-ar", "48000", "-ac", "2", *BT709, "-map_metadata", "-1", "-flags", "+bitexact",
        "-fflags", "+bitexact", "-movflags", "+faststart", str(target),
    ]  # fmt: skip
    subprocess.run(command, check=True)


def main() -> None:
    """Write ``master.mp4`` and ``stems/me.flac`` into the folder ``--out``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, default=HERE.parent)
    parser.add_argument("--width", type=int, default=WIDTH, help="smaller for a quick preview")
    parser.add_argument("--crf", type=float, default=25)
    options = parser.parse_args()
    plan = Plan.read(HERE / "narration.json")
    (options.out / "stems").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.out) as folder:
        picture, sound, film = (Path(folder) / n for n in ("picture.mp4", "mix.wav", "film.mp4"))
        mixing.make_sound(HERE / "narration.json", options.out / "stems" / "me.flac", sound)
        render(plan, options.width, options.crf, picture)
        join(picture, sound, film)
        film.replace(options.out / "master.mp4")


if __name__ == "__main__":
    main()
