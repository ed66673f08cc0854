"""Which track do the bytes of a subtitle file hold, whatever its format and encoding?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from babelreel.errors import TrackError
from babelreel.model.language import Language
from babelreel.model.track import Format, Track
from babelreel.timedtext.encoding.decode import decode
from babelreel.timedtext.file_size import refuse_bytes, refuse_text
from babelreel.timedtext.formats.subrip import read_subrip
from babelreel.timedtext.formats.substation import read_substation
from babelreel.timedtext.formats.webvtt import read_webvtt

#: Endings of the file names of subtitles.
TRACK_ENDINGS = frozenset(f".{each.value}" for each in Format)


def read_track(data: bytes, *, language: Language, path: str) -> Track:
    """Read the bytes of the file at a path (relative to the project) as a track in a language.

    The ending of the name, in any case, decides the format. Whatever the bytes, the result is a track with its faults
    in the order of their lines; only an unknown ending and a size that no film can need (``limits``) raise
    ``TrackError``.
    """
    format_ = format_of(path)
    refuse_bytes(len(data), path)
    decoded = decode(data, language)
    refuse_text(decoded.text, path)
    track = _parse(decoded.text, language=language.tag, path=path, format_=format_)
    faults = sorted((*decoded.faults, *track.faults), key=lambda fault: (fault.line, fault.column))
    return replace(track, faults=tuple(faults), encoding=decoded.encoding)


def format_of(path: str) -> Format:
    """Give the format that a file name's ending stands for; raises ``TrackError`` for an ending it does not know."""
    ending = PurePosixPath(path).suffix.lower().removeprefix(".")
    try:
        return Format(ending)
    except ValueError:
        known = ", ".join(f".{each.value}" for each in Format)
        raise TrackError(
            what="This kind of subtitle file cannot be read.",
            where=path,
            why=f"its name ends in {ending!r}" if ending else "its name has no ending",
            hint=f"Save it as one of {known} and name it so.",
        ) from None


def _parse(text: str, *, language: str, path: str, format_: Format) -> Track:
    match format_:
        case Format.SRT:
            return read_subrip(text, language=language, path=path)
        case Format.VTT:
            return read_webvtt(text, language=language, path=path)
        case Format.ASS | Format.SSA:
            return read_substation(text, language=language, path=path, format=format_)
