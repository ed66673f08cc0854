"""Remember what becomes of a language's text, under the name of all that decides it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace

from babelreel.graph.key import key_of
from babelreel.graph.late import LateLiteral
from babelreel.graph.plan import task_document
from babelreel.graph.task import Literal, SourceFile, Task
from babelreel.stages.inputs import Subtitles
from babelreel.stages.memory import Memory

#: What no text is laid out or written by: what is heard, and who made it. Track and language are shared.
_BESIDE = frozenset({"track", "language", "voice", "credits"})

_SHA256 = re.compile("[0-9a-f]{64}")


def look_at_text(memory: Memory, subtitles: Subtitles, *shared: object, own: object = None) -> str:
    """Name what decides how the text of a language is planned; ``shared`` and ``own`` are what else does."""
    others = [(each.name, getattr(subtitles, each.name)) for each in fields(subtitles) if each.name not in _BESIDE]
    return memory.look_at(subtitles.track, subtitles.language, *shared, own=(others, own))


def remember_text(  # noqa: PLR0913 - a text, and what its memory is kept under
    memory: Memory | None,
    looked_at: str,
    *,
    task: str,
    name: str,
    make: Callable[[], bytes],
    fonts: Iterable[SourceFile] = (),
) -> Literal:
    """Return a text of a ``task`` that is written when somebody asks for it, where its digest is remembered.

    Without a memory it is written now. The memory keeps nothing where one of the ``fonts`` has changed meanwhile.
    """
    if memory is None:
        return Literal(name=name, content=make())
    known = memory.recall(f"{task}, {name}", looked_at)
    if known and len(known) == 1 and _SHA256.fullmatch(known[0]):
        return LateLiteral(name=name, make=make, known=known[0])
    written = Literal(name=name, content=make())
    memory.keep(f"{task}, {name}", looked_at, (written.digest,), fonts)
    return written


def with_known_recipe(task: Task, memory: Memory | None, looked_at: str) -> Task:
    """Return a task that needs no other with its recipe, as it is remembered, or computed and remembered now."""
    if memory is None:
        return task
    known = memory.recall(task.name, looked_at)
    if known and len(known) == 1 and _SHA256.fullmatch(known[0]):
        return replace(task, recipe=known[0])
    recipe = key_of(task_document(task, {}))
    memory.keep(task.name, looked_at, (recipe,))
    return replace(task, recipe=recipe)
