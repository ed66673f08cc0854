"""How do tests get the HTML of a leaflet from a few texts?"""

from __future__ import annotations

from typing import Any

from babelreel.delivery.leaflet.sheet import Leaflet, Places, render_leaflet
from babelreel.languages.find import find_language
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.burnin.typeface import choose_font
from babelreel.timedtext.words.paragraphs import lay_paragraphs

PLACES = Places(
    style="../assets/leaflet.css", pictures=tuple(f"../shared/{n}.jpg" for n in range(1, 7)), code="film.qr.svg"
)


def sheet(
    tag: str,
    *texts: str,
    title: str = "Your rights",
    address: str = "",
    places: Places = PLACES,
    **more: Any,  # noqa: ANN401 - other fields of a leaflet
) -> str:
    """Write a leaflet in a language; each text is said for four seconds, ``more`` are other fields of it."""
    language = find_language(tag)
    cues = (
        Cue(number=n, span=Span(start_ms=n * 4000, end_ms=n * 4000 + 4000), lines=(text,))
        for n, text in enumerate(texts)
    )
    track = Track(language=tag, path="", format=Format.SRT, cues=tuple(cues))
    leaflet = Leaflet(
        language=language,
        title=title,
        title_language=find_language("en"),
        paragraphs=lay_paragraphs(track.cues, language),
        address=address,
        width_px=900,
        height_px=506,
        **more,
    )
    return render_leaflet(leaflet, places, find_shaper(choose_font(language, None), language)).decode()
