from __future__ import annotations

import pytest

from babelreel.rules.check import check_track
from support.checking import fixed, found
from support.subjects import make_subject


def told(content: str | bytes, path: str = "subtitles/bg.srt") -> list[str]:
    return found(content, path=path, select=["ENC"])


def saying(text: str) -> str:
    return f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n"


def misread(text: str, page: str = "cp1252") -> str:
    """Read UTF-8 as another program does that knows one code page only, and takes unused bytes for controls."""
    return "".join(bytes((byte,)).decode(page, "ignore") or chr(byte) for byte in text.encode())


MEANT = {
    "fr": "L’école est gratuite\u00a0: «\u00a0même à Liège\u00a0».",
    "de": "Ein Vormund hilft dir überall, „auch“ außerhalb.",
    "nl": "Eén dokter, ideeën voor school…",
    "sq": "Ti ke të drejtë për një kujdestar.",
    "ro": "Ai dreptul la un tutore și la școală, fără plată.",
    "vi": "Em có quyền được giúp đỡ miễn phí.",
    "bg": "Имаш право на настойник – безплатно.",
    "ar": "لك الحق في وصيّ يساعدك، هل تحتاج إلى طبيب؟",
    "fa": "تو حق داری یک سرپرست داشته باشی.",
    "ps": "تاسو د مرستې حق لرئ، ښوونځی وړیا دی.",
    "zh-Hans": "你有权得到监护人的帮助。",
}


@pytest.mark.parametrize("tag", MEANT)
def test_utf_8_that_was_read_as_windows_1252_is_found_and_put_back(tag: str) -> None:
    path = f"subtitles/{tag}.srt"
    text = saying(misread(MEANT[tag]))
    assert {each.split()[0].split(":")[0] for each in told(text, path) if each.endswith("error ENC005")} == {"3"}
    assert fixed(text, path=path, select="ENC005", is_safe=False) == saying(MEANT[tag])
    (finding,) = check_track(make_subject(text, path=path), select=["ENC005"]).findings
    assert f"“{MEANT[tag]}”" in finding.message


@pytest.mark.parametrize("tag", MEANT)
def test_utf_8_that_was_misread_twice_is_put_back(tag: str) -> None:
    text = saying(misread(misread(MEANT[tag])))
    assert fixed(text, path=f"subtitles/{tag}.srt", select="ENC005", is_safe=False) == saying(MEANT[tag])


@pytest.mark.parametrize(("tag", "page"), [("bg", "cp1251"), ("ar", "cp1256"), ("fa", "cp1256")])
def test_utf_8_that_was_read_with_the_old_page_of_the_language_is_found(tag: str, page: str) -> None:
    subject = make_subject(saying(misread(MEANT[tag], page)), path=f"subtitles/{tag}.srt")
    finding, *_ = check_track(subject, select=["ENC"]).findings
    assert (finding.code, finding.location.line) == ("ENC005", 3)
    assert MEANT[tag].split()[0] in finding.message


@pytest.mark.parametrize("tag", MEANT)
def test_what_was_meant_has_no_finding(tag: str) -> None:
    assert told(saying(MEANT[tag]), f"subtitles/{tag}.srt") == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("fr", "«\u00a0La liberté\u00a0» et «\u00a0voilà\u00a0»…"),
        ("de", "„Spaß“ und „Ä“, ÄÖÜ…"),
        ("vi", "“ĐÔ THỊ ĐÃ” và “ĐÃ…”"),
        ("bg", "„ДОКТОР“ и ЧАС… „НАС“"),
        ("ro", "ROMÂNIA, „MÂ”…"),
        ("sq", "“PËR”, ÇË… ”"),
        ("ar", "«نعم»… ÷ لا"),
    ],
)
def test_letters_beside_signs_are_no_mojibake(tag: str, text: str) -> None:
    assert told(saying(text), f"subtitles/{tag}.srt") == []


def test_mojibake_in_part_of_a_line_is_put_back_and_the_rest_kept() -> None:
    text = saying("L’école, mÃªme Ã©tÃ©")
    assert told(text, "subtitles/fr.srt") == ["3:11 error ENC005"]
    assert fixed(text, path="subtitles/fr.srt", select="ENC005", is_safe=False) == saying("L’école, même été")
