"""Publish finished files in ``output/`` so that no copy of it ever holds half of one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from babelreel.app.packs.pack_list import remove_packs, remove_withdrawn
from babelreel.app.publish.history import History
from babelreel.app.publish.own_files import listed_digests, listed_files, read_manifest, refuse_strangers
from babelreel.app.publish.staging import STAGING, Source
from babelreel.app.publish.swap import Keep, Swap, recover, swap_files
from babelreel.delivery.manifest import render_manifest, render_schema, render_sums
from babelreel.errors import MachineError
from babelreel.graph.digests import DigestCache
from babelreel.model.delivery.manifest import Manifest
from babelreel.model.delivery.publication import Published
from babelreel.model.delivery.published_paths import DESCRIPTIONS, MANIFEST, SCHEMA, SUMS
from babelreel.regular_files import read_regular
from babelreel.system_errors import house_errors


def publish(
    output: Path,
    manifest: Manifest,
    sources: Mapping[str, Source],
    digests: DigestCache,
    keep: Keep | None = None,
) -> Published:
    """Make ``output`` hold what the manifest lists, from ``sources`` (path below output -> its bytes).

    A path that is in the manifest but not in ``sources`` stays as it is. Files that an earlier manifest listed and this
    one does not are removed, and ``keep`` gets what was there before; packs lose the languages that are not published
    any more. Anything else that lies there is left alone. Raises ``UsageError`` where something else is in the way,
    ``NoSpaceError`` or ``MachineError``; ``output`` is as it was before then.
    """
    described = {SCHEMA: render_schema(), MANIFEST: render_manifest(manifest).encode()}
    digests_of_these = {path: sha256(content).hexdigest() for path, content in described.items()}
    described[SUMS] = render_sums(manifest, digests_of_these).encode()
    wanted = {file.path: file.sha256 for file in manifest.files}
    known = listed_digests(output)
    ours = listed_files(output)
    changed = tuple(path for path in sources if not _holds(output / path, wanted[path], digests))
    stale = tuple(path for path in sorted(ours - {*DESCRIPTIONS}) if path not in wanted)
    described_anew = tuple(path for path, content in described.items() if _content(output / path) != content)
    if changed or stale or described_anew:
        placed: dict[str, Source] = {path: sources[path] for path in sorted(changed)}  # language by language
        placed |= {path: described[path] for path in DESCRIPTIONS}
        refuse_strangers(output, (*placed, f"{STAGING}/{MANIFEST}"), ours)
        is_another = bool(changed or stale)  # else the manifest says something else of the same files
        swap = Swap(placed=tuple(placed), removed=stale, is_kept=is_another and keep is not None)
        swap_files(output, swap, {path: (source, wanted.get(path, "")) for path, source in placed.items()}, keep)
    remove_withdrawn(output, manifest)
    wanted |= {path: digest for path, digest in digests_of_these.items() if path in described_anew}
    restored = sum(known.get(path) == wanted.get(path, "") for path in (*changed, *described_anew))
    restored += described_anew == (SUMS,)  # nothing holds their own sum
    return Published(manifest=manifest, written=changed, removed=stale, restored=restored)


def publish_and_keep(
    output: Path, manifest: Manifest, sources: Mapping[str, Source], digests: DigestCache, history: History
) -> Published:
    """Publish, and keep what was published before; tell what of it is lost to a step back, if anything changed."""
    lacking = history.lacking(read_manifest(output), manifest, output, digests)
    done = publish(output, manifest, sources, digests, partial(history.keep, without=lacking))
    return replace(done, lacking=lacking if done.written or done.removed else ())


def unpublish(output: Path) -> int:
    """Remove every file that was published, manifest and sums included; return the bytes that are free now."""
    recover(output)
    ours = listed_files(output)
    with house_errors(output):
        freed = sum((output / path).lstat().st_size for path in ours)
        if ours:
            swap_files(output, Swap(placed=(), removed=(MANIFEST, *sorted(ours - {MANIFEST})), is_kept=False), {})
    return freed + remove_packs(output)


def _holds(path: Path, digest: str, digests: DigestCache) -> bool:
    """Tell whether a file is there and has a digest; one that the disk cannot read back has none."""
    with suppress(MachineError):
        return path.is_file() and not path.is_symlink() and digests.digest(path) == digest
    return False


def _content(path: Path) -> bytes:
    try:
        return read_regular(path)
    except (OSError, ValueError):  # a film lies there, or a folder
        return b""
