from __future__ import annotations

from fractions import Fraction

from babelreel.model.style import Style, Styles

STYLES = Styles(
    whole=Style(color="#ffff00", margin=0.1),
    languages=(("ar", (("size", Fraction(6, 5)), ("margin", 0.2))),),
    rungs=(("phone-360p", (("size", Fraction(1)), ("background", "#000000"))),),
)


def test_a_language_changes_what_the_project_says() -> None:
    assert STYLES.of("ar", "phone-480p") == Style(color="#ffff00", margin=0.2, size=Fraction(6, 5))
    assert STYLES.of("fr", "phone-480p") == STYLES.whole


def test_a_rung_has_the_last_word() -> None:
    assert STYLES.of("ar", "phone-360p") == Style(color="#ffff00", margin=0.2, background="#000000")


def test_a_text_of_no_language_looks_as_its_rung_says() -> None:
    assert STYLES.of("", "phone-360p") == Style(color="#ffff00", margin=0.1, background="#000000")


def test_a_variant_looks_as_its_language_but_for_what_is_said_of_itself() -> None:
    styles = Styles(languages=(("fr-simple", (("size", Fraction(3, 2)),)), ("fr", (("bold", True), ("margin", 0.1)))))
    assert styles.of("fr-simple", "") == Style(bold=True, margin=0.1, size=Fraction(3, 2))
    assert styles.of("fr", "") == Style(bold=True, margin=0.1)
