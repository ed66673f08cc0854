"""Does a film that is shown at another rate have the rate at which its frames stay frames?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from babelreel.media.matching.match_films import match_films
from babelreel.model.film.change.fingerprint import Fingerprint

SECONDS = 60
FRAMES, STEPS = 25 * SECONDS, 100 * SECONDS
SLOWER = Fraction(25, 24)


def wandering(chance: Random, count: int, bits: int, flips: int) -> list[int]:
    """Make signs of which neighbours are alike, as those of pictures and sounds are."""
    value, made = chance.getrandbits(bits), []
    for _ in range(count):
        for _ in range(flips):
            value ^= 1 << chance.randrange(bits)
        made.append(value)
    return made


def encoded_again(chance: Random, sign: int) -> int:
    """Change a tenth of the bits of a sound, as another encoder does."""
    return sum(1 << bit for bit in range(16) if chance.random() < 0.1) ^ sign


def packed(signs: Iterable[int]) -> bytes:
    return b"".join(sign.to_bytes(2, "big") for sign in signs)


@pytest.mark.parametrize("drift", [Fraction(3, 10_000), Fraction(4, 10_000)])
def test_a_sound_that_was_stretched_a_little_more_does_not_speak_for_a_neighbour_of_the_rate(drift: Fraction) -> None:
    """A film of 25 frames is shown at 24; its sound is 20 ms late at the end, and 1001/960 would have it 60 ms late."""
    chance = Random(0)  # noqa: S311 - no secret is made of it
    pictures, sounds = wandering(chance, FRAMES, 64, 2), wandering(chance, STEPS, 16, 1)
    old = Fingerprint(
        digest="old",
        duration_ms=1000 * SECONDS,
        rate=Fraction(25),
        pictures=b"".join(picture.to_bytes(8, "big") for picture in pictures),
        contrasts=bytes([90]) * FRAMES,
        sounds=packed(sounds),
        levels=bytes([80]) * STEPS,
    )
    later = [int(step / (SLOWER * (1 + drift))) for step in range(int(STEPS * SLOWER))]
    new = replace(
        old,
        digest="new",
        duration_ms=int(old.duration_ms * SLOWER),
        rate=Fraction(24),
        sounds=packed(encoded_again(chance, sounds[step]) for step in later),
        levels=bytes([80]) * len(later),
    )
    (part,) = match_films(old, new).parts
    assert part.stretch.rate == SLOWER
