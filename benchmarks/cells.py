"""Measure what building by cells costs, beside the scripts that people would write instead.

    PYTHONPATH=pipeline python benchmarks/cells.py FOLDER [--minutes 3] [--languages 13] [--scripts 2] [--skip bits]...

The film is made of the sample, turned and recoloured so that no second is like another; the tracks are the sample's,
repeated. The scripts are run for ``--scripts`` languages only and what that cost is multiplied: they do the same for
every other one. Figures go to standard output, and from there into README.md.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from measuring import Cost, run
from scripts import Scripts

from babelreel.app.build.planning import Prepared, plan_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from babelreel.languages.find import find_language
from babelreel.media.argv.pictures import Branch, picture_argv
from babelreel.media.containers.mp4_picture import read_picture
from babelreel.model.film.ladder.encoding_ladder import Rung, Text
from babelreel.model.timecode import Span
from babelreel.stages.inputs import Subtitles
from babelreel.timedtext.burnin.typeface import choose_font
from babelreel.timedtext.formats.sidecar import render_subrip
from babelreel.timedtext.read import read_track

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE_MS = 87_880
#: The language in which a cue is edited.
EDITED = "ps"
#: Seconds out of each third of the film on which x264 alone is measured.
FLOOR_S = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A project to build, and a folder for the scripts to work in."""

    root: Path
    work: Path
    prepared: Prepared
    subtitles: tuple[Subtitles, ...]
    scripted: int

    @property
    def scripts(self) -> Scripts:
        """The commands of the scripts."""
        return Scripts(prepared=self.prepared, folder=self.work)

    def build(self, *words: str, stop_after_s: float | None = None) -> Cost:
        """Build the project."""
        return run((sys.executable, "-m", "babelreel", "build", *words), cwd=self.root, stop_after_s=stop_after_s)

    def times(self, cost: Cost) -> Cost:
        """Give the cost of all languages from that of those which the scripts were run for."""
        return cost * (len(self.subtitles) / self.scripted)


def prepare(folder: Path, *, minutes: float, languages: int, scripted: int, keep: bool) -> Bench:
    """Make film, tracks and project in a folder; ``keep`` uses film, store and output of an earlier run."""
    root, work = folder / "project", folder / "scripts"
    if not keep:
        shutil.rmtree(root / "output", ignore_errors=True)
    for each in (root / "video", root / "subtitles", work / "fonts"):
        each.mkdir(parents=True, exist_ok=True)
    shutil.copy(REPOSITORY / "babelreel.toml", root)
    project = read_project(REPOSITORY)
    tags = [each.language.tag for each in project.languages][:languages] if project.languages else []
    tags = tags or [path.stem for path in sorted((REPOSITORY / "subtitles").glob("*.srt"))][:languages]
    if EDITED not in tags:
        tags[-1] = EDITED
    listed = ", ".join(f'"{tag}"' for tag in tags)
    settings = re.sub(r"(?m)^languages = .*$", f"languages = [{listed}]", (root / "babelreel.toml").read_text("utf-8"))
    settings = settings.split("\n[language.")[0]  # languages that are not built must have no table
    # the scripts make the files only
    settings = re.sub(r"(?m)^(pages|streams|leaflets) = true", r"\1 = false", settings)
    (root / "babelreel.toml").write_text(settings, "utf-8")
    film = root / "video/master.mp4"
    if not (keep and film.is_file()):
        make_film(film, minutes)
    for tag in tags:
        (root / f"subtitles/{tag}.srt").write_text(long_track(tag, minutes), "utf-8")
    prepared = plan_project(read_project(root), Request())
    if not keep:
        shutil.rmtree(
            root / ".babelreel", ignore_errors=True
        )  # planning has looked at the film: that belongs to the build
    (work / "master.mp4").unlink(missing_ok=True)
    (work / "master.mp4").symlink_to(film)
    for font in (REPOSITORY / "pipeline/babelreel/fonts").glob("*.?tf"):
        shutil.copy(font, work / "fonts")
    subtitles = tuple(
        Subtitles(
            language=each.file.settings.language,
            track=each.track,
            font=choose_font(each.file.settings.language, None),
            font_files=(),
        )
        for each in prepared.checked.tracks
    )
    return Bench(root=root, work=work, prepared=prepared, subtitles=subtitles, scripted=min(scripted, len(subtitles)))


def make_film(path: Path, minutes: float) -> None:
    """Lay the sample one after another, each time turned and coloured otherwise; kept from an earlier run."""
    known = path.with_name("made-of.txt")
    if path.is_file() and known.is_file() and known.read_text() == str(minutes):
        return
    sample, count = REPOSITORY / "video/master.mp4", math.ceil(minutes * 60_000 / SAMPLE_MS)
    pictures = ["null" if not k else f"{('hflip', 'vflip')[k % 2]},hue=h={37 * k}" for k in range(count)]
    chains = [f"[{k}:v]{filters}[v{k}]" for k, filters in enumerate(pictures)]
    joined = "".join(f"[v{k}][{k}:a]" for k in range(count)) + f"concat=n={count}:v=1:a=1[v][a]"
    inputs = [word for _ in range(count) for word in ("-i", str(sample))]
    settings = [
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "16",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "192k",
    ]
    graph = ["-filter_complex", ";".join([*chains, joined]), "-map", "[v]", "-map", "[a]"]
    ffmpeg(*inputs, *graph, *settings, "-t", str(minutes * 60), str(path))
    known.write_text(str(minutes))


def long_track(tag: str, minutes: float) -> str:
    """Repeat the sample's track up to the end of the film."""
    path = REPOSITORY / f"subtitles/{tag}.srt"
    track = read_track(path.read_bytes(), language=find_language(tag), path=path.name)
    end_ms, language = round(minutes * 60_000), find_language(tag)
    cues = [
        replace(cue, span=Span(start_ms=cue.span.start_ms + offset, end_ms=cue.span.end_ms + offset))
        for offset in range(0, end_ms, SAMPLE_MS)
        for cue in track.cues
        if cue.span.end_ms + offset < end_ms
    ]
    return render_subrip(replace(track, cues=tuple(cues)), language)


def ffmpeg(*words: str, cwd: Path | None = None) -> str:
    """Run ffmpeg and give what it says."""
    from babelreel.media.programs.locate import locate_ffmpeg  # noqa: PLC0415 - only here

    command = [str(locate_ffmpeg()), "-nostdin", "-y", *words]
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False, text=True, errors="replace")
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stderr


def measure_builds(bench: Bench) -> dict[str, Cost]:
    """Build for the first time, again, and after one edit."""
    found = {"first build": bench.build(), "nothing changed": bench.build()}
    path = bench.root / f"subtitles/{EDITED}.srt"
    cues = path.read_text("utf-8").split("\n\n")
    place = len(cues) // 2
    cues[place] = cues[place].rstrip(".") + " ۱."
    path.write_text("\n\n".join(cues), "utf-8")
    return {**found, "one cue edited": bench.build()}


def measure_scripts(bench: Bench) -> dict[str, Cost]:
    """Run both scripts for some languages, and give what they cost for all."""
    chosen = bench.subtitles[: bench.scripted]
    for each in chosen:
        bench.scripts.write_texts(each)
    burned = {rung.name for rung in bench.prepared.project.rungs if rung.text is Text.BURN_IN}
    naive_burned = naive_web = Cost()
    for command in (command for each in chosen for command in bench.scripts.naive(each)):
        cost = run(command, cwd=bench.work)
        if Path(command[-1]).name.split(".")[0] in burned:
            naive_burned += cost
        else:
            naive_web += cost
    web = total(run(command, cwd=bench.work) for command in bench.scripts.expert_web())
    language = total(run(command, cwd=bench.work) for each in chosen for command in bench.scripts.expert_language(each))
    return {
        "(a) naive script": bench.times(naive_burned + naive_web),
        "(a) its burned renditions": bench.times(naive_burned),
        "(b) expert script": web + bench.times(language),
        "(b) one language": language * (1 / bench.scripted),
    }


def total(costs: Iterable[Cost]) -> Cost:
    """Add costs up."""
    return sum(costs, Cost())


def distinct_frames(bench: Bench) -> Counter[str]:
    """Count the frames that were encoded, by the height of their rung, from the keys in the store."""
    names = {str(rung.short_px): rung.name for rung in bench.prepared.project.rungs}
    frames: Counter[str] = Counter()
    for path in (bench.root / ".babelreel/store/keys").glob("??/*.jsonl"):
        document = json.loads(path.read_bytes().splitlines()[0])
        if document["kind"] == "picture":
            frames[names[document["facts"]["settings"]["short_px"]]] += document["action"]["frames"]
    return frames


def measure_floor(bench: Bench) -> Cost:
    """Give what x264 alone needs for all frames that were encoded, from its cost for a sample of raw ones."""
    frames = distinct_frames(bench)
    floor = Cost()
    for rung in bench.prepared.project.rungs:
        if frames[rung.name]:
            count, cost = _encode_raw(bench, rung)
            floor += cost * (frames[rung.name] / count)
    return floor


def _encode_raw(bench: Bench, rung: Rung) -> tuple[int, Cost]:
    film = bench.prepared.workshop.film
    frame, raw = film.frame(rung), bench.work / "frames.yuv"
    third = film.info.duration_ms / 3000
    scale = (
        f"select='lt(mod(t,{third}),{FLOOR_S})',scale={frame.width_px}:{frame.height_px}:flags=lanczos,format=yuv420p"
    )
    ffmpeg(
        "-i", "master.mp4", "-an", "-vf", scale, "-fps_mode", "passthrough", "-f", "rawvideo", str(raw), cwd=bench.work
    )
    size = f"{frame.width_px}x{frame.height_px}"
    source = ["-f", "rawvideo", "-s", size, "-r", str(frame.rate), "-i", str(raw)]
    branch = [Branch(output_name="floor.mp4", rung=rung, frame=frame)]
    words = picture_argv(film.info, input_name="x", branches=branch)
    output = [*words[words.index("-map") + 2 :]]
    del output[output.index("-frames:v") : output.index("-frames:v") + 2]
    start = [str(bench.prepared.workshop.ffmpeg.path), "-v", "error", "-nostdin", "-y"]
    encoded = run([*start, *source, *output], cwd=bench.work)
    only_read = run([*start, *source, "-f", "null", "-"], cwd=bench.work)
    raw.unlink()
    count = len(read_picture(bench.work / "floor.mp4").sizes)
    return count, Cost(wall_s=encoded.wall_s, cpu_s=encoded.cpu_s - only_read.cpu_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bits:
    """A picture encoded whole by the script and the same joined from cells: bytes, VMAF, and the VBV's peak.

    ``coarser`` and ``coarser_vmaf`` are of the script's picture at a CRF that is half a step higher.
    """

    name: str
    whole: int
    ours: int
    coarser: int
    whole_vmaf: float
    ours_vmaf: float
    coarser_vmaf: float
    vbv_share: float

    @property
    def equal(self) -> float:
        """How many bytes ours has for each that the script needs for the same VMAF (interpolated)."""
        slope = math.log(self.coarser / self.whole) / (self.coarser_vmaf - self.whole_vmaf)
        return self.ours / (self.whole * math.exp(slope * (self.ours_vmaf - self.whole_vmaf)))


def compare_bits(bench: Bench) -> Iterator[Bits]:
    """Compare joined pictures with whole ones; VMAF is taken against what went into the encoder."""
    chosen = bench.subtitles[0]
    tag, slug = chosen.language.tag, bench.prepared.project.slug
    bench.scripts.write_texts(chosen)
    for command in bench.scripts.naive(chosen):
        name = Path(command[-1]).name.split(".")[0]
        rung = next(each for each in bench.prepared.project.rungs if each.name == name)
        whole, ours = bench.work / command[-1], bench.root / f"output/{tag}/{slug}.{tag}.{name}.mp4"
        if not whole.is_file():
            run(command, cwd=bench.work)
        place = command.index("-crf") + 1
        coarser = bench.work / f"coarser.{name}.mp4"
        run([*command[:place], f"{float(rung.crf) + 0.5:g}", *command[place + 1 : -1], coarser.name], cwd=bench.work)
        filters = command[command.index("-vf") + 1]
        scores = [vmaf(bench.work, path, filters) for path in (whole, ours, coarser)]
        sizes = [read_picture(path).sizes for path in (whole, ours, coarser)]
        rate = bench.prepared.workshop.film.frame(rung).rate
        yield Bits(
            name=name,
            whole=sum(sizes[0]),
            ours=sum(sizes[1]),
            coarser=sum(sizes[2]),
            whole_vmaf=scores[0],
            ours_vmaf=scores[1],
            coarser_vmaf=scores[2],
            vbv_share=vbv_share(sizes[1], rung, float(rate)),
        )


def vmaf(folder: Path, path: Path, filters: str) -> float:
    """Compare a file with the film, scaled and drawn as the script does, every fifth frame."""
    clock = "settb=1/1000,setpts=N"  # both files count frames, whatever ticks they have
    graph = f"[0:v]{filters},{clock}[r];[1:v]{clock}[d];[d][r]libvmaf=n_threads=2:n_subsample=5"
    said = ffmpeg("-i", "master.mp4", "-i", str(path), "-lavfi", graph, "-f", "null", "-", cwd=folder)
    (score,) = re.findall(r"VMAF score: ([\d.]+)", said)
    return float(score)


def vbv_share(sizes: Iterable[int], rung: Rung, rate: float) -> float:
    """Give the largest share of the rung's buffer that was ever used, across all joins; above 1 it ran empty."""
    room = fill = rung.buffer_kbit * 1000.0
    lowest = fill
    for size in sizes:
        fill -= size * 8
        lowest = min(lowest, fill)
        fill = min(room, fill + rung.peak_kbps * 1000 / rate)
    return 1 - lowest / room


def report(title: str, rows: dict[str, Cost]) -> None:
    """Print costs as a table."""
    print(f"\n| {title} | CPU s | wall s | peak MB |\n| --- | ---: | ---: | ---: |")
    for name, cost in rows.items():
        print(f"| {name} | {cost.cpu_s:.1f} | {cost.wall_s:.1f} | {cost.peak_mb} |", flush=True)


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--languages", type=int, default=13)
    parser.add_argument("--scripts", type=int, default=2)
    parser.add_argument("--skip", action="append", default=[], choices=["builds", "scripts", "floor", "bits"])
    parser.add_argument("--keep", action="store_true", help="use film, store and output of an earlier run")
    parser.add_argument("--memory-only", type=float, metavar="SECONDS", help="begin a first build, and stop it then")
    options = parser.parse_args()
    bench = prepare(
        options.folder.resolve(),
        minutes=options.minutes,
        languages=options.languages,
        scripted=options.scripts,
        keep=options.keep,
    )
    print(f"{options.minutes} min, {len(bench.subtitles)} languages, ffmpeg {bench.prepared.workshop.ffmpeg.version}")
    if options.memory_only:
        report("memory", {"first build, begun": bench.build(stop_after_s=options.memory_only)})
        return
    steps: dict[str, Callable[[], dict[str, Cost]]] = {
        "builds": lambda: measure_builds(bench),
        "floor": lambda: {"x264 alone": measure_floor(bench)},
        "scripts": lambda: measure_scripts(bench),
    }
    for name, step in steps.items():
        if name not in options.skip:
            report(name, step())
    if "bits" not in options.skip:
        print("\n| rendition | whole bytes | cells bytes | whole VMAF | cells VMAF | bytes at equal VMAF | VBV used |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for each in compare_bits(bench):
            print(
                f"| {each.name} | {each.whole} | {each.ours} ({each.ours / each.whole - 1:+.1%}) "
                f"| {each.whole_vmaf:.2f} | {each.ours_vmaf:.2f} | {each.equal - 1:+.1%} | {each.vbv_share:.0%} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
