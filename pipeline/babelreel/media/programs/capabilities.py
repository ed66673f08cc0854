"""Find out whether this ffmpeg can do all that the work needs."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

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


class Extra(StrEnum):
    """What only some films and some dubs need of an ffmpeg."""

    COLOURS = "colours"
    """A film with a high dynamic range (HDR), in BT.2020 or in P3, is brought to a normal screen."""
    FIELDS = "fields"
    """An interlaced film is made whole."""
    DUB = "dub"
    """Recorded voices are mixed over a film."""
    TEMPO = "tempo"
    """A take is sped up."""
    LITTLE_DATA = "little data"
    """Pictures are made as AV1, and their sound as Opus."""
    VOICE_MESSAGE = "voice message"
    """The sound alone is packed for a messenger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What an ffmpeg must have been built with for an extra, and what is said when it was not."""

    complaint: str
    encoders: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()


_EXTRAS = {
    Extra.COLOURS: _Parts(
        complaint="This ffmpeg cannot convert the film's colours (HDR, BT.2020 or P3) for a normal screen.",
        filters=frozenset({"tonemap", "zscale"}),
    ),
    Extra.FIELDS: _Parts(
        complaint="This ffmpeg cannot make an interlaced film whole.",
        filters=frozenset({"bwdif"}),
    ),
    Extra.DUB: _Parts(
        complaint="This ffmpeg cannot mix recorded voices over a film.",
        encoders=frozenset({"flac"}),
    ),
    Extra.TEMPO: _Parts(
        complaint="This ffmpeg cannot fit recorded voices into a film: it cannot speed them up.",
        filters=frozenset({"rubberband"}),
    ),
    Extra.LITTLE_DATA: _Parts(
        complaint="This ffmpeg cannot make light-av1: it lacks an encoder for AV1, or for Opus.",
        encoders=frozenset({"libopus", "libsvtav1"}),
    ),
    Extra.VOICE_MESSAGE: _Parts(
        complaint="This ffmpeg cannot write voice messages: it has no encoder for Opus.",
        encoders=frozenset({"libopus"}),
    ),
}

_HINT = "Use the ffmpeg that comes with babelreel (take away --ffmpeg and BABELREEL_FFMPEG), or a full build of ffmpeg."
#: A line of ``-encoders`` or ``-filters``: flags, name, and for a filter what flows through it.
_LISTED = re.compile(r"^ ?[A-Z.|]{2,6} +([\w-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """The encoders and filters that an ffmpeg has."""

    encoders: frozenset[str]
    filters: frozenset[str]

    @property
    def can_draw_text(self) -> bool:
        """Tell whether subtitles can be drawn into the picture."""
        return "ass" in self.filters

    def lacks(self, extra: Extra) -> frozenset[str]:
        """Name the encoders and filters that are missing for an extra."""
        parts = _EXTRAS[extra]
        return (parts.encoders - self.encoders) | (parts.filters - self.filters)


def read_capabilities(ffmpeg: Ffmpeg) -> Capabilities:
    """List what an ffmpeg can do, good or bad; starts it twice. Raises ``MachineError`` when it does not run."""
    return Capabilities(
        encoders=frozenset(_LISTED.findall(ask_ffmpeg(ffmpeg.path, "-encoders"))),
        filters=frozenset(_LISTED.findall(ask_ffmpeg(ffmpeg.path, "-filters"))),
    )


def check_capabilities(ffmpeg: Ffmpeg, extras: Collection[Extra] = ()) -> Capabilities:
    """List what an ffmpeg can do, and raise ``MachineError`` when the work, with these ``extras``, needs more.

    A listed filter need not work: ``doctor`` renders a frame.
    """
    found = read_capabilities(ffmpeg)
    if not found.can_draw_text:
        raise _lack(ffmpeg, "This ffmpeg cannot draw subtitles (no libass).", "it was built without the filter 'ass'")
    missing = (NEEDED_ENCODERS - found.encoders) | (NEEDED_FILTERS - found.filters)
    if missing:
        raise _lack(ffmpeg, "This ffmpeg lacks parts that babelreel needs.", f"missing: {', '.join(sorted(missing))}")
    for extra in extras:
        if missing := found.lacks(extra):
            raise _lack(ffmpeg, _EXTRAS[extra].complaint, f"missing: {', '.join(sorted(missing))}")
    return found


def _lack(ffmpeg: Ffmpeg, what: str, why: str) -> MachineError:
    return MachineError(what=what, where=f"{ffmpeg.path} ({ffmpeg.version})", why=why, hint=_HINT)
