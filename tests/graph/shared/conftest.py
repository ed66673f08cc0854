from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from support.bucket_server import serve_bucket
from support.shared_stores import Machine, MakeMachine, environment


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with serve_bucket(tmp_path_factory.mktemp("weed"), makes_buckets=False) as env, environment(env):
        yield


@pytest.fixture
def bucket(server: None, request: pytest.FixtureRequest) -> str:  # noqa: ARG001 -- it is in it
    return f"s3://films/{sha256(request.node.nodeid.encode()).hexdigest()[:16]}"


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a shared store: a folder, or with ``in_both`` that and a bucket."""
    if getattr(request, "param", "a folder") == "a folder":
        return str(tmp_path / "share")
    return str(request.getfixturevalue("bucket"))


@pytest.fixture
def machine(address: str, tmp_path: Path) -> MakeMachine:
    return lambda name: Machine(address, tmp_path / name)
