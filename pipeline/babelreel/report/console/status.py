"""Show how far each language is, as a table in a terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from babelreel.model.delivery.pairs import Pair
from babelreel.model.ledger.entries import State
from babelreel.model.ledger.status import ChangedLine, FilmStatus, LanguageStatus, VoiceStatus
from babelreel.report.safe_text import printable, render_json

_HEAD = (
    "language",
    "lines",
    "approved",
    "translated",
    "draft",
    "unknown",
    "original changed",
    "text changed",
    "errors",
    "voice",
    "by",
)
_STATES = (State.APPROVED, State.TRANSLATED, State.DRAFT, State.UNKNOWN)
#: More names are no help in a table.
_MOST_NAMES = 3


def render_status(film: FilmStatus) -> str:
    """Write a table with a row for each language, and what cannot be read below it."""
    rows = [_HEAD, *(_row(each) for each in film.languages)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    lines = [printable(film.title), *(_line(row, widths) for row in rows)]
    lines += [
        f"{each.language.tag}.review.toml cannot be read: {printable(each.fault)}"
        for each in film.languages
        if each.fault
    ]
    lines += [f"{pair.tag}: {_pair_in_words(pair, film)}" for pair in film.pairs]
    if film.other_film:
        lines.append(printable(film.other_film))
    if not any(each.has_ledger or each.fault for each in film.languages):
        lines.append("no line has been reviewed yet: babelreel approve LANG --by NAME begins")
    return "\n".join(lines) + "\n"


def render_status_json(films: Iterable[FilmStatus]) -> str:
    """Write the same as JSON, version 1: a list of films."""
    return render_json({"version": 1, "films": [_film(each) for each in films]})


def voice_in_words(voice: VoiceStatus) -> str:
    """Say what was recorded of a language."""
    if voice.is_whole:
        return "whole film"
    if not voice.is_there:
        return "none"
    changed = f", {voice.changed} of another text" if voice.changed else ""
    return f"{voice.takes} of {voice.lines} lines{changed}"


def _row(each: LanguageStatus) -> tuple[str, ...]:
    names = ", ".join(printable(name) for name, _ in each.approvers[:_MOST_NAMES])
    return (
        each.language.tag + (" (reference)" if each.is_reference else ""),
        str(each.lines),
        *(str(each.count(state)) for state in _STATES),
        str(each.stale),
        str(each.rewritten),
        str(each.errors),
        voice_in_words(each.voice),
        names + (" …" if len(each.approvers) > _MOST_NAMES else ""),
    )


def _pair_in_words(pair: Pair, film: FilmStatus) -> str:
    """Say what two languages at once wait for."""
    languages = {each.language.tag: each for each in film.languages}
    absent = [tag for tag in pair.tags if tag not in languages]
    if absent:
        return f"{' and '.join(absent)} without subtitles"
    broken = [tag for tag in pair.tags if languages[tag].errors]
    if broken:
        return f"errors in {' and '.join(broken)}"
    waiting = [tag for tag in pair.tags if not languages[tag].is_approved]
    return f"not all approved in {' and '.join(waiting)}" if waiting else "approved"


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    first, *counts, voice, names = row
    numbers = (text.rjust(width) for text, width in zip(counts, widths[1:-2], strict=True))
    return "  ".join((first.ljust(widths[0]), *numbers, voice.ljust(widths[-2]), names)).rstrip()


def _film(film: FilmStatus) -> dict[str, object]:
    return {
        "title": film.title,
        "reference": film.reference,
        "languages": [_language(each) for each in film.languages],
        **({"pairs": [_pair(pair, film) for pair in film.pairs]} if film.pairs else {}),
    }


def _pair(pair: Pair, film: FilmStatus) -> dict[str, object]:
    approved = {each.language.tag for each in film.languages if each.is_approved}
    return {"tag": pair.tag, "languages": list(pair.tags), "approved": approved.issuperset(pair.tags)}


def _language(each: LanguageStatus) -> dict[str, object]:
    return {
        "tag": each.language.tag,
        "name": each.language.name,
        "reference": each.is_reference,
        "lines": each.lines,
        "approved": each.is_approved,
        "states": {state.value: count for state, count in each.states},
        "source_changed": each.stale,
        "text_changed": each.rewritten,
        "approved_by": dict(each.approvers),
        "last": each.last or None,
        "errors": each.errors,
        "warnings": each.warnings,
        "voice": {
            "whole": each.voice.is_whole,
            "takes": each.voice.takes,
            "lines": each.voice.lines,
            "of_another_text": each.voice.changed,
        },
        "changed": [_changed(line) for line in each.changed],
        "ledger": each.has_ledger,
        "fault": each.fault or None,
    }


def _changed(line: ChangedLine) -> dict[str, object]:
    return {
        "line": line.cue.number,
        "start_ms": line.cue.span.start_ms,
        "text": line.cue.text,
        "text_before": line.text_before or None,
        "source_before": line.source_before or None,
        "source_now": line.source_now or None,
    }
