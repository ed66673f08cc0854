"""Read a PNG picture that a volunteer gave, such as a logo."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from babelreel.model.film.bitmap import Bitmap

#: Nothing but PNG is read, and a damaged row is an error: half a logo would be drawn without it.
_PNG = {"format_whitelist": "png_pipe", "codec_whitelist": "png,apng", "err_detect": "explode"}
_HEAD_BYTES = 8
_BLOCK_BYTES = 1 << 20


def read_png(content: bytes) -> Bitmap:
    """Decode the pixels of a PNG file; raises ``ValueError`` for one that is damaged, and says how."""
    import av  # noqa: PLC0415 - a tenth of a second, which a build without a logo on its cards must not pay for

    try:
        with av.open(BytesIO(content), "r", format="png_pipe", options=_PNG) as container:
            frame = next(container.decode(video=0))
            pixels = frame.to_ndarray(format="rgba")
    except (av.FFmpegError, StopIteration) as fault:
        raise ValueError(f"it is damaged ({str(fault) or 'there is no picture in it'})") from fault
    if not _is_whole(content):
        raise ValueError("it breaks off: some of its rows are missing")
    return Bitmap(width_px=frame.width, height_px=frame.height, rgba=pixels.tobytes())


def _is_whole(content: bytes) -> bool:
    """Tell whether the pixels reach their end: where they do not, libav leaves the rest of the picture clear."""
    packed = b"".join(_pixel_data(content))
    unpacking = zlib.decompressobj()
    rest = packed
    while rest and not unpacking.eof:
        unpacking.decompress(rest, _BLOCK_BYTES)
        rest = unpacking.unconsumed_tail
    return unpacking.eof


def _pixel_data(content: bytes) -> Iterator[bytes]:
    """Yield what the chunks with pixels hold (PNG specification, 5.3: length, name, data, sum)."""
    place = _HEAD_BYTES
    while place + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        if name == b"IDAT":
            yield content[place + 8 : place + 8 + length]
        place += length + 12
