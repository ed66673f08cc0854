"""Hold the track of the language with which another one is shown, two at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from babelreel.model.delivery.pairs import Pair
from babelreel.model.language import Language
from babelreel.model.reading_limits import Profile
from babelreel.model.track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedTrack:
    """The other language of a ``pair``: its track is ``None`` where it has no subtitles, or none that can be read.

    ``font`` is the project's own font file for it, absolute.
    """

    pair: Pair
    language: Language
    profile: Profile
    font: Path | None = None
    track: Track | None = None

    @property
    def is_second(self) -> bool:
        """Tell whether it is the one that stands above."""
        return self.language.tag == self.pair.second
