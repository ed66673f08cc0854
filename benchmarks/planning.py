"""Measure what planning costs, for long films and many languages, and how it grows.

    PYTHONPATH=pipeline python benchmarks/planning.py FOLDER [--minutes 20 60 120] [--languages 13 30 100] [--cues 1500]

A film is drawn, 320x180 and five frames a second, and given tracks out of the sample's; no cell of it is encoded: the
store is filled with made-up results. Then ``plan`` is asked three times, each ``--runs`` times in a process of its own:
with an empty store and no notes on tracks (cold), with everything up to date (unchanged), and after one cue was edited
(one cue). Seconds are of the processor, the least of all runs; memory is the largest that the process had. The second
table says how each step grows: the slope of the logarithms, 1 where twice the film takes twice the time.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import task_document
from babelreel.graph.store import Entry
from babelreel.languages.find import find_language
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.timecode import Span
from babelreel.timedtext.formats.sidecar import render_subrip
from babelreel.timedtext.read import read_track

REPOSITORY = Path(__file__).resolve().parent.parent
#: Beside the sample's thirteen: languages in Latin script, which get French texts; what is said matters to no step.
MORE = """
sv da nb fi is et lv lt pl cs sk sl hr hu es pt it ca gl eu ga cy mt lb fy af sw so om ha yo ig zu xh rw ln mg
tr az uz tk id ms jv su ceb ht mi sm sn st tn ts ss nso lg wo ff bm sg ee ak qu gn ay eo br oc co sc fur rm wa
ku la nn fo se sma kab gd gv kw ast an hsb dsb szl vec lmo scn
"""

REFERENCE = "fr"
#: An edit of the reference has all tracks compared with it anew; this is not one.
EDITED = "bg"
#: Notes that tell of the film: they are there in every run.
OF_THE_FILM = frozenset({"film", "footage", "film-sound", "shots-and-speech", "digests"})
#: Plans once, and tells what each step of it took.
CHILD = """\
import gc, json, resource, sys, time
gc.disable()  # as the program does while it loads
from pathlib import Path
begun = time.process_time()
from babelreel.app.build import material, planning
from babelreel.app.build.request import Request
from babelreel.cli.verbs import collect_garbage
from babelreel.config.read import read_project
took = {"start": time.process_time() - begun}
def timed(name):
    module = planning if hasattr(planning, name) else material
    does = getattr(module, name)
    def measured(*given, **named):
        begun = time.process_time()
        try:
            return does(*given, **named)
        finally:
            took[name] = took.get(name, 0) + time.process_time() - begun
    setattr(module, name, measured)
for name in sys.argv[2:]:
    timed(name)
collect_garbage()
begun = time.process_time()
prepared = planning.plan_project(read_project(Path(sys.argv[1])), Request())
took["plan"] = time.process_time() - begun
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if Path("/proc/self/status").exists():  # the other number may be that of the process which started this one
    memory = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([len(prepared.plan.steps), len(prepared.plan.to_run), memory, took]))
"""
#: The steps of planning, by the names by which they are called.
STEPS = ("check_for_build", "choose_languages", "plan_deliverables", "state_of", "make_plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What one kind of planning cost: tasks, those that are to run, MB of memory, seconds by step."""

    minutes: int
    languages: int
    kind: str
    tasks: int
    to_run: int
    memory_mb: float
    seconds: Mapping[str, float]

    @property
    def per_ten_thousand(self) -> float:
        """Seconds of planning for each 10 000 tasks."""
        return self.seconds["plan"] * 10_000 / self.tasks


def make_project(root: Path, minutes: int, languages: int, cues: int) -> None:
    """Lay out a project of so many minutes and languages."""
    (root / "video").mkdir(parents=True)
    (root / "subtitles").mkdir()
    tags = [*sorted(path.stem for path in (REPOSITORY / "subtitles").glob("*.srt")), *MORE.split()]
    tags = [REFERENCE, *(tag for tag in tags if tag != REFERENCE)][:languages]
    listed = ", ".join(f'"{tag}"' for tag in tags)
    settings = f'title = "Long"\nreference = "{REFERENCE}"\nlanguages = [{listed}]\n[delivery]\nleaflets = false\n'
    # so many cues cannot be read in a short film, and most languages say them in French
    settings += '[check]\nignore = ["RDG", "PAR004", "FCT002"]\n'
    settings += (
        "[renditions.phone-360p]\nmax_bytes = 0\n"  # by default long films have no burned-in text: none would fit
    )
    (root / "babelreel.toml").write_text(settings, "utf-8")
    source = f"testsrc2=size=320x180:rate=5:duration={minutes * 60}"
    settings_of_film = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "40", "-pix_fmt", "yuv420p")
    command = (str(locate_ffmpeg()), "-v", "error", "-f", "lavfi", "-i", source, *settings_of_film)
    subprocess.run([*command, str(root / "video/master.mp4")], check=True, stdin=subprocess.DEVNULL)
    for tag in tags:
        (root / f"subtitles/{tag}.srt").write_text(long_track(tag, minutes, cues), "utf-8")


def long_track(tag: str, minutes: int, cues: int) -> str:
    """Give a track of so many cues, evenly over the film, with the sample's texts, each with its number."""
    known = REPOSITORY / f"subtitles/{tag}.srt"
    path = known if known.is_file() else REPOSITORY / f"subtitles/{REFERENCE}.srt"
    language = find_language(path.stem)
    track = read_track(path.read_bytes(), language=language, path=path.name)
    each_ms = minutes * 60_000 // cues
    made = tuple(
        replace(
            track.cues[place % len(track.cues)],
            number=place + 1,
            span=Span(start_ms=place * each_ms, end_ms=place * each_ms + each_ms * 9 // 10),
        )
        for place in range(cues)
    )
    return render_subrip(replace(track, cues=made), language)


def edit_cue(path: Path) -> None:
    """Change one word in the middle of a track."""
    lines = path.read_text("utf-8").split("\n\n")
    place = len(lines) // 2
    lines[place] = re.sub(r"\w+(\W*)$", r"autrement\1", lines[place])
    path.write_text("\n\n".join(lines), "utf-8")


def fill(root: Path) -> None:
    """Put a made-up result of every task into the store; each is a file of its own."""
    project = read_project(root)
    prepared = plan_project(project, Request())
    store, entries, keys = FolderStore(project.store_dir), dict[str, Entry](), dict[str, str]()
    # what is made up need not last through a power cut
    with patch("os.fsync"), TemporaryDirectory(dir=project.state_dir) as folder:
        for step in prepared.plan.steps:
            task, document = step.task, task_document(step.task, entries)
            made = {name: Path(folder) / f"made{place}" for place, name in enumerate(task.outputs)}
            for name, path in made.items():
                path.write_text(f"{task.name} {name}", "utf-8")
            entries[task.name] = store.add(document, made)
            keys[task.name] = entries[task.name].key
    store.remember(keys)


def forget_tracks(root: Path) -> None:
    """Remove all notes but those of the film."""
    for folder in (root / ".babelreel/notes").iterdir():
        if folder.is_dir() and folder.name not in OF_THE_FILM:
            shutil.rmtree(folder)


def ask(root: Path) -> tuple[int, int, float, dict[str, float]]:
    """Plan in a process of its own."""
    command = [sys.executable, "-c", CHILD, str(root), *STEPS]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    tasks, to_run, memory_kb, seconds = json.loads(done.stdout)
    return tasks, to_run, memory_kb / 1024, seconds


def measure(root: Path, kinds: Sequence[str], minutes: int, languages: int, runs: int) -> Iterator[Planned]:
    """Plan each of these kinds so many times; the store is filled after the first."""
    track = root / f"subtitles/{EDITED}.srt"
    for kind in kinds:
        rows = []
        original = track.read_bytes()
        for run in range(runs):
            if kind == "cold":
                forget_tracks(root)
            if kind == "one cue":
                ask(root)  # what it was before is known
                edit_cue(track)
            rows.append(ask(root))
            track.write_bytes(original)
            if run == 0 and kind == "unchanged":  # the first looks at what is new to it
                rows = rows[1:] or [ask(root)]
        seconds = {name: min(row[3].get(name, 0.0) for row in rows) for name in rows[0][3]}
        yield Planned(
            minutes=minutes,
            languages=languages,
            kind=kind,
            tasks=rows[0][0],
            to_run=rows[0][1],
            memory_mb=min(row[2] for row in rows),
            seconds=seconds,
        )
        if kind == "cold" and not (root / ".babelreel/store/last.json").exists():
            fill(root)


def slopes(found: Sequence[Planned], side: str) -> Iterator[tuple[str, str, Planned, Planned, dict[str, float]]]:
    """Compare the least and the most of one side where the other is the same."""
    other = "languages" if side == "minutes" else "minutes"
    for group in sorted({(each.kind, getattr(each, other)) for each in found}):
        rows = [each for each in found if (each.kind, getattr(each, other)) == group]
        first, last = (choose(rows, key=lambda row: getattr(row, side)) for choose in (min, max))
        grown = math.log(getattr(last, side) / getattr(first, side))
        if grown:
            names = [name for name in first.seconds if first.seconds[name] > 0 < last.seconds[name]]
            found_slopes = {name: math.log(last.seconds[name] / first.seconds[name]) / grown for name in names}
            yield group[0], f"{group[1]} {other}", first, last, found_slopes


def print_tables(found: Sequence[Planned]) -> None:
    """Print what was found as Markdown."""
    names = ("start", *STEPS, "plan")
    print(f"| min | languages | | tasks | to run | {' | '.join(names)} | s / 10 000 tasks | peak MB |")
    print("|" + " ---: |" * (len(names) + 7))
    for each in found:
        row = (each.minutes, each.languages, each.kind, each.tasks, each.to_run)
        seconds = (f"{each.seconds.get(name, 0):.2f}" for name in names)
        print(f"| {' | '.join(map(str, (*row, *seconds, f'{each.per_ten_thousand:.2f}', f'{each.memory_mb:.0f}')))} |")
    print(f"\n| | with | grows with | {' | '.join(names[1:])} |\n|" + " ---: |" * (len(names) + 2))
    for side in ("minutes", "languages"):
        for kind, of, _, _, found_slopes in slopes(found, side):
            cells = (f"{found_slopes[name]:.2f}" if name in found_slopes else "" for name in names[1:])
            print(f"| {kind} | {of} | {side} | {' | '.join(cells)} |")


def main() -> None:
    """Make the projects that are asked for, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where projects are made, and kept for the next time")
    parser.add_argument("--minutes", type=int, nargs="+", default=[20, 60, 120])
    parser.add_argument("--languages", type=int, nargs="+", default=[13, 30, 100])
    parser.add_argument("--cues", type=int, default=1500)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kinds", nargs="+", default=["cold", "unchanged", "one cue"])
    given = parser.parse_args()
    found: list[Planned] = []
    for minutes in given.minutes:
        for languages in given.languages:
            root = given.folder / f"{minutes}-minutes-{languages}-languages-{given.cues}-cues"
            if not root.exists():
                make_project(root, minutes, languages, given.cues)
                ask(root)  # the film is looked at
            for each in measure(root, given.kinds, minutes, languages, given.runs):
                found.append(each)
                print(each, file=sys.stderr, flush=True)
    print_tables(found)


if __name__ == "__main__":
    main()
