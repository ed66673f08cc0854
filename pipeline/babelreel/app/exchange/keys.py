"""Make the key of a line that goes to a translator."""

from __future__ import annotations

from babelreel.model.exchange.row_key import RowKey, name_digest, short_digest
from babelreel.model.ledger.entries import State
from babelreel.model.track import Cue
from babelreel.rules.alignment.made_from import one_line
from babelreel.rules.ledger.standing import Standing


def key_of_line(tag: str, line: Standing, *, source: str, text: str) -> RowKey:
    """Make the key of a line that goes, or went, out with this source and this text."""
    is_sound = line.entry is not None and not line.is_stale and not line.is_rewritten
    return RowKey(
        language=tag,
        start_ms=line.cue.span.start_ms,
        name=name_digest(line.entry.key if line.entry else ""),
        shared=line.source.shared,
        state=line.state if is_sound else State.UNKNOWN,
        source=short_digest(source),
        text=short_digest(text),
    )


def key_of_missing(tag: str, cue: Cue) -> RowKey:
    """Make the key of a cue of the reference that has no line yet."""
    return RowKey(
        language=tag,
        start_ms=cue.span.start_ms,
        name="",
        shared=0,
        state=State.UNKNOWN,
        source=short_digest(one_line(cue)),
        text=short_digest(""),
    )
