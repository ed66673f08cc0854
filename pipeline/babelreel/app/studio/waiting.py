"""Let several people wait for what is made one after the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from babelreel.errors import LockedError

#: More questions than this would keep everybody else waiting.
MOST_WAITING = 4


class OneByOne:
    """Lets one at a time do its work, and ``MOST_WAITING`` work or wait; ``what`` is the error for all others."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(MOST_WAITING)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn; raises ``LockedError`` where too many wait already."""
        if not self._places.acquire(blocking=False):
            raise LockedError(what=self._what, hint="Ask again in a second.")
        try:
            with self._lock:
                yield
        finally:
            self._places.release()
