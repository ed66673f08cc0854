from __future__ import annotations

import pytest

from babelreel.model.style import Look, Styles
from support.checking import found

ASS = """\
[Script Info]
; written by hand
ScriptType: v4.00+
PlayResX: 384
PlayResY: 288

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Noto Sans,18

[Events]
Format: Layer, Start, End, Style, Text
Comment: 0,0:00:01.00,0:00:03.00,Nobody,to be checked
Dialogue: 0,0:00:01.00,0:00:03.00,Default,You have rights.
Dialogue: 0,0:00:04.00,0:00:06.00,Default,A doctor, too, is free.
"""


def told(text: str, path: str = "subtitles/en.ass") -> list[str]:
    return found(text, path=path, select=["ASS", "SYN"])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_whole_script_has_no_finding(line_end: str) -> None:
    assert told(ASS.replace("\n", line_end)) == []


def test_what_aegisub_adds_is_known() -> None:
    text = ASS.replace("[V4+", "[Aegisub Project Garbage]\nLast Style Storage: Default\nVideo Zoom: 1\n\n[V4+")
    assert told(text + "\n[Aegisub Extradata]\nData: 1,x,y\n\n[Fonts]\nfontname: a.ttf\n!!:AB[\n") == []


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [("[Script", "[V4+", ["ASS001"]), ("[V4+", "[Events", ["ASS001", "ASS004"])],
)
def test_a_missing_section_is_reported(start: str, end: str, codes: list[str]) -> None:
    text = ASS[: ASS.index(start)] + ASS[ASS.index(end) :]
    assert [each.split()[-1] for each in told(text)] == codes


def test_a_script_that_begins_with_its_events_lacks_two_sections() -> None:
    text = ASS[ASS.index("[Events") :].replace("Default", "")
    assert told(text) == ["1:1 warning ASS001", "1:1 warning ASS001", "4:35 warning ASS004"]


def test_a_script_without_events_is_empty() -> None:
    assert told(ASS[: ASS.index("[Events")]) == ["0:0 error SYN003", "1:1 warning ASS001"]


@pytest.mark.parametrize("columns", ["Layer, Start, Style, Text", "Layer, Start, End, Text, Style", "Layer, Start"])
def test_a_format_line_without_what_is_needed_is_an_error(columns: str) -> None:
    assert "12:1 error ASS002" in told(ASS.replace("Layer, Start, End, Style, Text", columns))


def test_styles_need_a_name() -> None:
    text = ASS.replace("Name, Fontname, Fontsize", "Fontname, Fontsize")
    assert told(text)[0] == "8:1 error ASS002"


def test_a_format_line_is_expected_to_have_all_times() -> None:
    text = ASS.replace("Layer, Start, End, Style, Text", "Layer, Start, Style, Text").replace("Dialogue", "Comment")
    assert told(text) == ["0:0 error SYN003", "12:1 error ASS002"]


@pytest.mark.parametrize("style", ["Default,Noto Sans", "Default,Noto Sans,18,1"])
def test_a_style_has_as_many_fields_as_its_section_names(style: str) -> None:
    assert told(ASS.replace("Default,Noto Sans,18", style)) == ["9:1 warning ASS003"]


def test_a_style_that_is_not_defined_is_reported_at_its_first_use_only() -> None:
    assert told(ASS.replace(",Default,", ",Loud,")) == ["14:35 warning ASS004"]
    assert told(ASS.replace(",Default,", ",*Default,")) == []
    assert told(ASS.replace(",Default,", ",default,")) == ["14:35 warning ASS004"]


def test_a_section_or_line_that_the_format_does_not_know() -> None:
    assert told(ASS.replace("; written", "written")) == ["2:1 warning ASS005"]
    assert told(ASS.replace("[Events]", "[Notes]\nx\n\n[Events]")) == ["11:1 warning ASS005"]
    assert told(ASS.replace("Style: Default", "Stile: Default")) == ["9:1 warning ASS005", "14:35 warning ASS004"]
    assert told("our film\n" + ASS) == ["1:1 warning ASS005"]


def test_a_strange_line_among_the_events_may_be_a_lost_cue() -> None:
    assert told(ASS.replace("Dialogue: 0,0:00:04", "Dialouge: 0,0:00:04")) == ["15:1 error SYN001"]


@pytest.mark.parametrize("size", ["", "0", "wide", "384.5"])
def test_the_resolution_is_two_sizes(size: str) -> None:
    assert told(ASS.replace("PlayResX: 384", f"PlayResX: {size}")) == ["4:1 warning ASS006"]


def test_a_resolution_that_is_not_there_is_missed_below_the_heading() -> None:
    text = ASS.replace("PlayResX: 384\n", "").replace("PlayResY: 288\n", "")
    assert told(text) == ["1:1 warning ASS006", "1:1 warning ASS006"]


def test_the_script_type_is_that_of_the_ending() -> None:
    assert told(ASS.replace("v4.00+", "v4.00")) == ["3:1 warning ASS007"]
    assert told(ASS.replace("ScriptType: v4.00+\n", "")) == ["1:1 warning ASS007"]
    ssa = ASS.replace("[V4+", "[V4").replace("v4.00+", "v4.00").replace("Layer", "Marked")
    assert told(ssa, "subtitles/en.ssa") == []
    assert told(ASS, "subtitles/en.ssa") == ["1:1 warning ASS001", "3:1 warning ASS007"]


def test_an_event_that_only_draws_is_left_out_and_reported() -> None:
    assert told(ASS.replace("A doctor", r"{\p1}m 0 0 l 1 1{\p0}A doctor")) == []
    assert told(ASS.replace("You have rights.", r"{\p1}m 0 0 l 1 1{\p0}")) == ["14:1 warning ASS008"]


def test_an_event_with_too_few_fields_is_no_cue() -> None:
    assert told(ASS.replace("Default,You have rights.", "Default")) == ["14:1 error SYN001"]


def test_a_kept_look_loses_no_place_and_what_it_loses_is_told() -> None:
    moved = ASS.replace("You have", r"{\pos(192,110)\c&HFF&}You {\c&HFFFFFF&}have")
    own = Styles(languages=(("en", (("look", Look.OWN),)),))
    assert [each.split()[-1] for each in told(moved)] == ["ASS010"]
    kept = found(moved, path="subtitles/en.ass", select=["ASS", "SYN"], styles=own)
    assert [each.split()[-1] for each in kept] == ["ASS011"]
