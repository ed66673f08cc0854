"""Is it told of a packet of AV1 whether it can be shown by who has seen nothing of what comes before?"""

from __future__ import annotations

import pytest

from babelreel.media.containers.coded_units import begins_anew, split_av1_units

#: Units tell their kind (bits 3 to 6 of the first byte) and, with bit 1, their length (AV1 specification, 5.3).
SEQUENCE = bytes.fromhex("0a03010203")
OTHER_SEQUENCE = bytes.fromhex("0a03010204")
RECORD = bytes.fromhex("81010c00") + SEQUENCE
#: A frame begins with: shown before (1 bit), its type (2 bits: 0 is a key frame), shown now (1 bit).
KEY, HIDDEN_KEY, INTER, SHOWN_AGAIN = (
    bytes((0x32, 2, first, 0xFF)) for first in (0b0001_0000, 0b0000_0000, 0b0011_0000, 0b1000_0000)
)


@pytest.mark.parametrize(
    ("content", "is_new"),
    [
        (SEQUENCE + KEY, True),
        (SEQUENCE + KEY + INTER, True),
        (KEY, False),
        (OTHER_SEQUENCE + KEY, False),
        (SEQUENCE + HIDDEN_KEY, False),
        (SEQUENCE + INTER + KEY, False),
        (SEQUENCE + SHOWN_AGAIN, False),
        (SEQUENCE, False),
        (b"", False),
    ],
    ids=["key", "key first", "no header", "other header", "key for later", "no key", "seen before", "no frame", "none"],
)
def test_a_packet_begins_anew_with_the_files_header_and_a_key_frame_that_is_shown(
    content: bytes,
    is_new: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    assert begins_anew(content, RECORD) is is_new


def test_a_record_without_a_header_fits_no_packet() -> None:
    assert not begins_anew(SEQUENCE + KEY, RECORD[:4])


def test_units_are_parted_by_the_lengths_that_they_tell() -> None:
    # kind 5 with an extension, one byte; kind 6 with a length of two bytes, 128 and 1: 128 times 0 and 1 is 128
    content = bytes((0x2E, 0, 1, 7)) + bytes((0x32, 0x80, 1)) + bytes(128)
    assert list(split_av1_units(content)) == [(5, b"\x07"), (6, bytes(128))]
    assert list(split_av1_units(bytes((0x30, 7)))) == []  # one that tells no length
