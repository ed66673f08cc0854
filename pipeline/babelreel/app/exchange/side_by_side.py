"""Put the texts of all languages beside one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.app.check.checked import CheckedTrack
from babelreel.app.check.film_replaced import two_films_error
from babelreel.app.check.run_rules import make_checker
from babelreel.app.exchange.send import FOLDER
from babelreel.app.project.choose_tracks import find_tracks, why_no_original
from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.read_tracks import unread_error
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.errors import BabelreelError, MachineError, UsageError
from babelreel.graph.files import write_atomically
from babelreel.model.exchange.side_by_side import SaidText, SideBySide
from babelreel.model.finding import Finding
from babelreel.model.project import Project
from babelreel.model.timecode import Span
from babelreel.model.track import Cue
from babelreel.model.visible_text import visible
from babelreel.rules.alignment.made_from import in_time, spoken_cues
from babelreel.timedtext.exchange.forms import write_side_by_side


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAll:
    """A sheet of all languages, and why some of them are not in it, if that is so."""

    path: Path
    left_out: BabelreelError | None


def send_all(project: Project, folder: Path | None = None) -> SentAll:
    """Write a sheet to print, with a row for each cue of the reference and a column for each language.

    A language whose file cannot be read, or that is of another film than the reference, has none. Raises what
    ``side_by_side`` raises.
    """
    path = (folder or project.root / FOLDER) / f"{project.slug}.all.xlsx"
    sheet, missing = side_by_side(project)
    write_atomically(path, write_side_by_side(sheet))
    return SentAll(path=path, left_out=_together(missing))


def _together(missing: Mapping[str, BabelreelError]) -> BabelreelError | None:
    """Name all languages that are not in the sheet, with the first reason; one of the machine goes before others."""
    if not missing:
        return None
    first = min(missing.values(), key=lambda error: not isinstance(error, MachineError))
    return replace(first, what=f"{', '.join(missing)}: not in the sheet.")


def side_by_side(project: Project) -> tuple[SideBySide, Mapping[str, BabelreelError]]:
    """Put each line of each language into the row of the cue that it is shown with longest.

    The faults of the languages that are left out are returned beside that: those whose files cannot be read, and those
    of another film than the reference, beside which no time says anything. Raises
    ``UsageError`` where the film's own language has no track, and ``MachineError`` where that cannot be read.
    """
    checker = make_checker(project, film_to_check(project))
    found = look_at_folder(project)
    original = found.reference
    files = [*((original,) if original else ()), *(each for each in find_tracks(project) if each != original)]
    looked = [checker.look(file) for file in files]
    missing = {each.file.tag: error for each in looked if (error := unread_error(each.track, each.file.tag))}
    if project.reference in missing:
        raise missing[project.reference]
    if checker.reference is None:
        raise UsageError(
            what="There is no original to put the languages beside.",
            where=str(project.root / project.subtitles_dir),
            why=why_no_original(project, found),
            hint=f"Add {project.reference}.srt, or name the language of the film in babelreel.toml: reference = “…”.",
        )
    tags = [each.file.tag for each in looked]
    missing |= {tag: two_films_error(project, tag) for tag in tags if not checker.texts.is_of_originals_film(tag)}
    said = spoken_cues(checker.reference)
    shown = [each for each in looked if each.file.tag not in missing]
    columns = [_column(each, said) for each in shown]
    sheet = SideBySide(
        title=project.title,
        languages=tuple(each.file.settings.language for each in shown),
        rows=tuple((cue.span, tuple(column[place] for column in columns)) for place, cue in enumerate(said)),
    )
    return sheet, missing


def _column(checked: CheckedTrack, said: Sequence[Cue]) -> list[SaidText]:
    lines: Mapping[int, list[Cue]] = defaultdict(list)
    for cue in in_time(checked.track.cues):
        if said and cue.text.strip():
            lines[_row(cue.span, said)].append(cue)
    found: Mapping[tuple[int | None, int | None], list[Finding]] = defaultdict(list)
    for finding in checked.result.findings:
        for each in finding.each:
            found[each.start_ms, each.end_ms].append(each)
    return [_text(lines.get(place, []), found) for place in range(len(said))]


def _row(span: Span, said: Sequence[Cue]) -> int:
    def together_ms(place: int) -> int:
        other = said[place].span
        return min(span.end_ms, other.end_ms) - max(span.start_ms, other.start_ms)

    return max(range(len(said)), key=together_ms)


def _text(cues: Sequence[Cue], found: Mapping[tuple[int | None, int | None], Sequence[Finding]]) -> SaidText:
    findings = [each for cue in cues for each in found.get((cue.span.start_ms, cue.span.end_ms), ())]
    return SaidText(
        text="\n".join(visible(cue.text) for cue in cues),
        severity=min((each.severity for each in findings), key=lambda severity: severity.rank, default=None),
        findings=tuple(f"{each.code} {each.message}" for each in findings),
    )
