"""Name two languages that are shown together, for two who read one screen or one sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

#: Between the tags of a pair. No tag holds it, so no pair is called as a language is.
JOINED = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two languages by their tags: the ``first`` is that of the child, the ``second`` of who reads beside it."""

    first: str
    second: str

    @classmethod
    def named(cls, tag: str) -> Self:
        """Read what ``tag`` writes; ``ValueError`` for what names no pair."""
        first, mark, second = (part.strip() for part in tag.partition(JOINED))
        if not (first and mark and second) or JOINED in second:
            raise ValueError(f"“{tag}” names no pair of languages")
        return cls(first=first, second=second)

    @property
    def tag(self) -> str:
        """What it is called wherever a language is called by its tag: ``ps+nl``."""
        return f"{self.first}{JOINED}{self.second}"

    @property
    def tags(self) -> tuple[str, str]:
        """The tags of its languages."""
        return self.first, self.second


def is_pair(tag: str) -> bool:
    """Tell a pair from a language by what it is called."""
    return JOINED in tag


def languages_in(tag: str) -> tuple[str, ...]:
    """List the tags of a pair, or that of the language that it is; none for what belongs to no language."""
    return tuple(part for part in tag.split(JOINED) if part)


def each_language(tags: Iterable[str]) -> tuple[str, ...]:
    """List the languages that tags name, those of pairs one by one."""
    return tuple(part.strip() for tag in tags for part in languages_in(tag) or (tag,))
