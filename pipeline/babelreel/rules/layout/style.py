"""Text that cannot be read in the colours or the size that the project gives it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from babelreel.model.colour import BLACK, LEAST_CONTRAST, WHITE, contrast, mixed
from babelreel.model.film.ladder.encoding_ladder import Rung, Text
from babelreel.model.finding import Severity
from babelreel.model.style import LEAST_TYPE, Style
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.burnin.placed.signs import PLATE_PERCENT

#: A thinner outline is less than a pixel on a phone.
_LEAST_OUTLINE = 0.02
#: Of the width of an edition, which a phone shows upright: as much as the least of 16:9 is of its width.
_LEAST_IN_EDITION = Fraction(45, 1000)


@track_rule(code="STY001", name="weak-contrast", severity=Severity.WARNING)
def weak_contrast(subject: TrackSubject) -> Iterator[Breach]:
    """Burned-in text has too little contrast.

    Why: If the film has the same colour as the text, only the outline or the box makes it readable. Many readers do not
    see well, and many screens are old or in the sun.

    Limit: 4.5 to 1 between the text and its outline, or between the text and its box, whatever the film shows behind
    it; and between words in the picture and their plate, which has the colour of the box or, without a box, of the
    outline. An outline thinner than 2 % of the type size does not count.

    Source: WCAG 2.2, 1.4.3 (level AA).

    Example: color = "#ffffff" with outline_color = "#ffff00", or outline = 0 without a background.

    Fix: Choose a dark outline or box for light text, and a light one for dark text.
    """
    told: dict[tuple[float, str], list[str]] = {}
    for rung, style in _burned(subject):
        measured = _best_contrast(style)
        if measured < LEAST_CONTRAST:
            told.setdefault((measured, _around(style)), []).append(rung.name)
        if subject.signs and (measured := _plate_contrast(style)) < LEAST_CONTRAST:
            told.setdefault((measured, "the plate of words in the picture"), []).append(rung.name)
    for (measured, around), rungs in told.items():
        yield Breach(
            message=f"in {', '.join(rungs)} the text cannot be told from {around}",
            measured=f"{measured:.1f} to 1",
            limit=f"{LEAST_CONTRAST} to 1",
        )


def _best_contrast(style: Style) -> float:
    """Measure how far text stands out: from its outline, or from its box over the film's worst colour."""
    outline = contrast(style.color, style.outline_color) if style.outline >= _LEAST_OUTLINE else 1.0
    if not style.background:
        return outline
    opaque = round(100 * style.opacity)
    box = min(contrast(style.color, mixed(style.background, film, opaque)) for film in (WHITE, BLACK))
    return max(outline, box)


def _plate_contrast(style: Style) -> float:
    """Measure how far words in the picture stand out from their plate, which has no outline around its letters."""
    plate = style.background or style.outline_color
    return min(contrast(style.color, mixed(plate, film, PLATE_PERCENT)) for film in (WHITE, BLACK))


def _around(style: Style) -> str:
    has_outline, has_box = style.outline >= _LEAST_OUTLINE, bool(style.background)
    if has_outline and style.color == style.outline_color and not has_box:
        return f"its outline: both are {style.color}"
    parts = (*(["outline"] if has_outline else ()), *(["box"] if has_box else ()))
    return f"its {' and '.join(parts)}" if parts else "the film: it has neither outline nor box"


@track_rule(code="STY002", name="small-type", severity=Severity.WARNING)
def small_type(subject: TrackSubject) -> Iterator[Breach]:
    """Burned-in text is too small for children who watch on a phone.

    Why: Small text takes effort, and is not read in time.

    Limit: A row as high as 8 % of the picture's shorter side; 4.5 % in "story" and "post", which a phone shows as wide
    as it is: as large in the hand as 8 % of a film of 16:9.

    Source: BBC subtitle guidelines (8 % of the height of 16:9).

    Example: type_size = 0.06 in [renditions.phone-360p], or size = 0.8 in [renditions.phone-480p.style].

    Fix: Give the rendition its usual type_size, and the style a size of 1 or more.
    """
    for rung, style in _burned(subject):
        least = _LEAST_IN_EDITION if rung.edition else LEAST_TYPE
        size = rung.type_size * style.size
        if size < least:
            yield Breach(
                message=f"the text of {rung.name} is small",
                measured=_percent(size),
                limit=f"{_percent(least)} of the picture",
            )


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f} %"


def _burned(subject: TrackSubject) -> Iterator[tuple[Rung, Style]]:
    for rung in subject.rungs:
        if rung.text is Text.BURN_IN:
            yield rung, subject.styles.of(subject.language.tag, rung.name)


RULES = (weak_contrast, small_type)
