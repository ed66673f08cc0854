"""End a process with the one that started it."""

from __future__ import annotations

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """Have this process, made by ``multiprocessing``, end when the one that started it has, even if that was killed.

    Each process that was forked later holds what tells of the end, too: they end one after another, the last one first.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
