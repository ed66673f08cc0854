"""Can the text beside a film be pasted anywhere, in every direction?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.delivery.campaign import HelpLine
from babelreel.delivery.pack_text import Post, render_post, units, whole_sentences
from babelreel.model.delivery.packs import PLATFORMS, Platform

WHATSAPP = PLATFORMS[0]
LRI, FSI, PDI, RLM = "\u2066", "\u2068", "\u2069", "\u200f"


def line(number: str, who: str, tag: str, hours: str = "") -> HelpLine:
    return HelpLine(
        number=number, digits=number, who=who, who_tag=tag, who_direction="ltr", hours=hours, is_emergency=False
    )


FRENCH = Post(
    tag="fr",
    is_rtl=False,
    title="Tes droits",
    description="Tu as des droits.",
    help=(line("116 000", "Enfants disparus", "fr", "24/7"),),
    address="https://example.org/film/fr/",
)
ARABIC = Post(
    tag="ar",
    is_rtl=True,
    title="حقوقك",
    description="لديك حقوق.",
    help=(line("116 000", "الأطفال المفقودون", "ar"),),
    address="https://example.org/film/ar/",
)


def shown(post: Post, platform: Platform = WHATSAPP) -> list[str]:
    text = render_post(post, platform)
    assert text is not None
    return text.splitlines()


def test_a_post_says_the_title_the_film_the_numbers_and_the_address() -> None:
    assert shown(FRENCH) == [
        "Tes droits",
        "",
        "Tu as des droits.",
        "",
        "Enfants disparus: 116 000 (24/7)",
        "",
        "https://example.org/film/fr/",
    ]


def test_a_number_in_arabic_is_isolated_so_that_it_is_not_turned_around() -> None:
    assert f"الأطفال المفقودون: {LRI}116 000{PDI}" in shown(ARABIC)


def test_a_line_that_begins_with_latin_letters_runs_from_the_right_in_arabic_all_the_same() -> None:
    post = replace(ARABIC, title="Child Focus يساعدك", help=(line("112", "", "ar"),))
    assert shown(post)[0].startswith(RLM)
    assert f"{RLM}112" in shown(post)
    assert shown(ARABIC)[0] == "حقوقك", "a line that begins with Arabic needs no mark"


def test_a_name_in_another_language_is_isolated() -> None:
    post = replace(ARABIC, help=(line("116000", "Child Focus", "en"),))
    assert any(each.rstrip(PDI).endswith("116000") and f"{FSI}Child Focus{PDI}" in each for each in shown(post))


@pytest.mark.parametrize("post", [FRENCH, ARABIC], ids=["fr", "ar"])
def test_the_address_stands_alone_without_any_mark_that_would_become_part_of_the_link(post: Post) -> None:
    assert shown(post)[-1] == post.address


def test_without_an_address_and_numbers_the_title_and_the_text_are_left() -> None:
    assert shown(replace(FRENCH, address="", help=())) == ["Tes droits", "", "Tu as des droits."]


def test_a_text_that_is_too_long_loses_what_the_film_says_first() -> None:
    post = replace(FRENCH, description="x" * 1000)
    assert shown(post) == ["Tes droits", "", "Enfants disparus: 116 000 (24/7)", "", "https://example.org/film/fr/"]


def test_numbers_and_address_are_never_cut_off() -> None:
    post = replace(FRENCH, help=tuple(line(f"+32 2 555 {n:04}", "Un service avec un nom", "fr") for n in range(60)))
    assert render_post(post, WHATSAPP) is None


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Tu as des droits. Le…", "Tu as des droits."),
        ("Tu as moins de 18 ans\u202f? Alors tu as des…", "Tu as moins de 18 ans\u202f?"),
        ("Appelle le 02.555 ou…", ""),
        ("من حقك أن يكون لك وصي. دائرة الوصاية تختار لك وصيًا.…", "من حقك أن يكون لك وصي. دائرة الوصاية تختار لك وصيًا."),
        ("你有权利。法律保护…", "你有权利。"),
        ("Tu as des droits.", "Tu as des droits."),
        ("Un texte sans fin", "Un texte sans fin"),
    ],
)
def test_no_sentence_is_cut_off(text: str, whole: str) -> None:
    assert whole_sentences(text) == whole


def test_a_letter_outside_of_the_first_plane_counts_twice_as_messengers_count_it() -> None:
    assert units("a\U0001f600") == 3
