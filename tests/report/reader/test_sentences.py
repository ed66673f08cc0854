"""Is an English text found again as the sentence that it was made of?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.report.reader.catalogue import Catalogue, Message, read_catalogue, write_catalogue
from babelreel.report.reader.sentences import Sentences

HEADER = "Language: fr\nPlural-Forms: nplurals=2; plural=(n > 1);\n"


def french(*messages: Message) -> Sentences:
    return Sentences(Catalogue(messages=messages, head="", header=HEADER))


def one(english: str, other: str) -> Message:
    return Message(english=english, forms=(other,))


LINES = Message(english="{number} line", plural="{number} lines", forms=("{number} ligne", "{number} lignes"))
LATE = one("“{text}” stays for {time}, too short to read", "« {text} » reste {time}, trop peu pour être lu")


def test_the_values_of_a_sentence_are_put_into_the_other_one() -> None:
    swapped = one("“{name}” is not in {folder}.", "{folder} n'a pas « {name} ».")
    assert french(swapped).translated("“fr.srt” is not in subtitles/.") == "subtitles/ n'a pas « fr.srt »."


def test_a_number_takes_the_form_of_the_language() -> None:
    told = french(LINES).translated
    assert [told("0 lines"), told("1 line"), told("2 lines")] == ["0 ligne", "1 ligne", "2 lignes"]


def test_a_value_that_is_a_sentence_is_translated_too() -> None:
    told = french(LINES, one("{lines} are not approved", "{lines} : pas encore approuvé"))
    assert told.translated("3 lines are not approved") == "3 lignes : pas encore approuvé"


def test_what_stands_in_quotes_is_never_translated() -> None:
    told = french(LATE, one("no", "non"), one("a whole line", "une ligne entière"))
    assert told.translated("“no” stays for 1.9 s, too short to read") == "« no » reste 1,9 s, trop peu pour être lu"


def test_a_number_has_the_comma_of_the_language_and_a_version_keeps_its_points() -> None:
    told = french(one("drawn with {program}", "dessiné avec {program}"))
    assert told.translated("drawn with ffmpeg 7.0.2") == "dessiné avec ffmpeg 7.0.2"
    assert told.translated("drawn with 12.5 MB") == "dessiné avec 12,5 MB"


def test_a_text_put_together_of_several_is_translated_in_its_parts() -> None:
    told = french(one("the film is gone", "le film a disparu"), one("it is empty", "c'est vide"))
    assert told.translated("video/a.mp4: the film is gone; it is empty") == "video/a.mp4: le film a disparu; c'est vide"
    two = "style: the film is gone; sound: it is empty"
    assert told.translated(two) == "style: le film a disparu; sound: c'est vide"
    assert told.translated(f"“{two}”") == f"“{two}”"


def test_the_sentence_with_the_most_words_of_its_own_is_taken() -> None:
    told = french(one("{a} is {b}", "{a} est {b}"), one("{name} is not a film.", "{name} n'est pas un film."))
    assert told.translated("x.txt is not a film.") == "x.txt n'est pas un film."


def test_a_sentence_of_few_words_is_not_found_in_a_long_one() -> None:
    told = french(one("{a} is {b}", "{a} est {b}"))
    text = "The file of the second language is written by another program."
    assert told.translated(text) == text


def test_what_nobody_translated_stays_english_with_its_spaces() -> None:
    text = "  this is not known: at all  "
    assert french(Message(english="this is not known")).translated(text) == text


def test_braces_of_a_file_are_no_values() -> None:
    told = french(one("“{text}” is shown as it is written", "« {text} » s'affiche tel quel"))
    assert told.translated("“{an8}{0}” is shown as it is written") == "« {an8}{0} » s'affiche tel quel"


def test_a_catalogue_is_read_as_it_was_written() -> None:
    messages = (LINES, LATE, one('a "quoted" \\ text\nof two lines', "un\ttexte"), Message(english="not yet"))
    catalogue = Catalogue(messages=messages, head="# by nobody", header=HEADER)
    assert read_catalogue(write_catalogue(catalogue)) == catalogue


def test_what_is_marked_as_doubtful_counts_as_not_translated() -> None:
    text = 'msgid ""\nmsgstr ""\n\n#, fuzzy\nmsgid "a film"\nmsgstr "un film"\n'
    assert read_catalogue(text).messages == (Message(english="a film"),)


def test_the_title_of_a_film_is_no_sentence_of_few_words() -> None:
    told = french(one("{files} in {folder}", "{files} dans {folder}"), LINES)
    assert told.translated("Your rights in Belgium") == "Your rights in Belgium"
    assert told.translated("3 lines in output") == "3 lignes dans output"


def test_a_text_of_our_own_in_braces_is_found_again() -> None:
    told = french(one("{what}: write {{1}}{{1}}25 first", "{what} : écrivez d'abord {{1}}{{1}}25"))
    assert told.translated("no rate: write {1}{1}25 first") == "no rate : écrivez d'abord {1}{1}25"


#: Sentences that stand in one another, and that are found in nearly any text.
LOOSE = french(
    LINES,
    LATE,
    one("{files} in {folder}", "{files} dans {folder}"),
    one("{a} is {b}", "{a} est {b}"),
    one("{name} is gone, for {why}", "{name} disparaît, car {why}"),
    one("the film is gone", "le film a disparu"),
    one("“{key}” lacks {name}", "il manque {name} à « {key} »"),
)


@pytest.mark.parametrize(
    "told",
    [
        "{}",
        "line 3 is gone, for {}",
        "fr.srt: line 3: {}; the film is gone",
        "line 3 is gone, for the reason is {} in 3.5 s",
        "{} lacks 3 lines",
    ],
)
@given(
    words=st.lists(
        st.sampled_from(
            [
                "Hello.",
                "in",
                "is",
                "the film is gone",
                "; ",
                ": ",
                "3 lines",
                "2.5 s",
                "gone, for",
                "“",
                "”",
                " (",
                "You",
            ]
        )
    )
)
def test_a_subtitle_in_quotes_survives_in_any_sentence(told: str, words: list[str]) -> None:
    text = " ".join(words)
    within = text.replace("”", "") if text.count("“") == 0 else text.replace("“", "").replace("”", "“no”")
    said = LOOSE.translated(told.format(f"“{within}”"))
    assert f"“{within}”" in said or f"« {within} »" in said


def test_a_mark_without_its_pair_keeps_all_that_may_be_in_quotes() -> None:
    assert LOOSE.translated("“Hello. You are in 3.5 s") == "“Hello. You are in 3.5 s"
    assert LOOSE.translated("3.5 s in 4.5 s”") == "3.5 s in 4.5 s”"


def test_a_sentence_of_few_words_joins_numbers_only_within_another() -> None:
    told = french(one("{a} to {b}", "{a} à {b}"), one("the part {what} has moved", "le passage {what} a été déplacé"))
    assert told.translated("the part 1.5 s to 2.5 s has moved") == "le passage 1,5 s à 2,5 s a été déplacé"
    assert told.translated("the part that leads to 2 has moved") == "le passage that leads to 2 a été déplacé"


def test_a_sentence_of_few_words_is_told_whole_where_half_of_the_words_are_its_own() -> None:
    told = french(one("put back {file}", "remis : {file}"), one("{a} is {b}", "{a} est {b}"))
    assert told.translated("put back fr.srt") == "remis : fr.srt"
    assert told.translated("There is no rule “XYZ1”.") == "There is no rule “XYZ1”."


def test_marks_and_units_are_written_as_the_language_does() -> None:
    header = f"{HEADER}X-Space-Before: : ;\nX-Units: B=o MB=Mo\n"
    messages = (one("the film is gone", "le film a disparu"), one("it has {size}", "il fait {size}"))
    told = Sentences(Catalogue(messages=messages, head="", header=header)).translated
    assert (
        told("a.mp4: the film is gone; it has 12 MB")
        == "a.mp4\N{NO-BREAK SPACE}: le film a disparu\N{NO-BREAK SPACE}; il fait 12 Mo"
    )
    assert [told(f"it has {size}") for size in ("0 B", "1.5 MB", "“2 MB”")] == [
        "il fait 0 o",
        "il fait 1,5 Mo",
        "il fait “2 MB”",
    ]
