"""Open a studio on this machine, or on a server of the team."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from babelreel.app.exchange.languages import open_for_exchange
from babelreel.app.exchange.start_language import has_file, languages_to_start, refuse_unlisted
from babelreel.app.project.subtitle_files import listed_tags, look_at_folder
from babelreel.app.serve import HOST, Impatient, open_door
from babelreel.app.studio.film.light_film import StudioFilm
from babelreel.app.studio.lines import open_lines
from babelreel.app.studio.people import Doorkeeper, Lacking, lacking_languages, of_this_run, read_people
from babelreel.app.studio.site import make_studio
from babelreel.errors import UsageError
from babelreel.languages.find import is_tag
from babelreel.model.project import Project


def serve_studio(  # noqa: PLR0913 - what is opened, where, for whom
    project: Project,
    tag: str,
    *,
    host: str = HOST,
    port: int,
    token_file: Path | None,
    is_ready: Callable[[str, tuple[Lacking, ...]], None],
) -> None:
    """Open a studio until the user stops it with Ctrl-C; ``tag`` is the language to begin with, or empty.

    ``is_ready`` is called with the link as soon as it can be opened, and with the languages of tokens that are not
    there. Without a file of tokens it holds the token of
    this run, and no other address than this machine's own is taken: ``UsageError``. Raises ``MachineError`` for a
    port that is taken, and what reading the language raises.
    """
    is_local = is_loopback(host)
    if not (is_local or token_file):
        raise UsageError(
            what="A studio that other machines reach needs a file of tokens.",
            where=f"--host {host}",
            why="whoever finds the address could change the subtitles",
            hint="Add --token-file people.toml (docs/studio.md says what is in it), or leave --host out.",
        )
    if tag:
        tag = first_language(project, tag)
    doorkeeper, token = (read_people(token_file, listed_tags(project)), "") if token_file else of_this_run()
    door = open_door(port, host)
    # with tokens a web server may stand before it, which has the name of the team's own
    film = StudioFilm(project)
    config = uvicorn.Config(
        make_studio(project, doorkeeper, film, local_name="" if token_file else host),
        http=Impatient,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,  # a client could write any address into them
    )
    name = f"[{host}]" if ":" in host else host
    is_ready(f"http://{name}:{door.getsockname()[1]}/#{'&'.join(_fragment(tag, token))}", _lacking(project, doorkeeper))
    try:
        with door, suppress(KeyboardInterrupt):  # the way in which it ends
            uvicorn.Server(config).run(sockets=[door])
    finally:
        film.close()


def _lacking(project: Project, doorkeeper: Doorkeeper) -> tuple[Lacking, ...]:
    named = {tag for person in doorkeeper.people.values() for tag in person.languages or ()}
    there = (each.tag for each in look_at_folder(project).tracks)
    return lacking_languages(doorkeeper, there, (each.tag for each in languages_to_start(project, named)))


def first_language(project: Project, tag: str) -> str:
    """Return the tag of a language that can be read or started; raises why it cannot."""
    if is_tag(tag) and not has_file(project, tag):
        refuse_unlisted(project, tag)
        return open_for_exchange(project, tag).tag
    return open_lines(project, tag).tag


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone: 127.0.0.1 and its like, or "localhost"."""
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _fragment(tag: str, token: str) -> tuple[str, ...]:
    """Write what stands behind the # of a link: no server, log or other page gets to see it."""
    parts = (f"language={tag}" if tag else "", f"key={token}" if token else "")
    return tuple(filter(None, parts))
