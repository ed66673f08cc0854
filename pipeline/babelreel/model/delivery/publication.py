"""Say what publishing changed, here and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.delivery.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What lies in ``output/`` now, which paths below it are new or other than before, and which were taken away.

    ``restored`` counts what had been published just so before, and was missing or another file meanwhile.
    """

    manifest: Manifest
    written: tuple[str, ...]
    removed: tuple[str, ...]
    restored: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent to the ``address`` of a place that shows the publication, in files and bytes, and removed there."""

    address: str
    sent: int
    sent_bytes: int
    removed: int
