from __future__ import annotations

import lzma
from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.model.film.change.fingerprint import Fingerprint, pack_fingerprint, parse_fingerprint

FILM = Fingerprint(
    digest="ab" * 32,
    duration_ms=1000,
    rate=Fraction(3),
    pictures=bytes(range(24)),
    contrasts=bytes([7, 8, 9]),
    sounds=bytes([1, 2, 3, 4]),
    levels=bytes([60, 61]),
)
NOTHING = replace(FILM, pictures=b"", contrasts=b"", sounds=b"", levels=b"")


def test_what_was_written_is_read_again() -> None:
    assert parse_fingerprint(pack_fingerprint(FILM)) == FILM


def test_the_first_line_says_whose_it_is() -> None:
    line = pack_fingerprint(FILM).partition(b"\n")[0].decode()
    assert FILM.digest in line
    assert '"rate": "3"' in line


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no line",
        b"{}\n",
        b"[]\nabc",
        pack_fingerprint(FILM)[:-9],
        pack_fingerprint(FILM).replace(b'"frames": 3', b'"frames": 4'),
        pack_fingerprint(FILM).replace(b'"frames": 3', b'"frames": -3'),
        pack_fingerprint(FILM).replace(b'"rate": "3"', b'"rate": "0"'),
        pack_fingerprint(FILM).replace(b'"rate": "3"', b'"rate": "1/0"'),
        # a stranger's file: no signs at all, and a length of which whoever compares it makes gigabytes
        pack_fingerprint(replace(NOTHING, duration_ms=134_217_728, rate=Fraction(1000))),
        pack_fingerprint(replace(NOTHING, duration_ms=86_400_001, rate=Fraction(1))),
        pack_fingerprint(FILM).replace(b'"version": 1', b'"version": 2'),
        pack_fingerprint(FILM).partition(b"\n")[0] + b"\n" + lzma.compress(bytes(1 << 28), preset=0),
    ],
)
def test_what_is_no_whole_fingerprint_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_fingerprint(content)


def test_a_day_at_60_frames_a_second_is_a_film() -> None:
    day = replace(NOTHING, duration_ms=86_400_000, rate=Fraction(60))
    assert parse_fingerprint(pack_fingerprint(day)) == day
