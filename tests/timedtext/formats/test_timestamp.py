from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.track import Format
from babelreel.timedtext.formats.timestamp import FORMS, read_time, render_time

EIGHT_HOURS_MS = 8 * 3_600_000


@pytest.mark.parametrize(
    ("format_", "ms", "written"),
    [
        (Format.SRT, 3_723_004, "01:02:03,004"),
        (Format.VTT, 3_723_004, "01:02:03.004"),
        (Format.ASS, 3_723_004, "1:02:03.00"),
        (Format.SSA, 59_999, "0:00:59.99"),
        (Format.ASS, 36_000_000, "10:00:00.00"),
        (Format.SRT, 360_000_000, "100:00:00,000"),
    ],
)
def test_each_format_writes_a_time_in_its_own_way(format_: Format, ms: int, written: str) -> None:
    assert render_time(ms, FORMS[format_]) == written


@given(st.sampled_from(sorted(FORMS)), st.integers(min_value=0, max_value=EIGHT_HOURS_MS))
def test_a_time_is_read_back_as_it_was_written_without_a_fault(format_: Format, ms: int) -> None:
    time = read_time(render_time(ms, FORMS[format_]), 0, line=1, form=FORMS[format_])
    assert time is not None
    assert time.faults == ()
    assert time.ms == (ms if format_ in (Format.SRT, Format.VTT) else ms // 10 * 10)
