"""Try whether everything holds for files that nobody thought of.

    python benchmarks/fuzz.py                                    each group in a bounded form, as the check script does
    python benchmarks/fuzz.py --group readers --runs 20000       one group, the same inputs for the same --seed
    python benchmarks/fuzz.py --group films --seed 4711 --runs 1 one input once more

Whatever the input: no exception but those of the error tree (exit code 70), a bound of time and memory, nothing written
outside of the project, no control character in what is printed or published. Linux only: it reads ``/proc``.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "pipeline"), str(ROOT / "tests")]
sys.dont_write_bytecode = True

from fuzzing.bounded import Bounds, Prepare, Tally, check_all  # noqa: E402 - its folder is put on the path by Python
from fuzzing.media import prepare_films, prepare_takes  # noqa: E402 - the same
from fuzzing.projects import prepare_documents, prepare_probe, prepare_settings  # noqa: E402 - the same
from fuzzing.published import prepare_manifest, prepare_store  # noqa: E402 - the same
from fuzzing.requests import prepare_serve  # noqa: E402 - the same
from fuzzing.texts import prepare_readers  # noqa: E402 - the same
from fuzzing.translators import prepare_translators  # noqa: E402 - the same

_MB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Inputs of one kind: how many a short run has, and what each may take."""

    prepare: Prepare
    short_runs: int
    cpu_s: float = 10
    memory_mb: int = 600


GROUPS = {
    "readers": Group(prepare=prepare_readers, short_runs=400),
    "translators": Group(prepare=prepare_translators, short_runs=300),
    "settings": Group(prepare=prepare_settings, short_runs=80),
    "probe": Group(prepare=prepare_probe, short_runs=60),
    "documents": Group(prepare=prepare_documents, short_runs=60),
    "manifest": Group(prepare=prepare_manifest, short_runs=10),
    "store": Group(prepare=prepare_store, short_runs=6, cpu_s=60, memory_mb=3000),  # some are built, with ffmpeg
    "serve": Group(prepare=prepare_serve, short_runs=400),
    "takes": Group(prepare=prepare_takes, short_runs=200, cpu_s=60, memory_mb=2000),  # ffmpeg listens to some
    "films": Group(prepare=prepare_films, short_runs=60, cpu_s=60, memory_mb=3000),
}


def main() -> int:
    """Fuzz as the command line says, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--group", choices=GROUPS, action="append", help="only this group (repeatable)")
    parser.add_argument("--runs", type=int, help="how many inputs of each group (default: a short run)")
    parser.add_argument(
        "--seed", type=int, default=1, help="the first of the seeds, one an input (default %(default)s)"
    )
    options = parser.parse_args()
    faults = 0
    for name in options.group or GROUPS:
        group, tally = GROUPS[name], Tally()
        bounds = Bounds(cpu_s=group.cpu_s, memory_bytes=group.memory_mb * _MB)
        seeds = range(options.seed, options.seed + (options.runs or group.short_runs))
        for fault in check_all(group.prepare, seeds, bounds, tally):
            print(f"--group {name} --seed {fault.seed} --runs 1: {fault.why}", flush=True)
        print(
            f"{name}: {tally.runs} inputs, {tally.faults} faults, {tally.seconds:.0f} s; the slowest took "
            f"{tally.slowest_s:.2f} s (seed {tally.slowest_seed}), the largest {tally.most_bytes / _MB:.0f} MB",
            flush=True,
        )
        faults += tally.faults
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
