"""How are people told what is done to a film's picture, and why?"""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.film.media import Fields, VideoStream
from babelreel.model.film.treatment import Colours, Treatment, treat

_SCREENS = {"bt2020": "BT.2020", "smpte431": "P3", "smpte432": "P3"}
_CURVES = {"smpte2084": "PQ", "arib-std-b67": "HLG"}


def render_treatment(video: VideoStream) -> Iterator[str]:
    """Write a line for each thing that is done to a picture; none for an ordinary one."""
    treatment = treat(video)
    yield from (f"colours  {colours}" for colours in _colours(video, treatment))
    if treatment.is_deinterlaced:
        found = "interlaced" if video.fields is Fields.ALL else "in part interlaced, perhaps"
        yield f"fields   {found}: each frame's lines of two moments are made one whole picture, without combs"
    if treatment.drops_captions:
        yield "captions within the picture (CEA-608 or 708): left out of all files; the text comes from subtitles/"


def _colours(video: VideoStream, treatment: Treatment) -> Iterator[str]:
    match treatment.colours:
        case Colours.TONE_MAPPED:
            yield f"high dynamic range ({_CURVES[video.color_transfer]}), brought to a normal screen (BT.709)"
        case Colours.NARROWED:
            yield f"{_SCREENS[treatment.primaries]}, converted to those that every screen shows (BT.709)"
        case Colours.KEPT:
            pass
