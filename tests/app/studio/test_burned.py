"""What if many want to see lines as they are burned in at the same time?"""

from __future__ import annotations

import queue
import threading
from pathlib import Path

import pytest

from babelreel.app.studio import burned
from babelreel.app.studio.burned import BurnedLines
from babelreel.app.studio.lines import open_lines
from babelreel.app.studio.one_cue import Wanted
from babelreel.app.studio.saving import Base
from babelreel.app.studio.waiting import MOST_WAITING
from babelreel.config.read import read_project
from babelreel.errors import BabelreelError, FilmError, LockedError
from babelreel.model.project import Project
from support.projects import make_project
from support.tracks import srt


def test_stills_keep_no_more_than_a_few_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tracks = {"en.srt": srt("Your rights."), "fr.srt": srt("Tes droits.")}
    project = read_project(make_project(tmp_path / "film", tracks, settings='reference = "en"\n'))
    is_seen, told = threading.Event(), queue.SimpleQueue[BabelreelError]()

    def look_for_long(_: Project) -> None:
        is_seen.wait()
        raise FilmError(what="this is no film")

    monkeypatch.setattr(burned, "open_stills", look_for_long)
    opened, stills = open_lines(project, "fr"), BurnedLines(project)
    line = opened.lines[0]
    base = Base(version=opened.version, place=0, digest=line.digest)

    def ask() -> None:
        try:
            stills.still("fr", base, Wanted(text="Vos droits.", span=line.cue.span))
        except BabelreelError as error:
            told.put(error)

    asking = [threading.Thread(target=ask) for _ in range(MOST_WAITING + 1)]
    for each in asking:
        each.start()
    # while the film is looked at, one is answered: the one for whom there is no place
    assert isinstance(told.get(timeout=60), LockedError)
    is_seen.set()
    for each in asking:
        each.join(60)
    assert [type(told.get(timeout=60)) for _ in range(MOST_WAITING)] == [FilmError] * MOST_WAITING
    ask()
    assert isinstance(told.get(timeout=60), FilmError), "and then there are places again"
