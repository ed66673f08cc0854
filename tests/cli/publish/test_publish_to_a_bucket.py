from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from support.bucket_server import serve_bucket
from support.projects import AR, FR, babelreel, make_project, snapshot

SETTINGS = "[delivery]\nleaflets = false\n[renditions.web-720p]\nenabled = false\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with serve_bucket(tmp_path_factory.mktemp("weed")) as env:
        yield env


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("send") / "film", {"fr.srt": FR, "ar.srt": AR}, settings=SETTINGS)
    assert babelreel(root, "build").code == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "film"))


@pytest.fixture
def bucket(server: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> S3Store:
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    return S3Store("films", client_options={"allow_http": True})


def objects(bucket: S3Store) -> dict[str, bytes]:
    paths = [each["path"] for some in obstore.list(bucket) for each in some]
    return {path: bytes(obstore.get(bucket, path).bytes()) for path in paths}


def in_place(root: Path, prefix: str) -> dict[str, bytes]:
    return {f"{prefix}/{path}": content for path, content in snapshot(root / "output").items()}


def test_a_bucket_holds_what_is_published_with_types_and_ages_and_gets_only_what_is_new(
    root: Path, bucket: S3Store
) -> None:
    obstore.put(bucket, "rights/theirs.txt", b"not ours")
    obstore.put(bucket, "elsewhere/index.html", b"not ours")
    theirs = {"rights/theirs.txt": b"not ours", "elsewhere/index.html": b"not ours"}

    built = babelreel(root, "build", "--publish", "s3://films/rights")
    assert built.code == 0, built.err
    assert "sent to s3://films/rights" in built.err
    assert objects(bucket) == in_place(root, "rights") | theirs
    page = obstore.get(bucket, "rights/fr/index.html").attributes
    assert (page["Content-Type"], page["Cache-Control"]) == ("text/html; charset=utf-8", "no-cache")
    segment = next(path for path in objects(bucket) if path.endswith("/1.vtt"))
    assert obstore.get(bucket, segment).attributes["Cache-Control"] == "public, max-age=31536000, immutable"

    again = babelreel(root, "build", "--publish", "s3://films/rights")
    assert again.err.endswith("s3://films/rights is up to date\n")

    gone = babelreel(root, "withdraw", "ar", "--publish", "s3://films/rights")
    assert gone.code == 0, gone.err
    assert "removed" in gone.err
    assert objects(bucket) == in_place(root, "rights") | theirs
    assert not [path for path in objects(bucket) if path.startswith("rights/ar/")]


@pytest.mark.parametrize(
    ("address", "env", "code", "words"),
    [
        ("s3://", {}, 2, "no address of a bucket"),
        ("s3://films/rights", {"AWS_SECRET_ACCESS_KEY": "wrong"}, 4, "does not let us in"),
        ("ftp://films", {}, 2, "no address of a bucket"),
    ],
)
def test_a_store_that_cannot_be_used_is_told_and_what_is_published_here_stays(  # noqa: PLR0913, PLR0917 - a row of a table
    address: str, env: dict[str, str], code: int, words: str, server: Mapping[str, str], root: Path
) -> None:
    before = snapshot(root / "output")
    result = babelreel(root, "build", "--publish", address, env={**os.environ, **server, **env})
    assert (result.code, words in result.err) == (code, True), result.err
    assert len(result.err.split(words)[1].splitlines()) <= 4
    assert "testtest" not in result.err
    assert snapshot(root / "output") == before
