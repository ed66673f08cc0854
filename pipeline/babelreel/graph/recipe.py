"""Name the state of all inputs that a plan belongs to, before any of its work is done.

A task's key is known only when the tasks before it have results. A recipe is known at once: for an input that
another task makes, it says how that task makes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from babelreel.graph.key import canonical_json, key_document, key_of
from babelreel.graph.task import Input, Produced, SourceFile, Task

#: How much of a digest names a state: 64 bits, in which no two states of a project collide.
STATE_CHARS = 16


def recipes_of(tasks: Iterable[Task]) -> Mapping[str, str]:
    """Name the recipe of each task, by task; that of a task that needs no other is its key.

    ``tasks`` are in an order in which they could run.
    """
    recipes: dict[str, str] = {}
    for task in tasks:
        origins = {} if task.recipe else {each.name: _origin(each, recipes) for each in task.inputs}
        recipes[task.name] = task.recipe or key_of(key_document(task, origins))
    return recipes


def state_of(recipes: Mapping[str, str], published: Iterable[tuple[str, str, str]]) -> str:
    """Name the state of the inputs: it changes whenever a byte of what is published may.

    ``recipes`` are those of all tasks; ``published`` is path, task and output of each file.
    """
    origins = [[path, recipes[task], output] for path, task, output in sorted(published)]
    return hashlib.sha256(canonical_json(origins)).hexdigest()[:STATE_CHARS]


def _origin(each: Input, recipes: Mapping[str, str]) -> str:
    if isinstance(each, Produced):
        return f"{recipes[each.task]} {each.output}"
    return (isinstance(each, SourceFile) and each.part) or each.digest
