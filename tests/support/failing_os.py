"""How does every call with which a program changes files get counted, and one of them go wrong?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

#: What changes the names of files, or makes changes last.
CALLS = ("rename", "replace", "unlink", "remove", "rmdir", "mkdir", "fsync", "link", "symlink", "chmod", "utime")


@contextmanager
def watched_os(before: Callable[[str, tuple[Any, ...]], None], after: Callable[[], None]) -> Iterator[None]:
    """Call ``before`` with the name and arguments of each call, and ``after`` when it is done; both may raise."""
    real = {name: getattr(os, name) for name in CALLS}

    def watching(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any call of the system
            before(name, arguments)
            done = real[name](*arguments, **named)
            after()
            return done

        return call

    for name in CALLS:
        setattr(os, name, watching(name))
    try:
        yield
    finally:
        for name, call in real.items():
            setattr(os, name, call)
