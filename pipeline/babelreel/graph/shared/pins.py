"""Note what a run uses, so that nobody collects it.

A pin is an object that lists keys and blobs; its age, by the store's clock, says when they were last used. It stays
when the run has ended: that is how a result that was found counts as used.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from babelreel.errors import MachineError
from babelreel.graph.bucket import Bucket
from babelreel.graph.key import canonical_json
from babelreel.graph.shared.goodbye import GOODBYE_S, hurried, taken_soon
from babelreel.graph.shared.layout import pin_path

#: How often a run confirms what it uses; the youngest that is collected was unused for a day.
_RENEWAL_S = 1800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """Keys of results, and digests of blobs that are not results: the film, recordings, fonts."""

    keys: frozenset[str] = frozenset()
    blobs: frozenset[str] = frozenset()


class Pins:
    """The pins of one run; safe for several threads."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._name = f"run-{secrets.token_hex(8)}"
        self._writing = threading.Lock()
        self._is_held = False
        self._keys: set[str] = set()
        self._blobs: set[str] = set()
        self._paths: list[str] = []
        """The pins of this run, which together list all that it uses."""
        self._count = 0

    def add(self, *, keys: Collection[str] = (), blobs: Collection[str] = ()) -> None:
        """Pin these before they are used; raises ``MachineError``. Nothing is written while the run holds nothing."""
        with self._writing:
            new = Pinned(keys=frozenset(keys) - self._keys, blobs=frozenset(blobs) - self._blobs)
            if new == Pinned():
                return
            self._keys |= new.keys
            self._blobs |= new.blobs
            if self._is_held:
                self._write(new)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Pin all that is used in the block, also what was used before it."""
        ended = threading.Event()
        with self._writing:
            self._is_held = True
            self._write(self._all())
        renewing = threading.Thread(target=self._renew_until, args=(ended,), daemon=True)
        renewing.start()
        try:
            yield
        finally:
            ended.set()
            renewing.join(GOODBYE_S)
            # if that fails, or the store does not answer, the run's own pins stay and say the same
            with taken_soon(self._writing) as is_taken, suppress(MachineError):
                if is_taken:
                    self._is_held = False
                    self._settle(hurried(self._bucket))

    def _renew_until(self, ended: threading.Event) -> None:
        while not ended.wait(_RENEWAL_S):
            with self._writing, suppress(MachineError):  # the one before is good for a day
                self._renew()

    def _all(self) -> Pinned:
        return Pinned(keys=frozenset(self._keys), blobs=frozenset(self._blobs))

    def _write(self, pinned: Pinned) -> None:
        if pinned != Pinned():
            self._count += 1
            path = pin_path(f"{self._name}-{self._count}")
            self._bucket.put(path, write_pin(pinned))
            self._paths.append(path)

    def _renew(self) -> None:
        before = self._paths
        self._paths = []
        try:
            self._write(self._all())
        except MachineError:
            self._paths = before
            raise
        self._bucket.delete(before)

    def _settle(self, bucket: Bucket) -> None:
        """Leave one pin for all of the run, named after what it lists: the next run that uses the same renews it."""
        content = write_pin(self._all())
        if self._paths:
            bucket.put(pin_path(hashlib.sha256(content).hexdigest()), content)
            bucket.delete(self._paths)
            self._paths = []


def write_pin(pinned: Pinned) -> bytes:
    """Write a pin down."""
    return canonical_json({"keys": sorted(pinned.keys), "blobs": sorted(pinned.blobs)})


def read_pin(content: bytes) -> Pinned | None:
    """Read a pin; ``None`` for anything else."""
    try:
        document = json.loads(content)
        return Pinned(
            keys=frozenset(str(each) for each in document["keys"]),
            blobs=frozenset(str(each) for each in document["blobs"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
