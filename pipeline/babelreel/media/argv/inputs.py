"""Open films, recordings and pieces of ours as inputs of ffmpeg."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path

from babelreel.media.argv.accepted_formats import OPEN_OPTIONS, SOUND_OPEN_OPTIONS
from babelreel.media.argv.command_line import Input, Option, by_name
from babelreel.model.film.media import MediaInfo

#: A stranger's film: nothing but accepted containers and codecs, no picture too large for the memory.
_FILM: tuple[Option, ...] = OPEN_OPTIONS
#: Timestamps as in the file, so that picture and sound, which are made separately, share one clock.
_FILE_CLOCK: Option = ("copyts", None)

_US_PER_SECOND = 1_000_000


def film_input(name: str, seek_us: int | None = None, *, film: MediaInfo | None = None) -> Input:
    """Open a film to encode it; ``film`` is what is known of one of which the picture is taken.

    With ``seek_us``, reading begins at the key frame at or before that time of the file's own clock.
    """
    seek: tuple[Option, ...] = (
        ("seek_timestamp", 1),  # the time is the file's, not counted from its first packet
        ("noaccurate_seek", None),  # nothing is thrown away: "trim" counts frames, which no rounding can miss
        ("ss", f"{max(0, seek_us or 0)}us"),
    )
    options = by_name(
        *_FILM,
        ("threads", 1),  # decoding is never what takes the time; many threads would only take memory
        _FILE_CLOCK,
        *(seek if seek_us else ()),
        *(_changing(film) if film else ()),
    )
    return Input(name=name, options=options)


def watched_film(path: Path, film: MediaInfo) -> Input:
    """Open a film to look at it; all processors decode, for nothing else runs beside it."""
    return Input(name=str(path.absolute()), options=(*_FILM, _FILE_CLOCK, *_changing(film)))


def glanced_film(path: Path, film: MediaInfo) -> Input:
    """Open a film to look at its key frames alone."""
    return Input(name=str(path.absolute()), options=(*_FILM, _FILE_CLOCK, ("skip_frame", "nokey"), *_changing(film)))


def _changing(film: MediaInfo) -> tuple[Option, ...]:
    """Return what a picture that changes its size needs: one chain of filters, with all that they count, to the end."""
    return (("reinit_filter", 0),) if film.video and film.video.later_shapes else ()


def proved_file(path: Path) -> Input:
    """Open a file to see whether it can be decoded: a damaged frame is an error and must not be concealed."""
    return Input(name=str(path.absolute()), options=(*_FILM, ("err_detect", "explode")))


def heard_recording(path: Path) -> Input:
    """Open a volunteer's recording to listen to it, as carefully as a film."""
    return Input(name=str(path.absolute()), options=SOUND_OPEN_OPTIONS)


def recording_input(name: str) -> Input:
    """Open a volunteer's recording to mix it."""
    return Input(name=name, options=(*SOUND_OPEN_OPTIONS, ("threads", 1)))


def pieces_input(name: str) -> Input:
    """Open pieces of a picture as one; ``name`` is a list of ``render_pieces``."""
    # auto_convert would write the parameter sets, which are the same in all pieces, again before every key frame
    return Input(name=name, options=(("f", "concat"), ("auto_convert", 0)))


def render_pieces(names: Sequence[str], frames: Sequence[int], rate: Fraction) -> str:
    """List pieces of a picture for ffmpeg's concat demuxer, each with its length.

    The demuxer counts in whole microseconds: lengths which add up to the exact time, rounded once, keep every frame on
    its tick however many pieces there are; ffmpeg's own would drift by half a microsecond a piece at 23.976.
    """
    ends = [round(end * _US_PER_SECOND / rate) for end in accumulate(frames, initial=0)]
    lengths = [after - before for before, after in pairwise(ends)]
    entries = (f"file {name}\nduration {length}us\n" for name, length in zip(names, lengths, strict=True))
    return "ffconcat version 1.0\n" + "".join(entries)
