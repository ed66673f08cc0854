"""What is told of words in the picture, and what is no fault of theirs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.cards import Cards
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.signs import Box, Sign
from babelreel.model.language import Language
from babelreel.model.policy import Allowance
from babelreel.model.reading_limits import Audience
from babelreel.model.style import Style, Styles
from babelreel.model.timecode import Span
from babelreel.model.track import Align
from babelreel.rules.sign_texts import check_sign_texts
from babelreel.timedtext.read import read_track
from support.checking import findings
from support.subjects import make_known_film, make_subject, paired
from support.tracks import srt

#: 3 s: 39 characters for children, 51 for adults.
COURT = Sign(
    name="court",
    span=Span(start_ms=6000, end_ms=9000),
    is_filmed=False,
    texts=(("en", "Family court"), ("ar", "محكمة الأسرة")),
)
SAID = srt((6000, 9000, "This is where they decide."))


def codes(tag: str = "en", content: str = SAID, **about: object) -> list[str]:
    told = findings(content, tag, select=["SGN", "TIM", "RDG"], **about)  # type: ignore[arg-type] # as it is called
    return [each.code for each in told]


def test_words_during_speech_are_no_overlap_and_no_text_to_be_read_faster() -> None:
    assert codes(signs=(COURT,)) == codes() == []


def test_a_language_that_nobody_translated_them_into_is_told_and_the_film_s_own_is_not() -> None:
    (found,) = findings(SAID, "fr", signs=(COURT,), select="SGN")
    assert (found.code, found.severity) == ("SGN001", "warning")
    assert "“court”, at 0:06" in found.message
    assert codes("fr", signs=(COURT,), is_reference=True) == []


@pytest.mark.parametrize(
    ("letters", "audience", "expected"),
    [
        (39, Audience.CHILDREN, []),
        (40, Audience.CHILDREN, ["SGN002"]),
        (51, Audience.ADULTS, []),
        (52, Audience.ADULTS, ["SGN002"]),
    ],
)
def test_words_too_short_to_be_read_are_told_by_the_limits_of_subtitles(
    letters: int, audience: Audience, expected: list[str]
) -> None:
    sign = replace(COURT, texts=(("en", "a" * letters),))
    profile = replace(make_subject(SAID).profile, cps_child=Fraction(13), cps_adult=Fraction(17))
    assert codes(signs=(sign,), audience=audience, profile=profile) == expected


def test_of_what_the_film_shows_by_itself_in_its_own_language_nothing_is_told() -> None:
    filmed = replace(COURT, is_filmed=True, span=Span(start_ms=6000, end_ms=6100))
    assert codes(signs=(filmed,), is_reference=True) == []
    assert codes(signs=(filmed,)) == ["SGN002"]


def test_words_that_do_not_fit_are_told_of_each_size_in_which_they_are_drawn() -> None:
    film, rungs = make_known_film(), (*DEFAULT_RUNGS, *EDITION_RUNGS)
    sentence = " ".join(["Family court of Brussels, first floor"] * 4)
    box = Box(Fraction(1, 2), Fraction(0), Fraction(1, 8), Fraction(1, 5))
    wide = replace(COURT, span=Span(start_ms=6000, end_ms=60_000), texts=(("en", sentence),))
    assert not findings(SAID, film=film, rungs=rungs, signs=(wide,), select="SGN003")
    told = findings(SAID, film=film, rungs=rungs, signs=(replace(wide, box=box),), select="SGN003")
    named = {each.name for each in rungs if f" {each.name} " in " ".join(found.message for found in told)}
    assert {"story", "post", "phone-360p"} <= named
    assert "web-1080p" not in named  # its picture stays clean


def test_a_line_at_the_top_beside_a_sign_at_the_top_is_told() -> None:
    at_top = srt((6000, 9000, r"{\an8}This is where they decide."))
    assert codes(content=at_top, signs=(COURT,)) == ["SGN004"]
    assert codes(content=at_top, signs=(replace(COURT, place=Align.BOTTOM),)) == []
    later = replace(COURT, span=Span(start_ms=9000, end_ms=12_000))
    assert codes(content=at_top, signs=(later,)) == []


def test_a_sign_that_has_room_in_films_of_one_language_alone_is_told_of_the_pair() -> None:
    """Large letters of two languages leave less than a third of the picture."""
    long = replace(COURT, texts=(("en", "What happens to you here " * 4),))
    about = {"film": make_known_film(20_000), "signs": (long,), "styles": Styles(whole=Style(size=Fraction(8, 5)))}
    assert not findings(SAID, select="SGN003", **about)  # type: ignore[arg-type] # as it is called
    pairs = (paired("en+ar", SAID, tag="ar"),)
    told = [each.message for each in findings(SAID, select="SGN003", pairs=pairs, **about)]  # type: ignore[arg-type]
    assert told
    assert all("of en+ar where they should stand" in each for each in told)
    # the words in the picture are those of the other language there
    assert not findings(SAID, select="SGN003", pairs=(paired("ar+en", SAID, tag="ar"),), **about)  # type: ignore[arg-type]


UPPER_HALF = Box(Fraction(0), Fraction(0), Fraction(1), Fraction(1, 2))
LOWER_HALF = UPPER_HALF._replace(top=Fraction(1, 2))


def covered(*signs: Sign, content: str = SAID, **about: object) -> list[str]:
    film = make_known_film(20_000)
    found = findings(content, film=film, signs=signs, select="SGN006", **about)  # type: ignore[arg-type] # as above
    return [each.message for each in found]


def test_signs_that_share_a_box_are_told_once_with_the_sizes_and_those_that_make_room_are_not() -> None:
    boxed = replace(COURT, box=UPPER_HALF)
    (told,) = covered(boxed, replace(boxed, name="room"))
    assert told.startswith("the words in the picture “court”, at 0:06, and “room” lie over one another in ")
    assert "phone-360p" in told
    assert "web-1080p" not in told  # its picture stays clean
    assert covered(COURT, replace(COURT, name="room")) == []
    before = srt((1000, 2000, "This is where they decide."))
    assert covered(boxed, replace(boxed, name="room", box=LOWER_HALF), content=before) == []
    later = Span(start_ms=9000, end_ms=12_000)
    assert covered(boxed, replace(boxed, name="room", span=later)) == []
    filmed = replace(boxed, is_filmed=True)
    assert covered(filmed, replace(filmed, name="room"), is_reference=True) == []  # shown nowhere


def test_a_line_under_a_sign_is_told_and_two_rows_under_a_sign_at_the_bottom_are_not() -> None:
    rows = ["This is where they decide", "what happens to you", "and to your family."]
    two, three = (srt((6000, 9000, "\n".join(rows[:count]))) for count in (2, 3))
    at_bottom = replace(COURT, place=Align.BOTTOM)
    assert covered(at_bottom, content=two) == []
    assert [told.partition(" in phone")[0] for told in covered(at_bottom, content=three)] == [
        "the words in the picture “court”, at 0:06, lie over this line"
    ]
    assert len(covered(replace(COURT, box=LOWER_HALF))) == 1
    at_top = srt((6000, 9000, r"{\an8}This is where they decide."))
    assert covered(replace(COURT, box=LOWER_HALF), content=at_top) == []
    assert covered(COURT, content=at_top) == []  # SGN004 tells of it


def test_what_lies_over_one_another_in_a_film_of_two_languages_alone_is_told_with_their_names() -> None:
    """Four lines leave less room than two: a box is there in the second language's line."""
    two = "This is where they decide\nwhat happens to you."
    boxed = replace(COURT, box=Box(Fraction(0), Fraction(62, 100), Fraction(1), Fraction(8, 100)))
    first = {"content": srt((6000, 9000, two)), "pairs": (paired("en+fr", srt((6500, 9000, two)), tag="fr"),)}
    assert covered(boxed, content=srt((6000, 9000, two))) == []
    (told,) = covered(boxed, **first)  # type: ignore[arg-type] # as it is called
    assert told.startswith("the words in the picture “court”, at 0:06, lie over the line of French at 0:06 in ")
    assert told.endswith("phone-360p of en+fr")
    second = paired("fr+en", srt((6500, 9000, two)), tag="fr")
    assert covered(boxed, content=srt((6000, 9000, two)), pairs=(second,)) == []  # the signs of French are drawn there


def test_signs_that_find_no_room_above_four_lines_are_told_of_the_pair() -> None:
    rows = "\n".join(["What happens to you, and to all of your family"] * 3)
    signs = [replace(COURT, name=name, texts=(("en", rows),)) for name in ("court", "room", "tel")]
    assert covered(*signs) == []
    told = covered(*signs, pairs=(paired("en+ar", SAID, tag="ar"),))
    assert len(told) == 3
    assert all("lie over one another in" in each and " of en+ar" in each for each in told)


def test_two_lines_at_once_take_the_room_of_both() -> None:
    row = "This is where they decide\nwhat happens to you."
    at_once = srt((6000, 9000, row), (6500, 9000, row))
    found = findings(
        at_once, film=make_known_film(20_000), signs=(replace(COURT, place=Align.BOTTOM),), select="SGN006"
    )
    assert [each.location.cue for each in found] == [2]


def test_words_under_a_card_are_told() -> None:
    cards = Cards(title_ms=7000, end_ms=5000)
    assert covered(COURT, cards=cards) == [
        "the words in the picture “court”, at 0:06, are hidden by the title card while that is shown"
    ]
    at_end = replace(COURT, span=Span(start_ms=14_000, end_ms=16_000))
    assert ["end card" in told for told in covered(at_end, cards=cards)] == [True]
    assert covered(replace(COURT, span=Span(start_ms=7000, end_ms=15_000)), cards=cards) == []


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "expected"),
    [
        (735_000, 738_000, ["error"]),  # "12:15" for "0:12.15"
        (20_000, 20_040, ["error"]),
        (12_000, 735_000, ["error"]),
        (12_000, 21_000, ["error"]),
        (12_000, 20_900, ["warning"]),
        (12_000, 20_040, ["warning"]),
        (12_000, 20_039, []),  # within a frame
    ],
)
def test_words_after_the_end_of_the_film_are_told(start_ms: int, end_ms: int, expected: list[str]) -> None:
    sign = replace(COURT, span=Span(start_ms=start_ms, end_ms=end_ms))
    film = make_known_film(20_000)
    told = findings(SAID, film=film, signs=(sign,), select="SGN005")
    assert [each.severity for each in told] == expected
    assert all("“court”" in each.message for each in told)
    filmed = replace(sign, is_filmed=True)
    assert not findings(SAID, film=film, signs=(filmed,), is_reference=True, select="SGN005")  # shown nowhere


def test_what_a_variant_takes_from_its_usual_text_is_told_there_alone() -> None:
    usual, variant = find_language("fr"), find_language("fr-x-sdh")
    inherited = replace(COURT, texts=(("fr", "Rez-de-chaussÃ©e"),))
    own = replace(COURT, texts=(*inherited.texts, ("fr-x-sdh", "Au rez-de-chaussÃ©e")))

    def told(language: str, sign: Sign, *languages: Language) -> bool:
        subject = make_subject(SAID, language, signs=(sign,), languages=languages)
        return bool(check_sign_texts(subject, "babelreel.toml", select=["ENC005"]).findings)

    assert told("fr", inherited, usual, variant)
    assert not told("fr-x-sdh", inherited, usual, variant)
    assert told("fr-x-sdh", own, usual, variant)
    assert told("fr-x-sdh", inherited, variant)  # nobody else looks at it


def in_words(text: str, tag: str = "en", allow: tuple[Allowance, ...] = (), **about: object) -> list[str]:
    sign = replace(COURT, texts=((tag, text),))
    subject = make_subject(SAID, tag, signs=(sign,), **about)  # type: ignore[arg-type] # as it is called
    found = check_sign_texts(subject, "babelreel.toml", allow=allow).findings
    assert all(each.fix is None and each.location.path == "babelreel.toml" for each in found)
    named = f"words in the picture “court”, in {find_language(tag).name}: "
    assert all(each.message.startswith(named) for each in found)
    return [each.code for each in found]


def test_letters_direction_and_characters_are_looked_at_as_those_of_lines() -> None:
    assert in_words("Family court") == []
    assert in_words("محكمة الأسرة", "ar") == []
    assert in_words("Court \U0001f3db") == ["GLY001"]  # no font of ours has it
    assert "ENC005" in in_words("Tribunal de la famille, rez-de-chaussÃ©e", "fr")
    # a letter of another alphabet that looks the same: Cyrillic "о"
    assert any(each.startswith("LET") for each in in_words("Family cоurt"))


@pytest.mark.parametrize(
    ("tag", "text", "codes"),
    [
        ("fr", "Où aller?", ["TYP001"]),
        ("fr", "Où aller\u202f?", []),
        ("fr", "L'accueil", ["TYP002"]),
        ("de", 'Zum „Gericht"', ["TYP003"]),
        ("en", "TO THE COURT", []),  # as it hangs there
        ("en", "Open...", ["TXT002"]),
        ("ar", "اتصل بالرقم 116 000", []),  # it is drawn in its order, and isolated in files
    ],
)
def test_marks_are_set_as_the_language_sets_them(tag: str, text: str, codes: list[str]) -> None:
    assert in_words(text, tag) == codes


@pytest.mark.parametrize(
    ("tag", "text", "codes"),
    [
        ("fr", "Appelle le 116 000", []),
        ("ar", "اتصل بالرقم ١١٦ ٠٠٠", []),
        ("fr", "Appelle le 116 006", ["FCT002"]),
        ("ar", "اتصل بالرقم 000 116", ["DIR004", "FCT002"]),
        ("zh-Hans", "请拨打 116 111", ["FCT002"]),
        ("fr", "Appelle-nous", ["FCT002"]),
    ],
)
def test_a_number_of_a_sign_is_that_of_the_same_sign_in_the_film_s_language(
    tag: str, text: str, codes: list[str]
) -> None:
    sign = replace(COURT, texts=(("en", "Call 116 000"), (tag, text)))
    other = replace(COURT, name="other", span=Span(start_ms=6500, end_ms=9000), texts=(("en", "Call 116 006"),))
    reference = read_track(SAID.encode(), language=find_language("en"), path="subtitles/en.srt")
    subject = make_subject(SAID, tag, signs=(sign, other), reference=reference)
    assert [each.code for each in check_sign_texts(subject, "babelreel.toml").findings] == codes


def test_where_the_words_stand_is_told_and_each_language_is_named() -> None:
    sign = replace(COURT, texts=(("fr", "Où aller?"),))
    subject = make_subject(SAID, "fr", signs=(sign,))
    (told,) = check_sign_texts(subject, "babelreel.toml", find_place={"court": (12, 8)}.__getitem__).findings
    assert (told.location.line, told.location.column, told.language) == (12, 8, "fr")
    assert (told.start_ms, told.end_ms) == (6000, 9000)


def test_words_on_cards_are_looked_at_too_and_stop_no_language() -> None:
    words = (("“title” of [language.fr]", "Où aller? \U0001f3db"),)
    found = check_sign_texts(make_subject(SAID, "fr", card_words=words), "babelreel.toml").findings
    assert {each.code: each.severity for each in found} == {"TYP001": "warning", "GLY001": "warning"}
    assert all(each.message.startswith("the card, “title” of [language.fr], in French: ") for each in found)


def test_what_the_project_allows_in_its_settings_is_not_told() -> None:
    allowed = Allowance(rules=("GLY001",), file="babelreel.toml", text="Court", reason="drawn by our own font")
    assert in_words("Court \U0001f3db", allow=(allowed,)) == []
    assert in_words("Court \U0001f3db", allow=(replace(allowed, file="en.srt"),)) == ["GLY001"]
