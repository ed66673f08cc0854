"""What a volunteer writes of a campaign, and what is said of a mistake in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.config.read import read_project
from babelreel.errors import ConfigError
from babelreel.model.campaign import Campaign, HelpKind, chapters_in, text_in


def campaign(folder: Path, toml: str) -> Campaign:
    (folder / "babelreel.toml").write_text(toml, encoding="utf-8")
    return read_project(folder).campaign


def fault(folder: Path, toml: str) -> str:
    with pytest.raises(ConfigError) as caught:
        campaign(folder, toml)
    (found,) = caught.value.faults
    assert len(caught.value.lines()) <= 4
    return found


def test_a_brand_has_one_sentence_in_each_language(tmp_path: Path) -> None:
    brand = campaign(
        tmp_path,
        """
        [brand]
        organisation = "Rights for All"
        colour = "#1CABE2"
        logo = "brand/logo.SVG"
        contact = "mailto:help@example.org"
        [brand.sentence]
        fr = "Pour toi."
        zh-Hans = "给你。"
        """,
    ).brand
    assert (brand.organisation, brand.colour, brand.contact) == ("Rights for All", "#1cabe2", "mailto:help@example.org")
    assert brand.logo == Path("brand/logo.SVG")
    assert text_in(brand.sentences, "zh-Hans") == "给你。"
    assert text_in(brand.sentences, "ar") == ""


def test_the_european_numbers_need_no_words_and_others_have_their_own(tmp_path: Path) -> None:
    first, second, third = campaign(
        tmp_path,
        """
        [[help]]
        number = "112"
        [[help]]
        number = "116 000"
        hours = "24/7"
        [[help]]
        number = "+32 (0)2 555 12 34"
        label = { fr = "Un avocat" }
        """,
    ).help
    assert (first.kind, first.digits) == (HelpKind.EMERGENCY, "112")
    assert (second.kind, second.digits, second.hours) == (HelpKind.MISSING_CHILD, "116000", "24/7")
    assert (third.kind, third.digits, text_in(third.labels, "fr")) == (None, "+32025551234", "Un avocat")


def test_chapters_stand_in_the_order_of_their_times(tmp_path: Path) -> None:
    chapters = campaign(
        tmp_path,
        """
        [[chapter]]
        start = "1:02:03.5"
        title = { fr = "Fin" }
        [[chapter]]
        start = "0:49"
        title = { fr = "Langue", en = "Language" }
        """,
    ).chapters
    assert chapters_in(chapters, "fr") == ((49_000, "Langue"), (3_723_500, "Fin"))
    assert chapters_in(chapters, "en") == ((49_000, "Language"),)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('[brand]\ncolour = "teal"', 'brand.colour: write a colour such as "#0b5c6b"'),
        ('[brand]\nlogo = "logo.jpg"', "brand.logo: write a file that ends in .svg or .png"),
        ('[brand]\nprivacy = "javascript:alert(1)"', "brand.privacy: write an address that begins with https://"),
        ('[brand]\ncontact = "help@example.org"', "brand.contact: write an address that begins with https://, or"),
        ('[brand]\ncolor = "#0b5c6b"', "brand.color: no such key, did you mean “colour”?"),
        ('[brand.sentence]\nqx = "?"', "brand.sentence.qx: “qx” is not a language tag"),
        ('[[help]]\nnumber = "one one two"', "[[help]] “one one two”, number: write a telephone number"),
        ('[[help]]\nnumber = "112"\nhours = "day and night"', "[[help]] “112”, hours: write figures alone"),
        ('[[help]]\nnumber = "112"\nkind = "police"', "[[help]] “112”, kind: write “emergency”, “missing-child”"),
        ('[[help]]\nnumber = "112"\nlabels = {}', "[[help]] “112”, labels: no such key, did you mean “label”?"),
        ('[[help]]\nnumber = "116 000"\n[[help]]\nnumber = "116000"', "help: 116000 is listed 2 times"),
        ('[[chapter]]\nstart = "49"\ntitle = { fr = "x" }', "[[chapter]] “49”, start: write a time such as “0:49”"),
        (
            '[[chapter]]\nstart = "0:49"\ntitle = { fr = "x" }\n[[chapter]]\nstart = "0:49"\ntitle = { fr = "y" }',
            "chapter: 2 chapters begin at 49 s",
        ),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(tmp_path: Path, toml: str, told: str) -> None:
    assert fault(tmp_path, toml).startswith(told)
