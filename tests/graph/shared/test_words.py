"""What a store answers is told so that a newcomer knows what to correct, and without any secret."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from babelreel.errors import BabelreelError, MachineError
from babelreel.graph.bucket import open_bucket
from babelreel.graph.bucket_errors import NoBucketError, refused
from babelreel.graph.shared.opening import open_existing, open_shared
from support.shared_stores import Machine, environment

_ENVIRONMENT = {
    "AWS_ALLOW_HTTP": "true",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "hidden",
    "AWS_REGION": "us-east-1",
}


@contextmanager
def _answering(status: int, body: str, kind: str = "application/xml") -> Iterator[None]:
    """Have a store that gives one and the same answer."""

    class Answer(BaseHTTPRequestHandler):
        def do(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body.encode())

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = do  # noqa: N815 -- as the library calls them

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with environment({**_ENVIRONMENT, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"}):
            yield
    finally:
        server.shutdown()
        server.server_close()


def _error(code: str, more: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>hidden</Message>{more}</Error>'


@pytest.mark.parametrize(
    ("status", "body", "what", "hint"),
    [
        (301, _error("PermanentRedirect"), "in another region", "AWS_REGION"),
        (400, _error("AuthorizationHeaderMalformed", "<Region>eu-west-1</Region>"), "in another region", "eu-west-1"),
        (400, _error("ExpiredToken"), "have expired", "AWS_SESSION_TOKEN"),
        (403, _error("InvalidAccessKeyId"), "does not let us in", "AWS_ACCESS_KEY_ID"),
        (403, _error("RequestTimeTooSkewed"), "clock is wrong", "clock"),
    ],
)
def test_an_answer_that_stays_what_it_is_is_told_at_once_with_what_to_correct(
    status: int, body: str, what: str, hint: str
) -> None:
    with _answering(status, body):
        for opening in (open_shared, open_existing):
            begun = time.monotonic()
            with pytest.raises(MachineError) as told:
                opening("s3://films/rights")
            assert what in told.value.what
            assert hint in told.value.hint
            assert told.value.where == "s3://films/rights"
            assert "hidden" not in str(told.value)
            assert "127.0.0.1" not in str(told.value)  # an address can hold a signature
            assert time.monotonic() - begun < 15  # and not after the half minute for which a store is asked


def test_a_page_that_asks_to_log_in_is_no_store() -> None:
    with _answering(200, "<html><body>Please log in</body></html>", "text/html"):
        with pytest.raises(MachineError, match="What answers is no store") as told:
            open_shared("s3://films/rights")
        assert "AWS_ENDPOINT_URL" in told.value.hint


def test_absent_credentials_are_told_with_the_variables_of_the_cloud(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [each for each in os.environ if each.startswith(("AWS_", "AZURE_", "GOOGLE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    for address, hint in (("s3://films", "AWS_SECRET_ACCESS_KEY"), ("az://films", "AZURE_STORAGE_ACCOUNT_NAME")):
        with pytest.raises(MachineError, match="no credentials for the store") as told:
            open_bucket(address)
        assert hint in told.value.hint
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "absent.json"))
    with pytest.raises(MachineError, match="credentials for the store cannot be used") as told:
        open_bucket("gs://films")
    assert "GOOGLE_APPLICATION_CREDENTIALS" in told.value.hint


def test_a_folder_that_refuses_is_told_as_a_folder() -> None:
    for code, what in ((13, "the system does not allow it"), (28, "The disk is full"), (2, "cannot be used")):
        told: BabelreelError = refused(
            OSError(f"Generic LocalFileSystem error: no luck (os error {code})"), "/srv/films"
        )
        assert what in told.what
        assert told.where == "/srv/films"


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("size", [5, 9 << 20])
@pytest.mark.parametrize("address", ["a folder", "a bucket"], indirect=True)
def test_a_file_of_ours_that_is_gone_is_told_as_what_it_is(size: int, address: str, tmp_path: Path) -> None:
    machine = Machine(address, tmp_path / "here")
    film = tmp_path / "film.mkv"
    with film.open("wb") as file:
        file.truncate(size)
    bucket = open_shared(address)
    film.unlink()
    with pytest.raises(BabelreelError) as told:
        bucket.put("blobs/film", film)
    assert (type(told.value), told.value.where) == (MachineError, str(film))
    with pytest.raises(BabelreelError) as told:
        machine.store.take_in(film, "0" * 64)
    assert (type(told.value), told.value.where) == (MachineError, str(film))


@pytest.mark.usefixtures("server")
def test_an_absent_bucket_is_a_fault_of_its_own() -> None:
    with pytest.raises(NoBucketError, match="no such bucket"):
        open_bucket("s3://not-here/rights").read("probe")
