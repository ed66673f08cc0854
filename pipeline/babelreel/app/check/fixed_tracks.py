"""Fix everything in the project's tracks that needs no person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from babelreel.app.check.run_rules import Checker, make_checker
from babelreel.app.check.targets import targeted_files
from babelreel.app.half_written import all_is_moved, refuse_half_written
from babelreel.app.kept_versions import keep_versions
from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.inventory import leads_out, lies_outside, relative_path
from babelreel.app.project.read_tracks import read_file
from babelreel.app.project.subtitle_files import TrackFile, look_at_folder
from babelreel.app.retime.settings_file.followed_numbers import Followed, Numbers, follow_numbers, new_numbers
from babelreel.app.retime.settings_file.written_starts import UnwritableError
from babelreel.app.retime.take_starts import moved_take_starts, take_files
from babelreel.app.voices.published_sounds import published_sounds
from babelreel.errors import LockedError, UsageError
from babelreel.graph.files import rewrite_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.languages.find import find_language
from babelreel.model.finding import Finding
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.regular_files import read_regular, real_path
from babelreel.rules.check import CheckResult, join_results
from babelreel.rules.fixing import repair
from babelreel.system_errors import house_errors
from babelreel.timedtext.read import format_of, read_track


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairedFile:
    """A file that its fixes change: its bytes now and then, its text now and then, and what was repaired in it."""

    path: Path
    name: str
    language: str
    before: bytes
    after: bytes
    before_text: str
    after_text: str
    repaired: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairedProject:
    """The files that fixes change, and what is found when they have been made.

    ``read_only`` names the files in which nothing can be fixed, because of their format. ``elsewhere`` names the links
    to files outside of the project, which are not ours to change, and where these lie. ``followed`` are the exceptions
    that name cues by numbers.
    """

    files: tuple[RepairedFile, ...]
    result: CheckResult
    followed: Followed
    read_only: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def repaired(self) -> int:
        """How many findings were repaired."""
        return sum(len(file.repaired) for file in self.files)


def repair_project(
    project: Project,
    targets: Iterable[str] = (),
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    with_unsafe: bool = False,
) -> RepairedProject:
    """Find out what fixes make of the tracks; nothing is written, see ``write_repaired``."""
    targets = tuple(targets)
    found = targeted_files(project, targets)
    checker = make_checker(
        project, film_to_check(project), mixed=published_sounds(project), select=select, ignore=ignore
    )
    parts = [_repaired(checker, file, with_unsafe=with_unsafe) for file in found.tracks]
    followed, parts = _follow(checker, found.tracks, parts)
    strays = map(checker.check_stray, found.strays)
    voices = (checker.look(voice).result for voice in found.voices)
    return RepairedProject(
        files=tuple(file for file, _ in parts if file and file.repaired),
        read_only=tuple(
            relative_path(project, file.path) for file in found.tracks if format_of(file.path.name).is_read_only
        ),
        elsewhere=tuple(
            (relative_path(project, file.path), str(real_path(file.path)))
            for file in found.tracks
            if leads_out(project, file.path)
        ),
        followed=followed,
        result=join_results(
            (*(result for _, result in parts), *voices, *strays, checker.check_rest(is_whole=not targets))
        ),
    )


def write_repaired(project: Project, repaired: RepairedProject) -> None:
    """Put the repaired files in the places of the old ones, each whole or not at all; ``undo`` puts the old ones back.

    Raises ``LockedError``, and writes nothing, where a studio or another program changed one of them meanwhile;
    ``UsageError`` where takes would move that lie outside of the project, or that a stopped call moved already.
    """
    if not repaired.files:
        return
    with hold_ledgers(project.state_dir):
        for file in repaired.files:
            _refuse_changed(file.path, file.before)
        # a link stays a link: what it leads to is replaced
        takes = dict(_takes(project, repaired))
        if takes:
            refuse_half_written(project)
        contents = takes | {real_path(file.path): file.after for file in repaired.files}
        if settings := repaired.followed.settings:
            path, before, after = settings
            _refuse_changed(path, before)
            contents[real_path(path)] = after
        keep_versions(project, "check --fix", contents, is_moving=bool(takes))
        for path, content in contents.items():
            rewrite_atomically(path, content)
        all_is_moved(project)


def _takes(project: Project, repaired: RepairedProject) -> Iterator[tuple[Path, bytes]]:
    """Yield what is kept of the takes of tracks whose times all moved; a file that is none of ours stays."""
    for file in repaired.files:
        moves = [each.fix.moves for each in file.repaired if each.fix and each.fix.moves]
        for _, path in take_files(project, frozenset({file.language})) if moves else ():
            with suppress(UnwritableError):
                before, after = moved_take_starts(path, moves)
                if after != before and lies_outside(project, path):
                    raise _takes_elsewhere(project, path)
                yield from ((real_path(path), after),) if after != before else ()


def _takes_elsewhere(project: Project, path: Path) -> UsageError:
    return UsageError(
        what="The subtitles would move without the notes on their takes. Nothing was written.",
        where=relative_path(project, path),
        why="that lies outside of the project, where nothing is written",
        hint="Put it into the project, or fix without --unsafe-fixes.",
    )


def _refuse_changed(path: Path, before: bytes) -> None:
    with house_errors(path):
        is_same = read_regular(path) == before
    if not is_same:
        raise LockedError(
            what="A file was changed while fixes were being found; nothing was written.",
            where=str(path),
            hint="Run the same command again.",
        )


_Part: TypeAlias = tuple[RepairedFile | None, CheckResult]


def _follow(checker: Checker, files: Iterable[TrackFile], parts: list[_Part]) -> tuple[Followed, list[_Part]]:
    """Let exceptions follow the cues that were numbered anew; what is found then is found with these."""
    project, numbers = checker.project, {}
    for file, _ in parts:
        if file and file.repaired and (found := _numbers(file)):
            numbers[file.name] = found
    tracks = (relative_path(project, each.path) for each in look_at_folder(project).tracks)
    followed = follow_numbers(project, tracks, numbers.values())
    if followed.settings is None:
        return followed, parts
    project = replace(project, check=replace(project.check, allow=followed.allow))
    checker = replace(checker, project=project)
    again = [
        (each, checker.check(file, _read(file, each, each.after)) if each and each.name in numbers else result)
        for file, (each, result) in zip(files, parts, strict=True)
    ]
    return followed, again


def _numbers(file: RepairedFile) -> Numbers | None:
    language = find_language(file.language)
    before, after = (read_track(data, language=language, path=file.name) for data in (file.before, file.after))
    return new_numbers(before, after)


def _read(file: TrackFile, repaired: RepairedFile, data: bytes) -> Track:
    return read_track(data, language=file.settings.language, path=repaired.name)


def _repaired(checker: Checker, file: TrackFile, *, with_unsafe: bool) -> tuple[RepairedFile | None, CheckResult]:
    data, track = read_file(checker.project, file)
    if track.is_unread or track.format.is_read_only or leads_out(checker.project, file.path):
        return None, checker.check(file, track)
    language = file.settings.language
    judge = checker.judge
    done = repair(
        data,
        lambda each: checker.check(file, each),
        track,
        language=language,
        with_unsafe=with_unsafe,
        judge=(lambda each: judge.check(file, each)) if judge else None,
    )
    after = read_track(done.data, language=language, path=track.path)
    return (
        RepairedFile(
            path=file.path,
            name=track.path,
            language=file.tag,
            before=data,
            after=done.data,
            before_text=track.source.text,
            after_text=after.source.text,
            repaired=done.repaired,
        ),
        done.result,
    )
