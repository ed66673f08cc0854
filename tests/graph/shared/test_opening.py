from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from babelreel.errors import MachineError
from babelreel.graph.shared import opening
from babelreel.graph.shared.opening import open_shared
from support.shared_stores import Machine, environment


@pytest.fixture
def rclone(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "served" / "films").mkdir(parents=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["serve", "s3", str(tmp_path / "served"), "--addr", f"127.0.0.1:{port}", "--auth-key", "test,testtest"]
    with subprocess.Popen(
        [Path(sys.executable).with_name("rclone"), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _wait_for(port)
        env = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "testtest", "AWS_REGION": "us-east-1"}
        with environment({**env, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ALLOW_HTTP": "true"}):
            yield
        process.kill()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("rclone does not answer")


@pytest.mark.usefixtures("rclone")
def test_a_store_that_overwrites_is_refused_in_words() -> None:
    with pytest.raises(MachineError) as told:
        open_shared("s3://films/rights")
    assert (told.value.exit_code, told.value.where) == (4, "s3://films/rights")
    assert told.value.what.startswith("This store overwrites what it was told to keep")
    assert "If-None-Match" in told.value.why


@pytest.mark.usefixtures("server")
def test_an_absent_bucket_is_made_and_used_and_found_the_next_time() -> None:
    for _ in range(2):
        bucket = open_shared("s3://made-by-us/rights")
        assert list(bucket.sizes()) == ["probe"]


@pytest.mark.usefixtures("server")
def test_whoever_is_not_let_in_is_told_so_at_once() -> None:
    with environment({"AWS_SECRET_ACCESS_KEY": "wrong"}), pytest.raises(MachineError, match="does not let us in"):
        open_shared("s3://films/rights")


def test_an_address_where_nobody_answers_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_FIRST_PATIENCE", timedelta(seconds=1))
    values = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ALLOW_HTTP": "true", "AWS_REGION": "us-east-1"}
    with environment({**values, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}):
        begun = time.monotonic()
        with pytest.raises(MachineError, match="does not answer"):
            open_shared("s3://films/rights")
        assert time.monotonic() - begun < 20


def test_a_folder_is_made(tmp_path: Path) -> None:
    open_shared(str(tmp_path / "new" / "share"))
    assert [path.name for path in (tmp_path / "new" / "share").iterdir()] == ["probe"]


@pytest.mark.usefixtures("server")
def test_a_store_is_the_same_by_whatever_address_and_no_other_is(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    addresses = ("s3://films/one", "s3://films/one/", "s3://films/two", str(tmp_path / "share"), str(tmp_path / "link"))
    one, again, two, share, link = (
        Machine(address, tmp_path / str(place)).store for place, address in enumerate(addresses)
    )
    assert one == again
    assert share == link
    assert len({one, two, share}) == len({one.identity, two.identity, share.identity}) == 3
