"""Turn a voice that was recorded in the page into the take of its line."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.app.project.choose_tracks import find_tracks_of
from babelreel.app.studio.lines import open_lines
from babelreel.app.studio.saving import Base
from babelreel.app.voices.keep_take import KeptTake, TakeKeeper
from babelreel.errors import UsageError
from babelreel.graph.lock import hold_ledgers
from babelreel.model.project import Project
from babelreel.model.sound.dubbing import DubbedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedLine:
    """The place of a line in its file, and what is heard in it."""

    place: int
    line: DubbedLine


def record_line(project: Project, tag: str, base: Base, data: bytes, *, is_file: bool = False) -> KeptTake:
    """Keep a recording as the take of a line that still says what was read aloud; on return it outlasts a power cut.

    ``is_file``: it was made elsewhere, and may have any form that recordings may have. Raises ``UsageError`` where
    somebody changed the line meanwhile, and for a recording that is none.
    """
    keeper = _keeper(project, tag)
    heard = keeper.hear_file(data) if is_file else keeper.hear(data)
    with hold_ledgers(project.state_dir):
        opened = open_lines(project, tag)
        line = opened.known(base.digest, base.place)
        if line is None:
            raise UsageError(
                what="Somebody changed this line meanwhile. The recording was not kept.",
                where=opened.language.track.path,
                hint="Close the recorder, read the line as it is now, and record it again.",
            )
        return keeper.keep(heard, opened.language.track, line.cue)


def recorded_lines(project: Project, tag: str) -> tuple[RecordedLine, ...]:
    """Say what is heard in each line of a language that is to be spoken."""
    track = open_lines(project, tag).language.track
    dubbing = _keeper(project, tag).dubbing(track)
    places = {id(cue): place for place, cue in enumerate(track.cues)}
    lines = dubbing.lines if dubbing else tuple(DubbedLine(cue=cue, room=None) for cue in track.cues)
    return tuple(RecordedLine(place=places[id(each.cue)], line=each) for each in lines if each.is_to_be_spoken)


def _keeper(project: Project, tag: str) -> TakeKeeper:
    return TakeKeeper(project, find_tracks_of(project, [tag])[0])
