"""How do tests get a stream with two sounds and two texts on a web server, and a browser that plays it?

The stream is built by the program itself; the second sound, which would be a recorded voice, is a tone.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from support.browsers import Tab
from support.browsing import from_npm

#: The file of each player, by the name of its page.
LIBRARIES = {
    "hls.js": "hls.js/dist/hls.min.js",
    "shaka": "shaka-player/dist/shaka-player.compiled.js",
    "dash.js": "dashjs/dist/modern/umd/dash.all.min.js",
    "dash.js-4": "dashjs-4/dist/dash.all.min.js",
    "video.js": "video.js/dist/video.min.js",
    "video.js-dash": "video.js/dist/video.min.js",
}
_HANDLES = "streaming_players.js"

PAGE = """<!doctype html><meta charset="utf-8"><title>stream</title>
<video id="video" width="320" height="180" playsinline></video>
{scripts}"""
_NATIVE = "native"


def find_players() -> dict[str, Path]:
    """Give the file of each player, and of what handles them, by its name on the server."""
    return {library: from_npm(library) for library in LIBRARIES.values()} | {
        _HANDLES: Path(__file__).with_name(_HANDLES)
    }


class _Handler(SimpleHTTPRequestHandler):
    """Serves a stream with the types that a web server knows it by, two pages, and the players."""

    extensions_map = {  # noqa: RUF012 - the library's own way
        ".m3u8": "application/vnd.apple.mpegurl",
        ".mpd": "application/dash+xml",
        ".m4s": "video/iso.segment",
        ".mp4": "video/mp4",
        ".vtt": "text/vtt; charset=utf-8",
        ".js": "text/javascript",
        "": "application/octet-stream",
    }
    players: dict[str, Path]

    def do_GET(self) -> None:
        name = self.path.lstrip("/")
        if name in LIBRARIES or name == _NATIVE:
            scripts = (*([LIBRARIES[name]] if name in LIBRARIES else []), _HANDLES)
            page = PAGE.format(scripts="\n".join(f'<script src="/{each}"></script>' for each in scripts))
            content, kind = page.encode(), "text/html; charset=utf-8"
        elif name in self.players:
            content, kind = self.players[name].read_bytes(), "text/javascript"
        else:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve_stream(output: Path, players: dict[str, Path]) -> Iterator[str]:
    """Serve a folder with a stream in it on 127.0.0.1; gives its address, without ``/`` at the end."""
    handler = type("Handler", (_Handler,), {"players": players})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(output)))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def open_stream(tab: Tab, player: str, address: str) -> None:
    """Open the stream in a player; its handles are ``film`` in that page."""
    tab.open(f"{address}/{player}")
    run_script(tab, "window.film = await openers[player](address);", player=player, address=address)


def run_script(tab: Tab, script: str, /, **values: object) -> Any:  # noqa: ANN401 - any JSON
    """Run the body of an asynchronous function among what the page defines; ``values`` are its variables."""
    return json.loads(tab.run("return runHere(body, JSON.parse(told));", body=script, told=json.dumps(values)))
