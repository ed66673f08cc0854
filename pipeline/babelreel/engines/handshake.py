"""May a worker on another machine take part: would it make the same bytes?"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import babelreel
from babelreel.graph.task import Program

#: What a digest is shortened to for people.
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a machine says of itself: its name, what it runs, what it can carry, and for which store it works.

    ``sources`` is the SHA-256 of babelreel's own files, ``python`` the minor version. Fonts are not here: they travel
    with the work, by their digest.
    """

    machine: str
    version: str
    sources: str
    python: str
    store: str
    slots: int
    memory_bytes: int
    ffmpeg: Program

    def document(self) -> dict[str, Any]:
        """Give it as plain values, which travel without a class."""
        return asdict(self)


def own_facts(*, machine: str, store: str, slots: int, memory_bytes: int, ffmpeg: Program) -> Facts:
    """Say what this machine is."""
    return Facts(
        machine=machine,
        version=babelreel.__version__,
        sources=digest_of_sources(),
        python=".".join(map(str, sys.version_info[:2])),
        store=store,
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


def refusal(worker: Facts | None, *, store: str, programs: Collection[Program]) -> str:
    """Say why a worker may not take part in this build, naming what it has and what is wanted; empty if it may.

    ``programs`` are those that the build was planned with.
    """
    if worker is None:
        return "it is no worker of babelreel, or one of a very different version"
    mine = (babelreel.__version__, digest_of_sources())
    if (worker.version, worker.sources) != mine:
        return f"it has babelreel {_named(worker.version, worker.sources)}, this build {_named(*mine)}"
    python = ".".join(map(str, sys.version_info[:2]))
    if worker.python != python:
        return f"it has Python {worker.python}, this build {python}"
    for wanted in programs:
        if wanted.name == worker.ffmpeg.name and wanted != worker.ffmpeg:
            has, needs = (_named(each.version, each.digest) for each in (worker.ffmpeg, wanted))
            return f"it has ffmpeg {has}, this build {needs}"
    if "://" in store and worker.store.rstrip("/") != store.rstrip("/"):
        return f"it works for the store {worker.store}, this build for {store}"
    return ""


@cache
def digest_of_sources() -> str:
    """Give the SHA-256 of babelreel's own files: what decides on results beside ffmpeg."""
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
