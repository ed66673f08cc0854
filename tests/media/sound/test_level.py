"""Does the search for a level go where it should, and come to an end?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.media.sound.level import Level, first_level, next_level, peak_after
from babelreel.media.sound.loudness import Loudness
from babelreel.model.sound.recordings import LOUDNESS_TARGETS, LoudnessTarget

WEB = LOUDNESS_TARGETS[0]


def loudness(lufs: str | None, peak: str | None) -> Loudness:
    return Loudness(
        lufs=None if lufs is None else Decimal(lufs), range_lu=None, peak_dbtp=None if peak is None else Decimal(peak)
    )


def level(gain: str, ceiling: str | None = None) -> Level:
    return Level(gain_db=Decimal(gain), ceiling_dbtp=None if ceiling is None else Decimal(ceiling))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (loudness("-23.4", "-10"), level("7.4")),
        (loudness("-9", "3"), level("-7")),
        (loudness("-23.4", "-8.9"), level("7.4")),  # -1.5 is not beyond the ceiling
        (loudness("-23.4", "-8.8"), level("7.4", "-1.5")),
        (loudness("-50", "-40"), level("24")),
        (loudness(None, None), level("0")),
        (loudness(None, "-60"), level("0")),
        (loudness(None, "0.2"), level("0", "-1.5")),
    ],
)
def test_the_first_level_brings_loudness_to_the_target_and_peaks_under_the_ceiling(
    source: Loudness, wanted: Level
) -> None:
    assert first_level(source, WEB, 24) == wanted


@pytest.mark.parametrize(
    ("before", "result", "wanted"),
    [
        (level("7.4", "-1.5"), loudness("-16.3", "-1.05"), None),
        (level("7.4", "-1.5"), loudness("-17", "-1.2"), level("8.4", "-1.5")),
        # -0.7 is 0.3 too high, 0.05 for other meters and 0.1 to be sure
        (level("7.4", "-1.5"), loudness("-16", "-0.7"), level("7.4", "-1.95")),
        (level("7.4", "-1.5"), loudness("-16", "-1"), level("7.4", "-1.65")),
        (level("24", "-1.5"), loudness("-18", "-1.2"), None),  # there is no more gain
        (level("24", "-1.5"), loudness("-18", "-0.9"), level("24", "-1.75")),
    ],
)
def test_the_next_level_makes_up_for_what_was_missed(before: Level, result: Loudness, wanted: Level | None) -> None:
    assert next_level(before, loudness("-23.4", "-4"), result, WEB, 24) == wanted


def test_a_peak_that_only_the_encoder_made_calls_for_a_limiter() -> None:
    # -1.6 is under the ceiling of -1.5, and came out at -0.8: the next is 0.2 + 0.05 + 0.1 under -1.6
    assert next_level(level("7.4"), loudness("-23.4", "-9"), loudness("-16", "-0.8"), WEB, 24) == level("7.4", "-1.95")


tenths = st.integers(-900, 200).map(lambda value: Decimal(value) / 10)


@given(lufs=tenths, peak=tenths, target=st.sampled_from(LOUDNESS_TARGETS))
def test_no_first_level_lets_a_peak_pass_or_gives_more_than_the_most(
    lufs: Decimal, peak: Decimal, target: LoudnessTarget
) -> None:

    source = Loudness(lufs=lufs, range_lu=None, peak_dbtp=peak)
    found = first_level(source, target, 24)
    ceiling = found.ceiling_dbtp
    assert found.gain_db <= 24
    assert (peak_after(source, found) if ceiling is None else ceiling) <= Decimal("-1.5")
