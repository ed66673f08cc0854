from __future__ import annotations

import pytest

from support.checking import fixed, found

VTT = """\
WEBVTT

00:01.000 --> 00:03.000
You have rights.

00:04.000 --> 00:06.000
A doctor is free.
"""


def told(text: str) -> list[str]:
    return found(text, path="subtitles/en.vtt", select=["VTT", "SYN"])


def fixed_by(text: str, code: str) -> str:
    return fixed(text, path="subtitles/en.vtt", select=code)


def with_settings(settings: str) -> str:
    return VTT.replace("00:03.000", f"00:03.000 {settings}")


def with_text(text: str) -> str:
    return VTT.replace("You have rights.", text)


WHOLE = """\
WEBVTT - our film
Kind: captions

NOTE
checked by two people -> done

STYLE
::cue { color: white }

REGION
id:top
width:80% lines:3
regionanchor:0%,100% viewportanchor:10%,33.3%
scroll:up

intro
00:01.000 --> 00:03.000 region:top align:left position:10%,line-left size:80%
<v Amina>You <c.loud.red>have</c> <lang fr-BE>des</lang> rights &amp; duties &lt;3

00:04.000 --> 00:06.000 vertical:rl line:-1,end
<ruby>漢<rt>kan</rt></ruby> <00:05.000><i.x>is</i> <00:00:05.500>free.

00:07.000 --> 00:09.000 line:12.5% align:center
<v.loud Amina Ali>Yes</v> and <v Omar>no</v>
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_file_as_the_recommendation_shows_it_has_no_finding(line_end: str) -> None:
    assert told(WHOLE.replace("\n", line_end)) == []


def test_a_missing_header_is_written() -> None:
    text = VTT.removeprefix("WEBVTT\n\n").replace("\n", "\r\n")
    assert told(text) == ["1:1 error VTT001"]
    assert fixed_by(text, "VTT001") == VTT.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("header", "right"),
    [
        ("webvtt", "WEBVTT"),
        ("WebVTT a film", "WEBVTT a film"),
        (" WEBVTT", "WEBVTT"),
        ("WEBVTT: film", "WEBVTT : film"),
        ("WEBVTT-film", "WEBVTT -film"),
        ("WEBVTT\u00a0film", "WEBVTT film"),
    ],
)
def test_a_misspelt_header_is_corrected(header: str, right: str) -> None:
    assert told(VTT.replace("WEBVTT", header)) == ["1:1 error VTT001"]
    assert fixed_by(VTT.replace("WEBVTT", header), "VTT001") == VTT.replace("WEBVTT", right)


@pytest.mark.parametrize(
    "setting",
    [
        *("align:middle", "align:", "vertical:tb", "line:auto", "line:101%", "line:1,left", "position:10"),
        *("size:-5%", "size:100.1%", "colour:red", "region:"),
    ],
)
def test_a_setting_that_browsers_pass_over_is_reported_at_its_place(setting: str) -> None:
    assert told(with_settings(f"size:80%  {setting}")) == ["3:35 warning VTT002"]


def test_a_setting_may_be_there_once() -> None:
    assert told(with_settings("line:0 line:1")) == ["3:32 warning VTT002"]


def test_an_identifier_names_one_cue() -> None:
    text = VTT.replace("00:01", "one\n00:01").replace("00:04", "one\n00:04")
    assert told(text) == ["7:1 warning VTT003"]
    assert told(text.replace("one\n00:04", "two\n00:04")) == []


def test_an_arrow_in_an_identifier_is_taken_for_timestamps() -> None:
    assert told(VTT.replace("00:04", "home --> school\n00:04")) == ["6:1 warning VTT004"]


def with_region(*lines: str) -> str:
    block = "\n".join(("REGION", *lines))
    return with_settings("region:top").replace("WEBVTT\n", f"WEBVTT\n\n{block}\n")


@pytest.mark.parametrize("line", ["width:80", "lines:three", "regionanchor:0%", "scroll:down", "height:3", "id:top"])
def test_a_bad_line_of_a_region_is_reported_at_its_place(line: str) -> None:
    assert told(with_region("id:top", f" {line}")) == ["5:2 warning VTT005"]


def test_a_region_without_an_id_serves_no_cue() -> None:
    assert told(with_region("width:80%")) == ["3:1 warning VTT005", "6:25 warning VTT006"]


def test_a_region_must_be_defined_above() -> None:
    assert told(with_settings("region:top")) == ["3:25 warning VTT006"]
    assert told(with_region("id:top")) == []


@pytest.mark.parametrize("block", ["STYLE\n::cue { color: white }", "REGION\nid:top"])
def test_styles_and_regions_stand_above_the_first_cue(block: str) -> None:
    assert told(f"{VTT}\n{block}\n") == ["9:1 warning VTT007"]


@pytest.mark.parametrize("word", ["NOTE", "NOTE not now", "STYLE"])
def test_timestamps_in_a_comment_are_shown_by_browsers(word: str) -> None:
    assert told(VTT.replace("00:01", f"{word}\n00:01")) == ["4:1 warning VTT008"]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("<v>You have rights.", 1),
        ("You <lang>have</lang> rights.", 5),
        ("You <lang fr_BE>have</lang> rights.", 5),
        ("You <c.>have</c> rights.", 5),
        ("You <c loud>have</c> rights.", 5),
        ("You <c>have rights.", 5),
        ("You have</c> rights.", 9),
        ("You <v Omar>have rights.", 5),
        ("You <rt>have</rt> rights.", 5),
        ("You <ruby>have<rt>x rights.", 5),
        ("You <i>have</i.x> rights.", 12),
    ],
)
def test_a_tag_of_webvtt_that_is_not_as_it_must_be(text: str, column: int) -> None:
    assert told(with_text(text)) == [f"4:{column} warning VTT009"]


@pytest.mark.parametrize(
    "text", ["<i>You have rights.", "You have</b> rights.", "<x>You</x> <font color=red>have</font>"]
)
def test_tags_of_every_format_are_left_to_the_rules_about_text(text: str) -> None:
    assert told(with_text(text)) == []


@pytest.mark.parametrize("stamp", ["00:01.000", "00:03.000", "00:09.000", "0:02.000", "00:02,000", "00:02"])
def test_a_timestamp_in_a_text_lies_within_the_cue_and_is_written_in_full(stamp: str) -> None:
    assert told(with_text(f"You <{stamp}>have rights.")) == ["4:5 warning VTT010"]


def test_timestamps_in_a_text_go_forward() -> None:
    assert told(with_text("You <00:02.000>have <00:02.000>rights.")) == ["4:21 warning VTT010"]


def test_less_than_hides_what_follows_and_is_escaped() -> None:
    text = with_text("1 < 2 and <3 of us")
    assert told(text) == ["4:3 warning VTT011", "4:11 warning VTT011"]
    assert fixed_by(text, "VTT011") == with_text("1 &lt; 2 and &lt;3 of us")


@pytest.mark.parametrize("written", ["food & drink", "R&D", "a &xyz; b"])
def test_an_ampersand_that_begins_no_character_is_escaped(written: str) -> None:
    text = with_text(written)
    assert told(text) == [f"4:{written.index('&') + 1} info VTT011"]
    assert fixed_by(text, "VTT011") == text.replace("&", "&amp;")


@pytest.mark.parametrize("written", ["&amp;", "&#39;", "&#x27;", "&nbsp;", "&eacute;", "&lrm;"])
def test_every_character_reference_of_html_is_understood(written: str) -> None:
    assert told(with_text(f"You {written} I")) == []


def test_every_code_is_expected_on_a_line_of_its_own() -> None:
    assert told(VTT.replace("WEBVTT", "webvtt")) == ["1:1 error VTT001"]
    assert told(with_settings("align:middle")) == ["3:25 warning VTT002"]
    assert told(with_region("id:top", "width:80")) == ["5:1 warning VTT005"]
    assert told(f"{VTT}\nSTYLE\n::cue {{}}\n") == ["9:1 warning VTT007"]
    assert told(f"{VTT}\nNOTE\n00:07.000 --> 00:08.000\n") == ["10:1 warning VTT008"]
    assert told(with_text("<v>Yes.")) == ["4:1 warning VTT009"]
    assert told(with_text("Yes <00:09.000>no")) == ["4:5 warning VTT010"]
