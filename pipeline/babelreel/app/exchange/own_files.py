"""Find the line of each row of a table that a translator made herself, and of each cue of her subtitle file.

There are no keys in such a file. What was sent is taken to be what the ledger keeps of a line; where it keeps nothing,
what is here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from babelreel.app.exchange.keys import key_of_line, key_of_missing
from babelreel.app.exchange.languages import ProjectLanguage
from babelreel.app.exchange.signs import key_of_sign
from babelreel.errors import UsageError
from babelreel.model.exchange.grid import Grid, letters_of
from babelreel.model.exchange.row_key import RowKey, tidy
from babelreel.model.exchange.sheets import Returned, ReturnedRow
from babelreel.model.ledger.wording import says_the_same, words
from babelreel.model.track import Align, Track
from babelreel.rules.alignment.made_from import one_line
from babelreel.rules.ledger.standing import Standing
from babelreel.timedtext.words.writing_systems import own_share

#: A cue of the file and a line that begin less apart are one: programs round times to frames.
_NEAR_MS = 120
_TOP_ROW = frozenset({Align.TOP_LEFT, Align.TOP, Align.TOP_RIGHT})


def rows_of_track(track: Track, language: ProjectLanguage) -> Returned:
    """Find the line of each cue by its time; one that still says what the film says was not translated."""
    lines, missing = language.standing.lines, language.untranslated
    starts = [(line.cue.span.start_ms, _key(language.tag, line), line.source.text) for line in lines]
    starts += [(cue.span.start_ms, key_of_missing(language.tag, cue), one_line(cue)) for cue in missing]
    signs = [
        (sign.span.start_ms, key_of_sign(language, sign), sign.text_in(language.spoken)) for sign in language.signs
    ]
    rows = []
    for cue in track.cues:
        known = [*signs, *starts] if cue.align in _TOP_ROW else starts
        near = [each for each in known if abs(each[0] - cue.span.start_ms) <= _NEAR_MS]
        if cue.align in _TOP_ROW and any(each in signs for each in near):  # words in the picture go out at the top
            near = [each for each in near if each in signs]
        place = f"line {cue.number} of the file"
        if len(near) != 1:
            why = "no line begins at this time" if not near else "several lines begin at this time"
            rows.append(ReturnedRow(place=place, key=None, text=cue.text, why=why))
            continue
        _, key, source = near[0]
        is_source = says_the_same(cue.text, source) and (language.is_new or near[0] in signs)
        rows.append(ReturnedRow(place=place, key=key, text="" if is_source else cue.text))
    return Returned(rows=tuple(rows))


def _key(tag: str, line: Standing) -> RowKey:
    entry = line.entry
    source, text = (entry.source, entry.text) if entry else (line.source.text, line.cue.text)
    return key_of_line(tag, line, source=source, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Original:
    """What the film says at a line, or where there is none yet; ``key`` makes the key for what she translated from."""

    source: str
    key: Callable[[], RowKey]


def rows_of_table(grid: Grid, language: ProjectLanguage, name: str, column: str = "") -> Returned:
    """Find the columns by what stands in them, and the line of each row by what the film says.

    ``column`` names that of the translation. Raises ``UsageError`` where it is not clear which it is.
    """
    originals: dict[tuple[str, ...], list[_Original]] = defaultdict(list)
    for each in _originals(language):
        originals[words(each.source)].append(each)
    sources = _source_column(grid, originals, name)
    texts = _text_column(grid, sources, originals, language, name, column)
    return Returned(rows=tuple(_rows(grid, sources, texts, originals)))


def _originals(language: ProjectLanguage) -> Iterator[_Original]:
    for line in language.standing.lines:
        yield _Original(source=line.source.text, key=lambda line=line: _key_now(language.tag, line))  # type: ignore[misc] # a lambda with a default has no type of its own
        if line.entry and line.change and not says_the_same(line.entry.source, line.source.text):
            yield _Original(source=line.entry.source, key=lambda line=line: _key(language.tag, line))  # type: ignore[misc] # as above
    for sign in language.signs:
        yield _Original(source=sign.text_in(language.spoken), key=lambda sign=sign: key_of_sign(language, sign))  # type: ignore[misc] # as above
    for cue in language.untranslated:
        yield _Original(source=one_line(cue), key=lambda cue=cue: key_of_missing(language.tag, cue))  # type: ignore[misc] # as above


def _key_now(tag: str, line: Standing) -> RowKey:
    text = line.entry.text if line.entry else line.cue.text
    return key_of_line(tag, line, source=line.source.text, text=text)


def _source_column(grid: Grid, originals: Mapping[tuple[str, ...], Sequence[_Original]], name: str) -> int:
    hits: dict[int, int] = defaultdict(int)
    for row in grid.rows:
        for column, cell in enumerate(row):
            hits[column] += words(cell) in originals and bool(cell.strip())
    best = max(hits, key=lambda column: hits[column], default=0)
    if not hits.get(best):
        raise UsageError(
            what="Nothing in the table is what the film says, so it is not clear which line a row is about.",
            where=name,
            hint="Put the original beside each translation, as the film has it. Or use the sheet of “babelreel send”.",
        )
    return best


def _text_column(  # noqa: PLR0913, PLR0917 - what is known of a table
    grid: Grid,
    sources: int,
    originals: Mapping[tuple[str, ...], Sequence[_Original]],
    language: ProjectLanguage,
    name: str,
    wanted: str,
) -> int:
    rows = [row for row in grid.rows if sources < len(row) and words(row[sources]) in originals]
    width = max(map(len, rows), default=0)
    if wanted:
        found = next((at for at in range(width) if wanted.upper() in {letters_of(at), str(at + 1)}), None)
        if found is None:
            raise UsageError(
                what=f"The table has no column {wanted}.", where=name, hint="Name it by its letter or number."
            )
        return found
    script = language.settings.language.script
    filled = [at for at in range(width) if at != sources and 2 * sum(_has_letters(row, at) for row in rows) > len(rows)]
    own = [at for at in filled if 2 * own_share(" ".join(row[at] for row in rows if at < len(row)), script) > 1]
    if len(own) == 1:
        return own[0]
    raise UsageError(
        what="It is not clear which column holds the translation." if own else "There is no translation in the table.",
        where=name,
        why=f"columns {', '.join(map(letters_of, own))} may be it" if own else "",
        hint=f"Name it: --column {letters_of(own[0] if own else sources + 1)}",
    )


def _has_letters(row: Sequence[str], column: int) -> bool:
    return column < len(row) and any(map(str.isalpha, row[column]))


def _rows(
    grid: Grid, sources: int, texts: int, originals: Mapping[tuple[str, ...], Sequence[_Original]]
) -> Iterator[ReturnedRow]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(grid.rows):
        if sources < len(row) and row[sources].strip():
            places[words(row[sources])].append(at)
    for said, rows in places.items():
        found = originals.get(said, ())
        for count, at in enumerate(rows):
            text = grid.rows[at][texts] if texts < len(grid.rows[at]) else ""
            place = grid.place(at, texts)
            if len(found) in {1, len(rows)}:
                original = found[count if len(found) == len(rows) else 0]
                doubt = grid.doubts.get((at, texts), "")
                yield ReturnedRow(place=place, key=original.key(), text=text, source=tidy(original.source), doubt=doubt)
            elif at or found:  # the first row says what stands in the columns
                why = f"the film says this {len(found)} times" if found else "the film says nothing like its original"
                yield ReturnedRow(place=place, key=None, text=text, why=why)
