from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.cluster_builds import FILES, SETTINGS, environment, set_delay
from support.clusters import Cluster, cluster, slow_ffmpeg
from support.projects import babelreel, make_project


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with an ffmpeg, a project, and what this machine alone publishes of it."""
    folder = tmp_path_factory.mktemp("cluster")
    slow_ffmpeg(folder / "bin")
    root = make_project(folder / "local/film", FILES, settings=SETTINGS)
    shutil.copytree(root, folder / "fresh")
    built = babelreel(root, "build", env=environment(folder))
    assert built.code == 0, built.err
    return folder


@pytest.fixture
def project(house: Path, tmp_path: Path) -> Path:
    """Copy the project as it was before anything was built."""
    return Path(shutil.copytree(house / "fresh", tmp_path / "film"))


@pytest.fixture
def machines(house: Path, tmp_path: Path) -> Iterator[Cluster]:
    """Give a cluster whose ffmpeg begins its work after a while."""
    set_delay(house, "0.5")
    with cluster(tmp_path / "cluster", environment=environment(house), store=str(tmp_path / "store")) as made:
        yield made
    set_delay(house, "")
    for name in ("deadly", "failing", "held", "starts"):
        (house / "bin" / name).unlink(missing_ok=True)
