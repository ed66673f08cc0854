"""Remove half-written files that killed runs left in a folder that machines share."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.graph.shared.layout import BLOBS, DAMAGED, KEYS, PINS
from babelreel.system_errors import house_errors

if TYPE_CHECKING:
    from babelreel.graph.bucket import Bucket

#: obstore's ``LocalStore`` writes beside a name of ours first, tells nobody of it, and never comes back to it.
_STAGED = re.compile(r"(run-)?[0-9a-f]+(-\d+)?(\.jsonl?)?#\d+")


def drop_unfinished(bucket: Bucket, *, before: datetime) -> None:
    """Remove what was last written to before a time of the store's clock, and never put in its place.

    A bucket does not show such files. Raises ``MachineError`` for what cannot be removed.
    """
    if not bucket.is_folder:
        return
    root = Path(bucket.address)
    with house_errors(root):
        for path in (path for folder in (BLOBS, KEYS, DAMAGED, PINS) for path in (root / folder).rglob("*#*")):
            with suppress(FileNotFoundError):  # it was put in its place just now
                if _STAGED.fullmatch(path.name) and datetime.fromtimestamp(path.lstat().st_mtime, UTC) < before:
                    path.unlink()
