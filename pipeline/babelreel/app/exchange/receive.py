"""What becomes of the lines that a translator sent back?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from babelreel.app.check.run_rules import Checker, make_checker
from babelreel.app.exchange.languages import ProjectLanguage, open_for_exchange
from babelreel.app.exchange.rows_of_lines import FoundRows, find_lines
from babelreel.app.exchange.taking import SaidOfLine, Taking, take_rows, unnamed_lines
from babelreel.app.kept_versions import keep_versions
from babelreel.app.ledger.ledger_file import ledger_path, render_ledger, write_ledger
from babelreel.app.ledger.saying import Word, said
from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.inventory import leads_out, relative_path
from babelreel.errors import MachineError, UsageError
from babelreel.graph.files import rewrite_atomically, write_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.model.exchange.receipt import Fate, Receipt, ToldRow
from babelreel.model.exchange.row_key import tidy
from babelreel.model.exchange.sheets import Returned, ReturnedRow
from babelreel.model.finding import Severity
from babelreel.model.ledger.entries import Ledger, State
from babelreel.model.project import Project
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Track
from babelreel.regular_files import read_regular, real_path
from babelreel.rules.alignment.made_from import spoken_cues
from babelreel.rules.ledger.standing import TrackStanding, standing_of
from babelreel.timedtext.exchange.archives import MOST_BYTES
from babelreel.timedtext.exchange.forms import read_returned
from babelreel.timedtext.exchange.new_texts import NewCue, Rewritten, rewrite

#: Fewer letters of changed lines are in no language for sure: the rule on the language of a file needs as many.
_WRONG_LANGUAGE = "LNG001"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What is to be written of one language, and what is told then; ``places`` are those of the changed lines' rows."""

    track: Track
    rewritten: Rewritten | None
    ledger: Ledger | None
    standing: TrackStanding
    places: Mapping[int, str]


def receive(project: Project, path: Path, by: str = "") -> tuple[Receipt, ...]:
    """Take what a translator changed into the tracks of its languages, and note who said so.

    Only lines that are still what was sent are changed; of every other row is told why nothing was done. The version
    before is kept for ``undo``. Raises ``UsageError`` for a file that cannot be read, has no keys of ours, or where
    nobody's name is known; then nothing is written.
    """
    returned = read_returned(_bytes_of(path), path.name)
    tags = {row.key.language: None for row in returned.rows if row.key}
    if not tags:
        raise UsageError(
            what="no row of the file has a key of ours, so nobody can tell which lines it is about",
            where=str(path),
            why="column A of a sheet, hidden, holds them",
            hint="ask for the file that was sent, or send a new one and copy the texts into it",
        )
    with hold_ledgers(project.state_dir):
        return tuple(_receive(project, tag, returned, by or returned.by) for tag in tags)


def _bytes_of(path: Path) -> bytes:
    try:
        return read_regular(path, MOST_BYTES)
    except ValueError as error:
        raise UsageError(what="the file is not read", where=str(path), why=str(error)) from None
    except OSError as error:
        raise MachineError(
            what="the file cannot be read", where=str(path), why=error.strerror or str(error), hint="name the file anew"
        ) from error


def _receive(project: Project, tag: str, returned: Returned, by: str) -> Receipt:
    language = open_for_exchange(project, tag)
    rows = tuple(row for row in returned.rows if row.key is None or row.key.language == tag)
    reference = spoken_cues(language.reference) if language.reference else []
    found = find_lines(rows, language.standing.lines, reference)
    taking = take_rows(language.standing, found)
    added = _added(taking, found)
    if (taking.texts or taking.said or added) and not by.strip():
        raise UsageError(
            what="nobody knows who translated this",
            why="the name is kept with each line, and the file holds none",
            hint="--by “Amina Rahimi”",
        )
    written = _prepared(language, taking, added, by)
    if written.rewritten:
        _refuse_other_language(project, language, written)
    paths = _write(project, language, written)
    return _receipt(project, language, taking, written, replace(returned, rows=rows), paths)


def _added(taking: Taking, found: FoundRows) -> list[tuple[NewCue, ReturnedRow]]:
    added = [(NewCue(span=span, text=tidy(row.text)), row) for row, span in found.new]
    taking.told += (ToldRow(place=row.place, fate=Fate.TAKEN, after=cue.text) for cue, row in added)
    return added


def _prepared(language: ProjectLanguage, taking: Taking, added: list[tuple[NewCue, ReturnedRow]], by: str) -> _Written:
    """Make the file and the ledger as they will be; where the file cannot hold the texts, nothing of it is taken."""
    cues, lines = language.track.cues, language.standing.lines
    index = {id(cue): place for place, cue in enumerate(cues)}
    texts = {index[id(lines[place].cue)]: text for place, text in taking.texts.items()}
    rewritten = None
    if texts or added:
        rewritten = rewrite(language.data, language.track, texts, language.settings.language, (cue for cue, _ in added))
        if rewritten is None:
            raise UsageError(
                what="the subtitle file cannot hold these texts as they are",
                where=language.track.path,
                why="its format can only be read, or gives another meaning to a sign in one of them",
                hint=f"babelreel convert {language.tag}, then receive the file again",
            )
    track = rewritten.track if rewritten else language.track
    standing = standing_of(track, language.reference, language.ledger)
    places = _places(standing, language.standing, taking, added)
    words = {place: _word(each, by) for place, each in places.items() if each.state}
    ledger = said(standing, language.ledger, words) if words else language.ledger
    comments = {place: each.comment for place, each in places.items() if not each.state and each.comment is not None}
    if comments:
        ledger = _with_comments(
            ledger or said(standing, None, {}), standing_of(track, language.reference, ledger), comments
        )
    rows = {id(standing.lines[at].cue): row for at, row in _rows_of(standing, language.standing, taking, added)}
    return _Written(
        track=track,
        rewritten=rewritten,
        ledger=ledger,
        standing=standing_of(track, language.reference, ledger),
        places={place: rows[id(line.cue)].place for place, line in enumerate(standing.lines) if id(line.cue) in rows},
    )


def _word(each: SaidOfLine, by: str) -> Word:
    today = date.today().isoformat()  # noqa: DTZ011 - the day where the person is
    return Word(by=by, on=today, state=each.state, source=each.source, comment=each.comment)


def _known(cue_span: Span, text: str) -> tuple[int, int, str]:
    return cue_span.start_ms, cue_span.end_ms, tidy(text)


def _now(now: TrackStanding, before: TrackStanding, taking: Taking) -> Iterator[tuple[int, int]]:
    """Pair the places of lines before with those now, by time and text."""
    there: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for place, line in enumerate(now.lines):
        there[_known(line.cue.span, line.cue.text)].append(place)
    for place, line in enumerate(before.lines):
        same = there[_known(line.cue.span, taking.texts.get(place, line.cue.text))]
        if same:
            yield place, same.pop(0)


def _places(
    now: TrackStanding, before: TrackStanding, taking: Taking, added: list[tuple[NewCue, ReturnedRow]]
) -> dict[int, SaidOfLine]:
    """Give what is said of lines, by their places now."""
    found = {at: taking.said[place] for place, at in _now(now, before, taking) if place in taking.said}
    for at, row in _new_rows(now, added):
        found[at] = SaidOfLine(state=row.state or State.TRANSLATED, comment=row.comment or None)
    return found


def _new_rows(now: TrackStanding, added: list[tuple[NewCue, ReturnedRow]]) -> Iterator[tuple[int, ReturnedRow]]:
    new = {_known(cue.span, cue.text): row for cue, row in added}
    for place, line in enumerate(now.lines):
        row = new.get(_known(line.cue.span, line.cue.text))
        if row:
            yield place, row


def _rows_of(
    now: TrackStanding, before: TrackStanding, taking: Taking, added: list[tuple[NewCue, ReturnedRow]]
) -> Iterator[tuple[int, ReturnedRow]]:
    """Give the rows of the lines whose text changed, by the lines' places now."""
    yield from ((at, taking.rows[place]) for place, at in _now(now, before, taking) if place in taking.texts)
    yield from _new_rows(now, added)


def _with_comments(ledger: Ledger, standing: TrackStanding, comments: Mapping[int, str | None]) -> Ledger:
    """Put other comments into a ledger; who said what of the lines stays."""
    by_key = {
        line.entry.key: comments[place] or ""
        for place, line in enumerate(standing.lines)
        if place in comments and line.entry
    }
    return Ledger(entries=tuple(replace(each, comment=by_key.get(each.key, each.comment)) for each in ledger))


def _refuse_other_language(project: Project, language: ProjectLanguage, written: _Written) -> None:
    """Raise ``UsageError`` where the lines that changed are, together, surely in another language."""
    changed = {id(written.standing.lines[place].cue) for place in written.places}
    cues = tuple(line.cue for line in written.standing.lines if id(line.cue) in changed)
    checker = make_checker(project, film_to_check(project), select=(_WRONG_LANGUAGE,))
    for finding in checker.check(language.file, replace(written.track, cues=cues)).findings:
        if finding.code == _WRONG_LANGUAGE:
            raise UsageError(
                what=f"the translation is not in {language.settings.language.name}; nothing was taken",
                where=f"{next(iter(written.places.values()))} and others",
                why=finding.message,
                hint="look whether the text stands in the right column, and whether it is the right file",
            )


def _write(project: Project, language: ProjectLanguage, written: _Written) -> tuple[str, ...]:
    """Keep the version before, then write the track and the ledger."""
    contents: dict[Path, bytes] = {}
    path = real_path(language.file.path)
    if written.rewritten:
        if leads_out(project, language.file.path):
            raise UsageError(
                what="the subtitle file lies outside of the project, and is not written",
                where=f"{language.track.path} -> {path}",
                hint="put the file itself into the folder of subtitles",
            )
        contents[path] = written.rewritten.data
    ledger = ledger_path(project, language.tag)
    if written.ledger is not None and written.ledger != language.ledger:
        contents[ledger] = render_ledger(written.ledger).encode()
    if not contents:
        return ()
    keep_versions(project, f"receive {language.tag}", contents)
    if written.rewritten:
        (write_atomically if language.is_new else rewrite_atomically)(path, written.rewritten.data)
    if ledger in contents and written.ledger is not None:
        write_ledger(ledger, project, written.ledger)
    return tuple(relative_path(project, each) for each in contents)


def _receipt(  # noqa: PLR0913, PLR0917 - what was there, what came back, what became of it
    project: Project,
    language: ProjectLanguage,
    taking: Taking,
    written: _Written,
    returned: Returned,
    paths: tuple[str, ...],
) -> Receipt:
    lines = written.standing.lines
    empty = sum(row.key is not None and not tidy(row.text) for row in returned.rows)
    return Receipt(
        language=language.tag,
        rows=tuple(taking.told),
        notes=returned.notes,
        unnamed=tuple(unnamed_lines(language.standing, taking)),
        empty=empty,
        problems=tuple(_problems(make_checker(project, film_to_check(project)), language, written)),
        stale=sum(line.is_stale for line in lines),
        unapproved=sum(not line.is_approved for line in lines),
        lines=len(lines),
        paths=paths,
    )


def _problems(checker: Checker, language: ProjectLanguage, written: _Written) -> Iterable[tuple[str, str]]:
    """Give what the rules say of the lines that changed, by the places of their rows."""
    if not written.places:
        return
    rows: dict[tuple[int, int], tuple[Cue, str]] = {}
    for place, row in written.places.items():
        cue = written.standing.lines[place].cue
        rows[cue.span.start_ms, cue.span.end_ms] = (cue, row)
    for finding in checker.check(language.file, written.track).findings:
        for each in finding.each:
            found = rows.get((each.start_ms or 0, each.end_ms or 0))
            if found and each.severity in {Severity.ERROR, Severity.WARNING} and not each.code.startswith("LDG"):
                yield found[1], each.message
