"""How far is each language, as a page to send to the team?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import jinja2
from jinja2 import Template

from babelreel.languages.find import find_language
from babelreel.model.ledger.entries import State
from babelreel.model.ledger.status import FilmStatus
from babelreel.model.timecode import render_timestamp
from babelreel.report.console.status import voice_in_words

_STATES = (State.APPROVED, State.TRANSLATED, State.DRAFT, State.UNKNOWN)


def render_status_page(films: Iterable[FilmStatus]) -> str:
    """Write one HTML page, complete in itself: nothing is loaded and nothing runs, and it may be sent by mail.

    Every text is escaped, and stands in its own direction.
    """
    return _template().render(films=tuple(films), states=_STATES, voice=voice_in_words, source_of=find_language)


@cache
def _template() -> Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("babelreel.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["timestamp"] = lambda ms: render_timestamp(ms, ".")[:-2]
    return environment.get_template("status.html.j2")
