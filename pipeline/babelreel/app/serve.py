"""Serve ``output/`` to the user as the web will show it.

A server for this machine alone: Starlette answers parts of files (without which no player can seek) and keeps to its
folder; what is added here are the types, the policy that pages are written for, and how long a file may be kept.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import cast

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from babelreel.app.publish.history import settle
from babelreel.app.publish.own_files import read_manifest
from babelreel.app.publish.staging import STAGING
from babelreel.errors import LockedError, MachineError, UsageError
from babelreel.model.delivery.manifest import VERSION_CHARS, VERSION_KEY
from babelreel.model.delivery.published_paths import MANIFEST
from babelreel.model.project import Project
from babelreel.system_errors import why_of

#: Nobody but this machine is served.
HOST = "127.0.0.1"
#: A browser sends its request at once; who sends half of one keeps a door open for nothing.
REQUEST_TIMEOUT_S = 5.0
#: So long an answer may go on after Ctrl-C: a player that was stopped takes the rest of a film whenever it likes.
END_TIMEOUT_S = 2.0
#: Other names of this machine in a ``Host`` header; any other name is a page of a stranger that points here.
HOSTS = (HOST, "localhost")

#: What pages may do: load what lies beside them, and nothing from anywhere else. ``media-src blob:`` is what players of
#: streams make of segments; ``frame-ancestors`` lets the embed snippet be tried out.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
#: Types by ending: what the system says of them differs from machine to machine.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4a": "audio/mp4",
    ".m4s": "video/mp4",
    ".mkv": "video/x-matroska",
    ".mp4": "video/mp4",
    ".mpd": "application/dash+xml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".srt": "application/x-subrip; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_OTHER = "application/octet-stream"

#: A file is asked for again after each build, and not sent when it is the same; what names its version stays as it is.
_ASKED_AGAIN, _KEPT = "no-cache", "public, max-age=31536000, immutable"
_VERSION = re.compile(rf"{VERSION_KEY}=([0-9a-f]{{{VERSION_CHARS}}})")


def serve_output(project: Project, *, port: int, is_ready: Callable[[str], None]) -> None:
    """Serve a project's output folder until the user stops it with Ctrl-C.

    ``port`` 0 takes any that is free. ``is_ready`` is called with the address as soon as it can be opened. Raises
    ``UsageError`` when nothing has been built, ``LockedError`` when a run is changing what is published just now,
    ``MachineError`` when the port is taken.
    """
    output = project.root / project.output_dir
    try:
        settle(project, output)
    except LockedError:  # a run is at it now
        if not (output / MANIFEST).is_file():
            raise
    if not (output / MANIFEST).is_file():
        raise UsageError(
            what="There is nothing to show yet.",
            where=str(output),
            hint="Run “babelreel build”, then “babelreel serve”.",
        )
    door = open_door(port)
    config = uvicorn.Config(
        make_site(output), http=Impatient, log_level="warning", access_log=False, lifespan="off", ws="none"
    )
    is_ready(f"http://{HOST}:{door.getsockname()[1]}/")  # the door is open: who comes early waits
    with door, suppress(KeyboardInterrupt):  # the way in which it ends
        uvicorn.Server(config).run(sockets=[door])


def open_door(port: int, host: str = HOST) -> socket.socket:
    """Listen at an address of this machine; raises ``MachineError`` where that cannot be."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows it would let two servers share a port
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen()
    except OSError as fault:
        door.close()
        raise MachineError(
            what=f"Port {port} cannot be used.",
            where=host,
            why=why_of(fault),
            hint="Another program may use it. Choose another one with --port, or any free one with --port 0.",
        ) from fault
    return door


def make_site(output: Path) -> Starlette:
    """Make the web application that serves a folder to this machine."""
    return Starlette(
        routes=[Mount("/", StaticFiles(directory=output, html=True))],
        middleware=[
            Middleware(_Headers, versions=_Versions(output)),
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
            Middleware(_NoHiddenFiles),
        ],
    )


class Impatient(H11Protocol):
    """Takes requests as uvicorn does, but waits for the end of one no longer than ``REQUEST_TIMEOUT_S``.

    When the server ends, nobody waits for who takes an answer more slowly than ``END_TIMEOUT_S``.
    """

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the class above has it
        """Wait for a first request."""
        super().connection_made(transport)
        self._wait_or_not()

    def data_received(self, data: bytes) -> None:
        """Take what comes, and wait for the rest."""
        super().data_received(data)
        self._wait_or_not()

    def shutdown(self) -> None:
        """End when the answer is sent, or in a while."""
        super().shutdown()
        self.loop.call_later(END_TIMEOUT_S, self.transport.abort)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, or end what began as one: a second answer to it can be no HTTP any more."""
        cycle: RequestResponseCycle | None = cast("RequestResponseCycle | None", self.cycle)  # none before the first
        if cycle is None:
            super().send_400_response(msg)
        else:
            cycle.disconnected = True
            self.transport.close()

    def _wait_or_not(self) -> None:
        if self._is_answering():
            if self._waiting:
                self._waiting.cancel()
            self._waiting = None
        elif self._waiting is None:
            self._waiting = self.loop.call_later(REQUEST_TIMEOUT_S, self._give_up)

    def _give_up(self) -> None:
        self._waiting = None
        if not self._is_answering():
            self.transport.close()

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = cast("RequestResponseCycle | None", self.cycle)  # none before the first
        return cycle is not None and not cycle.response_complete


class _Versions:
    """Knows which version of each file is published, from the manifest as it lies there now."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._read_at: tuple[int, int] | None = None
        self._digests: dict[str, str] = {}

    def is_present(self, path: str, query: str) -> bool:
        """Tell whether a request names the version that is published.

        A page that was opened before a build names an earlier one: what it gets now must not be kept under that name.
        """
        asked = _VERSION.fullmatch(query)
        if not asked:
            return False
        self._read_again()
        return self._digests.get(path.lstrip("/"), "").startswith(asked[1])

    def _read_again(self) -> None:
        try:
            state = (self._output / MANIFEST).stat()
        except OSError:  # a publication is at work
            self._read_at, self._digests = None, {}
            return
        if self._read_at != (state.st_mtime_ns, state.st_ino):
            manifest = read_manifest(self._output)
            self._digests = {file.path: file.sha256 for file in manifest.files} if manifest else {}
            self._read_at = (state.st_mtime_ns, state.st_ino)


class _Headers:
    """Puts policy, type and age on every answer."""

    def __init__(self, app: ASGIApp, versions: _Versions) -> None:
        self._app = app
        self._versions = versions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = CONTENT_POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                is_there = message["status"] in {200, 206}
                is_kept = is_there and self._versions.is_present(path, scope.get("query_string", b"").decode("latin-1"))
                headers["Cache-Control"] = _KEPT if is_kept else _ASKED_AGAIN
                if is_there and not headers.get("Content-Type", "").startswith("multipart/"):
                    headers["Content-Type"] = media_type(path)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _NoHiddenFiles:
    """Does as if hidden files were not there: what is being published, ``.git``, ``.htpasswd``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_hidden = any(part.startswith(STAGING[0]) for part in scope.get("path", "").replace("\\", "/").split("/"))
        app = PlainTextResponse("Not Found", status_code=404) if is_hidden else self._app
        await app(scope, receive, send)


def media_type(path: str) -> str:
    """Choose the type of a file by its path; a folder shows its ``index.html``."""
    name = path.rsplit("/", 1)[-1] or "index.html"
    return TYPES.get(os.path.splitext(name)[1].lower(), _OTHER)  # noqa: PTH122 - part of a URL, not a path of here
