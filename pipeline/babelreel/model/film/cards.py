"""The title and the end of a film as cards over its own first and last seconds, as one language shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from babelreel.model.film.bitmap import Bitmap
from babelreel.model.timecode import Span, shown_frames
from babelreel.model.track import Cue

#: The squares of a code that a phone's camera reads, row by row: dark ones are true.
Code = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """For how long both are shown, in ms; 0 where there is none.

    ``logo`` is the file that is drawn on both, relative to the project, where it is not the brand's.
    """

    title_ms: int = 0
    end_ms: int = 0
    logo: Path | None = None

    def __bool__(self) -> bool:
        """Tell whether there is any card."""
        return bool(self.title_ms or self.end_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCard:
    """A card as it is shown: a heading, numbers to call each with who answers, an address and its code.

    ``foot`` is whose film it is, ``logo`` their sign, above all text.
    ``ground`` and ``color`` are ``#rrggbb``, of the card and of what is written on it. ``has_lines``: lines of text are
    shown over it, and it leaves them room.
    """

    span: Span
    heading: str
    numbers: tuple[tuple[str, str], ...] = ()
    foot: str = ""
    address: str = ""
    code: Code = ()
    ground: str
    color: str
    logo: Bitmap | None = None
    has_lines: bool = True

    @property
    def is_title(self) -> bool:
        """Tell whether it is the one at the beginning of the film, which has no numbers and no address."""
        return self.span.start_ms == 0 and not (self.numbers or self.address)


def with_room_for(cards: Iterable[ShownCard], cues: Iterable[Cue], rate: Fraction) -> tuple[ShownCard, ...]:
    """Let those cards leave room for lines in whose frames any of some cues is shown."""
    shown = [shown_frames(cue.span, rate) for cue in cues if cue.text.strip()]
    places = ((card, shown_frames(card.span, rate)) for card in cards)
    return tuple(
        replace(card, has_lines=any(first < card_end and card_first < end for first, end in shown))
        for card, (card_first, card_end) in places
    )
