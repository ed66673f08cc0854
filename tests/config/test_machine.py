from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.config.machine import machine_file, read_machine
from babelreel.config.read import read_project
from babelreel.engines.engine import engine_of
from babelreel.errors import ConfigError, UsageError
from babelreel.model.cluster import EngineKind, Machine

FILE = """\
[store]
url = "s3://films/br"
cache_gb = 20
[engine]
kind = "dask"
scheduler = "tls://one:8786"
tls_ca = "/etc/br/ca.pem"
wait_s = 9
"""


def test_a_machine_without_a_file_uses_nothing_beside_itself(tmp_path: Path) -> None:
    assert read_machine(tmp_path / "machine.toml", {}) == Machine()


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "machine.toml").write_text(FILE)
    machine = read_machine(tmp_path / "machine.toml", {"BABELREEL_SCHEDULER": "tls://two:8786"})
    assert (machine.scheduler, machine.store, machine.kind) == ("tls://two:8786", "s3://films/br", EngineKind.DASK)
    assert (machine.wait_s, machine.cache_gb, machine.tls.ca) == (9, 20, Path("/etc/br/ca.pem"))


def test_all_faults_of_the_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "machine.toml").write_text('[engine]\nkind = "ray"\nshceduler = "x"\n')
    with pytest.raises(ConfigError) as told:
        read_machine(tmp_path / "machine.toml", {})
    assert len(told.value.faults) == 2


def test_the_file_lies_where_the_system_keeps_settings() -> None:
    assert machine_file({"XDG_CONFIG_HOME": "/c"}, "linux") == Path("/c/babelreel/machine.toml")
    assert machine_file({}, "linux") == Path.home() / ".config/babelreel/machine.toml"
    assert machine_file({}, "darwin") == Path.home() / "Library/Application Support/babelreel/machine.toml"


@pytest.mark.parametrize("table", ["engine", "store"])
def test_a_project_s_file_cannot_send_work_elsewhere(tmp_path: Path, table: str) -> None:
    (tmp_path / "babelreel.toml").write_text(f"[{table}]\nurl = 's3://somewhere'\n")
    with pytest.raises(ConfigError) as told:
        read_project(tmp_path)
    assert "machine.toml" in str(told.value)


@pytest.mark.parametrize(
    ("machine", "why"),
    [
        (Machine(kind=EngineKind.DASK, store="s3://b"), "no scheduler"),
        (Machine(kind=EngineKind.DASK, scheduler="tls://h:1"), "no store"),
        (Machine(kind=EngineKind.DASK, scheduler="tcp://h:1", store="s3://b"), "runs programs"),
        (Machine(kind=EngineKind.DASK, scheduler="tcp://127.0.0.1.example.org:1", store="s3://b"), "runs programs"),
    ],
)
def test_a_cluster_of_which_something_is_missing_or_that_is_open_to_others_is_refused(
    machine: Machine, why: str
) -> None:
    with pytest.raises(UsageError) as told:
        engine_of(machine, jobs=1, memory_bytes=None)
    assert why in told.value.why


def test_one_machine_is_a_cluster_without_certificates() -> None:
    machine = Machine(kind=EngineKind.DASK, scheduler="tcp://127.0.0.1:8786", store="/films")
    engine = engine_of(machine, jobs=1, memory_bytes=None)
    assert engine.cluster
    assert engine.cluster.scheduler == "tcp://127.0.0.1:8786"
