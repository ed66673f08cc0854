"""Send many small requests at once: one after another, 3000 of 20 ms each take a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")

_AT_ONCE = 64


def in_bulk(call: Callable[[S], T], things: Iterable[S]) -> list[T]:
    """Call a function with each of these things, 64 at a time, and return the results in their order."""
    listed = list(things)
    if len(listed) <= 1:
        return [call(each) for each in listed]
    pool = ThreadPoolExecutor(min(_AT_ONCE, len(listed)))
    try:
        return list(pool.map(call, listed))
    finally:
        pool.shutdown(cancel_futures=True)
