"""Of all tasks that could begin, which do so next, and which go together?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babelreel.graph.task import Task


def memory_of(tasks: Sequence[Task]) -> int:
    """Give the memory, in bytes, that tasks take when they are done in one go."""
    return sum(task.memory_bytes for task in tasks) + max((task.batch_bytes for task in tasks), default=0)


class Ready:
    """Tasks whose inputs are all there, gathered by batch; the one with the most work to do comes first.

    Only the main thread uses it. Tasks of the same weight come in the order of the plan.
    """

    def __init__(self, order: Sequence[Task]) -> None:
        """Take the order of the plan."""
        self._place: Mapping[str, int] = {task.name: place for place, task in enumerate(order)}
        self._waiting: dict[str, list[Task]] = {}

    def __len__(self) -> int:
        """Count the goes that are waiting, at least."""
        return len(self._waiting)

    def add(self, task: Task) -> None:
        """Let a task wait, with the others of its batch."""
        self._waiting.setdefault(task.batch or task.name, []).append(task)

    def take(self, room_bytes: int | None, share_bytes: int) -> tuple[Task, ...]:
        """Give what to do next in one go; nothing when it would take more memory than there is room for.

        ``None`` is any amount of room: a task that takes more than all there is can still be done alone.
        ``share_bytes`` is the memory that the tasks of one go may take together.
        """
        name = min(self._waiting, key=self._rank)
        tasks = sorted(self._waiting[name], key=lambda task: self._place[task.name])
        chosen = _fitting(tasks, share_bytes)
        if room_bytes is not None and memory_of(chosen) > room_bytes:
            return ()
        left = tasks[len(chosen) :]
        if left:
            self._waiting[name] = left
        else:
            del self._waiting[name]
        return tuple(chosen)

    def _rank(self, name: str) -> tuple[int, int]:
        tasks = self._waiting[name]
        return -sum(task.weight for task in tasks), min(self._place[task.name] for task in tasks)


def _fitting(tasks: Sequence[Task], most_bytes: int) -> Sequence[Task]:
    """Give as many tasks as the memory of one go allows; one at least."""
    count = 1
    while count < len(tasks) and memory_of(tasks[: count + 1]) <= most_bytes:
        count += 1
    return tasks[:count]
