"""Several machines build the same film with one store, and nothing else that they share."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.graph.shared.lease import hold_lease
from babelreel.graph.shared.opening import open_shared
from support.projects import FR, babelreel, make_project, snapshot

SETTINGS = "[delivery]\nleaflets = false\nstreams = false\n[renditions.web-720p]\nenabled = false\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("one") / "film", {"fr.srt": FR}, settings=SETTINGS)


def machine(project: Path, folder: Path) -> Path:
    """Give a machine's own copy of the project, of which nothing was built."""
    return Path(shutil.copytree(project, folder / "film"))


def test_what_one_machine_made_another_publishes_and_what_was_lost_is_made_again(project: Path, tmp_path: Path) -> None:
    share = str(tmp_path / "share")
    alone = machine(project, tmp_path / "alone")
    assert babelreel(alone, "build").code == 0
    expected = snapshot(alone / "output")

    first = machine(project, tmp_path / "first")
    built = babelreel(first, "build", "--store", share)
    assert built.code == 0, built.err
    assert snapshot(first / "output") == expected

    second = machine(project, tmp_path / "second")
    blobs = sorted((tmp_path / "share").glob("blobs/*/*"), key=lambda path: path.stat().st_size)
    told = babelreel(second, "build", "--store", share)
    assert told.code == 0, told.err
    assert snapshot(second / "output") == expected
    assert len(blobs) > 4
    assert sorted((tmp_path / "share").glob("blobs/*/*"), key=lambda path: path.stat().st_size) == blobs

    blobs[-1].unlink()
    blobs[-2].write_bytes(b"x" * blobs[-2].stat().st_size)
    third = machine(project, tmp_path / "third")
    told = babelreel(third, "build", "--store", share)
    assert told.code == 0, told.err
    assert "made again" in told.err
    assert snapshot(third / "output") == expected
    fourth = machine(project, tmp_path / "fourth")
    told = babelreel(fourth, "build", "--store", share)
    assert "made again" not in told.err
    assert snapshot(fourth / "output") == expected


def test_while_another_machine_builds_the_project_nothing_is_built_and_that_is_told(
    project: Path, tmp_path: Path
) -> None:
    share = str(tmp_path / "share")
    second = machine(project, tmp_path / "second")
    (film,) = (second / "video").iterdir()
    ours, another = (f"film-{sha256(content).hexdigest()[:16]}" for content in (film.read_bytes(), b"another film"))
    with hold_lease(open_shared(share), ours, tmp_path):
        told = babelreel(second, "build", "--store", share)
    assert (told.code, "Another run of babelreel is working on this project" in told.err) == (5, True), told.err
    assert not (second / "output").exists()
    with hold_lease(open_shared(share), another, tmp_path):  # another project that is called the same
        told = babelreel(second, "build", "--store", share)
    assert told.code == 0, told.err
