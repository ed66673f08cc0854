"""How are words in the picture written in babelreel.toml, and what is said of those that are wrong?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.config.read import read_project
from babelreel.errors import ConfigError
from babelreel.languages.same_language import signs_for
from babelreel.model.film.cards import Cards
from babelreel.model.film.signs import Box, Sign, SignStyle, missing_in, signs_in
from babelreel.model.timecode import Span
from babelreel.model.track import Align

COURT = """
[[sign]]
name = "court"
from = "0:12"
to = "0:15.5"

[sign.text]
en = "Family court"
fr = "Tribunal de la famille"
"""


def signs(root: Path, settings: str) -> tuple[Sign, ...]:
    (root / "babelreel.toml").write_text(settings, "utf-8")
    return read_project(root).signs


def faults(root: Path, settings: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        signs(root, settings)
    return caught.value.faults


def test_five_lines_are_enough(tmp_path: Path) -> None:
    (court,) = signs(tmp_path, COURT)
    texts = (("en", "Family court"), ("fr", "Tribunal de la famille"))
    assert court == Sign(name="court", span=Span(start_ms=12_000, end_ms=15_500), texts=texts)


def test_all_keys_and_the_order_of_time(tmp_path: Path) -> None:
    more = """
    [[sign]]
    name = "speaker"
    from = "0:02"
    to = "0:04"
    style = "lower third"
    place = "bottom right"
    filmed = true
    text = { en = "Ines Dupont\\nlawyer" }
    [[sign]]
    name = "first"
    from = "0:00"
    to = "0:01"
    style = "title"
    box = [0, 0.25, 1, 0.5]
    text.en = "Your rights"
    """
    first, speaker, court = signs(tmp_path, COURT + more)
    assert (first.style, first.place, first.box) == (
        SignStyle.TITLE,
        None,
        Box(*map(Fraction, ("0", "1/4", "1", "1/2"))),
    )
    assert (speaker.style, speaker.place, speaker.is_filmed) == (SignStyle.LOWER_THIRD, Align.BOTTOM_RIGHT, True)
    assert speaker.text_in("en") == "Ines Dupont\nlawyer"
    assert (first.is_filmed, court.is_filmed) == (False, True)


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('to = "0:15.5"', 'to = "0:12"', "[[sign]] “court”, to: write a time after “from”, 0:12, not “0:12”"),
        ('to = "0:15.5"', 'to = "15"', "[[sign]] “court”, to: write a time such as “0:49” or “1:02:03.5”, not “15”"),
        ('to = "0:15.5"', "", "[[sign]] “court”, to: this key is missing"),
        (
            'name = "court"',
            'name = "The court"',
            "[[sign]] “The court”, name: write small letters a-z, figures and single hyphens, such as “court-sign”",
        ),
        ('to = "0:15.5"', 'to = "0:15.5"\nplace = "upper"', "[[sign]] “court”, place: write"),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nstyle = "lower-third"',
            "[[sign]] “court”, style: write “lower third”, not “lower-third”",
        ),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nstyle = "subtitle"',
            "[[sign]] “court”, style: write “sign”, “title” or “lower third”, not “subtitle”",
        ),
        ('to = "0:15.5"', 'to = "0:15.5"\nfrm = "0:1"', "[[sign]] “court”, frm: no such key, did you mean “from”?"),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nbox = [0.5, 0.5, 0.6, 0.1]',
            "[[sign]] “court”, box: left and width are 1.1 together: write 1 or less, so that it ends in the picture",
        ),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nbox = [0.1, 0.1, 0.2]',
            "[[sign]] “court”, box: write four numbers, left, top, width and height, such as [0.1, 0.05, 0.4, 0.2]",
        ),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nbox = [0.1, 0.1, 0.2, 0]',
            "[[sign]] “court”, box: write a width and a height above 0",
        ),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nbox = [10, 20, 30, 40]',
            "[[sign]] “court”, box: write shares of the picture, from 0 to 1: 0.1 is a tenth of it",
        ),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nplace = "right-bottom"',
            "[[sign]] “court”, place: write “bottom right”, not “right-bottom”",
        ),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nplace = "bottom center"',
            "[[sign]] “court”, place: write “bottom”, not “bottom center”",
        ),
        (
            'from = "0:12"',
            "from = 1",
            '[[sign]] “court”, from: write a time in quotes, such as "0:49" or "1:02:03.5", not 1',
        ),
        ('fr = "Tri', 'xx = "Tri', "[[sign]] “court”, text.xx: “xx” is not a language tag."),
        (
            'fr = "Tribunal de la famille"',
            'zh = "家庭法庭"\nzh-Hans = "法庭"',
            "[[sign]] “court”, text: zh and zh-Hans are one language; keep one of them",
        ),
        (
            'to = "0:15.5"',
            'to = "0:15.5"\nplace = "top"\nbox = [0, 0, 1, 1]',
            "[[sign]] “court”, box: write either “place” or “box”",
        ),
        (
            'en = "Family court"',
            "",
            "[[sign]] “court”, text.en: this key is missing: it is what others are translated from",
        ),
        ('fr = "Tri', 'fra = "Tri', ""),
        (
            'en = "Family court"',
            r"en = '{\an8}Family court'",
            r"[[sign]] “court”, text.en: take “{\an8}” out, for it would be drawn as it stands; “place” says where",
        ),
        ('en = "Family court"', 'en = "Family <i>court</i>"', "[[sign]] “court”, text.en: take “<i>” out"),
        ('en = "Family court"', 'en = "{Court} <2 & 3>"', ""),
        (
            'en = "Family court"',
            'en = "a\\nb\\nc\\nd\\ne"',
            "[[sign]] “court”, text.en: write four lines at most, without tabs",
        ),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(tmp_path: Path, wrong: str, right: str, told: str) -> None:
    assert wrong in COURT
    if not told:
        assert [tag for tag, _ in signs(tmp_path, COURT.replace(wrong, right))[0].texts] == ["en", "fr"]
        return
    found = faults(tmp_path, COURT.replace(wrong, right))
    assert any(each.startswith(told) for each in found), found


def test_one_text_in_place_of_a_table_of_them_is_told(tmp_path: Path) -> None:
    one = COURT.partition("\n[sign.text]")[0] + '\ntext = "Family court"\n'
    (told,) = faults(tmp_path, one)
    assert (
        told
        == "[[sign]] “court”, text: write [sign.text] on a line of its own, with its keys below, not “Family court”"
    )
    (told,) = faults(tmp_path, one.replace('"Family court"', "{}"))
    assert told == "[[sign]] “court”, text: write one language at least, such as en = “…”"


@pytest.mark.parametrize(
    ("reference", "written", "tag"),
    [("en", "zh", "zh-Hans"), ("en", "zh-Hans", "zh"), ("en", "zh", "zh-Hans-simple"), ("zh", "zh-Hans", "zh")],
)
def test_a_tag_means_the_language_that_a_subtitle_file_of_that_name_would_be_in(
    tmp_path: Path, reference: str, written: str, tag: str
) -> None:
    own = "" if reference == "en" else f'reference = "{reference}"\n'
    (court,) = signs_for(signs(tmp_path, own + COURT.replace("fr =", f"{written} =")), tag)
    assert court.text_in(tag) == "Tribunal de la famille"
    (traditional,) = signs_for([court], "zh-Hant")
    assert traditional.text_in("zh-Hant") == ""


def test_a_project_that_names_both_tags_of_a_language_has_a_text_for_each(tmp_path: Path) -> None:
    both = 'languages = ["en", "zh", "zh-Hans"]\n' + COURT.replace("fr =", 'zh = "法庭"\nzh-Hans =')
    (court,) = signs(tmp_path, both)
    assert [each.text_in("zh") for each in signs_for([court], "zh")] == ["法庭"]
    assert court.text_in("zh-Hans") == "Tribunal de la famille"


def test_two_signs_of_one_name_are_told(tmp_path: Path) -> None:
    assert faults(tmp_path, COURT + COURT) == ("sign: “court” is listed 2 times",)


def test_what_the_film_shows_by_itself_is_drawn_in_other_languages_only(tmp_path: Path) -> None:
    (court,) = signs(tmp_path, COURT)
    assert signs_in([court], "en", is_reference=True) == ()
    assert [each.text for each in signs_in([court], "fr", is_reference=False)] == ["Tribunal de la famille"]
    assert missing_in([court], "ar", is_reference=False) == (court,)
    assert missing_in([court], "fr", is_reference=False) == missing_in([court], "en", is_reference=True) == ()


def test_cards_are_asked_for_in_seconds(tmp_path: Path) -> None:
    (tmp_path / "babelreel.toml").write_text("[cards]\ntitle = 3\nend = 6.5\n", "utf-8")
    assert read_project(tmp_path).cards == Cards(title_ms=3000, end_ms=6500)
    assert faults(tmp_path, "[cards]\nend = 0\n") == ("cards.end: write 1 or more, not 0",)
    assert faults(tmp_path, '[cards]\nend = "6 s"\n')[0].startswith("cards.end: write a number, without quotes")
    assert faults(tmp_path, "[cards]\nends = 6\n") == ("cards.ends: no such key, did you mean “end”?",)
