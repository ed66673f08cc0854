"""Describe a size in which a film is delivered, fit films into it, and choose among several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.editions import Corner, Edition


class Text(StrEnum):
    """How the text reaches the viewer."""

    MUX = "mux"
    """As a stream that the player can switch on."""
    BURN_IN = "burn-in"
    """Drawn into the picture."""
    NONE = "none"


class Sound(StrEnum):
    """Which sound a file carries."""

    ORIGINAL = "original"
    DUB = "dub"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One size of a film with its encoder settings.

    The picture fits a box of ``long_px`` by ``short_px`` laid the way the film lies; it is never made larger.
    ``peak_kbps`` and ``buffer_kbit`` are the VBV limits of x264. ``max_rate`` halves the frame rate until it fits.
    ``max_bytes`` bounds the whole file (0: no bound); ``type_size`` is the height of the burned type as a share of the
    picture's short side. Key frames are ``key_s`` seconds apart at most (``None``: one for each cell, and each shot).
    With an ``edition`` the box is the picture, upright or square, and the film lies in it. Of ``codec`` AV1,
    ``level``, ``buffer_kbit`` and ``b_frames`` say nothing. Without ``shows_text`` languages that are heard have no
    text; without ``has_voice`` those that are read have the film's own sound. ``place`` is where an interpreter stands.
    """

    name: str
    text: Text
    long_px: int
    short_px: int
    profile: str
    level: str
    crf: Fraction
    peak_kbps: int
    buffer_kbit: int
    preset: str
    b_frames: int
    audio_kbps: int
    channels: int
    max_rate: Fraction
    max_bytes: int = 0
    type_size: Fraction = Fraction(8, 100)  # BBC: a line is about 8 % of the picture's height
    key_s: Fraction | None = None
    edition: Edition | None = None
    codec: Codec = Codec.H264
    shows_text: bool = True
    has_voice: bool = True
    place: Corner = Corner.BOTTOM_RIGHT

    @property
    def is_of_ladder(self) -> bool:
        """Tell whether every player can show it beside the others: in the film's own shape, as H.264."""
        return self.edition is None and self.codec is Codec.H264


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The size and rate at which a rung shows a given film; width and height are even."""

    width_px: int
    height_px: int
    rate: Fraction


def fit_frame(rung: Rung, width_px: int, height_px: int, rate: Fraction) -> Frame:
    """Fit a film of a display size and rate into a rung: never larger, even sizes, the rate halved until it fits.

    An edition is as large as its box, whatever the film.
    """
    if rung.edition:
        box = (rung.long_px, rung.short_px) if rung.edition is Edition.SIGNED else (rung.short_px, rung.long_px)
        width, height = (_even(Fraction(each)) for each in box)
        return Frame(width_px=width, height_px=height, rate=fit_rate(rung, rate))
    box_width, box_height = (rung.long_px, rung.short_px) if width_px >= height_px else (rung.short_px, rung.long_px)
    factor = min(Fraction(1), Fraction(box_width, width_px), Fraction(box_height, height_px))
    return Frame(width_px=_even(width_px * factor), height_px=_even(height_px * factor), rate=fit_rate(rung, rate))


def fit_rate(rung: Rung, rate: Fraction) -> Fraction:
    """Halve a rate until it fits into a rung."""
    while rate > rung.max_rate:
        rate = rate / 2
    return rate


def _even(length: Fraction) -> int:
    """Round to the nearest even number, at least 2: 4:2:0 pictures have no odd sizes."""
    return max(2, 2 * round(length / 2))


def select_rungs(rungs: tuple[Rung, ...], width_px: int, height_px: int) -> tuple[Rung, ...]:
    """Leave out the rungs that would only repeat a smaller one of the same text mode.

    A film of 640x360 needs no ``web-1080p`` beside ``web-720p``: both would be 640x360. The smallest rung of each text
    mode always stays, so that no film is too small to be delivered, and so does all that is of no ladder.
    """
    kept: dict[tuple[Text, bool, bool, int, int], Rung] = {}
    for rung in sorted(film_rungs(rungs), key=lambda each: each.short_px):
        frame = fit_frame(rung, width_px, height_px, rung.max_rate)
        kept.setdefault((rung.text, rung.shows_text, rung.has_voice, frame.width_px, frame.height_px), rung)
    names = {rung.name for rung in kept.values()}
    return tuple(rung for rung in rungs if not rung.is_of_ladder or rung.name in names)


def film_rungs(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """Leave the rungs that every player can show, in the film's own shape."""
    return tuple(rung for rung in rungs if rung.is_of_ladder)


def edition_rungs(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """Leave the rungs that have a shape of their own."""
    return tuple(rung for rung in rungs if rung.edition)


#: How the names of films end that pages draw their text on.
_FOR_PAGES = "-no-text"


def smallest_rung(rungs: Iterable[Rung]) -> Rung:
    """Choose the smallest rung that every player can show in the film's own shape, of at least one."""
    return min(film_rungs(rungs), key=lambda each: (each.short_px, each.peak_kbps))


def page_rung(rungs: Iterable[Rung]) -> tuple[Rung, Rung] | None:
    """Choose the rung of the film that pages play on phones, and the rung whose text-free picture it has.

    It is the smallest one, less the text in its picture: a page draws that itself. ``None`` where that has no text in
    its picture anyway.
    """
    smallest = smallest_rung(rungs)
    return (_without_text(smallest), smallest) if smallest.text is Text.BURN_IN else None


def is_for_pages(rendition: str) -> bool:
    """Tell by its name whether a published rendition is one that ``page_rung`` makes."""
    return rendition.endswith(_FOR_PAGES)


def rendition_names(rungs: Iterable[Rung]) -> tuple[str, ...]:
    """List all names under which films of these rungs may be published, in their order."""
    return tuple(name for rung in rungs for name in (rung.name, _without_text(rung).name))


def _without_text(rung: Rung) -> Rung:
    return replace(rung, name=f"{rung.name}{_FOR_PAGES}", text=Text.NONE)


def best_sounding(rungs: Iterable[Rung]) -> Rung:
    """Choose the rung with the best sound, of one at least: the most channels, and of these the highest rate."""
    return max(rungs, key=lambda each: (each.channels, each.audio_kbps))
