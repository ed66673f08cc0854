"""Report what becomes of workers on other machines."""

from __future__ import annotations

from collections import deque

from babelreel.graph.event import ClusterState, Event, WorkerJoined, WorkerLost, WorkerRefused, WorkPlacedAgain
from babelreel.model.counted import count
from babelreel.report.safe_text import printable

#: What the store's rate is taken over, in seconds.
_RATE_S = 10.0


def render_worker(event: Event) -> str:
    """Write the line of an event of a worker; empty for all others."""
    if isinstance(event, WorkerJoined):
        return f"worker {printable(event.worker)} takes part, with {count(event.slots, 'slot')}"
    if isinstance(event, WorkerLost):
        moved = f"; {count(event.requeued, 'batch', 'batches')} will go elsewhere" if event.requeued else ""
        return f"worker {printable(event.worker)} was lost{moved}"
    if isinstance(event, WorkerRefused):
        return f"worker {printable(event.worker)} does not take part: {printable(event.why)}"
    if isinstance(event, WorkPlacedAgain):
        name = printable(event.tasks[0].batch or event.tasks[0].name)
        return f"{name}: {count(len(event.tasks), 'step')} placed again, on worker {printable(event.worker)}"
    return ""


class ClusterLine:
    """Says how many workers there are and how much they store: what stands behind the bar of the whole build."""

    def __init__(self) -> None:
        self._state: ClusterState | None = None
        self._stored: deque[tuple[float, int]] = deque()

    def take(self, state: ClusterState, now_s: float) -> None:
        """Take in how it is now, by a clock that only goes forward."""
        self._state = state
        self._stored.append((now_s, state.stored_bytes))
        while self._stored[0][0] < now_s - _RATE_S:
            self._stored.popleft()

    def render(self, done: int, tasks: int, left: str) -> str:
        """Write the line for so many tasks done of all, and the time left; that alone where there is no worker."""
        if self._state is None:
            return left
        parts = [
            f"{count(self._state.workers, 'worker')}, {self._state.busy} of {count(self._state.slots, 'slot')} busy",
            f"{done}/{tasks}",
            *([f"store {self._rate_mb():.0f} MB/s"] if len(self._stored) > 1 else []),
            *([left] if left else []),
        ]
        return " | ".join(parts)

    def _rate_mb(self) -> float:
        (first_s, first), (last_s, last) = self._stored[0], self._stored[-1]
        return (last - first) / max(last_s - first_s, 1.0) / 1_000_000
