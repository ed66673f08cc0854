"""Find the line of the present track that each row which came back is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from babelreel.model.exchange.row_key import RowKey, name_digest, short_digest, tidy
from babelreel.model.exchange.sheets import ReturnedRow
from babelreel.model.timecode import Span
from babelreel.model.track import Cue
from babelreel.rules.alignment.made_from import one_line
from babelreel.rules.ledger.standing import Standing

_NO_TEXT = short_digest("")
#: One text that came back in another row may have been put there by somebody.
_FEWEST_MOVED = 2
#: In fewer rows everything may have changed since.
_FEWEST_STRANGE = 3
_UNSURE = "lines that say what was sent were put in, taken out or moved since, so nobody can tell which one it is about"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRows:
    """Rows by the places of their lines; rows of lines that are to be put in; rows without a line, with the reason."""

    of_lines: Mapping[int, ReturnedRow]
    new: tuple[tuple[ReturnedRow, Span], ...]
    lost: tuple[tuple[ReturnedRow, str], ...]


def find_lines(rows: Iterable[ReturnedRow], lines: Sequence[Standing], reference: Sequence[Cue]) -> FoundRows:
    """Find the line of each row: by the ledger's name for it, by the text that was sent, by its time; never by number.

    Of rows with one key all must say the same; else none of them counts.
    """
    of_lines: dict[int, ReturnedRow] = {}
    new: list[tuple[ReturnedRow, Span]] = []
    lost: list[tuple[ReturnedRow, str]] = []
    finder = _Finder(lines)
    for row in sorted(_unmoved(single_rows(rows, lost)), key=finder.is_guessed):
        if row.key is None:
            if tidy(row.text):
                why = (
                    row.why
                    or "the hidden key of this row is missing, so babelreel does not know which line it is about"
                )
                lost.append((row, why))
            continue
        place = finder.place(row.key, row.text, of_lines)
        if place is not None and (why := finder.why_not(row, place, of_lines)):
            lost.append((row, why))
        elif place is not None:
            of_lines[place] = row
        elif row.key.text != _NO_TEXT:
            lost.append((row, "this line was removed from the subtitles after the file was sent"))
        elif tidy(row.text):
            span = _span(row.key, reference)
            if row.doubt:
                lost.append((row, row.doubt))
            elif span:
                new.append((row, span))
            else:
                lost.append((row, "what the film says here was removed after the file was sent"))
    return FoundRows(of_lines=of_lines, new=tuple(new), lost=tuple(lost))


def are_of_another_film(rows: Iterable[ReturnedRow], lines: Sequence[Standing], reference: Sequence[Cue]) -> bool:
    """Tell whether nothing that was sent with several rows is or was said in this film: then time alone finds lines."""
    keys = [row.key for row in rows if row.key]
    texts = [one_line(cue) for cue in reference]
    texts += [text for line in lines for text in (line.cue.text, line.source.text)]
    texts += [text for line in lines if line.entry for text in (line.entry.text, line.entry.source)]
    known = set(map(short_digest, texts)) - {_NO_TEXT}
    names = {name_digest(line.entry.key) for line in lines if line.entry}
    is_strange = all(key.name not in names and key.text not in known and key.source not in known for key in keys)
    return len(keys) >= _FEWEST_STRANGE and is_strange


def single_rows(rows: Iterable[ReturnedRow], lost: list[tuple[ReturnedRow, str]]) -> list[ReturnedRow]:
    """List each key once: rows that were doubled and say the same are one."""
    by_key: dict[RowKey, list[ReturnedRow]] = defaultdict(list)
    keyless: list[ReturnedRow] = []
    for row in rows:
        (by_key[row.key] if row.key else keyless).append(row)
    single = []
    for same in by_key.values():
        if len({tidy(row.text) for row in same}) == 1:
            single.append(same[0])
            continue
        changed = [row for row in same if row.key and short_digest(row.text) != row.key.text]
        places = " and ".join(row.place for row in same)
        lost += [(row, f"{places} are about the same line, but say different things") for row in changed]
    return [*single, *keyless]


def _unmoved(rows: list[ReturnedRow]) -> list[ReturnedRow]:
    """Say of texts that were sent in one row and came back in another, two or more of them, that they moved.

    Somebody sorted one column without the others, or put in a cell. A text that stands in its own row too was copied.
    """
    sent = {row.key.text: row for row in rows if row.key and row.key.text != _NO_TEXT}
    digests = [short_digest(row.text) for row in rows]
    at_home = {row.key.text for row, digest in zip(rows, digests, strict=True) if row.key and digest == row.key.text}
    moved = {
        place: sent[digest]
        for place, (row, digest) in enumerate(zip(rows, digests, strict=True))
        if row.key and digest != row.key.text and digest in sent and digest not in at_home
    }
    if len(moved) < _FEWEST_MOVED:
        return rows
    return [
        replace(row, doubt=row.doubt or _moved_from(moved[place].place)) if place in moved else row
        for place, row in enumerate(rows)
    ]


def _moved_from(place: str) -> str:
    return f"this text was sent in another row, {place}: the column seems to have moved against the others"


class _Finder:
    """The lines of a track by what a key can know of them."""

    def __init__(self, lines: Sequence[Standing]) -> None:
        self._lines = lines
        self._by_name: dict[str, int] = {}
        self._by_text: dict[str, list[int]] = defaultdict(list)
        self._by_start: dict[int, list[int]] = defaultdict(list)
        for place, line in enumerate(lines):
            if line.entry:
                self._by_name[name_digest(line.entry.key)] = place
            self._by_text[short_digest(line.cue.text)].append(place)
            self._by_start[line.cue.span.start_ms].append(place)

    def is_guessed(self, row: ReturnedRow) -> bool:
        """Tell whether neither name nor time say which line a row is about: the others come first."""
        return not row.key or (row.key.name not in self._by_name and not self._at_home(row.key, row.text))

    def why_not(self, row: ReturnedRow, place: int, taken: Container[int]) -> str:
        """Say why a row is not taken to be about the line at this place; empty where it is."""
        if place in taken:
            return f"another row is about the same line, {self._lines[place].cue.number}"
        if not row.key or short_digest(row.text) == row.key.text:
            return ""
        home = self._at_home(row.key, row.text)
        says_what_was_sent = short_digest(self._lines[place].cue.text) == row.key.text
        return _UNSURE if home and place not in home and says_what_was_sent else ""

    def _at_home(self, key: RowKey, text: str) -> list[int]:
        """Find the lines that begin when the row's did, and say what was sent; without any, what came back."""
        there = [(at, short_digest(self._lines[at].cue.text)) for at in self._by_start.get(key.start_ms, ())]
        sent = [at for at, digest in there if digest == key.text]
        return sent or [at for at, digest in there if digest == short_digest(text)]

    def place(self, key: RowKey, text: str, taken: Container[int]) -> int | None:
        """Find the place of a row's line; of lines alike the nearest in time that no other row is about."""
        if key.name in self._by_name:
            return self._by_name[key.name]
        home = self._at_home(key, text)
        if home:
            return min(home, key=lambda at: (at in taken, at))
        same = self._by_text.get(key.text, ())
        if same:
            return min(same, key=lambda at: (at in taken, abs(self._lines[at].cue.span.start_ms - key.start_ms), at))
        at = self._by_start.get(key.start_ms, ())
        return at[0] if len(at) == 1 else None


def _span(key: RowKey, reference: Sequence[Cue]) -> Span | None:
    """Find when a line that is put in is shown: as long as what the film says there; found by words, else by time."""
    same = [cue for cue in reference if short_digest(one_line(cue)) == key.source]
    if not same:
        same = [cue for cue in reference if cue.span.start_ms == key.start_ms]
    return min(same, key=lambda cue: abs(cue.span.start_ms - key.start_ms)).span if same else None
