"""Let a person say what is true of the lines of a translation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babelreel.app.check.film_replaced import is_of_originals_film, two_films_error
from babelreel.app.kept_versions import keep_versions
from babelreel.app.ledger.ledger_file import ledger_path, open_ledger, render_ledger, write_ledger
from babelreel.app.ledger.picture_texts import picture_texts
from babelreel.app.ledger.saying import Word, said, said_of_picture
from babelreel.app.project.choose_tracks import find_tracks_of
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.read_tracks import read_file, unread_error
from babelreel.app.project.subtitle_files import TrackFile, look_at_folder
from babelreel.errors import TrackError, UsageError
from babelreel.graph.lock import hold_ledgers
from babelreel.model.ledger.entries import Ledger, State
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.rules.ledger.standing import Standing, TrackStanding, standing_of

#: A name in a ledger is one line that people read.
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the project: its file with the bytes in it, its track, what is kept of its lines, how these stand.

    ``reference`` is what it is a translation of, ``None`` for the reference itself and where there is none. It is
    ``None``, too, where ``is_of_two_films``: where the reference has the times of another film.
    """

    file: TrackFile
    data: bytes
    track: Track
    reference: Track | None
    ledger: Ledger | None
    standing: TrackStanding
    is_of_two_films: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What was said: of how many lines, and how many are approved now of how many; ``path`` is that of the ledger.

    ``left`` are the numbers of the lines that are not approved, ``left_shown`` what people call the texts in the
    picture that are not; ``said_shown`` counts those of which it was said. ``has_begun`` says that the ledger is new.
    """

    language: str
    path: str
    said: int
    approved: int
    lines: int
    left: tuple[int, ...]
    left_shown: tuple[str, ...]
    has_begun: bool
    is_changed: bool
    said_shown: int = 0


def approve(  # noqa: PLR0913 - what is said, of what, and by whom
    project: Project,
    tag: str,
    numbers: Collection[int] = (),
    *,
    by: str,
    state: State | None = State.APPROVED,
    is_picture: bool = False,
) -> Approved:
    """Say of lines, named by their numbers (none: all), that they are in a state, as they are now.

    Who says it of all lines says it of the texts in the picture too; with ``is_picture``, of those, and of lines only
    if any are named. ``state`` is ``None`` where what was changed is minor: what was said before holds of what is there
    now, without numbers of all lines that changed. Raises ``UsageError`` for a name, a number or a ledger that cannot
    be used.
    """
    with hold_ledgers(project.state_dir):
        language = open_language(project, tag)
        refuse_two_films(project, language)
        if is_picture and not language.standing.shown:
            raise UsageError(
                what=f"{language.file.tag} shows no words in the picture, and no cards.",
                hint="Approve its lines: leave --picture out.",
            )
        places = () if is_picture and not numbers else _places(language, numbers, state)
        ledger = ledger_with(language, dict.fromkeys(places, word_of(by, state)))
        if is_picture or not numbers:
            ledger = said_of_picture(language.standing, ledger, word_of(by, state))
        is_changed = keep_ledger(project, language, ledger)
    now = standing_of(language.track, language.reference, ledger, (each.words for each in language.standing.shown))
    return Approved(
        language=language.file.tag,
        path=relative_path(project, ledger_path(project, language.file.tag)),
        said=len(places),
        approved=sum(line.is_approved for line in now.lines),
        lines=len(now.lines),
        left=tuple(line.cue.number for line in now.unapproved),
        left_shown=tuple(each.words.called for each in now.unapproved_shown),
        has_begun=language.ledger is None,
        is_changed=is_changed,
        said_shown=len(now.shown) if is_picture or not numbers else 0,
    )


def word_of(by: str, state: State | None) -> Word:
    """Make what a person says of lines today; ``UsageError`` for what is not a name."""
    name = by.strip()
    if not name or len(name) > _LONGEST_NAME or "\n" in name:
        raise UsageError(
            what="A name has one to a hundred characters, in one line.",
            hint='Give a name, for example: --by "Amina Rahimi"',
        )
    return Word(by=name, on=date.today().isoformat(), state=state)  # noqa: DTZ011 - the day where the person is


def ledger_with(language: Language, words: Mapping[int, Word]) -> Ledger:
    """Add to the ledger of a language what was said of lines, by their places in the standing."""
    ledger = said(language.standing, language.ledger, words)
    # entries of lines that are gone are let go; what they were made from belongs to their neighbours from now on
    return said(standing_of(language.track, language.reference, ledger), ledger, words)


def keep_ledger(project: Project, language: Language, ledger: Ledger, verb: str = "approve") -> bool:
    """Write a language's ledger, with the version before kept for ``undo`` of a verb; tell whether anything changed.

    The caller holds the ledgers.
    """
    path = ledger_path(project, language.file.tag)
    if ledger != language.ledger:
        keep_versions(project, f"{verb} {language.file.tag}", {path: render_ledger(ledger).encode()})
    return write_ledger(path, project, ledger)


def open_language(project: Project, tag: str) -> Language:
    """Read the track of a language and its ledger, and put both beside the reference; raises ``UsageError``."""
    file = find_tracks_of(project, [tag])[0]
    data, track = _read(project, file)
    ledger = open_ledger(project, file.tag)
    reference = _reference(project, file)
    is_of_two_films = reference is not None and not is_of_originals_film(project, file.tag)
    reference = None if is_of_two_films else reference
    return Language(
        file=file,
        data=data,
        track=track,
        reference=reference,
        ledger=ledger,
        standing=standing_of(track, reference, ledger, picture_texts(project, file.tag)),
        is_of_two_films=is_of_two_films,
    )


def refuse_two_films(project: Project, language: Language) -> None:
    """Raise ``UsageError`` where the reference is of another film: what is said of lines is said of their originals."""
    if language.is_of_two_films:
        raise two_films_error(project, language.file.tag)


def _reference(project: Project, file: TrackFile) -> Track | None:
    """Read the reference that a track is a translation of; ``None`` for the reference itself, and if there is none.

    Raises ``TrackError`` or ``MachineError`` for one that cannot be read: what a line is a translation of would be
    noted as nothing.
    """
    if file.tag == project.reference:
        return None
    reference = look_at_folder(project).reference
    return _read(project, reference)[1] if reference else None


def _read(project: Project, file: TrackFile) -> tuple[bytes, Track]:
    data, track = read_file(project, file)
    if error := unread_error(track, file.tag):
        raise error
    if not track.cues:
        raise TrackError(
            what=f"The subtitles of {file.tag} cannot be read.",
            where=track.path,
            why="there is no line in it",
            hint=f"“babelreel check {file.tag}” says what is wrong.",
        )
    return data, track


def _places(language: Language, numbers: Collection[int], state: State | None) -> tuple[int, ...]:
    lines = language.standing.lines
    unknown = sorted(set(numbers) - {line.cue.number for line in lines})
    if unknown:
        raise UsageError(
            what=f"{language.file.tag} has no line {unknown[0]}.",
            where=language.track.path,
            why=f"its lines are numbered {_range(lines)}" if lines else "it has no lines",
            hint="Name lines by their numbers in the file: 4 7-9",
        )
    named = [place for place, line in enumerate(lines) if not numbers or line.cue.number in numbers]
    if state is not None:
        return tuple(named)
    if new := [lines[place] for place in named if numbers and lines[place].entry is None]:
        raise UsageError(
            what=f"Line {new[0].cue.number} was never approved, so no approval can stay.",
            where=language.track.path,
            hint="Approve the line without --minor.",
        )
    return tuple(place for place in named if lines[place].is_stale or lines[place].is_rewritten)


def _range(lines: Sequence[Standing]) -> str:
    numbers = [line.cue.number for line in lines]
    return f"{min(numbers)} to {max(numbers)}"


def parse_numbers(written: Iterable[str]) -> frozenset[int]:
    """Read numbers of lines and ranges of them: 4, 7-9; raises ``UsageError``."""
    numbers: set[int] = set()
    for each in (part for text in written for part in text.split(",")):
        first, dash, last = each.partition("-")
        if not (first.isdecimal() and (last if dash else first).isdecimal()) or max(len(first), len(last)) > 9:  # noqa: PLR2004 - no track has more
            raise UsageError(what=f"“{each}” is not the number of a line.", hint="Name lines like this: 4 7-9")
        start, end = int(first), int(last or first)
        if end < start:  # it would name no line, and who names none means all
            raise UsageError(what=f"“{each}” is not the number of a line.", hint=f"Name lines like this: {end}-{start}")
        if end - start > 100_000:  # noqa: PLR2004 - no track has more lines
            raise UsageError(what=f"“{each}” is more lines than any film has.", hint="Name lines like this: 4 7-9")
        numbers.update(range(start, end + 1))
    return frozenset(numbers)
