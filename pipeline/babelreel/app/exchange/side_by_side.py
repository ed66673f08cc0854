"""How do the texts of all languages stand beside one another?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from babelreel.app.check.checked import CheckedTrack
from babelreel.app.check.run_rules import make_checker
from babelreel.app.exchange.send import FOLDER
from babelreel.app.project.choose_tracks import find_tracks
from babelreel.app.project.described_film import film_to_check
from babelreel.errors import UsageError
from babelreel.graph.files import write_atomically
from babelreel.model.exchange.side_by_side import SaidText, SideBySide
from babelreel.model.finding import Finding
from babelreel.model.project import Project
from babelreel.model.timecode import Span
from babelreel.model.track import Cue
from babelreel.model.visible_text import visible
from babelreel.rules.alignment.made_from import in_time, spoken_cues
from babelreel.timedtext.exchange.forms import write_side_by_side


def send_all(project: Project, folder: Path | None = None) -> Path:
    """Write a sheet to print, with a row for each cue of the reference and a column for each language."""
    path = (folder or project.root / FOLDER) / f"{project.slug}.all.xlsx"
    write_atomically(path, write_side_by_side(side_by_side(project)))
    return path


def side_by_side(project: Project) -> SideBySide:
    """Put each line of each language into the row of the cue that it is shown with longest.

    Raises ``UsageError`` where the film's own language has no track.
    """
    checker = make_checker(project, film_to_check(project))
    if checker.reference is None:
        raise UsageError(
            what="there is nothing that the languages could stand beside",
            where=str(project.root / project.subtitles_dir),
            why=f"the film's own language, {project.reference}, has no subtitle file that can be read",
            hint=f"add {project.reference}.srt",
        )
    said = spoken_cues(checker.reference)
    files = sorted(find_tracks(project), key=lambda file: file.tag != project.reference)
    columns = [_column(checker.look(file), said) for file in files]
    return SideBySide(
        title=project.title,
        languages=tuple(file.settings.language for file in files),
        rows=tuple((cue.span, tuple(column[place] for column in columns)) for place, cue in enumerate(said)),
    )


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
