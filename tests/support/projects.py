"""How do tests get a small project, and run babelreel in it as a person would?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from support.films import ffmpeg_of_tests, make_film
from support.warm_start import can_start_warm, run_warm

FR = """\
1
00:00:00,200 --> 00:00:01,040
Tes droits.

2
00:00:01,120 --> 00:00:02,000
Appelle 112
"""

AR = """\
1
00:00:00,200 --> 00:00:01,040
لديك حقوق.

2
00:00:01,120 --> 00:00:02,000
Focus: \u2066116\u00a0000\u2069.
"""

ZH = """\
1
00:00:00,200 --> 00:00:02,000
你有权利，请打电话。
"""

#: What a film of 320x180 is delivered as: see select_rungs.
RENDITIONS = ("web-720p", "phone-360p")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.out)


@cache
def small_film() -> Path:
    """Make a film of 2.2 s once for all tests, which only copy it."""
    return make_film(Path(mkdtemp(prefix="babelreel-films-")) / "film.mp4", seconds=2, size="320x180")


#: Most tests look at the files alone; streams and leaflets would only take time there.
FILES_ONLY = "[delivery]\nstreams = false\nleaflets = false\n"


def make_project(
    root: Path,
    tracks: Mapping[str, str | bytes] | None = None,
    *,
    film: Path | None = None,
    settings: str = FILES_ONLY,
) -> Path:
    """Lay out a project: a film (``None``: a small one), its tracks (``None``: French) and its babelreel.toml."""
    (root / "video").mkdir(parents=True)
    (root / "subtitles").mkdir()
    (root / "babelreel.toml").write_text(settings, "utf-8")
    source = film or small_film()
    (root / "video" / f"master{source.suffix}").write_bytes(source.read_bytes())
    for name, content in ({"fr.srt": FR} if tracks is None else tracks).items():
        data = content if isinstance(content, bytes) else content.encode()
        (root / "subtitles" / name).write_bytes(data)
    return root


def babelreel(
    root: Path, *arguments: str, env: Mapping[str, str] | None = None, seconds: float | None = None
) -> Result:
    """Run the program in a project's folder, in a process of its own, which is killed after so many seconds."""
    environment = {**os.environ, **(env or {})}
    if can_start_warm(arguments, environment):
        code, out, err = run_warm(root, arguments, environment, seconds=seconds)
        return Result(code=code, out=out, err=err)
    done = subprocess.run(
        [sys.executable, "-m", "babelreel", *arguments],
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=seconds,
    )
    return Result(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def counting_ffmpeg(folder: Path) -> tuple[Path, Path]:
    """Make a program that is the real ffmpeg but notes each start; gives it and the file with its notes."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = folder / "starts.txt"
    program = folder / "ffmpeg"
    program.write_text(f'#!/bin/sh\necho "$*" >> "{notes}"\nexec "{ffmpeg_of_tests().path}" "$@"\n')
    program.chmod(0o755)
    return program, notes


def snapshot(folder: Path) -> dict[str, bytes]:
    """Give the content of every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
