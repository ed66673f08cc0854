"""Do the readers and the rules about bytes and form keep their promises for any file?"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import PIECES, SEEDS, damage, damaged_bytes
from reader_laws import LANGUAGES, check_file, check_fixes

TAGS = st.sampled_from(sorted(LANGUAGES))


@pytest.mark.parametrize("path", SEEDS)
@settings(deadline=None, max_examples=60)
@given(data=st.binary(max_size=200), tag=TAGS)
def test_any_bytes(path: str, data: bytes, tag: str) -> None:
    check_file(data, path=path, tag=tag)


@pytest.mark.parametrize("path", SEEDS)
@settings(deadline=None, max_examples=100)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40), tag=TAGS)
def test_any_pieces(path: str, pieces: list[str], tag: str) -> None:
    check_file("".join(pieces).encode(), path=path, tag=tag)
    check_fixes("".join(pieces), path=path, tag=tag)


@pytest.mark.parametrize("path", SEEDS)
@settings(deadline=None, max_examples=100)
@given(seed=st.integers(0, 2**32), tag=TAGS)
def test_any_damage(path: str, seed: int, tag: str) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage, not a secret
    text = damage(SEEDS[path], chance)
    check_file(damaged_bytes(text, chance), path=path, tag=tag)
    check_fixes(text, path=path, tag=tag)
