"""Stands between two programs that speak TCP, and stops passing bytes for a while, as a line that is broken does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_READ_BYTES = 1 << 16


class Line:
    """A line to a port of this machine; what is sent while it is cut comes when it is repaired."""

    def __init__(self) -> None:
        self.port = 0
        self.is_cut = False

    def cut(self) -> None:
        """Pass nothing any more, and say so to nobody."""
        self.is_cut = True

    def repair(self) -> None:
        """Pass what has come meanwhile, and what comes."""
        self.is_cut = False


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """Give a line to a port, in use for the block."""
    line = Line()
    ready = threading.Event()
    end: Callable[[], object] = lambda: None  # noqa: E731 -- until there is one

    async def serve() -> None:
        nonlocal end
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        end = lambda: loop.call_soon_threadsafe(ended.set)  # noqa: E731 -- see above

        async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError, asyncio.CancelledError):
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
                await asyncio.gather(_pass_on(line, reader, far_writer), _pass_on(line, far_reader, writer))
            writer.close()

        async with await asyncio.start_server(connect, "127.0.0.1", 0) as server:
            line.port = server.sockets[0].getsockname()[1]
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield line
    finally:
        end()
        thread.join()


async def _pass_on(line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while content := await reader.read(_READ_BYTES):
            while line.is_cut:  # noqa: ASYNC110 -- set by another thread
                await asyncio.sleep(0.05)
            writer.write(content)
            await writer.drain()
        while line.is_cut:  # noqa: ASYNC110 -- as above: an end is not told either
            await asyncio.sleep(0.05)
    finally:
        writer.close()
