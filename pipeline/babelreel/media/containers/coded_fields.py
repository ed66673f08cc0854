"""Tell from what a picture's coding announces whether it may be coded in fields (lines of two moments)."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.media.containers.coded_units import length_bytes, split_units

_SEQUENCE_SET = 7
#: Profiles of H.264 that tell how colours are sampled before anything else (ITU-T H.264, 7.3.2.1.1).
_PROFILES_WITH_CHROMA = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
_ALL_COLOURS = 3
_MPEG2_EXTENSION = b"\x00\x00\x01\xb5"
_VC1_SEQUENCE = b"\x00\x00\x01\x0f"


def may_have_fields(codec: str, extradata: bytes, content: bytes) -> bool:
    """Tell whether frames may be interlaced by what a packet, or what stands before all packets, announces.

    Where a codec does not announce it, the answer is no: its first frame will show it.
    """
    if codec == "h264":
        is_record = extradata[:1] == b"\x01"
        sets = (*_sequence_sets(content, length_bytes(codec, extradata)), *_recorded_sets(extradata, is_record))
        return any(not _is_frames_only(each) for each in sets)
    if codec == "mpeg2video":
        return any(_is_mixed_mpeg2(part) for part in (content, extradata))
    if codec == "vc1":
        return any(_is_mixed_vc1(part) for part in (content, extradata))
    return False


def _sequence_sets(content: bytes, size: int) -> Iterator[bytes]:
    return (unit for unit in split_units(content, size) if unit[0] & 0x1F == _SEQUENCE_SET)


def _recorded_sets(extradata: bytes, is_record: bool) -> Iterator[bytes]:  # noqa: FBT001 - one caller, which has it
    """Yield the sequence sets of a configuration record (ISO/IEC 14496-15, 5.3.3.1), or of bare units."""
    if not is_record:
        yield from _sequence_sets(extradata, 0)
        return
    place = 6
    for _ in range(extradata[5] & 0x1F if len(extradata) > place else 0):
        size = int.from_bytes(extradata[place : place + 2])
        yield extradata[place + 2 : place + 2 + size]
        place += 2 + size


class _Bits:
    """The bits of a unit, one after another; behind the end there are ones."""

    def __init__(self, unit: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in unit.replace(b"\x00\x00\x03", b"\x00\x00"))
        self._place = 0

    def read(self, count: int) -> int:
        """Read the next bits as a number."""
        found = self._bits[self._place : self._place + count].ljust(count, "1")
        self._place += count
        return int(found, 2) if found else 0

    def number(self) -> int:
        """Read a number in Exp-Golomb code."""
        zeros = 0
        while not self.read(1):
            zeros += 1
        return (1 << zeros) - 1 + self.read(zeros)

    def signed(self) -> int:
        """Read a signed number in Exp-Golomb code."""
        code = self.number()
        return (code + 1) // 2 if code & 1 else -(code // 2)


def _is_frames_only(unit: bytes) -> bool:
    """Read a sequence parameter set of H.264 up to its frame_mbs_only_flag (ITU-T H.264, 7.3.2.1.1)."""
    bits = _Bits(unit[1:])
    profile = bits.read(8)
    bits.read(16)
    bits.number()
    if profile in _PROFILES_WITH_CHROMA:
        _skip_colours(bits)
    bits.number()
    order = bits.number()
    if order == 0:
        bits.number()
    elif order == 1:
        bits.read(1)
        bits.signed()
        bits.signed()
        for _ in range(min(bits.number(), 255)):
            bits.signed()
    bits.number()
    bits.read(1)
    bits.number()
    bits.number()
    return bool(bits.read(1))


def _skip_colours(bits: _Bits) -> None:
    sampling = bits.number()
    if sampling == _ALL_COLOURS:
        bits.read(1)
    bits.number()
    bits.number()
    bits.read(1)
    if bits.read(1):
        for place in range(12 if sampling == _ALL_COLOURS else 8):
            if bits.read(1):
                _skip_scaling(bits, 16 if place < 6 else 64)  # noqa: PLR2004 - six small lists, then large ones


def _skip_scaling(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed()) % 256
        last = following or last


def _is_mixed_mpeg2(content: bytes) -> bool:
    """Read progressive_sequence of the sequence extension (ITU-T H.262, 6.2.2.3); a sequence without one is MPEG-1."""
    for part in content.split(_MPEG2_EXTENSION)[1:]:
        if len(part) > 1 and part[0] >> 4 == 1:
            return not part[1] >> 3 & 1
    return False


def _is_mixed_vc1(content: bytes) -> bool:
    """Read the flag of interlacing of an advanced sequence header (SMPTE 421M, 6.1)."""
    place = content.find(_VC1_SEQUENCE) + len(_VC1_SEQUENCE)
    return place >= len(_VC1_SEQUENCE) and len(content) > place + 5 and bool(content[place + 5] >> 6 & 1)
