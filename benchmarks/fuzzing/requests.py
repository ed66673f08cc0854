"""Group ``serve``: requests as no browser sends them."""

from __future__ import annotations

import logging
import random
import re
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

from fuzzing.bounded import Check
from fuzzing.mutators import damage_bytes
from fuzzing.projects import use_temporary_folder
from fuzzing.promises import BrokenPromiseError

_SECRET = b"this is no business of a stranger's"
_PAGE = b"<!doctype html><title>A page</title>"
_PATHS = (
    *(
        "/",
        "/fr/",
        "/fr/film.mp4",
        "/fr",
        "/fr/index.html",
        "/manifest.json",
        "/.incoming/half.mp4",
        "//secret.txt",
        "*",
    ),
    *("/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/fr/..%5c..%5csecret.txt", "/fr/../../secret.txt"),
    *(
        "http://127.0.0.1/fr/",
        "http://evil.example/",
        "file:///etc/passwd",
        "/door.txt",
        "/fr/film.mp4?a=b#c",
        "/%00",
        "/%",
    ),
    *("/%c0%ae%c0%ae/secret.txt", "/....//secret.txt", "/fr/%zz", "/" + "a" * 70_000, "/%2e%2e%2f" * 500, "/fr/\u202e"),
    *(
        "/.%2e/secret.txt",
        "/fr;/../secret.txt",
        "/./././",
        "/C:/x",
        "/\\..\\secret.txt",
        "/con",
        "/fr/film.mp4/",
        "/fr/nul",
    ),
)
_METHODS = (
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "OPTIONS",
    "CONNECT",
    "TRACE",
    "PRI",
    "get",
    "",
    "G\0T",
    "X" * 9000,
)
_HEADERS = (
    *(
        "Host: 127.0.0.1",
        "Host: localhost",
        "Host: localhost:1",
        "Host: evil.example",
        "Host:",
        "Host: a\r\nHost: b",
        "host: [::1",
    ),
    *(
        "Range: bytes=0-9",
        "Range: bytes=9-0",
        "Range: bytes=-1",
        "Range: bytes=0-,0-,0-",
        "Range: bytes=" + "0-1," * 3000,
    ),
    *(
        "Range: bytes=99999999999999999999-",
        "Range: lines=1-2",
        "Range: bytes=a-b",
        "Range: bytes=٣-٤",
        "Range: bytes=--1",
        "Range:",
    ),
    *(
        "If-Range: x",
        "If-None-Match: *",
        "If-Modified-Since: Mon, 99 Foo 9999 99:99:99 GMT",
        "If-Modified-Since: \xff",
        "X: " + "y" * 70_000,
    ),
    *(
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 9999999999999999",
        "Transfer-Encoding: chunked",
        "Expect: 100-continue",
    ),
    *(
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Upgrade: h2c",
        "Connection: close",
        "X\0: y",
        " folded",
        ":",
        "X",
        "\x1b[31m: x",
    ),
    *(
        "X-Forwarded-For: 1.2.3.4",
        "X-Forwarded-Host: evil",
        "Accept-Encoding: gzip",
        "Sec-WebSocket-Key: x",
        "Origin: http://evil",
    ),
)
_TOKENS = (
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\r",
    b"\0",
    b" ",
    b"\t",
    b":",
    b"%",
    b"HTTP/1.1",
    b"HTTP/9.9",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"\xff" * 100,
)
_CONTROL = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")


def prepare_serve(folder: Path) -> Check:
    """Give the check that sends damaged requests to a server, and sees what it answers, and that it goes on."""
    use_temporary_folder(folder)
    port, told = _serve(_lay_site(folder)), _Told()
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).handlers[:] = [told]
        logging.getLogger(name).propagate = False

    def check(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - damage, not a secret
        answer = _send(port, _requests(chance), chance)
        if _SECRET in answer or b"root:" in answer:
            raise BrokenPromiseError(f"what lies outside was served: {answer[:300]!r}")
        if told.faults:
            raise BrokenPromiseError(f"the server told of a fault of its own: {told.faults.pop()}")
        if answer and not answer.startswith(b"HTTP/1.1 "):
            raise BrokenPromiseError(f"no answer of HTTP: {answer[:100]!r}")
        status = int(answer[9:12]) if answer else 0
        if status >= 500 and status not in {501, 505}:  # noqa: PLR2004 - a fault of the server's
            raise BrokenPromiseError(f"status {status}")
        if _CONTROL.search(answer.partition(b"\r\n\r\n")[0]):
            raise BrokenPromiseError(f"control characters in the head of an answer: {answer[:300]!r}")
        if seed % 20 == 0 and _PAGE not in _send(
            port, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", None
        ):
            raise BrokenPromiseError("the server does not answer any more")

    return check


class _Told(logging.Handler):
    """Keeps what the server tells of faults in its own code."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.faults.append(logging.Formatter().format(record)[-1500:])


def _lay_site(folder: Path) -> Path:
    output = folder / "project/output"
    (output / "fr").mkdir(parents=True)
    (output / ".incoming").mkdir()
    (output / "manifest.json").write_text("{}", "utf-8")
    for name in ("index.html", "fr/index.html"):
        (output / name).write_bytes(_PAGE)
    (output / "fr/film.mp4").write_bytes(bytes(range(256)) * 40)
    for path in (output / ".incoming/half.mp4", folder / "secret.txt", folder / "project/secret.txt"):
        path.write_bytes(_SECRET)
    (output / "door.txt").symlink_to(folder / "secret.txt")
    return folder / "project"


def _serve(root: Path) -> int:
    """Serve a project in a thread, and give the port."""
    from babelreel.app.serve import serve_output  # noqa: PLC0415 - in the worker
    from babelreel.config.read import read_project  # noqa: PLC0415 - the same

    found: list[str] = []
    threading.Thread(
        target=serve_output, args=(read_project(root),), kwargs={"port": 0, "is_ready": found.append}, daemon=True
    ).start()
    while not found:
        time.sleep(0.01)
    return int(found[0].split(":")[2].strip("/"))


def _requests(chance: random.Random) -> bytes:
    made = b"".join(_request(chance) for _ in range(chance.choice((1, 1, 1, 2, 5))))
    return damage_bytes(made, chance, _TOKENS) if chance.random() < 0.5 else made  # noqa: PLR2004 - every other


def _request(chance: random.Random) -> bytes:
    version = chance.choice(("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", ""))
    headers = chance.choices(_HEADERS, k=chance.choice((0, 1, 2, 4, 30)))
    if chance.random() < 0.8:  # noqa: PLR2004 - most, or all is refused
        headers.insert(0, "Host: localhost")
    lines = [f"{chance.choice(_METHODS)} {chance.choice(_PATHS)} {version}", *headers]
    body = chance.choice(("", "", "hello", "5\r\nhello\r\n0\r\n\r\n", "x" * 5000))
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode("utf-8")


def _send(port: int, data: bytes, chance: random.Random | None) -> bytes:
    """Send a request, in parts or not to its end, and give what comes back."""
    answer = b""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=8) as door:
        if chance and chance.random() < 0.2:  # noqa: PLR2004 - some come in parts
            at = chance.randrange(len(data) + 1)
            door.sendall(data[:at])
            data = data[at:]
        door.sendall(data)
        if chance:  # who sends half of a request waits for nothing; that it is dropped is seen elsewhere
            door.shutdown(socket.SHUT_WR)
        while part := door.recv(65_536):
            answer += part
    return answer
