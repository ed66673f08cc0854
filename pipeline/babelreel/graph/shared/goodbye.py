"""Say goodbye to the store at the end of a run; a dead store is not waited for, as nothing said here is essential."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from babelreel.graph.bucket import Bucket, open_bucket

#: Each step of it is given this long, in seconds.
GOODBYE_S = 5.0


def hurried(bucket: Bucket) -> Bucket:
    """Return the same bucket, given up sooner when it does not answer."""
    return bucket if bucket.is_folder else open_bucket(bucket.address, patience=timedelta(seconds=GOODBYE_S))


@contextmanager
def taken_soon(lock: threading.Lock) -> Iterator[bool]:
    """Take a lock for the block, and yield whether that was possible: its holder may wait for a store that is dead."""
    is_taken = lock.acquire(timeout=GOODBYE_S)
    try:
        yield is_taken
    finally:
        if is_taken:
            lock.release()
