"""Measure what dubbing one language costs, against the length of the film.

    PYTHONPATH=pipeline python benchmarks/dubbing.py FOLDER [--minutes 1 5 20] [--stem]

The film is a small picture with a tone, the takes are beeps, one every four seconds, every third of them too long, so
that it is sped up. The work is the tasks that a build plans for the language's sound, done one after another by the
build's own engine: mixing, and what comes after it up to the files that the pictures are joined with (loudness and
encoding, at both rates of the ladder). Figures go to standard output.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from measuring import Cost, run

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from babelreel.engines.engine import Engine
from babelreel.engines.run_with import run_with
from babelreel.graph.files import digest_file
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.plan import make_plan
from babelreel.graph.task import Program, SourceFile, Task
from babelreel.languages.find import find_language
from babelreel.media.programs.locate import find_ffmpeg
from babelreel.model.sound.dubbing import decide_dubbing
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, Dub, SoundInfo, Take
from babelreel.stages.deliverables import plan_deliverables
from babelreel.stages.inputs import Stem, Subtitles, Voice
from babelreel.timedtext.burnin.typeface import choose_font
from babelreel.timedtext.read import read_track

EVERY_MS = 4000
LINE_MS = 2500
#: How long takes are: two fit, the third has to be played 1.14 times as fast.
TAKES_MS = (2000, 3200, 4500)
TAG = "fr"


def main() -> None:
    """Measure every length that is asked for, each step in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, nargs="+", default=[1.0, 5.0, 20.0])
    parser.add_argument("--stem", action="store_true", help="mix over a stem of music and effects")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.folder.resolve()
    if options.step:
        do_step(folder, options.step, stem=options.stem)
        return
    print("| film | takes | step | CPU s | wall s | peak MB |\n| ---: | ---: | --- | ---: | ---: | ---: |")
    for minutes in options.minutes:
        root = folder / f"{minutes:g}min"
        takes = make_project(root, minutes)
        total = Cost()
        for name in steps(root, stem=options.stem):
            words = (sys.executable, __file__, root, "--step", name, *(("--stem",) if options.stem else ()))
            cost = run(words, cwd=root)
            total += cost
            print(row(f"{minutes:g} min", takes, name, cost))
        print(row(f"{minutes:g} min", takes, "all", total), flush=True)


def row(film: str, takes: int, step: str, cost: Cost) -> str:
    """Write one line of the table; the start of Python and the looking at the project, some 1 s, is part of it."""
    return f"| {film} | {takes} | {step} | {cost.cpu_s:.1f} | {cost.wall_s:.1f} | {cost.peak_mb} |"


def make_project(root: Path, minutes: float) -> int:
    """Make film, track, takes and stem; gives the number of takes."""
    shutil.rmtree(root, ignore_errors=True)
    stems = root / "video/stems"
    (stems / TAG).mkdir(parents=True)
    (root / "subtitles").mkdir()
    length_s = minutes * 60
    words = ["-f", "lavfi", "-i", f"color=size=64x36:rate=25:duration={length_s}"]
    words += ["-f", "lavfi", "-i", f"sine=frequency=220:sample_rate=48000:duration={length_s}"]
    ffmpeg(*words, "-c:v", "libx264", "-preset", "ultrafast", "-ac", "2", "-c:a", "aac", str(root / "video/master.mp4"))
    ffmpeg(*words[4:], "-ac", "2", str(stems / "me.flac"))
    count = int(length_s * 1000 // EVERY_MS)
    cues = [f"{number}\n{stamp(number)} --> {stamp(number, LINE_MS)}\nLigne {number}.\n" for number in lines(count)]
    (root / f"subtitles/{TAG}.srt").write_text("\n".join(cues), "utf-8")
    for number in lines(count):
        write_take(stems / TAG / f"{number}.wav", take_ms(number))
    # its bound would stop a long film; pictures are not what is measured
    (root / "babelreel.toml").write_text("[renditions.phone-360p]\nmax_bytes = 0\n", "utf-8")
    return count


def lines(count: int) -> range:
    """Give the numbers of all lines."""
    return range(1, count + 1)


def take_ms(number: int) -> int:
    """Give how long the take of a line is."""
    return TAKES_MS[number % len(TAKES_MS)]


def stamp(number: int, later_ms: int = 0) -> str:
    """Write when a line begins, or some milliseconds later."""
    seconds, ms = divmod((number - 1) * EVERY_MS + later_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{ms:03}"


def write_take(path: Path, length_ms: int) -> None:
    """Write a beep with half a second of silence around it."""
    tone = 8000 * np.sin(2 * np.pi * 1000 * np.arange(48 * length_ms) / SAMPLE_RATE_HZ)
    silence = np.zeros(SAMPLE_RATE_HZ // 2)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(np.concatenate((silence, tone, silence)).astype("<i2").tobytes())


def ffmpeg(*words: str) -> None:
    """Run ffmpeg and fail loudly."""
    subprocess.run((str(find_ffmpeg().path), "-v", "error", "-nostdin", "-y", *words), check=True)


def sound_tasks(root: Path, *, stem: bool) -> tuple[tuple[Task, ...], Mapping[Program, Path]]:
    """Plan the project; give what makes the dubbed language's sounds, in order, and where the programs for it lie."""
    workshop = plan_project(read_project(root), Request()).workshop
    if stem:
        workshop = replace(workshop, music=music(root))
    language = find_language(TAG)
    path = root / f"subtitles/{TAG}.srt"
    track = read_track(path.read_bytes(), language=find_language(TAG), path=path.name)
    dub = describe_takes(root)
    film_ms = workshop.film.info.duration_ms
    dubbing = decide_dubbing(dub, track, film_ms=film_ms, profile=find_language(TAG).limits)
    if len(dubbing.heard) != len(dub.takes) or any(line.overrun for line in dubbing.lines):
        raise SystemExit("a take does not fit: the figures would be of something else")
    dubbed = Subtitles(
        language=language,
        track=track,
        font=choose_font(language, None),
        font_files=(),
        voice=Voice(dubbing=dubbing, files=tuple(files(root, dub))),
    )
    tasks = plan_deliverables(workshop, [dubbed], read_project(root).rungs, "film").tasks
    return tuple(task for task in tasks if task.kind in {"mix", "sound"}), workshop.programs


def describe_takes(root: Path) -> Dub:
    """Describe the takes: where each voice lies is known."""
    half = SAMPLE_RATE_HZ // 2
    takes = []
    for path in sorted((root / f"video/stems/{TAG}").glob("*.wav"), key=lambda each: int(each.stem)):
        voice = 48 * take_ms(int(path.stem))
        sound = SoundInfo(
            path=path.relative_to(root).as_posix(),
            digest=digest_file(path),
            samples=voice + 2 * half,
            first=half,
            end=half + voice,
        )
        takes.append(Take(line=int(path.stem), sound=sound))
    return Dub(language=TAG, path=f"video/stems/{TAG}", takes=tuple(takes))


def files(root: Path, dub: Dub) -> Iterator[SourceFile]:
    """Give the files of the takes as a work folder names them."""
    for place, take in enumerate(dub.takes):
        yield SourceFile(name=f"takes/{place}.wav", path=root / take.sound.path, digest=take.sound.digest)


def music(root: Path) -> Stem:
    """Give the stem."""
    path = root / "video/stems/me.flac"
    digest = digest_file(path)
    info = SoundInfo(path="video/stems/me.flac", digest=digest, channels=2)
    return Stem(info=info, source=SourceFile(name="me.flac", path=path, digest=digest))


def steps(root: Path, *, stem: bool) -> tuple[str, ...]:
    """Give the names of the tasks to measure."""
    return tuple(task.name for task in sound_tasks(root, stem=stem)[0])


def do_step(root: Path, name: str, *, stem: bool) -> None:
    """Do one task, after those that it needs, which an earlier step has left in the store."""
    store = FolderStore(root / "benchmark-store")
    tasks, programs = sound_tasks(root, stem=stem)
    wanted = next(task for task in tasks if task.name == name)
    needed = [task for task in tasks if task.name in wanted.needs]
    plan = make_plan([*needed, wanted], store)
    outcome = run_with(Engine(jobs=1), plan, store, listener=lambda _event: None, programs=programs)
    for error in outcome.failures.values():
        raise error


if __name__ == "__main__":
    main()
