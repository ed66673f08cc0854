"""What does a film look and sound like, in so few bytes that they can be kept when the film is gone?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from babelreel.media.matching.picture_signs import read_picture_signs
from babelreel.media.matching.sound_signs import read_sound_signs
from babelreel.model.film.fingerprint import Fingerprint
from babelreel.model.film.media import MediaInfo

#: What a film without picture is counted in.
_RATE_OF_SOUND = Fraction(25)


def take_fingerprint(ffmpeg_path: Path, film: Path, info: MediaInfo) -> Fingerprint:
    """Decode a film once more and give its fingerprint; memory does not grow with its length by more than that.

    Raises ``FilmError`` for a damaged film, and what ``run_ffmpeg`` raises.
    """
    video = info.video
    pictures, contrasts = read_picture_signs(ffmpeg_path, film, info, video) if video else (b"", b"")
    sounds, levels = read_sound_signs(ffmpeg_path, film, info)
    return Fingerprint(
        digest=info.digest,
        duration_ms=info.duration_ms,
        rate=video.rate if video else _RATE_OF_SOUND,
        pictures=pictures,
        contrasts=contrasts,
        sounds=sounds,
        levels=levels,
    )
