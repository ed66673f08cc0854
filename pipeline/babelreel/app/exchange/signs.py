"""Words in the picture on their way to translators and back: rows beside those of lines, known by the sign's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from babelreel.app.exchange.languages import ProjectLanguage
from babelreel.app.exchange.rows_of_lines import single_rows
from babelreel.app.exchange.taking import CHANGED_BOTH, CHANGED_HERE, ORIGINAL_CHANGED, WHY_LEFT, outdated
from babelreel.config.tables.signs import why_no_words
from babelreel.model.exchange.merging import Outcome, merge
from babelreel.model.exchange.receipt import Fate, ToldRow
from babelreel.model.exchange.row_key import RowKey, short_digest, sign_digest, tidy
from babelreel.model.exchange.sheets import ReturnedRow, SentRow
from babelreel.model.film.signs import Sign
from babelreel.model.ledger.entries import State

_GONE = "these words in the picture are gone from babelreel.toml, or have another name there, since the file was sent"
_NO_COMMENT = "a comment on words in the picture is kept nowhere: read it here"


@dataclass(slots=True, kw_only=True)
class TakenSigns:
    """New texts by the names of signs, with their rows, and what is reported of rows."""

    texts: dict[str, str] = field(default_factory=dict)
    rows: dict[str, ReturnedRow] = field(default_factory=dict)
    told: list[ToldRow] = field(default_factory=list)

    def leave(self, why: str) -> None:
        """Take nothing after all, and say of each row why not."""
        places = {row.place for row in self.rows.values()}
        self.told = [each for each in self.told if not (each.fate is Fate.TAKEN and each.place in places)]
        self.told += [ToldRow(place=row.place, fate=Fate.LEFT, why=why, after=row.text) for row in self.rows.values()]
        self.texts, self.rows = {}, {}


def rows_of_signs(language: ProjectLanguage) -> Iterator[SentRow]:
    """Make a row for each sign that others than the film's own language say."""
    for sign in language.signs:
        yield SentRow(
            key=key_of_sign(language, sign),
            number=0,
            span=sign.span,
            source=sign.text_in(language.spoken),
            earlier="",
            text=sign.text_in(language.tag),
            state=None,
            sign=sign.name,
        )


def key_of_sign(language: ProjectLanguage, sign: Sign) -> RowKey:
    """Make the key of a sign: its name sets it apart from all lines."""
    return RowKey(
        language=language.tag,
        start_ms=sign.span.start_ms,
        name=sign_digest(sign.name),
        shared=0,
        state=State.UNKNOWN,
        source=short_digest(sign.text_in(language.spoken)),
        text=short_digest(sign.text_in(language.tag)),
    )


def part_rows(rows: Iterable[ReturnedRow]) -> tuple[tuple[ReturnedRow, ...], tuple[ReturnedRow, ...]]:
    """Part the rows about signs from those about lines, as their keys say."""
    of_signs, of_lines = list[ReturnedRow](), list[ReturnedRow]()
    for row in rows:
        (of_signs if row.key and row.key.is_of_sign else of_lines).append(row)
    return tuple(of_signs), tuple(of_lines)


def take_signs(language: ProjectLanguage, rows: Iterable[ReturnedRow]) -> TakenSigns:
    """Decide on every row about a sign, as on those about lines; what was said of its state is kept nowhere."""
    signs = {sign_digest(sign.name): sign for sign in language.signs}
    taken, lost = TakenSigns(), list[tuple[ReturnedRow, str]]()
    for row in single_rows(rows, lost):
        sign = signs.get(row.key.name) if row.key else None
        if row.key and sign:
            _take(taken, row, row.key, sign, language)
        elif tidy(row.text):
            lost.append((row, _GONE))
    taken.told += (ToldRow(place=row.place, fate=Fate.LEFT, why=why, after=row.text) for row, why in lost)
    return taken


def _take(taken: TakenSigns, row: ReturnedRow, key: RowKey, sign: Sign, language: ProjectLanguage) -> None:
    now, source = sign.text_in(language.tag), sign.text_in(language.spoken)
    after, outcome = tidy(row.text), merge(sent=key.text, returned=row.text, now=now)
    if tidy(row.source) and short_digest(row.source) != key.source:
        taken.told.append(ToldRow(place=row.place, fate=Fate.LEFT, why=ORIGINAL_CHANGED, after=tidy(row.source)))
    if comment := tidy(row.comment or ""):
        taken.told.append(ToldRow(place=row.place, fate=Fate.LEFT, why=_NO_COMMENT, after=comment))
    why = row.doubt or why_no_words(after)
    if outcome in {Outcome.TAKEN, Outcome.CONFLICT} and why:
        taken.told.append(ToldRow(place=row.place, fate=Fate.LEFT, why=why, after=after))
    elif outcome is Outcome.TAKEN:
        taken.texts[sign.name], taken.rows[sign.name] = after, row
        why = outdated(f"it says now: {source}") if key.source != short_digest(source) else ""
        taken.told.append(ToldRow(place=row.place, fate=Fate.TAKEN, why=why, before=now, after=after))
    elif outcome is Outcome.CONFLICT:
        taken.told.append(ToldRow(place=row.place, fate=Fate.CONFLICT, why=CHANGED_BOTH, before=now, after=after))
    elif outcome in WHY_LEFT:
        taken.told.append(ToldRow(place=row.place, fate=Fate.LEFT, why=WHY_LEFT[outcome]))
    elif outcome is Outcome.KEPT:
        taken.told.append(ToldRow(place=row.place, fate=Fate.KEPT, why=CHANGED_HERE))
