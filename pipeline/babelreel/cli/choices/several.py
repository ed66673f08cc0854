"""Let a verb go about one film, or several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from babelreel.errors import BabelreelError, UsageError
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import render_error

Result = TypeVar("Result")


def film_of(root: Path) -> str:
    """Name a film by its folder, as the call does."""
    return root.as_posix()


def for_each(roots: tuple[Path, ...], do: Callable[[Path], Result]) -> dict[str, Result | BabelreelError]:
    """Do something for each film, in their order; what stops one is reported, and is its result: the others go on.

    Where there is one film only, its error is raised.
    """
    if len(roots) == 1:
        return {film_of(roots[0]): do(roots[0])}
    results: dict[str, Result | BabelreelError] = {}
    for root in roots:
        try:
            results[film_of(root)] = do(root)
        except BabelreelError as error:
            tell(render_error(error, film_of(root)))
            results[film_of(root)] = error
    return results


def parted(results: Mapping[str, Result | BabelreelError]) -> tuple[dict[str, Result], tuple[int, ...]]:
    """Part what came of films from the exit codes of those that were stopped."""
    done = {film: each for film, each in results.items() if not isinstance(each, BabelreelError)}
    return done, tuple(each.exit_code for each in results.values() if isinstance(each, BabelreelError))


def refuse_for_several(roots: tuple[Path, ...], option: str, why: str, hint: str) -> None:
    """Raise ``UsageError`` where an option that is about one film was given for several."""
    if len(roots) > 1:
        raise UsageError(what=f"{option} is for one film, and {len(roots)} were named.", why=why, hint=hint)
