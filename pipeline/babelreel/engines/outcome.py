"""The result of running a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babelreel.errors import BabelreelError
from babelreel.graph.store import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Each task of the plan by name, either with its stored result or with the error that prevented it.

    A task that was skipped bears the error of the task it would have needed; where the first error stopped all, tasks
    not done bear that one. ``ran`` tasks were performed; ``up_to_date`` were so in the plan; ``cut_off`` were to run
    but had their result in the store once their inputs were known.
    """

    entries: Mapping[str, Entry]
    failures: Mapping[str, BabelreelError]
    ran: int
    up_to_date: int
    cut_off: int
