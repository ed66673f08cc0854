"""Does what moves fit into a terminal, and does it say what a volunteer has to know?"""

from __future__ import annotations

from fractions import Fraction

import pytest
from rich.cells import cell_len

from babelreel.model.film.change.film_match import Basis, Doubt, FilmMatch, FoundPart
from babelreel.model.film.change.time_map import Fate, Stretch
from babelreel.model.retiming import MovedLine, MovedTrack, MovePlan, Unmoved
from babelreel.model.timecode import Span
from babelreel.report.console.retime.film_match import render_match
from babelreel.report.console.retime.moves import render_moves

OLD = Span(start_ms=8000, end_ms=11_000)
TEXTS = {
    "fr": "Vous avez le droit de parler à un avocat,\nmême si vous n’avez pas d’argent pour le payer.",
    "ar": "لديك الحق في التحدث إلى محامٍ حتى لو لم يكن لديك المال لتدفع له،\nوهذا مجاني لك ولعائلتك.",
    "zh-Hans": "即使你没有钱支付律师费，你也有权与律师交谈，这对你和你的家人都是免费的，请记住。",
}


def line(number: int, text: str, fate: Fate) -> MovedLine:
    new = {
        Fate.LOST: None,
        Fate.WHOLE: OLD,
    }.get(fate, Span(start_ms=8000, end_ms=9600))
    return MovedLine(number=number, text=text, old=OLD, new=new, fate=fate)


def track(tag: str, *lines: MovedLine, ending: str = "srt") -> MovedTrack:
    return MovedTrack(language=tag, path=f"subtitles/{tag}.{ending}", lines=lines)


@pytest.mark.parametrize("tag", TEXTS)
@pytest.mark.parametrize("fate", [Fate.CLIPPED, Fate.CUT, Fate.LOST])
def test_a_line_of_which_a_part_is_gone_fits_into_80_columns_with_its_text(tag: str, fate: Fate) -> None:
    moved = track(tag, line(1, "Oui.", Fate.WHOLE), line(1204, TEXTS[tag], fate), line(1205, "Non.", Fate.WHOLE))
    shown = render_moves(MovePlan(tracks=(moved,)))
    assert max(cell_len(row) for row in shown.splitlines()) <= 80
    assert f"{tag} line 1204 is " in shown
    # more than half of a row is left for the text
    assert TEXTS[tag].split("\n")[0][:30] in shown


def test_a_text_stands_in_the_row_of_its_line_or_in_the_next() -> None:
    shown = render_moves(MovePlan(tracks=(track("fr", line(2, "Appelle\nle 112.", Fate.CUT)),)))
    assert "fr line 2 is cut in two, and stays from 00:00:08.000 to 00:00:09.600:\n  “Appelle / le 112.”\n" in shown
    shown = render_moves(MovePlan(tracks=(track("fr", line(2, "Appelle\nle 112.", Fate.CLIPPED)),)))
    assert "fr line 2 is shortened (00:00:08.000 to 00:00:09.600): “Appelle / le 112.”\n" in shown


def test_what_else_stays_fits_too() -> None:
    plan = MovePlan(
        tracks=(),
        unmoved=(Unmoved(path="subtitles/pt-BR.ttml", why="times of TTML cannot be written anew, " * 3),),
        takes=("video/stems/fr/takes.toml",),
        recordings=("video/stems/me.flac",),
    )
    shown = render_moves(plan)
    assert max(map(len, shown.splitlines())) <= 80
    assert "no longer fits: video/stems/me.flac, a sound as long as the\n  film\n" in shown


@pytest.mark.parametrize(
    ("fates", "ending", "is_told"),
    [
        ((Fate.WHOLE, Fate.LOST, Fate.WHOLE), "srt", True),
        ((Fate.WHOLE, Fate.LOST, Fate.WHOLE), "vtt", False),
        ((Fate.LOST, Fate.WHOLE, Fate.CLIPPED), "srt", False),
        ((Fate.WHOLE, Fate.LOST, Fate.LOST), "srt", False),
        ((Fate.LOST, Fate.LOST), "srt", False),
        ((Fate.WHOLE, Fate.WHOLE), "srt", False),
    ],
    ids=["between two", "no numbers", "the first", "the last", "all", "none"],
)
def test_that_numbers_will_be_missing_is_told_where_it_is_so(
    *, fates: tuple[Fate, ...], ending: str, is_told: bool
) -> None:
    lines = (line(number, "Oui.", fate) for number, fate in enumerate(fates, start=1))
    shown = render_moves(MovePlan(tracks=(track("fr", *lines, ending=ending),)))
    assert ("check --fix" in shown) == is_told
    assert max(map(len, shown.splitlines())) <= 80


def test_the_table_of_two_films_fits_too() -> None:
    part = FoundPart(
        stretch=Stretch(old=Span(start_ms=0, end_ms=100_000), new_start_ms=5000, rate=Fraction(25, 24)),
        basis=Basis.BOTH,
        doubts=tuple(Doubt),
        end_slack_ms=400,
    )
    match = FilmMatch(old_ms=200_000, new_ms=200_000, parts=(part,))
    doubtful = [(tag, line(1204, text, Fate.WHOLE)) for tag, text in TEXTS.items()]
    shown = render_match(match, doubtful)
    assert max(cell_len(row) for row in shown.splitlines()) <= 80
    assert "the new film shows and says something else here\n" in shown
    assert all(f"not sure: {tag} line 1204" in shown for tag in TEXTS)
