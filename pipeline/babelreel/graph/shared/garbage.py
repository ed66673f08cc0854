"""Collect garbage in a shared store: what nobody used for many days, seen twice, a day apart, by the store's clock.

Nothing is locked meanwhile. So only what was already unused a day before is removed; entries go before their blobs;
and what turns out to be used after all, between looking and removing, is put back, or made again by those who miss it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from babelreel.errors import UsageError
from babelreel.graph.entry_file import read_entry
from babelreel.graph.key import canonical_json
from babelreel.graph.shared.clock import StoreClock
from babelreel.graph.shared.collected import Collected
from babelreel.graph.shared.in_bulk import in_bulk
from babelreel.graph.shared.layout import (
    BLOBS,
    KEYS,
    MARKS,
    PINS,
    PROBE,
    blob_path,
    damage_path,
    digest_at,
    key_path,
)
from babelreel.graph.shared.pins import Pinned, read_pin
from babelreel.graph.shared.unfinished import drop_unfinished

if TYPE_CHECKING:
    from babelreel.graph.bucket import Bucket, Stat

#: How long something stays after it was first seen to be unused: a run that found it just before has ended by then.
GRACE = timedelta(hours=24)
#: How many objects are removed with one request.
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """Since when, by the store's clock, keys and blobs were seen to be unused."""

    keys: Mapping[str, datetime]
    blobs: Mapping[str, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What lies in the store: blobs and entries by digest and key, and the blobs that each entry leads to."""

    blobs: Mapping[str, Stat]
    entries: Mapping[str, Stat]
    contents: Mapping[str, bytes]
    pinned: Pinned

    def blobs_of(self, keys: Iterable[str]) -> set[str]:
        """Return the blobs that these keys lead to; a broken entry leads to nothing."""
        read = (read_entry(self.contents[key], key) for key in keys if key in self.contents)
        return {digest for stored in read if stored for digest in stored.digests.values()}


def collect_garbage(bucket: Bucket, *, unused: timedelta, grace: timedelta = GRACE, is_dry: bool = False) -> Collected:
    """Remove what has been unused for ``unused``, and was so ``grace`` ago at an earlier call; note what is so now.

    Safe while others build. Raises ``UsageError`` where there is no shared store, and ``MachineError`` when the store
    does not answer; what was removed by then was unused.
    """
    if bucket.read(PROBE) is None:
        raise UsageError(
            what="There is no shared store of babelreel here.",
            where=bucket.address,
            hint='Give the address that "build --store" was given.',
        )
    return _Collection(bucket, unused, grace, is_dry=is_dry).run()


class _Collection:
    """One call: it looks, removes and notes."""

    def __init__(self, bucket: Bucket, unused: timedelta, grace: timedelta, *, is_dry: bool) -> None:
        self._bucket, self._unused, self._grace, self._is_dry = bucket, unused, grace, is_dry
        self._now = StoreClock(bucket).ask()
        self._marks = read_marks(bucket.read(MARKS))

    def run(self) -> Collected:
        look = self._look()
        idle = {key for key, stat in look.entries.items() if self._is_idle(key, stat, look.pinned)}
        gone = self._remove_entries(look, {key for key in idle if self._is_due(self._marks.keys.get(key))})
        used = look.blobs_of(look.entries.keys() - idle) | look.pinned.blobs
        idle_blobs = {digest for digest, stat in look.blobs.items() if digest not in used and self._is_past(stat)}
        led_to = look.blobs_of(look.entries.keys() - gone)
        due_blobs = {digest for digest in idle_blobs - led_to if self._is_due_blob(digest, look.blobs[digest])}
        due_blobs -= self._used_meanwhile(look, gone)
        self._remove([each for digest in sorted(due_blobs) for each in (blob_path(digest), damage_path(digest))])
        self._note(idle - gone, idle_blobs - due_blobs)
        if not self._is_dry:
            drop_unfinished(self._bucket, before=self._now - self._grace)
        return _summed(look, idle, gone, idle_blobs, due_blobs)

    def _look(self) -> _Look:
        """Look at blobs first and pins last: what comes in between is young, or is pinned."""
        blobs = self._listed(BLOBS)
        entries = self._listed(KEYS)
        contents = self._contents(entries)
        return _Look(blobs=blobs, entries=entries, contents=contents, pinned=self._pinned(remove=not self._is_dry))

    def _listed(self, folder: str) -> dict[str, Stat]:
        """List a folder of the store, its parts at the same time."""
        parts = in_bulk(lambda part: list(self._bucket.list(part)), self._bucket.folders(folder))
        return {digest: stat for part in parts for stat in part if (digest := digest_at(stat.path))}

    def _contents(self, keys: Collection[str]) -> dict[str, bytes]:
        listed = list(keys)
        contents = in_bulk(lambda key: self._bucket.read(key_path(key)), listed)
        return {key: content for key, content in zip(listed, contents, strict=True) if content is not None}

    def _pinned(self, *, remove: bool = False) -> Pinned:
        """Return everything that pins of the last days list; older ones can be removed."""
        keys: set[str] = set()
        blobs: set[str] = set()
        pins = list(self._bucket.list(PINS))
        young = [each.path for each in pins if each.modified >= self._now - self._unused]
        for content in in_bulk(self._bucket.read, young):
            if content is not None and (pin := read_pin(content)):
                keys |= pin.keys
                blobs |= pin.blobs
        if remove:
            self._remove(sorted({each.path for each in pins} - set(young)))
        return Pinned(keys=frozenset(keys), blobs=frozenset(blobs))

    def _is_idle(self, key: str, stat: Stat, pinned: Pinned) -> bool:
        return key not in pinned.keys and stat.modified < self._now - self._unused

    def _is_past(self, stat: Stat) -> bool:
        """Tell whether a blob is so old that whoever stored it has stored its entry too."""
        return stat.modified < self._now - self._grace

    def _is_due(self, since: datetime | None) -> bool:
        return since is not None and since <= self._now - self._grace

    def _is_due_blob(self, digest: str, stat: Stat) -> bool:
        """Tell whether a blob was unused for long enough, and was not stored again since."""
        since = self._marks.blobs.get(digest)
        return since is not None and self._is_due(since) and stat.modified < since

    def _remove_entries(self, look: _Look, due: set[str]) -> set[str]:
        """Remove entries except those that came into use since we looked; return those that are gone."""
        if not due:
            return due
        gone = due - self._pinned().keys
        self._remove([key_path(key) for key in sorted(gone)])
        used = gone & self._pinned().keys
        for key in () if self._is_dry else sorted(used):
            self._bucket.create(key_path(key), look.contents[key])
        return gone - used

    def _used_meanwhile(self, look: _Look, gone: set[str]) -> set[str]:
        """Return the blobs that what came since we looked leads to: new entries, and pins on what was just removed."""
        pinned = self._pinned()
        new = self._listed(KEYS).keys() - (look.entries.keys() if self._is_dry else look.entries.keys() - gone)
        now = _Look(blobs={}, entries={}, contents=self._contents(new), pinned=pinned)
        return now.blobs_of(new) | look.blobs_of(pinned.keys & gone) | pinned.blobs

    def _remove(self, paths: list[str]) -> None:
        for start in range(0, 0 if self._is_dry else len(paths), _AT_ONCE):
            self._bucket.delete(paths[start : start + _AT_ONCE])

    def _note(self, keys: Iterable[str], blobs: Iterable[str]) -> None:
        if not self._is_dry:
            marks = _Marks(
                keys={key: self._marks.keys.get(key, self._now) for key in keys},
                blobs={blob: self._marks.blobs.get(blob, self._now) for blob in blobs},
            )
            self._bucket.put(MARKS, write_marks(marks))


def read_marks(content: bytes | None) -> _Marks:
    """Read what was noted; damaged notes count as none, and are rewritten."""
    try:
        document = json.loads(content or b"{}")
        keys, blobs = (
            {str(name): datetime.fromisoformat(since) for name, since in document[kind].items()}
            for kind in ("keys", "blobs")
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Marks(keys={}, blobs={})
    return _Marks(keys=keys, blobs=blobs)


def write_marks(marks: _Marks) -> bytes:
    """Write down what is unused, and since when."""
    return canonical_json(
        {
            kind: {name: since.isoformat() for name, since in each.items()}
            for kind, each in (("keys", marks.keys), ("blobs", marks.blobs))
        }
    )


def _summed(look: _Look, idle: set[str], due: set[str], idle_blobs: set[str], due_blobs: set[str]) -> Collected:
    def size(blobs: Iterable[str]) -> int:
        return sum(look.blobs[each].size for each in blobs)

    return Collected(
        removed_results=len(due),
        removed_blobs=len(due_blobs),
        removed_bytes=size(due_blobs),
        waiting_results=len(idle - due),
        waiting_blobs=len(idle_blobs - due_blobs),
        waiting_bytes=size(idle_blobs - due_blobs),
        kept_results=len(look.entries) - len(idle),
        kept_bytes=size(look.blobs.keys() - idle_blobs),
    )
