"""Open a film, and say why one cannot be read whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from babelreel.errors import BabelreelError, FilmError
from babelreel.media.argv.accepted_formats import OPEN_OPTIONS
from babelreel.media.containers.truncation import is_cut_short

if TYPE_CHECKING:
    from av.container import InputContainer

#: A packet, or a frame.
_Read = TypeVar("_Read")

#: What helps where a file is not what was sent.
SEND_AGAIN = "Copy the film from the camera or the sender again; a video editor can also export it once more as MP4."


@contextmanager
def open_film(path: Path) -> Iterator[InputContainer]:
    """Open a film and no other file; every fault of libav on the way becomes a ``FilmError``."""
    import av  # noqa: PLC0415 - heavy: a second build, which probes nothing, must not pay for it

    try:
        # "file:" because a name such as "a:b.mp4" would be taken for a protocol
        with av.open(f"file:{path}", options=dict(OPEN_OPTIONS)) as container:
            yield container
    except BabelreelError:
        raise
    except (av.FFmpegError, OSError, UnicodeError, ValueError) as fault:
        raise _unreadable(path, fault) from fault


def without_late_streams(read: Iterator[_Read]) -> Iterator[_Read]:
    """Yield what ``demux`` or ``decode`` of PyAV reads from a film in which streams may turn up on the way.

    A damaged FLV or MPEG film seems to have streams that nobody saw when it was opened. PyAV does not list them, and
    ends with ``IndexError`` when it empties them; by then everything of the other streams has been read.
    """
    with suppress(IndexError):
        yield from read


def _unreadable(path: Path, fault: Exception) -> FilmError:
    if not path.is_file():
        return FilmError(what="There is no such film.", where=str(path), hint="Look at the name of the file.")
    if path.stat().st_size == 0:
        return FilmError(what="The film is empty.", where=str(path), why="the file has 0 bytes", hint=SEND_AGAIN)
    with path.open("rb") as file:
        is_mp4 = file.read(8)[4:] == b"ftyp"
    if is_mp4 and is_cut_short(path, "mov"):
        return cut_short(path, "its index is missing or incomplete")
    return FilmError(
        what="This file is not a film that can be read.",
        where=str(path),
        why=f"it is no MP4, MOV, MKV, WebM, AVI or MPEG film, or it is damaged ({fault})",
        hint=SEND_AGAIN,
    )


def cut_short(path: Path, why: str) -> FilmError:
    """Return the error for a film that ends too early; ``why`` says how that is seen."""
    return FilmError(what="The film is incomplete: the file ends too early.", where=str(path), why=why, hint=SEND_AGAIN)


def undecodable(path: Path, why: str) -> FilmError:
    """Return the error for a film that is whole, but in a form that is not decoded here."""
    return FilmError(
        what="The film cannot be decoded.",
        where=str(path),
        why=why,
        hint="Export the film as MP4 with H.264 and AAC from a video editor.",
    )
