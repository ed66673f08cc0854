"""How do tests get H.264 in which each field is a picture of its own?

No encoder at hand writes it, so it is written here. Every macroblock holds its samples as they are (I_PCM), which needs
no more than the syntax of ITU-T H.264, 7.3.
"""

from __future__ import annotations

from pathlib import Path

from support.films import run_maker

#: The size in macroblocks, and how many frames come before the next one that needs none before.
_WIDE, _HIGH, _GROUP = 4, 4, 16
_DELIMITER = b"\x00\x00\x00\x01\x09\x10"


class _Bits:
    def __init__(self) -> None:
        self._text = ""

    def put(self, *values: tuple[int, int]) -> None:
        """Write numbers, each in so many bits."""
        self._text += "".join(f"{value:0{count}b}" for count, value in values)

    def code(self, *values: int) -> None:
        """Write numbers in Exp-Golomb code."""
        for value in values:
            bits = f"{value + 1:b}"
            self._text += "0" * (len(bits) - 1) + bits

    def align(self) -> None:
        self._text += "0" * (-len(self._text) % 8)

    def unit(self, head: int) -> bytes:
        """Give a unit: a start code, its kind, and what was written, so that nothing in it looks like a start code."""
        self.put((1, 1))
        self.align()
        out, zeros = bytearray(), 0
        for byte in int(self._text, 2).to_bytes(len(self._text) // 8):
            if zeros >= 2 and byte <= 3:
                out.append(3)
                zeros = 0
            out.append(byte)
            zeros = 0 if byte else zeros + 1
        return b"\x00\x00\x00\x01" + bytes((head,)) + bytes(out)


def make_field_pictures(path: Path, *, frames: int = 50) -> Path:
    """Make a film of 64 x 64 pixels and 25 frames a second: a bar that moves 4 columns from field to field."""
    units = [b"".join((_parameters(), _field(n, 0), _DELIMITER, _field(n, 1))) for n in range(frames)]
    bare = path.with_name("fields.264")
    bare.write_bytes(b"".join(_DELIMITER + unit for unit in units))
    run_maker("-fflags", "+genpts", "-r", "50", "-i", str(bare), "-c", "copy", f"file:{path}")
    return path


def _parameters() -> bytes:
    sequence, picture = _Bits(), _Bits()
    sequence.put((8, 77), (8, 0), (8, 30))  # Main profile
    sequence.code(0, 0, 0, 4, 1)  # frame numbers of 4 bits, orders of 8, one reference
    sequence.put((1, 0))
    sequence.code(_WIDE - 1, _HIGH // 2 - 1)
    sequence.put((1, 0), (1, 0), (1, 1), (1, 0), (1, 1))  # not frames only, no MBAFF; more follows:
    sequence.put((4, 0), (1, 1), (32, 1), (32, 50), (1, 1), (4, 0))  # 50 fields a second
    picture.code(0, 0)
    picture.put((2, 0))
    picture.code(0, 0, 0)
    picture.put((3, 0))
    picture.code(0, 0, 0)
    picture.put((3, 0))
    return sequence.unit(0x67) + picture.unit(0x68)


def _field(frame: int, parity: int) -> bytes:
    number, bits = frame % _GROUP, _Bits()
    is_first = number == 0 and parity == 0
    bits.code(0, 7, 0)  # the first macroblock, all slices are intra
    bits.put((4, number), (1, 1), (1, parity))
    if is_first:
        bits.code(0)
    bits.put((8, 2 * number + parity), *([(1, 0)] * (2 if is_first else 1)))
    bits.code(0)
    left = (2 * frame + parity) * 4 % 48
    for macroblock in range(_WIDE * _HIGH // 2):
        bits.code(25)
        bits.align()
        columns = range(macroblock % _WIDE * 16, macroblock % _WIDE * 16 + 16)
        bits.put(*([(8, 235 if left <= column < left + 12 else 40) for column in columns] * 16), *([(8, 128)] * 128))
    return bits.unit(0x65 if is_first else 0x61)
