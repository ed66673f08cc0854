from __future__ import annotations

from support.checking import fixed_text, found
from support.tracks import srt

FA, TH = (f"subtitles/{tag}.srt" for tag in ("fa", "th"))


def spacing(text: str, path: str = "subtitles/en.srt") -> list[str]:
    return found(srt(text), path=path, select=["SPC"])


def test_an_invisible_character_is_seen() -> None:
    assert found(srt("Ask an inter\u00adpreter."), select=["SPC"]) == ["3:13 warning SPC007"]
    assert fixed_text("Ask an inter\u00adpreter.", select="SPC007") == "Ask an interpreter."
    assert fixed_text("You \u200b have rights.", select="SPC007") == "You have rights."
    # of a byte order mark the rule on the bytes tells too, and the fix is its own: the letters are in doubt
    assert fixed_text("You have rights.\ufeff", select=["SPC007", "ENC008"]) == "You have rights."


def test_a_joiner_is_junk_between_latin_letters_and_part_of_a_word_between_arabic_ones() -> None:
    assert spacing("You\u200cr rights.") == ["3:4 warning SPC007"]
    assert spacing("می\u200cتوانی", FA) == []


def test_the_joiner_of_an_emoji_and_the_breaks_of_thai_are_right() -> None:
    assert spacing("A family: \U0001f468\u200d\U0001f469\u200d\U0001f467") == []
    assert spacing("คุณ\u200bมี", TH) == []
