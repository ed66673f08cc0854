"""Does a track read as sentences and paragraphs, with nothing lost and nothing added?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.timecode import Span
from babelreel.model.track import Cue
from babelreel.timedtext.words.paragraphs import Paragraph, lay_paragraphs


def cue(start_s: float, end_s: float, *lines: str) -> Cue:
    return Cue(number=1, span=Span(start_ms=int(start_s * 1000), end_ms=int(end_s * 1000)), lines=lines)


def lay(tag: str, *cues: Cue) -> tuple[Paragraph, ...]:
    return lay_paragraphs(cues, find_language(tag))


def texts(tag: str, *cues: Cue) -> list[str]:
    return [each.text for each in lay(tag, *cues)]


def sentences(tag: str, *cues: Cue) -> list[str]:
    return [sentence.text for each in lay(tag, *cues) for sentence in each.sentences]


def test_lines_and_cues_become_running_text() -> None:
    cues = cue(0, 2, "Appelle Child Focus", "au 116 000,"), cue(2, 4, "jour et nuit. C’est", "gratuit.")
    assert texts("fr", *cues) == ["Appelle Child Focus au 116 000, jour et nuit. C’est gratuit."]
    assert sentences("fr", *cues) == ["Appelle Child Focus au 116 000, jour et nuit.", "C’est gratuit."]


def test_a_sentence_knows_from_when_to_when_it_is_said() -> None:
    ((first, second),) = (each.sentences for each in lay("en", cue(1, 2, "You are"), cue(2, 4, "safe. Ask.")))
    assert (first.start_ms, first.end_ms, second.start_ms, second.end_ms) == (1000, 4000, 2000, 4000)


def test_a_pause_of_more_than_two_seconds_begins_a_paragraph() -> None:
    assert texts("en", cue(0, 1, "One."), cue(3, 4, "Two."), cue(6.001, 7, "Three.")) == ["One. Two.", "Three."]


def test_a_film_without_pauses_has_paragraphs_of_twelve_seconds_or_so_and_no_question_ends_one() -> None:
    cues = [cue(4 * n, 4 * n + 4, f"Sentence {n}.") for n in range(7)]
    assert [each.count(".") for each in texts("en", *cues)] == [3, 3, 1]
    cues[2] = cue(8, 12, "Are you in danger?")
    assert texts("en", *cues)[0] == "Sentence 0. Sentence 1. Are you in danger? Sentence 3."


def test_chinese_is_joined_without_spaces_but_latin_words_in_it_are_not() -> None:
    cues = cue(0, 2, "请打给Child", "Focus：116 000，", "日夜都有人接。"), cue(2, 4, "你并不孤单。")
    assert texts("zh-Hans", *cues) == ["请打给Child Focus：116 000，日夜都有人接。你并不孤单。"]
    assert sentences("zh-Hans", *cues)[1] == "你并不孤单。"


def test_signs_of_arabic_end_sentences_and_its_numbers_stay_in_order() -> None:
    found = sentences("ar", cue(0, 2, "هل أنت في خطر؟ اتصل بالرقم"), cue(2, 4, "116 000."))
    assert found == ["هل أنت في خطر؟", "اتصل بالرقم \u2066116 000\u2069."]


def test_a_sentence_does_not_end_inside_the_isolate_around_a_line() -> None:
    found = sentences("ar", cue(0, 2, "\u2067هل أنت في خطر؟ اتصل\u2069", "\u2067بالرقم \u2066116 000\u2069.\u2069"))
    assert found == ["هل أنت في خطر؟", "اتصل بالرقم \u2066116 000\u2069."]
    assert sentences("ps", cue(0, 2, "وړیا دی۔ ته حق لرې۔")) == ["وړیا دی۔", "ته حق لرې۔"]


def test_a_point_within_a_sentence_does_not_end_it() -> None:
    assert sentences("de", cue(0, 2, "Du bekommst z. B. ein Bett … und Essen. Gut.")) == [
        "Du bekommst z. B. ein Bett … und Essen.",
        "Gut.",
    ]


def test_a_text_without_any_sign_has_paragraphs_all_the_same() -> None:
    cues = [cue(5 * n, 5 * n + 5, f"words{n}") for n in range(20)]
    found = texts("en", *cues)
    assert " ".join(found) == " ".join(f"words{n}" for n in range(20))
    assert max(len(each.split()) for each in found) <= 6


def test_cues_are_read_by_their_times_and_empty_ones_left_out() -> None:
    assert texts("en", cue(4, 5, "Last."), cue(2, 3, " ", ""), cue(0, 2, "First.")) == ["First. Last."]
    assert lay("en") == ()


WORDS = st.text(st.sampled_from("ab.?!… \n"), max_size=12)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9), WORDS), max_size=12))
def test_no_word_is_lost_or_added(cues: list[tuple[int, int, str]]) -> None:
    made = [cue(start, start + length, *text.split("\n")) for start, length, text in cues]
    words = [word for each in sorted(made, key=lambda each: each.span) for line in each.lines for word in line.split()]
    paragraphs = lay("en", *made)
    assert [word for each in paragraphs for word in each.text.split()] == words
    for each in paragraphs:
        assert each.text == " ".join(sentence.text for sentence in each.sentences)


def test_two_sentences_that_run_the_other_way_stay_in_their_order() -> None:
    assert texts("ar", cue(0, 2, "Hello! How are you?"), cue(2, 4, "اتصل بنا.")) == [
        "\u2066Hello! How are you?\u2069 اتصل بنا."
    ]


def test_the_number_of_a_list_ends_no_sentence() -> None:
    assert sentences("en", cue(0, 2, "1. Guardian."), cue(2, 4, "2. Doctor.")) == ["1. Guardian.", "2. Doctor."]
    assert sentences("en", cue(0, 2, "I am 5. He is 6.")) == ["I am 5.", "He is 6."]
