from __future__ import annotations

import pytest

from support.checking import found
from support.tracks import srt

AR, BG, DE, FR, RO, SQ, ZH = (f"subtitles/{tag}.srt" for tag in ("ar", "bg", "de", "fr", "ro", "sq", "zh-Hans"))


def text_of(*texts: str, path: str = "subtitles/en.srt") -> list[str]:
    return found(srt(*texts), path=path, select=["TXT"])


def test_a_bracket_has_its_other_half() -> None:
    assert found(srt("You can (call.", "You) can]"), select=["TXT"]) == ["7:9 warning TXT005"]
    assert text_of("You can call) now.") == ["3:13 warning TXT005"]
    assert text_of("请打（112。", path=ZH) == ["3:3 warning TXT005"]


def test_brackets_may_go_on_over_some_cues_and_not_over_ten() -> None:
    assert text_of("(They call", "the police)") == []
    assert text_of("(They call", *["It is free."] * 9, "the police)") == ["3:1 warning TXT005", "43:11 warning TXT005"]


@pytest.mark.parametrize(
    "text", ["1) Ask. 2) Wait.", "a) Ask\nb) Wait", "Smile :) or ;-)", "(see 1)", "(a [b] c)", "[noise]"]
)
def test_these_brackets_are_right(text: str) -> None:
    assert text_of(text) == []


def test_a_quotation_has_an_end() -> None:
    assert found(srt('They say: "Stay.'), select=["TXT"]) == ["3:11 warning TXT006"]
    assert text_of("They say: Stay.”") == ["3:16 warning TXT006"]
    assert text_of("Sie sagen: „Bleib.", path=DE) == ["3:12 warning TXT006"]
    assert text_of("Ils disent : «\u00a0Reste.", path=FR) == ["3:14 warning TXT006"]
    assert text_of("他说：“你好。", path=ZH) == ["3:4 warning TXT006"]


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("subtitles/en.srt", ['They say: "Stay", and "go".']),
        ("subtitles/en.srt", ["They say: “Stay,” and “go”—“now”."]),
        ("subtitles/en.srt", ["“It is free,", "it is yours,", "and it is safe.”"]),
        ("subtitles/en.srt", ["“It is free,", "“it is yours,", "“and it is safe.”"]),
        ("subtitles/en.srt", ['"It is free,', '"it is yours,', '"and it is safe."']),
        ("subtitles/en.srt", ['A 5" screen and a 6" one.', "It’s rock 'n' roll."]),
        ("subtitles/en.srt", ['-"Stay."\n-("Go.")']),
        (DE, ["„Bleib“, sagt er. »Geh«, sagt sie. «So» auch."]),
        (FR, ["«\u00a0Reste\u00a0», dit-il.\n« Oui »."]),
        (BG, ["„Остани“, каза той."]),
        (RO, ["„Rămâi”, spune el. «Da»."]),
        (ZH, ["他说：“你好”。《法律》「是」"]),
        (AR, ['قال: «ابق» و"نعم".']),
        (SQ, ["“Rri”, tha ai. „Po“."]),
    ],
)
def test_these_quotations_are_right(path: str, texts: list[str]) -> None:
    assert text_of(*texts, path=path) == []
