"""After a build that was killed in the middle of its publishing: does whatever is called next put it in order?

About half a minute of processor time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from babelreel.graph.lock import hold_project
from support.projects import babelreel, snapshot
from support.publications import LEAST, copy_publication, make_all_but_publish

#: Runs a build in which the system kills the process at a certain renaming between ``.incoming`` and its places.
KILLED_BUILD = """\
import os, sys
from pathlib import Path
left, replace = int(sys.argv.pop(1)), os.replace

def counting(source, target, **named):
    global left
    is_swept = Path(source).name == "old"  # before and after the swap, what lies aside goes in one step
    left -= ".incoming" in Path(source).parts and Path(source).name[:1] != "." and not is_swept
    is_staged = {".incoming", ".babelreel"}.intersection(Path(source).parts)  # films come from the store
    left -= ".incoming" in Path(target).parts and not is_staged
    if left < 0:
        os._exit(137)
    replace(source, target, **named)

os.replace = counting
from babelreel.cli import main
main()
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A project that was built and edited, of which all work but the publishing is done; and what it leads to."""
    root = copy_publication(tmp_path_factory.mktemp("killed") / "film", LEAST)
    return root, make_all_but_publish(root)


@pytest.fixture(params=[1, 9], ids="killed at renaming {}".format)
def root(built: tuple[Path, dict[str, bytes]], tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    copied = tmp_path / "film"
    shutil.copytree(built[0], copied)
    done = subprocess.run(
        [sys.executable, "-c", KILLED_BUILD, str(request.param), "build"],
        cwd=copied,
        env=os.environ,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 137, done.stderr
    assert (copied / "output/.incoming/journal.json").is_file()
    assert not (copied / "output/manifest.json").exists(), "a reader must not believe it in the middle of the swap"
    return copied


@pytest.mark.parametrize("verb", ["build", "verify", "clean", "rollback"])
def test_the_next_command_finishes_what_was_begun(root: Path, verb: str) -> None:
    result = babelreel(root, verb)
    assert result.code == 0, result.err
    published = snapshot(root / "output")
    assert not [path for path in published if path.startswith(".incoming")]
    assert babelreel(root, "verify").code == 0
    text = published["fr/film.fr.vtt"]
    assert (b"112" if verb == "rollback" else b"101") in text


def test_while_another_command_puts_it_in_order_serve_does_not_say_that_nothing_was_built(root: Path) -> None:
    with hold_project(root / ".babelreel"):
        result = babelreel(root, "serve", "--no-browser", "--port", "0", seconds=20)
    assert result.code == 5, result.err


def test_what_the_killed_build_left_is_what_an_undisturbed_one_leaves(
    root: Path, built: tuple[Path, dict[str, bytes]]
) -> None:
    assert babelreel(root, "verify").code == 0
    assert snapshot(root / "output") == built[1]
