"""Where does an action of a test work, and where do its programs lie?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from babelreel.graph.task import Program, Workspace

#: Of the programs that tests found or made.
PROGRAMS: dict[Program, Path] = {}


class _Found(Protocol):
    @property
    def identity(self) -> Program: ...
    @property
    def path(self) -> Path: ...


_AnyFound = TypeVar("_AnyFound", bound=_Found)


def known(found: _AnyFound) -> _AnyFound:
    """Let actions find this program."""
    PROGRAMS[found.identity] = found.path
    return found


def work_in(
    folder: Path,
    *,
    report: Callable[[float], None] = lambda _share: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Workspace:
    """Give a workspace for one action: the folder, and all programs of the tests."""
    return Workspace(folder=folder, report=report, is_cancelled=is_cancelled, program=PROGRAMS.__getitem__)
