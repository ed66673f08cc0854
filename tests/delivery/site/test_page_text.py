from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.delivery.site.page_text import (
    Line,
    lines_of,
    paragraphs_of,
    render_clock,
    render_duration,
    render_script_json,
    render_seconds,
    render_size,
)
from babelreel.delivery.site.words import words_for
from babelreel.languages.find import find_language
from babelreel.model.timecode import Span
from babelreel.model.track import Cue

FR, ZH, AR = find_language("fr"), find_language("zh-Hans"), find_language("ar")


def cue(*lines: str) -> Cue:
    return Cue(number=1, span=Span(start_ms=0, end_ms=1000), lines=lines)


def said(*lines: tuple[int, int, str]) -> list[Line]:
    return [Line(start_ms=start, end_ms=end, text=text) for start, end, text in lines]


@pytest.mark.parametrize(
    ("time_ms", "clock"), [(0, "0:00"), (59_999, "0:59"), (83_000, "1:23"), (3_723_000, "1:02:03"), (-5, "0:00")]
)
def test_a_clock_shows_whole_seconds(time_ms: int, clock: str) -> None:
    assert render_clock(time_ms) == clock


@pytest.mark.parametrize(("time_ms", "seconds"), [(0, "0"), (600, "0.6"), (83_000, "83"), (1_001, "1.001")])
def test_seconds_are_exact(time_ms: int, seconds: str) -> None:
    assert render_seconds(time_ms) == seconds


@pytest.mark.parametrize(
    ("size", "tag", "text"),
    [
        (1, "en", "1 kB"),
        (34_500, "en", "35 kB"),
        (4_210_000, "fr", "4,2 Mo"),
        (999_999, "de", "1000 kB"),
        (15_450_000, "bg", "15,5 МБ"),
    ],
)
def test_sizes_are_said_as_people_of_the_language_do(size: int, tag: str, text: str) -> None:
    assert render_size(size, words_for(find_language(tag))) == text.replace(" ", "\u00a0")


def test_a_duration_is_rounded_to_the_second() -> None:
    assert render_duration(74_500, words_for(find_language("en"))) == "1:15\u00a0min"


def test_lines_of_a_cue_become_one_with_a_space_where_the_language_has_spaces() -> None:
    assert [line.text for line in lines_of([cue("Tu es", "ici.")], FR)] == ["Tu es ici."]
    assert [line.text for line in lines_of([cue("你好，", "世界。")], ZH)] == ["你好，世界。"]


def test_no_number_breaks_at_the_end_of_a_line() -> None:
    said = cue("Appelle le 116 000", "ou le +32 2 555 12 34.")
    whole = "Appelle le 116\u00a0000 ou le +32\u00a02\u00a0555\u00a012\u00a034."
    lines = lines_of([said], FR)
    assert [line.text for line in lines] == [whole]
    assert [line.text for line in paragraphs_of(lines, FR)] == [whole]


def test_the_isolate_around_a_line_is_taken_off_and_one_inside_stays() -> None:
    number = "\u2067رقم \u2066116 000\u2069\u2069"
    two = "\u2067ا\u2069 \u2067ب\u2069"  # two isolates, and none around both
    assert [line.text for line in lines_of([cue(number), cue(two)], AR)] == ["رقم \u2066116\u00a0000\u2069", two]


def test_a_cue_without_text_is_no_line() -> None:
    assert lines_of([cue(" "), cue()], FR) == ()


def test_lines_become_paragraphs_with_the_times_of_what_is_in_them() -> None:
    lines = said((0, 1000, "Un."), (1100, 2000, "Deux"), (2500, 5000, "trois."), (7500, 8000, "Quatre."))
    assert paragraphs_of(lines, FR) == tuple(said((0, 5000, "Un. Deux trois."), (7500, 8000, "Quatre.")))


@given(st.text(st.characters()))
def test_json_for_scripts_says_the_same_and_cannot_end_the_script(text: str) -> None:
    written = render_script_json([text])
    assert written.encode("utf-8")  # halves of characters are written as numbers
    assert not set("<>&'\u2028\u2029\u202e\u2066") & set(written)
    assert json.loads(written)[0].encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")
