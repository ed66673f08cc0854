from __future__ import annotations

from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.media.sound.heard import clipping
from babelreel.media.sound.heard.clipping import measure_height
from support.sounds import convert, heard, tone, write_wave

TOP, LOW = 32_767, -32_768


def clipped(path: Path, samples: list[int]) -> int:
    path.write_bytes(np.array(samples, dtype="<i2").tobytes())
    return measure_height(path, channels=1, bit_depth=16, is_whole=True).clipped


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ([], 0),
        ([TOP, TOP], 0),
        ([TOP, TOP, TOP], 3),
        ([0, LOW, LOW, LOW, LOW, 0], 4),
        ([TOP, TOP, LOW, LOW], 0),  # two runs of two
        ([TOP, TOP, TOP, LOW, LOW, LOW], 6),
        ([TOP - 1] * 9, 0),
        ([-TOP] * 3, 3),  # many programs do not use the last number below
        ([TOP, 0, TOP, 0, TOP], 0),
    ],
)
def test_three_samples_in_a_row_at_full_scale_are_clipped(tmp_path: Path, samples: list[int], expected: int) -> None:
    assert clipped(tmp_path / "a.raw", samples) == expected


@given(samples=st.lists(st.sampled_from((TOP, LOW, 0)), max_size=60), step=st.integers(min_value=2, max_value=9))
def test_where_pieces_end_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, samples: list[int], step: int
) -> None:
    runs = [(value, len(list(group))) for value, group in groupby(samples)]
    expected = sum(length for value, length in runs if value and length >= 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clipping, "_STEP", step)
        assert clipped(tmp_path_factory.getbasetemp() / "a.raw", samples) == expected


def test_channels_are_counted_each_for_itself(tmp_path: Path) -> None:
    (tmp_path / "a.raw").write_bytes(np.array([[TOP, 0], [0, TOP], [TOP, 0], [0, TOP]], dtype="<i2").tobytes())
    assert measure_height(tmp_path / "a.raw", channels=2, bit_depth=16, is_whole=True).clipped == 0


@pytest.mark.parametrize(
    ("name", "words"), [("a.flac", ("-sample_fmt", "s32")), ("a.flac", ()), ("a.wav", ("-c:a", "pcm_u8"))]
)
def test_full_scale_is_that_of_the_files_own_numbers(tmp_path: Path, name: str, words: tuple[str, ...]) -> None:
    # 24 bits that are cut off at the top, and the same at a fifth less
    cut = np.clip(tone(0.1, hz=100, height=2), -1, 1)
    source = write_wave(tmp_path / "source.wav", cut, byte_count=3)
    lower = write_wave(tmp_path / "lower.wav", cut * 0.8, byte_count=3)
    assert heard(convert(source, tmp_path / name, *words)).clipped > 2000
    assert heard(convert(lower, tmp_path / f"lower-{name}", *words)).clipped == 0
