"""Can this ffmpeg do all that the work needs?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from babelreel.errors import MachineError
from babelreel.media.programs.locate import Ffmpeg, ask_ffmpeg

NEEDED_ENCODERS = frozenset({"libx264", "aac"})
#: ``ass`` apart, whose absence has a message of its own.
NEEDED_FILTERS = frozenset(
    {
        "adelay",
        "aformat",
        "alimiter",
        "ametadata",
        "apad",
        "aresample",
        "asetpts",
        "asplit",
        "astats",
        "atrim",
        "channelmap",
        "ebur128",
        "format",
        "fps",
        "scale",
        "setparams",
        "setpts",
        "setsar",
        "tpad",
        "volume",
    }
)
#: What a film with a high dynamic range needs beyond that.
TONE_FILTERS = frozenset({"tonemap", "zscale"})
#: What takes need: filters that cut and speed them up, and an encoder for what is mixed.
VOICE_FILTERS = frozenset({"adelay", "asplit", "rubberband"})
VOICE_ENCODERS = frozenset({"flac"})

_HINT = "Use the ffmpeg that comes with babelreel (take away --ffmpeg and BABELREEL_FFMPEG), or a full build of ffmpeg."
#: A line of ``-encoders`` or ``-filters``: flags, name, and for a filter what flows through it.
_LISTED = re.compile(r"^ ?[A-Z.|]{2,6} +([\w-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """The encoders and filters that an ffmpeg was built with."""

    encoders: frozenset[str]
    filters: frozenset[str]

    @property
    def can_draw_text(self) -> bool:
        """Tell whether subtitles can be drawn into the picture."""
        return "ass" in self.filters

    @property
    def can_map_tones(self) -> bool:
        """Tell whether a film with a high dynamic range can be shown on a normal screen."""
        return self.filters >= TONE_FILTERS

    @property
    def lacks_for_voices(self) -> frozenset[str]:
        """What is missing to mix recorded voices over a film."""
        return (VOICE_FILTERS - self.filters) | (VOICE_ENCODERS - self.encoders)


def read_capabilities(ffmpeg: Ffmpeg) -> Capabilities:
    """List what an ffmpeg can do, good or bad; starts it twice. Raises ``MachineError`` when it does not run."""
    return Capabilities(
        encoders=frozenset(_LISTED.findall(ask_ffmpeg(ffmpeg.path, "-encoders"))),
        filters=frozenset(_LISTED.findall(ask_ffmpeg(ffmpeg.path, "-filters"))),
    )


def check_capabilities(ffmpeg: Ffmpeg, *, hdr: bool = False, dub: bool = False) -> Capabilities:
    """List what an ffmpeg can do, and raise ``MachineError`` when the work needs more.

    ``hdr`` asks for the filters too that bring a film with a high dynamic range to a normal screen, ``dub`` for what
    recorded voices need. That a filter is
    listed is no proof that it works: ``doctor`` renders a frame.
    """
    found = read_capabilities(ffmpeg)
    if not found.can_draw_text:
        raise _lack(ffmpeg, "This ffmpeg cannot draw subtitles (no libass).", "it was built without the filter 'ass'")
    missing = (NEEDED_ENCODERS - found.encoders) | (NEEDED_FILTERS - found.filters)
    if missing:
        raise _lack(ffmpeg, "This ffmpeg lacks parts that babelreel needs.", f"missing: {', '.join(sorted(missing))}")
    if hdr and not found.can_map_tones:
        raise _lack(
            ffmpeg,
            "This ffmpeg cannot convert the film's high dynamic range (HDR).",
            f"missing: {', '.join(sorted(TONE_FILTERS - found.filters))}",
        )
    if dub and found.lacks_for_voices:
        raise _lack(
            ffmpeg,
            "This ffmpeg cannot fit recorded voices into a film.",
            f"missing: {', '.join(sorted(found.lacks_for_voices))}",
        )
    return found


def _lack(ffmpeg: Ffmpeg, what: str, why: str) -> MachineError:
    return MachineError(what=what, where=f"{ffmpeg.path} ({ffmpeg.version})", why=why, hint=_HINT)
