"""Parts of a task that are made when they are asked for: of most tasks the key is known, and nobody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

from babelreel.graph.task import Literal

Item_co = TypeVar("Item_co", covariant=True)


class LateLiteral(Literal):
    """A ``Literal`` whose bytes are made when they are asked for; what is pickled holds them.

    ``known`` is its digest, where that is known without them.
    """

    __slots__ = ("_known", "_make")
    _known: str
    _make: Callable[[], bytes]

    def __init__(self, *, name: str, make: Callable[[], bytes], known: str = "") -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "_make", make)
        object.__setattr__(self, "_known", known)

    @property
    def content(self) -> bytes:
        """Return the bytes."""
        return self._make()

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        return self._known or super().digest

    def __eq__(self, other: object) -> bool:
        """Compare as what it stands for."""
        return isinstance(other, Literal) and (self.name, self.content) == (other.name, other.content)

    def __hash__(self) -> int:
        """Hash as what it stands for."""
        return hash((self.name, self.content))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be pickled as what it stands for: whoever reads it cannot make it."""
        return _literal, (self.name, self.content)


class LateItems(Sequence[Item_co]):
    """Items that are made when they are asked for; pickled and compared as the tuple of them."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], tuple[Item_co, ...]]) -> None:
        self._make = make

    def __len__(self) -> int:
        return len(self._make())

    @overload
    def __getitem__(self, place: int) -> Item_co: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Item_co, ...]: ...
    def __getitem__(self, place: int | slice) -> Item_co | tuple[Item_co, ...]:
        return self._make()[place]

    def __iter__(self) -> Iterator[Item_co]:
        return iter(self._make())

    def __eq__(self, other: object) -> bool:
        """Compare as what they stand for."""
        return isinstance(other, tuple | LateItems) and self._make() == tuple(other)

    __hash__ = None  # type: ignore[assignment] # what it holds has none either

    def __reduce__(self) -> tuple[Any, ...]:
        """Be pickled as what it stands for."""
        return tuple, (self._make(),)


def _literal(name: str, content: bytes) -> Literal:
    return Literal(name=name, content=content)
