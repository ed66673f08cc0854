"""Does everything work that the plain install promises, where no extra is installed?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from babelreel.cli.verbs import VERBS
from support.projects import make_project

#: A module that is ``None`` here cannot be imported, as if it were not installed.
_WITHOUT = "import sys; sys.modules.update(obstore=None, distributed=None); "
#: These speak to buckets and clusters, and are loaded where one is used.
_NEEDING_AN_EXTRA = ("babelreel.graph.bucket", "babelreel.graph.shared", "babelreel.engines.cluster")


def run_without(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-c", _WITHOUT + script, *words], capture_output=True, text=True, env=environment, check=False
    )


def test_only_what_speaks_to_buckets_and_clusters_needs_an_extra() -> None:
    told = run_without(
        "import importlib, pkgutil, babelreel\n"
        "for each in pkgutil.walk_packages(babelreel.__path__, 'babelreel.', onerror=lambda _: None):\n"
        "    if not each.name.endswith('__main__'):\n"
        "        try: importlib.import_module(each.name)\n"
        "        except ImportError as error: print(each.name, error.name)\n"
    )
    assert told.returncode == 0, told.stderr
    failed = [line.split() for line in told.stdout.splitlines()]
    assert failed  # else the extras were there after all
    assert [each for each in failed if not each[0].startswith(_NEEDING_AN_EXTRA)] == []
    assert {each[1].partition(".")[0] for each in failed} == {"obstore", "distributed"}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_tells_its_help(verb: str) -> None:
    told = run_without("from babelreel.cli import main; sys.exit(main())", verb, "--help")
    assert (told.returncode, told.stderr) == (0, "")


def test_a_film_is_built_and_a_store_that_cannot_be_spoken_to_is_told(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film")
    main = "from babelreel.cli import main; sys.exit(main())"
    built = run_without(main, "-C", str(root), "build", "--only", "phone-360p")
    assert built.returncode == 0, built.stderr
    for words in (("build", "--store", "s3://films/store"), ("gc", "s3://films/store")):
        told = run_without(main, "-C", str(root), *words)
        assert told.returncode == 4, told.stderr
        assert "babelreel[bucket]" in told.stderr
        assert "What speaks to buckets" in told.stderr
    told = run_without(main, "-C", str(root), "build", "--store", str(tmp_path / "share"))
    assert told.returncode == 4, told.stderr
    assert "a folder needs it as well" in told.stderr
    told = run_without(main, "-C", str(root), "build", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1")
    assert told.returncode in {2, 4}, told.stderr
    assert "Traceback" not in told.stderr
