"""What does ``babelreel dub takes`` say where there is nothing to show?"""

from __future__ import annotations

from pathlib import Path

from support.projects import FR, babelreel, make_project
from support.sounds import tone, write_wave


def test_recordings_without_subtitles_are_not_said_to_be_missing(tmp_path: Path) -> None:
    root = make_project(tmp_path / "mon film", {"fr.srt": FR})
    (root / "video/stems/nl").mkdir(parents=True)
    write_wave(root / "video/stems/nl/01.wav", tone(0.2))
    done = babelreel(root, "dub", "takes")
    assert (done.code, done.out) == (0, "")
    assert "there are no recordings yet: save line 7 as" in done.err


def test_the_folder_for_recordings_is_named_as_the_project_has_it(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR}, settings='[paths]\nvideo = "vidéo"\n')
    (root / "video").rename(root / "vidéo")
    done = babelreel(root, "dub", "takes")
    assert done.code == 0
    assert "save line 7 as vidéo/stems/en/07.wav" in done.err
