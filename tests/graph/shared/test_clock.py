from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from babelreel.graph.shared.opening import open_shared
from support.shared_stores import MakeMachine, in_both

pytestmark = pytest.mark.skipif(not shutil.which("faketime"), reason="needs faketime, a package of Debian")


def gc_at(offset: str, address: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Collect garbage on a machine whose clock is off."""
    words = [
        "faketime",
        "-f",
        offset,
        sys.executable,
        "-m",
        "babelreel",
        "-C",
        str(folder),
        "gc",
        address,
        "--days",
        "1",
    ]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@in_both
@pytest.mark.parametrize("offset", ["+1d", "-1d", "+800d"])
def test_a_clock_that_is_off_removes_nothing_from_a_store(
    offset: str, machine: MakeMachine, address: str, tmp_path: Path
) -> None:
    """A folder's times are those of its server; a bucket does not even talk to such a machine."""
    entry = machine("here").add("a", film=b"abc")
    before = {path: size for path, size in open_shared(address).sizes().items() if path.startswith(("blobs", "keys"))}
    for _ in range(2):
        told = gc_at(offset, address, tmp_path)
        if "://" in address:
            assert (told.returncode, "this machine's clock is wrong" in told.stderr) == (4, True), told.stderr
        else:
            assert told.returncode == 0, told.stderr
            assert told.stderr.startswith(
                "removed: 0 results, 0 files, 0 B\nnobody uses any more: 0 results, 0 files, 0 B;"
            )
    assert open_shared(address).sizes().items() >= before.items()
    assert machine("there").find(entry) == entry
