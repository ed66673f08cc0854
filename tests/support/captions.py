"""How do tests get a film with captions (CEA-608) within its picture?"""

from __future__ import annotations

import re
from pathlib import Path

from support.films import run_maker

#: "Hello", pop-on, in the first channel: two bytes a frame with odd parity (CEA-608).
_HELLO = tuple(bytes.fromhex(pair) for pair in ["9420", "9420", "9470", "c8e5", "ecec", "ef80", "942f", "942f"])
_NOTHING = b"\x80\x80"
_SLICE = re.compile(rb"\x00\x00\x00?\x01(?=[\x01\x41\x61\x25\x45\x65][\x80-\xff])", re.DOTALL)


def make_captioned(path: Path, *, silent_frames: int = 0) -> Path:
    """Make a film of a second with a caption in each frame (ATSC A/53); the first frames have none."""
    bare, captioned = path.with_name("bare.264"), path.with_name("captioned.264")
    picture = ("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=1,format=yuv420p")
    run_maker(*picture, "-c:v", "libx264", "-x264-params", "bframes=0:threads=1", "-f", "h264", str(bare))
    content, parts, end = bare.read_bytes(), [], 0
    for number, found in enumerate(_SLICE.finditer(content)):
        parts += [content[end : found.start()], _caption(number - silent_frames) if number >= silent_frames else b""]
        end = found.start()
    captioned.write_bytes(b"".join(parts) + content[end:])
    run_maker("-f", "h264", "-r", "25", "-i", str(captioned), "-c", "copy", f"file:{path}")
    return path


def _caption(number: int) -> bytes:
    pair = _HELLO[number] if number < len(_HELLO) else _NOTHING
    told = b"\xb5\x00\x31GA94\x03\x41\xff\xfc" + pair + b"\xff"
    # 0x06: supplemental information, of kind 4 (registered by ITU-T T.35); nothing in it looks like a start code
    return b"\x00\x00\x00\x01\x06\x04" + bytes([len(told)]) + told + b"\x80"
