"""Write the page that a translator gets by mail, with its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from babelreel.app.check.run_rules import make_checker
from babelreel.app.exchange.languages import ProjectLanguage
from babelreel.app.exchange.stills import stills_of
from babelreel.app.project.described_film import film_to_check
from babelreel.app.stills.line_stills import Lines, TakenStill, open_stills
from babelreel.errors import BabelreelError, StoppedError
from babelreel.graph.event import Listener
from babelreel.media.picture.line_stills import LIGHT
from babelreel.model.exchange.sheets import SentRow, Sheet
from babelreel.model.film.ladder.encoding_ladder import film_rungs
from babelreel.model.finding import Finding
from babelreel.model.project import Project
from babelreel.model.timecode import Span
from babelreel.model.visible_text import visible
from babelreel.report.answer_page import render_answer_page
from babelreel.rules.registry import OF_PEOPLE, is_about_sound

#: As many bytes of pictures as programs for mail take without a question, with what base64 adds: 4 MB of a page.
_MOST_BYTES = 3_000_000


def write_page(project: Project, language: ProjectLanguage, sheet: Sheet, listener: Listener | None = None) -> bytes:
    """Write the page of a language: each line with what rules find in it, and as it is burned in.

    Where such pictures are too much to be sent by mail, and for what has no line yet, small ones of the film without
    text; none where no film can be read. ``listener`` hears how taking them goes on.
    """
    sheet = _with_pictures(project, language, _with_findings(project, language, sheet), listener)
    rows = tuple(
        replace(row, source=visible(row.source), earlier=visible(row.earlier), comment=visible(row.comment))
        for row in sheet.rows
    )
    answer = f"{project.slug}.{language.tag}.answer.txt"
    return render_answer_page(replace(sheet, title=visible(sheet.title), rows=rows), answer)


def _with_findings(project: Project, language: ProjectLanguage, sheet: Sheet) -> Sheet:
    """Say at each line what rules find in it now; of sounds, and of what people said, nothing."""
    if language.is_new:
        return sheet
    result = make_checker(project, film_to_check(project)).check(language.file, language.track)
    found: dict[tuple[int | None, int | None], list[Finding]] = {}
    for each in (each for finding in result.findings for each in finding.each):
        if not is_about_sound(each.code) and each.code not in OF_PEOPLE:
            found.setdefault((each.start_ms, each.end_ms), []).append(each)
    rows = (replace(row, findings=_gravest_first(found.get(_times(row), ()))) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def _times(row: SentRow) -> tuple[int, int]:
    return row.span.start_ms, row.span.end_ms


def _gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.severity.rank, each.sort_key)))


def _with_pictures(project: Project, language: ProjectLanguage, sheet: Sheet, listener: Listener | None) -> Sheet:
    size, burned = _burned_in(project, language, listener)
    if sum(map(len, burned.values())) > _MOST_BYTES:
        burned = {}
    bare = [row for row in sheet.rows if _shown(row) not in burned]
    light: Mapping[str, bytes | None] = {}
    if bare:
        light_size, stills = stills_of(project, tuple(row.span for row in bare))
        light = {str(row.key): still for row, still in zip(bare, stills, strict=True)}
        size = size if burned else light_size
    rows = (replace(row, still=burned.get(_shown(row)) or light.get(str(row.key))) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows), still_px=size)


def _shown(row: SentRow) -> tuple[Span, str]:
    return row.span, row.text


def _burned_in(
    project: Project, language: ProjectLanguage, listener: Listener | None
) -> tuple[tuple[int, int], Mapping[tuple[Span, str], bytes]]:
    """Find the smallest size with text in its picture, and each line's still in it by its time and text."""
    nothing: Mapping[tuple[Span, str], bytes] = {}
    if language.is_new:
        return (0, 0), nothing
    try:
        stills = open_stills(project)
        rungs = film_rungs(stills.rungs)
        if not rungs:
            return (0, 0), nothing
        rung = min(rungs, key=lambda each: (each.short_px, each.long_px))
        cues, frame = language.track.cues, stills.frame(rung)
        text = stills.text(language.file, language.track, language.standing)
        (taken,) = stills.take([Lines(text=text, rung=rung, places=tuple(range(len(cues))))], listener=listener)
    except StoppedError:
        raise
    except BabelreelError:  # a page without pictures serves too; "check" reports what is wrong with the film
        return (0, 0), nothing
    found = {
        (cues[place].span, visible(cues[place].text)): each.read(LIGHT)
        for place, each in taken.items()
        if isinstance(each, TakenStill)
    }
    return (frame.width_px, frame.height_px), found
