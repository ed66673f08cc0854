"""Do lines of two languages stand beside each other that are shown at the same time, each of them once?"""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from babelreel.delivery.side_by_side import rows_of
from support.tracks import cue


def texts(first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    rows = rows_of([cue(*each) for each in first], [cue(*each) for each in second])
    return [("/".join(one.text for one in row.first), "/".join(one.text for one in row.second)) for row in rows]


def test_lines_of_the_same_time_stand_beside_each_other() -> None:
    ours = [(0, 2000, "Een"), (2100, 4000, "Twee")]
    assert texts(ours, [(100, 2000, "Un"), (2000, 4200, "Deux")]) == [("Een", "Un"), ("Twee", "Deux")]


def test_a_line_that_stands_for_two_stands_beside_both() -> None:
    assert texts([(0, 4000, "Een en twee")], [(0, 2000, "Un"), (2100, 4000, "Deux")]) == [("Een en twee", "Un/Deux")]
    assert texts([(0, 2000, "Een"), (2100, 4000, "Twee")], [(0, 4000, "Un et deux")]) == [("Een/Twee", "Un et deux")]


def test_lines_that_only_touch_do_not_belong_together() -> None:
    assert texts([(0, 2000, "Een")], [(1700, 4000, "Un")]) == [("Een", ""), ("", "Un")]


def test_what_is_said_in_one_language_alone_has_a_row_of_its_own_at_its_time() -> None:
    ours = [(0, 1000, "Een"), (4000, 5000, "Drie")]
    assert texts(ours, [(2000, 3000, "Deux"), (4000, 5000, "Trois")]) == [("Een", ""), ("", "Deux"), ("Drie", "Trois")]


def test_a_cue_without_text_is_no_line() -> None:
    assert texts([(0, 1000, " ")], [(0, 1000, "Un")]) == [("", "Un")]


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=12)


@given(first=SPANS, second=SPANS)
def test_every_line_stands_in_one_row_and_each_side_runs_on(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    ours, theirs = (
        [cue(100 * start, 100 * (start + length), "x", number=place) for place, (start, length) in enumerate(spans)]
        for spans in (first, second)
    )
    rows = rows_of(ours, theirs)
    for cues, side in (
        (ours, [each for row in rows for each in row.first]),
        (theirs, [e for r in rows for e in r.second]),
    ):
        assert Counter(each.number for each in side) == Counter(each.number for each in cues)
