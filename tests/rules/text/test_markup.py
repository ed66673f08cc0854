from __future__ import annotations

import pytest

from support.checking import count_breaches, findings, fixed_text, found
from support.tracks import srt

VTT, ASS = "subtitles/en.vtt", "subtitles/en.ass"


def webvtt(text: str) -> str:
    return f"WEBVTT\n\n00:01.000 --> 00:03.500\n{text}\n"


def substation(text: str) -> str:
    return f"""\
[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:03.50,Default,,0,0,0,,{text}
"""


def markup(text: str, path: str = "subtitles/en.srt") -> list[str]:
    return found(srt(text), path=path, select=["MRK"])


def test_a_tag_is_closed_in_its_cue() -> None:
    assert found(srt("You have <i>rights."), select=["MRK"]) == ["3:10 warning MRK001"]
    assert fixed_text("You <i>have\nrights.", select="MRK001") == "You <i>have\nrights.</i>"


def test_a_tag_that_closes_nothing_is_taken_away() -> None:
    assert markup("You have rights.</i>") == ["3:17 warning MRK001"]
    assert fixed_text("You have rights.</i>", select="MRK001") == "You have rights."


def test_an_opening_tag_at_the_end_was_meant_to_close() -> None:
    assert markup("<i>You have rights.<i>") == ["3:20 warning MRK001"]
    assert fixed_text("<i>You have rights.<i>", select="MRK001") == "<i>You have rights.</i>"


def test_tags_do_not_cross() -> None:
    assert markup("<i>You <b>have</i> rights.</b>") == ["3:8 info MRK002", "3:15 warning MRK001"]


@pytest.mark.parametrize(
    "text",
    ["<i>You have\nrights.</i>", "<I>You</I> <i>have</i> rights.", "2 <3 and 4> 3", "<i></i>You", "<i>a<i>b</i></i>"],
)
def test_tags_in_order_are_right(text: str) -> None:
    assert markup(text) == []


def test_webvtt_voices_may_stay_open_and_its_classes_may_not() -> None:
    assert found(webvtt("<v Roger>You <lang nl>hebt</lang> rights."), path=VTT, select=["MRK"]) == []
    assert found(webvtt("<c.loud>You have rights."), path=VTT, select=["MRK"]) == ["4:1 warning MRK001"]


def test_what_is_not_kept_is_told_and_what_players_do_not_know_is_warned_of() -> None:
    assert found(srt("It is <u>free</u> <em>now</em>."), select=["MRK"]) == [
        "3:7 info MRK002",
        "3:19 warning MRK002",
    ]
    assert markup('<font color="#fff">It</font> is free.<br>') == ["3:1 info MRK002", "3:38 warning MRK002"]
    assert found(substation("It is <i>free</i>."), path=ASS, select=["MRK"]) == ["6:57 warning MRK002"]


def test_a_tag_is_reported_once_in_a_cue() -> None:
    assert markup("<em>It</em> is <em>free</em>.") == ["3:1 warning MRK002"]


def test_a_command_of_another_format_is_text_in_this_one() -> None:
    assert found(srt(r"{\fs40}It is free.\NNow."), select=["MRK"]) == ["3:1 warning MRK003", "3:19 warning MRK003"]
    assert markup("{y:i}It is free.") == ["3:1 warning MRK003"]
    assert found(webvtt(r"{\an8}It is free."), path=VTT, select=["MRK"]) == ["4:1 warning MRK003"]


def test_commands_for_place_and_italics_are_understood_in_subrip() -> None:
    assert markup(r"{\an8}{\i1}It{\i0} is free.") == ["3:1 info MRK003", "3:7 info MRK003", "3:14 info MRK003"]


def test_commands_are_at_home_in_ass() -> None:
    assert found(substation(r"{\an8\fs40}It is free.\NNow."), path=ASS, select=["MRK"]) == []


def test_the_html_name_of_a_character_is_shown_as_it_is() -> None:
    assert found(srt("You get caf&eacute; &amp; bread."), select=["MRK"]) == [
        "3:12 warning MRK004",
        "3:21 warning MRK004",
    ]
    assert found(srt("&nbsp;"), select=["MRK004"]) == ["3:1 warning MRK004"]
    assert fixed_text("You get caf&eacute;.", select="MRK004") == "You get café."
    assert fixed_text("You &amp; me.", select="MRK004") == "You & me."
    assert fixed_text("You&nbsp;have rights.", select="MRK004", is_safe=False) == "You\u00a0have rights."


def test_a_name_is_not_written_out_where_it_would_make_markup() -> None:
    text = srt("&lt;i> and &amp;lt; and &#123;")
    assert [each.fix for each in findings(text, path="subtitles/en.srt", select=("MRK004",))] == [None, None, None]


def test_ampersands_and_webvtt_names_are_right() -> None:
    assert markup("You & me; R&D; AT&T") == []
    assert found(webvtt("You &amp; me."), path=VTT, select=["MRK"]) == []


def test_italics_have_no_use_in_arabic_and_chinese() -> None:
    assert found(srt("<i>لست وحدك.</i>"), path="subtitles/ar.srt", select=["MRK"]) == ["3:1 warning MRK005"]
    assert fixed_text("<i>你好。</i>", "zh-Hans", select="MRK005", is_safe=False) == "你好。"
    assert markup("<i>You have rights.</i>") == []


def test_italics_of_a_style_are_reported_without_a_fix() -> None:
    style = "[V4+ Styles]\nFormat: Name, Italic\nStyle: Default,-1\n\n[Events]"
    text = substation("لست وحدك.").replace("[Events]", style)
    (finding,) = findings(text, path="subtitles/fa.ass", select=("MRK",))
    assert (finding.code, finding.fix) == ("MRK005", None)


def test_tags_in_a_comment_are_nobody_s_business() -> None:
    assert found("WEBVTT\n\nNOTE <b>for us\n\n00:01.000 --> 00:03.500\nYou.\n", path=VTT, select=["MRK"]) == []


@pytest.mark.parametrize("piece", ["<i>", "<i><b></i>", "{\\", "&a", "a", "</i>"])
def test_markup_of_the_same_fifty_thousand_times_takes_no_long_time(piece: str) -> None:
    assert count_breaches(f"<{piece * 50_000}", "ar", ("MRK",)) >= 0
