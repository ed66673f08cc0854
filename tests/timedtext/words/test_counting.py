from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.model.language import Counting
from babelreel.timedtext.words.counting import count_halves, count_words

SILENT = {
    *map(chr, (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, *range(0x64B, 0x654), *range(0x200B, 0x2010))),
    *map(chr, (*range(0x2028, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF)),
}

#: Letters, marks and signs that meet in subtitles, and those that make clusters of several characters.
INGREDIENTS = st.one_of(
    st.sampled_from("aéșệЯїءبیه你好，。“…–¡°·한가กำन्मि🙂©"),
    st.sampled_from([" ", "\n", "\r\n", "\t", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u2066", "\u2069"]),
    st.sampled_from(["\u0301", "\u0323", "\u064b", "\u0651", "\u0654", "\u0670", "\u20dd", "\ufe0f", "🏽", "🇧", "🇪"]),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.lists(INGREDIENTS, max_size=12).map("".join)


def slowly(text: str, counting: Counting) -> int:
    """Count as the definition says, character by character."""
    halves = 0
    for cluster in regex.findall(r"\X", unicodedata.normalize("NFC", text)):
        if all(character in SILENT for character in cluster):
            continue
        kind = unicodedata.east_asian_width(cluster[0])
        is_wide = kind in {"W", "F"} or (kind == "A" and not cluster[0].isalpha())
        halves += 1 if counting is Counting.EAST_ASIAN and not is_wide else 2
    return halves


@settings(deadline=None, max_examples=400)
@given(TEXTS, st.sampled_from(Counting))
def test_every_text_is_counted_as_the_definition_says(text: str, counting: Counting) -> None:
    assert count_halves(text, counting) == slowly(text, counting)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(Counting))
def test_no_text_has_more_characters_than_code_points(text: str, counting: Counting) -> None:
    assert count_halves(text, counting) <= 2 * len(text)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(Counting))
def test_it_does_not_matter_how_accents_are_typed(text: str, counting: Counting) -> None:
    assert count_halves(unicodedata.normalize("NFD", text), counting) == count_halves(text, counting)


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        ("Bel 112.", 8),
        ("Où dors-tu ?", 12),
        ("One\nTwo", 6),
        ("Nguye\u0302\u0303n", 6),
        ("مُتَرْجِم", 5),  # with its four vowel signs
        ("می\u200cکند", 5),
        ("\u2066116 000\u2069.", 8),
        ("\u064b", 0),
        ("👨\u200d👩\u200d👧", 1),
        ("🇧🇪", 1),
        ("हिन्दी", 2),
        ("你未满18岁。", 7),
    ],
)
def test_what_a_reader_takes_for_one_character_is_one(text: str, characters: int) -> None:
    assert count_halves(text) == 2 * characters


@pytest.mark.parametrize(
    ("text", "halves"), [("你未满18岁。", 12), ("Child Focus：", 13), ("“好…”", 8), ("café", 4), ("é你", 3), ("A·B", 4)]
)
def test_in_chinese_half_width_characters_count_one_half(text: str, halves: int) -> None:
    assert count_halves(text, Counting.EAST_ASIAN) == halves


def test_a_megabyte_of_marks_is_counted() -> None:
    assert count_halves("e" + "\u0301" * 1_000_000) == 2
    assert count_words("…" * 1_000_000) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You are not alone.", 4),
        ("– Yes!\n– Why not?", 3),
        ("Call 116 000", 3),
        ("L’avocat est là.", 3),
        ("كيف حالك؟", 2),
        ("...", 0),
        ("", 0),
    ],
)
def test_a_word_stands_between_spaces_and_holds_a_letter_or_a_digit(text: str, words: int) -> None:
    assert count_words(text) == words


def test_flags_in_a_row_are_counted_two_letters_each_however_many_they_are() -> None:
    belgium = "\U0001f1e7\U0001f1ea"
    assert count_halves(belgium * 200_000) == 2 * 200_000  # in less than the four minutes that this took
    assert count_halves(belgium + belgium[0]) == 2 * 2  # half a flag is a character
    assert count_halves(f"a{belgium}\u0301{belgium * 2}b") == 2 * 5
