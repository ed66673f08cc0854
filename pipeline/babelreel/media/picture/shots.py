"""Find the frames with which a new shot of a film begins.

ffmpeg measures by how much each frame differs from the one before; what is a cut is decided here. A cut is a frame that
differs much, and at least twice as much as every frame near it: so neither a fast pan nor a shaking camera is one. A
flash of light is two such frames and cancels itself. Dissolves are not found: nobody could say on which frame they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path

from babelreel.media.argv.command_line import NOTHING, Output
from babelreel.media.argv.film_streams import picture_of
from babelreel.media.probe.decode_film import decode_film
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.film.media import MediaInfo, VideoStream

#: The mean difference of all pixels from the frame before, in thousandths of a percent of white, that a cut has at
#: least: 5 %. In the sample film, which is drawn, cuts have 8 to 35 % and movement up to 4 %; in footage 20 % and 8 %.
LEAST_CHANGE = 5_000
#: A cut differs by so many times as much as any frame near it.
_OVER_OTHERS = 2
#: How near, in seconds: two cuts in less than a fifth of a second are a flash, which no viewer takes for two shots.
_NEAR_S = Fraction(1, 5)

_US_PER_SECOND = 1_000_000
_CHANGES = "changes.txt"
_FRAME = re.compile(r"frame:\d+ +pts:(-?\d+) ")
_CHANGE = re.compile(r"lavfi\.scd\.mafd=(\d+)\.(\d{3})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """By how much a frame, shown at ``time_us`` of the file's own clock, differs from the one before (see above)."""

    time_us: int
    amount: int


def find_shots(ffmpeg_path: Path, film: Path, info: MediaInfo) -> tuple[int, ...]:
    """Decode a film's picture and return the frames as ``MediaInfo.shots`` has them; none for a film without picture.

    Raises what ``run_ffmpeg`` raises.
    """
    video = info.video
    if video is None:
        return ()
    with temporary_folder() as folder:
        decode_film(ffmpeg_path, film, info, measured_changes(info), cwd=folder)
        return shots_of_changes(folder, info, video)


def shots_of_changes(folder: Path, info: MediaInfo, video: VideoStream) -> tuple[int, ...]:
    """Read what ``measured_changes`` wrote into a folder, and return the frames as ``MediaInfo.shots`` has them."""
    with (folder / _CHANGES).open(encoding="ascii", errors="replace") as lines:
        changes = tuple(parse_changes(lines))
    cuts = choose_cuts([each.amount for each in changes], near=_near(video))
    frames = {_frame(changes[cut].time_us - info.start_us, video.rate) for cut in cuts}
    return tuple(sorted(frame for frame in frames if frame > 0))


def _near(video: VideoStream) -> int:
    """Count how many of the film's own frames before and after a cut are compared with it.

    A picture that stands for a second or longer is a shot of its own, however much the next one differs too.
    """
    if video.slow_rate is None:
        return max(1, round(video.rate * _NEAR_S))
    return max(1, round(video.slow_rate * _NEAR_S)) if video.slow_rate > 1 else 0


def measured_changes(info: MediaInfo) -> Output:
    """Write by how much each frame differs from the one before, into the folder in which ffmpeg runs."""
    filters = (
        "settb=1/1000000",  # times are written in ticks: in microseconds they fit every rate
        "scale=160:90:flags=area+accurate_rnd+bitexact",  # grain and small movement are averaged away
        "format=rgb24",  # in YUV scdet looks at brightness alone, and a cut from red to green would be none
        "scdet=threshold=100",  # measures each frame; its own threshold, for single frames, is never reached
        f"metadata=mode=print:key=lavfi.scd.mafd:file={_CHANGES}",
    )
    return Output(
        name=NOTHING,
        streams=(picture_of(info),),
        options=(
            ("fps_mode", "passthrough"),  # the film's own frames, none doubled and none left out
            ("vf", ",".join(filters)),
            ("f", "null"),
        ),
    )


def parse_changes(lines: Iterable[str]) -> Iterator[Change]:
    """Read what ffmpeg's ``metadata`` filter prints: a line with the time of a frame, then one with its change."""
    time_us: int | None = None
    for line in lines:
        if frame := _FRAME.match(line):
            time_us = int(frame[1])
        elif time_us is not None and (change := _CHANGE.match(line)):
            yield Change(time_us=time_us, amount=int(change[1] + change[2]))
            time_us = None


def choose_cuts(amounts: Sequence[int], *, near: int) -> list[int]:
    """Find the places of the cuts among the changes of all frames; ``near`` frames before and after are compared."""
    cuts = []
    for place, amount in enumerate(amounts):
        if amount >= LEAST_CHANGE:
            others = (*amounts[max(0, place - near) : place], *amounts[place + 1 : place + 1 + near])
            if amount >= _OVER_OTHERS * max(others, default=0):
                cuts.append(place)
    return cuts


def _frame(time_us: int, rate: Fraction) -> int:
    """Return the frame that is shown at a time (half up), as the films that we make count them."""
    return floor(Fraction(time_us, _US_PER_SECOND) * rate + Fraction(1, 2))
