"""Tell whether an MP4 or MOV film holds Dolby Vision in colours of its own, which nothing else can show."""

from __future__ import annotations

import struct
from pathlib import Path

from babelreel.media.containers.mp4 import Box, BrokenMp4Error, boxes_inside, read_index
from babelreel.media.containers.mp4_picture_entry import VISUAL_ENTRY_BYTES, picture_entries
from babelreel.media.containers.mp4_tables import skip

#: The boxes with the configuration record, and the profile without a picture that others could show (the phones' has
#: number 8): both after Dolby's "Dolby Vision Streams Within the ISO Base Media File Format".
_BOXES = ("dvcC", "dvvC")
_OWN_COLOURS = 5


def has_own_colours(path: Path, place: int) -> bool:
    """Tell whether the picture at a place among the file's pictures is such; false for an unreadable file."""
    try:
        index, _ = read_index(path)
        return any(_profile(index, entry) == _OWN_COLOURS for entry in picture_entries(index)[place : place + 1])
    except (BrokenMp4Error, struct.error):
        return False


def _profile(index: bytes, entry: Box) -> int | None:
    for kind in _BOXES:
        for box in boxes_inside(index, skip(entry, VISUAL_ENTRY_BYTES), kind):
            return index[box.content + 2] >> 1 if box.end - box.content > 2 else None  # noqa: PLR2004 - behind the version
    return None
