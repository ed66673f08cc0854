"""How do tests get the recipes of docs/ as they stand there, and see whether a server does what they say?"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import babelreel
from babelreel.app.serve import TYPES
from support.browsing import lacking

_DOCS = Path(babelreel.__file__).parents[2] / "docs"
PAGE, CLUSTER = _DOCS / "web-team.md", _DOCS / "cluster.md"
_IMMUTABLE = "public, max-age=31536000, immutable"


def recipe(name: str, page: Path = PAGE) -> str:
    """Give the text of a recipe as it stands in a page."""
    (found,) = re.findall(rf"<!-- recipe: {name} -->\n```\w+\n(.*?)```\n", page.read_text("utf-8"), re.DOTALL)
    return str(found)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def program(name: str) -> str:
    """Give a program of this machine, one for administrators too."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin") or lacking(f"{name} is not installed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, **headers: str) -> Answer:
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    door.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = door.getresponse()
    told = {name.lower(): value for name, value in answer.getheaders()}
    found = Answer(status=answer.status, headers=told, body=answer.read())
    door.close()
    return found


@contextmanager
def running(command: Sequence[str], port: int, log: Path) -> Iterator[None]:
    """Run a server until it is not needed any more; it answers when this begins."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process:
        try:
            for _ in range(100):
                if process.poll() is not None:
                    break
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            assert process.poll() is None, log.read_text("utf-8", "replace")
            yield
        finally:
            process.terminate()


def copy_to_serve(output: Path, folder: Path) -> Path:
    """Lay ``output`` out as ``film`` in a folder that any user of the machine may read; gives that folder."""
    shutil.copytree(output, folder / "film")
    (folder / "film" / ".incoming").mkdir()
    (folder / "film" / ".incoming" / "journal.json").write_text("{}")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def manifest_of(output: Path) -> Any:  # noqa: ANN401 - any JSON
    return json.loads((output / "manifest.json").read_text("utf-8"))


def check_server(port: int, output: Path, policy: str) -> None:
    """See whether a server that shows ``output`` under ``/film/`` does all that the web team's page asks for."""
    manifest = manifest_of(output)
    film = next(file for file in manifest["files"] if file["role"] == "video")
    for path in ("/film/", "/film/fr/", "/film/fr/index.html"):
        page = ask(port, path)
        assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
        assert page.headers["content-security-policy"] == policy
        assert page.headers["cache-control"] == "no-cache"
        assert "access-control-allow-origin" not in page.headers
    for file in manifest["files"] + manifest["segments"]:
        answer = ask(port, f"/film/{file['path']}")
        assert answer.headers["content-type"] == TYPES[Path(file["path"]).suffix], file["path"]
        assert (answer.status, len(answer.body)) == (200, file["bytes"]), file["path"]
        is_segment = file in manifest["segments"]
        assert answer.headers["cache-control"] == (_IMMUTABLE if is_segment else "no-cache"), file["path"]
        is_read_by_others = file["path"].endswith((".vtt", ".mp4", ".m3u8", ".mpd", ".m4s", ".m4a"))
        assert answer.headers.get("access-control-allow-origin") == ("*" if is_read_by_others else None), file["path"]
    path = f"/film/{film['path']}"
    part = ask(port, path, Range="bytes=10-19")
    assert (part.status, part.headers["content-range"]) == (206, f"bytes 10-19/{film['bytes']}")
    assert part.body == (output / film["path"]).read_bytes()[10:20]
    assert ask(port, f"{path}?v={film['sha256'][:8]}").headers["cache-control"] == _IMMUTABLE
    assert ask(port, f"{path}?v=1").headers["cache-control"] == "no-cache"
    again = ask(port, path, If_None_Match=ask(port, path).headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert ask(port, "/film/.incoming/journal.json").status in {403, 404}
    assert ask(port, "/film/nothing.html").status == 404
