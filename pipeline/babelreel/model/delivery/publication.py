"""Say what publishing changed, here and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.delivery.manifest import Manifest, PublishedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What lies in ``output/`` now, which paths below it are new or other than before, and which were taken away.

    ``restored`` counts what had been published just so before, and was missing or another file meanwhile.
    ``left_out`` are published files that were damaged, changed or removed, and could not be put back; ``lacking`` those
    for which that holds of the publication before, where this one has others in their places.
    """

    manifest: Manifest
    written: tuple[str, ...]
    removed: tuple[str, ...]
    restored: int = 0
    left_out: tuple[PublishedFile, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent to the ``address`` of a place that shows the publication, in files and bytes, and removed there."""

    address: str
    sent: int
    sent_bytes: int
    removed: int
