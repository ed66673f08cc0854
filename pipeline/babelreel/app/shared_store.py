"""Use a store that several machines share; what speaks to it is loaded where it is used, and not before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType

from babelreel.app.publish.places import needing_obstore
from babelreel.graph.folder_store import FolderStore
from babelreel.graph.shared.collected import Collected
from babelreel.graph.store import Store


def open_store(
    address: str, local: FolderStore, *, warn: Callable[[str], None], cache_bytes: int | None = None
) -> Store:
    """Open a shared store, a bucket's or a folder's, as ``open_shared_store`` says."""
    store: Store = _opening(address).open_shared_store(address, local, warn=warn, cache_bytes=cache_bytes)
    return store


def collect_shared(address: str, *, days: int, is_dry: bool) -> Collected:
    """Remove from a shared store what nobody used for so many days, as ``collect_garbage`` says."""
    bucket = _opening(address).open_existing(address)
    from babelreel.graph.shared.garbage import collect_garbage  # noqa: PLC0415 - it needs obstore, which is there now

    return collect_garbage(bucket, unused=timedelta(days=days), is_dry=is_dry)


def _opening(address: str) -> ModuleType:
    with needing_obstore(address):
        from babelreel.graph.shared import opening  # noqa: PLC0415 - it needs obstore, which is an extra
    return opening
