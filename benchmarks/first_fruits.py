"""Measure when a first build has something to watch, how busy it keeps the processors, and how true its time left is.

    PYTHONPATH=pipeline python benchmarks/first_fruits.py FOLDER [--seconds 25] [--languages fr ar vi bg] [--height 360]

Makes a project out of the first seconds of the sample, small by default, and builds it on a terminal that is not there.
What that shows as time left is noted, and compared with the time that was left in truth. A processor counts as kept
busy when as many threads of the build run or could run as there are processors. Seconds are those of a clock that the
build and what it starts move by working, by as many processors as had something to do: so other work on the machine
makes no difference. A film as short as this would be published in one go: the bound for that is lifted.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from babelreel.media.programs.locate import locate_ffmpeg

REPOSITORY = Path(__file__).resolve().parent.parent
#: Builds as the program does, with another clock for the time left, and takes each film for one that is long enough to
#: be published in parts.
BUILD = """
import functools, mmap, runpy, struct, sys
from babelreel.app.build import first_fruits
from babelreel.report.console.build import progress
first_fruits.WORTH = 1
with open(sys.argv.pop(1), "rb") as file:
    told = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)
progress.TimeLeft = functools.partial(progress.TimeLeft, lambda: struct.unpack_from("d", told)[0])
sys.argv = ["babelreel", "build", *sys.argv[1:]]
runpy.run_module("babelreel", run_name="__main__", alter_sys=True)
"""
LEFT = re.compile(rb"about (?:(\d+) h )?(?:(\d+) min ?)?(?:(\d+) s )?left")
SAMPLE_S = 0.2
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
#: By how much a time left may be wrong to count as near.
NEAR = 0.2
WEB = "web-"


@dataclass(slots=True)
class Seen:
    """What was seen of a build, by seconds since its start: threads that could run, time left, what is published."""

    end_s: float = 0.0
    ready: list[tuple[float, int]] = field(default_factory=list)
    left: list[tuple[float, float]] = field(default_factory=list)
    first_s: float | None = None
    web_s: float | None = None


class Clock:
    """Goes on while a build works, and while it waits for anything but a processor; others read it from a file."""

    def __init__(self, path: Path, jobs: int) -> None:
        path.write_bytes(bytes(8))
        with path.open("r+b") as file:
            self._told = mmap.mmap(file.fileno(), 8)
        self._jobs, self._worked_s, self._seen_s, self.now_s = jobs, 0.0, time.monotonic(), 0.0

    def tick(self, pid: int, ready: int) -> float:
        """Count what a process and those that it started have done; ``ready`` threads of them could have run."""
        worked_s, seen_s = max(self._worked_s, sum(_worked(pid))), time.monotonic()
        if ready:
            self.now_s += min(seen_s - self._seen_s, (worked_s - self._worked_s) / min(ready, self._jobs))
        else:
            self.now_s += seen_s - self._seen_s
        self._worked_s, self._seen_s = worked_s, seen_s
        struct.pack_into("d", self._told, 0, self.now_s)
        return self.now_s


def main() -> None:
    """Make, build and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=25)
    parser.add_argument("--height", type=int, default=360)
    parser.add_argument("--languages", nargs="+", default=["fr", "ar", "vi", "bg"])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--memory", type=int, metavar="MB", help="what all encoders may take together")
    options = parser.parse_args()
    root = make_project(options.folder.resolve(), options.languages, options.seconds, options.height)
    words = ("--memory", str(options.memory)) if options.memory else ()
    report(watch(root, options.languages, options.jobs, words), options.jobs)


def make_project(root: Path, languages: Sequence[str], seconds: int, height: int) -> Path:
    """Make a project of the sample's beginning, as it would be made by hand."""
    shutil.rmtree(root, ignore_errors=True)
    (root / "video").mkdir(parents=True)
    (root / "subtitles").mkdir()
    shutil.copy(REPOSITORY / "babelreel.toml", root)
    settings = (root / "babelreel.toml").read_text("utf-8")
    listed = ", ".join(f'"{tag}"' for tag in languages)
    settings = re.sub(r"(?m)^languages = .*$", f"languages = [{listed}]", settings).split("\n[language.")[0]
    (root / "babelreel.toml").write_text(settings, "utf-8")
    words = ("-vf", f"scale=-2:{height}", "-c:v", "libx264", "-crf", "16", "-preset", "veryfast", "-c:a", "copy")
    film = (str(REPOSITORY / "video/master.mp4"), "-t", str(seconds), *words, str(root / "video/master.mp4"))
    subprocess.run((str(locate_ffmpeg()), "-v", "error", "-nostdin", "-y", "-i", *film), check=True)
    for tag in languages:
        cues = (REPOSITORY / f"subtitles/{tag}.srt").read_text("utf-8").split("\n\n")
        kept = [cue for cue in cues if cue.strip() and _ends_before(cue, seconds)]
        (root / f"subtitles/{tag}.srt").write_text("\n\n".join(kept) + "\n", "utf-8")
    return root


def _ends_before(cue: str, seconds: int) -> bool:
    hours, minutes, rest = cue.split("-->")[1].split(maxsplit=1)[0].split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest.replace(",", ".")) < seconds


def watch(root: Path, languages: Sequence[str], jobs: int, words: Sequence[str] = ()) -> Seen:
    """Build a project, and look at it many times a second."""
    seen, clock = Seen(), Clock(root / "clock", jobs)
    ours, theirs = pty.openpty()
    command = (sys.executable, "-c", BUILD, str(root / "clock"), "--jobs", str(jobs), *words)
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "160", "LANG": "C.UTF-8"}
    with subprocess.Popen(command, cwd=root, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        reader = threading.Thread(target=_read, args=(ours, seen, clock), daemon=True)
        reader.start()
        while process.poll() is None:
            ready = sum(_ready(process.pid))
            now = clock.tick(process.pid, ready)
            seen.ready.append((now, ready))
            _look(root / "output/manifest.json", languages, seen, now)
            time.sleep(SAMPLE_S)
        seen.end_s = clock.now_s
        _look(root / "output/manifest.json", languages, seen, seen.end_s)
    if process.returncode:
        raise SystemExit(f"the build ended with {process.returncode}")
    return seen


def _read(terminal: int, seen: Seen, clock: Clock) -> None:
    while True:
        try:
            shown = os.read(terminal, 1 << 16)
        except OSError:  # the build has ended
            return
        for hours, minutes, seconds in LEFT.findall(shown):
            left = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
            seen.left.append((clock.now_s, left))


def _look(manifest: Path, languages: Sequence[str], seen: Seen, now: float) -> None:
    if seen.web_s is not None or not manifest.is_file():
        return
    files = json.loads(manifest.read_bytes())["files"]
    films = {(file["language"], file["rendition"]) for file in files if file["role"] == "video"}
    if films and seen.first_s is None:
        seen.first_s = now
    if set(languages) <= {tag for tag, rendition in films if rendition.startswith(WEB)}:
        seen.web_s = now


def _ready(pid: int) -> Iterator[int]:
    """Count the threads of a process that run or could run, and those of all that it started."""
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            yield (task / "stat").read_text().rpartition(")")[2].split()[0] == "R"
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _ready(int(child))


def _worked(pid: int) -> Iterator[float]:
    """Tell the processor seconds of a process with those that it waited for, and of all that it started."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = [
            child for each in Path(f"/proc/{pid}/task").glob("*/children") for child in each.read_text().split()
        ]
    except OSError:  # it has ended
        return
    yield sum(map(int, words[11:15])) / _TICKS_A_SECOND
    for child in children:
        yield from _worked(int(child))


def report(seen: Seen, jobs: int) -> None:
    """Print what was seen."""
    print(f"whole build {seen.end_s:.1f} s")
    for name, moment in (("first language to watch", seen.first_s), ("web files of all languages", seen.web_s)):
        print(f"{name}: {moment:.1f} s, {moment / seen.end_s:.0%} of the build" if moment else f"{name}: never")
    until = max(seen.end_s - 60, seen.end_s * 0.8)
    spans = [(at - before, min(count, jobs) / jobs) for (before, _), (at, count) in pairwise(seen.ready) if at < until]
    busy = sum(span * share for span, share in spans) / sum(span for span, _ in spans)
    print(f"processors that had work until the last minute, or fifth: {busy:.1%}")
    print("\n| of the build | time left shown, s | in truth | shown over truth |\n| ---: | ---: | ---: | ---: |")
    for tenth in range(1, 10):
        told = [each for each in seen.left if each[0] <= seen.end_s * tenth / 10]
        if told:
            truth = seen.end_s * (1 - tenth / 10)
            print(f"| {tenth}0 % | {told[-1][1]:.0f} | {truth:.0f} | {told[-1][1] / truth:.2f} |")
    later = [(when, left) for when, left in seen.left if seen.end_s * 0.2 <= when <= seen.end_s * 0.95]
    off = sorted(abs(left / (seen.end_s - when) - 1) for when, left in later)
    if off:
        near = sum(each <= NEAR for each in off) / len(off)
        print(
            f"\nfrom a fifth on: within 20 % {near:.0%} of the time; half of the time within {off[len(off) // 2]:.0%}"
        )


if __name__ == "__main__":
    main()
