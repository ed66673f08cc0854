"""Is a run that has its imports already the run that a person starts?"""

from __future__ import annotations

import os
from pathlib import Path

from support.projects import FR, babelreel, make_project
from support.warm_start import can_start_warm

OTHER_SEED = {"PYTHONHASHSEED": "77"}


def test_a_copy_of_what_is_loaded_says_what_a_new_process_says(tmp_path: Path) -> None:
    assert can_start_warm(("check",), os.environ)
    assert not can_start_warm(("check",), {**os.environ, **OTHER_SEED})
    root = make_project(tmp_path / "été (1)", {"fr.srt": FR.replace("02,000", "01,130")})
    for words, code in ((("check", "--format", "json"), 1), (("fly",), 2)):
        warm, new = babelreel(root, *words), babelreel(root, *words, env=OTHER_SEED)
        assert warm == new
        assert warm.code == code


def test_it_takes_the_environment_of_its_call(tmp_path: Path) -> None:
    env = {"BABELREEL_FFMPEG": str(tmp_path / "none")}
    assert str(tmp_path / "none") in babelreel(make_project(tmp_path / "film"), "build", env=env).err
