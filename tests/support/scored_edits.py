"""How well and how fast is told what an edit of the reference means for its translations?

Used by the tests and by ``benchmarks/ledger.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.ledger.saying import Word, said
from babelreel.languages.find import find_language
from babelreel.model.ledger.entries import Ledger, State
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Track
from babelreel.rules.ledger.standing import standing_of
from babelreel.timedtext.read import read_track
from support.reference_edits import Edit

REPOSITORY = Path(__file__).parent.parent.parent

_APPROVED = Word(by="Amina", on="2026-11-30", state=State.APPROVED)


@dataclass(slots=True, kw_only=True)
class Score:
    """Of one kind of edit: how many were to be told and were, how much was told, and how much of it was right."""

    meant: int = 0
    found: int = 0
    told: int = 0
    right: int = 0


def sample() -> dict[str, Track]:
    """Read the sample's tracks."""
    paths = sorted((REPOSITORY / "subtitles").glob("*.srt"))
    return {
        path.stem: read_track(path.read_bytes(), language=find_language(path.stem), path=path.name) for path in paths
    }


def approved(track: Track, reference: Track) -> Ledger:
    """Approve every line of a track."""
    standing = standing_of(track, reference, None)
    return said(standing, None, dict.fromkeys(range(len(standing.lines)), _APPROVED))


def score(tracks: dict[str, Track], reference: Track, edits: Iterable[Edit]) -> dict[str, Score]:
    """Count, by kind of edit, what is told to each language."""
    ledgers = {tag: approved(track, reference) for tag, track in tracks.items()}
    scores: dict[str, Score] = {}
    for edit in edits:
        mine = scores.setdefault(edit.kind, Score())
        for tag, track in tracks.items():
            told = [line.cue for line in standing_of(track, edit.track, ledgers[tag]).lines if line.is_stale]
            mine.meant += bool(edit.meant)
            mine.found += any(_is_shown_in(cue, edit.meant, percent=40) for cue in told)
            mine.told += len(told)
            mine.right += sum(_is_shown_in(cue, edit.allowed, percent=1) for cue in told)
    return scores


def _is_shown_in(cue: Cue, spans: Iterable[Span], *, percent: int) -> bool:
    """Tell whether a cue shares its time with one of some spans: so much of the shorter one."""
    return any(
        100 * (min(cue.span.end_ms, span.end_ms) - max(cue.span.start_ms, span.start_ms))
        >= percent * min(cue.span.duration_ms, span.duration_ms)
        for span in spans
    )
