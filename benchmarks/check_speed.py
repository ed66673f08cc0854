"""Measure how long ``babelreel check`` takes, and how much memory, beside doing nearly nothing with the same files.

    python benchmarks/check_speed.py [--cues 1500] [--runs 5]

Makes thirteen tracks of `--cues` cues each from the sample's own tracks, then runs, each in a process of its own:
`python -c pass`, `srt.parse` of all files, `babelreel check` of all files (all rules that need no film), the same with
ten times the cues, and `babelreel check` of the sample's own tracks. Prints medians.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import srt

REPOSITORY = Path(__file__).parent.parent
PARSE = (
    "import pathlib,srt,sys\nfor p in pathlib.Path(sys.argv[1]).glob('*.srt'): list(srt.parse(p.read_text('utf-8')))"
)
#: Tells the largest memory of the one command that it runs, and its times.
CHILD = """\
import os, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, wall, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Medians of some runs: seconds by the clock and of the processor, and the largest memory in MB."""

    wall: float
    cpu: float
    memory: float


def make_tracks(folder: Path, cues: int) -> None:
    """Repeat each sample track, later and later, until it has so many cues."""
    (folder / "subtitles").mkdir(parents=True)
    for path in sorted((REPOSITORY / "subtitles").glob("*.srt")):
        own = list(srt.parse(path.read_text("utf-8")))
        length = own[-1].end + timedelta(seconds=1)
        made = [
            srt.Subtitle(index=n + 1, start=cue.start + length * turn, end=cue.end + length * turn, content=cue.content)
            for n in range(cues)
            for turn, cue in [(n // len(own), own[n % len(own)])]
        ]
        (folder / "subtitles" / path.name).write_text(srt.compose(made, reindex=False), "utf-8")


def measure(command: list[str], runs: int) -> Measured:
    """Run a command once for the disk cache and then `runs` times; it may end with 0 or 1."""
    rows: list[tuple[float, ...]] = []
    # an installed program has its modules compiled; this variable would have them compiled at every start
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs + 1):
        child = [sys.executable, "-c", CHILD, *command]
        out = subprocess.run(child, capture_output=True, text=True, check=True, env=env).stdout
        code, wall, cpu, memory = out.split()
        if code not in {"0", "1"}:
            raise SystemExit(f"{command} ended with {code}")
        rows.append((float(wall), float(cpu), int(memory) / 1024))
    wall, cpu, memory_mb = (statistics.median(column) for column in zip(*rows[1:], strict=True))
    return Measured(wall=wall, cpu=cpu, memory=memory_mb)


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cues", type=int, default=1500)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    check = [sys.executable, "-m", "babelreel"]
    with tempfile.TemporaryDirectory() as name:
        once, ten_times, sample = (Path(name) / each for each in ("once", "ten", "sample"))
        make_tracks(once, asked.cues)
        make_tracks(ten_times, asked.cues * 10)
        shutil.copytree(REPOSITORY / "subtitles", sample / "subtitles")
        shutil.copytree(
            REPOSITORY / "video", sample / "video", ignore=lambda _, names: [n for n in names if "probe" not in n]
        )
        shutil.copy(REPOSITORY / "babelreel.toml", sample)
        rows = {
            "python -c pass": measure([sys.executable, "-c", "pass"], asked.runs),
            f"srt.parse, 13 x {asked.cues} cues": measure(
                [sys.executable, "-c", PARSE, str(once / "subtitles")], asked.runs
            ),
            f"check, 13 x {asked.cues} cues": measure([*check, "-C", str(once), "check", "--exit-zero"], asked.runs),
            f"check, 13 x {asked.cues * 10} cues": measure(
                [*check, "-C", str(ten_times), "check", "--exit-zero"], max(1, asked.runs // 3)
            ),
            "check, the sample (13 x 22-23 cues)": measure([*check, "-C", str(sample), "check"], asked.runs),
        }
    floor = rows["python -c pass"]
    print("| command | wall s | cpu s | memory MB | wall over `python -c pass` |")
    print("| --- | --- | --- | --- | --- |")
    for label, each in rows.items():
        print(f"| {label} | {each.wall:.2f} | {each.cpu:.2f} | {each.memory:.0f} | {each.wall / floor.wall:.1f} x |")
    print(f"\n{os.cpu_count()} cores, Python {sys.version.split()[0]}, {time.strftime('%Y-%m-%d')}")


if __name__ == "__main__":
    main()
