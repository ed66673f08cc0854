"""Keep the volunteer's own files as they were before a verb wrote them, and put them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from babelreel.app.half_written import MOVING, states_of
from babelreel.app.project.fingerprints import subtitles_path
from babelreel.app.project.inventory import leads_out, lies_outside, relative_path
from babelreel.app.project.subtitles_film import languages_at, owner_but
from babelreel.app.retime.take_starts import take_files
from babelreel.app.version_index import (
    INDEX,
    KeptFile,
    Version,
    kept_folders,
    read_version,
    versions_folder,
    write_index,
)
from babelreel.errors import UsageError
from babelreel.graph.files import place_atomically, remove_folder, rewrite_atomically, write_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.model.project import Project
from babelreel.regular_files import real_path
from babelreel.system_errors import house_errors

#: So many versions are kept; a file of subtitles has 20 kB.
_MOST_KEPT = 200
#: Of more steps than this the oldest are joined, so that they do not push out what lies before them.
_MOST_STEPS = 100
#: Between the verbs of versions that were joined.
_AND = ", "


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was put back: the verb that had written the files, and their paths; ``removed`` were not there before.

    ``left`` were changed since and stay as they are, each with where that lies which it held before; ``kept_with``
    were not, but belong to subtitles that stay.
    """

    verb: str
    restored: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[tuple[str, str], ...] = ()
    kept_with: tuple[str, ...] = ()


def keep_versions(project: Project, verb: str, files: Mapping[Path, bytes | None], *, is_moving: bool = False) -> None:
    """Keep what is now in the places of files that are to be written with these bytes (``None``: to be removed).

    To be called before the first is written; raises ``MachineError`` or ``NoSpaceError``, and then nothing is lost.
    A call that goes on where one was stopped between two files is of that one's version. A file outside of the project
    is not kept: nothing is ever put back there. ``is_moving``: till ``all_is_moved`` is called, no other call may move.
    """
    files = {path: content for path, content in files.items() if not lies_outside(project, path)}
    if not files:
        return
    _drop_unwritten(project)
    if _goes_on(project, files):
        return
    folder = versions_folder(project)
    number = max((int(each.name) for each in kept_folders(project)), default=0) + 1
    place = folder / f"{number:06d}"
    listed = []
    for index, (path, content) in enumerate(files.items()):
        is_there = path.is_file()
        if is_there:
            with house_errors(path):
                write_atomically(place / f"{index}.before", path.read_bytes())
        listed.append(
            KeptFile(
                path=relative_path(project, path),
                before=f"{index}.before" if is_there else None,
                after=(None if content is None else sha256(content).hexdigest(),),
            )
        )
    if is_moving:
        write_atomically(place / MOVING, b"")
    write_index(Version(folder=place, verb=verb, files=tuple(listed)))
    _make_room(project)


def undo(project: Project) -> Undone:
    """Put back the files of the last call that wrote any; a second call goes one further back.

    A file that somebody changed since stays as it is, and what it held before stays kept; so does what is kept of the
    takes of a language whose subtitles stay. Raises ``UsageError`` where
    nothing is kept, and where nothing can be put back because of that.
    """
    with hold_ledgers(project.state_dir):
        kept = kept_folders(project)
        if not kept:
            raise UsageError(
                what="There is nothing to undo.",
                hint="You can undo what receive, approve, check --fix, shift, stretch, conform and the studio wrote.",
            )
        version = read_version(kept[-1])
        changed = tuple(file for file in version.files if _is_changed(project, version, file))
        bound = _bound(project, version, changed)
        left = (*changed, *bound)
        contents = _contents_to_put_back(project, version, left)
        if left:  # what is put back now is still known as ours if this is stopped in between
            write_index(replace(version, files=tuple(_with_after(project, file, contents) for file in version.files)))
        restored, removed = [], []
        write_atomically(version.folder / MOVING, b"")  # a stop in between leaves some files moved, and some not
        for path, content in contents.items():
            if content is None:
                with house_errors(path):
                    path.unlink(missing_ok=True)
                removed.append(relative_path(project, path))
            else:
                rewrite_atomically(real_path(path), content) if path.is_file() else write_atomically(path, content)
                restored.append(relative_path(project, path))
        _let_go_but(project, read_version(version.folder), left)
    told = tuple((file.path, str(version.folder / file.before) if file.before else "") for file in changed)
    return Undone(
        verb=version.verb,
        restored=tuple(restored),
        removed=tuple(removed),
        left=told,
        kept_with=tuple(file.path for file in bound),
    )


def _bound(project: Project, version: Version, changed: tuple[KeptFile, ...]) -> tuple[KeptFile, ...]:
    """List what is kept of the takes of languages whose subtitles stay: they lie at the times of these."""
    tags = languages_at(project, [project.root / each.path for each in changed])
    takes = {real_path(path) for _, path in take_files(project, frozenset(tags))} if tags else set()
    return tuple(each for each in version.files if real_path(project.root / each.path) in takes and each not in changed)


def _contents_to_put_back(project: Project, version: Version, left: tuple[KeptFile, ...]) -> dict[Path, bytes | None]:
    """Return what each file held before that was not changed since; raises ``UsageError`` where none is."""
    owner = subtitles_path(project)
    contents = {project.root / each.path: _content_before(version, each) for each in version.files if each not in left}
    lost = [project.root / each.path for each in left]
    if left and (owner in lost or not contents.keys() - {owner}):
        file = next((each for each in left if project.root / each.path == owner), left[0])
        raise UsageError(
            what="A file was changed since. Nothing was put back.",
            where=str(project.root / file.path),
            why=f"the version before is kept in {version.folder / file.before}" if file.before else "",
            hint=f"Copy that file by hand, or remove the folder {version.folder.name} to go further back.",
        )
    before = contents.get(owner)
    if left and before:
        contents[owner] = owner_but(project, before, lost)
    return contents


def _with_after(project: Project, file: KeptFile, contents: Mapping[Path, bytes | None]) -> KeptFile:
    content = contents.get(project.root / file.path)
    digest = sha256(content).hexdigest() if content is not None else None
    return file if digest is None or digest in file.after else replace(file, after=(*file.after, digest))


def _let_go_but(project: Project, version: Version, left: tuple[KeptFile, ...]) -> None:
    """Let a version go, but for files that could not be put back, and what says of which film they are."""
    if not left:
        _let_go(version.folder)
        return
    paths = {each.path for each in left} | {relative_path(project, subtitles_path(project))}
    write_index(replace(version, files=tuple(each for each in version.files if each.path in paths)))
    with house_errors(version.folder):
        (version.folder / MOVING).unlink(missing_ok=True)


def _drop_unwritten(project: Project) -> None:
    """Let the last versions go of which nothing is written, or all is put back: their calls were stopped there.

    ``undo`` does not: a second call of it after a stop is meant to undo no more than that one call.
    """
    for folder in reversed(kept_folders(project)):
        if not all(now == before for _, before, now, _ in states_of(project, folder)):
            return
        _let_go(folder)


def _goes_on(project: Project, files: Mapping[Path, bytes | None]) -> bool:
    """Tell whether these are the files that the last call was stopped before, to be written as it would have done."""
    kept = kept_folders(project)
    if not kept:
        return False
    left = {path: after for path, before, now, after in states_of(project, kept[-1]) if now == before}
    digests = {path: None if content is None else sha256(content).hexdigest() for path, content in files.items()}
    return left == {path: (digest,) for path, digest in digests.items()}


def _make_room(project: Project) -> None:
    """Join the two oldest steps that follow one another, where there are many; else let the oldest version go.

    What was written in a studio so long ago is undone in one, and what lies before it is still reached.
    """
    kept = kept_folders(project)
    if len(kept) <= _MOST_KEPT:
        return
    # nothing of the last one is written yet: it is joined with none
    versions = list(_readable(kept[:-1]))
    is_many = sum(each.is_step for each in versions) > _MOST_STEPS
    pair = next((pair for pair in pairwise(versions) if _is_one_after_the_other(*pair)), None) if is_many else None
    if pair:
        _join(*pair)
    else:
        _let_go(kept[0])


def _is_one_after_the_other(old: Version, new: Version) -> bool:
    """Tell whether two versions are steps, and nobody else wrote a file of both in between."""
    left = {file.path: file.after for file in old.files}
    both = (file for file in new.files if file.path in left)
    return old.is_step and new.is_step and all(new.before(file) in left[file.path] for file in both)


def _join(old: Version, new: Version) -> None:
    """Make one version of two steps that follow one another.

    A stop in between leaves both: then each file may hold what either of them wrote.
    """
    files = {file.path: file for file in old.files}
    for file in new.files:
        before = files.get(file.path)
        if before:
            files[file.path] = replace(before, after=(before.after[-1], file.after[-1]))
            continue
        name = f"{len(files)}.before" if file.before else None
        if file.before and name:
            place_atomically(new.folder / file.before, old.folder / name)
        files[file.path] = replace(file, before=name)
    verbs = dict.fromkeys((*old.verb.split(_AND), *new.verb.split(_AND)))
    write_index(replace(old, verb=_AND.join(verbs), files=tuple(files.values())))
    _let_go(new.folder)


def _readable(folders: list[Path]) -> Iterator[Version]:
    for folder in folders:
        with suppress(UsageError):  # "undo" says so
            yield read_version(folder)


def _is_changed(project: Project, version: Version, file: KeptFile) -> bool:
    """Tell whether a file holds something else than what it held before, or what we wrote."""
    path = project.root / file.path
    if leads_out(project, path):
        raise UsageError(what="Nothing was put back, because a link leads out of the project.", where=str(path))
    with house_errors(path):
        now = path.read_bytes() if path.is_file() else None
    return (
        now != _content_before(version, file) and (None if now is None else sha256(now).hexdigest()) not in file.after
    )


def _content_before(version: Version, file: KeptFile) -> bytes | None:
    if not file.before:
        return None
    with house_errors(version.folder / file.before):
        return (version.folder / file.before).read_bytes()


def _let_go(folder: Path) -> None:
    with house_errors(folder):
        (folder / INDEX).unlink()  # first: what a stop leaves without it is no version
    remove_folder(folder)
