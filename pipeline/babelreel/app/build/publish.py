"""How do finished files reach ``output/`` so that whoever copies it never sees half of one?

New files are first copied beside their places under temporary names (the step at which a disk fills up), then the old
manifest is taken away, the new files are renamed into place, and the sums and the new manifest are written last.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from babelreel.delivery.manifest import parse_manifest, render_manifest, render_sums
from babelreel.graph.digests import DigestCache
from babelreel.graph.files import house_errors, place_atomically, write_atomically
from babelreel.model.delivery.manifest import Manifest
from babelreel.model.delivery.published_paths import MANIFEST, SUMS
from babelreel.regular_files import read_regular

#: New files wait here for their renaming; on the same filesystem as their places.
STAGING = ".incoming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing changed: paths below ``output/`` that are new or other than before, and those taken away."""

    manifest: Manifest
    written: tuple[str, ...]
    removed: tuple[str, ...]


def publish(output: Path, manifest: Manifest, sources: Mapping[str, Path | bytes], digests: DigestCache) -> Published:
    """Make ``output`` hold what the manifest lists, from ``sources`` (path below output -> file, or its content).

    A path that is in the manifest but not in ``sources`` stays as it is. Files that an earlier manifest listed and this
    one does not are removed; anything else that lies there is left alone.
    """
    text = render_manifest(manifest)
    sums = render_sums(manifest, sha256(text.encode()).hexdigest())
    wanted = {file.path: file.sha256 for file in manifest.files}
    changed = tuple(path for path in sources if not _holds(output / path, wanted[path], digests))
    stale = tuple(path for path in sorted(_listed_before(output)) if path not in wanted)
    if changed or stale or _text(output / MANIFEST) != text or _text(output / SUMS) != sums:
        with house_errors(output):
            _stage(output, {path: (sources[path], wanted[path]) for path in changed})
            _swap(output, changed, stale)
            write_atomically(output / SUMS, sums.encode())
            write_atomically(output / MANIFEST, text.encode())
    return Published(manifest=manifest, written=changed, removed=stale)


def read_manifest(output: Path) -> Manifest | None:
    """Read the manifest of an output folder, or ``None`` when there is none that this version understands."""
    try:
        return parse_manifest(read_regular(output / MANIFEST).decode())
    except (OSError, ValueError):
        return None


def unpublish(output: Path) -> int:
    """Take away every file that was published, manifest and sums included; gives the bytes that are free now."""
    paths = [output / path for path in (*_listed_before(output), MANIFEST, SUMS) if (output / path).is_file()]
    freed = sum(path.stat().st_size for path in paths)
    with house_errors(output):
        for path in sorted(paths, key=lambda each: each.name != MANIFEST):  # the manifest first: see _swap
            path.unlink()
            _remove_empty(output, path.parent)
    return freed


def _holds(path: Path, digest: str, digests: DigestCache) -> bool:
    return path.is_file() and digests.digest(path) == digest


def _text(path: Path) -> str:
    try:
        return read_regular(path).decode()
    except (OSError, ValueError):
        return ""


def _listed_before(output: Path) -> Iterator[str]:
    """Give the paths that an earlier build published: by its sums, which older and newer versions can all read."""
    for line in _text(output / SUMS).splitlines():
        _, _, path = line.partition("  ")
        inside = (output / path).resolve().is_relative_to(output.resolve())
        if path and path != MANIFEST and inside and (output / path).is_file():
            yield path


def _stage(output: Path, changed: Mapping[str, tuple[Path | bytes, str]]) -> None:
    shutil.rmtree(output / STAGING, ignore_errors=True)  # what an interrupted run left: ours by its name
    try:
        for path, (source, digest) in changed.items():
            if isinstance(source, bytes):
                write_atomically(output / STAGING / path, source)
            else:
                place_atomically(source, output / STAGING / path, digest=digest)
    except BaseException:
        shutil.rmtree(output / STAGING, ignore_errors=True)
        raise


def _swap(output: Path, changed: tuple[str, ...], stale: tuple[str, ...]) -> None:
    (output / MANIFEST).unlink(missing_ok=True)
    for path in changed:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / STAGING / path).replace(output / path)
    shutil.rmtree(output / STAGING, ignore_errors=True)
    for path in stale:
        (output / path).unlink(missing_ok=True)
        _remove_empty(output, (output / path).parent)


def _remove_empty(output: Path, folder: Path) -> None:
    """Take away a folder of ours that has become empty, and the ones around it, but never ``output`` itself."""
    while folder != output and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
