"""How do tests serve a published folder as ``babelreel serve`` does, and hear what browsers hold against its pages?"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from babelreel.app.serve import make_site

_LISTENER_PATH = "/listener.js"
#: Everything that browsers hold against a page: faults of scripts and of what is loaded, and breaches of the policy.
_LISTENER = """
window.complaints = [];
addEventListener('error', event => complaints.push(event.message ||
  event.target.tagName + ' ' + (event.target.currentSrc || event.target.src || event.target.href)), true);
addEventListener('unhandledrejection', event => complaints.push(String(event.reason)));
document.addEventListener('securitypolicyviolation', event =>
  complaints.push(event.violatedDirective + ' ' + event.blockedURI));
for (const kind of ['error', 'warn']) {
  const told = console[kind].bind(console);
  console[kind] = (...words) => { complaints.push(words.join(' ')); told(...words); };
}
"""


@contextmanager
def serve_site(output: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1; gives its address, with ``/`` at the end."""
    config = uvicorn.Config(
        _Listened(make_site(output)), port=0, log_level="error", access_log=False, lifespan="off", ws="none"
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


class _Listened:
    """Puts the listener into each page, as its first script."""

    def __init__(self, app: Starlette) -> None:
        self._app: ASGIApp = app

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
