"""Remember what becomes of a language's text, under the name of all that decides it."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from babelreel.graph.key import key_of
from babelreel.graph.plan import task_document
from babelreel.graph.task import Task
from babelreel.stages.inputs import Subtitles
from babelreel.stages.memory import Memory

#: What no text is laid out or written by: what is heard, and who made it. Track and language are shared.
_BESIDE = frozenset({"track", "language", "voice", "credits"})

_RECIPE = re.compile("[0-9a-f]{64}")


def look_at_text(memory: Memory, subtitles: Subtitles, *shared: object, own: object = None) -> str:
    """Name what decides how the text of a language is planned; ``shared`` and ``own`` are what else does."""
    others = [(each.name, getattr(subtitles, each.name)) for each in fields(subtitles) if each.name not in _BESIDE]
    return memory.look_at(subtitles.track, subtitles.language, *shared, own=(others, own))


def with_known_recipe(task: Task, memory: Memory | None, looked_at: str) -> Task:
    """Return a task that needs no other with its recipe, as it is remembered, or computed and remembered now."""
    if memory is None:
        return task
    known = memory.recall(task.name, looked_at)
    if known and len(known) == 1 and _RECIPE.fullmatch(known[0]):
        return replace(task, recipe=known[0])
    recipe = key_of(task_document(task, {}))
    memory.keep(task.name, looked_at, (recipe,))
    return replace(task, recipe=recipe)
