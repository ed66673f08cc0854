"""What is wrong with the way to a scheduler is said at once, in words that name what to correct."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from babelreel.engines.cluster_settings import refuse_open
from babelreel.engines.reaching import papers_of, tls_context, why_unreachable
from babelreel.errors import UsageError
from babelreel.model.cluster import TlsFiles
from support.clusters import free_port, wait_until
from support.projects import babelreel


@dataclass
class Way:
    """Files for TLS, and a scheduler with and one without it."""

    folder: Path
    tls: int
    plain: int

    def file(self, name: str) -> Path:
        return self.folder / name

    def files(self, ca: str = "authority.pem", cert: str = "machine.pem", key: str = "machine.key") -> TlsFiles:
        return TlsFiles(ca=self.folder / ca, cert=self.folder / cert, key=self.folder / key)


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    folder = tmp_path_factory.mktemp("tls")
    _make_papers(folder)
    way = Way(folder, free_port(), free_port())
    safe = (
        "--protocol",
        "tls",
        "--tls-ca-file",
        "authority.pem",
        "--tls-cert",
        "machine.pem",
        "--tls-key",
        "machine.key",
    )
    words = (sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--no-dashboard", "--port")
    with (folder / "log").open("wb") as log:
        started = [
            subprocess.Popen([*words, str(port), *more], cwd=folder, stdout=log, stderr=log)
            for port, more in ((way.tls, safe), (way.plain, ()))
        ]
    try:
        for port in (way.tls, way.plain):
            wait_until(lambda port=port: _listens(port), "a scheduler answers")  # type: ignore[misc]
        yield way
    finally:
        for each in started:
            each.kill()
            each.wait()


def _make_papers(folder: Path) -> None:
    new = ("req", "-newkey", "rsa:2048", "-nodes")
    signed = ("-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "9")
    for words in (
        (*new, "-x509", "-days", "9", "-subj", "/CN=cluster", "-keyout", "authority.key", "-out", "authority.pem"),
        (*new, "-x509", "-days", "9", "-subj", "/CN=other", "-keyout", "other.key", "-out", "other.pem"),
        (*new, "-subj", "/CN=machine", "-keyout", "machine.key", "-out", "machine.csr"),
        ("x509", "-req", "-in", "machine.csr", *signed, "-out", "machine.pem"),
        ("rsa", "-in", "machine.key", "-aes256", "-passout", "pass:secret", "-out", "locked.key"),
    ):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
    (folder / "text.pem").write_text("no certificate\n")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize(
    ("setting", "file", "why"),
    [
        ("ca", "absent.pem", "No such file"),
        ("ca", "text.pem", "no certificate"),
        ("ca", "machine.key", "no certificate"),
        ("cert", "absent.pem", "No such file"),
        ("cert", "text.pem", "no certificate"),
        ("key", "absent.key", "No such file"),
        ("key", "text.pem", "no key"),
        ("key", "other.key", "not the key to"),
        ("key", "locked.key", "password"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_setting(way: Way, setting: str, file: str, why: str) -> None:
    papers = papers_of(way.files(**{setting: file}))
    assert papers
    with pytest.raises(UsageError) as told:
        tls_context(papers)
    assert f"tls_{setting} in machine.toml" in told.value.what
    assert told.value.where == str(way.file(file))
    assert why in told.value.why


def test_a_file_that_dask_was_told_of_is_told_with_the_name_of_its_variable(way: Way) -> None:
    known = {"ca_file": str(way.file("absent.pem")), "cert": str(way.file("machine.pem")), "key": None}
    papers = papers_of(TlsFiles(), known, "worker")
    assert papers
    with pytest.raises(UsageError, match="DASK_DISTRIBUTED__COMM__TLS__CA_FILE"):
        tls_context(papers)
    assert papers.cert.setting == "DASK_DISTRIBUTED__COMM__TLS__WORKER__CERT"


def _why(address: str, files: TlsFiles | None = None) -> str:
    papers = papers_of(files) if files else None
    return why_unreachable(address, tls_context(papers) if papers else None)


def test_nothing_keeps_us_from_a_scheduler_that_is_there_and_believes_us(way: Way) -> None:
    assert not _why(f"tls://127.0.0.1:{way.tls}", way.files())
    assert not _why(f"tcp://127.0.0.1:{way.plain}")


def test_the_two_ways_of_speaking_are_not_mixed_up(way: Way) -> None:
    with pytest.raises(UsageError, match="does not use TLS"):
        _why(f"tls://127.0.0.1:{way.plain}", way.files())
    with pytest.raises(UsageError, match="uses TLS"):
        _why(f"tcp://127.0.0.1:{way.tls}")


def test_a_certificate_that_one_side_does_not_believe_is_told_with_its_setting(way: Way) -> None:
    with pytest.raises(UsageError, match="tls_ca"):
        _why(f"tls://127.0.0.1:{way.tls}", way.files(ca="other.pem"))
    with pytest.raises(UsageError, match="tls_cert"):
        _why(f"tls://127.0.0.1:{way.tls}", way.files(cert="other.pem", key="other.key"))


def test_a_name_that_no_machine_has_is_told(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    for name in ("scheduler..org", "scheduler.example.org"):  # the first one is none by its form
        for address, files in ((f"tls://{name}:8786", way.files()), (f"tcp://{name}", None)):
            with pytest.raises(UsageError, match="No machine has the name") as told:
                _why(address, files)
            assert told.value.where == address
        monkeypatch.setattr(socket, "getaddrinfo", unknown)


def test_a_network_that_is_not_there_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert _why("tcp://scheduler.example.org") == "Temporary failure in name resolution"


def test_a_port_that_nobody_listens_at_is_waited_for(way: Way) -> None:
    port = free_port()
    for address, files in ((f"tls://127.0.0.1:{port}", way.files()), (f"tcp://127.0.0.1:{port}", None)):
        assert _why(address, files).startswith("nobody listens there")


def test_what_listens_and_is_no_scheduler_is_told(way: Way) -> None:
    with _Web() as port:
        for address, files in ((f"tls://127.0.0.1:{port}", way.files()), (f"tcp://127.0.0.1:{port}", None)):
            with pytest.raises(UsageError, match="no scheduler"):
                _why(address, files)


class _Web:
    """A web server, which takes anything else for a bad request."""

    def __enter__(self) -> int:
        self._server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()
        port: int = self._server.getsockname()[1]
        return port

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:  # the test is over
                return
            with line:
                line.recv(4096)
                line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    def __exit__(self, *_: object) -> None:
        self._server.close()


@pytest.mark.parametrize(
    "address", ["tls://host:nine", "tls://[::1", "tls://", "host:8786", "tls://host:8786/a", "https://host"]
)
def test_what_is_no_address_of_a_scheduler_is_told(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a scheduler"):
        refuse_open(address)


def test_a_worker_that_can_never_work_ends_in_words(way: Way, tmp_path: Path) -> None:
    for words, what in (
        ((f"tcp://127.0.0.1:{way.tls}", "--store", str(tmp_path / "share")), "uses TLS"),
        ((f"tcp://127.0.0.1:{way.plain}", "--store", "ftp://films"), "no address of a bucket"),
    ):
        told = babelreel(tmp_path, "worker", *words, "--slots", "1", "--cache", str(tmp_path / "cache"))
        assert told.code == 2, told.err
        assert what in told.err
        assert "Traceback" not in told.err
