"""Put new files into the places of old ones in ``output/``, so that an interruption leaves the one or the other.

New files are copied beside their places first, whole and flushed, and a journal says what is to become of them. Only
then files are renamed, one language after the other, and the manifest last; what was there before is kept aside. A run
that was killed before the journal was written has changed nothing; after that, the next command finishes its work. What
cannot be finished is undone.

::

    .incoming/journal.json   what changes places, once all of it is there
    .incoming/new/...        files that are to be published
    .incoming/old/...        files that were published before
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from babelreel.app.publish.own_files import is_inside, read_manifest
from babelreel.app.publish.staging import STAGING, Source, Stored, is_interrupted
from babelreel.errors import BabelreelError, MachineError
from babelreel.graph.files import (
    digest_file,
    move_verified,
    place_atomically,
    remove_folder,
    replacing,
    sync_folder,
    write_atomically,
)
from babelreel.model.delivery.manifest import PublishedFile
from babelreel.model.delivery.published_paths import DESCRIPTIONS, MANIFEST
from babelreel.model.json_codec import decode, encode, parse_json, render_json
from babelreel.regular_files import is_taken, read_regular
from babelreel.system_errors import house_errors

_JOURNAL, _NEW, _OLD, _GONE = "journal.json", "new", "old", "gone"

_ROOMS = (f"{STAGING}/{_NEW}/", f"{STAGING}/{_OLD}/")
#: The first version had no sum.
_VERSION, _FIRST_VERSION = 2, 1

#: Takes the folder with the files of before, once they are replaced; it may move them away.
Keep = Callable[[Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """What changes places: paths below ``output/`` in their order, and those that go.

    ``is_kept`` says that the files of before are to be kept for ``babelreel rollback``.
    """

    placed: tuple[str, ...]
    removed: tuple[str, ...]
    is_kept: bool
    version: int = _VERSION

    @property
    def files(self) -> tuple[str, ...]:
        """What changes places but for what describes it: that comes last, when all it says is true."""
        return tuple(path for path in self.placed if path not in DESCRIPTIONS)


def swap_files(output: Path, swap: Swap, sources: Mapping[str, tuple[Source, str]], keep: Keep | None = None) -> None:
    """Publish ``sources`` (path below output -> its bytes, and their SHA-256), manifest and sums among them.

    Raises ``NoSpaceError`` or ``MachineError``; ``output`` is as it was before then.
    """
    staging = output / STAGING
    with house_errors(output):
        _sweep(output)
        try:
            for path, (source, digest) in sorted(sources.items(), key=_is_handed_over):  # others may be made of these
                _stage(staging / _NEW / path, source, digest)
            for folder in (path for path in (output, *staging.rglob("*")) if path.is_dir()):
                sync_folder(folder)
            write_atomically(staging / _JOURNAL, _render_journal(swap))
        except BaseException:
            _sweep(output)
            raise
        _carry_out(output, swap, keep)


def recover(output: Path, keep: Keep | None = None) -> None:
    """Finish what a run began that was killed, or undo it.

    The caller holds the project: no other run may be at it. Raises ``MachineError`` where neither is possible.
    """
    if not is_interrupted(output):
        return
    with house_errors(output):
        swap = _journal(output)
        if swap is None:
            _put_all_back(output)
            return
        with suppress(OSError):
            _carry_out(output, swap, keep)
            return
        if _journal(output):  # it could not be undone either
            raise _stuck(output)


def _render_journal(swap: Swap) -> bytes:
    document = encode(swap)
    return render_json({**document, "sum": _sum(document)}).encode()


def _journal(output: Path) -> Swap | None:
    """Read what was under way; nothing of it, if it is damaged, of a later version, or names a place outside."""
    try:
        document = parse_json(read_regular(output / STAGING / _JOURNAL))
        told = document.pop("sum", None)
        swap = decode(document, Swap)
    except (OSError, ValueError, AttributeError, TypeError):
        return None
    places = [f"{room}{path}" for path in (*swap.placed, *swap.removed) for room in ("", *_ROOMS)]
    is_whole = told == (_sum(document) if swap.version == _VERSION else None)
    is_ours = swap.version in {_VERSION, _FIRST_VERSION} and is_whole
    return swap if is_ours and all(is_inside(output, place) for place in places) else None


def _sum(document: object) -> str:
    """Compute the SHA-256 of a journal: a flipped bit would have a file of before thrown away."""
    return sha256(render_json(document).encode()).hexdigest()


def _put_all_back(output: Path) -> None:
    """Undo what an unreadable journal recorded: what lies aside goes back, and what came new goes away.

    Where the new manifest is in its place already, all was done.
    """
    new, old = output / STAGING / _NEW, output / STAGING / _OLD
    if (output / MANIFEST).exists() and not (new / MANIFEST).exists():
        _sweep(output)
        return
    aside = [path.relative_to(old).as_posix() for path in old.rglob("*") if path.is_symlink() or path.is_file()]
    manifest = read_manifest(new)
    before = read_manifest(old if MANIFEST in aside else output)
    known = {file.path for file in before.files} if before else set()
    for file in manifest.files if manifest else ():
        if file.path not in known and _has_come(output, file):
            (output / file.path).unlink()
            _remove_empty(output, (file.path,))
    for path in sorted(aside, key=lambda path: path in DESCRIPTIONS):  # these say what all others are
        _move(old / path, output / path)
    _sweep(output)


def _has_come(output: Path, file: PublishedFile) -> bool:
    """Tell whether a new file was put into its place: it waits no more, and it is what lies there."""
    if (output / STAGING / _NEW / file.path).exists() or not is_inside(output, file.path):
        return False
    with suppress(BabelreelError):
        return digest_file(output / file.path) == file.sha256
    return False


def _stuck(output: Path) -> MachineError:
    return MachineError(
        what="A publication that was interrupted can be neither finished nor undone.",
        where=str(output),
        hint="Allow your user to write in every folder there, then run the same command again.",
    )


def _is_handed_over(staged: tuple[str, tuple[Source, str]]) -> bool:
    source, _ = staged[1]
    return isinstance(source, Stored) and source.is_handed_over


def _stage(target: Path, source: Source, digest: str) -> None:
    if isinstance(source, bytes):
        write_atomically(target, source)
    elif isinstance(source, Stored):
        place = move_verified if source.is_handed_over else place_atomically
        place(source.store.locate(source.digest), target, digest=digest)
    elif isinstance(source, Path):
        place_atomically(source, target, digest=digest)
    else:
        with replacing(target) as file:
            source(file)


def _carry_out(output: Path, swap: Swap, keep: Keep | None) -> None:
    try:
        _go_on(output, swap)
    except BaseException:
        _undo(output, swap)
        raise
    old = output / STAGING / _OLD
    if keep and swap.is_kept and (old / MANIFEST).is_file():
        keep(old)
    _sweep(output)


def _go_on(output: Path, swap: Swap) -> None:
    """Do what is not done yet; what lies where shows each step."""
    new = output / STAGING / _NEW
    if (new / MANIFEST).exists():
        _set_aside(output, MANIFEST)  # a reader must not believe it from here on
    for path in swap.files:
        _place(output, path)
    for path in swap.removed:
        _set_aside(output, path)
    _remove_empty(output, swap.removed)
    for folder in _folders(output, swap):
        sync_folder(folder)
    for path in DESCRIPTIONS:
        _place(output, path)
    sync_folder(output)


def _place(output: Path, path: str) -> None:
    new = output / STAGING / _NEW / path
    if new.exists():
        _set_aside(output, path)
        _move(new, output / path)


def _set_aside(output: Path, path: str) -> None:
    """Move a file of before out of its place, unless that was done."""
    aside = output / STAGING / _OLD / path
    if is_taken(output / path) and not is_taken(aside):
        _move(output / path, aside)


def _undo(output: Path, swap: Swap) -> None:
    """Put everything back, the manifest last; what cannot be put back leaves the journal for the next command."""
    for path in (*reversed(DESCRIPTIONS), *reversed(swap.files)):
        new = output / STAGING / _NEW / path
        if path in swap.placed and not new.exists() and is_taken(output / path):
            _move(output / path, new)
        if path not in DESCRIPTIONS:
            _put_back(output, path)
    for path in (*swap.removed, *DESCRIPTIONS):
        _put_back(output, path)
    _remove_empty(output, swap.files)
    _sweep(output)


def _put_back(output: Path, path: str) -> None:
    old = output / STAGING / _OLD / path
    if is_taken(old):
        _move(old, output / path)


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def _folders(output: Path, swap: Swap) -> Sequence[Path]:
    paths = [output / path for path in (*swap.placed, *swap.removed)]
    found = {folder for path in paths for folder in path.parents if folder.is_relative_to(output)}
    return sorted(folder for folder in found if folder.is_dir())


def _sweep(output: Path) -> None:
    """Take away what is under way; the journal goes first, for without it the rest means nothing."""
    staging = output / STAGING
    with suppress(OSError):  # without a journal, what lies aside would go back
        (staging / _OLD).replace(staging / _GONE)
    (staging / _JOURNAL).unlink(missing_ok=True)
    remove_folder(staging)


def _remove_empty(output: Path, paths: Iterable[str]) -> None:
    """Take away folders of ours that have become empty, and the ones around them, but never ``output`` itself."""
    for path in paths:
        for folder in (output / path).parents:
            if folder == output or not folder.is_dir() or any(folder.iterdir()):
                break
            with suppress(OSError):  # somebody put something there just now
                folder.rmdir()
