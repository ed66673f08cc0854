"""Keep for which text each take was recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from babelreel.app.project.inventory import relative_path
from babelreel.app.voices.recorded_texts import TAKES_FILE, KeptText, UnreadTextsError, read_texts, write_texts
from babelreel.app.voices.takes import look_at_takes
from babelreel.errors import UsageError
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import DubbedLine, Dubbing, Verdict
from babelreel.model.sound.recorded_text import RecordedText, spoken_form


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedTexts:
    """What is kept of a language's takes: of how many, of which lines new, and which lines were changed since.

    ``paths`` are the files that were written, relative to the project; none where nothing is new.
    """

    language: str
    paths: tuple[str, ...]
    takes: int
    new: tuple[int, ...]
    changed: tuple[int, ...]


def remember_texts(
    project: Project, languages: tuple[str, ...], *, lines: Collection[int] = (), ffmpeg: str | None = None
) -> tuple[RememberedTexts, ...]:
    """Write to ``takes.toml`` what each take that is heard was recorded for: the text of its line as it is now.

    Where that was kept before and the line was changed since, it stays as it was, but for the ``lines`` named by their
    numbers, whose takes fit the changed text. Languages without takes are left out. Raises ``UsageError`` for lines
    without a take, or for a ``takes.toml`` that cannot be read; and what ``look_at_takes`` raises.
    """
    if lines and len(languages) != 1:
        raise UsageError(
            what="Lines are named in one language at a time.",
            hint="Name one language, for example: “babelreel dub remember fr --line 7 --line 8”.",
        )
    found = [each for _, each in look_at_takes(project, languages, ffmpeg) if each.dub.takes and not each.is_of_whole]
    recorded = {line.cue.number for each in found for line in each.lines if line.take}
    unknown = sorted(set(lines) - recorded)
    if unknown:
        raise UsageError(
            what=f"Line {unknown[0]} has no take that is heard.",
            hint=f"“babelreel dub takes {languages[0]}” shows which take is heard in which line.",
        )
    return tuple(_remembered(project, dubbing, lines) for dubbing in found)


def _remembered(project: Project, dubbing: Dubbing, lines: Collection[int]) -> RememberedTexts:
    folders = dict.fromkeys(PurePosixPath(take.sound.path).parent for take in dubbing.dub.takes)
    kept = {folder: kept_texts(project, project.root / folder) for folder in folders}
    written = [
        relative_path(project, project.root / folder / TAKES_FILE)
        for folder, before in kept.items()
        if write_texts(project.root / folder, _entries(dubbing, folder, before, lines))
    ]
    heard = [line for line in dubbing.lines if line.take]
    return RememberedTexts(
        language=dubbing.dub.language,
        paths=tuple(written),
        takes=len(heard),
        new=tuple(line.cue.number for line in heard if line.is_first_heard or _is_named(line, lines)),
        changed=tuple(line.cue.number for line in heard if _is_changed(line) and line.cue.number not in lines),
    )


def kept_texts(project: Project, folder: Path) -> tuple[KeptText, ...]:
    """Read what is kept of the takes in a folder; raises ``UsageError`` where that cannot be read."""
    try:
        return read_texts(folder)
    except UnreadTextsError as error:
        raise UsageError(
            what="What the takes were recorded for cannot be read.",
            where=relative_path(project, folder / TAKES_FILE),
            why=str(error),
            hint="Repair the file, or take the version before from version control.",
        ) from error


def _entries(
    dubbing: Dubbing, folder: PurePosixPath, before: tuple[KeptText, ...], lines: Collection[int]
) -> Iterator[KeptText]:
    """Yield what is to be kept: of each take that is there, and of those that are gone but whose line is there."""
    heard = {line.take.sound.path: line for line in dubbing.lines if line.take}
    names: set[str] = set()
    digests: set[str] = set()
    for take in dubbing.dub.takes:
        path = PurePosixPath(take.sound.path)
        text = _text_of(heard[take.sound.path], lines) if take.sound.path in heard else take.recorded
        if path.parent == folder and text:
            names.add(path.name)
            digests.add(take.sound.digest)
            yield KeptText(name=path.name, digest=take.sound.digest, recorded=text)
    spoken = {spoken_form(line.cue.text) for line in dubbing.lines}
    for each in before:
        if each.name not in names and each.digest not in digests and each.recorded.spoken in spoken:
            yield each


def _text_of(line: DubbedLine, lines: Collection[int]) -> RecordedText | None:
    """Return what the take of a line was recorded for: what the line says now, unless it was changed since."""
    if _is_changed(line) and line.cue.number not in lines and line.take:
        return line.take.recorded
    return RecordedText(text=line.cue.text, start_ms=line.cue.span.start_ms)


def _is_changed(line: DubbedLine) -> bool:
    return Verdict.OTHER_TEXT in line.verdicts


def _is_named(line: DubbedLine, lines: Collection[int]) -> bool:
    return _is_changed(line) and line.cue.number in lines
