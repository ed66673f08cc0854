"""Decide what is done to a film's picture before it is brought to any size, and to which films.

Ordinary films are left as they are. What is done to others is decided here once: ffmpeg's filters follow it, ``probe``
reports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from babelreel.model.film.media import Fields, HiddenEdges, PictureShape, VideoStream
from babelreel.model.timecode import render_clock

#: PQ and HLG: without conversion such a film looks grey and flat on a normal screen.
_HDR_TRANSFERS = frozenset({"smpte2084", "arib-std-b67"})
#: Primaries of screens that show more colours than a normal one: taken as BT.709, their colours are pale. Those of old
#: television sets (BT.601 and the like) are so near to BT.709 that every player takes them as the same.
_WIDE_PRIMARIES = frozenset({"bt2020", "smpte431", "smpte432"})
#: A matrix that only films in BT.2020 have, whether they name their primaries or not.
_WIDE_MATRICES = frozenset({"bt2020nc", "bt2020c"})
#: What people know them by.
_SCREENS = {"bt2020": "BT.2020", "smpte431": "P3", "smpte432": "P3"}
_CURVES = {"smpte2084": "PQ", "arib-std-b67": "HLG"}
#: How the names of pixels begin, in ffmpeg, that may be see-through (alpha): of pictures to lay over others.
_SEE_THROUGH = ("yuva", "rgba", "bgra", "argb", "abgr", "gbrap", "ya8", "ya16", "yaf", "ayuv", "vuya")
#: So many changes of size are named one by one.
_TOLD = 3


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
    ``drops_transparency``: what may be see-through is shown as if it were not, as a film lies over nothing.
    ``drops_captions``: those that lie within the picture are left out, as nothing that is published with it says that
    they are there, and nobody has read them. ``drops_colour_profile``: players of films follow none (ICC), but browsers
    would in the pictures that are taken of it.
    """

    colours: Colours
    primaries: str = ""
    is_deinterlaced: bool = False
    drops_transparency: bool = False
    drops_captions: bool = False
    drops_colour_profile: bool = False


def treat(video: VideoStream) -> Treatment:
    """Decide what is done to a film's picture."""
    return replace(
        _colours(video),
        is_deinterlaced=video.fields is not Fields.NONE,
        drops_transparency=video.pixel_format.startswith(_SEE_THROUGH),
        drops_captions=video.has_captions,
        drops_colour_profile=video.has_colour_profile,
    )


def _colours(video: VideoStream) -> Treatment:
    if video.color_transfer in _HDR_TRANSFERS:
        # films often lack the other tags; all that are made in PQ or HLG are in BT.2020
        return Treatment(colours=Colours.TONE_MAPPED, primaries="bt2020")
    primaries = video.color_primaries or ("bt2020" if video.color_matrix in _WIDE_MATRICES else "")
    if primaries in _WIDE_PRIMARIES:
        return Treatment(colours=Colours.NARROWED, primaries=primaries)
    return Treatment(colours=Colours.KEPT)


def name_colours(video: VideoStream) -> str:
    """Name what people know a picture's colours by: the curve of a high dynamic range, or the screens they are for."""
    treatment = treat(video)
    match treatment.colours:
        case Colours.TONE_MAPPED:
            return _CURVES[video.color_transfer]
        case Colours.NARROWED:
            return _SCREENS[treatment.primaries]
        case Colours.KEPT:
            return "BT.709"


def visible_size(video: VideoStream) -> tuple[int, int]:
    """Compute what is seen of the coded size, before it is turned."""
    hidden = video.hidden
    if hidden is None:
        return video.width_px, video.height_px
    return (
        video.width_px - hidden.left_px - hidden.right_px,
        video.height_px - hidden.top_px - hidden.bottom_px,
    )


def upright_edges(video: VideoStream) -> HiddenEdges:
    """Turn the hidden edges as they lie once the picture is turned, counter-clockwise by its rotation."""
    sides = video.hidden or HiddenEdges(left_px=0, top_px=0, right_px=0, bottom_px=0)
    around = (sides.left_px, sides.top_px, sides.right_px, sides.bottom_px)
    quarters = video.rotation // 90  # what lay above lies to the left after one
    left, top, right, bottom = (around[(place + quarters) % 4] for place in range(4))
    return HiddenEdges(left_px=left, top_px=top, right_px=right, bottom_px=bottom)


def fit_shape(video: VideoStream, shape: PictureShape) -> tuple[int, int]:
    """Compute the size, in pixels of the film's first shape, to show all of a later one; cut lengths are even."""
    shown_width, first_width = shape.width_px * shape.sample_aspect, video.width_px * video.sample_aspect
    factor = min(first_width / shown_width, Fraction(video.height_px, shape.height_px))
    width, height = shown_width * factor / video.sample_aspect, shape.height_px * factor
    return _even_or(width, video.width_px), _even_or(height, video.height_px)


def _even_or(length: Fraction, whole: int) -> int:
    return whole if length == whole else max(2, 2 * round(length / 2))


def tell_treatment(video: VideoStream) -> Iterator[str]:
    """Write a sentence for each thing that is done to a picture; none for an ordinary one."""
    treatment = treat(video)
    yield from _tell_colours(video, treatment)
    if treatment.is_deinterlaced:
        found = "is interlaced" if video.fields is Fields.ALL else "may be interlaced in part"
        yield f"the picture {found}: a frame's lines of two moments are made one whole picture, without combs"
    if treatment.drops_transparency:
        yield "the picture may be see-through in parts (alpha): all of it is shown, in the colours that lie there"
    if treatment.drops_captions:
        yield "captions within the picture (CEA-608 or 708) are left out of all files; texts come from subtitles/"
    if treatment.drops_colour_profile:
        yield "the colour profile (ICC) within the picture is left out: players of films do not follow one"
    if video.hidden:
        width, height = visible_size(video)
        coded = f"{video.width_px}x{video.height_px}"
        yield f"of the picture's {coded} the film hides the edges: {width}x{height} of them are shown"
    yield from _tell_shapes(video)


def _tell_colours(video: VideoStream, treatment: Treatment) -> Iterator[str]:
    match treatment.colours:
        case Colours.TONE_MAPPED:
            yield f"the film has a high dynamic range ({name_colours(video)}): brought to a normal screen (BT.709)"
        case Colours.NARROWED:
            yield f"the film's colours are {name_colours(video)}: converted to those that every screen shows (BT.709)"
        case Colours.KEPT:
            pass


def _tell_shapes(video: VideoStream) -> Iterator[str]:
    for shape in video.later_shapes[:_TOLD]:
        size = f"{round(shape.width_px * shape.sample_aspect)}x{shape.height_px}"
        first = f"{round(video.width_px * video.sample_aspect)}x{video.height_px}"
        yield f"from {render_clock(shape.from_ms)} on the picture is {size}: shown whole within the first size, {first}"
    if len(video.later_shapes) > _TOLD:
        yield f"the picture changes its size {len(video.later_shapes) - _TOLD} times more"
