"""Stands between a program and a store that speaks HTTP, and does to requests what bad lines and busy stores do."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto


class Fault(Enum):
    """What becomes of a request."""

    NONE = auto()
    BUSY = auto()
    """503; the store does not hear of it."""
    CONFLICT = auto()
    """409, as when two write at the same time and neither wins; the store does not hear of it."""
    FORBIDDEN = auto()
    """403; the store does not hear of it."""
    STALLED = auto()
    """No answer at all, until the one who asks has had enough; the store does not hear of it."""
    CUT = auto()
    """The answer ends in the middle of its body."""
    LOST = auto()
    """The store does it, and its answer gets lost."""


_ANSWERS = {Fault.BUSY: "503 Service Unavailable", Fault.CONFLICT: "409 Conflict", Fault.FORBIDDEN: "403 Forbidden"}
_CODES = {Fault.BUSY: "SlowDown", Fault.CONFLICT: "ConditionalRequestConflict", Fault.FORBIDDEN: "AccessDenied"}


@dataclass
class Proxy:
    """A proxy that is at work; ``choose`` says what becomes of a request, by its method and its path with query."""

    choose: Callable[[str, str], Fault] = lambda method, path: Fault.NONE  # noqa: ARG005 -- all is well
    port: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    """How many requests there were of each method."""
    done: Counter[Fault] = field(default_factory=Counter)


@contextmanager
def flaky_proxy(upstream_port: int) -> Iterator[Proxy]:
    """Serve on 127.0.0.1 what is served there on another port."""
    proxy = Proxy()
    ready = threading.Event()
    end: Callable[[], object] = lambda: None  # noqa: E731 -- until there is one

    async def serve() -> None:
        nonlocal end
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        end = lambda: loop.call_soon_threadsafe(ended.set)  # noqa: E731 -- see above

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                with suppress(ConnectionError, asyncio.IncompleteReadError):
                    await _pass_on(proxy, upstream_port, reader, writer)
            finally:
                writer.close()

        async with await asyncio.start_server(handle, "127.0.0.1", 0, limit=1 << 20) as server:
            proxy.port = server.sockets[0].getsockname()[1]
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield proxy
    finally:
        end()
        thread.join()


async def _pass_on(proxy: Proxy, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ")
    body = await reader.readexactly(_length(lines))
    fault = proxy.choose(method, path)
    proxy.seen[method] += 1
    proxy.done[fault] += 1
    if fault in _ANSWERS:
        text = f"<Error><Code>{_CODES[fault]}</Code><Message>made by a test</Message></Error>"
        writer.write(
            f"HTTP/1.1 {_ANSWERS[fault]}\r\nConnection: close\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode()
        )
        await writer.drain()
    elif fault is Fault.STALLED:
        await reader.read()  # until the other side hangs up
    else:
        answer = await _ask(port, lines, body)
        if fault is Fault.LOST:
            return
        writer.write(answer if fault is Fault.NONE else _cut(answer))
        await writer.drain()


def _length(lines: list[str]) -> int:
    lengths = [int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")]
    return lengths[0] if lengths else 0


async def _ask(port: int, lines: list[str], body: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    kept = [line for line in lines if line and not line.lower().startswith(("connection:", "expect:"))]
    writer.write("\r\n".join([*kept, "Connection: close", "", ""]).encode("latin-1") + body)
    await writer.drain()
    try:
        return await reader.read()
    finally:
        writer.close()


def _cut(answer: bytes) -> bytes:
    head, _, body = answer.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body[: len(body) // 2]
