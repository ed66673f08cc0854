"""How do tests serve a folder as a plain web server does, with Range, which seeking needs?"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".mp4": "video/mp4",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
}
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


class _Handler(BaseHTTPRequestHandler):
    root: Path
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.root / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or not path.resolve().is_relative_to(self.root.resolve()):
            self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain", {})
            return
        content = path.read_bytes()
        mime = _TYPES.get(path.suffix, "application/octet-stream")
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        if asked is None:
            self._answer(HTTPStatus.OK, content, mime, {})
            return
        first = int(asked[1])
        last = min(int(asked[2] or len(content)), len(content) - 1)
        span = {"Content-Range": f"bytes {first}-{last}/{len(content)}"}
        self._answer(HTTPStatus.PARTIAL_CONTENT, content[first : last + 1], mime, span)

    def _answer(self, status: HTTPStatus, content: bytes, mime: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        sizes = {"Content-Type": mime, "Content-Length": str(len(content)), "Accept-Ranges": "bytes"}
        for name, value in (sizes | headers).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # the browser has seen enough

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Let a browser go away in the middle of an answer."""


@contextmanager
def serve_folder(root: Path) -> Iterator[str]:
    """Serve a folder on 127.0.0.1; gives its address, with ``/`` at the end."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"root": root}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
