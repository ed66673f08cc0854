"""Measure how long a still of a line takes: alone, after a change, and for a whole language.

Run: ``python benchmarks/stills.py [LANG]``. It takes the sample film, in a folder of its own.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

from babelreel.app.project.choose_tracks import find_tracks_of
from babelreel.app.project.read_tracks import load_track
from babelreel.app.stills.line_stills import Lines, open_stills
from babelreel.config.read import read_project

REPOSITORY = Path(__file__).parent.parent


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block takes, by the clock and of processors."""
    begun, used = perf_counter(), processor_s()
    yield
    print(f"{what:28} {perf_counter() - begun:6.2f} s, {processor_s() - used:6.2f} s of a processor")


def processor_s() -> float:
    """Give the seconds of processors that this process and its children took."""
    return sum(each.ru_utime + each.ru_stime for each in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def main(tag: str = "fr") -> None:
    """Measure in a copy of the sample."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(REPOSITORY / "babelreel.toml", root)
        for name in ("video", "subtitles"):
            shutil.copytree(REPOSITORY / name, root / name)
        project = read_project(root)
        with timed("the film, for the first time"):
            open_stills(project)
        with timed("the film, known"):
            stills = open_stills(project)
        (file,) = find_tracks_of(project, [tag])
        track = load_track(project, file)
        rung, text = stills.rung(), stills.text(file, track, None)
        place = len(track.cues) // 2
        with timed("a line"):
            stills.take([Lines(text=text, rung=rung, places=(place,))])
        changed = replace(track.cues[place], lines=("116 000",), italic=())
        edited = replace(track, cues=(*track.cues[:place], changed, *track.cues[place + 1 :]))
        with timed("the line, changed"):
            stills.take([Lines(text=stills.text(file, edited, None), rung=rung, places=(place,))])
        whole = Lines(text=text, rung=rung, places=tuple(range(len(track.cues))))
        with timed(f"all {len(track.cues)} lines"):
            stills.take([whole], jobs=2)
        with timed("all of them, again"):
            stills.take([whole], jobs=2)


if __name__ == "__main__":
    main(*sys.argv[1:])
