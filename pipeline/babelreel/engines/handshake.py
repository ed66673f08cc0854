"""Decide whether a worker on another machine may take part: whether it would make the same bytes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import babelreel
from babelreel import __version__
from babelreel.graph.task import Program
from babelreel.media.programs.libraries import own_libraries

#: What a digest is shortened to for people.
_SHOWN = 8
_PYTHON = ".".join(map(str, sys.version_info[:2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a machine says of itself: its name, what it runs, what it can carry, and for which store it works.

    ``sources`` is the SHA-256 of babelreel's own files, ``python`` the minor version; ``libraries`` is as
    ``own_libraries`` returns it, ``store_id`` the identity of the store at the address ``store``. Fonts are not here:
    they travel with the work, by their digest.
    """

    machine: str
    version: str
    sources: str
    python: str
    libraries: str
    store: str
    store_id: str
    slots: int
    memory_bytes: int
    ffmpeg: Program

    def document(self) -> dict[str, Any]:
        """Return it as plain values, which travel without a class."""
        return asdict(self)


def own_facts(  # noqa: PLR0913 -- what only this machine knows of itself, each by name
    *, machine: str, store: str, store_id: str, slots: int, memory_bytes: int, ffmpeg: Program
) -> Facts:
    """Describe this machine."""
    return Facts(
        machine=machine,
        version=__version__,
        sources=digest_of_sources(),
        python=_PYTHON,
        libraries=own_libraries(),
        store=store,
        store_id=store_id,
        slots=slots,
        memory_bytes=memory_bytes,
        ffmpeg=ffmpeg,
    )


def read_facts(document: object) -> Facts | None:
    """Read what a worker said of itself; ``None`` for one that is not of babelreel, or of a version too far away."""
    if not isinstance(document, Mapping):
        return None
    try:
        return Facts(**{**document, "ffmpeg": Program(**document["ffmpeg"])})
    except (KeyError, TypeError):
        return None


def refusal(worker: Facts | None, *, store: str, store_id: str, programs: Collection[Program]) -> str:
    """Say why a worker may not take part in this build, naming what it has and what is wanted; empty if it may.

    ``programs`` are those that the build was planned with; ``store_id`` is empty where it has no shared store.
    """
    if worker is None:
        return "it is no worker of babelreel, or one of a very different version"
    for has, needs in (
        (
            f"babelreel {_named(worker.version, worker.sources)}",
            f"babelreel {_named(__version__, digest_of_sources())}",
        ),
        (f"Python {worker.python}", f"Python {_PYTHON}"),
        _differing(worker.libraries, own_libraries()),
        *(
            (
                f"ffmpeg {_named(worker.ffmpeg.version, worker.ffmpeg.digest)}",
                f"ffmpeg {_named(each.version, each.digest)}",
            )
            for each in programs
            if each.name == worker.ffmpeg.name
        ),
    ):
        if has != needs:
            return f"it has {has}, this build {needs}"
    if store_id and worker.store_id != store_id:
        theirs, ours = (
            f"{name} ({number[:_SHOWN]})" for name, number in ((worker.store, worker.store_id), (store, store_id))
        )
        return f"it works for the store {theirs}, this build for {ours}, which is another one"
    return ""


def _differing(theirs: str, ours: str) -> tuple[str, str]:
    """Leave out what two lists have in common."""
    lists = theirs.split(", "), ours.split(", ")
    has, needs = (", ".join(each for each in some if each not in other) for some, other in (lists, lists[::-1]))
    return has, needs


@cache
def digest_of_sources() -> str:
    """Compute the SHA-256 of babelreel's own files: what decides results beside ffmpeg."""
    root = Path(babelreel.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".toml"} and path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _named(version: str, digest: str) -> str:
    return f"{version} ({digest[:_SHOWN]})"
