"""Take in the lines that a translator sent back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.app.check.run_rules import make_checker
from babelreel.app.exchange.languages import ProjectLanguage, open_for_exchange
from babelreel.app.exchange.own_files import rows_of_table, rows_of_track
from babelreel.app.exchange.preparing import Added, Prepared, leave_unwritable, prepare
from babelreel.app.exchange.rows_of_lines import FoundRows, are_of_another_film, find_lines
from babelreel.app.exchange.signs import TakenSigns, part_rows, take_signs
from babelreel.app.exchange.start_language import new_owner
from babelreel.app.exchange.taking import Taking, take_rows, unnamed_lines
from babelreel.app.kept_versions import keep_versions
from babelreel.app.ledger.ledger_file import ledger_path, render_ledger, write_ledger
from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.inventory import leads_out, relative_path
from babelreel.config.sign_texts import UnplacedTextError, with_sign_texts
from babelreel.errors import MachineError, UsageError
from babelreel.graph.files import rewrite_atomically, write_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.languages.file_names import tag_of_name
from babelreel.model.exchange.receipt import Fate, Receipt, ToldRow
from babelreel.model.exchange.row_key import tidy
from babelreel.model.exchange.sheets import Returned
from babelreel.model.finding import Finding, Severity
from babelreel.model.project import Project
from babelreel.model.track import Cue
from babelreel.regular_files import read_regular, real_path
from babelreel.rules.alignment.made_from import spoken_cues
from babelreel.system_errors import house_errors, why_of
from babelreel.timedtext.exchange.archives import MOST_BYTES
from babelreel.timedtext.exchange.forms import read_returned
from babelreel.timedtext.exchange.new_texts import NewCue
from babelreel.timedtext.read import TRACK_ENDINGS, read_track

#: What of the changed lines, taken together, spoils a file: a text in the wrong language, and letters that were lost.
_WRONG_LANGUAGE = "LNG001"
_SPOILED = (_WRONG_LANGUAGE, "ENC005", "ENC006", "ENC011")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a file cannot say itself: who translated it; of a file without keys, the language and the column."""

    by: str = ""
    language: str = ""
    column: str = ""


def receive(project: Project, path: Path, wish: Wish) -> tuple[Receipt, ...]:
    """Take what a translator changed into the tracks of its languages, and note who said so.

    Only lines that are still what was sent are changed; for every other row the reason is reported. The version
    before is kept for ``undo``. Raises ``UsageError`` for a file that cannot be read or understood, or where nobody's
    name is known; then nothing is written.
    """
    data = _bytes_of(path)
    with hold_ledgers(project.state_dir):
        if path.suffix.lower() in TRACK_ENDINGS:
            language = _named(project, path, wish)
            track = read_track(data, language=language.settings.language, path=path.name)
            return (_receive(project, language, rows_of_track(track, language), wish.by),)
        returned = read_returned(data, path.name)
        if returned.grid:
            language = _named(project, path, wish)
            rows = rows_of_table(returned.grid, language, path.name, wish.column)
            return (_receive(project, language, rows, wish.by or returned.by),)
        tags = {row.key.language: None for row in returned.rows if row.key}
        if not tags:
            raise UsageError(
                what="No row of the file has one of our keys, so it is not clear which lines it is about.",
                where=str(path),
                hint="Ask for the file that was sent, or send a new one and copy the texts into it.",
            )
        opened = [open_for_exchange(project, tag) for tag in tags]
        return tuple(_receive(project, each, returned, wish.by or returned.by) for each in opened)


def _named(project: Project, path: Path, wish: Wish) -> ProjectLanguage:
    """Open the language of a file without keys, which the call or the file's name says."""
    tag = wish.language or tag_of_name(path.stem)
    if not tag:
        raise UsageError(
            what="It is not clear which language the file is in.",
            where=str(path),
            why="nothing in it names the language, and its name does not end with a language's tag (film.ps.xlsx)",
            hint="Name it, for example: --language ps",
        )
    return open_for_exchange(project, tag)


def _bytes_of(path: Path) -> bytes:
    try:
        return read_regular(path, MOST_BYTES)
    except ValueError as error:
        raise UsageError(what="The file was not read.", where=str(path), why=str(error)) from None
    except FileNotFoundError:
        raise UsageError(what="There is no such file.", where=str(path), hint="Name the file that came back.") from None
    except OSError as error:
        raise MachineError(
            what="The file cannot be read.",
            where=str(path),
            why=why_of(error),
            hint="Check the name of the file.",
        ) from error


def _receive(project: Project, language: ProjectLanguage, returned: Returned, by: str) -> Receipt:
    every = tuple(row for row in returned.rows if row.key is None or row.key.language == language.tag)
    of_signs, rows = part_rows(every)
    signs = take_signs(language, of_signs)
    reference = spoken_cues(language.reference) if language.reference else []
    if are_of_another_film(rows, language.standing.lines, reference):
        raise UsageError(
            what="The file is about another film. Nothing was taken from it.",
            why="nothing that was sent in it is or was said in this one",
            hint="Receive it in the folder of its own film: “babelreel -C FOLDER receive FILE”.",
        )
    found = find_lines(rows, language.standing.lines, reference)
    taking = take_rows(language.standing, found)
    added = leave_unwritable(language, taking, _new_cues(found))
    for cue, row in added:
        taking.told.append(ToldRow(place=row.place, fate=Fate.TAKEN, after=cue.text))
        if row.comment:
            taking.told.append(ToldRow(place=row.place, fate=Fate.COMMENT, after=row.comment))
    if (taking.texts or taking.said or added) and not by.strip():
        raise UsageError(
            what="It is not known who translated this.",
            why="the name is kept with each line, and the file holds none",
            hint='Name the translator, for example: --by "Amina Rahimi"',
        )
    written = prepare(language, taking, added, by)
    if written.rewritten:
        _refuse_spoiled(project, language, written)
    settings = _settings_with(project, language, signs)
    taking.told += signs.told
    paths = _write(project, language, written, settings)
    return _receipt(project, language, taking, written, replace(returned, rows=every), paths)


def _new_cues(found: FoundRows) -> list[Added]:
    return [(NewCue(span=span, text=tidy(row.text)), row) for row, span in found.new]


def _refuse_spoiled(project: Project, language: ProjectLanguage, written: Prepared) -> None:
    """Raise ``UsageError`` where the lines that changed are, together, surely in another language or lost letters."""
    changed = {id(written.standing.lines[place].cue) for place in written.places}
    cues = tuple(line.cue for line in written.standing.lines if id(line.cue) in changed)
    checker = make_checker(project, film_to_check(project), select=_SPOILED)
    for finding in checker.check(language.file, replace(written.track, cues=cues)).findings:
        if finding.code in _SPOILED:
            raise _spoiled(finding, language.settings.language.name, next(iter(written.places.values())))


def _spoiled(finding: Finding, language: str, first: str) -> UsageError:
    what = "Letters of the translation were lost when a program saved it. Nothing was taken."
    hint = "Ask for the file as .xlsx or .docx."
    if finding.code == _WRONG_LANGUAGE:
        what = f"The translation is not in {language}. Nothing was taken."
        hint = "Look whether the text stands in the right column, and whether it is the right file."
    return UsageError(what=what, where=f"{first} and others", why=finding.message, hint=hint)


def _settings_with(project: Project, language: ProjectLanguage, signs: TakenSigns) -> dict[Path, bytes]:
    """Write babelreel.toml with new words in the picture; where they cannot be written, say so of their rows."""
    path = project.config_path
    if not signs.texts or path is None:
        return {}
    if leads_out(project, path):
        signs.leave("babelreel.toml lies outside of the project, and is not written")
        return {}
    with house_errors(path):
        data = read_regular(path)
    try:
        return {real_path(path): with_sign_texts(data, language.tag, signs.texts)}
    except UnplacedTextError:
        signs.leave("nobody can tell where in babelreel.toml it belongs: write it below [sign.text] of this sign")
        return {}


def _write(
    project: Project, language: ProjectLanguage, written: Prepared, settings: Mapping[Path, bytes]
) -> tuple[str, ...]:
    """Keep the version before, then write the ledger, the track and the settings."""
    owner = new_owner(project, language.tag) if language.is_new and written.rewritten else {}
    contents: dict[Path, bytes] = owner | dict(settings)
    path = real_path(language.file.path)
    if written.rewritten:
        if leads_out(project, language.file.path):
            raise UsageError(
                what="The subtitle file lies outside of the project, and was not written.",
                where=f"{language.track.path} -> {path}",
                hint="Put the file itself into the folder of subtitles.",
            )
        contents[path] = written.rewritten.data
    ledger = ledger_path(project, language.tag)
    if written.ledger is not None and written.ledger != language.ledger:
        contents[ledger] = render_ledger(written.ledger).encode()
    if not contents:
        return ()
    keep_versions(project, f"receive {language.tag}", contents)
    # first the ledger: after a stop in between, a second call asks for the text, never for the name
    if ledger in contents and written.ledger is not None:
        write_ledger(ledger, project, written.ledger)
    if written.rewritten:
        (write_atomically if language.is_new else rewrite_atomically)(path, written.rewritten.data)
    for place, content in settings.items():
        rewrite_atomically(place, content)
    for place, content in owner.items():
        write_atomically(place, content)
    return tuple(relative_path(project, each) for each in contents)


def _receipt(  # noqa: PLR0913, PLR0917 - what was there, what came back, what became of it
    project: Project,
    language: ProjectLanguage,
    taking: Taking,
    written: Prepared,
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
        problems=tuple(_problems(project, language, written)),
        stale=sum(line.is_stale for line in lines),
        unapproved=sum(not line.is_approved for line in lines),
        lines=len(lines),
        paths=paths,
    )


def _problems(project: Project, language: ProjectLanguage, written: Prepared) -> Iterable[tuple[str, str]]:
    """Yield what the rules say of the lines that changed, by the places of their rows."""
    if not written.places:
        return
    rows: dict[tuple[int, int], tuple[Cue, str]] = {}
    for place, row in written.places.items():
        cue = written.standing.lines[place].cue
        rows[cue.span.start_ms, cue.span.end_ms] = (cue, row)
    checker = make_checker(project, film_to_check(project))
    for finding in checker.check(language.file, written.track).findings:
        for each in finding.each:
            found = rows.get((each.start_ms or 0, each.end_ms or 0))
            if found and each.severity in {Severity.ERROR, Severity.WARNING} and not each.code.startswith("LDG"):
                yield found[1], each.message
