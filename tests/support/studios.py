"""How do tests open a studio as a person would, and ask it as its page does?"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a studio answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStudio:
    """A studio in a process of its own, and the link that it wrote."""

    root: Path
    link: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return urlsplit(self.link).port or 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def key(self) -> str:
        return parse_qs(urlsplit(self.link).fragment).get("key", [""])[0]

    def ask(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Asked:  # noqa: ANN401 - any JSON
        """Ask as the page does; headers by their names with ``_``, an empty one is left out."""
        sent = {
            "Authorization": f"Bearer {self.key if key is None else key}",
            "Content-Type": "application/json",
            "Origin": self.origin,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        data = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        return self.send("POST", f"/api/{path}", data, {name: value for name, value in sent.items() if value})

    def send(self, method: str, path: str, data: bytes = b"", headers: dict[str, str] | None = None) -> Asked:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, data or None, headers or {})
        answer = connection.getresponse()
        found = Asked(
            status=answer.status,
            headers={name.lower(): value for name, value in answer.getheaders()},
            body=answer.read(),
        )
        connection.close()
        return found

    def line(self, tag: str, place: int) -> dict[str, Any]:
        """Give a line with what saving it needs."""
        told = self.ask(f"languages/{tag}/lines").document["language"]
        line: dict[str, Any] = {**told["lines"][place], "version": told["version"]}
        return line


@contextmanager
def running_studio(root: Path, *arguments: str) -> Iterator[RunningStudio]:
    """Open a studio on a free port; Ctrl-C ends it, where the test has not killed it."""
    command = [sys.executable, "-m", "babelreel", "studio", "--port", "0", "--no-browser", *arguments]
    process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stderr is not None
    with process.stderr as told:
        line = told.readline()
        assert line.startswith("http://"), line + told.read()
        studio = RunningStudio(root=root, link=line.split()[0], process=process)
        try:
            yield studio
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                assert process.wait(20) == 0, "Ctrl-C is the way in which a studio ends"
        finally:
            process.kill()  # one that a failed test leaves would work on
            process.wait()
