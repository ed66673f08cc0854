"""What happens in a cluster, for whoever has work done there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A worker has come; it will be asked what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A worker is gone, as announced or suddenly."""

    address: str
    is_expected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The result of an order: bytes, or ``None`` where the answer was lost on its way."""

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
    """An order could not be sent: what it needs could not be stored, or has changed.

    An error that is not a ``BabelreelError`` is a bug.
    """

    key: str
    error: Exception


Note = Sent | Unsent | Came | Gone | Answered | Failed | Progressed
