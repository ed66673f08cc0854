from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.voices.takes import look_at_takes
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.graph.digests import DigestCache
from babelreel.model.project import Project
from babelreel.model.sound.recordings import Dub
from support.dubs import take
from support.projects import AR, FR, make_project


def french_only(project: Project, tags: tuple[str, ...], ffmpeg_path: Path, digests: DigestCache) -> tuple[Dub, ...]:
    """Stand for a project in which somebody has recorded the second line of the French track."""
    assert project.root.is_dir()
    assert ffmpeg_path.is_file()
    assert isinstance(digests, DigestCache)
    return tuple(Dub(language=tag, path="video/stems/fr", takes=(take(2),)) for tag in tags if tag == "fr")


def test_takes_are_shown_beside_the_lines_of_their_language(tmp_path: Path) -> None:
    project = read_project(make_project(tmp_path / "film", {"fr.srt": FR, "ar.srt": AR}))
    ((language, dubbing),) = look_at_takes(project, (), None, french_only)
    # the second line begins at 1.12 s, and the film has 2 s: 0.88 for a take of 1 s
    (first, second) = dubbing.lines
    assert (language.tag, first.cue.number, first.heard, first.room) == ("fr", 1, None, 840 * 48)
    assert second.heard is not None
    assert (second.room, second.heard.end, str(second.heard.tempo)) == (880 * 48, 1000 * 48, "1137/1000")


def test_languages_that_were_not_asked_for_are_not_looked_at(tmp_path: Path) -> None:
    project = read_project(make_project(tmp_path / "film", {"fr.srt": FR, "ar.srt": AR}))
    assert look_at_takes(project, ("ar",), None, french_only) == ()
    with pytest.raises(UsageError):
        look_at_takes(project, ("bg",), None, french_only)
