"""Read the bytes of a subtitle file as a track, whatever its format and encoding."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import PurePosixPath

from babelreel.errors import TrackError
from babelreel.model.language import Language
from babelreel.model.track import Format, Track
from babelreel.timedtext.encoding.decode import decode
from babelreel.timedtext.file_size import refuse_bytes, refuse_text
from babelreel.timedtext.foreign.timed_lines import read_frame_lines, read_sbv
from babelreel.timedtext.foreign.transcripts import is_transcript, read_transcript
from babelreel.timedtext.formats.subrip import read_subrip
from babelreel.timedtext.formats.substation.reader import read_substation
from babelreel.timedtext.formats.webvtt import read_webvtt

_FORMATS = {
    ".srt": Format.SRT,
    ".vtt": Format.VTT,
    ".ass": Format.ASS,
    ".ssa": Format.SSA,
    ".sbv": Format.SBV,
    ".ttml": Format.TTML,
    ".dfxp": Format.TTML,
    ".itt": Format.TTML,
    ".xml": Format.TTML,
    ".stl": Format.STL,
    ".sub": Format.MICRODVD,
    ".mpl": Format.MPL2,
    ".mpl2": Format.MPL2,
    ".json": Format.TRANSCRIPT,
}
#: Endings of the file names of subtitles that can be edited.
EDITABLE_ENDINGS = tuple(ending for ending, format_ in _FORMATS.items() if not format_.is_read_only)
#: Endings of the file names of all subtitles that can be read.
TRACK_ENDINGS = frozenset(_FORMATS)
#: Endings that files of many kinds have: what they hold decides.
_SHARED_ENDINGS = {".xml": lambda head: b"www.w3.org/ns/ttml" in head or b"/ttaf1" in head, ".json": is_transcript}
#: A line of times, or what WebVTT begins with: in a plain text they show that it is a subtitle file in disguise.
_CUES = re.compile(rb"\d\d:\d\d[,.:]\d\d\d?[,.]?\d{0,3}\s*-->\s*\d\d:\d\d|\AWEBVTT")


def read_track(data: bytes, *, language: Language, path: str, film_rate: Fraction | None = None) -> Track:
    """Read the bytes of the file at a path (relative to the project) as a track in a language.

    The ending of the name, in any case, decides the format. ``film_rate``, in frames a second, is needed by a format
    whose times are frames, where the file names none. Whatever the bytes, the result is a track with its faults
    in the order of their lines; only an unknown ending and a size that no film can need (``limits``) raise
    ``TrackError``.
    """
    format_ = format_of(path)
    refuse_bytes(len(data), path)
    if format_ in {Format.TTML, Format.STL}:
        from babelreel.timedtext.foreign.broadcast import read_stl, read_ttml  # noqa: PLC0415 - loads ttconv

        return (read_ttml if format_ is Format.TTML else read_stl)(data, language=language.tag, path=path)
    decoded = decode(data, language)
    refuse_text(decoded.text, path)
    track = _parse(decoded.text, language=language.tag, path=path, format_=format_, film_rate=film_rate)
    faults = sorted((*decoded.faults, *track.faults), key=lambda fault: (fault.line, fault.column))
    return replace(track, faults=tuple(faults), encoding=decoded.encoding)


def read_again(text: str, track: Track) -> Track:
    """Read what has become of the text of a track, in the same form; the encoding is not looked at."""
    return _parse(text, language=track.language, path=track.path, format_=track.format)


def format_of(path: str) -> Format:
    """Find the format that a file name's ending stands for; raises ``TrackError`` for an ending it does not know."""
    ending = PurePosixPath(path).suffix.lower()
    try:
        return _FORMATS[ending]
    except KeyError:
        raise TrackError(
            what="This kind of subtitle file cannot be read.",
            where=path,
            why=f"its name ends in {ending.removeprefix('.')!r}" if ending else "its name has no ending",
            hint=f"Save it as one of {', '.join(EDITABLE_ENDINGS)} and name it so.",
        ) from None


def may_be_track(path: str, head: bytes) -> bool:
    """Tell whether a file is meant as subtitles, by its ending and, where that says little, by its first 4096 bytes."""
    head = head.replace(b"\0", b"")  # UTF-16 is read as well
    ending = PurePosixPath(path).suffix.lower()
    holds = _SHARED_ENDINGS.get(ending)
    return holds(head) if holds else ending in _FORMATS


def is_disguised_track(path: str, head: bytes) -> bool:
    """Tell whether a plain text is a subtitle file: ``fr.srt.txt``, or one with lines of times in its beginning."""
    name = PurePosixPath(path)
    if name.suffix.lower() not in {".txt", ""}:
        return False
    return PurePosixPath(name.stem).suffix.lower() in EDITABLE_ENDINGS or bool(_CUES.search(head.replace(b"\0", b"")))


def _parse(text: str, *, language: str, path: str, format_: Format, film_rate: Fraction | None = None) -> Track:
    match format_:
        case Format.SRT:
            return read_subrip(text, language=language, path=path)
        case Format.VTT:
            return read_webvtt(text, language=language, path=path)
        case Format.ASS | Format.SSA:
            return read_substation(text, language=language, path=path, format=format_)
        case Format.SBV:
            return read_sbv(text, language=language, path=path)
        case Format.MICRODVD | Format.MPL2:
            return read_frame_lines(text, language=language, path=path, film_rate=film_rate)
        case _:
            return read_transcript(text, language=language, path=path)
