"""Measure what looking at a publication costs, and sending it, beside programs that only read, decode or copy.

    PYTHONPATH=pipeline python benchmarks/verifying.py FOLDER [--runs 3] [--no-deep]

FOLDER is what was published, with a manifest.json. All read the same files, from memory once the first run has been.
``sha256sum`` and ``cp`` are the system's. ffmpeg decodes each film once, and of each stream what its playlist lists,
as ``--deep`` does. Runs alternate, and medians are printed: seconds of the processor, and of the clock, for the whole
process tree.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from measuring import Cost, run

from babelreel.delivery.manifest import parse_manifest
from babelreel.delivery.references import find_references
from babelreel.delivery.streams.hls import KEYS_ONLY
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.delivery.manifest import Manifest, Role
from babelreel.model.delivery.published_paths import MANIFEST, SUMS

#: What ``build --publish FOLDER`` does when it has built.
SEND = """
import sys
from pathlib import Path
from babelreel.app.publish.places import open_place
from babelreel.app.publish.sending import send
send(Path(sys.argv[1]), open_place(sys.argv[2], root=Path.cwd()))
"""
#: What each of ours is compared with: all that a program must do that does the same.
BESIDE = {"verify": ("sha256sum",), "verify --deep": ("sha256sum", "ffmpeg"), "send": ("sha256sum", "cp")}


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-deep", action="store_true", help="decode nothing")
    options = parser.parse_args()
    output: Path = options.folder.resolve()
    manifest = parse_manifest((output / MANIFEST).read_text("utf-8"))
    with TemporaryDirectory() as folder:
        work = Path(folder)
        found: dict[str, list[Cost]] = {}
        for _ in range(options.runs):
            for name, cost in measured(output, work, manifest, is_deep=not options.no_deep):
                found.setdefault(name, []).append(cost)
    size = sum(file.bytes for file in manifest.files)
    print(f"{len(manifest.files)} files, {size / 1e6:.0f} MB, medians of {options.runs}")
    report({name: middle(costs) for name, costs in found.items()})


def measured(output: Path, work: Path, manifest: Manifest, *, is_deep: bool) -> Iterator[tuple[str, Cost]]:
    """Do everything once."""
    ours = (sys.executable, "-m", "babelreel")
    yield "babelreel --version", run((*ours, "--version"), cwd=work)
    yield "sha256sum", run(("sh", "-c", f"cd '{output}' && sha256sum --quiet -c {SUMS}"), cwd=work)
    yield "verify", run((*ours, "verify", output), cwd=work)
    copy, sent = work / "copy", work / "sent"
    yield "cp", run(("sh", "-c", f"cp -r '{output}' '{copy}' && sync -f '{copy}'"), cwd=work)
    shutil.rmtree(copy)
    yield "send", run((sys.executable, "-c", SEND, output, sent), cwd=work)
    shutil.rmtree(sent)
    if is_deep:
        yield "ffmpeg", run(("sh", str(decoding(output, work, manifest))), cwd=work)
        yield "verify --deep", run((*ours, "verify", "--deep", output), cwd=work)


def decoding(output: Path, work: Path, manifest: Manifest) -> Path:
    """Write the script that decodes all pictures and sounds."""
    ffmpeg, lines = locate_ffmpeg(), []
    words = "-map '0:v?' -map '0:a?' -fps_mode passthrough -f null -"
    for file in manifest.files:
        if file.role in {Role.VIDEO, Role.SIGNED, Role.ARCHIVE}:
            lines.append(f"'{ffmpeg}' -v error -nostdin -i '{output / file.path}' {words}")
        elif file.role is Role.STREAM and file.path.endswith(".m3u8"):
            parts = segments(output, file.path)
            if parts:
                listed = " ".join(f"'{output / part}'" for part in parts)
                lines.append(f"cat {listed} | '{ffmpeg}' -v error -i - {words}")
    script = work / "decode.sh"
    script.write_text("set -e\n" + "\n".join(lines) + "\n", "utf-8")
    return script


def segments(output: Path, playlist: str) -> list[str]:
    """List the segments of a playlist, its header first; none for a list of playlists, of texts or of key frames."""
    content = (output / playlist).read_bytes()
    parts = dict.fromkeys(each.path_from(playlist) for each in find_references(playlist, content))
    is_other = KEYS_ONLY in content or any(part.endswith((".m3u8", ".vtt")) for part in parts)
    return [] if is_other else list(parts)


def middle(costs: list[Cost]) -> Cost:
    """Take the medians."""
    return Cost(
        wall_s=median(each.wall_s for each in costs),
        cpu_s=median(each.cpu_s for each in costs),
        peak_mb=max(each.peak_mb for each in costs),
    )


def report(costs: Mapping[str, Cost]) -> None:
    """Print the costs, and of ours their ratio to what they are compared with."""
    print("\n| | CPU s | wall s | peak MB | CPU, wall over what stands beside it |\n| --- | ---: | ---: | ---: | --- |")
    for name, cost in costs.items():
        beside = [costs[each] for each in BESIDE.get(name, ())]
        ratio = ""
        if beside:
            cpu = cost.cpu_s / sum(each.cpu_s for each in beside)
            wall = cost.wall_s / sum(each.wall_s for each in beside)
            ratio = f"{cpu:.2f}, {wall:.2f} of {' and '.join(BESIDE[name])}"
        print(f"| {name} | {cost.cpu_s:.2f} | {cost.wall_s:.2f} | {cost.peak_mb} | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
