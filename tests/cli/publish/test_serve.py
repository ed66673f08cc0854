"""Does a browser on this machine get what it needs, and nobody anything else?"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.app.serve import REQUEST_TIMEOUT_S, TYPES
from babelreel.delivery.manifest import render_manifest
from babelreel.model.delivery.manifest import Role
from support.manifests import manifest_of
from support.projects import babelreel
from support.sites import published

#: More bytes than the buffers of two sockets hold.
LONG = 32 << 20
CONTENT = bytes(range(256)) * 40
PAGE = b"<!doctype html><title>A page</title>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server and the folder of its project."""

    root: Path
    port: int
    process: subprocess.Popen[str]

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in named)
        for name, value in named.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        found = Answer(
            status=answer.status,
            headers={name.lower(): value for name, value in answer.getheaders()},
            body=answer.read(),
        )
        connection.close()
        return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("mon été (1)")
    output = root / "output"
    (output / "fr").mkdir(parents=True)
    film = published("fr/film.mp4", Role.VIDEO, "fr", sha256=sha256(CONTENT).hexdigest())
    (output / "manifest.json").write_text(render_manifest(manifest_of(film)))
    (output / "index.html").write_bytes(PAGE)
    (output / "fr" / "index.html").write_bytes(PAGE)
    (output / "fr" / "film.mp4").write_bytes(CONTENT)
    with (output / "fr" / "long.mp4").open("wb") as long:
        long.truncate(LONG)
    (output / "fr" / "film.vtt").write_text("WEBVTT\n")
    (output / ".incoming").mkdir()
    (output / ".incoming" / "half.mp4").write_bytes(b"half")
    (root / "secret.txt").write_text("secret")
    (output / "door.txt").symlink_to(root / "secret.txt")
    process = start(root)
    assert process.stderr is not None
    with process.stderr as told:
        line = told.readline()
    yield Served(root=root, port=int(line.split(":")[2].split("/")[0]), process=process)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0, "Ctrl-C is the way in which serving ends"


def start(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "babelreel", "serve", "--port", "0", "--no-browser"]
    return subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, env=dict(os.environ))


def test_a_part_of_a_file_is_served_as_players_ask_for_it(served: Served) -> None:
    answer = served.ask("/fr/film.mp4", Range="bytes=100-199")
    assert (answer.status, answer.body) == (206, CONTENT[100:200])
    assert answer.headers["content-range"] == f"bytes 100-199/{len(CONTENT)}"
    assert answer.headers["content-type"] == "video/mp4"


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [("bytes=10000-", 206, CONTENT[10000:]), ("bytes=-5", 206, CONTENT[-5:]), ("bytes=99999-", 416, None)],
)
def test_open_and_impossible_ranges(served: Served, asked: str, status: int, body: bytes | None) -> None:
    answer = served.ask("/fr/film.mp4", Range=asked)
    assert answer.status == status
    assert body is None or answer.body == body


def test_a_whole_file_says_that_parts_may_be_asked_for(served: Served) -> None:
    answer = served.ask("/fr/film.mp4")
    assert (answer.status, answer.body, answer.headers["accept-ranges"]) == (200, CONTENT, "bytes")


def test_a_head_has_no_body(served: Served) -> None:
    answer = served.ask("/fr/film.mp4", "HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(len(CONTENT)))


def test_an_unchanged_file_is_not_sent_again(served: Served) -> None:
    tag = served.ask("/fr/film.vtt").headers["etag"]
    assert served.ask("/fr/film.vtt", If_None_Match=tag).status == 304


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (f"/fr/film.mp4?v={sha256(CONTENT).hexdigest()[:8]}", True),
        ("/fr/film.mp4?v=01234567", False),  # an earlier version: what comes now must not be kept under its name
        (f"/fr/long.mp4?v={sha256(CONTENT).hexdigest()[:8]}", False),
        ("/fr/film.mp4?v=", False),
        ("/fr/film.mp4", False),
        ("/fr/", False),
        ("/manifest.json", False),
    ],
)
def test_a_file_is_kept_only_under_the_name_of_its_version(served: Served, path: str, kept: bool) -> None:  # noqa: FBT001 - a column of the table above
    answer = served.ask(path, Range="bytes=0-9")
    assert answer.headers["cache-control"] == ("public, max-age=31536000, immutable" if kept else "no-cache")


@pytest.mark.parametrize("path", ["/", "/fr/", "/index.html"])
def test_folders_show_their_page_as_html(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert (answer.body, answer.headers["content-type"]) == (PAGE, "text/html; charset=utf-8")


def test_subtitles_have_the_type_without_which_browsers_refuse_them(served: Served) -> None:
    assert served.ask("/fr/film.vtt").headers["content-type"] == "text/vtt; charset=utf-8"


def test_each_type_is_told_in_small_letters_by_ending() -> None:
    assert all(ending == ending.lower() and ending.startswith(".") and "/" in kind for ending, kind in TYPES.items())


def test_pages_may_load_nothing_from_elsewhere(served: Served) -> None:
    policy = dict(part.split(" ", 1) for part in served.ask("/").headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert served.ask("/").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/fr/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/door.txt",
        "/.incoming/half.mp4",
        "/fr/../.incoming/half.mp4",
        "/%2eincoming/half.mp4",
        "/fr/film.mp4%00.txt",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_and_nothing_hidden_is_served(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert answer.status in {400, 404}
    assert b"secret" not in answer.body
    assert b"half" not in answer.body


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8137", "127.0.0.1.evil.example", ""])
def test_a_page_of_a_stranger_that_points_here_gets_nothing(served: Served, host: str) -> None:
    assert served.ask("/", Host=host).status == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1234"])
def test_this_machine_is_served_under_its_own_names(served: Served, host: str) -> None:
    assert served.ask("/", Host=host).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_changed(served: Served, method: str) -> None:
    assert served.ask("/fr/film.mp4", method, Content_Length="0").status == 405
    assert (served.root / "output" / "fr" / "film.mp4").read_bytes() == CONTENT


def test_a_port_that_is_taken_is_told_in_four_lines(served: Served) -> None:
    result = babelreel(served.root, "serve", "--no-browser", "--port", str(served.port))
    assert (result.code, len(result.err.splitlines())) == (4, 4)
    assert f"Port {served.port} cannot be used" in result.err


def test_without_a_build_there_is_nothing_to_show(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    result = babelreel(tmp_path, "serve", "--no-browser")
    assert result.code == 2
    assert "babelreel build" in result.err


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /fr"]
)
def test_who_sends_half_a_request_is_not_waited_for(served: Served, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=3 * REQUEST_TIMEOUT_S) as caller:
        caller.sendall(sent)
        answer = b""
        while chunk := caller.recv(1 << 16):  # until the server closes, or the time is over
            answer += chunk
    assert answer.count(b"HTTP/1.1 200") == sent.count(b"\r\n\r\n")


def test_who_takes_long_to_read_an_answer_gets_all_of_it(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=3 * REQUEST_TIMEOUT_S) as caller:
        caller.sendall(b"GET /fr/long.mp4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        time.sleep(REQUEST_TIMEOUT_S + 2)
        answer = b""
        while chunk := caller.recv(1 << 20):
            answer += chunk
    assert len(answer.split(b"\r\n\r\n", 1)[1]) == LONG


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_request_that_breaks_in_its_middle_ends_and_nothing_is_told_of_a_fault(tmp_path: Path, method: str) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/manifest.json").write_text("{}")
    process = start(tmp_path)
    assert process.stderr is not None
    port = int(process.stderr.readline().split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=3 * REQUEST_TIMEOUT_S) as caller:
        head = f"{method} / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        caller.sendall(head.encode() + b"no length of a chunk\r\n")
        while caller.recv(1 << 16):  # until the server closes, or the time is over
            pass
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=10)
    assert "Traceback" not in told


def test_ctrl_c_ends_it_though_a_player_takes_its_film_slowly(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output/manifest.json").write_text("{}")
    with (tmp_path / "output/long.mp4").open("wb") as long:
        long.truncate(LONG)
    process = start(tmp_path)
    assert process.stderr is not None
    with process.stderr as told:
        port = int(told.readline().split(":")[2].split("/")[0])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as player:
            player.sendall(b"GET /long.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert player.recv(12) == b"HTTP/1.1 200"
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        assert told.read() == ""
