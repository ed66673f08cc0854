"""Measure whether every change of a reference, and nothing else, is reported to its translations, and in what time.

    python benchmarks/ledger.py [--edits 200] [--seed 17] [--runs 20]

Approves the sample's twelve translations, then edits the reference in so many ways (a word, a negation, a number, a cue
put in, left out, moved, split, joined, shown at another time, set otherwise), each once for each language. Prints, by
kind, how often what was changed is told, and which of all that is told is right. Then measures how long it takes to put
thirteen tracks beside their ledgers and their changed reference, for the sample and for tracks of 500 cues.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from babelreel.model.ledger.wording import words
from babelreel.model.timecode import Span
from babelreel.model.track import Track
from babelreel.rules.ledger.standing import standing_of
from babelreel.rules.ledger.word_changes import compare

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.reference_edits import seeded_edits
from support.scored_edits import approved, sample, score


def _longer(track: Track, cues: int) -> Track:
    """Repeat a track until it has so many cues, each saying something of its own."""
    length = track.cues[-1].span.end_ms + 100
    made = []
    for place in range(cues):
        cue, turn = track.cues[place % len(track.cues)], place // len(track.cues)
        span = Span(start_ms=cue.span.start_ms + turn * length, end_ms=cue.span.end_ms + turn * length)
        made.append(replace(cue, number=place + 1, span=span, lines=(*cue.lines[:-1], f"{cue.lines[-1]} {turn}")))
    return replace(track, cues=tuple(made))


def milliseconds(tracks: dict[str, Track], reference: Track, runs: int) -> float:
    """Measure how long thirteen tracks take beside their ledgers, with ten edits of the reference; a median."""
    edited = reference
    for each in range(10):
        edited = seeded_edits(edited, 10, seed=each)[each].track
    ledgers = {tag: approved(track, reference) for tag, track in tracks.items()}
    own = approved(reference, reference)
    times = []
    for _ in range(runs):
        for cached in (words, compare):
            cached.cache_clear()
        begun = time.perf_counter()
        for tag, track in tracks.items():
            standing_of(track, edited, ledgers[tag])
        standing_of(edited, None, own)
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def main() -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    tracks = sample()
    reference = tracks.pop("en")
    scores = score(tracks, reference, seeded_edits(reference, options.edits, options.seed))
    print(f"{'edit':10} {'meant':>6} {'found':>6} {'told':>6} {'right':>6}")
    for kind, each in scores.items():
        print(f"{kind:10} {each.meant:6} {each.found:6} {each.told:6} {each.right:6}")
    total = [sum(getattr(each, name) for each in scores.values()) for name in ("meant", "found", "told", "right")]
    print(f"{'all':10} {total[0]:6} {total[1]:6} {total[2]:6} {total[3]:6}")
    print(f"recall {total[1] / total[0]:.4f}, precision {total[3] / total[2]:.4f}")
    print(f"13 tracks of the sample: {milliseconds(tracks, reference, options.runs):.1f} ms")
    long = {tag: _longer(track, 500) for tag, track in tracks.items()}
    print(f"13 tracks of 500 cues: {milliseconds(long, _longer(reference, 500), options.runs):.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
