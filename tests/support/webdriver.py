"""How do tests drive Firefox and WebKit, which Playwright does not drive as Debian builds them?

Both know the commands of W3C WebDriver: WebKit's driver takes them by HTTP, Firefox by a socket of its own
(Marionette), to which geckodriver, which Debian does not have, would only hand them on.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.request import Request, urlopen

_MINI_BROWSER = Path("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser")
_PATIENCE_S = 60
_POLL_S = 0.05
_T = TypeVar("_T")

#: What Firefox may do: play without a tap, and ask nobody anything.
_FIREFOX_SETTINGS = {
    "marionette.port": 0,  # any that is free; it is written into a file of the profile
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "browser.startup.page": 0,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "services.settings.server": "",
    "intl.accept_languages": "en-GB",
}
#: As root and without a graphics card: no sandbox of namespaces, no OpenGL, no bus of a desktop.
_WEBKIT_ENVIRONMENT = {
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "NO_AT_BRIDGE": "1",
    "GDK_BACKEND": "x11",
    "LC_ALL": "C.UTF-8",
}
_WEBKIT_CAPABILITIES = {
    "browserName": "MiniBrowser",
    "webkitgtk:browserOptions": {
        "binary": str(_MINI_BROWSER),
        "args": ["--automation", "--autoplay-policy=allow"],
    },
}


class Session(Protocol):
    """What takes commands of WebDriver, by their names in the standard."""

    def send(self, command: str, **parameters: object) -> Any:  # noqa: ANN401 - any JSON
        """Give the value that a command comes to."""


class _Marionette:
    """Firefox' own socket: ``length:[type, number, name, parameters]``."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_S)
        self._buffer = b""
        self._count = 0
        self._read()  # it greets
        self.send("NewSession")

    def send(self, command: str, **parameters: object) -> Any:  # noqa: ANN401 - as above
        self._count += 1
        message = json.dumps([0, self._count, f"WebDriver:{command}", parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, fault, value = self._read()
        assert not fault, fault["message"]
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def close(self) -> None:
        self._socket.close()

    def _read(self) -> Any:  # noqa: ANN401 - as above
        while b":" not in self._buffer:
            self._receive()
        length, _, self._buffer = self._buffer.partition(b":")
        while len(self._buffer) < int(length):
            self._receive()
        message, self._buffer = self._buffer[: int(length)], self._buffer[int(length) :]
        return json.loads(message)

    def _receive(self) -> None:
        part = self._socket.recv(65536)
        assert part, "Firefox hung up"
        self._buffer += part


class _Http:
    """A driver that listens to HTTP."""

    _WAYS: Mapping[str, tuple[str, str]] = {
        "Navigate": ("POST", "/url"),
        "ExecuteAsyncScript": ("POST", "/execute/async"),
        "SetTimeouts": ("POST", "/timeouts"),
        "SetWindowRect": ("POST", "/window/rect"),
        "TakeScreenshot": ("GET", "/screenshot"),
        "DeleteSession": ("DELETE", ""),
    }

    def __init__(self, port: int, capabilities: object) -> None:
        self._root = f"http://127.0.0.1:{port}/session"
        asked = {"capabilities": {"alwaysMatch": capabilities}}
        self._root += "/" + self._ask("POST", self._root, asked)["sessionId"]

    def send(self, command: str, **parameters: object) -> Any:  # noqa: ANN401 - as above
        method, way = self._WAYS[command]
        return self._ask(method, self._root + way, parameters if method == "POST" else None)

    @staticmethod
    def _ask(method: str, url: str, body: object) -> Any:  # noqa: ANN401 - as above
        content = None if body is None else json.dumps(body).encode()
        request = Request(url, method=method, data=content, headers={"Content-Type": "application/json"})  # noqa: S310 - this machine
        with urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310 - as above
            return json.load(answer)["value"]


@contextmanager
def start_firefox() -> Iterator[Session]:
    """Start Debian's Firefox without a window."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _FIREFOX_SETTINGS.items())
        (Path(folder) / "user.js").write_text("\n".join(lines), "utf-8")
        told = Path(folder) / "MarionetteActivePort"
        words = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", folder]
        with _running(words, {"HOME": folder}):
            session = _Marionette(int(_wait(lambda: told.is_file() and told.read_text("utf-8"))))
            yield session
            session.close()


@contextmanager
def start_webkit() -> Iterator[Session]:
    """Start Debian's WebKit in a window on a screen that nobody sees."""
    with _screen() as display, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        port = _free_port()
        with _running(
            ["WebKitWebDriver", f"--port={port}"], _WEBKIT_ENVIRONMENT | {"DISPLAY": display, "HOME": folder}
        ):
            _wait(lambda: _listens(port))
            session = _Http(port, _WEBKIT_CAPABILITIES)
            yield session
            with suppress(OSError):  # it may have stopped answering
                session.send("DeleteSession")


def has_firefox() -> bool:
    """Tell whether Firefox is there."""
    return shutil.which("firefox-esr") is not None


def has_webkit() -> bool:
    """Tell whether WebKit, its driver and a screen for it are there."""
    return _MINI_BROWSER.is_file() and all(shutil.which(name) for name in ("WebKitWebDriver", "Xvfb"))


@contextmanager
def _screen() -> Iterator[str]:
    reader, writer = os.pipe()
    words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "2000x1300x24", "-nolisten", "tcp"]
    with _running(words, {}, pass_fds=(writer,)), os.fdopen(reader) as told:
        os.close(writer)
        yield f":{told.readline().strip()}"


@contextmanager
def _running(words: list[str], environment: Mapping[str, str], pass_fds: tuple[int, ...] = ()) -> Iterator[None]:
    """Keep a program running, without what it says of sound cards and buses that are not there."""
    whole = {**os.environ, **environment}
    process = subprocess.Popen(
        words, env=whole, pass_fds=pass_fds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE_S / 6)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(find: Callable[[], _T]) -> _T:
    end = time.monotonic() + _PATIENCE_S
    while not (found := find()):
        assert time.monotonic() < end, "a browser did not start"
        time.sleep(_POLL_S)
    return found


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0
