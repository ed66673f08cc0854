"""Write the file that a translator gets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.app.exchange.keys import key_of_line, key_of_missing
from babelreel.app.exchange.languages import ProjectLanguage, open_for_exchange
from babelreel.app.exchange.not_received import move_aside
from babelreel.app.exchange.page import write_page
from babelreel.app.exchange.signs import rows_of_signs
from babelreel.app.exchange.stills import stills_of
from babelreel.graph.event import Listener
from babelreel.graph.files import write_atomically
from babelreel.languages.find import find_language
from babelreel.model.exchange.sheets import SentRow, Sheet
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.model.reading_limits import Audience
from babelreel.model.track import Cue
from babelreel.model.visible_text import visible
from babelreel.rules.alignment.made_from import one_line
from babelreel.rules.ledger.standing import Standing
from babelreel.timedtext.exchange.forms import Form, write_sheet

#: Where files for translators lie, unless the caller says otherwise.
FOLDER = Path("translators")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file for a translator: how many lines are in it, how many to be looked at again, how many not translated.

    ``aside`` is where an earlier file lies now that holds what nobody received, ``None`` where there was none.
    ``new_name`` is the name of a language that has no subtitle file yet, else empty.
    """

    path: Path
    aside: Path | None
    language: str
    lines: int
    changed: int
    empty: int
    new_name: str = ""


def send(
    project: Project, tag: str, form: Form, folder: Path | None = None, *, listener: Listener | None = None
) -> Sent:
    """Write the file of a language; one without a track gets the lines of the reference, with their times.

    A file of that name is written over, unless it holds what nobody received: that gets another name. ``listener``
    hears how the stills of a page come. Raises ``UsageError`` for a tag that is none, and what reading tracks raises.
    """
    language = open_for_exchange(project, tag)
    sheet = make_sheet(project, language)
    if form is Form.XLSX:
        size, stills = stills_of(project, tuple(row.span for row in sheet.rows))
        rows = (replace(row, still=still) for row, still in zip(sheet.rows, stills, strict=True))
        sheet = replace(sheet, rows=tuple(rows), still_px=size)
    path = (folder or project.root / FOLDER) / f"{project.slug}.{language.tag}.{form.ending}"
    content = write_page(project, language, sheet, listener) if form is Form.PAGE else write_sheet(sheet, form)
    # what is written into a page lies in the browser, not in the file
    aside = None if form is Form.PAGE else move_aside(path, sheet, content)
    write_atomically(path, content)
    return Sent(
        path=path,
        aside=aside,
        language=language.tag,
        lines=len(sheet.rows),
        changed=sum(bool(row.earlier) for row in sheet.rows),
        empty=sum(not row.text for row in sheet.rows),
        new_name=language.settings.language.name if language.is_new else "",
    )


def make_sheet(project: Project, language: ProjectLanguage) -> Sheet:
    """Put the lines of a language, and what of the film has no line yet, in the order of time.

    Of lines of one time and text only the first goes: in XLIFF and PO no two rows may have one key.
    """
    profile = language.settings.profile
    lines = [_row(language.tag, line) for line in language.standing.lines]
    missing = [_missing(language.tag, cue) for cue in language.untranslated]
    rows = {row.key: row for row in reversed((*lines, *missing, *rows_of_signs(language)))}
    return Sheet(
        title=project.title,
        language=language.settings.language,
        reference=None if language.tag == project.reference else _language_of(project),
        rows=tuple(sorted(rows.values(), key=lambda row: (row.span.start_ms, row.span.end_ms))),
        cps=profile.cps_child if project.check.audience is Audience.CHILDREN else profile.cps_adult,
        cps_error=profile.cps_error,
    )


def _language_of(project: Project) -> Language:
    return project.settings_of(find_language(project.reference)).language


def _row(tag: str, line: Standing) -> SentRow:
    text, entry = visible(line.cue.text), line.entry
    is_sound = entry is not None and not line.is_stale and not line.is_rewritten
    return SentRow(
        key=key_of_line(tag, line, source=line.source.text, text=text),
        number=line.cue.number,
        span=line.cue.span,
        source=line.source.text,
        earlier=(line.change.before or "—") if line.change else "",
        text=text,
        state=line.state if is_sound else None,
        comment=entry.comment if entry else "",
    )


def _missing(tag: str, cue: Cue) -> SentRow:
    return SentRow(
        key=key_of_missing(tag, cue),
        number=cue.number,
        span=cue.span,
        source=one_line(cue),
        earlier="",
        text="",
        state=None,
    )
