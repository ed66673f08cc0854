"""Find the ffmpeg that does the work, and identify it exactly."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from babelreel.errors import MachineError
from babelreel.graph.task import Program
from babelreel.media.programs.children import ask_program, find_program
from babelreel.system_errors import why_of

#: Names the ffmpeg to use when no option does.
ENVIRONMENT_NAME = "BABELREEL_FFMPEG"

#: A program that has not reported its version in this many seconds is not an ffmpeg (a cold disk takes three).
ANSWER_TIMEOUT_S = 60

_CHUNK_BYTES = 1 << 20
_HINT = (
    "Take away --ffmpeg and BABELREEL_FFMPEG to use the ffmpeg that was installed together with babelreel, "
    "or install it again: “python3 -m pip install --force-reinstall imageio-ffmpeg”."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ffmpeg:
    """One ffmpeg program: where it is, the version word of its first line, and the SHA-256 of its file."""

    path: Path
    version: str
    digest: str

    @property
    def identity(self) -> Program:
        """The program as actions and keys know it, on whatever machine."""
        return Program(name="ffmpeg", version=self.version, digest=self.digest)


def find_ffmpeg(choice: str | None = None, *, identify: Callable[[Path], Ffmpeg] | None = None) -> Ffmpeg:
    """Find the ffmpeg to use and identify it.

    ``identify`` lets the caller remember versions and digests between runs (``identify_ffmpeg`` starts the program and
    reads the whole file, some 170 MB). Raises ``MachineError`` when there is none, or when it does not answer.
    """
    return (identify or identify_ffmpeg)(locate_ffmpeg(choice))


def locate_ffmpeg(choice: str | None = None) -> Path:
    """Find the absolute path of the ffmpeg to use, without starting anything.

    The order is: the caller's choice, BABELREEL_FFMPEG, the program inside imageio-ffmpeg, the PATH. A choice that
    cannot be run is a ``MachineError``, never passed over silently.
    """
    for origin, chosen in (("the option --ffmpeg", choice), (ENVIRONMENT_NAME, os.environ.get(ENVIRONMENT_NAME))):
        if chosen:
            return _chosen(chosen, origin)
    found = _bundled() or find_program("ffmpeg")
    if not found:
        raise MachineError(what="There is no ffmpeg on this machine.", hint=_HINT)
    return found


def identify_ffmpeg(path: Path) -> Ffmpeg:
    """Ask a program for its version and hash its file; raises ``MachineError`` when it is not a working ffmpeg."""
    answer = ask_ffmpeg(path, "-version").splitlines()
    words = answer[0].split() if answer else []
    if words[:2] != ["ffmpeg", "version"] or not words[2:]:
        raise MachineError(
            what="This program is not ffmpeg.",
            where=str(path),
            why=f"asked for its version it says: {answer[0] if answer else 'nothing'}",
            hint=_HINT,
        )
    return Ffmpeg(path=path, version=words[2], digest=_digest(path))


def ask_ffmpeg(path: Path, question: str) -> str:
    """Run ffmpeg with one question (``-version``, ``-filters``) and return its answer; raises ``MachineError``."""
    command = [str(path), "-hide_banner", "-nostdin", question] if question != "-version" else [str(path), question]
    try:
        answer = ask_program(command, timeout_s=ANSWER_TIMEOUT_S)
    except (OSError, subprocess.SubprocessError) as fault:
        raise MachineError(what="ffmpeg does not run.", where=str(path), why=why_of(fault), hint=_HINT) from fault
    return answer.decode("utf-8", "replace")


def _chosen(chosen: str, origin: str) -> Path:
    found = find_program(chosen)
    if not found:
        raise MachineError(
            what="The chosen ffmpeg cannot be run.",
            where=chosen,
            why=f"{origin} names it, and there is no such program",
            hint=_HINT,
        )
    return found


def _bundled() -> Path | None:
    """Find the program inside imageio-ffmpeg.

    Its own ``get_ffmpeg_exe`` also looks at IMAGEIO_FFMPEG_EXE, at conda and at the PATH, and starts what it finds.
    """
    spec = importlib.util.find_spec("imageio_ffmpeg")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = (each.absolute() for folder in folders for each in sorted(Path(folder, "binaries").glob("ffmpeg-*")))
    return next((each for each in found if os.access(each, os.X_OK)), None)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
