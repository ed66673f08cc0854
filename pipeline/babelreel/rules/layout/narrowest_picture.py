"""Find the picture with burned-in text that has the least room for a line, and tell whether a line fits there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from babelreel.model.film.ladder.encoding_ladder import Rung, Text, film_rungs, fit_frame, select_rungs
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.line_width import Shaper, find_shaper
from babelreel.timedtext.burnin.typeface import choose_font


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowest:
    """The rung with the least room for a line, measured in em, and how text is laid out there."""

    rung: Rung
    layout: Layout
    shaper: Shaper
    width_em: Fraction

    def fits(self, text: str) -> bool:
        """Tell whether a text fits in one line; few lines need to be shaped for it."""
        return self.shaper.surely_fits(text, self.width_em) or self.shaper.width_em(text) <= self.width_em


def find_narrowest(subject: TrackSubject) -> Narrowest | None:
    """Find that rung; ``None`` while the film is not known, or where no text is burned in.

    Editions have a band for text, and a rule of their own.
    """
    video = subject.film.video if subject.film else None
    if video is None:
        return None
    width_px, height_px = video.display_width_px, video.display_height_px
    burned = tuple(rung for rung in film_rungs(subject.rungs) if rung.text is Text.BURN_IN)
    font = choose_font(subject.language, subject.font) if burned else None
    layouts = [
        (
            rung,
            Layout(
                language=subject.language,
                frame=fit_frame(rung, width_px, height_px, video.rate),
                style=subject.styles.of(subject.language.tag, rung.name),
                font=font,
                type_size=rung.type_size,
            ),
        )
        for rung in select_rungs(burned, width_px, height_px)
        if font
    ]
    if not layouts:
        return None
    rung, layout = min(layouts, key=lambda pair: pair[1].width_em)
    shaper = find_shaper(layout.font, subject.language)
    return Narrowest(rung=rung, layout=layout, shaper=shaper, width_em=layout.width_em)
