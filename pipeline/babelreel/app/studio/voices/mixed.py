"""Mix a line as it will be heard in the film."""

from __future__ import annotations

from babelreel.app.studio.lines import open_lines
from babelreel.app.studio.saving import Base
from babelreel.app.studio.waiting import OneByOne
from babelreel.app.voices.line_mix import LineMixes, MixedLine
from babelreel.errors import UsageError
from babelreel.model.project import Project


class MixedLines:
    """Mixes lines of a project's dubs, one after the other."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._mixes = LineMixes(project)
        self._queue = OneByOne("other lines are being mixed just now")

    def mix(self, tag: str, base: Base) -> MixedLine:
        """Mix a line as it lies on the disk, with the take that is heard in it.

        Raises ``UsageError`` where the line is not there any more or has no take, ``LockedError`` where too many are
        wanted at once, and what mixing raises.
        """
        opened = open_lines(self._project, tag)
        line = opened.known(base.digest, base.place)
        if line is None:
            raise UsageError(what="The line has changed, or is gone.")
        with self._queue.turn():
            return self._mixes.mix(opened.language.file, opened.language.track, line.cue)
