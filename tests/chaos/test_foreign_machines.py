"""Do machines that would make other bytes, or have no business here, stay outside, and are they told why?"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import babelreel as package
from support import foreign_python
from support.cluster_builds import Building, assert_nothing_left, assert_same, build, environment, set_delay
from support.clusters import Cluster, cluster, needs_signals, wait_until
from support.recipes import CLUSTER, program, recipe

pytestmark = needs_signals

HERE = Path(package.__file__).parent


def copied(folder: Path, name: str, content: bytes) -> str:
    """Copy babelreel with another file of a name; gives the folder that Python looks for it in."""
    shutil.copytree(HERE, folder / "babelreel", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "babelreel" / name
    assert path.read_bytes() != content
    path.write_bytes(content)
    return str(folder)


def test_workers_of_another_babelreel_or_python_are_refused_and_one_with_other_fonts_draws_with_those_it_is_sent(
    house: Path, project: Path, machines: Cluster, tmp_path: Path
) -> None:
    changed = (HERE / "errors.py").read_bytes() + b"# of another day\n"
    older = (HERE / "__init__.py").read_bytes().replace(package.__version__.encode(), b"0.0.9")
    arabic, latin = ((HERE / f"fonts/babelreel-{name}.ttf").read_bytes() for name in ("arabic", "latin"))
    assert arabic != latin
    (house / "bin/held").write_text("Appelle 112")  # until all have come
    machines.start_scheduler()
    machines.start_worker("oak", PYTHONPATH=copied(tmp_path / "oak", "errors.py", changed))
    machines.start_worker("ash", PYTHONPATH=copied(tmp_path / "ash", "__init__.py", older))
    machines.start_dask_worker("yew", Path(foreign_python.__file__))
    machines.start_worker("elm", PYTHONPATH=copied(tmp_path / "elm", "fonts/babelreel-latin.ttf", arabic))

    building = Building(project, machines)
    version = re.escape(package.__version__)
    refusals = (
        rf"has babelreel {version} \((\w+)\), this build babelreel {version} \((?!\1)\w+\)",
        rf"has babelreel 0\.0\.9 \(\w+\), this build babelreel {version} \(\w+\)",
        r"has Python 3\.99, this build Python 3\.\d",
    )
    wait_until(lambda: all(re.search(each, building.said) for each in refusals), "three are refused")
    (house / "bin/held").unlink()

    assert building.ended() == 0, building.said
    assert building.said.count("takes part, with 1 slot") == 1
    assert_same(project, house)
    assert_nothing_left(machines)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make, as docs/cluster.md says, what two clusters show and know each other by."""
    program("openssl")
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("ours", "theirs"):
        (folder / name).mkdir()
        script = ["sh", "-ec", recipe("certificates", CLUSTER)]
        subprocess.run(script, cwd=folder / name, check=True, capture_output=True)
    return folder


def machine_file(place: Path, authority: Path, own: Path) -> str:
    """Write what a machine knows of its cluster; gives the folder of its settings."""
    (place / "babelreel").mkdir(parents=True)
    files = {"tls_ca": authority / "authority.pem", "tls_cert": own / "machine.pem", "tls_key": own / "machine.key"}
    lines = ["[engine]", *(f'{name} = "{path}"' for name, path in files.items())]
    (place / "babelreel/machine.toml").write_text("\n".join(lines), "utf-8")
    return str(place)


def test_a_cluster_with_certificates_builds_for_its_own_machines_alone(
    house: Path, project: Path, certificates: Path, tmp_path: Path
) -> None:
    set_delay(house, "")
    ours, theirs = (certificates / name / "cluster-tls" for name in ("ours", "theirs"))
    own = {**environment(house), "XDG_CONFIG_HOME": machine_file(tmp_path / "own", ours, ours)}
    strangers = {
        "certificate is not one of this cluster's authority": machine_file(tmp_path / "other", theirs, theirs),
        "does not accept this machine's certificate": machine_file(tmp_path / "half", ours, theirs),
    }
    with cluster(tmp_path / "cluster", environment=own, store=str(tmp_path / "store"), protocol="tls") as machines:
        files = ("--tls-ca-file", ours / "authority.pem", "--tls-cert", ours / "machine.pem")
        words = (*files, "--tls-key", ours / "machine.key")
        machines.start_scheduler("--protocol", "tls", *map(str, words))
        machines.start_worker("mole", XDG_CONFIG_HOME=next(iter(strangers.values())))
        for said, settings in strangers.items():
            away = Path(shutil.copytree(project, tmp_path / f"away-{len(said)}"))
            told = Building(away, machines, env={"XDG_CONFIG_HOME": settings})
            assert told.ended() == 2, told.said
            assert said in told.said
            assert not (away / "output").exists()
        machines.start_worker("alder")
        built = build(project, machines)
        wait_until(lambda: next(iter(strangers)) in machines.log("worker-mole"), "the strange worker is told as well")

    assert built.code == 0, built.err
    assert built.err.count("takes part, with 1 slot") == 1
    assert_same(project, house)
