"""Tell what in ``output/`` is ours, and what is somebody else's and must not be touched.

Ours is what the manifest or the sums of the last publication list. No link below the folder is followed.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath

from babelreel.delivery.manifest import is_schema, parse_manifest, parse_sums
from babelreel.errors import BabelreelError, MachineError, UsageError
from babelreel.graph.digests import DigestCache
from babelreel.graph.files import digest_file
from babelreel.model.delivery.manifest import SCHEMA_VERSION, Manifest, PublishedFile
from babelreel.model.delivery.published_paths import MANIFEST, SCHEMA, SUMS
from babelreel.model.json_codec import parse_json
from babelreel.regular_files import is_taken, read_regular
from babelreel.system_errors import as_house_error, house_errors, is_machine_fault

#: More names than these in one message are read by nobody.
_MOST_TOLD = 5


def read_manifest(output: Path) -> Manifest | None:
    """Read the manifest of an output folder, or ``None`` when there is none that this version understands.

    Raises ``MachineError`` where the system refuses to read it: only the manifest says that something is published.
    """
    with suppress(ValueError):
        content = _given(output / MANIFEST)
        return None if content is None else _parsed(content)
    return None


@lru_cache(maxsize=2)  # a build asks a dozen times what was published before
def _parsed(content: bytes) -> Manifest:
    return parse_manifest(content.decode())


def _given(path: Path) -> bytes | None:
    """Read the bytes of a file, or ``None`` where there is none; raises what ``read_manifest`` raises."""
    try:
        return read_regular(path)
    except OSError as error:
        house = as_house_error(error, path)
        # a link that leads back to itself holds no manifest: nothing is published through a link
        if is_machine_fault(error) and isinstance(house, MachineError) and error.errno != errno.ELOOP:
            raise house from error
        return None


def refuse_later(output: Path) -> None:
    """Raise ``UsageError`` where a later version published, whose manifest says what this one would misread.

    A manifest that is not the one of the sums is damaged, and says nothing of its version. What stands in its place and
    is no file is refused too: that nothing is known of what is published does not mean that nothing is.
    """
    _refuse_no_file(output / MANIFEST)
    version = _schema_version(output)
    if version is not None and version > SCHEMA_VERSION and not _is_damaged(output):
        raise UsageError(
            what="A later version of babelreel published here.",
            where=str(output / MANIFEST),
            why=f"its schema_version is {version}, and this version reads {SCHEMA_VERSION}",
            hint="Update babelreel, or publish into another folder: “babelreel build --output DIR”.",
        )


def _refuse_no_file(path: Path) -> None:
    with house_errors(path):
        is_in_the_way = is_taken(path) and not path.is_file()
    if is_in_the_way:
        raise UsageError(
            what="Something that is not a file has the place of the manifest.",
            where=str(path),
            why="without the manifest nobody can tell what is published here",
            hint="Put the manifest back, or move what stands there to another place and build again.",
        )


def is_still_there(output: Path, file: PublishedFile, digests: DigestCache) -> bool:
    """Tell whether a published file is what its manifest says; a link is not."""
    path = output / file.path
    return path.is_file() and not path.is_symlink() and digests.digest(path) == file.sha256


def listed_files(output: Path) -> frozenset[str]:
    """List the paths of what was published and is there: sums, manifest and its schema included.

    The sums name them to older and newer versions alike; the manifest does where the sums are lost. A flipped bit makes
    another name of one that they list, and that may be the name of somebody's own file: where the two differ, a file is
    ours only if it has the digest that is listed for it.
    """
    sums, manifest = listed_sums(output), _listed(output)
    listed = {**sums, **manifest}
    if sums and manifest:
        doubtful = sums.keys() ^ {*manifest, MANIFEST, SCHEMA}
        doubtful -= {*manifest} if not _is_damaged(output) else set()
        listed = {path: digest for path, digest in listed.items() if path not in doubtful or _has(output, path, digest)}
    described = {SUMS} if listed else set()
    described |= {MANIFEST} if _schema_version(output) is not None else set()
    described |= {SCHEMA} if is_schema(_text(output / SCHEMA)) else set()
    return frozenset(path for path in {*listed, *described} if is_inside(output, path) and _is_file(output / path))


def listed_digests(output: Path) -> Mapping[str, str]:
    """Return the SHA-256 of each file that was published, as the sums and the manifest have it, by its path."""
    return {**listed_sums(output), **_listed(output)}


def listed_sums(output: Path) -> Mapping[str, str]:
    """Read what SHA256SUMS says of each file; nothing where the sums are lost, or somebody else's."""
    sums = parse_sums(_text(output / SUMS))
    return sums if MANIFEST in sums else {}


def is_inside(output: Path, path: str) -> bool:
    """Tell whether a path leads to a place below the folder, through no link."""
    parts = PurePosixPath(path).parts
    if not parts or "\\" in path or "\0" in path or path.startswith("/") or ".." in parts or ":" in parts[0]:
        return False
    return not any(folder.is_symlink() for folder in _folders(output, path))


def refuse_strangers(output: Path, paths: Iterable[str], ours: frozenset[str]) -> None:
    """Raise ``UsageError`` where publishing would overwrite a file of somebody else's, or write through a link."""
    paths = tuple(paths)
    links = sorted({str(folder) for path in paths for folder in _folders(output, path) if folder.is_symlink()})
    if links:
        raise UsageError(
            what="Nothing was published, because a link is in the way.",
            where=links[0],
            why="the folder for the web team holds a link where a folder must be",
            hint="Remove the link, or name the folder that it leads to: “babelreel build --output DIR”.",
        )
    strangers = [path for path in paths if path not in ours and _is_taken(output, path)]
    if strangers:
        told = ", ".join(strangers[:_MOST_TOLD]) + (" …" if len(strangers) > _MOST_TOLD else "")
        raise UsageError(
            what=f"Files are in the way that babelreel did not publish: {told}",
            where=str(output),
            why="no manifest lists them, so they may be somebody's own",
            hint="Move them to another place, then run the same command again.",
        )


def _is_taken(output: Path, path: str) -> bool:
    """Tell whether anything is at a place, or a file where one of its folders must be."""
    return is_taken(output / path) or any(is_taken(folder) and not folder.is_dir() for folder in _folders(output, path))


def _folders(output: Path, path: str) -> Iterator[Path]:
    """Yield the folders on the way to a place, less ``output`` itself."""
    return (output / folder for folder in PurePosixPath(path).parents if folder.parts)


def _is_file(path: Path) -> bool:
    return path.is_symlink() or path.is_file()


def _listed(output: Path) -> Mapping[str, str]:
    manifest = read_manifest(output)
    return {file.path: file.sha256 for file in manifest.files} if manifest else {}


def _has(output: Path, path: str, digest: str) -> bool:
    with suppress(BabelreelError):
        return is_inside(output, path) and digest_file(output / path) == digest
    return False


def _is_damaged(output: Path) -> bool:
    """Tell whether the sums list another manifest than lies there."""
    with suppress(BabelreelError):
        return listed_digests(output).get(MANIFEST, "") not in {"", digest_file(output / MANIFEST)}
    return True


def _schema_version(output: Path) -> int | None:
    """Read the number in a ``manifest.json`` of babelreel, even of a version that this one cannot read."""
    with suppress(ValueError, TypeError, KeyError):
        version = parse_json(_given(output / MANIFEST) or b"")["schema_version"]
        return version if isinstance(version, int) else 0
    return None


def _text(path: Path) -> str:
    with suppress(ValueError):
        return (_given(path) or b"").decode()
    return ""
