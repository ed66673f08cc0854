from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.model.file_position import Source
from babelreel.rules.check import CheckResult, check_track
from support.subjects import make_subject


def cues(*texts: str) -> str:
    """Put each text into a cue of two seconds, one after the other."""
    return "\n".join(
        f"{number}\n00:00:{3 * number:02d},000 --> 00:00:{3 * number + 2:02d},000\n{text}\n"
        for number, text in enumerate(texts, start=1)
    )


def check(content: str, path: str, reference: str, names: tuple[str, ...] = ()) -> CheckResult:
    subject = make_subject(content, path=f"subtitles/{path}")
    return check_track(replace(subject, reference=make_subject(reference).track, names=names), select=["FCT"])


def found(content: str, reference: str, path: str = "nl.srt", names: tuple[str, ...] = ()) -> list[str]:
    """Give each finding with the text that it points at, or nothing where it points at a cue."""
    result = check(content, path, reference, names)
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code} "
        f"{_pointed_at(each.location.line, each.location.column, each.location.end_column, result)}".rstrip()
        for each in result.findings
    ]


def _pointed_at(line: int, column: int, end_column: int, result: CheckResult) -> str:
    source: Source = next(iter(result.sources.values()))
    return source.line(line)[column - 1 : end_column - 1] if end_column else ""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("nl.srt", "Ben je jonger dan 18?"),
        ("ar.srt", "هل عمرك أقل من ١٨ عامًا؟"),
        ("fa.srt", "کمتر از ۱۸ سال داری؟"),
        ("zh-Hans.srt", "你未满１８岁吗？"),
        ("vi.srt", "Bạn chưa đủ 18 tuổi?"),
    ],
)
def test_digits_of_every_script_are_the_same_number(path: str, text: str) -> None:
    assert found(cues(text), cues("Are you under 18?"), path) == []


def test_another_number_than_that_of_the_reference_is_pointed_at() -> None:
    assert found(cues("Ben je jonger dan 16?"), cues("Are you under 18?")) == ["3:19 warning FCT001 16"]
    assert found(cues("هل عمرك أقل من ١٦ عامًا؟"), cues("Are you under 18?"), "ar.srt") == ["3:16 warning FCT001 ١٦"]


@pytest.mark.parametrize(
    "text", ["10.000 euro", "10 000 euro", "10\u202f000 euro", "10’000 euro", "€ 10000", "10 000,00 euro"]
)
def test_a_number_may_be_parted_as_the_language_parts_it(text: str) -> None:
    assert found(cues(text), cues("10,000 euros")) == []


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Van 9 tot 17 uur.", "From 9 a.m. to 5 p.m."),
        ("Van 09:00 tot 17:00.", "From 9 am to 5 pm."),
        ("Op 03/05/2024.", "On 3.5.2024."),
        ("Van 10-12 jaar.", "From 10 to 12."),
        ("Een van de twaalf.", "One of the 12."),
        ("De 2 kinderen.", "The two children."),
        ("Binnen 90 dagen, 1.000 kinderen.", "Within ninety days, a thousand children."),
    ],
)
def test_hours_dates_and_words_are_no_other_numbers(text: str, reference: str) -> None:
    assert found(cues(text), cues(reference)) == []


def test_numbers_may_stand_in_another_order_and_in_another_cue() -> None:
    reference = cues("In 2024 there were 2594 children.", "They were under 18.")
    assert found(cues("2594 kinderen waren in 2024", "jonger dan achttien: 18."), reference) == []
    assert found(cues("Onder de 18 jaar:", "2594 kinderen in 2024."), reference) == []


def test_a_number_that_is_missing_is_reported_at_its_cue() -> None:
    assert found(cues("Dag.", "Ben je jong?"), cues("Hello.", "Are you under 18?")) == ["6:1 warning FCT001"]
    assert found(cues("Dag.", "Je hebt drie dagen."), cues("Hello.", "You have 3 days.")) == []


def test_a_long_number_that_only_the_translation_has_is_reported() -> None:
    assert found(cues("Sinds 2019 heb je rechten."), cues("You have rights.")) == ["3:7 warning FCT001 2019"]


CALL = cues("Are you in danger? Call 112.", "Call Child Focus on 116\u00a0000.")


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [
        ("nl.srt", "In gevaar? Bel 112.", "Bel Child Focus: 116 000."),
        ("ar.srt", "اتصل بالرقم ١١٢.", "اتصل بالرقم \u2066116 000\u2069."),
        ("fa.srt", "به ۱۱۲ زنگ بزن.", "۱۱۶۰۰۰"),
        ("zh-Hans.srt", "请打112。", "请打１１６０００。"),
        ("vi.srt", "Gọi 112.", "Gọi 116-000"),
        ("de.srt", "Ruf 112 an.", "Ruf 116\n000 an."),
        ("fr.srt", "Appelle le 112 ou le 116 000.", "Jour et nuit."),
    ],
)
def test_a_phone_number_may_be_written_in_any_way(path: str, first: str, second: str) -> None:
    assert found(cues(first, second), CALL, path) == []


def test_one_other_digit_of_a_phone_number_is_an_error() -> None:
    assert found(cues("Bel 112.", "Bel 116 006."), CALL) == ["7:5 error FCT002 116 006"]
    assert found(cues("Bel 112.", "Bel 116 001."), CALL) == ["7:5 error FCT002 116 001"]
    assert found(cues("请打１２１。", "请打116 000。"), CALL, "zh-Hans.srt") == ["3:3 error FCT002 １２１"]
    assert found(cues("اتصل بالرقم ١١٣.", "116000"), CALL, "ar.srt") == ["3:13 error FCT002 ١١٣"]


def test_digits_that_changed_places_are_an_error() -> None:
    assert found(cues("Gọi 121.", "Gọi 116 000."), CALL, "vi.srt") == ["3:5 error FCT002 121"]


def test_a_phone_number_that_is_missing_is_a_warning() -> None:
    assert found(cues("Bel 112.", "Bel Child Focus."), CALL) == ["6:1 warning FCT002"]


def test_a_phone_number_that_only_the_translation_has_is_a_warning() -> None:
    text = cues("Bel 112.", "Bel 116 000 of 0800 12 345.")
    assert found(text, CALL) == ["7:16 warning FCT002 0800 12 345"]


def test_a_number_may_be_given_once_more_or_once_less() -> None:
    assert found(cues("Bel 112.", "Bel 116 000. Gevaar? Bel 112."), CALL) == []
    assert found(cues("Bel 112 of 116 000.", "Dag en nacht."), cues("Call 112 or 116 000.", "Call 112.")) == []


def test_a_country_code_and_a_leading_zero_are_the_same() -> None:
    assert found(cues("Bel 02 205 44 44."), cues("Call +32 2 205 44 44.")) == []
    assert found(cues("Bel 02 205 44 45."), cues("Call +32 2 205 44 44.")) == ["3:5 error FCT002 02 205 44 45"]


@pytest.mark.parametrize(
    "text",
    [
        "Kijk op fedasilinfo.be/nl",
        "https://www.fedasilinfo.be/nl/",
        "访问FEDASILINFO.BE。",
        "nl.fedasilinfo.be",
        "www.fedasilinfo.be, altijd",
        "www.fedasilinfo.be。很多语言",
    ],
)
def test_an_address_may_lead_to_the_page_of_its_language(text: str) -> None:
    assert found(cues(text), cues("See fedasilinfo.be/en")) == []


def test_another_address_is_an_error_and_another_page_a_warning() -> None:
    assert found(cues("Kijk op fedasil-info.be/nl."), cues("See fedasilinfo.be/en")) == [
        "3:9 error FCT003 fedasil-info.be/nl"
    ]
    assert found(cues("fedasil.be/voogdij"), cues("fedasil.be/guardian")) == ["3:1 warning FCT003 fedasil.be/voogdij"]
    assert found(cues("hulp@childfocus.org"), cues("hulp@childfocus.be")) == ["3:1 error FCT003 hulp@childfocus.org"]


def test_an_address_that_is_missing_or_extra_is_a_warning() -> None:
    assert found(cues("Kijk op de site."), cues("See fedasil.be.")) == ["2:1 warning FCT003"]
    assert found(cues("Kijk op fedasil.be."), cues("See the site.")) == ["3:9 warning FCT003 fedasil.be"]


def test_a_sentence_without_its_space_is_no_address() -> None:
    assert found(cues("C’est la fin.Il est là.Tu vois."), cues("It is over."), "fr.srt") == []


NAMED = ("Child Focus",)


def test_the_name_of_a_service_is_missing() -> None:
    assert found(cues("Обади се на 112.", "Обади се на 116 000."), CALL, "bg.srt", NAMED) == ["6:1 warning FCT004"]


@pytest.mark.parametrize(
    "text",
    ["Child\u00a0Focus: 116 000", "请打给Child Focus：116 000", "CHILD\nFOCUS 116 000", "Child Focusul: 116 000"],
)
def test_a_name_may_be_written_with_what_its_language_adds(text: str) -> None:
    assert found(cues("112", text), CALL, "ro.srt", NAMED) == []


def test_a_name_that_the_project_does_not_list_is_not_looked_for() -> None:
    assert found(cues("Обади се на 112.", "Обади се на 116 000."), CALL, "bg.srt") == []


def test_what_stands_in_a_missing_stretch_is_not_missed_once_more() -> None:
    reference = cues("You have rights.", "Call Child Focus on 116 000.", "See fedasil.be.")
    assert found(cues("Je hebt rechten."), reference, names=NAMED) == []


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1 " * 25_000, "+" * 50_000, "a." * 25_000, "a@" * 25_000, "0" * 9 + " 112" * 9_000]
)
def test_a_very_long_line_takes_no_long_time(text: str) -> None:
    result = check(cues(text), "nl.srt", CALL)
    assert all(len(each.message) < 300 for each in result.findings)
