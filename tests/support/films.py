"""How do tests get films whose content can be computed?

Every film is made by ffmpeg's own sources, small and short. Nothing here is random.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

from babelreel.media.programs.locate import Ffmpeg, find_ffmpeg
from support.places import REPOSITORY
from support.workplaces import known

#: The frame that is white, and the first sample that is loud, in ``make_flash_and_beep``.
FLASH_S = Fraction(1, 2)

#: The repository's own film: drawn pictures, and a voice over music.
SAMPLE_FILM = REPOSITORY / "video" / "master.mp4"

#: Runs ffmpeg with our arguments in the test's folder.
Encode = Callable[[tuple[str, ...]], None]

_CHANNELS = {"mono": 1, "stereo": 2, "5.1": 6}


@cache
def ffmpeg_of_tests() -> Ffmpeg:
    """Find the ffmpeg of the tests once: hashing it takes a while."""
    return known(find_ffmpeg())


def run_maker(*words: str) -> None:
    """Run ffmpeg to make a film, and fail loudly when it does not."""
    command = (str(ffmpeg_of_tests().path), "-v", "error", "-nostdin", "-y", *words)
    done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")


def make_film(  # noqa: PLR0913 - a film has these sides
    path: Path,
    *,
    seconds: Fraction | int = 1,
    rate: str = "25",
    size: str = "320x180",
    audio: str | None = "stereo",
    rotation: int = 0,
    sar: str | None = None,
    pixel_format: str = "yuv420p",
    start_offset: Fraction | int = 0,
    vfr: bool = False,
    picture: str = "testsrc2",
    codec: tuple[str, ...] = ("libx264", "-preset", "ultrafast", "-bf", "2"),
) -> Path:
    """Make a film; the ending of ``path`` chooses the container.

    ``start_offset`` (seconds) delays the picture and, in containers that know it, the whole clock. ``vfr`` shows every
    third frame a good deal longer. ``rotation`` is what players must turn it by (90, 180, 270).
    """
    length = f"{float(seconds):.6f}"
    filters = [f"format={pixel_format}"]
    filters += [f"setsar={sar}"] if sar else []
    filters += ["select=not(eq(mod(n\\,3)\\,1))"] if vfr else []
    words = ["-f", "lavfi", "-i", f"{picture}=size={size}:rate={rate}:duration={length}"]
    if audio:
        words += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={length}"]
    words += ["-vf", ",".join(filters), "-fps_mode", "passthrough", "-c:v", *codec]
    words += ["-ac", str(_CHANNELS[audio]), "-c:a", "aac", "-b:a", "96k"] if audio else ["-an"]
    words += ["-output_ts_offset", f"{float(start_offset):.6f}"] if start_offset else []
    if not rotation:
        run_maker(*words, f"file:{path}")
        return path
    upright = path.with_name(f"upright-{path.name}")
    run_maker(*words, f"file:{upright}")
    run_maker("-display_rotation", str(rotation), "-i", f"file:{upright}", "-c", "copy", f"file:{path}")
    upright.unlink()
    return path


def make_flash_and_beep(path: Path, *, rate: str = "25", picture_delay: str = "0", size: str = "320x180") -> Path:
    """Make 2 s of black and silence with a white frame and a 100 ms beep, both beginning at 0.5 s.

    ``picture_delay`` (seconds) shows the picture, flash and all, that much later than the sound.
    """
    flash = f"color=black:size={size}:rate={rate}:duration=2,geq=lum='if(eq(N,ceil({float(FLASH_S)}*{rate})),235,16)'"
    beep = "aevalsrc='if(between(t,0.5,0.6),0.8*sin(2*PI*1000*t),0)':sample_rate=48000:duration=2"
    run_maker(
        *("-f", "lavfi", "-itsoffset", picture_delay, "-i", f"{flash}:cb=128:cr=128,format=yuv420p"),
        *("-f", "lavfi", "-i", beep),
        *("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-c:a", "aac", "-ac", "2", f"file:{path}"),
    )
    return path


def make_truncated(path: Path, *, source: Callable[[Path], Path] = make_film, share: float = 0.6) -> Path:
    """Make a film whose file ends too early."""
    whole = source(path.with_name(f"whole-{path.name}"))
    content = whole.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    whole.unlink()
    return path


def make_colour_cuts(  # noqa: PLR0913 - as above
    path: Path,
    *,
    cuts: Sequence[int],
    rate: str = "25",
    colours: Sequence[str] = ("0x804020", "0x2060c0", "0xc0d0a0"),
    start_offset: int = 0,
    picture_delay: Fraction = Fraction(0),
    sound: bool = False,
    filters: str = "null",
) -> Path:
    """Make a film of still colours that cuts from one to the next with the frames ``cuts``, and ends 20 frames later.

    ``picture_delay`` (seconds) shows the picture later than the sound, ``filters`` choose among the frames.
    """
    edges = (0, *cuts, cuts[-1] + 20)
    pieces = [
        f"color={colour}:size=320x180:rate={rate},trim=end_frame={end - start},setpts=PTS-STARTPTS[c{number}]"
        for number, (colour, start, end) in enumerate(zip(colours, edges, edges[1:], strict=False))
    ]
    names = "".join(f"[c{number}]" for number in range(len(pieces)))
    joined = f"{names}concat=n={len(pieces)},{filters},setpts=PTS+{float(picture_delay):.6f}/TB[v]"
    length = float(edges[-1] / Fraction(rate) + picture_delay)
    words = ["-f", "lavfi", "-i", f"sine=sample_rate=48000:duration={length:.6f}"] if sound else []
    words += ["-filter_complex", ";".join((*pieces, joined)), "-map", "[v]", *(("-map", "0:a") if sound else ())]
    words += ["-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2"]
    words += ["-output_ts_offset", str(start_offset)] if start_offset else []
    run_maker(*words, f"file:{path}")
    return path


def make_spoken(path: Path, *, picture_s: float = 5, start_offset: int = 0, sound_delay: int = 0) -> Path:
    """Make a film with the first 3.2 seconds of the sample film's sound: one sentence, over music."""
    words = ["-f", "lavfi", "-i", f"color=size=64x36:rate=25:duration={picture_s}"]
    words += ["-itsoffset", str(sound_delay), "-t", "3.2", "-i", f"file:{SAMPLE_FILM}"]
    words += ["-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]
    words += ["-output_ts_offset", str(start_offset)] if start_offset else []
    run_maker(*words, f"file:{path}")
    return path
