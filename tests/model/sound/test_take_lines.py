"""Is each take heard where its words are, whatever was done to the lines since it was recorded?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.sound.recorded_text import RecordedText, spoken_form
from babelreel.model.sound.recordings import SoundInfo, Take
from babelreel.model.sound.take_lines import find_lines
from babelreel.model.timecode import Span
from babelreel.model.track import Cue

FOUR = ("Tu as des droits.", "Un médecin est gratuit.", "Appelle le 112.", "Tu peux aller à l’école.")


def cues(*texts: str, begin_ms: int = 1000) -> tuple[Cue, ...]:
    """Give lines that begin every two seconds, numbered from 1."""
    return tuple(
        Cue(
            number=number,
            span=Span(start_ms=begin_ms + 2000 * (number - 1), end_ms=begin_ms + 2000 * number - 500),
            lines=tuple(text.split("\n")),
        )
        for number, text in enumerate(texts, 1)
    )


def take(number: int, recorded: RecordedText | None) -> Take:
    return Take(line=number, sound=SoundInfo(path=f"video/stems/fr/{number:02}.wav"), recorded=recorded)


def takes_of(*texts: str) -> tuple[Take, ...]:
    """Give takes that were recorded for these lines."""
    return tuple(take(c.number, RecordedText(text=c.text, start_ms=c.span.start_ms)) for c in cues(*texts))


def found(takes: tuple[Take, ...], now: tuple[Cue, ...]) -> dict[int, str]:
    """Give what the line of each take says now, by the number in the take's name; "!" before a changed text."""
    numbered = {cue.number: cue for cue in reversed(now)}
    return {
        each.take.line: f"{'!' if each.is_changed else ''}{each.cue.text}" if each.cue else "-"
        for each in find_lines(takes, now, numbered)
    }


def test_a_line_that_is_put_in_moves_no_take_to_another_text() -> None:
    now = cues("Bienvenue.", *FOUR)
    assert found(takes_of(*FOUR), now) == dict(enumerate(FOUR, 1))


def test_a_line_that_is_taken_out_leaves_its_take_over_and_the_others_where_they_were() -> None:
    now = cues(FOUR[0], *FOUR[2:])
    assert found(takes_of(*FOUR), now) == {1: FOUR[0], 2: "-", 3: FOUR[2], 4: FOUR[3]}


def test_lines_that_change_places_take_their_takes_with_them() -> None:
    now = cues(FOUR[2], FOUR[0], FOUR[1], FOUR[3])
    assert found(takes_of(*FOUR), now) == dict(enumerate(FOUR, 1))


def test_a_changed_line_keeps_its_take_and_is_told_also_where_lines_were_put_in_above_it() -> None:
    changed = "Un médecin n’est pas gratuit."
    now = cues("Bienvenue.", "Écoute bien.", FOUR[0], changed, *FOUR[2:])
    assert found(takes_of(*FOUR), now) == {1: FOUR[0], 2: f"!{changed}", 3: FOUR[2], 4: FOUR[3]}


def test_a_line_with_other_words_in_the_place_of_an_old_one_is_another_line() -> None:
    now = cues(FOUR[0], "Où dormir ce soir ?", *FOUR[2:])
    assert found(takes_of(*FOUR), now)[2] == "-"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tu as des droits.", "Tu as\ndes droits ."),
        ("L'école est gratuite.", "L’école est gratuite"),
        ("« Bonjour »", "“bonjour”"),
        ("Appelez le 116\u00a0000.", "Appelez le 116\u202f000."),
        ("\u2067مرحبا\u2069", "مرحبا"),
        ("Caf\u0065\u0301", "Café"),
    ],
)
def test_what_is_not_heard_of_a_text_makes_no_other_text(before: str, after: str) -> None:
    assert spoken_form(before) == spoken_form(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tu as un avocat.", "Tu as un avocat ?"),
        ("Il faut 1.5 litres.", "Il faut 15 litres."),
        ("Appelle le 112.", "Appelle le 113."),
        ("C'est 5 €.", "C'est 5 %."),
        ("Il fait -5.", "Il fait 5."),
    ],
)
def test_what_is_heard_of_a_text_makes_another_text(before: str, after: str) -> None:
    assert spoken_form(before) != spoken_form(after)


def test_of_lines_that_say_the_same_each_keeps_its_own_take() -> None:
    before = ("Oui.", "Non.", "Oui.", "Merci.", "Oui.")
    now = cues("Bonjour.", *before)
    takes = takes_of(*before)
    places = {each.take.line: each.cue.number for each in find_lines(takes, now, {}) if each.cue}
    assert places == {1: 2, 2: 3, 3: 4, 4: 5, 5: 6}


def test_of_two_lines_that_say_the_same_the_one_that_was_recorded_keeps_its_take() -> None:
    # only the second "Oui." was recorded, at 5 s; both still begin when they did
    second = takes_of("Oui.", "Non.", "Oui.")[2:]
    (line,) = find_lines(second, cues("Oui.", "Non.", "Oui."), {})
    assert line.cue is not None
    assert line.cue.span.start_ms == 5000


def test_a_second_take_of_the_same_words_belongs_to_the_same_line() -> None:
    (one,) = takes_of("Oui.")
    both = (one, take(7, one.recorded))
    assert found(both, cues("Oui.", "Non.")) == {1: "Oui.", 7: "Oui."}


def test_a_take_that_is_heard_for_the_first_time_goes_by_its_number() -> None:
    assert found((take(2, None), take(9, None)), cues(*FOUR)) == {2: FOUR[1], 9: "-"}


def test_a_take_of_a_line_without_words_goes_by_its_number() -> None:
    takes = (take(2, RecordedText(text="…", start_ms=0)), take(3, RecordedText(text="", start_ms=0)))
    assert found(takes, cues("", "…", "Oui.")) == {2: "…", 3: "Oui."}
    assert spoken_form("") == ""


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.lists(st.integers(0, 8), max_size=4))
@settings(deadline=None)
def test_takes_of_lines_that_are_still_there_are_never_heard_in_another(
    order: list[int], gone: set[int], new: list[int]
) -> None:
    # texts that share no word: what is gone is not like what is there
    texts = tuple(f"{chr(0x4E00 + 40 * each) * 6}" for each in range(8))
    now = [texts[each] for each in order if each not in gone]
    for place, each in enumerate(new):
        now.insert(min(each, len(now)), f"{chr(0x3400 + place) * 5}")
    expected = {each + 1: "-" if each in gone else text for each, text in enumerate(texts)}
    assert found(takes_of(*texts), cues(*now)) == expected


def test_thousands_of_lines_that_say_the_same_are_matched_at_once() -> None:
    takes = takes_of(*["Oui."] * 3000)[::2]
    begun = time.process_time()
    assert all(each.cue for each in find_lines(takes, cues(*["Oui."] * 3000, begin_ms=1500), {}))
    assert time.process_time() - begun < 2
