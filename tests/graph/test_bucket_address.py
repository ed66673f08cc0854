"""An address is mistyped in many ways; none is taken for a folder's name, or passed on to where it has no words."""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.errors import UsageError
from babelreel.graph.bucket_address import folder_of, is_bucket, refuse_no_bucket

_MISTYPED = (
    *(
        "s3:/films/rights",
        "s3:films",
        "s3//films/rights",
        "s3://",
        "s3:///films",
        "s3a://films",
        "file:///srv/films",
        "file://",
    ),
    *(
        "ftp://films",
        "https://films.s3.amazonaws.com/rights",
        "s3://films:9000/rights",
        "s3://my films/rights",
        "s3://films!",
    ),
    *(
        "s3://films//rights",
        "s3://films/../rights",
        "s3://films/rights?x=1",
        "s3://films#rights",
        "s3://[films",
        "gs:films",
    ),
)


@pytest.mark.parametrize("address", _MISTYPED)
def test_what_is_meant_to_be_an_address_and_is_none_is_told(address: str) -> None:
    assert is_bucket(address)
    with pytest.raises(UsageError, match="no address of a bucket") as told:
        refuse_no_bucket(address)
    assert told.value.where == address


def test_a_secret_in_an_address_is_not_told() -> None:
    with pytest.raises(UsageError, match="no address of a bucket") as told:
        refuse_no_bucket("s3://user:secret@films")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    "address", ["s3://films", "s3://films/", "S3://films/rights/2026", "gs://my_films/a b", "az://films/rights"]
)
def test_an_address_is_one(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    assert is_bucket(address)
    refuse_no_bucket(address)


@pytest.mark.parametrize(
    "path", ["share", "/srv/films", "./s3:", "~/films", "C:\\films", "s3/films", "films 2026: rights"]
)
def test_a_path_is_no_address(path: str) -> None:
    assert not is_bucket(path)


@pytest.mark.parametrize(
    ("endpoint", "allow", "what"),
    [
        ("127.0.0.1:8333", "true", "is no address of a store"),
        ("store.example.org", "", "is no address of a store"),
        ("http://127.0.0.1:8333", "", "is an address by http://"),
        ("http://127.0.0.1:8333", "false", "is an address by http://"),
    ],
)
def test_an_endpoint_that_cannot_be_used_is_told_with_its_variable(
    endpoint: str, allow: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ALLOW_HTTP", allow)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    with pytest.raises(UsageError) as told:
        refuse_no_bucket("s3://films/rights")
    assert told.value.what.startswith(f"AWS_ENDPOINT_URL in the environment {what}")
    refuse_no_bucket("gs://films/rights")  # which is somewhere else


def test_a_folder_counts_from_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert folder_of("share") == tmp_path / "share"
    assert folder_of("share", tmp_path / "project") == tmp_path / "project" / "share"
    assert folder_of("/srv/films", tmp_path) == Path("/srv/films").absolute()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folder_of("~/share") == Path("~/share").expanduser()


@pytest.mark.parametrize("path", ["", "  ", "~nobody-of-this-name/films", "film.mkv", "a\0b"])
def test_what_can_be_no_folder_is_told(path: str, tmp_path: Path) -> None:
    (tmp_path / "film.mkv").touch()
    with pytest.raises(UsageError, match="no folder"):
        folder_of(path, tmp_path)
