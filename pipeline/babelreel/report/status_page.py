"""Show how far each language is, as a page to send to the team."""

from __future__ import annotations

from collections.abc import Iterable

from babelreel.languages.find import find_language
from babelreel.model.ledger.entries import State
from babelreel.model.ledger.status import FilmStatus
from babelreel.model.timecode import render_timestamp
from babelreel.report.console.tracks.status import voice_in_words
from babelreel.report.html_templates import html_template

_STATES = (State.APPROVED, State.TRANSLATED, State.DRAFT, State.UNKNOWN)


def render_status_page(films: Iterable[FilmStatus]) -> str:
    """Write one HTML page, complete in itself: nothing is loaded and nothing runs, and it may be sent by mail.

    Every text is escaped, and stands in its own direction.
    """
    template = html_template("status.html.j2", ("timestamp", _timestamp))
    return template.render(films=tuple(films), states=_STATES, voice=voice_in_words, source_of=find_language)


def _timestamp(time_ms: int) -> str:
    return render_timestamp(time_ms, ".")[:-2]
