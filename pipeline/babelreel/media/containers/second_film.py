"""Find out whether a second film follows in the file behind the one that is read.

Of files that were joined byte by byte, readers of MP4, FLV and ASF see the first and say nothing of the rest.
"""

from __future__ import annotations

from pathlib import Path

from babelreel.media.containers.mp4 import has_second_index

#: How a file begins, by libavformat's name of its form.
_BEGINNINGS = {"flv": b"FLV\x01", "asf": bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")}
#: An index may follow the last packet: that of many hours of ASF has less.
_SEARCHED_BYTES = 1 << 20


def has_second_film(path: Path, container: str, end: int) -> bool:
    """Tell whether another film follows; ``end`` is the place in the file behind the last packet that was read."""
    if container.startswith("mov"):
        return has_second_index(path)
    beginning = _BEGINNINGS.get(container)
    if beginning is None:
        return False
    with path.open("rb") as file:
        file.seek(end)
        return beginning in file.read(_SEARCHED_BYTES)
