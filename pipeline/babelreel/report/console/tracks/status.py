"""Show how far each language is, as a table in a terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from babelreel.model.delivery.pairs import Pair
from babelreel.model.film.change.stayed import tell_stayed
from babelreel.model.ledger.entries import State
from babelreel.model.ledger.status import ChangedLine, FilmStatus, LanguageStatus, VoiceStatus
from babelreel.report.console.columns import COLUMNS, wrapped
from babelreel.report.reader.speaking import in_table
from babelreel.report.safe_text import printable, render_json

_HEAD = (
    "language",
    "lines",
    "approved",
    "translated",
    "draft",
    "not reviewed",
    "original changed",
    "text changed",
    "errors",
    "voice",
    "by",
)
_WORDS = ("language", "voice", "by")
_STATES = (State.APPROVED, State.TRANSLATED, State.DRAFT, State.UNKNOWN)
#: More names are no help in a table.
_MOST_NAMES = 3


def render_status(film: FilmStatus, columns: int | None = None) -> str:
    """Write a table with a row for each language, and what cannot be read below it.

    Counts that are 0 for all languages have no column, but for approved lines. With ``columns``, those of a terminal, a
    table that is wider becomes a list.
    """
    rows = [_HEAD, *(_row(each) for each in film.languages)]
    rows = [tuple(row[place] for place in _told_places(rows)) for row in rows]
    said = [tuple(map(in_table, row)) for row in rows]
    widths = [max(cell_len(row[place]) for row in said) for place in range(len(rows[0]))]
    table = [_line(row, rows[0], widths) for row in said]
    is_table = columns is None or max(map(cell_len, table)) <= columns
    lines = [printable(film.title), *(table if is_table else _list(said, columns or COLUMNS))]
    lines += [
        f"{each.language.tag}.review.toml cannot be read: {printable(each.fault)}"
        for each in film.languages
        if each.fault
    ]
    lines += [
        f"{each.language.tag} is withdrawn: “babelreel build {each.language.tag}” publishes it again"
        for each in film.languages
        if each.is_withdrawn
    ]
    lines += [
        wrapped(f"{each.language.tag}: not approved in the picture: {printable(', '.join(each.left_shown))}", COLUMNS)
        for each in film.languages
        if each.has_ledger and each.left_shown
    ]
    lines += [f"{pair.tag}: {_pair_in_words(pair, film)}" for pair in film.pairs]
    if film.other_film:
        lines.append(wrapped(printable(film.other_film), columns or COLUMNS))
    lines += [wrapped(f"{printable(path)}: {tell_stayed()}", columns or COLUMNS) for path in film.stayed]
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
        each.language.tag + (f" ({in_table('reference')})" if each.is_reference else ""),
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


def _told_places(rows: list[tuple[str, ...]]) -> list[int]:
    """Choose the columns that tell anything: those of counts that are not 0 everywhere, and all others."""
    kept, nothing = {"lines", "approved"}, {"0", ""}
    return [
        place for place, head in enumerate(_HEAD) if head in kept or any(row[place] not in nothing for row in rows[1:])
    ]


def _line(row: tuple[str, ...], heads: tuple[str, ...], widths: list[int]) -> str:
    """Write a row: words begin at the left of their column, counts end at its right."""
    cells = []
    for head, text, width in zip(heads, row, widths, strict=True):
        room = " " * (width - cell_len(text))
        cells.append(text + room if head in _WORDS else room + text)
    return "  ".join(cells).rstrip()


def _list(rows: list[tuple[str, ...]], columns: int) -> Iterator[str]:
    """Write each language as a sentence of its own: what a terminal would break needs no table."""
    (_, *head), *languages = rows
    for language, *texts in languages:
        told = [f"{name} {text}" for name, text in zip(head, texts, strict=True) if text not in {"0", ""}]
        yield wrapped(f"{language}: {', '.join(told)}", columns)


def _film(film: FilmStatus) -> dict[str, object]:
    return {
        "title": film.title,
        "reference": film.reference,
        "languages": [_language(each) for each in film.languages],
        **({"pairs": [_pair(pair, film) for pair in film.pairs]} if film.pairs else {}),
        **({"made_for_other_film": list(film.stayed)} if film.stayed else {}),
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
        **({"picture": {"texts": each.shown, "not_approved": list(each.left_shown)}} if each.shown else {}),
        "ledger": each.has_ledger,
        **({"withdrawn": True} if each.is_withdrawn else {}),
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
