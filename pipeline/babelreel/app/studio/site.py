"""The addresses that a studio answers, and the people whom it answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from babelreel.app.exchange.start_language import languages_to_start, start_language
from babelreel.app.project.choose_tracks import find_tracks
from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.serve import HOSTS
from babelreel.app.studio.answers import (
    findings_json,
    kept_json,
    language_json,
    said_json,
    saved_json,
    saved_lines_json,
    session_json,
    takes_json,
)
from babelreel.app.studio.asking import Adviser
from babelreel.app.studio.burned import BurnedLines
from babelreel.app.studio.film.light_film import StudioFilm
from babelreel.app.studio.film.routes import FilmRoutes
from babelreel.app.studio.guard import (
    SOUND_FILE,
    SOUND_FILE_TIMEOUT_S,
    TAKE_TIMEOUT_S,
    NotTooOften,
    OwnPagesOnly,
    SafeHeaders,
    SmallBodies,
    form_of,
    read_bounded,
    refusal,
)
from babelreel.app.studio.lines import open_lines
from babelreel.app.studio.people import Doorkeeper, Person, Role
from babelreel.app.studio.questions import base_of, changes_of, seen_of, text_of, wanted_of, whole_of
from babelreel.app.studio.saving import Base, save_line, save_lines
from babelreel.app.studio.saying import VERB, approve_lines, comment_line
from babelreel.app.studio.voices.mixed import MixedLines
from babelreel.app.studio.voices.recording import record_line, recorded_lines
from babelreel.app.voices.keep_take import LONGEST_S, MOST_FILE_BYTES, MOST_TAKE_BYTES
from babelreel.errors import BabelreelError, LockedError, MachineError, NoSpaceError, UsageError
from babelreel.languages.find import find_language, is_tag
from babelreel.model.project import Project
from babelreel.report.studio_files import STUDIO_FILES
from babelreel.system_errors import as_house_error, is_machine_fault

_STATUS = ((LockedError, 423), (NoSpaceError, 507), (MachineError, 500))
#: Recordings that are held in memory at once, 35 MB each at most.
_MOST_TAKES_AT_ONCE = 4
_DIGITS = 9

Answer = Callable[[str, Person, dict[str, Any]], Any]


class Studio:
    """A project's studio: what each address answers."""

    def __init__(self, project: Project, doorkeeper: Doorkeeper, film: StudioFilm) -> None:
        self._project = project
        self._doorkeeper = doorkeeper
        self._adviser = Adviser(project)
        self._burned = BurnedLines(project)
        self._film = FilmRoutes(project, film, lambda request: None if self._person(request) else _unknown_person())
        self._mixed = MixedLines(project)
        self._takes_coming = 0

    def routes(self) -> list[Mount | Route]:
        """List all addresses."""
        asked: tuple[tuple[str, Role, Answer], ...] = (
            ("lines", Role.READ, self._lines),
            ("findings", Role.READ, self._findings),
            ("look", Role.READ, self._look),
            ("still", Role.READ, self._still),
            ("takes", Role.READ, self._takes),
            ("mix", Role.READ, self._mix),
            ("save", Role.REPAIR, self._save),
            ("save-all", Role.REPAIR, self._save_all),
            ("fix", Role.REPAIR, self._fix),
            ("comment", Role.REPAIR, self._comment),
            ("start", Role.REPAIR, self._start),
            ("approve", Role.APPROVE, self._approve),
        )
        return [
            Route("/", self._page),
            Mount("/assets", StaticFiles(directory=STUDIO_FILES)),
            *self._film.routes(),
            Route("/api/session", self._session, methods=["POST"]),
            Route("/api/languages/{tag}/take", self._take, methods=["POST"]),
            *(
                Route(f"/api/languages/{{tag}}/{name}", partial(self._answer, role, answer), methods=["POST"])
                for name, role, answer in asked
            ),
        ]

    async def _page(self, _: Request) -> Response:
        return FileResponse(STUDIO_FILES / "studio.html", media_type="text/html; charset=utf-8")

    async def _session(self, request: Request) -> Response:
        person = self._person(request)
        if person is None:
            return _unknown_person()
        found = await run_in_threadpool(self._answered, partial(self._told_session, person))
        self._film.let_in(request, found)
        return found

    def _told_session(self, person: Person) -> dict[str, Any]:
        new = languages_to_start(self._project, person.languages or ()) if person.role.includes(Role.REPAIR) else ()
        # where there is neither a track nor one to begin, the error says what to do
        tracks = look_at_folder(self._project).tracks if new else find_tracks(self._project)
        seen = [each.settings.language for each in tracks if person.sees(each.tag)]
        new = tuple(each for each in new if person.sees(each.tag))
        return session_json(self._project, person, seen, new, film_to_check(self._project).film)

    async def _answer(self, role: Role, answer: Answer, request: Request) -> Response:
        person, tag = self._person(request), request.path_params["tag"]
        if person is None:
            return _unknown_person()
        if refused := _refused(person, tag, role):
            return refused
        tag = find_language(tag).tag
        try:
            body = json.loads(await request.body())
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            return refusal(400, UsageError(what="This is not a JSON object."))
        return await run_in_threadpool(self._answered, partial(answer, tag, person, body))

    async def _take(self, request: Request) -> Response:
        """Take a recording: read only from who may send one, so many at a time and no more of it than a line takes."""
        person, tag = self._person(request), request.path_params["tag"]
        if person is None:
            return _unknown_person()
        if refused := _refused(person, tag, Role.REPAIR):
            return refused
        if self._takes_coming >= _MOST_TAKES_AT_ONCE:
            return refusal(
                429, UsageError(what="Other recordings are on their way.", hint="Try again."), Retry_After="1"
            )
        self._takes_coming += 1
        try:
            is_file = form_of(request.scope) == SOUND_FILE
            most = MOST_FILE_BYTES if is_file else MOST_TAKE_BYTES
            data = await read_bounded(request, most, SOUND_FILE_TIMEOUT_S if is_file else TAKE_TIMEOUT_S)
            if data is None:
                why = f"it has more than {most // 1_000_000} MB" if is_file else ""
                error = UsageError(what=f"A recording of more than {LONGEST_S} seconds is not kept.", why=why)
                return refusal(413, error, Connection="close")
            asked = dict(request.query_params)
            return await run_in_threadpool(self._answered, lambda: self._kept_take(tag, asked, data, is_file=is_file))
        except UsageError as error:
            return refusal(400, error)
        finally:
            self._takes_coming -= 1

    def _kept_take(self, tag: str, asked: dict[str, Any], data: bytes, *, is_file: bool) -> Any:  # noqa: ANN401 - any JSON
        place = asked.get("place", "")
        number = int(place) if place.isascii() and place.isdecimal() and len(place) < _DIGITS else None
        base = Base(version="", place=whole_of({"place": number}, "place"), digest=text_of(asked, "digest"))
        return kept_json(record_line(self._project, tag, base, data, is_file=is_file))

    def _answered(self, answer: Callable[[], Any]) -> Response:
        try:
            told = answer()
            return told if isinstance(told, Response) else JSONResponse(told)
        except (BabelreelError, OSError) as fault:
            if isinstance(fault, OSError) and not is_machine_fault(fault):
                raise
            error = fault if isinstance(fault, BabelreelError) else as_house_error(fault, self._project.root)
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), 422)
            error.where = error.where.replace(f"{self._project.root}/", "")
            return refusal(status, error)

    def _person(self, request: Request) -> Person | None:
        return self._doorkeeper.introduced(request.headers.get("authorization", ""))

    def _lines(self, tag: str, _: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        state = self._adviser.state()
        if text_of(body, "state", "") == state:
            return {"state": state}
        opened = open_lines(self._project, tag)
        reference = opened.language.reference
        is_rtl = reference is not None and find_language(reference.language).is_rtl
        return {"state": state, "language": language_json(opened), "is_original_rtl": is_rtl}

    def _findings(self, tag: str, _: Person, __: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        version, found = self._adviser.findings(tag)
        return {"version": version, "findings": findings_json(found)}

    def _look(self, tag: str, _: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        found = self._adviser.look(tag, base_of(body), wanted_of(body))
        return {"findings": None if found is None else findings_json(found)}

    def _still(self, tag: str, _: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - a picture
        return Response(self._burned.still(tag, base_of(body), wanted_of(body)), media_type="image/jpeg")

    def _takes(self, tag: str, _: Person, __: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        return {"takes": takes_json(recorded_lines(self._project, tag))}

    def _mix(self, tag: str, _: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - a sound
        mixed = self._mixed.mix(tag, base_of(body))
        return Response(mixed.sound, media_type="audio/flac", headers={"X-Start-Ms": str(mixed.start_ms)})

    def _save(self, tag: str, person: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        return saved_json(save_line(self._project, tag, base_of(body), wanted_of(body), _name(person, body)))

    def _save_all(self, tag: str, person: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        return saved_lines_json(save_lines(self._project, tag, changes_of(body), _name(person, body)))

    def _fix(self, tag: str, person: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        code, message = text_of(body, "code"), text_of(body, "message")
        return saved_json(self._adviser.fix(tag, base_of(body), code, message, _name(person, body)))

    def _comment(self, tag: str, _: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        place, digest = whole_of(body, "place"), text_of(body, "digest")
        return said_json(comment_line(self._project, tag, place, digest, text_of(body, "comment")))

    def _start(self, tag: str, _: Person, __: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        return {"tag": start_language(self._project, tag, VERB)}

    def _approve(self, tag: str, person: Person, body: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        return said_json(approve_lines(self._project, tag, seen_of(body), _name(person, body)))


def make_studio(project: Project, doorkeeper: Doorkeeper, film: StudioFilm, *, local_name: str) -> Starlette:
    """Make the web application; with a ``local_name`` it answers to names of this machine alone."""
    names = (*HOSTS, local_name)
    hosts = [Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)] if local_name else []
    guards = (Middleware(OwnPagesOnly), Middleware(NotTooOften, doorkeeper=doorkeeper), Middleware(SmallBodies))
    routes = Studio(project, doorkeeper, film).routes()
    return Starlette(routes=routes, middleware=[Middleware(SafeHeaders), *hosts, *guards])


def _name(person: Person, body: dict[str, Any]) -> str:
    """Find who says so: the name that goes with a token, or the one that she gave."""
    return person.name or text_of(body, "by", "")


def _refused(person: Person, tag: str, role: Role) -> Response | None:
    """Say why a person may not do with a language what a role may; ``None`` where she may."""
    if not is_tag(tag) or not person.sees(find_language(tag).tag):
        return refusal(404, UsageError(what="There is no such language here for you.", where=tag[:40]))
    if not person.may(find_language(tag).tag, role):
        return refusal(403, UsageError(what=f"Your role here is “{person.role}”, which does not let you do this."))
    return None


def _unknown_person() -> Response:
    return refusal(
        401, UsageError(what="The studio does not know you.", hint="Open the link that “babelreel studio” wrote.")
    )
