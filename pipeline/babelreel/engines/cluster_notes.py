"""What happens in a cluster, for whoever has work done there?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A worker has come; what it says of itself is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A worker is gone, as it said it would or all at once."""

    address: str
    is_expected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of an order: bytes, or nothing where the answer was lost on its way."""

    key: str
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """An order ended in an error that is not of babelreel's own kinds."""

    key: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """An order is done to this share."""

    key: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An order is on its way to its worker, which may die of it from now on."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """An order could not be sent: what it needs could not be given to the store, or has changed.

    An error that is no ``BabelreelError`` is a bug.
    """

    key: str
    error: Exception


Note = Sent | Unsent | Came | Gone | Answered | Failed | Progressed
