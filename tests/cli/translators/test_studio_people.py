"""Who may ask a studio what, in which language, and how often?"""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from babelreel.app.studio.film.light_film import StudioFilm
from babelreel.app.studio.guard import BURST, EACH_SECOND
from babelreel.app.studio.people import Role, of_this_run
from babelreel.app.studio.site import make_studio
from babelreel.config.read import read_project
from support.projects import make_project
from support.studios import Asked, RunningStudio, running_studio
from support.tracks import srt

READ, REPAIR, APPROVE = Role
#: What of a language can be asked: the role that it takes, and the answer where no such line is there (or, to start a
#: language, where it is there).
VERBS = {
    "lines": (READ, 200),
    "findings": (READ, 200),
    "look": (READ, 200),
    "still": (READ, 422),
    "takes": (READ, 200),
    "mix": (READ, 422),
    "save": (REPAIR, 200),
    "save-all": (REPAIR, 200),
    "fix": (REPAIR, 200),
    "comment": (REPAIR, 200),
    "take": (REPAIR, 422),
    "start": (REPAIR, 422),
    "approve": (APPROVE, 200),
}
#: What is not of a language: the answers to somebody without a token, and to somebody with one.
OTHERS = {
    "/": (200, 200),
    "/assets": (200, 200),
    "/film": (401, 401),
    "/film/light": (401, 401),
    "/api/film": (401, 200),
    "/api/film/peaks": (401, 200),
    "/api/session": (401, 200),
}
#: A line that is not there, and a recording that is none.
BODY = {
    "version": "", "place": 0, "digest": "?", "text": "a", "start_ms": 1000, "end_ms": 1900,
    "code": "", "message": "", "comment": "", "seen": {},
    "lines": [{"place": 0, "digest": "?", "text": "a", "start_ms": 1000, "end_ms": 1900}],
}  # fmt: skip
OWN, OTHERS_OWN, WITHOUT_TRACK, NO_LANGUAGE = "fr", "ar", "de", "xx-yy-zz"
TOKENS = {role: role.value * 20 for role in Role}
PEOPLE = "".join(
    f'["{role}"]\ntoken = "{token}"\nlanguages = ["{OWN}"]\nrole = "{role}"\n' for role, token in TOKENS.items()
)
#: She may do everything, everywhere.
EVERYWHERE = "e" * 40
PEOPLE += f'["everywhere"]\ntoken = "{EVERYWHERE}"\nlanguages = ["*"]\nrole = "{APPROVE}"\n'


def project(root: Path) -> Path:
    tracks = {"en.srt": srt("Your rights."), "fr.srt": srt("Tes droits."), "ar.srt": srt("حقوقك.")}
    root = make_project(root, tracks, settings='reference = "en"\n')
    path = root / "people.toml"
    path.touch(0o600)
    path.write_text(PEOPLE, "utf-8")
    return root


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStudio]:
    with running_studio(project(tmp_path_factory.mktemp("people") / "film"), "--token-file", "people.toml") as studio:
        yield studio


def ask(studio: RunningStudio, tag: str, verb: str, token: str) -> Asked:
    """Ask in one's turn: all these questions come faster than a person asks."""
    for _ in range(20):
        asked = (
            studio.ask(f"languages/{tag}/take?place=0&digest=x", b"RIFF", key=token, Content_Type="audio/wav")
            if verb == "take"
            else studio.ask(f"languages/{tag}/{verb}", BODY, key=token)
        )
        if asked.status != 429:
            return asked
        time.sleep(float(asked.headers["retry-after"]))
    raise AssertionError("a studio that is asked once a second answers")


def test_no_address_of_a_studio_is_missing_in_these_tables(tmp_path: Path) -> None:
    doorkeeper, _ = of_this_run()
    film = read_project(project(tmp_path / "film"))
    app = make_studio(film, doorkeeper, StudioFilm(film), local_name="")
    routes = [each for each in app.routes if isinstance(each, Mount | Route)]
    assert len(routes) == len(app.routes), "of another kind it is not known who may ask it"
    assert {each.path for each in routes} == OTHERS.keys() | {f"/api/languages/{{tag}}/{verb}" for verb in VERBS}
    asked = [each for each in routes if isinstance(each, Route) and each.path.startswith("/api/")]
    assert all(each.methods == {"POST"} for each in asked)


@pytest.mark.parametrize(
    ("role", "tag"), list(product((*Role, None), (OWN, OTHERS_OWN, WITHOUT_TRACK, NO_LANGUAGE))), ids=str
)
def test_everybody_may_do_in_her_languages_what_her_role_says(team: RunningStudio, role: Role | None, tag: str) -> None:
    path = team.root / "subtitles" / "fr.srt"
    before = path.read_bytes()
    for verb, (needed, answer) in VERBS.items():
        asked = ask(team, tag, verb, TOKENS[role] if role else "x" * 40)
        expected = 401 if role is None else 404 if tag != OWN else answer if role.includes(needed) else 403
        assert (verb, asked.status) == (verb, expected)
        if expected >= 400:
            assert asked.document["what"], "a refusal says why"
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == ["ar.srt", "en.srt", "fr.srt"]


def test_who_has_all_languages_has_those_that_are_there(team: RunningStudio) -> None:
    for verb, (_, answer) in VERBS.items():
        for tag in (OWN, OTHERS_OWN):
            assert (verb, ask(team, tag, verb, EVERYWHERE).status) == (verb, answer)
        if verb != "start":
            assert (verb, ask(team, WITHOUT_TRACK, verb, EVERYWHERE).status) == (verb, 422)
        assert (verb, ask(team, NO_LANGUAGE, verb, EVERYWHERE).status) == (verb, 404)


@pytest.mark.parametrize(("path", "answers"), OTHERS.items())
def test_the_page_is_there_for_everybody_and_what_it_shows_is_not(
    team: RunningStudio, path: str, answers: tuple[int, int]
) -> None:
    if path.startswith("/api/"):
        found = tuple(team.ask(path.removeprefix("/api/"), key=key).status for key in ("", TOKENS[READ]))
    else:
        asked = "/assets/start.js" if path == "/assets" else path
        # a token opens no film: the page gets a cookie for it
        headers = {"Authorization": f"Bearer {TOKENS[READ]}"}
        found = (team.send("GET", asked).status, team.send("GET", asked, headers=headers).status)
    assert found == answers


def test_each_is_told_what_she_may_do(team: RunningStudio) -> None:
    for role, token in TOKENS.items():
        told = team.ask("session", key=token).document
        may = (told["may_repair"], told["may_approve"])
        assert may == (role in {REPAIR, APPROVE}, role is APPROVE)
        assert [each["tag"] for each in told["languages"]] == [OWN]


def test_200_questions_at_once_are_refused_politely_and_nobody_else_waits_for_it(tmp_path: Path) -> None:
    with running_studio(project(tmp_path / "film"), "--token-file", "people.toml") as studio:
        connection = http.client.HTTPConnection("127.0.0.1", studio.port, timeout=20)
        headers = {
            "Authorization": f"Bearer {TOKENS[READ]}", "Content-Type": "application/json", "Origin": studio.origin
        }  # fmt: skip
        statuses, began = [], time.monotonic()
        for _ in range(200):
            connection.request("POST", "/api/languages/xx-yy-zz/lines", "{}", headers)
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
            assert answer.status == 404 or answer.headers["Retry-After"] == "1"
        took_s = time.monotonic() - began
        connection.close()
        assert set(statuses) <= {404, 429}
        # who is slow enough is refused nothing
        assert statuses.count(404) <= BURST + EACH_SECOND * took_s + 1
        assert statuses[:BURST] == [404] * BURST, "so many a page may ask at once"
        assert studio.ask("session", key=TOKENS[APPROVE]).status == 200
