"""Say in plain words what changed since a task was last done.

Facts are compared by their form. A mapping is compared key by key ("crf 23 -> 21"). A list of lists which each begin
with a number is a list of numbered items: in them integers are times and text, or a list of it, is text ("cue 17
text"). Items whose numbers are no part of the key get them from the caller; those of the old document are then unknown,
and 0. Anything else is compared as a whole ("font changed").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TypeAlias, TypeGuard

from babelreel.graph.key import canonical_json
from babelreel.graph.task import Json

#: How many items of one list are named; the others are counted.
NAMED_ITEMS = 4

#: A longer text is not shown as "old -> new": it is a digest or a command line.
LONGEST_SHOWN = 40

_Item: TypeAlias = Sequence[Json]


def explain_change(
    old: Mapping[str, Json],
    new: Mapping[str, Json],
    *,
    derived: frozenset[str] = frozenset(),
    numbers: Mapping[str, Sequence[int]] | None = None,
) -> tuple[str, ...]:
    """Say what differs between two key documents of one task; empty when they are equal.

    ``derived`` names the inputs that the plan made itself: what they are made of is among the facts, so they are only
    mentioned, like lists in the action, when nothing else explains the change. So are inputs whose digest stands among
    the facts. ``numbers`` are those of the new items of a fact that bears none itself.
    """
    before, after = _mapping(old, "facts"), _mapping(new, "facts")
    told = canonical_json([before, after]).decode("utf-8", "surrogatepass")
    for name, known in (numbers or {}).items():
        if canonical_json(before.get(name)) == canonical_json(after.get(name)):
            continue  # the old numbers are unknown, so nothing is said of them
        before, after = _number(before, name, ()), _number(after, name, known)
    inputs = _differing(_mapping(old, "inputs"), _mapping(new, "inputs"))
    action = _differing(_mapping(old, "action"), _mapping(new, "action"))
    untold = [each for each in inputs if each[0] not in derived and not _is_told(each, told)]
    plain = [
        *_compare_mappings(before, after, _compare_fact),
        *(line for name, before, after in action if not _is_list(after) for line in _compare(name, before, after)),
        *(_changed(name, before, after) for name, before, after in untold),
    ]
    rest = [
        *(_changed(name, before, after) for name, before, after in (*inputs, *action)),
        *(f"{name} changed" for name in ("outputs", "kind", "schema") if old.get(name) != new.get(name)),
    ]
    return tuple(dict.fromkeys(plain or rest))


def _is_told(change: tuple[str, _Side, _Side], facts: str) -> bool:
    """Tell whether the digests of a changed input stand among the facts, which say better what it is."""
    return all(f'"{side}"' in facts for side in change[1:] if isinstance(side, str))


def _number(facts: Mapping[str, Json], name: str, numbers: Sequence[int]) -> Mapping[str, Json]:
    items = facts.get(name)
    if not _is_list(items) or not all(_is_list(item) for item in items):
        return facts
    numbered = [(number, *item) for number, item in zip_longest(numbers, items, fillvalue=0) if _is_list(item)]
    return {**facts, name: numbered}


class _Absent:
    """Stands for the value of a key that is not there; null is a value."""


_ABSENT = _Absent()
_Side: TypeAlias = Json | _Absent


def _mapping(document: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    value = document.get(name)
    return value if isinstance(value, Mapping) else {}


def _differing(old: Mapping[str, Json], new: Mapping[str, Json]) -> list[tuple[str, _Side, _Side]]:
    sides = ((name, old.get(name, _ABSENT), new.get(name, _ABSENT)) for name in dict.fromkeys((*new, *old)))
    return [(name, before, after) for name, before, after in sides if not _is_same(before, after)]


def _is_same(before: _Side, after: _Side) -> bool:
    if isinstance(before, _Absent) or isinstance(after, _Absent):
        return before is after
    return canonical_json(before) == canonical_json(after)


def _changed(name: str, before: _Side, after: _Side) -> str:
    if isinstance(before, _Absent):
        return f"{name} added"
    if isinstance(after, _Absent):
        return f"{name} removed"
    return f"{name} changed"


def _compare_mappings(
    old: Mapping[str, Json], new: Mapping[str, Json], compare: Callable[[str, _Side, _Side], Iterator[str]]
) -> Iterator[str]:
    for name, before, after in _differing(old, new):
        yield from compare(name, before, after)


def _compare_fact(name: str, before: _Side, after: _Side) -> Iterator[str]:
    """Compare one fact; the keys of a mapping stand for themselves ("crf", not "settings crf")."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _compare_mappings(before, after, _compare)
    else:
        yield from _compare(name, before, after)


def _compare(name: str, before: _Side, after: _Side) -> Iterator[str]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _compare_mappings(
            {f"{name} {key}": value for key, value in before.items()},
            {f"{name} {key}": value for key, value in after.items()},
            _compare,
        )
    elif _is_numbered(before) and _is_numbered(after) and (before or after):
        yield from _shortened(name, list(_compare_items(name.removesuffix("s"), before, after)))
    elif _is_showable(before) and _is_showable(after):
        yield f"{name} {_shown(before)} -> {_shown(after)}"
    else:
        yield _changed(name, before, after)


def _is_list(value: _Side) -> TypeGuard[Sequence[Json]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_numbered(value: _Side) -> TypeGuard[Sequence[_Item]]:
    return _is_list(value) and all(_is_list(item) and item and _is_integer(item[0]) for item in value)


def _is_integer(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_showable(value: _Side) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_SHOWN and value.isprintable()
    return value is None or isinstance(value, int)


def _shown(value: _Side) -> str:
    words = {None: "none", True: "yes", False: "no"}
    if value is None or isinstance(value, bool):
        return words[value]
    return str(value) or "nothing"


def _shortened(name: str, lines: list[str]) -> list[str]:
    if not lines:
        return [f"{name} renumbered"]
    if len(lines) <= NAMED_ITEMS + 1:
        return lines
    return [*lines[:NAMED_ITEMS], f"{len(lines) - NAMED_ITEMS} more {name}"]


def _compare_items(noun: str, old: Sequence[_Item], new: Sequence[_Item]) -> Iterator[str]:
    """Align two lists by what the items hold, so that one inserted cue does not change all that follow."""
    bodies, new_bodies = ([canonical_json(item[1:]) for item in side] for side in (old, new))
    matcher = SequenceMatcher(a=bodies, b=new_bodies, autojunk=False)
    for tag, begin, end, new_begin, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield from _compare_stretch(noun, old[begin:end], new[new_begin:new_end])


def _compare_stretch(noun: str, old: Sequence[_Item], new: Sequence[_Item]) -> Iterator[str]:
    if len(old) == len(new) or not all(item[0] for item in old):
        pairs: list[tuple[_Item | None, _Item | None]] = list(zip_longest(old, new))
    else:
        before = {str(item[0]): item for item in old}
        after = {str(item[0]): item for item in new}
        pairs = [(before.get(number), after.get(number)) for number in dict.fromkeys((*after, *before))]
    for one, other in pairs:
        if one is None or other is None:
            number = (one or other or [0])[0]
            yield f"{f'{noun} {number}' if number else f'a {noun}'} {'added' if one is None else 'removed'}"
        elif what := _what_differs(one, other):
            yield f"{noun} {other[0]} {what}"


def _what_differs(old: _Item, new: _Item) -> str:
    """Name what differs between two items, but for their numbers: empty, "time", "text", "time and text", "changed"."""
    if canonical_json(old[1:]) == canonical_json(new[1:]):
        return ""
    if len(old) != len(new):
        return "changed"
    names = [_part_name(after) for before, after in zip(old[1:], new[1:], strict=True) if not _is_same(before, after)]
    return " and ".join(dict.fromkeys(names)) if all(names) else "changed"


def _part_name(value: Json) -> str:
    if _is_integer(value):
        return "time"
    return "text" if isinstance(value, str) or _is_list(value) else ""
