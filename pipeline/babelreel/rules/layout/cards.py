"""Check that all that should stand on a card does, in each size that it is drawn in."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.film.cards import with_room_for
from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.layout.pairs import burned_layouts
from babelreel.timedtext.burnin.placed.cards import left_off, lost_numbers


@track_rule(code="SGN007", name="left-off-card", severity=Severity.WARNING, needs=frozenset({Need.FILM}))
def left_off_card(subject: TrackSubject) -> Iterator[Breach]:
    """Something does not fit on a card, or cannot be drawn, and is left out of it.

    Why: Numbers to call have room on a card first, then who answers, the code, the title, the address, and the logo. If
    one of them would be too small to be read or scanned, or has a letter that no font draws, the film is made without
    it. No film is made without a number: if one has no room, this language or pair has no film of that size.

    Limit: Numbers are at least 8 % of the picture's short side high, as subtitles are, and all other text 4.5 %. The
    squares of the code have at least one pixel each, or 3 of 360 pixels below a logo. The logo has at least 12 % of the
    height. If a line is shown during the card, there is room for two rows of each language, too.

    Source: proposal of this project.

    Example: twelve numbers in [[help]], with end = 6 in [cards].

    Fix: Shorten the title or what says who answers, list fewer numbers, shorten the address, or end the last line
    before the card. If the logo has no room, take something else away, or leave it out: pages show it.
    """
    left: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    lost: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for picture, layout, cues in burned_layouts(subject) if subject.shown_cards else ():
        for card in with_room_for(subject.shown_cards, cues, layout.frame.rate):
            name = "title card" if card.is_title else "end card"
            left.setdefault((name, left_off(layout, card)), []).append(picture)
            lost.setdefault((name, lost_numbers(layout, card)), []).append(picture)
    for (name, numbers), pictures in lost.items():
        if numbers:
            yield Breach(
                message=f"the {name} has no room for {', '.join(numbers)} in letters that can be read, so this is not "
                f"made: {', '.join(pictures)}"
            )
    for (name, parts), pictures in left.items():
        if parts:
            yield Breach(
                message=f"left out of the {name} in {', '.join(pictures)}, because there is no room or no font for it: "
                f"{', '.join(parts)}"
            )


RULES = (left_off_card,)
