"""Find takes that would be heard in other lines, because a move gives their lines other numbers.

Lines of ``.srt`` files keep their numbers. In all other formats lines are counted: where one goes, or scenes change
places, a take that is known by its number alone belongs to another line.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babelreel.app.voices.recorded_texts import UnreadTextsError, read_texts
from babelreel.app.voices.stems import Recordings
from babelreel.errors import MachineError
from babelreel.model.track import Track


def misplaced_takes(recordings: Iterable[Recordings], before: Track, after: Track) -> tuple[Path, ...]:
    """List the takes of a track that no ``takes.toml`` keeps with their words, where its lines get other numbers."""
    known = {(cue.number, cue.text) for cue in before.cues}
    if all((cue.number, cue.text) in known for cue in after.cues):
        return ()
    own = (each for each in recordings if each.language == before.language)
    return tuple(take for each in own for take in each.takes if take.name not in _kept_in(take.parent))


def _kept_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(each.name for each in read_texts(folder))
    except (UnreadTextsError, MachineError):  # what moves them says what is wrong with the file
        return frozenset()
