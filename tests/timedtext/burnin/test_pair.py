from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.film.cells import Cell
from babelreel.model.film.composition import SECOND_SHARE, compose
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame, Rung, fit_frame
from babelreel.model.style import Style
from babelreel.model.track import Align, Cue
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.pair import LaidPair, PlacedCue, edges_px, find_pair_misfits, lay_pair, room_px
from babelreel.timedtext.burnin.pair_cells import PairText, cut_pair
from babelreel.timedtext.burnin.pair_timing import SNAP_MS, ShownCue, shown_cues, snapped
from babelreel.timedtext.burnin.typeface import choose_font
from support.burned import BARE, EM_PX, TYPE_SIZE, WIDE, draw
from support.reference_drawing import Ink, crop, draw_line, likeness
from support.tracks import cue

RATE = Fraction(25)
#: As in test_drawing: the lines of the film's tracks score 0.815 and more there, wrong drawings up to 0.75.
ALIKE = 0.78
#: One line of each language that holds what is hard in it: marks, brackets, numbers, another script.
LINES = {
    "fr": "Où dors-tu ? Appelle le 116 000.",
    "en": "You’re safe – call 116 000.",
    "nl": "Je hebt één voogd: bel 116 000.",
    "de": "„Größe“: Übersetzer für Ärzte.",
    "vi": "Người giám hộ giúp em. Trở về?",
    "zh-Hans": "请打116 000，日夜都有人接。",
    "sq": "Sëmundje, plagë, çdo natë?",
    "ro": "Știi că ești în siguranță, țara?",
    "bg": "Настойникът ти помага: 116 000.",
    "pcm": "Ọ dey fọ yu? Ẹ no gree.",
    "ar": "اتصل بالرقم \u2066116 000\u2069.",
    "ps": "څوک ښه ږغ، ټول ډېر ګرځي.",
    "fa": "Child Focus با توست: می‌آید.",
}
PAIRS = [("ar", "fr"), ("ps", "nl"), ("zh-Hans", "vi"), ("fa", "ar"), ("fr", "en"), ("bg", "ro"), ("de", "zh-Hans")]


def layout(tag: str, rung: Rung | None = None, style: Style = BARE) -> Layout:
    """Lay text out for a rung, or for a picture in which the em of a first language is 32 pixels."""
    language = find_language(tag)
    return Layout(
        language=language,
        frame=fit_frame(rung, 1920, 1080, RATE) if rung else WIDE,
        style=style,
        font=choose_font(language, None),
        type_size=rung.type_size if rung else TYPE_SIZE,
        composition=compose(rung, 1920, 1080, is_pair=True) if rung else None,
    )


def laid(
    first: str, first_cues: Sequence[Cue], second: str, second_cues: Sequence[Cue], rung: Rung | None = None
) -> LaidPair:
    return lay_pair(layout(first, rung), first_cues, layout(second, rung), second_cues)


def text_of(pair: LaidPair, cell: Cell = Cell(first=0, end=25), mark: str = "") -> PairText:  # noqa: B008 - a value
    (text,) = cut_pair(pair, [cell], mark)
    assert text is not None
    return text


def drawn(text: PairText, folder: Path, frame: Frame = WIDE) -> Ink:
    """Draw the documents of a cell over one another, as a piece has them, and give its first frame."""
    *rest, last = text.documents
    folder.mkdir(exist_ok=True)
    for place, document in enumerate(rest):
        (folder / f"{place}.ass").write_text(document, encoding="utf-8")
    chain = [f"ass={place}.ass:fontsdir=fonts:shaping=complex" for place in range(len(rest))]
    (picture,) = draw(last, folder, frame, 1, ",".join(chain) or "null")
    return np.asarray(picture)


def inked_rows(picture: Ink) -> tuple[int, int]:
    rows = np.where((picture > 0.1).any(axis=1))[0]
    return int(rows.min()), int(rows.max())


def in_two(picture: Ink) -> tuple[Ink, Ink]:
    """Cut a picture of two lines where it is blank for the longest."""
    top, bottom = inked_rows(picture)
    rows = "".join(" x"[int(row.max() > 0.1)] for row in picture[top : bottom + 1])
    longest = max(rows.split("x"), key=len)
    assert longest, "the lines touch"
    cut = top + rows.index(longest)
    return picture[:cut], picture[cut:]


# --- what is seen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), PAIRS, ids="+".join)
def test_each_language_of_a_pair_looks_like_its_reference(first: str, second: str, tmp_path: Path) -> None:
    on_disk = {tag: LINES[tag].translate({0x2066: None, 0x2069: None}) for tag in (first, second)}
    pair = laid(first, [cue(0, 1000, on_disk[first])], second, [cue(0, 1000, on_disk[second])])
    above, below = in_two(drawn(text_of(pair), tmp_path))
    for tag, picture, em_px in ((first, below, EM_PX), (second, above, float(EM_PX * SECOND_SHARE))):
        language = find_language(tag)
        font = choose_font(language, None).path
        expected = draw_line(LINES[tag], font, em_px, is_rtl=language.is_rtl, language=tag)
        assert likeness(crop(picture), expected, wider=0.02) > ALIKE, tag


@pytest.mark.parametrize(("first", "second"), PAIRS, ids="+".join)
def test_four_lines_stand_apart_inside_of_the_margins(first: str, second: str, tmp_path: Path) -> None:
    rung = DEFAULT_RUNGS[-1]
    both = [[cue(0, 1000, LINES[tag], LINES[tag])] for tag in (first, second)]
    pair = lay_pair(layout(first, rung, Style()), both[0], layout(second, rung, Style()), both[1])
    frame = pair.first.frame
    text = text_of(pair)
    alone = [
        drawn(replace(text, documents=(document,)), tmp_path / str(place), frame)
        for place, document in enumerate(text.documents)
    ]
    (below_top, below_bottom), (above_top, above_bottom) = map(inked_rows, alone)
    assert above_bottom < below_top
    assert frame.height_px * 0.05 <= above_top
    assert below_bottom <= frame.height_px * 0.95
    columns = np.where((np.maximum(*alone) > 0.1).any(axis=0))[0]
    assert frame.width_px * 0.05 <= columns.min()
    assert columns.max() <= frame.width_px * 0.95


@pytest.mark.parametrize(("first", "second"), [("ro", "fr"), ("fr", "ro")])
def test_each_language_keeps_its_own_letter_forms(first: str, second: str, tmp_path: Path) -> None:
    """Romanian alone has commas where files have cedillas: the document of each language says which it is."""
    shown = [cue(0, 1000, "ţş")]
    above, below = in_two(drawn(text_of(laid(first, shown, second, shown)), tmp_path))
    for tag, picture, em_px in ((first, below, EM_PX), (second, above, float(EM_PX * SECOND_SHARE))):
        font = choose_font(find_language(tag), None).path
        comma, cedilla = (draw_line(text, font, em_px, is_rtl=False) for text in ("țș", "ţş"))
        is_comma = likeness(crop(picture), comma) > likeness(crop(picture), cedilla)
        assert is_comma == (tag == "ro"), tag


# --- where it stands --------------------------------------------------------------------------------------------------


def boxes(pair: LaidPair, frame: int) -> list[tuple[int, int]]:
    """Give the rows that each text which is seen in a frame takes."""
    low, high = edges_px(pair.first)
    seen = (*pair.below.seen(frame, frame + 1), *pair.above.seen(frame, frame + 1))
    return [
        (high + each.offset_px, high + each.reach_px) if each.at_top else (low - each.reach_px, low - each.offset_px)
        for each in seen
    ]


def overlap(pair: LaidPair, frame: int) -> bool:
    return any(one[0] < other[1] and other[0] < one[1] for one, other in combinations(boxes(pair, frame), 2))


@pytest.mark.parametrize("rung", [*DEFAULT_RUNGS[-2:], *EDITION_RUNGS], ids=lambda rung: rung.name)
def test_two_lines_of_any_two_languages_fit(rung: Rung) -> None:
    for first, second in permutations([each.tag for each in builtin_languages()], 2):
        texts = [[cue(0, 1000, LINES[tag], LINES[tag])] for tag in (first, second)]
        pair = laid(first, texts[0], second, texts[1], rung)
        assert list(find_pair_misfits(pair)) == [], (first, second)
        assert not overlap(pair, 0)
        assert [len(each.lines) for each in (*pair.below.cues, *pair.above.cues)] == [2, 2]
        assert max(box[1] for box in boxes(pair, 0)) - min(box[0] for box in boxes(pair, 0)) <= room_px(pair.first)


def test_the_first_language_is_below_and_larger() -> None:
    pair = laid("ps", [cue(0, 1000, "مرسته")], "nl", [cue(0, 1000, "Hulp")])
    (below, above) = boxes(pair, 0)
    assert above[1] < below[0]
    assert pair.second.type_size == pair.first.type_size * Fraction(4, 5)


def test_the_second_language_stays_where_it_is_while_the_first_one_changes() -> None:
    first = [cue(0, 1000, "Een"), cue(1000, 2000, "Twee", "regels"), cue(2000, 3000, "Drie")]
    pair = laid("nl", first, "fr", [cue(0, 3000, "Une phrase.")])
    assert len({boxes(pair, frame)[-1] for frame in (0, 30, 60)}) == 1
    assert not any(overlap(pair, frame) for frame in (0, 30, 60))
    assert len({box[0][1] for box in (boxes(pair, frame) for frame in (0, 30, 60))}) == 1


def test_a_text_that_is_shown_alone_stands_below() -> None:
    pair = laid("nl", [cue(0, 1000, "Een")], "fr", [cue(2000, 3000, "Deux")])
    assert boxes(pair, 0)[0][1] == boxes(pair, 60)[0][1] == edges_px(pair.first)[0]


def test_texts_at_the_top_stand_there_together() -> None:
    pair = laid("nl", [cue(0, 1000, "Een", align=Align.TOP)], "fr", [cue(0, 1000, "Un")])
    below, above = boxes(pair, 0)
    assert above[0] == edges_px(pair.first)[1]
    assert above[1] < below[0] < pair.first.frame.height_px // 2


def test_speakers_at_the_same_time_get_places_of_their_own() -> None:
    first = [cue(0, 2000, "Een"), cue(1000, 3000, "Twee")]
    pair = laid("nl", first, "fr", [cue(0, 2000, "Un"), cue(1000, 3000, "Deux")])
    assert len(boxes(pair, 30)) == 4
    assert not overlap(pair, 30)
    assert list(find_pair_misfits(pair)) == []


TEXTS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30), st.integers(1, 3), st.sampled_from([Align.BOTTOM, Align.TOP])),
    max_size=6,
)


def written(drawn_texts: list[tuple[int, int, int, Align]]) -> list[Cue]:
    return [
        cue(40 * first, 40 * (first + frames), *["x"] * lines, number=number, align=align)
        for number, (first, frames, lines, align) in enumerate(drawn_texts, start=1)
    ]


@given(first=TEXTS, second=TEXTS)
def test_no_texts_ever_overlap(
    first: list[tuple[int, int, int, Align]], second: list[tuple[int, int, int, Align]]
) -> None:
    pair = laid("nl", written(first), "fr", written(second))
    for timeline in (pair.below, pair.above):
        edge: PlacedCue
        for edge in timeline.cues:
            together = [
                *pair.below.seen(edge.shown.first, edge.shown.first + 1),
                *pair.above.seen(edge.shown.first, edge.shown.first + 1),
            ]
            for one, other in combinations([each for each in together if each.at_top == edge.at_top], 2):
                assert one.reach_px <= other.offset_px or other.reach_px <= one.offset_px


# --- when it is shown -------------------------------------------------------------------------------------------------


def spans(cues: Sequence[ShownCue]) -> list[tuple[int, int]]:
    return [each[:2] for each in cues]


def snap(second: Sequence[Cue], first: Sequence[Cue]) -> list[tuple[int, int]]:
    return spans(snapped(shown_cues(second, RATE), shown_cues(first, RATE), RATE))


def test_texts_that_change_at_nearly_the_same_time_change_together() -> None:
    first = [cue(1000, 3000, "Een"), cue(3080, 5000, "Twee")]
    assert snap([cue(920, 2880, "Un"), cue(3200, 5160, "Deux")], first) == [(25, 75), (77, 125)]


def test_texts_that_change_at_other_times_keep_them() -> None:
    assert snap([cue(1240, 2760, "Un")], [cue(1000, 3000, "Een")]) == [(31, 69)]


def test_a_line_that_stands_for_two_of_the_other_language_begins_and_ends_with_them() -> None:
    first = [cue(1000, 3000, "Een"), cue(3080, 5000, "Twee")]
    assert snap([cue(1080, 4920, "Un et deux")], first) == [(25, 125)]


SPANS = st.lists(st.tuples(st.integers(0, 3000), st.integers(10, 900)), max_size=8)


@given(own=SPANS, other=SPANS)
def test_nothing_moves_further_than_an_eye_sees(own: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    cues, to = (
        shown_cues([cue(start, start + length, "x") for start, length in times], RATE) for times in (own, other)
    )
    moved = snapped(cues, to, RATE)
    edges = {edge for each in to for edge in each[:2]}
    for before, after in zip(cues, moved, strict=True):
        assert after.first < after.end
        for old, new in zip(before[:2], after[:2], strict=True):
            assert new == old or (new in edges and abs(new - old) <= SNAP_MS * RATE / 1000)
    for (one, one_moved), (two, two_moved) in combinations(zip(cues, moved, strict=True), 2):
        if one.end <= two.first:
            assert one_moved.end <= two_moved.first


# --- what a cell shows ------------------------------------------------------------------------------------------------

CELLS = [Cell(first=first, end=first + 100) for first in (0, 100, 200, 300)]


def cut(first: Sequence[Cue], second: Sequence[Cue], mark: str = "") -> list[PairText | None]:
    return list(cut_pair(laid("nl", first, "fr", second), CELLS, mark))


def test_an_edited_text_changes_the_cells_that_show_it_and_no_others() -> None:
    first = [cue(0, 2000, "Een"), cue(4000, 6000, "Twee", number=2), cue(8500, 9000, "Drie", number=3)]
    second = [cue(0, 2000, "Un"), cue(3000, 6000, "Deux", number=2)]
    before = cut(first, second)
    edited = cut([first[0], cue(4000, 6000, "Twee!", number=2), first[2]], second)
    assert [one == other for one, other in zip(before, edited, strict=True)] == [True, False, True, True]
    # that of the other language is seen from the first cell on
    edited = cut(first, [second[0], cue(3000, 6000, "Deux !", number=2)])
    assert [one == other for one, other in zip(before, edited, strict=True)] == [False, False, True, True]


def test_a_cell_has_a_document_for_each_language_that_is_seen_in_it() -> None:
    texts = cut([cue(0, 1000, "Een"), cue(5000, 6000, "Twee")], [cue(0, 1000, "Un"), cue(9000, 9900, "Deux")])
    assert [len(text.documents) if text else 0 for text in texts] == [2, 1, 1, 0]


def test_the_same_texts_make_the_same_document_wherever_they_stand() -> None:
    early, late = (
        cut([cue(at + 40, at + 1000, "Een")], [cue(at + 40, at + 1000, "Un")])[at // 4000] for at in (0, 8000)
    )
    assert early is not None
    assert early == late


def test_a_draft_says_so_in_every_cell_above_all_texts(tmp_path: Path) -> None:
    first = [cue(0, 1000, "Een", align=Align.TOP)]
    texts = cut(first, [cue(0, 1000, "Un")], "DRAFT")
    assert all(text and "DRAFT" in text.documents[0] for text in texts)
    text, bare = texts[0], cut(first, [cue(0, 1000, "Un")])[0]
    assert text
    assert bare
    marked, plain = drawn(text, tmp_path / "marked"), drawn(bare, tmp_path / "plain")
    assert inked_rows(marked)[0] < inked_rows(plain)[0] + 40
    top, bottom = inked_rows(plain)
    height = inked_rows(marked)[1] - inked_rows(marked)[0] - (bottom - top)
    assert height > EM_PX / 2  # the word has a line of its own


# --- what does not fit ------------------------------------------------------------------------------------------------


def misfits(first: Sequence[Cue], second: Sequence[Cue]) -> list[tuple[str, int]]:
    return [(each.cue.lines[0], each.lines) for each in find_pair_misfits(laid("nl", first, "fr", second))]


def test_a_fifth_line_does_not_fit() -> None:
    three = [cue(0, 1000, "- Een", "- Twee", "- Drie")]
    assert misfits(three, [cue(0, 1000, "Un")]) == []
    assert misfits(three, [cue(0, 1000, "- Un", "- Deux")]) == [("- Een", 5), ("- Un", 5)]
    assert misfits(three, [cue(1040, 2000, "- Un", "- Deux")]) == []


def test_a_long_text_is_broken_into_as_few_lines_as_it_needs() -> None:
    pair = laid("fr", [cue(0, 1000, "Tu as", "des droits", "ici")], "nl", [])
    assert [line.text for line in pair.below.cues[0].lines] == ["Tu as des droits ici"]


def test_a_number_is_never_broken() -> None:
    long = "Appelle quand tu veux, de jour comme de nuit, le +32 2 555 12 34"
    (cue_laid,) = laid("fr", [cue(0, 1000, long)], "nl", []).below.cues
    assert len(cue_laid.lines) == 2
    assert cue_laid.lines[-1].text.replace("\u00a0", " ").endswith("+32 2 555 12 34")
