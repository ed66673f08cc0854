"""Say what became of the file that a translator sent."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.counted import count
from babelreel.model.exchange.receipt import Fate, Receipt, ToldRow
from babelreel.report.safe_text import clipped, legible, printable

_MOST_TOLD = 20


def render_receipt(receipt: Receipt) -> str:
    """Write first what was done, then each row of which somebody has to know, then what is left."""
    return "".join(f"{line}\n" for line in _lines(receipt))


def _lines(receipt: Receipt) -> Iterator[str]:
    done = [count(receipt.count(Fate.TAKEN), "line taken", "lines taken")]
    done += [f"{receipt.count(Fate.STATE)} with another state"] if receipt.count(Fate.STATE) else []
    done += [f"{count(receipt.count(Fate.CONFLICT), 'conflict')}"] if receipt.count(Fate.CONFLICT) else []
    done += [f"{count(receipt.count(Fate.LEFT), 'row')} not taken"] if receipt.count(Fate.LEFT) else []
    yield f"{receipt.language}: {', '.join(done) if receipt.rows else 'nothing was changed in the file'}"
    yield from (f"  {printable(note)}" for note in receipt.notes)
    for row in receipt.rows:
        if row.fate in {Fate.CONFLICT, Fate.LEFT, Fate.KEPT, Fate.COMMENT} or row.why:
            yield from _told(row)
    yield from (f"  {printable(place)}: {legible(message)}" for place, message in receipt.problems)
    if receipt.unnamed:
        numbers = ", ".join(map(str, receipt.unnamed[:_MOST_TOLD])) + (
            " …" if len(receipt.unnamed) > _MOST_TOLD else ""
        )
        yield f"  not in the file, so left as they were: line {numbers}"
    left = [f"{count(receipt.empty, 'line')} not translated"] if receipt.empty else []
    left += [f"{receipt.stale} translated before the original changed"] if receipt.stale else []
    left += [f"{receipt.unapproved} of {count(receipt.lines, 'line')} not approved"] if receipt.unapproved else []
    if left:
        yield f"  left to do: {', '.join(left)}"


def _told(row: ToldRow) -> Iterator[str]:
    line = "" if row.line is None else f" (line {row.line})"
    if row.fate is Fate.COMMENT:
        yield f"  {printable(row.place)}{line}: comment: {_shown(row.after)}"
        return
    yield f"  {printable(row.place)}{line}: {_shown(row.why)}"
    if row.fate is Fate.CONFLICT:
        yield f"    here:        {_shown(row.before)}"
        yield f"    in the file: {_shown(row.after)}"
        yield "    write the one that you want into the subtitle file"
    elif row.after and row.fate is not Fate.TAKEN:
        yield f"    in the file: {_shown(row.after)}"


def _shown(text: str) -> str:
    return legible(clipped(text.replace("\n", " / ")))
