"""Can text be read in the colours of any brand?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.delivery.palette import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    Palette,
    dark_palette,
    light_palette,
)
from babelreel.model.colour import LEAST_CONTRAST, contrast


def worst(palette: Palette, grounds: tuple[str, ...]) -> float:
    """Give the lowest contrast of a text and a ground that pages put together."""
    return min(
        contrast(palette.on_band, palette.band),
        contrast(palette.on_accent, palette.accent),
        *(contrast(palette.accent, ground) for ground in (*grounds, palette.soft)),
    )


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known grey that just fails
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_every_colour_gives_text_that_can_be_read(colour: str) -> None:
    assert worst(light_palette(colour), LIGHT_GROUNDS) >= LEAST_CONTRAST
    assert worst(dark_palette(colour), DARK_GROUNDS) >= LEAST_CONTRAST


@pytest.mark.parametrize("colour", ["#777777", "#1cabe2", "#ffffff", "#000000", "#ffee00", "#fa481c", "#808080"])
def test_known_colours_too(colour: str) -> None:
    assert worst(light_palette(colour), LIGHT_GROUNDS) >= LEAST_CONTRAST
    assert worst(dark_palette(colour), DARK_GROUNDS) >= LEAST_CONTRAST


def test_a_colour_that_can_be_read_stays_what_it_is() -> None:
    assert light_palette("#0b5c6b").accent == "#0b5c6b"
    assert light_palette("#1cabe2").band == "#1cabe2"  # a band may be pale: the text on it is black
    assert light_palette("#1cabe2").on_band == "#000000"
