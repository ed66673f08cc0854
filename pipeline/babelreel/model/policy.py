"""What a project wants of the check: which rules, on which files, with which exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from babelreel.model.finding import Severity
from babelreel.model.reading_limits import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """One cue, or all of a file, in which some rules may be broken, and why.

    ``rules`` are selectors: codes, beginnings of codes, or names. ``file`` is a path relative to the project or the
    name of a file, with ``*`` and ``?``; empty in an allowance that stands in the file itself, at ``line``. The cue is
    meant by its ``cue`` number, by a piece of its ``text``, or by ``cue_line``, the line of its timestamps; without any
    of them all cues are.
    """

    rules: tuple[str, ...]
    reason: str
    file: str = ""
    cue: int | None = None
    text: str = ""
    cue_line: int = 0
    line: int = 0

    def is_about(self, path: str) -> bool:
        """Tell whether the file at a path is meant."""
        return not self.file or matches_file(self.file, path)

    def covers(self, number: int | None, line: int, text: str) -> bool:
        """Tell whether a cue with this number, this line of timestamps and this text is meant."""
        if self.cue_line:
            return line == self.cue_line
        if self.cue is not None:
            return number == self.cue
        return self.text in text


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPolicy:
    """The table ``[check]`` of a project.

    ``select`` (none: all rules) and ``ignore`` hold selectors, ``ignore_in`` pairs of a file pattern and selectors.
    ``fail_on`` is the mildest severity that makes ``check`` fail, ``None`` when nothing does. ``audience`` is whom the
    film is for. ``names`` are those of services which every language must name as the reference does.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_in: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fail_on: Severity | None = Severity.ERROR
    audience: Audience = Audience.CHILDREN
    allow: tuple[Allowance, ...] = ()
    names: tuple[str, ...] = ()

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """List the selectors of the rules that are not run on the file at a path."""
        lists = (selectors for pattern, selectors in self.ignore_in if matches_file(pattern, path))
        return (*self.ignore, *(selector for selectors in lists for selector in selectors))


def matches_file(pattern: str, path: str) -> bool:
    """Tell whether a pattern with ``*`` and ``?`` means a path relative to the project, or the file name alone."""
    return fnmatchcase(path, pattern) or fnmatchcase(PurePosixPath(path).name, pattern)
