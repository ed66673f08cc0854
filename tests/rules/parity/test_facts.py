from __future__ import annotations

import pytest

from babelreel.model.file_position import Source
from babelreel.rules.check import CheckResult, check_track
from support.subjects import make_subject
from support.tracks import srt


def check(content: str, path: str, reference: str, names: tuple[str, ...] = ()) -> CheckResult:
    subject = make_subject(content, path=f"subtitles/{path}", reference=reference, names=names)
    return check_track(subject, select=["FCT"])


def pointed(content: str, reference: str, path: str = "nl.srt", names: tuple[str, ...] = ()) -> list[str]:
    """Give each finding with the text that it points at, or nothing where it points at a cue."""
    result = check(content, path, reference, names)
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code} "
        f"{_text_at(each.location.line, each.location.column, each.location.end_column, result)}".rstrip()
        for each in result.findings
    ]


def _text_at(line: int, column: int, end_column: int, result: CheckResult) -> str:
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
    assert pointed(srt(text), srt("Are you under 18?"), path) == []


def test_another_number_than_that_of_the_reference_is_text_at() -> None:
    assert pointed(srt("Ben je jonger dan 16?"), srt("Are you under 18?")) == ["3:19 warning FCT001 16"]
    assert pointed(srt("هل عمرك أقل من ١٦ عامًا؟"), srt("Are you under 18?"), "ar.srt") == ["3:16 warning FCT001 ١٦"]


@pytest.mark.parametrize(
    "text", ["10.000 euro", "10 000 euro", "10\u202f000 euro", "10’000 euro", "€ 10000", "10 000,00 euro"]
)
def test_a_number_may_be_parted_as_the_language_parts_it(text: str) -> None:
    assert pointed(srt(text), srt("10,000 euros")) == []


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
    assert pointed(srt(text), srt(reference)) == []


def test_numbers_may_stand_in_another_order_and_in_another_cue() -> None:
    reference = srt("In 2024 there were 2594 children.", "They were under 18.")
    assert pointed(srt("2594 kinderen waren in 2024", "jonger dan achttien: 18."), reference) == []
    assert pointed(srt("Onder de 18 jaar:", "2594 kinderen in 2024."), reference) == []


def test_a_number_that_is_missing_is_reported_at_its_cue() -> None:
    assert pointed(srt("Dag.", "Ben je jong?"), srt("Hello.", "Are you under 18?")) == ["6:1 warning FCT001"]
    assert pointed(srt("Dag.", "Je hebt drie dagen."), srt("Hello.", "You have 3 days.")) == []


def test_a_long_number_that_only_the_translation_has_is_reported() -> None:
    assert pointed(srt("Sinds 2019 heb je rechten."), srt("You have rights.")) == ["3:7 warning FCT001 2019"]


CALL = srt("Are you in danger? Call 112.", "Call Child Focus on 116\u00a0000.")


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
    assert pointed(srt(first, second), CALL, path) == []


def test_one_other_digit_of_a_phone_number_is_an_error() -> None:
    assert pointed(srt("Bel 112.", "Bel 116 006."), CALL) == ["7:5 error FCT002 116 006"]
    assert pointed(srt("Bel 112.", "Bel 116 001."), CALL) == ["7:5 error FCT002 116 001"]
    assert pointed(srt("请打１２１。", "请打116 000。"), CALL, "zh-Hans.srt") == ["3:3 error FCT002 １２１"]
    assert pointed(srt("اتصل بالرقم ١١٣.", "116000"), CALL, "ar.srt") == ["3:13 error FCT002 ١١٣"]


def test_digits_that_changed_places_are_an_error() -> None:
    assert pointed(srt("Gọi 121.", "Gọi 116 000."), CALL, "vi.srt") == ["3:5 error FCT002 121"]


@pytest.mark.parametrize(
    "number", ["112", "116 000", "0800 123 45 67", "02 205 44 44", "+32 (0)2 205 44 44", "(02) 205 44 44"]
)
def test_a_phone_number_that_is_missing_is_an_error(number: str) -> None:
    assert pointed(srt("Dag.", "Bel ons."), srt("Hello.", f"Call us: {number}.")) == ["6:1 error FCT002"]


def test_a_missing_number_that_only_its_sentence_makes_one_to_call_is_a_warning() -> None:
    assert pointed(srt("Dag.", "Bel ons."), srt("Hello.", "Call 1712.")) == ["6:1 warning FCT002"]


def test_a_missing_line_with_a_phone_number_is_an_error() -> None:
    reference = srt("You have rights.", "Call Child Focus on 116 000.", "It is free.")
    lacking = srt((3000, 5500, "Je hebt rechten."), (9000, 11_500, "Het is gratis."))
    assert pointed(lacking, reference) == ["2:1 error FCT002"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("0800 123 45 6", "0800 123 45 67"),
        ("116 00", "116 000"),
        ("116", "116 000"),
        ("02 205 44", "+32 2 205 44 44"),
        ("١١٦ ٠٠", "116 000"),
    ],
)
def test_a_phone_number_that_lost_digits_is_an_error(text: str, right: str) -> None:
    assert pointed(srt(f"Bel {text}."), srt(f"Call {right}.")) == [f"3:5 error FCT002 {text}"]


@pytest.mark.parametrize(
    "formula",
    ["-1/12", "1/12", "1 + 112", "112 + 1", "x = 112", "112%", "0.123456789", "01101001011", "01.02.2009 08.30"],
)
def test_a_formula_a_date_and_a_binary_number_are_no_phone_numbers(formula: str) -> None:
    found = pointed(srt("Dag.", "Zo is het."), srt("Hello.", f"It is {formula}."))
    assert [each for each in found if "FCT002" in each] == []


@pytest.mark.parametrize(("text", "english"), [("Bel ons dag en nacht.", "24/7"), ("Bel ons 7 dagen op 7.", "7/7")])
def test_to_call_at_any_hour_is_no_number_to_call(text: str, english: str) -> None:
    assert pointed(srt(text), srt(f"Call us {english}.")) == []
    assert pointed(srt(f"Bel ons {english}."), srt("Call us at any time.")) == []


def test_a_phone_number_that_only_the_translation_has_is_a_warning() -> None:
    text = srt("Bel 112.", "Bel 116 000 of 0800 12 345.")
    assert pointed(text, CALL) == ["7:16 warning FCT002 0800 12 345"]


def test_a_number_may_be_given_once_more_or_once_less() -> None:
    assert pointed(srt("Bel 112.", "Bel 116 000. Gevaar? Bel 112."), CALL) == []
    assert pointed(srt("Bel 112 of 116 000.", "Dag en nacht."), srt("Call 112 or 116 000.", "Call 112.")) == []


def test_a_country_code_and_a_leading_zero_are_the_same() -> None:
    assert pointed(srt("Bel 02 205 44 44."), srt("Call +32 2 205 44 44.")) == []
    assert pointed(srt("Bel 02 205 44 45."), srt("Call +32 2 205 44 44.")) == ["3:5 error FCT002 02 205 44 45"]


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
    assert pointed(srt(text), srt("See fedasilinfo.be/en")) == []


def test_another_address_is_an_error_and_another_page_a_warning() -> None:
    assert pointed(srt("Kijk op fedasil-info.be/nl."), srt("See fedasilinfo.be/en")) == [
        "3:9 error FCT003 fedasil-info.be/nl"
    ]
    assert pointed(srt("fedasil.be/voogdij"), srt("fedasil.be/guardian")) == ["3:1 warning FCT003 fedasil.be/voogdij"]
    assert pointed(srt("hulp@childfocus.org"), srt("hulp@childfocus.be")) == ["3:1 error FCT003 hulp@childfocus.org"]


def test_an_address_that_is_missing_or_extra_is_a_warning() -> None:
    assert pointed(srt("Kijk op de site."), srt("See fedasil.be.")) == ["2:1 warning FCT003"]
    assert pointed(srt("Kijk op fedasil.be."), srt("See the site.")) == ["3:9 warning FCT003 fedasil.be"]


@pytest.mark.parametrize(
    "address",
    ["refugee.help", "child.care", "about.me", "bit.ly", "shqip.al", "rights.ngo", "doctor.health", "x-y.org.al"],
)
def test_an_address_of_any_ending_is_compared(address: str) -> None:
    assert pointed(srt(f"Kijk op https://{address}/nl#top."), srt(f"See {address}.")) == []
    assert pointed(srt("Kijk op de site."), srt(f"See {address}.")) == ["2:1 warning FCT003"]
    wrong = address.replace(".", "s.", 1)
    assert pointed(srt(f"Kijk op {wrong}."), srt(f"See {address}.")) == [f"3:9 error FCT003 {wrong}"]


def test_small_letters_without_a_space_are_no_extra_address() -> None:
    assert pointed(srt("C’est la fin.il est là."), srt("It is over."), "fr.srt") == []
    assert pointed(srt("C’est la fin.il est là."), srt("See refugee.help."), "fr.srt") == ["2:1 warning FCT003"]


def test_a_sentence_without_its_space_is_no_address() -> None:
    assert pointed(srt("C’est la fin.Il est là.Tu vois."), srt("It is over."), "fr.srt") == []


NAMED = ("Child Focus",)


def test_the_name_of_a_service_is_missing() -> None:
    assert pointed(srt("Обади се на 112.", "Обади се на 116 000."), CALL, "bg.srt", NAMED) == ["6:1 warning FCT004"]


@pytest.mark.parametrize(
    "text",
    ["Child\u00a0Focus: 116 000", "请打给Child Focus：116 000", "CHILD\nFOCUS 116 000", "Child Focusul: 116 000"],
)
def test_a_name_may_be_written_with_what_its_language_adds(text: str) -> None:
    assert pointed(srt("112", text), CALL, "ro.srt", NAMED) == []


def test_a_name_that_the_project_does_not_list_is_not_looked_for() -> None:
    assert pointed(srt("Обади се на 112.", "Обади се на 116 000."), CALL, "bg.srt") == []


def test_only_a_phone_number_that_stands_in_a_missing_stretch_is_missed_once_more() -> None:
    reference = srt("You have rights.", "Call Child Focus on 116 000.", "See fedasil.be.")
    assert pointed(srt("Je hebt rechten."), reference, names=NAMED) == ["2:1 error FCT002"]


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1 " * 25_000, "+" * 50_000, "a." * 25_000, "a@" * 25_000, "0" * 9 + " 112" * 9_000]
)
def test_a_very_long_line_takes_no_long_time(text: str) -> None:
    result = check(srt(text), "nl.srt", CALL)
    assert all(len(each.message) < 300 for each in result.findings)


def test_a_site_that_the_reference_names_is_no_new_address() -> None:
    assert pointed(srt("Met dank aan audible.com."), srt("Thanks to Audible.")) == []
    assert pointed(srt("Kijk op fedasil.be/nl/asiel."), srt("See fedasil.be.")) == []
    # the name alone excuses nothing where an address of the reference is missing
    assert pointed(srt("Fedasil: fedasil.com."), srt("Fedasil: fedasil.be.")) == ["3:10 error FCT003 fedasil.com"]


@pytest.mark.parametrize(
    ("path", "text", "reference"),
    [
        ("vi.srt", "Mở cửa đến 5 giờ chiều.", "Open until 5 p.m."),
        ("zh-Hans.srt", "下午5点关门。", "It closes at 5 p.m."),
        ("zh-Hans.srt", "有40亿人。", "There are 4 billion people."),
        ("zh-Hans.srt", "有30万人。", "There are 300,000 people."),
        ("fr.srt", "Il y a 4 milliards d’hommes.", "There are 4 billion people."),
        ("ro.srt", "Sunt 100 de milioane.", "There are 100 million."),
        ("de.srt", "Es sind 2,5 Millionen.", "There are 2.5 million."),
        ("nl.srt", "Je bent vijfentwintig.", "You are 25."),
        ("de.srt", "Du bist siebenundvierzig.", "You are 47."),
        ("fr.srt", "Tu as quatre-vingt-dix-sept ans.", "You are 97."),
        ("ar.srt", "عمرك خمسة وعشرون عامًا.", "You are 25."),
        ("fa.srt", "تو هجده سال داری.", "You are 18."),
        ("ps.srt", "ته اتلس کلن یې.", "You are 18."),
        ("vi.srt", "Em hai mươi lăm tuổi.", "You are 25."),
        ("zh-Hans.srt", "你二十五岁。", "You are 25."),
        ("sq.srt", "Je njëzet e pesë vjeç.", "You are 25."),
        ("ro.srt", "Ai douăzeci și cinci de ani.", "You are 25."),
        ("bg.srt", "Ти си на двадесет и пет.", "You are 25."),
        ("pcm.srt", "You be twenty-five.", "You are 25."),
        ("nl.srt", "Je bent 25.", "You are twenty-five."),
        ("nl.srt", "Er zijn 1500 kinderen.", "There are fifteen hundred children."),
    ],
)
def test_a_number_may_be_said_in_words(path: str, text: str, reference: str) -> None:
    assert pointed(srt(text), srt(reference), path) == []


def test_words_of_another_number_excuse_nothing() -> None:
    assert pointed(srt("Je bent zesentwintig."), srt("You are 25.")) == ["2:1 warning FCT001"]
    assert pointed(srt("下午6点关门。"), srt("It closes at 5 p.m."), "zh-Hans.srt") == ["3:3 warning FCT001 6"]


def test_a_number_stands_for_another_one_only_while_that_is_said() -> None:
    english = srt((1000, 3000, "There are 48 of us."), (9000, 11_000, "It is free."))
    dutch = srt((1000, 3000, "Wij zijn met velen."), (9000, 11_000, "Het kost 36 euro."))
    assert pointed(dutch, english) == ["2:1 warning FCT001"]  # 48 is missing, and 36 is not in its place


@pytest.mark.parametrize(
    "text", ["Dan is x = 256.", "Neem [1 2].", "Dat is -1/12.", "Dus f(144).", "Het punt (300, 500)."]
)
def test_what_stands_in_a_formula_is_no_fact_to_act_on(text: str) -> None:
    assert pointed(srt(text), srt("Then that is it.")) == []


def test_numbers_in_a_list_are_compared_one_by_one() -> None:
    assert pointed(srt("Op 14, 15 en 16 mei."), srt("On 14, 15 and 16 May.")) == []
    assert pointed(srt("Op 14, 25 en 16 mei."), srt("On 14, 15 and 16 May.")) == ["3:8 warning FCT001 25"]


@pytest.mark.parametrize(
    ("path", "text", "reference"),
    [
        ("fr.srt", "Un mathématicien du XVIIe siècle.", "A mathematician of the 17th century."),
        ("ro.srt", "Un matematician din secolul al XVII-lea.", "A mathematician of the 17th century."),
        ("ar.srt", "عالم من القرن السابع عشر.", "A scientist of the 17th century."),
        ("bg.srt", "На двадесет и четвърти май.", "On 24 May."),
        ("fr.srt", "C’est la quatorzième fois.", "It is the 14th time."),
        ("zh-Hans.srt", "在20世纪90年代。", "In the 1990s."),
        ("nl.srt", "In de jaren 90.", "In the 1990s."),
        ("ar.srt", "في أواخر الثمانينيات.", "In the late 1980s."),
        ("en.srt", "In nineteen eighty-four.", "In 1984."),
        ("de.srt", "Etwa sechs Komma zwei acht.", "About 6.28."),
        ("fr.srt", "La moitié des enfants.", "50% of the children."),
        ("zh-Hans.srt", "有1亿2000万人。", "There are 120 million people."),
        ("zh-Hans.srt", "有3万5千人。", "There are 35,000 people."),
        ("de.srt", "Es kostet 5 Mio. Euro.", "It costs 5 million euros."),
        ("de.srt", "Die Helligkeit des 3. 16 Mal.", "The brightness of the third one, 16 times."),
        ("fr.srt", "La note est 120/120.", "The mark is 120."),
        ("ar.srt", "مثل 35/43.", "Like 35 over 43."),
    ],
)
def test_a_number_may_be_written_as_its_language_writes_it(path: str, text: str, reference: str) -> None:
    assert pointed(srt(text), srt(reference), path) == []


@pytest.mark.parametrize(
    ("path", "text", "reference", "found"),
    [
        ("fr.srt", "Un mathématicien du XVIe siècle.", "A mathematician of the 17th century.", "2:1 warning FCT001"),
        ("nl.srt", "In de jaren 80.", "In the 1990s.", "2:1 warning FCT001"),
        ("zh-Hans.srt", "有3万6千人。", "There are 35,000 people.", "3:2 warning FCT001 3万6千"),
        ("fr.srt", "La note est 110/120.", "The mark is 120.", "3:13 warning FCT001 110/120"),
    ],
)
def test_another_number_in_the_writing_of_a_language_is_found(path: str, text: str, reference: str, found: str) -> None:
    assert pointed(srt(text), srt(reference), path) == [found]


def test_a_number_that_is_said_half_a_minute_later_is_neither_missing_nor_another_one() -> None:
    english = srt((1000, 3000, "There are 48 of us."), (21_000, 23_000, "It costs 36 euros."))
    dutch = srt((1000, 3000, "Het kost 36 euro."), (21_000, 23_000, "Wij zijn met 48."))
    assert pointed(dutch, english) == []


def test_where_hardly_any_number_has_its_like_nothing_can_be_told() -> None:
    english = srt("There are 18, 27 and 39.", "It costs 45 euros.")
    assert pointed(srt("Er zijn er 52, 63 en 74.", "Het kost 85 euro."), english) == []
    assert pointed(srt("Er zijn er 18, 27 en 39.", "Het kost 85 euro."), english) == ["7:10 warning FCT001 85"]


@pytest.mark.parametrize("cue", [(1000, 3000, ""), (1000, 61_000, "Dag.")])
def test_no_number_is_missed_under_a_cue_of_which_nobody_can_tell(cue: tuple[int, int, str]) -> None:
    english = srt((1000, 3000, "There are 48 of us."), (62_000, 64_000, "It is free."))
    dutch = srt(cue, (62_000, 64_000, "Het is gratis."))
    assert [each for each in pointed(dutch, english) if "FCT001" in each] == []
