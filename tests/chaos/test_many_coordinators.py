"""Do several coordinators, and several films of one, leave each other alone, and is what they share made once?"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from support.cluster_builds import FILES, SETTINGS, Building, assert_nothing_left, assert_same, environment, start
from support.clusters import Cluster, needs_signals, wait_until
from support.films import make_film
from support.projects import AR, FR, babelreel, make_project, snapshot

pytestmark = needs_signals


def encodes(house: Path, machines: Cluster) -> list[str]:
    """Give what the workers' ffmpegs encoded: which lines were drawn, or which sound was made, and how."""
    starts = (house / "bin/starts").read_text("utf-8").splitlines()
    ours = [each.partition(": ")[2] for each in starts if each.startswith(f"{machines.folder}/cache-")]
    return [each for each in ours if not re.match(r"\d+ 0 ", each) or "-i file:samples.mov" in each]


def test_one_coordinator_works_on_a_project_and_what_two_projects_share_is_made_once(
    house: Path, project: Path, machines: Cluster, tmp_path: Path
) -> None:
    twin = Path(shutil.copytree(project, tmp_path / "elsewhere/film"))
    other = make_project(tmp_path / "health", FILES, settings=SETTINGS)
    alone = Path(shutil.copytree(other, tmp_path / "alone/health"))
    assert babelreel(alone, "build", env=environment(house)).code == 0
    (house / "bin/starts").touch()
    (house / "bin/held").write_text("Appelle 112")  # nobody is ready before all have begun
    start(machines, "alder")

    builds = {each: Building(each, machines) for each in (project, twin, other)}
    rivals = [builds[each] for each in (project, twin)]
    wait_until(lambda: any(each.process.poll() is not None for each in rivals), "one of two gives up")
    (house / "bin/held").unlink()
    codes = {each: building.ended() for each, building in builds.items()}

    said = "\n".join(each.said for each in builds.values())
    assert sorted([codes[project], codes[twin]]) == [0, 5], said
    assert codes[other] == 0, said
    winner, loser = sorted((project, twin), key=codes.__getitem__)
    assert "Another run of babelreel is working on this project" in builds[loser].said
    assert not (loser / "output").exists()
    assert_same(winner, house)
    assert snapshot(other / "output") == snapshot(alone / "output")
    made = encodes(house, machines)
    assert len(made) >= 3, made  # the two sounds, and the pieces
    assert len(set(made)) == len(made), made
    assert_nothing_left(machines)


def test_a_film_that_is_ready_is_published_while_another_is_worked_on_which_then_fails(
    house: Path, project: Path, machines: Cluster, tmp_path: Path
) -> None:
    film = make_film(tmp_path / "other.mp4", seconds=3, size="320x180")
    tracks = {"fr.srt": FR.replace("112", "113"), "ar.srt": AR}
    failing = make_project(tmp_path / "health", tracks, film=film, settings=SETTINGS)
    (house / "bin/held").write_text("Appelle 113")
    start(machines, "alder", "birch")
    (away := tmp_path / "away").mkdir()

    building = Building(away, machines, "-C", str(failing), "-C", str(project))
    wait_until((project / "output/manifest.json").exists, "the second film is published")
    assert building.process.poll() is None
    assert not (failing / "output/manifest.json").exists()
    (house / "bin/failing").write_text("Appelle 113")
    (house / "bin/held").unlink()

    assert building.ended() == 3, building.said
    assert_same(project, house)
    listed = {each["path"] for each in json.loads((failing / "output/manifest.json").read_bytes())["files"]}
    assert "ar/health.ar.phone-360p.mp4" in listed
    assert "fr/health.fr.phone-360p.mp4" not in listed
    assert_nothing_left(machines)
