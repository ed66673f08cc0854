"""Send what may take long to be sent, without making anybody else wait."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable

#: How many are sent at once for one film. The upload of a film makes all others of that film wait, but none of another.
_FOR_A_FILM = 4
#: Small ones end within this time; what takes longer is left behind.
_GRACE_S = 0.5


class Senders:
    """Threads that send, a few for each film, as long as there is something to send for it.

    They do not delay the end of a run: an upload cannot be interrupted, and may take minutes.
    """

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[Callable[[], None]]] = defaultdict(deque)
        self._at_work: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._is_closed = False

    def submit(self, film: str, send: Callable[[], None]) -> None:
        """Have something sent for a film, after what is waiting for it; ``send`` raises nothing."""
        with self._changed:
            if self._is_closed:
                return
            self._waiting[film].append(send)
            if self._at_work[film] == _FOR_A_FILM:
                return
            self._at_work[film] += 1
        threading.Thread(target=self._work, args=(film,), name=f"send {film}", daemon=True).start()

    def close(self) -> None:
        """Begin nothing more; wait a moment for what is being sent, and leave behind what takes longer."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.wait_for(lambda: not self._at_work.total(), _GRACE_S)

    def _work(self, film: str) -> None:
        while send := self._next(film):
            send()

    def _next(self, film: str) -> Callable[[], None] | None:
        with self._changed:
            if waiting := self._waiting[film]:
                return waiting.popleft()
            self._at_work[film] -= 1
            self._changed.notify_all()
            return None
