"""Do the commands of docs/cluster.md do what they say, as they stand there?"""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from babelreel.config.machine import read_machine
from babelreel.model.cluster import EngineKind
from support.projects import AR, FR, babelreel, make_project, snapshot
from support.recipes import CLUSTER, free_port, program, recipe

SETTINGS = (
    "[delivery]\nleaflets = false\n[renditions.web-720p]\nenabled = false\n[renditions.web-1080p]\nenabled = false\n"
)


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """Give that of a user with an empty home, who has installed babelreel where this Python is."""
    home = tmp_path / "home"
    home.mkdir()
    scripts = Path(sys.executable).parent
    return {**os.environ, "HOME": str(home), "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}


@contextmanager
def shell(script: str, folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Run a script whose programs stay in the background, and end them after the block."""
    process = subprocess.Popen(["sh", "-c", f"{script}\nwait"], cwd=folder, env=environment, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_two_workers_on_a_laptop_make_the_bytes_that_the_laptop_makes_alone(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    tracks = {"fr.srt": FR, "ar.srt": AR}
    alone = make_project(tmp_path / "alone/film", tracks, settings=SETTINGS)
    assert babelreel(alone, "build").code == 0
    root, port = make_project(tmp_path / "cluster/film", tracks, settings=SETTINGS), str(free_port())
    start, build = (recipe(name, CLUSTER).replace("8786", port) for name in ("start", "build"))
    with shell(start, root, environment):
        built = subprocess.run(
            ["sh", "-c", build], cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
    assert built.returncode == 0, built.stderr
    assert snapshot(root / "output") == snapshot(alone / "output")


def test_a_machine_with_the_cluster_s_certificate_is_let_in_and_another_is_not(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    program("openssl")
    script = recipe("certificates", CLUSTER)
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        subprocess.run(["sh", "-ec", script], cwd=tmp_path / name, env=environment, check=True, capture_output=True)
    ours, theirs = tmp_path / "ours/cluster-tls", tmp_path / "theirs/cluster-tls"
    assert all(key.stat().st_mode & 0o077 == 0 for key in ours.glob("*.key"))
    assert meets(ours, ours)
    assert not meets(ours, theirs)


def meets(server: Path, client: Path) -> bool:
    """Tell whether a server and a client trust each other, as Dask has them do it: both show a certificate."""
    sides = {}
    for folder, purpose in ((server, ssl.Purpose.CLIENT_AUTH), (client, ssl.Purpose.SERVER_AUTH)):
        context = ssl.create_default_context(purpose, cafile=str(folder / "authority.pem"))
        context.load_cert_chain(folder / "machine.pem", folder / "machine.key")
        context.check_hostname, context.verify_mode = False, ssl.CERT_REQUIRED
        sides[purpose] = context
    near, far = socket.socketpair()
    near.settimeout(20)
    far.settimeout(20)

    def serve() -> None:
        try:
            with sides[ssl.Purpose.CLIENT_AUTH].wrap_socket(near, server_side=True) as door:
                door.sendall(door.recv(5))
        except OSError:
            near.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with sides[ssl.Purpose.SERVER_AUTH].wrap_socket(far) as door:
            door.sendall(b"hello")
            return door.recv(5) == b"hello"
    except OSError:
        return False
    finally:
        far.close()
        thread.join()


def test_the_machine_s_file_says_where_cluster_and_store_are(tmp_path: Path) -> None:
    (tmp_path / "machine.toml").write_text(recipe("machine", CLUSTER), "utf-8")
    machine = read_machine(tmp_path / "machine.toml", {})
    assert (machine.kind, machine.scheduler) == (EngineKind.DASK, "tls://scheduler.example.org:8786")
    assert (machine.store, machine.cache, machine.cache_gb) == ("s3://films/store", Path("/var/cache/babelreel"), 50)
    assert machine.tls.key == Path("/etc/babelreel/machine.key")


def test_kubernetes_and_slurm_start_workers_with_words_that_the_verb_knows() -> None:
    container = yaml.safe_load(recipe("kubernetes", CLUSTER))["spec"]["template"]["spec"]["containers"][0]
    slurm = recipe("slurm", CLUSTER).partition("exec babelreel ")[2].replace("\\\n", " ").split()
    for words in (container["command"][1:] + container["args"], slurm):
        assert words[:2] == ["worker", words[1]]
        assert words[1].startswith("tls://")
        told = babelreel(Path.cwd(), *words, "--help")
        assert told.code == 0, told.err
        known = {word for word in told.out.split() if word.startswith("--")}
        assert {word for word in words if word.startswith("--")} <= known
