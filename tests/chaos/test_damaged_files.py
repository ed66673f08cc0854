"""Is damage to any file of ours found by ``verify`` or by the next build, told, and put right, however it came about?

Published files, stored pieces, keys and everything else in ``.babelreel/`` are damaged in fourteen ways.
BABELREEL_CHAOS_RUNS says how many cases each group has; sixty take some four minutes of processor time.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

import av  # noqa: F401 - what all runs load
import filelock  # noqa: F401 - as above
import numpy as np  # noqa: F401 - as above
import pytest

import babelreel.cli.build.build as _build  # noqa: F401 - as above
import babelreel.cli.publish.verify as _verify  # noqa: F401 - as above
from babelreel.app.build import unchanged
from babelreel.graph import digests
from babelreel.graph.digests import TICK_NS
from support.damages import DAMAGES, flip
from support.forked import forked
from support.projects import AR, FR, babelreel, make_project, snapshot

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")

SETTINGS = "[delivery]\nleaflets = false\narchive = ['mkv']\n[renditions.web-720p]\nenabled = false\n"
RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "4"))


GROUPS: Mapping[str, tuple[str, ...]] = {
    "published files": ("output/**/*",),
    "stored pieces": (".babelreel/store/files/??/*",),
    "keys": (".babelreel/store/keys/??/*",),
    "notes": (".babelreel/notes/*/*", ".babelreel/store/last.json", ".babelreel/lock"),
}


def files_of(root: Path, group: str) -> list[Path]:
    found = (path for pattern in GROUPS[group] for path in sorted(root.glob(pattern)))
    return [path for path in found if path.is_file() and not path.is_symlink()]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a publication and one before it, of which a build would say that there is nothing to do."""
    root = make_project(tmp_path_factory.mktemp("damage") / "film", {"fr.srt": FR, "ar.srt": AR}, settings=SETTINGS)
    assert babelreel(root, "build").code == 0
    time.sleep(TICK_NS / 10**9)
    assert "nothing to do" in forked(root, "build").err
    return root


@pytest.mark.parametrize("group", GROUPS)
def test_whatever_is_damaged_is_found_and_put_right(built: Path, group: str) -> None:
    whole = snapshot(built / "output")
    kinds = list(DAMAGES)
    random.Random(group).shuffle(kinds)  # noqa: S311 - it must come again
    for number in range(RUNS):
        chance = random.Random(f"{group} {number}")  # noqa: S311 - as above
        kind, files = kinds[number % len(kinds)], files_of(built, group)
        path = chance.choice([each for each in files if each.stat().st_size] if kind != "gone" else files)
        case = f"{group}, case {number}: {path.relative_to(built)}, {kind}"
        DAMAGES[kind](path, files, chance)
        if group == "published files":
            is_seen = snapshot(built / "output") != whole or kind == "link"
            assert forked(built, "verify").code in ({1, 2} if is_seen and kind != "link" else {0, 1}), case
        elif group != "notes" or number % 2:
            shutil.rmtree(built / "output")  # all has to be read
        result = forked(built, "build")
        if result.code == 2:
            # what is no file is none of ours: somebody may have put it there
            assert (group, kind) in {("published files", "folder"), ("published files", "pipe")}, (
                f"{case}: {result.err}"
            )
            assert "in the way" in result.err, case
            shutil.move(path, mkdtemp(prefix="babelreel-elsewhere-"))
            result = forked(built, "build")
        assert result.code == 0, f"{case}: {result.err}"
        assert {
            path: content for path, content in snapshot(built / "output").items() if "aside" not in path
        } == whole, case
        assert group != "published files" or "put back" in result.err, f"{case}: {result.err}"
        assert forked(built, "verify").code == 0, case


def test_a_flipped_bit_that_no_stamp_tells_is_found_by_verify_and_put_right_by_the_next_build(built: Path) -> None:
    whole = snapshot(built / "output")
    path = built / "output/fr/film.fr.web-1080p.mp4"
    before = digests.stamp_of(path)
    flip(path, 2, random.Random(1))  # noqa: S311 - it must come again

    def as_it_was() -> None:
        """Let stamps be those of before, as where the disk changed a bit by itself."""
        real = digests.stamp_of
        for module in (digests, unchanged):
            vars(module)["stamp_of"] = lambda each: before if Path(each) == path else real(each)

    assert "nothing to do" in forked(built, "build", prepare=as_it_was).err
    verified = forked(built, "verify", prepare=as_it_was)
    assert (verified.code, verified.out.splitlines()[0]) == (
        1,
        "fr/film.fr.web-1080p.mp4: changed since it was published (SHA-256 differs)",
    )
    result = forked(built, "build", prepare=as_it_was)
    assert "1 published file was missing, changed or damaged, and is put back" in result.err
    assert snapshot(built / "output") == whole
