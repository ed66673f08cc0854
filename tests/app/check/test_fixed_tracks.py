"""Does a fix never write over what somebody else did meanwhile?"""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.check.fixed_tracks import mend_project, write_mended
from babelreel.config.read import read_project
from babelreel.errors import LockedError
from support.tracks import srt


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is_and_so_are_the_others(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    for tag in ("fr", "en"):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt("Un  avocat."), "utf-8")
    project = read_project(tmp_path)
    mended = mend_project(project)
    assert mended.mended == 2
    (tmp_path / "subtitles" / "fr.srt").write_text(srt("Une  avocate."), "utf-8")
    with pytest.raises(LockedError, match="was changed while"):
        write_mended(project, mended)
    assert (tmp_path / "subtitles" / "fr.srt").read_text("utf-8") == srt("Une  avocate.")
    assert (tmp_path / "subtitles" / "en.srt").read_text("utf-8") == srt("Un  avocat.")
    write_mended(project, mend_project(project))
    assert (tmp_path / "subtitles" / "fr.srt").read_text("utf-8") == srt("Une avocate.")
