"""Put files into one that anybody can unpack, with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

#: The first moment that a ZIP can hold.
_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX, _MODE = 3, 0o100644


def write_zip(target: BinaryIO, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write ``entries`` (name and content) in their order into a file that can be sought in, one in memory at a time.

    Nothing is deflated: films and pictures get no smaller, and what zlib makes of a text depends on its version.
    """
    with ZipFile(target, "w", compression=ZIP_STORED) as out:
        for name, content in entries:
            info = ZipInfo(name, date_time=_TIME)
            info.create_system = _UNIX
            info.external_attr = _MODE << 16
            out.writestr(info, content)
