"""How do tests serve a published folder as ``babelreel serve`` does, and hear what browsers hold against its pages?"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from babelreel.app.serve import make_site

#: What a slow link hands on at once.
_PART_BYTES = 8192
_LISTENER_PATH = "/listener.js"
#: Everything that browsers hold against a page: faults of scripts and of what is loaded, and breaches of the policy.
_LISTENER = """
window.complaints = [];
addEventListener('error', event => {
  const target = event.target;
  if (target.media && !matchMedia(target.media).matches) { return; }  // a <source> for other screens says so
  complaints.push(event.message || target.tagName + ' ' + (target.currentSrc || target.src || target.href));
}, true);
addEventListener('unhandledrejection', event => complaints.push(String(event.reason)));
document.addEventListener('securitypolicyviolation', event =>
  complaints.push(event.violatedDirective + ' ' + event.blockedURI));
for (const kind of ['error', 'warn']) {
  const told = console[kind].bind(console);
  console[kind] = (...words) => { complaints.push(words.join(' ')); told(...words); };
}
"""


@dataclass
class Link:
    """What lies between server and browser: as slow as ``bytes_per_second`` for films until it is cut, once."""

    bytes_per_second: int
    is_cut: bool = False

    def cut(self) -> None:
        """End all answers that are under way, in their middle; what is asked for later comes at once."""
        self.is_cut = True


@contextmanager
def serve_site(output: Path, link: Link | None = None, *, is_heard: bool = True) -> Iterator[str]:
    """Serve a folder on 127.0.0.1, with the listener in its pages if they are heard; gives its address, with ``/``."""
    site = make_site(output)
    slow = _Slow(site, link) if link else site
    config = uvicorn.Config(
        _Listened(slow) if is_heard else slow,
        port=0,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)


class _Slow:
    """Lets films through as a link does."""

    def __init__(self, app: ASGIApp, link: Link) -> None:
        self._app = app
        self._link = link

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_slow = scope["path"].endswith(".mp4") and not self._link.is_cut
        await self._app(scope, receive, partial(self._send_slowly, send) if is_slow else send)

    async def _send_slowly(self, send: Send, message: Message) -> None:
        body: bytes = message.get("body", b"")
        for start in range(0, len(body), _PART_BYTES):
            await asyncio.sleep(_PART_BYTES / self._link.bytes_per_second)
            if self._link.is_cut:
                raise ConnectionAbortedError
            part = body[start : start + _PART_BYTES]
            await send({"type": message["type"], "body": part, "more_body": True})
        await send({**message, "body": b""} if body else message)


class _Listened:
    """Puts the listener into each page, as its first script."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == _LISTENER_PATH:
            await Response(_LISTENER, media_type="text/javascript")(scope, receive, send)
            return
        held: list[Message] = []

        async def send_listened(message: Message) -> None:
            if message["type"] == "http.response.start":
                is_page = MutableHeaders(scope=message).get("Content-Type", "").startswith("text/html")
                if is_page and message["status"] == 200:
                    held.append(message)
                    return
            elif held:
                held.append(message)
                if not message.get("more_body"):
                    await _send_with_listener(held, send)
                return
            await send(message)

        await self._app(scope, receive, send_listened)


async def _send_with_listener(held: list[Message], send: Send) -> None:
    start, *parts = held
    body = b"".join(part.get("body", b"") for part in parts)
    body = body.replace(b"<head>", f'<head><script src="{_LISTENER_PATH}"></script>'.encode(), 1)
    MutableHeaders(scope=start)["Content-Length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})
