"""What a publication is made of while it waits to replace the one before; a look at it loads nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

if TYPE_CHECKING:
    from babelreel.graph.store import Store

#: Writes what is published into a file that can be sought in; the same bytes each time it is called.
Write: TypeAlias = Callable[[BinaryIO], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a store keeps under a digest; it is brought to this machine when it is published, and not before.

    ``published`` is where these bytes lie already, where the store need not keep them for that. ``is_handed_over`` says
    that nothing else is published of them, and that the store may lose them in the act.
    """

    digest: str
    store: Store
    published: Path | None = None
    is_handed_over: bool = False


#: Where the bytes of a file to publish come from: a store, another file, or they are at hand, or made in their turn.
Source: TypeAlias = Stored | Path | bytes | Write
#: Everything that is under way waits here, on the file system of its places; hidden, and ours by its name.
STAGING = ".incoming"


def is_interrupted(output: Path) -> bool:
    """Tell whether a run ended in the middle of its publishing."""
    return (output / STAGING).is_dir() and not (output / STAGING).is_symlink()
