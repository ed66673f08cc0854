"""Read and write ``pack.json``, which lists what in the folder of a pack is ours; nothing else is ever changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from babelreel.app.packs.packable import packable
from babelreel.app.publish.own_files import is_inside
from babelreel.errors import BabelreelError, UsageError
from babelreel.graph.files import digest_file, write_atomically
from babelreel.model.delivery.manifest import Manifest, PublishedLanguage
from babelreel.model.delivery.packs import PACK_LIST, PACKS, PackedFile, PackList
from babelreel.model.json_codec import decode, encode, parse_json
from babelreel.regular_files import is_taken, read_regular
from babelreel.system_errors import house_errors

_VERSION = 1


def read_pack(folder: Path) -> PackList | None:
    """Read the list of a pack; ``None`` where there is none that this version understands."""
    with suppress(ValueError, OSError, KeyError, TypeError):
        document = parse_json(read_regular(folder / PACK_LIST))
        if document["version"] == _VERSION:
            return decode(document["pack"], PackList)
    return None


def write_pack(folder: Path, pack: PackList) -> None:
    """Write the list of a pack."""
    text = json.dumps({"version": _VERSION, "pack": encode(pack)}, indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / PACK_LIST, text.encode())


def packs_in(output: Path) -> Iterator[tuple[Path, PackList]]:
    """Yield each pack in an output folder with its list, in the order of their names; links are skipped."""
    folder = output / PACKS
    if folder.is_dir() and not folder.is_symlink():
        for each in sorted(folder.iterdir()):
            if each.is_dir() and not each.is_symlink() and (pack := read_pack(each)):
                yield each, pack


def is_still_ours(folder: Path, file: PackedFile) -> bool:
    """Tell whether a file of a pack is what its list says."""
    path = folder / file.path
    with suppress(BabelreelError):
        return (
            is_inside(folder, file.path)
            and path.is_file()
            and not path.is_symlink()
            and digest_file(path) == file.sha256
        )
    return False


def said_of(language: PublishedLanguage) -> str:
    """Compute the digest of what the manifest says of a language in its own words, the source of its text to paste."""
    return sha256(f"{language.title}\n{language.description}".encode()).hexdigest()


def lying_there(folder: Path, file: PackedFile | None) -> str:
    """Find the digest of what lies in the place of a file of a pack, if we put it there; else nothing.

    A run that was stopped may have left what was there before.
    """
    known = (file.sha256, file.replaces) if file else ()
    return next((each for each in known if file and each and is_still_ours(folder, replace(file, sha256=each))), "")


def refuse_foreign(output: Path, folder: Path, paths: Iterable[str]) -> None:
    """Raise ``UsageError`` where somebody else's file, or a link, is in the way of a file of a pack."""
    listed = read_pack(folder)
    ours = {file.path: file for file in listed.files} if listed else {}
    name = folder.relative_to(output).as_posix()
    for path in paths:
        is_through_link = not is_inside(output, f"{name}/{path}")
        if is_through_link or (is_taken(folder / path) and not lying_there(folder, ours.get(path))):
            raise UsageError(
                what="A file is in the way that babelreel did not make.",
                where=str(folder / path),
                why="a link leads out of the folder" if is_through_link else "it may be somebody's own",
                hint="Move it to another place, then run the same command again.",
            )
    if is_taken(folder / PACK_LIST) and listed is None:
        raise UsageError(
            what="The list of a pack cannot be read.",
            where=str(folder / PACK_LIST),
            why="so nobody can tell which of the files beside it babelreel made",
            hint=f"Move the folder {folder.name} to another place, then run the same command again.",
        )


def remove_withdrawn(output: Path, manifest: Manifest) -> None:
    """Take out of all packs what is not published any more: languages, and films, voices and texts that are others now.

    A voice whose speaker withdrew her consent must not be sent on. A pack that lost a part of a language that is still
    published is not whole: ``pack`` makes it again.
    """
    tags, digests = {"", *packable(manifest)}, _published(manifest)
    for folder, pack in packs_in(output):
        gone = tuple(file for file in pack.files if file.language not in tags or file.made_of not in digests)
        take_out(folder, pack, gone, is_whole=pack.is_whole and not any(file.language in tags for file in gone))


def take_out(folder: Path, pack: PackList, gone: Sequence[PackedFile], *, is_whole: bool) -> None:
    """Remove these files from a pack and from its list, which then says whether it is whole."""
    if gone:
        remove_files(folder, gone)
        left = tuple(file for file in pack.files if file not in gone)
        write_pack(folder, replace(pack, files=left, is_whole=is_whole))


def _published(manifest: Manifest) -> frozenset[str]:
    """Collect the digests of all that a file of a pack may be made of."""
    return frozenset((*(file.sha256 for file in manifest.files), *map(said_of, manifest.languages)))


def remove_packs(output: Path) -> int:
    """Remove all packs, and return the bytes that are free now."""
    freed = 0
    for folder, pack in tuple(packs_in(output)):
        freed += sum(file.bytes for file in pack.files)
        remove_files(folder, pack.files)
        with house_errors(folder):
            (folder / PACK_LIST).unlink()
        with suppress(OSError):  # what somebody put there stays
            folder.rmdir()
            folder.parent.rmdir()
    return freed


def pack_faults(output: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield each path below ``output`` of a pack in which something is wrong, and what, in plain words."""
    published = _published(manifest)
    for folder, pack in packs_in(output):
        again = f"“babelreel pack {pack.platform}” makes it again"
        place = f"{PACKS}/{folder.name}"
        if not pack.is_whole:
            yield f"{place}/{PACK_LIST}", f"not all of the pack is there: {again}"
        for file in pack.files:
            if not is_still_ours(folder, file):
                yield f"{place}/{file.path}", f"missing, or changed since it was packed: {again}"
            elif file.made_of not in published:
                yield f"{place}/{file.path}", f"made of an earlier publication: {again}"


def unfinished_packs(output: Path) -> tuple[str, ...]:
    """Name the packs in which something is missing: it was taken out, or their making was stopped."""
    return tuple(pack.platform for _, pack in packs_in(output) if not pack.is_whole)


def remove_files(folder: Path, files: Iterable[PackedFile]) -> None:
    """Remove files of a pack that are as they were made, and the folders that become empty."""
    for file in files:
        if lying_there(folder, file):
            path = folder / file.path
            with house_errors(path):
                path.unlink()
            with suppress(OSError):
                path.parent.rmdir()
