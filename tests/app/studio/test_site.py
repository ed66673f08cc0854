"""What does a studio answer where the machine fails?"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from babelreel.app.studio.film.light_film import StudioFilm
from babelreel.app.studio.people import of_this_run
from babelreel.app.studio.site import Studio
from babelreel.config.read import read_project
from support.projects import make_project


def studio_in(folder: Path) -> Studio:
    project = read_project(make_project(folder / "film"))
    return Studio(project, of_this_run()[0], StudioFilm(project))


@pytest.mark.parametrize(("code", "status"), [(errno.ENOSPC, 507), (errno.EACCES, 500), (errno.EIO, 500)])
def test_what_the_system_refuses_is_told_in_words_whatever_was_asked(tmp_path: Path, code: int, status: int) -> None:
    studio = studio_in(tmp_path)

    def fail() -> None:
        raise OSError(code, os.strerror(code))

    answer = studio._answered(fail)

    assert answer.status_code == status
    told = json.loads(bytes(answer.body))
    assert told["what"]
    assert told["hint"] or told["why"]


def test_a_fault_of_ours_is_no_fault_of_the_machine(tmp_path: Path) -> None:
    studio = studio_in(tmp_path)

    def fail() -> None:
        raise FileNotFoundError(errno.ENOENT, "a file that we should have made")

    with pytest.raises(FileNotFoundError):
        studio._answered(fail)
