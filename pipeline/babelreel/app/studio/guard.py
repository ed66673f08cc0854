"""Check what comes through the door of a studio, before anybody looks at what is asked.

Only pages of its own origin may ask, no more often than people do, and with bodies no larger than they need.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from babelreel.app.studio.people import Doorkeeper
from babelreel.errors import BabelreelError, UsageError

#: Approving all lines of a long film takes 60 kB, replacing a word in each of its 1500 lines 400 kB.
MOST_BODY_BYTES = 1 << 20
#: So long a body may take to come, by telephone as well; who sends half of one keeps a door open for nothing.
BODY_TIMEOUT_S = 15.0
#: And a recording, which has a megabyte; or a sound file of up to 35 MB, over a line of 1 Mbit/s.
TAKE_TIMEOUT_S, SOUND_FILE_TIMEOUT_S = 60.0, 300.0
#: What a page says that it sends: what it recorded, or a sound file as it lies on a disk.
RECORDED, SOUND_FILE = "audio/wav", "application/octet-stream"
#: Where both are sent to: they are larger, and read by who has looked at the token.
_TAKE = re.compile(r"/api/languages/[^/]+/take")
#: So many questions at once, and so many in a second for long: who types and saves asks three or four.
BURST, EACH_SECOND = 80, 40
_MOST_CALLERS = 1000
#: Nothing but the studio's own files; no text is ever taken for markup.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Cache-Control": "no-store",
}


def refusal(status: int, error: BabelreelError, **headers: str) -> JSONResponse:
    """Say in words why not."""
    told = {"what": error.what, "where": error.where, "why": error.why, "hint": error.hint}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse(told, status_code=status, headers=named)


class SafeHeaders:
    """Puts the policy on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the policy."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class OwnPagesOnly:
    """Lets in what a page of this very origin asks, and what a person types into the address bar.

    The browser's own headers show a page of a stranger, or of another port of this machine; a request that writes must
    have them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a question in, or refuse it."""
        headers = Headers(scope=scope)
        site, origin = headers.get("sec-fetch-site", "same-origin"), headers.get("origin")
        is_own = origin is not None and origin.partition("://")[2] == headers.get("host", "")
        is_reading = scope["method"] in {"GET", "HEAD"}
        is_page = scope["path"] == "/"
        is_strange = (origin is not None and not is_own) or (site not in {"same-origin", "none"} and not is_page)
        if is_strange or not (is_own or is_reading):
            error = UsageError(
                what="Only the studio's own page may ask for this.", hint="Open the link in the terminal."
            )
            await refusal(403, error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class SmallBodies:
    """Reads no more of a body than ``MOST_BODY_BYTES``, and only JSON; a recording is left to its own code."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what was read whole."""
        is_take = _TAKE.fullmatch(scope["path"]) is not None
        if scope["method"] in {"GET", "HEAD"} or (is_take and form_of(scope) in {RECORDED, SOUND_FILE}):
            await self._app(scope, receive, send)
            return
        if is_take or form_of(scope) != "application/json":
            wanted = "a recording" if is_take else "JSON"
            await refusal(415, UsageError(what=f"This should be sent as {wanted}."))(scope, receive, send)
            return
        try:
            async with asyncio.timeout(BODY_TIMEOUT_S):
                body = await _body(receive)
        except TimeoutError:
            await refusal(408, UsageError(what="The rest of this did not arrive."), Connection="close")(
                scope, receive, send
            )
            return
        if body is None:
            return
        if len(body) > MOST_BODY_BYTES:
            error = UsageError(what=f"More than {MOST_BODY_BYTES} bytes are not read.")
            await refusal(413, error, Connection="close")(scope, receive, send)
            return
        parts = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_again() -> Message:
            return parts.pop() if parts else await receive()

        await self._app(scope, receive_again, send)


async def _body(receive: Receive) -> bytes | None:
    """Read a body, or as much of it as shows that it is too large; ``None`` where nobody waits for an answer."""
    body, is_ended = b"", False
    while not is_ended and len(body) <= MOST_BODY_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        is_ended = not message.get("more_body", False)
    return body


async def read_bounded(request: Request, most: int, seconds: float) -> bytes | None:
    """Read a body of so many bytes at most, ``None`` for a larger one.

    Raises ``UsageError`` for one that is cut off, or is not there in time.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    return None
    except (ClientDisconnect, TimeoutError):
        raise UsageError(what="The recording was cut off on its way.", hint="Send it again.") from None
    return bytes(body)


def form_of(scope: Scope) -> str:
    """Return what a question says that its body is, without what follows behind a semicolon."""
    return Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()


class NotTooOften:
    """Politely refuses a client that asks more often than people do; the film and the page's own files are not counted.

    A person is counted by her token, wherever she asks from; all whom nobody knows by the address that they come from.
    """

    def __init__(self, app: ASGIApp, doorkeeper: Doorkeeper) -> None:
        self._app = app
        self._doorkeeper = doorkeeper
        self._callers: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, or refuse."""
        if scope["path"].startswith("/api/") and not self._may(scope):
            error = UsageError(what="These are more questions than one person asks.", hint="Wait a second.")
            await refusal(429, error, Retry_After="1")(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        introduced, client = Headers(scope=scope).get("authorization", ""), scope.get("client")
        caller = introduced if self._doorkeeper.introduced(introduced) else str(client and client[0])
        now = time.monotonic()
        left, before = self._callers.pop(caller, (float(BURST), now))
        left = min(BURST, left + (now - before) * EACH_SECOND) - 1
        self._callers[caller] = (max(left, 0.0), now)
        if len(self._callers) > _MOST_CALLERS:
            self._callers.popitem(last=False)
        return left >= 0
