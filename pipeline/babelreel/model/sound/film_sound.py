"""What is heard in a film's own sound, as far as it decides what is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.sound.mono import MonoMix

#: The absolute gate of ITU-R BS.1770, in dBFS: what is no louder counts as silence. A microphone's noise lies there.
_FAINT_DBFS = -70


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSound:
    """A film's sound after listening to it from beginning to end.

    ``mono`` is what becomes one channel: that which loses the fewest of the seconds in which something is heard.
    ``lost_s`` is how many it loses all the same. ``is_mirrored`` says that left and right cancel one another in at
    least half of the film: then one of them becomes both channels of stereo, too. ``loudest_dbfs`` is the level of the
    loudest second, ``None`` where every sample is zero.
    """

    mono: MonoMix
    is_mirrored: bool
    lost_s: int
    loudest_dbfs: int | None

    @property
    def is_faint(self) -> bool:
        """Tell whether nothing but noise is heard, which is not made louder."""
        return self.loudest_dbfs is not None and self.loudest_dbfs < _FAINT_DBFS
