from __future__ import annotations

import json
import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from support.projects import babelreel
from support.shared_stores import Machine


def age(folder: Path, days: float) -> None:
    """Make all that lies in a store so much older."""
    then = time.time() - timedelta(days=days).total_seconds()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def test_what_nobody_used_for_days_is_told_then_noted_and_a_day_later_removed(tmp_path: Path) -> None:
    share = tmp_path / "share"
    here = Machine(str(share), tmp_path / "here")
    here.add("old", film=b"12345", text=b"abc")
    age(share, 8)
    here.add("new", film=b"67890")
    for words in ((), ("--dry-run",)):
        told = babelreel(tmp_path, "gc", str(share), "--days", "7", *words)
        assert told.code == 0, told.err
        assert told.err.splitlines() == [
            f"{'would be removed' if words else 'removed'}: 0 results, 0 files, 0 B",
            "nobody uses any more: 1 result, 2 files, 8 B; a run 24 hours after this was first seen removes them",
            "kept: 1 result, 5 B",
        ]
    marks = share / "gc" / "marks.json"
    noted = json.loads(marks.read_text())
    day = timedelta(days=1)
    earlier = {
        kind: {name: (datetime.fromisoformat(since) - day).isoformat() for name, since in seen.items()}
        for kind, seen in noted.items()
    }
    marks.write_text(json.dumps(earlier))  # a day has passed
    dry = babelreel(tmp_path, "gc", str(share), "--days", "7", "--dry-run")
    assert dry.err.splitlines()[0] == "would be removed: 1 result, 2 files, 8 B"
    done = babelreel(tmp_path, "gc", str(share), "--days", "7")
    assert done.err.splitlines()[0] == "removed: 1 result, 2 files, 8 B"
    assert len(list(share.glob("keys/*/*"))) == 1
    assert len(list(share.glob("blobs/*/*"))) == 1


def test_a_place_that_is_no_shared_store_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    for place, words in (
        ("mine", "no shared store of babelreel"),
        ("nowhere", "no such folder"),
        ("ftp://a", "bucket"),
    ):
        told = babelreel(tmp_path, "gc", place if "://" in place else str(tmp_path / place))
        assert (told.code, words in told.err) == (2, True), told.err
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]
    assert babelreel(tmp_path, "gc", str(tmp_path / "mine"), "--days", "0").code == 2
