"""Try whether a shift or another speed ever lays a line over another, loses one, or fails to bring one back.

    PYTHONPATH=pipeline python benchmarks/retiming.py [--tracks 10000]

Random tracks in seven formats, some of them around the first hour, are shifted, shifted from a line or a moment on, and
stretched, and brought back. The test of the same name tries a hundred of each.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.moved_tracks import faults_of_shift, faults_of_shift_from, faults_of_stretch

TRIALS = {"shift": faults_of_shift, "shift --from": faults_of_shift_from, "stretch": faults_of_stretch}


def main() -> None:
    """Print how many tracks were wrong, with the seeds of the first ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=10_000)
    tracks = parser.parse_args().tracks
    print("| | tracks | wrong | cpu s |\n| --- | ---: | ---: | ---: |")
    is_wrong = False
    for name, trial in TRIALS.items():
        begun = time.process_time()
        found = {seed: faults for seed in range(tracks) if (faults := trial(random.Random(seed)))}  # noqa: S311 - the same each time
        print(f"| {name} | {tracks} | {len(found)} | {time.process_time() - begun:.0f} |", flush=True)
        for seed, faults in list(found.items())[:5]:
            print(f"  seed {seed}: {'; '.join(faults)}", file=sys.stderr)
        is_wrong = is_wrong or bool(found)
    raise SystemExit(is_wrong)


if __name__ == "__main__":
    main()
