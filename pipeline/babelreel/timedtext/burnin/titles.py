"""Tell whether an edition shows the title of the film: a rule asks, and draws nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from babelreel.timedtext.burnin.band import title_fits
from babelreel.timedtext.burnin.drawable import undrawable
from babelreel.timedtext.burnin.layout import Layout


def shows_title(layout: Layout, title: str) -> bool:
    """Tell whether an edition shows a title: there is room for the whole of it, and each letter has a font."""
    layout = in_its_own_size(layout)
    return bool(title) and title_fits(layout, title) and not undrawable(title, layout.font.path)


def in_its_own_size(layout: Layout) -> Layout:
    """Return the layout of a title: the room above the picture is made for one size, whatever the text's is."""
    return replace(layout, style=replace(layout.style, size=Fraction(1)))
