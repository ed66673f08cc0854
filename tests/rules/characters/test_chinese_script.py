from __future__ import annotations

from support.checking import findings, fixed_text, found
from support.tracks import srt

ZH = "subtitles/zh-Hans.srt"


def signs(*texts: str, path: str) -> list[str]:
    return found(srt(*texts), path=path, select=["SCR"])


def test_chinese_has_no_spaces_between_characters() -> None:
    assert found(srt("律师是免费的。 他帮你。"), path=ZH, select=["SCR"]) == ["3:8 warning SCR006"]
    assert fixed_text("律师是免费的。 他帮你。", "zh-Hans", select="SCR006") == "律师是免费的。他帮你。"
    (comma,) = findings(srt("你好\u3000再见。"), "zh-Hans", select="SCR006")
    assert comma.fix is None  # it may stand for a comma
    assert signs("请打 112 或 Child Focus 好", path=ZH) == []


def test_digits_and_latin_letters_are_half_width() -> None:
    assert found(srt("请打１１２。"), path=ZH, select=["SCR"]) == ["3:3 info SCR007"]
    assert fixed_text("ＵＮ１１２", "zh-Hans", select="SCR007") == "UN112"
    assert signs("１１２", path="subtitles/ja.srt") == []  # a matter of style there


def test_a_file_without_commas_parts_its_clauses_by_spaces() -> None:
    clauses = srt("律师是免费的 他帮你", "你有权上学 也有权看医生", "别怕")
    assert found(clauses, path=ZH, select=["SCR006"]) == []
    assert found(f"{clauses}\n{srt('律师，医生，老师。')}", path=ZH, select=["SCR006"]) != []  # three marks, two spaces
    beside_a_mark = srt("律师是免费的 他帮你", "你好。 再见")
    assert found(beside_a_mark, path=ZH, select=["SCR006"]) != []
