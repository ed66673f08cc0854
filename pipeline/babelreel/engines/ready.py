"""Choose which of the tasks that could begin do so next, and which go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from types import MappingProxyType
from typing import TypeAlias

from babelreel.graph.task import Task


def memory_of(tasks: Sequence[Task]) -> int:
    """Compute the memory, in bytes, that tasks take when they are done in one go."""
    return sum(task.memory_bytes for task in tasks) + max((task.batch_bytes for task in tasks), default=0)


#: The lowest comes first: the first turn of what waits in a batch, its work as a negative number, then its first place
#: in the plan.
_Rank: TypeAlias = tuple[int, int, int]


class Ready:
    """Tasks whose inputs are all there, gathered by batch; of those whose turn it is, the one with the most work.

    Only the main thread uses it. Tasks of the same weight come in the order of the plan. Hundreds of films have tens of
    thousands of batches waiting: what comes first is kept in a heap, in which a batch that has changed is put again.
    """

    def __init__(self, order: Sequence[Task], turns: Mapping[str, int] = MappingProxyType({})) -> None:
        """Take the order of the plan, and ``turns`` as in ``Plan``."""
        self._turns = turns
        self._place: Mapping[str, int] = {task.name: place for place, task in enumerate(order)}
        self._waiting: dict[str, list[Task]] = {}
        self._ranks: dict[str, _Rank] = {}
        self._heaps: dict[bool, list[tuple[_Rank, str]]] = {False: [], True: []}
        """Of what is worth sending elsewhere, and of what is cheap."""
        self._dear = 0

    def __len__(self) -> int:
        """Count the goes that are waiting, at least."""
        return len(self._waiting)

    def add(self, task: Task) -> None:
        """Let a task wait, with the others of its batch."""
        name = task.batch or task.name
        self._waiting.setdefault(name, []).append(task)
        own_turn, own_place = self._order(task)
        turn, weight, place = self._ranks.get(name, (own_turn, 0, own_place))
        self._rank(name, (min(turn, own_turn), weight - task.weight, min(place, own_place)))

    def count_dear(self) -> int:
        """Count the goes that are waiting and worth sending elsewhere."""
        return self._dear

    def has(self, is_cheap: bool | None = None) -> bool:  # noqa: FBT001 -- of three kinds, as in Offer
        """Tell whether anything waits that is cheap, or is not; by default anything at all."""
        return self._first(is_cheap) is not None

    def take(self, room_bytes: int | None, share_bytes: int, *, is_cheap: bool | None = None) -> tuple[Task, ...]:
        """Return what to do next in one go; nothing when it would take more memory than there is room for.

        ``None`` is any amount of room: a task that takes more than all there is can still be done alone.
        ``share_bytes`` is the memory that the tasks of one go may take together. ``is_cheap`` is as in ``has``.
        """
        name = self._first(is_cheap)
        if name is None:
            return ()
        tasks = sorted(self._waiting[name], key=self._order)
        chosen = self._of_first_turn(_fitting(tasks, share_bytes))
        if room_bytes is not None and memory_of(chosen) > room_bytes:
            return ()
        del self._waiting[name]
        self._dear -= _is_dear(self._ranks.pop(name))
        for task in tasks[len(chosen) :]:
            self.add(task)
        return tuple(chosen)

    def _order(self, task: Task) -> tuple[int, int]:
        return self._turns.get(task.name, 0), self._place[task.name]

    def _of_first_turn(self, chosen: Sequence[Task]) -> Sequence[Task]:
        """Leave what comes later for another go where it is the larger part: that costs one more decoding."""
        turn, _ = self._order(chosen[0])
        first = [task for task in chosen if self._order(task)[0] == turn]
        weight = sum(task.weight for task in chosen)
        return first if weight > 2 * sum(task.weight for task in first) else chosen

    def _first(self, is_cheap: bool | None) -> str | None:  # noqa: FBT001 -- see has
        firsts = [self._top(heap) for kind, heap in self._heaps.items() if is_cheap in {None, kind}]
        return min((each for each in firsts if each), default=(None, None))[1]

    def _top(self, heap: list[tuple[_Rank, str]]) -> tuple[_Rank, str] | None:
        while heap:
            rank, name = heap[0]
            if self._ranks.get(name) == rank:
                return rank, name
            heappop(heap)  # it has more work by now, or is under way
        return None

    def _rank(self, name: str, rank: _Rank) -> None:
        self._dear += _is_dear(rank) - _is_dear(self._ranks.get(name, (0, 0, 0)))
        self._ranks[name] = rank
        heappush(self._heaps[not _is_dear(rank)], (rank, name))


def _is_dear(rank: _Rank) -> bool:
    return rank[1] != 0


def _fitting(tasks: Sequence[Task], most_bytes: int) -> Sequence[Task]:
    """Choose as many tasks as the memory of one go allows; at least one."""
    count = 1
    while count < len(tasks) and memory_of(tasks[: count + 1]) <= most_bytes:
        count += 1
    return tasks[:count]
