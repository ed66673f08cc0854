"""Check that all that should stand on a card does, in each size that it is drawn in."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.layout.pairs import burned_layouts
from babelreel.timedtext.burnin.placed.cards import left_off


@track_rule(code="SGN007", name="left-off-card", severity=Severity.WARNING, needs=frozenset({Need.FILM}))
def left_off_card(subject: TrackSubject) -> Iterator[Breach]:
    """Something does not fit on a card, or cannot be drawn, and is left out of it.

    Why: A card has room for a title, at most four numbers, an address with its code, and a logo above all text. If one
    of them would be too small to be read or scanned, or has a letter that no font draws, the film is made without it.

    Limit: Type of 4.5 % of the picture's short side, squares of the code of a pixel, or of 3 of 360 pixels below a
    logo, and 12 % of the height for the logo.

    Source: proposal of this project.

    Example: five numbers in [[help]], with end = 6 in [cards]: the fifth is on no card.

    Fix: Shorten the title or what says who answers, list fewer numbers, or shorten the address. If the logo has no
    room, take something else away, or leave it out: pages show it.
    """
    named: dict[tuple[str, str], list[str]] = {}
    for picture, layout in burned_layouts(subject) if subject.shown_cards else ():
        for card in subject.shown_cards:
            name = "title card" if card.is_title else "end card"
            for what in left_off(layout, card):
                named.setdefault((what, name), []).append(picture)
    for (what, name), pictures in named.items():
        yield Breach(
            message=f"{what} has no room on the {name} or cannot be drawn, and is left out, in {', '.join(pictures)}"
        )


RULES = (left_off_card,)
