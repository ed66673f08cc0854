"""Compute only once what several rules need of a track."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Subject = TypeVar("Subject")
Value = TypeVar("Value")


def remembered(work: Callable[[Subject], Value]) -> Callable[[Subject], Value]:
    """Keep the last result: the rules look at one subject after the other, each rule at the same one.

    It is the very same subject that counts, not an equal one: comparing two tracks takes longer than most of the work.
    The value must not be one that is used up, such as an iterator.
    """
    last: tuple[Subject, Value] | None = None

    @wraps(work)
    def recall(subject: Subject) -> Value:
        nonlocal last
        known = last  # another thread may replace it meanwhile
        if known is not None and known[0] is subject:
            return known[1]
        value = work(subject)
        last = (subject, value)
        return value

    return recall
