"""Take a fingerprint of how a film looks and sounds, small enough to be kept when the film is gone."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from babelreel.media.matching.picture_area import find_picture_area
from babelreel.media.matching.picture_signs import read_picture_signs, small_pictures
from babelreel.media.matching.sound_signs import read_sound_signs
from babelreel.media.picture.shots import measured_changes, shots_of_changes
from babelreel.media.probe.decode_film import decode_film
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.film.change.fingerprint import Fingerprint
from babelreel.model.film.media import MediaInfo

#: What a film without picture is counted in.
_RATE_OF_SOUND = Fraction(25)


def take_fingerprint(ffmpeg_path: Path, film: Path, info: MediaInfo) -> Fingerprint:
    """Decode a film and return its fingerprint; memory grows with its length by no more than that.

    Raises ``FilmError`` for a damaged film, and what ``run_ffmpeg`` raises.
    """
    if info.video is None:
        return _fingerprint(ffmpeg_path, film, info, b"", b"")
    area = find_picture_area(ffmpeg_path, film, info)
    with temporary_folder() as folder:
        decode_film(ffmpeg_path, film, info, small_pictures(info, info.video, area), cwd=folder)
        pictures, contrasts = read_picture_signs(folder)
    return _fingerprint(ffmpeg_path, film, info, pictures, contrasts)


def take_fingerprint_and_shots(ffmpeg_path: Path, film: Path, info: MediaInfo) -> tuple[Fingerprint, tuple[int, ...]]:
    """Do what ``take_fingerprint`` and ``find_shots`` do in one pass over the picture: decoding is what both cost.

    Raises what these do.
    """
    if info.video is None:
        return take_fingerprint(ffmpeg_path, film, info), ()
    area = find_picture_area(ffmpeg_path, film, info)
    with temporary_folder() as folder:
        outputs = (measured_changes(info), small_pictures(info, info.video, area))
        decode_film(ffmpeg_path, film, info, *outputs, cwd=folder)
        pictures, contrasts = read_picture_signs(folder)
        shots = shots_of_changes(folder, info, info.video)
    return _fingerprint(ffmpeg_path, film, info, pictures, contrasts), shots


def _fingerprint(ffmpeg_path: Path, film: Path, info: MediaInfo, pictures: bytes, contrasts: bytes) -> Fingerprint:
    sounds, levels = read_sound_signs(ffmpeg_path, film, info)
    return Fingerprint(
        digest=info.digest,
        duration_ms=info.duration_ms,
        rate=info.video.rate if info.video else _RATE_OF_SOUND,
        pictures=pictures,
        contrasts=contrasts,
        sounds=sounds,
        levels=levels,
    )
