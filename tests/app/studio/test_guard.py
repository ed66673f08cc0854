"""What stands at the door of a studio, and what comes through it?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from babelreel.app.studio import guard
from babelreel.app.studio.guard import BURST, NotTooOften, SmallBodies
from babelreel.app.studio.people import Doorkeeper, of_this_run


async def everything_is_fine(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


def scope(address: str = "192.0.2.1", **headers: str) -> Scope:
    listed = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "path": "/api/session", "headers": listed, "client": (address, 4711)}


def statuses(app: ASGIApp, scopes: Iterable[Scope], receive: Receive) -> list[int]:
    """Ask, and give what was answered."""
    told: list[int] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])

    async def ask() -> None:
        for each in scopes:
            await app(each, receive, send)

    # in a thread of its own: tests in browsers that ran in this process before leave a loop in the first one
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(ask())).result()
    return told


async def nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def half_of_it() -> Message:
    await asyncio.Event().wait()
    raise AssertionError("it never comes")


def test_who_sends_half_of_a_question_keeps_no_door_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_TIMEOUT_S", 0.05)
    asked = [scope(content_type="application/json", content_length="100")]
    assert statuses(SmallBodies(everything_is_fine), asked, half_of_it) == [408]


def test_a_person_is_counted_by_her_token_wherever_she_asks_from() -> None:
    doorkeeper, token = of_this_run()
    door = NotTooOften(everything_is_fine, doorkeeper)
    # ten times what is let in at once, so that no machine is slow enough for all of them
    asked = [scope(f"2001:db8::{at:x}", authorization=f"Bearer {token}") for at in range(10 * BURST)]
    told = statuses(door, asked, nothing)
    assert told[:BURST] == [200] * BURST
    assert 429 in told


def test_whom_nobody_knows_is_counted_by_address_whatever_she_claims_to_be() -> None:
    doorkeeper, token = of_this_run()
    door = NotTooOften(everything_is_fine, doorkeeper)
    strangers = [scope(authorization=f"Bearer {at}", x_forwarded_for=f"10.0.0.{at}") for at in range(10 * BURST)]
    assert 429 in statuses(door, strangers, nothing)
    known = scope(authorization=f"Bearer {token}")
    assert statuses(door, [known], nothing) == [200], "and is no trouble for those whom it knows"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "bearer x", "Basic x", "\ud800"])
def test_nobody_is_introduced_by_less_than_a_token(header: str) -> None:
    doorkeeper, token = of_this_run()
    assert doorkeeper.introduced(header) is None
    assert Doorkeeper(people={}).introduced(f"Bearer {token}") is None
    assert doorkeeper.introduced(f"Bearer {token}") is not None
