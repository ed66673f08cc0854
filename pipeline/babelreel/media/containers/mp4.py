"""Read the boxes of an MP4 file, and change one flag in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: A ``moov`` of a 24 hour film has some 30 MB; more is not ours and is not read into memory.
MAX_MOOV_BYTES = 64 * 1024 * 1024

_HEADER_BYTES = 8
_LARGE_HEADER_BYTES = 16
_ENABLED = 0x000001
_TEXT_HANDLERS = frozenset({"sbtl", "text", "subt"})
#: Boxes which a film cannot do without; one that reaches past the end of the file was cut off.
_VITAL = frozenset({"moov", "mdat", "moof"})


class BrokenMp4Error(ValueError):
    """The boxes of a file contradict one another or its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box: four letters, where its content starts, and where it ends (both from the start of the file)."""

    kind: str
    content: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mp4Track:
    """What an MP4 file says of one track; ``flags_at`` is the place of the byte with its "enabled" flag."""

    handler: str
    name: str
    language: str
    flags: int
    flags_at: int

    @property
    def is_enabled(self) -> bool:
        """Tell whether players switch this track on by themselves."""
        return bool(self.flags & _ENABLED)

    @property
    def is_text(self) -> bool:
        """Tell whether the track holds subtitles."""
        return self.handler in _TEXT_HANDLERS


def is_faststart(path: Path) -> bool:
    """Tell whether the index stands before the media, so that a browser can start before all is loaded."""
    kinds = [box.kind for box in _top_boxes(path)]
    return "moov" in kinds and "mdat" in kinds and kinds.index("moov") < kinds.index("mdat")


def is_mp4_cut_short(path: Path) -> bool:
    """Tell whether a file in MP4 or QuickTime form lacks its index or ends before its media does.

    Junk after the last box (some cameras write it) is ignored.
    """
    size = path.stat().st_size
    seen: set[str] = set()
    try:
        for box in _top_boxes(path):
            if box.kind in _VITAL and box.end > size:
                return True
            seen.add(box.kind)
    except BrokenMp4Error:
        pass
    return "moov" not in seen


def has_second_index(path: Path) -> bool:
    """Tell whether a file has more than one index: a film behind a film. A broken end is ignored, as above."""
    found = 0
    try:
        for box in _top_boxes(path):
            found += box.kind == "moov"
    except BrokenMp4Error:
        pass
    return found > 1


def read_tracks(path: Path) -> tuple[Mp4Track, ...]:
    """Read flags, language (three letters of ISO 639-2/T) and handler of each track; raises ``BrokenMp4Error``."""
    index, offset = read_index(path)
    return tuple(_read_track(index, trak, offset) for trak in boxes_inside(index))


def read_index(path: Path) -> tuple[bytes, int]:
    """Read the content of the ``moov`` box and the place where it starts in the file; raises ``BrokenMp4Error``."""
    moov = next((box for box in _top_boxes(path) if box.kind == "moov"), None)
    if moov is None or not 0 <= moov.end - moov.content <= MAX_MOOV_BYTES:
        raise BrokenMp4Error("no index, or one that is too large")
    with path.open("rb") as file:
        file.seek(moov.content)
        return file.read(moov.end - moov.content), moov.content


def boxes_inside(index: bytes, parent: Box | None = None, kind: str = "trak") -> Iterator[Box]:
    """Yield the boxes of a kind directly inside another one of an index, or directly inside the index."""
    start, end = (parent.content, parent.end) if parent else (0, len(index))
    return (box for box in _inner_boxes(index, start, end) if box.kind == kind)


def clear_subtitle_enabled(path: Path) -> None:
    """Clear the "enabled" flag of each text track in place: ffmpeg sets it on the first one whatever its options say.

    Only for files of ours that nobody else has yet; a file already right is left alone.
    """
    enabled = [track for track in read_tracks(path) if track.is_text and track.is_enabled]
    with path.open("r+b") as file:
        for track in enabled:
            file.seek(track.flags_at)
            file.write(bytes([track.flags & 0xFF & ~_ENABLED]))


def _top_boxes(path: Path) -> Iterator[Box]:
    """Walk the outermost boxes; the last may claim to end behind the file, which is for the caller to judge."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        place = 0
        while place + _HEADER_BYTES <= size:
            box = _top_box(file, place, size)
            yield box
            place = box.end


def _top_box(file: BinaryIO, place: int, size: int) -> Box:
    file.seek(place)
    return _box(file.read(_LARGE_HEADER_BYTES), place, size)


def _box(header: bytes, place: int, limit: int) -> Box:
    """Read a box header: size 0 means "to the end", size 1 that the real size follows in 64 bits."""
    length, content = int.from_bytes(header[:4]), place + _HEADER_BYTES
    if length == 1:
        length, content = int.from_bytes(header[8:16]), place + _LARGE_HEADER_BYTES
    end = place + length if length else limit
    if end < content:
        raise BrokenMp4Error(f"box at {place} is smaller than its own header")
    return Box(kind=header[4:8].decode("latin-1"), content=content, end=end)


def _inner_boxes(index: bytes, start: int, end: int) -> Iterator[Box]:
    """Walk the boxes inside another; here none may reach over the end."""
    place = start
    while place + _HEADER_BYTES <= end:
        box = _box(index[place : place + _LARGE_HEADER_BYTES], place, end)
        if box.end > end:
            raise BrokenMp4Error(f"box {box.kind!r} reaches over the end of the one around it")
        yield box
        place = box.end


def child_box(index: bytes, parent: Box, kind: str) -> Box:
    """Return the first box of a kind directly inside another; raises ``BrokenMp4Error`` when there is none."""
    for box in boxes_inside(index, parent, kind):
        return box
    raise BrokenMp4Error(f"box {parent.kind!r} has no {kind!r}")


def _read_track(index: bytes, trak: Box, offset: int) -> Mp4Track:
    tkhd = child_box(index, trak, "tkhd")
    mdia = child_box(index, trak, "mdia")
    hdlr = child_box(index, mdia, "hdlr")
    mdhd = child_box(index, mdia, "mdhd")
    # full boxes begin with one byte of version and three of flags; version 1 has 64-bit times before the language
    language_at = mdhd.content + (32 if index[mdhd.content : mdhd.content + 1] == b"\x01" else 20)
    return Mp4Track(
        handler=index[hdlr.content + 8 : hdlr.content + 12].decode("latin-1"),
        name=index[hdlr.content + 24 : hdlr.end].rstrip(b"\0").decode("utf-8", "replace"),
        language=_language(int.from_bytes(index[language_at : language_at + 2])),
        flags=int.from_bytes(index[tkhd.content + 1 : tkhd.content + 4]),
        flags_at=offset + tkhd.content + 3,
    )


def _language(packed: int) -> str:
    """Unpack three letters of five bits each, "a" being 1."""
    return "".join(chr(((packed >> shift) & 0x1F) + 0x60) for shift in (10, 5, 0))
