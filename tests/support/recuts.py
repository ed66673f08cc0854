"""How do tests get another version of a film: edited again, at another speed, size or with another sound?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from babelreel.model.timecode import MS_PER_SECOND
from support.films import run_maker

#: All films that are cut here have 25 frames a second.
FRAME_MS = 40
_ENCODED = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p")

#: Without "gradients": it draws another picture each time, whatever the seed.
_SCENES = (
    "testsrc2=size=192x108:rate=25",
    "mandelbrot=size=192x108:rate=25:start_scale=2:end_scale=0.02:end_pts=300",
    "testsrc2=size=192x108:rate=25,rotate=t/3,hflip",
    "life=size=64x36:rate=25:seed=4:ratio=0.3:mold=9,scale=192:108",
    "mandelbrot=size=192x108:rate=25:start_x=-0.1:start_y=0.9:start_scale=0.8:end_scale=0.01:end_pts=400",
    "mandelbrot=size=192x108:rate=25:start_x=-0.16:start_y=1.03:start_scale=1.5:end_scale=0.05:end_pts=150",
)
#: Tones that change many times a second, and never in the same order.
_TONES = (
    "0.3*sin(2*PI*(200+150*floor(mod(t*3.1,7))+90*floor(mod(t*1.7,5)))*t)*(0.3+0.7*mod(t*2.3,1))"
    "+0.1*sin(2*PI*(900+370*floor(mod(t*1.3,11)))*t)*lt(mod(t*1.3,1),0.4)"
)
#: Four seconds of music, again and again.
_LOOP = "0.3*sin(2*PI*(220+110*floor(mod(t,4)*2))*t)*(1-0.7*mod(t*2,1))+0.15*sin(2*PI*880*mod(t,4))*lt(mod(t,1),0.3)"
_OTHER_MUSIC = "0.3*sin(2*PI*(260+130*floor(mod(t*2,6)))*t)*(1-0.8*mod(t*4,1))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Frames of the old film, or of one that has nothing to do with it, from ``first`` up to ``behind``."""

    first: int
    behind: int
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recut:
    """How a film is made anew; ``speed`` is new duration / old duration, ``pitch`` moves with it or does not.

    ``sound_speed`` is that of the sound, where it was stretched a little less or more than the picture.
    """

    cuts: tuple[Cut, ...]
    speed: Fraction = Fraction(1)
    keeps_pitch: bool = False
    sound_speed: Fraction | None = None
    size: str = ""
    has_bars: bool = False
    has_other_sound: bool = False
    crf: int = 28

    def new_ms(self, old_ms: float) -> float | None:
        """Give where a moment of the old film lies now; ``None`` where it has vanished."""
        frame, before = old_ms / FRAME_MS, 0
        for cut in self.cuts:
            if not cut.is_new and cut.first <= frame < cut.behind:
                return float((before + frame - cut.first) * FRAME_MS * self.speed)
            before += cut.behind - cut.first
        return None

    def keeps_whole(self, start_ms: int, end_ms: int) -> bool:
        """Tell whether a stretch is still there in one piece."""
        return any(
            not cut.is_new and cut.first * FRAME_MS <= start_ms and end_ms <= cut.behind * FRAME_MS for cut in self.cuts
        )


def make_drawn(path: Path, *, seconds: Sequence[int] = (4, 5, 4, 3, 6, 4), is_looped: bool = False) -> Path:
    """Make a film of drawn scenes with tones, or with music that comes again every four seconds."""
    scenes = [
        f"{scene},trim=duration={length},setsar=1,format=yuv420p[v{number}]"
        for number, (scene, length) in enumerate(zip(_SCENES, seconds, strict=True))
    ]
    names = "".join(f"[v{number}]" for number in range(len(scenes)))
    sound = f"aevalsrc='{_LOOP if is_looped else _TONES}':sample_rate=48000:duration={sum(seconds)}"
    run_maker(
        *("-f", "lavfi", "-i", sound, "-filter_complex", f"{';'.join(scenes)};{names}concat=n={len(scenes)}[v]"),
        *("-map", "[v]", "-map", "0:a", *_ENCODED, "-crf", "20", "-c:a", "aac", "-b:a", "128k", f"file:{path}"),
    )
    return path


def make_nearly_still(path: Path, *, sound: Path, seconds: int) -> Path:
    """Make a film of one picture in which a small square swings, with the sound of another film."""
    graph = "[0:v][1:v]overlay=x='90+4*sin(t*2)':y=50:shortest=1[v]"
    run_maker(
        *("-f", "lavfi", "-i", "smptehdbars=size=192x108:rate=25"),
        *("-f", "lavfi", "-i", f"color=white:size=10x10:rate=25:duration={seconds}", "-i", f"file:{sound}"),
        *("-filter_complex", graph, "-map", "[v]", "-map", "2:a", "-t", str(seconds), *_ENCODED, "-crf", "20"),
        *("-c:a", "aac", "-b:a", "128k", f"file:{path}"),
    )
    return path


def make_recut(path: Path, old: Path, recut: Recut, *, size: str = "192:108") -> Path:
    """Make another version of a film; ``size`` is that of the old one."""
    graph = [*_pieces(recut, size)]
    speed, filters, sound = recut.speed, ["null"], "anull"
    if speed != 1:
        filters.append(f"setpts=PTS*{speed},fps={24 if speed > 1 else 25}")
        higher = f"asetrate={round(48000 / speed)},aresample=48000"
        sound = f"atempo={float(1 / (recut.sound_speed or speed)):.8f}" if recut.keeps_pitch else higher
    if recut.size:
        filters.append(f"scale={recut.size}")
    if recut.has_bars:
        filters.append("scale=240:136,eq=brightness=0.05:contrast=0.92,pad=240:180:0:22")
    if recut.has_other_sound:
        graph.append(f"aevalsrc='{_OTHER_MUSIC}':sample_rate=48000,aformat=channel_layouts=mono[m]")
        graph.append("[a]volume=0[q];[q][m]amix=inputs=2:duration=first[heard]")
    else:
        graph.append(f"[a]{sound}[heard]")
    graph.append(f"[v]{','.join(filters)}[seen]")
    run_maker(
        *("-i", f"file:{old}", *_stranger(), "-filter_complex", ";".join(graph), "-map", "[seen]", "-map", "[heard]"),
        *(*_ENCODED, "-crf", str(recut.crf), "-c:a", "aac", "-b:a", "64k", f"file:{path}"),
    )
    return path


def _pieces(recut: Recut, size: str) -> list[str]:
    graph: list[str] = []
    names = ""
    for number, cut in enumerate(recut.cuts):
        picture, sound = ("1:v", "2:a") if cut.is_new else ("0:v", "0:a")
        seconds = [frame * FRAME_MS / MS_PER_SECOND for frame in (cut.first, cut.behind)]
        shown = f"trim=start_frame={cut.first}:end_frame={cut.behind},setpts=PTS-STARTPTS,scale={size}"
        heard = f"atrim=start={seconds[0]:.4f}:end={seconds[1]:.4f},asetpts=PTS-STARTPTS"
        graph.append(f"[{picture}]{shown},setsar=1,format=yuv420p[v{number}]")
        graph.append(f"[{sound}]{heard},aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=mono[a{number}]")
        names += f"[v{number}][a{number}]"
    return [*graph, f"{names}concat=n={len(recut.cuts)}:v=1:a=1[v][a]"]


def _stranger() -> tuple[str, ...]:
    """Give the inputs of a film that has nothing to do with any other: six seconds."""
    return (
        *("-f", "lavfi", "-i", "testsrc=size=192x108:rate=25:duration=6,rotate=0.7*t"),
        *("-f", "lavfi", "-i", "aevalsrc='0.3*sin(2*PI*(300+60*floor(mod(t*5,9)))*t)':sample_rate=48000:duration=6"),
    )
