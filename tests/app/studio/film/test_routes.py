"""Who gets the film of a studio, and what is told of it?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from support.films import make_colour_cuts, run_maker
from support.projects import make_project
from support.studios import RunningStudio, running_studio
from support.tracks import srt


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStudio]:
    folder = tmp_path_factory.mktemp("light")
    cuts = make_colour_cuts(folder / "cuts.mp4", cuts=(30, 55), sound=True)
    run_maker("-i", f"file:{cuts}", "-c:v", "mpeg2video", "-c:a", "mp2", f"file:{folder / 'film.ts'}")
    root = make_project(folder / "film", {"fr.srt": srt("Tes droits.", "Appelle le 112.")}, film=folder / "film.ts")
    with running_studio(root, "fr") as studio:
        yield studio


def told(studio: RunningStudio) -> Any:  # noqa: ANN401 - any JSON
    """Ask as the page does until nothing more is made."""
    until = time.monotonic() + 120
    while (document := studio.ask("film").document)["is_at_work"] and time.monotonic() < until:
        time.sleep(0.1)
    return document


def cookie(studio: RunningStudio) -> str:
    return studio.ask("session").headers["set-cookie"].split(";")[0]


def test_whoever_has_the_link_is_told_what_there_is_to_see(studio: RunningStudio) -> None:
    found = told(studio)
    assert (found["stage"], found["trouble"]) == ("ready", None)
    known = found["known"]
    # 75 pictures of 40 ms, and a sound as long
    assert (known["frame_ms"], known["shots"], known["speech"]) == (40, [1200, 2200], [])
    assert abs(known["duration_ms"] - 3000) <= 40
    peaks = studio.ask("film/peaks")
    assert (peaks.status, len(peaks.body)) == (200, -(-known["duration_ms"] // known["peak_ms"]))
    again = studio.ask(f"film?known={found['revision']}").document
    assert "known" not in again, "what somebody has is not sent again"


def test_the_light_film_is_given_in_parts_to_the_page_alone(studio: RunningStudio) -> None:
    told(studio)
    asked = studio.send("GET", "/film/light", headers={"Cookie": cookie(studio), "Range": "bytes=4-7"})
    assert (asked.status, asked.body, asked.headers["content-type"]) == (206, b"ftyp", "video/mp4")
    assert studio.send("GET", "/film/light").status == 401
    strange = {"Cookie": cookie(studio), "Sec-Fetch-Site": "cross-site"}
    assert studio.send("GET", "/film/light", headers=strange).status == 403


@pytest.mark.parametrize("path", ["film", "film/peaks"])
def test_nobody_else_is_told_anything(studio: RunningStudio, path: str) -> None:
    assert studio.ask(path, key="x" * 43).status == 401
    assert studio.ask(path, Origin="http://evil.example").status == 403
    assert studio.ask(path, key="", Cookie=cookie(studio)).status == 401
