"""Show the film in a studio to the people who may see it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from babelreel.app.project.inventory import find_film
from babelreel.app.serve import media_type
from babelreel.app.studio.film.light_film import Shown, StudioFilm
from babelreel.app.studio.guard import refusal
from babelreel.errors import BabelreelError, FilmError, UsageError
from babelreel.media.sound.peaks import PEAK_MS
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.model.timecode import MS_PER_SECOND

#: Holds what a film may be loaded with: a player cannot send the token. A port follows: all of a machine share cookies.
_COOKIE = "babelreel-film"
#: How long a picture is shown where nothing is known of the film.
_USUAL_MS = 40.0


class FilmRoutes:
    """Answers for the film: the master, the light film, its sound; and how far they are.

    ``refused`` says why a person may not ask, ``None`` where she may.
    """

    def __init__(self, project: Project, film: StudioFilm, refused: Callable[[Request], Response | None]) -> None:
        self._project, self._film, self._refused = project, film, refused
        self._key = secrets.token_urlsafe()

    def routes(self) -> list[Route]:
        """List all addresses."""
        return [
            Route("/film", self._master),
            Route("/film/light", self._light),
            Route("/api/film", self._told, methods=["POST"]),
            Route("/api/film/peaks", self._peaks, methods=["POST"]),
        ]

    def let_in(self, request: Request, answer: Response) -> None:
        """Let the browser that gets this answer load the film."""
        answer.set_cookie(_cookie(request), self._key, path="/film", httponly=True, samesite="strict")

    async def _master(self, request: Request) -> Response:
        if not self._is_let_in(request):
            return _not_let_in()
        try:
            path = await run_in_threadpool(find_film, self._project)
        except FilmError as error:
            return refusal(404, error)
        return FileResponse(path, media_type=media_type(path.name))

    async def _light(self, request: Request) -> Response:
        if not self._is_let_in(request):
            return _not_let_in()
        path = (await run_in_threadpool(self._film.look)).light
        if path is None or not await run_in_threadpool(path.is_file):
            return refusal(404, UsageError(what="The light film is not there yet.", hint="Wait a moment."))
        return FileResponse(path, media_type="video/mp4")

    async def _told(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        is_again = request.query_params.get("again") == "1"
        shown = await run_in_threadpool(lambda: self._film.look(again=is_again))
        return JSONResponse(film_json(shown, self._project, request.query_params.get("known", "")))

    async def _peaks(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        shown = await run_in_threadpool(self._film.look)
        return Response(
            shown.peaks or b"", media_type="application/octet-stream"
        )  # nothing, as long as nothing is known

    def _is_let_in(self, request: Request) -> bool:
        return secrets.compare_digest(request.cookies.get(_cookie(request), "").encode(), self._key.encode())


def film_json(shown: Shown, project: Project, known: str) -> dict[str, Any]:
    """Say how far the film is; with shots, speech and times unless ``known`` is the revision that somebody has."""
    told: dict[str, Any] = {
        "stage": shown.stage.value,
        "share": round(shown.share, 3),
        "is_at_work": shown.is_at_work,
        "revision": str(shown.revision),
        "version": shown.light.name[:16] if shown.light else "",
        "trouble": _told_error(shown.error, project) if shown.error else None,
    }
    if known != told["revision"] and shown.info:
        told["known"] = _known_json(shown.info) | {"peak_ms": PEAK_MS if shown.peaks else None}
    return told


def frame_ms(film: MediaInfo | None) -> float:
    """Compute how long a picture is shown."""
    picture = film.video if film else None
    return float(MS_PER_SECOND / picture.rate) if picture and picture.rate else _USUAL_MS


def _known_json(info: MediaInfo) -> dict[str, Any]:
    each_ms = frame_ms(info)
    return {
        "frame_ms": each_ms,
        "duration_ms": info.duration_ms,
        "shots": [round(frame * each_ms) for frame in info.shots or ()],
        "speech": [[each.start_ms, each.end_ms] for each in info.speech or ()],
    }


def _told_error(error: BabelreelError, project: Project) -> dict[str, str]:
    where = error.where.replace(f"{project.root}/", "")
    return {"what": error.what, "where": where, "why": error.why, "hint": error.hint}


def _cookie(request: Request) -> str:
    """Name the cookie of this studio, beside those of others on the same machine."""
    return f"{_COOKIE}-{request.url.port or ''}"


def _not_let_in() -> Response:
    return refusal(
        401, UsageError(what="The studio does not know you.", hint="Open the link that “babelreel studio” wrote.")
    )
