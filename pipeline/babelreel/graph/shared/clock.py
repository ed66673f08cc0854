"""Tell the time by the clock of the store.

Times of objects are the store's own; the clock of this machine may be wrong by days, and is never compared with them.
"""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from babelreel.errors import MachineError

if TYPE_CHECKING:
    from babelreel.graph.bucket import Bucket

#: An object of no content, whose time is that of the last question.
CLOCK = "clock"
#: How old an earlier answer, to which the time since then is added, may be at most, in seconds.
_BELIEVED_S = 3600


class StoreClock:
    """The clock of a store; safe for several threads."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._asking = threading.Lock()
        self._known: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """Return the store's time, exact to some seconds; raises ``MachineError``."""
        with self._asking:
            if self._known is None or time.monotonic() - self._known[1] > _BELIEVED_S:
                self._known = self.ask(), time.monotonic()
            told, since = self._known
        return told + timedelta(seconds=time.monotonic() - since)

    def ask(self) -> datetime:
        """Ask the store now: what it writes now bears its time."""
        self._bucket.put(CLOCK, b"")
        if stat := self._bucket.stat(CLOCK):
            return stat.modified
        raise MachineError(
            what="The store does not keep what is written to it.",
            where=f"{self._bucket.address}/{CLOCK}",
            hint="Use another store, or ask those who run it.",
        )
