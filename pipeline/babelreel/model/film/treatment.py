"""What is done to a film's picture before it is brought to any size, and to which films at all?

Ordinary films are left as they are. What is done to others is decided here once: ffmpeg's filters follow it, ``probe``
tells it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from babelreel.model.film.media import Fields, VideoStream

#: PQ and HLG: without conversion such a film looks grey and flat on a normal screen.
_HDR_TRANSFERS = frozenset({"smpte2084", "arib-std-b67"})
#: Primaries of screens that show more colours than a normal one: taken as BT.709, their colours are pale. Those of old
#: television sets (BT.601 and the like) are so near to BT.709 that every player takes them as the same.
_WIDE_PRIMARIES = frozenset({"bt2020", "smpte431", "smpte432"})
#: A matrix that only films in BT.2020 have, whether they name their primaries or not.
_WIDE_MATRICES = frozenset({"bt2020nc", "bt2020c"})


class Colours(StrEnum):
    """How a film's colours become those of BT.709, which every screen shows."""

    KEPT = "kept"
    """They are so already, or so near that no player makes a difference."""
    TONE_MAPPED = "tone-mapped"
    """A high dynamic range is brought to a normal one, and its colours with it."""
    NARROWED = "narrowed"
    """Wide primaries (BT.2020, P3) are converted; what BT.709 cannot show becomes the nearest that it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What is done to a picture.

    ``primaries`` is what its colours are converted from, by ffmpeg's name. ``is_deinterlaced``: frames of which odd and
    even lines are of two moments are made whole, each into one frame; other frames stay as they are.
    ``drops_captions``: those that lie within the picture are left out, as nothing that is published with it says that
    they are there, and nobody has read them.
    """

    colours: Colours
    primaries: str = ""
    is_deinterlaced: bool = False
    drops_captions: bool = False


def treat(video: VideoStream) -> Treatment:
    """Decide what is done to a film's picture."""
    return replace(_colours(video), is_deinterlaced=video.fields is not Fields.NONE, drops_captions=video.has_captions)


def _colours(video: VideoStream) -> Treatment:
    if video.color_transfer in _HDR_TRANSFERS:
        # films often lack the other tags; all that are made in PQ or HLG are in BT.2020
        return Treatment(colours=Colours.TONE_MAPPED, primaries="bt2020")
    primaries = video.color_primaries or ("bt2020" if video.color_matrix in _WIDE_MATRICES else "")
    if primaries in _WIDE_PRIMARIES:
        return Treatment(colours=Colours.NARROWED, primaries=primaries)
    return Treatment(colours=Colours.KEPT)
