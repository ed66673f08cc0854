from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.film.cells import Cell
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.style import Style
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, DrawnCue
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.typeface import choose_font

LAYOUT = Layout(
    language=find_language("en"),
    frame=Frame(width_px=640, height_px=360, rate=Fraction(25)),
    style=Style(),
    font=choose_font(find_language("en"), None),
    type_size=Fraction(1, 15),
)


def cue(number: int, first: int, end: int, body: str = "") -> DrawnCue:
    return DrawnCue(number=number, first=first, end=end, body=body or f"cue {number}")


def drawing(*cues: DrawnCue) -> Drawing:
    return Drawing(layout=LAYOUT, cues=cues)


def cut(first: int, end: int, *cues: DrawnCue) -> CellText | None:
    (text,) = cut_drawing(drawing(*cues), [Cell(first=first, end=end)])
    return text


def shown(text: CellText | None) -> tuple[int, list[object]]:
    assert text is not None
    return text.lead, [list(each) for each in text.facts]  # type: ignore[arg-type]


def test_a_cell_that_shows_no_cue_has_no_text() -> None:
    cues = (cue(1, 0, 100), cue(2, 200, 300))
    assert cut(100, 200, *cues) is None  # a cue that ends on the first frame of a cell is not seen in it
    assert cut(99, 200, *cues) is not None
    assert cut(100, 201, *cues) is not None


def test_a_cue_is_cut_off_at_the_borders_of_its_cell() -> None:
    over_three_cells = cue(1, 50, 350)
    assert shown(cut(0, 100, over_three_cells)) == (0, [[50, 100, "cue 1"]])
    assert shown(cut(100, 200, over_three_cells)) == (0, [[0, 100, "cue 1"]])
    assert shown(cut(200, 400, over_three_cells)) == (0, [[0, 150, "cue 1"]])


@pytest.mark.parametrize(
    ("cell", "cues", "frame"),
    [
        ((0, 100), (cue(1, 20, 31),), 25),
        ((0, 100), (cue(1, 20, 31), cue(2, 50, 71)), 60),  # the longer one
        ((100, 200), (cue(1, 20, 111),), 5),  # what lies in the cell is 100 to 110
        ((100, 200), (cue(1, 20, 111), cue(2, 90, 121)), 10),  # the overlap is drawn from frame 20 on, 80 before it
        ((0, 100), (cue(1, 20, 31, "{\\an8}…"), cue(2, 50, 51, "A")), 50),
        ((0, 100), (cue(1, 20, 31, "{\\i1}\u200b{\\i0}\\N\u3164"),), None),  # nothing that is sure to be seen
    ],
)
def test_text_is_looked_for_in_the_middle_of_the_longest_cue_with_letters(
    cell: tuple[int, int], cues: tuple[DrawnCue, ...], frame: int | None
) -> None:
    text = cut(*cell, *cues)
    assert text is not None
    assert text.shown == frame


def test_overlapping_cues_are_drawn_from_where_the_overlap_began() -> None:
    # 1 pushes 2 up; 2 stays there after 1 has gone
    assert shown(cut(100, 200, cue(1, 60, 90), cue(2, 80, 150))) == (40, [[0, 30, "cue 1"], [20, 90, "cue 2"]])


def test_an_overlap_that_begins_later_needs_nothing_from_before() -> None:
    assert shown(cut(100, 200, cue(1, 60, 250), cue(2, 200, 300))) == (0, [[0, 100, "cue 1"]])


def test_a_cue_beside_an_overlap_is_not_drawn_before_its_time() -> None:
    text = cut(100, 200, cue(1, 60, 90), cue(2, 80, 150), cue(3, 150, 190))
    assert shown(text) == (40, [[0, 30, "cue 1"], [20, 90, "cue 2"], [90, 130, "cue 3"]])


def test_neither_numbers_nor_the_place_in_the_film_change_what_is_drawn() -> None:
    here, there = cut(100, 200, cue(1, 120, 140, "a")), cut(1100, 1200, cue(7, 1120, 1140, "a"))
    assert here
    assert there
    assert (here.document, here.facts, here.lead) == (there.document, there.facts, there.lead)
    assert (here.numbers, there.numbers) == ((1,), (7,))


def test_a_cue_that_moves_in_another_cell_changes_nothing_in_this_one() -> None:
    assert cut(100, 200, cue(1, 50, 150)) == cut(100, 200, cue(1, 70, 150))
    assert cut(100, 200, cue(1, 150, 250)) == cut(100, 200, cue(1, 150, 220))


CUES = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80)), max_size=12).map(
    lambda pairs: tuple(
        cue(number, first, first + length) for number, (first, length) in enumerate(sorted(pairs), start=1)
    )
)


@given(CUES, st.lists(st.integers(1, 399), unique=True, max_size=6))
def test_each_frame_shows_the_same_cues_as_in_the_whole_film(cues: tuple[DrawnCue, ...], cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), 400]
    cells = [Cell(first=first, end=end) for first, end in pairwise(edges)]
    for cell, text in zip(cells, cut_drawing(drawing(*cues), cells), strict=True):
        for frame in range(cell.first, cell.end):
            place = frame - cell.first + (text.lead if text else 0)
            facts = text.facts if text else ()
            seen = [body for first, end, body in facts if first <= place < end]  # type: ignore[misc, str-unpack, operator]
            assert seen == [each.body for each in cues if each.first <= frame < each.end]


@given(CUES, st.integers(0, 300), st.integers(1, 100))
def test_the_frames_before_a_cell_show_all_that_was_seen_there_of_an_overlap(
    cues: tuple[DrawnCue, ...], first: int, length: int
) -> None:
    text = cut(first, first + length, *cues)
    assume(text and text.lead)
    assert text
    history = [each for each in cues if each.first < first + length and each.end > first - text.lead]
    assert set(text.numbers) == {each.number for each in history}
    # the overlap begins with the lead: one frame earlier nothing of it is seen
    assert min(each.first for each in history) == first - text.lead


@pytest.mark.parametrize("moved", [(120, 150), (121, 150), (120, 151)])
def test_one_frame_more_or_less_is_another_text(moved: tuple[int, int]) -> None:
    same = cut(100, 200, cue(1, *moved)) == cut(100, 200, cue(1, 120, 150))
    assert same is (moved == (120, 150))
