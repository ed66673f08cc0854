"""Tell of published files that are not what was published any more, and that nothing brings back."""

from __future__ import annotations

from collections.abc import Sequence

from babelreel.errors import MachineError, UsageError

#: More names than these in one message are read by nobody.
_MOST_TOLD = 5


def left_out_error(paths: Sequence[str]) -> MachineError:
    """Return the error for files that a build of some languages, or a withdrawal, cannot put back."""
    return MachineError(
        what="Published files were changed or removed in output/, and are left out.",
        where=_first_few(paths),
        hint="“babelreel build” makes them again.",
    )


def not_given_back_error(paths: Sequence[str]) -> MachineError:
    """Return the error for files of an earlier publication that are kept nowhere as they were."""
    return MachineError(
        what="Files of the earlier publication are left out: they are not kept as they were published.",
        where=_first_few(paths),
        why="they were damaged, changed or removed, in output/ before they were kept or in .babelreel/earlier since",
        hint="“babelreel build” makes what your present files ask for.",
    )


def not_kept_error(paths: Sequence[str]) -> UsageError:
    """Return the error for an earlier publication of which too little is kept to publish anything."""
    return UsageError(
        what="The earlier publication is not kept any more.",
        where=_first_few(sorted(paths)),
        why="it was damaged, changed or removed in .babelreel/earlier",
        hint="“babelreel build” makes what your present files ask for; “babelreel build LANG” also brings back a "
        "language that was withdrawn.",
    )


def tell_lacking(paths: Sequence[str]) -> str:
    """Say at once what a step back to the publication before will not bring."""
    told = _first_few(paths)
    return f"“babelreel rollback” would not bring back what was changed or removed in output/ before: {told}"


def _first_few(paths: Sequence[str]) -> str:
    return ", ".join(paths[:_MOST_TOLD]) + (" …" if len(paths) > _MOST_TOLD else "")
