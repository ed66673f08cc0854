"""Do the readers hold for files that nobody thought of?

    python benchmarks/fuzz_readers.py --runs 20000          damaged files by chance, the same for the same --seed
    python benchmarks/fuzz_readers.py --atheris -max_total_time=300     guided by coverage; needs the package atheris

Every file must be read, checked and, by safe fixes, mended without an exception, each finding within the file. A file
that breaks a law is kept as ``fuzz-<name>`` in the current folder.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "pipeline"), str(ROOT / "tests")]


def main() -> int:
    """Fuzz as the command line says, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000, help="how many files (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="the first of the seeds, one a file (default %(default)s)")
    parser.add_argument("--atheris", action="store_true", help="go where coverage leads; other options are libFuzzer's")
    options, others = parser.parse_known_args()
    if options.atheris:
        return fuzz_by_coverage(others)
    if others:
        parser.error(f"unknown: {' '.join(others)}")
    return fuzz_by_chance(options.seed, options.runs)


def fuzz_by_chance(seed: int, runs: int) -> int:
    """Damage the seeds and check each file."""
    from support.damaged import SEEDS, damage, damaged_bytes  # noqa: PLC0415 - its folder is put on the path above
    from support.reader_laws import LANGUAGES, check_file, check_fixes  # noqa: PLC0415 - the same

    tags, failures, begun = sorted(LANGUAGES), 0, time.monotonic()
    for number in range(seed, seed + runs):
        chance = random.Random(number)  # noqa: S311 - damage, not a secret
        path, tag = chance.choice(sorted(SEEDS)), chance.choice(tags)
        text = damage(SEEDS[path], chance)
        data = damaged_bytes(text, chance)
        try:
            check_file(data, path=path, tag=tag)
            check_fixes(text, path=path, tag=tag)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
            failures += 1
            Path(f"fuzz-{number}-{tag}{Path(path).suffix}").write_bytes(data)
            print(f"seed {number}, {tag}, {path}: {type(error).__name__}: {str(error)[:500]}")
    print(f"{runs} files, {failures} failures, {time.monotonic() - begun:.0f} s")
    return 1 if failures else 0


def fuzz_by_coverage(arguments: list[str]) -> int:
    """Let libFuzzer look for files that reach new code."""
    try:
        import atheris  # noqa: PLC0415 - optional
    except ImportError:
        print("atheris is not installed: python -m pip install atheris, or use --runs")
        return 2
    with atheris.instrument_imports(include=["babelreel"]):
        from support.damaged import SEEDS  # noqa: PLC0415 - to be instrumented
        from support.reader_laws import LANGUAGES, check_file, check_fixes  # noqa: PLC0415 - the same
    paths, tags = sorted(SEEDS), sorted(LANGUAGES)

    def check_input(data: bytes) -> None:
        path, tag, rest = paths[data[0] % len(paths)] if data else paths[0], tags[len(data) % len(tags)], data[1:]
        track = check_file(rest, path=path, tag=tag)
        if track and len(rest) < 500:  # noqa: PLR2004 - fixing is slow
            check_fixes(track.source.text, path=path, tag=tag)

    corpus = Path(".fuzz-corpus")
    corpus.mkdir(exist_ok=True)
    for number, path in enumerate(paths):
        (corpus / f"seed-{number}").write_bytes(bytes((number,)) + SEEDS[path].encode())
    atheris.Setup([sys.argv[0], *arguments, str(corpus)], check_input)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
