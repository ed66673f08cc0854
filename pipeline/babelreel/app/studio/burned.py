"""Show a line as it will be burned in, while somebody still edits it."""

from __future__ import annotations

from babelreel.app.stills.line_stills import Lines, LineStills, open_stills
from babelreel.app.studio.lines import open_lines
from babelreel.app.studio.one_cue import Wanted, rewrite_cue
from babelreel.app.studio.saving import Base
from babelreel.app.studio.waiting import OneByOne
from babelreel.errors import BabelreelError, UsageError
from babelreel.media.picture.line_stills import LIGHT
from babelreel.model.project import Project


class BurnedLines:
    """Takes stills of lines; the film is looked at once, and again when it was changed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._queue = OneByOne("other lines are being drawn just now")
        self._stills: LineStills | None = None

    def still(self, tag: str, base: Base, wanted: Wanted) -> bytes:
        """Take a JPEG of the film's largest size with the line as it is wanted, saved or not.

        Raises ``UsageError`` where the line is not there any more, is never shown, or the file cannot hold it,
        ``LockedError`` where too many are wanted at once, and what looking at the film raises.
        """
        opened = open_lines(self._project, tag)
        line, language = opened.known(base.digest, base.place), opened.language
        if line is None:
            raise UsageError(what="The line has changed, or is gone.")
        settings = language.file.settings
        written = rewrite_cue(language.data, language.track, line.place, wanted, settings.language)
        if written is None:
            raise UsageError(what="The file cannot hold the line like this.")
        with self._queue.turn():
            try:
                stills = self._stills = self._stills or open_stills(self._project)
                text = stills.text(language.file, written.track, language.standing)
                taken = stills.take([Lines(text=text, rung=stills.rung(), places=(line.place,))])[0][line.place]
            except BabelreelError:
                self._stills = None  # the film may be another one by now
                raise
        if isinstance(taken, BabelreelError):
            raise taken
        return taken.read(LIGHT)
