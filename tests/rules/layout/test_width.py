from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.film.media import MediaInfo
from babelreel.model.style import Style, Styles
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import check_track
from support.checking import found
from support.subjects import make_known_film, make_subject

#: A Han character is one em wide. In phone-360p (640x360, type of 10 %) the em is 36 x 1000/1519 = 23.70 px, and 5 %
#: are left free on each side: 576 px, 24.3 em. In phone-480p there are 768 px, 27.0 em.
FITTING, WIDE = "监" * 24, "监" * 25


def shown(text: str) -> str:
    return f"1\n00:00:10,000 --> 00:00:17,000\n{text}\n"


def film(width_px: int = 1920, height_px: int = 1080) -> MediaInfo:
    known = make_known_film()
    assert known.video
    return replace(known, video=replace(known.video, display_width_px=width_px, display_height_px=height_px))


def chinese(text: str, of: MediaInfo | None = None) -> list[str]:
    return found(shown(text), path="subtitles/zh-Hans.srt", film=of or film(), select=["WID"])


def test_a_line_that_fits_everywhere_is_right() -> None:
    assert chinese(FITTING) == []
    assert found(shown("The Guardianship Service is there for you."), film=film(), select=["WID"]) == []


def test_a_line_too_wide_for_the_smallest_picture_names_its_width() -> None:
    path = "subtitles/zh-Hans.srt"
    assert found(shown(WIDE), path=path, film=film(), select=["WID"]) == ["3:1 warning WID001 593 px"]  # 25 x 23.70 px
    (finding,) = check_track(make_subject(shown(WIDE), path="subtitles/zh-Hans.srt", film=film())).findings[-1:]
    assert finding.limit == "576 px"
    assert "phone-360p (640x360)" in finding.message
    assert "2 rows; 2 are allowed" in finding.message


def test_the_worst_line_of_a_cue_is_named_once() -> None:
    assert chinese(f"{WIDE}\n{WIDE}监") == ["4:1 error WID001 617 px"]


def test_a_text_that_takes_more_lines_than_a_cue_may_have_is_an_error() -> None:
    assert chinese("监" * 48) == ["3:1 warning WID001 1138 px"]
    assert chinese("监" * 49) == ["3:1 error WID001 1162 px"]


def test_words_are_counted_into_lines_as_they_are_broken() -> None:
    capitals = "WHOM WOULD MAMMA AND MUMMY WANT NOW?"
    assert [line.split()[1:3] for line in found(shown(capitals), film=film())] == [["warning", "WID001"]]
    many = f"{capitals}\n{capitals}"
    assert "error WID001" in found(shown(many), film=film(), select=["WID"])[0]


def test_an_upright_picture_is_narrow_and_may_have_three_lines() -> None:
    of = film(1080, 1920)  # 324 px of 360 are free: 13.7 em, 13 characters
    assert chinese("监" * 13, of) == []
    assert chinese("监" * 14, of) == ["3:1 warning WID001 332 px"]
    assert chinese("监" * 39, of) == ["3:1 warning WID001 925 px"]
    assert chinese("监" * 40, of) == ["3:1 error WID001 948 px"]


@pytest.mark.parametrize(
    "text", ["监" * 100_000, "سلام " * 20_000, "a " * 50_000, "e" + "\u0301" * 100_000, "-" * 100_000]
)
def test_a_line_that_is_no_subtitle_is_measured_in_no_time(text: str) -> None:
    severities = {line.split()[1] for line in found(shown(text), film=film(), select=["WID"])}
    assert severities <= {"error"}


def test_small_letters_take_less_room_than_capitals() -> None:
    text = "whom would mamma and mummy want now?"
    assert found(shown(text), film=film(), select=["WID"]) == []


def test_joined_arabic_letters_are_measured_joined() -> None:
    line = "خدمات سرپرستی برایت سرپرست انتخاب می‌کند."  # 27 em if its letters stood alone, 19.5 em as it is
    assert found(shown(line), path="subtitles/fa.srt", film=film(), select=["WID"]) == []


def test_only_burned_in_text_has_a_width() -> None:
    rungs = tuple(rung for rung in DEFAULT_RUNGS if rung.text is Text.MUX)
    subject = replace(make_subject(shown(WIDE), path="subtitles/zh-Hans.srt", film=film()), rungs=rungs)
    assert check_track(subject, select=["WID"]).findings == ()


def test_without_a_film_the_width_is_not_checked() -> None:
    result = check_track(make_subject(shown(WIDE)), select=["WID001"])
    assert (result.findings, [rule.code for rule in result.not_checked]) == ((), ["WID001"])


def test_margins_of_the_project_leave_less_room() -> None:
    subject = make_subject(shown("监" * 17), path="subtitles/zh-Hans.srt", film=film())
    assert check_track(subject, select=["WID"]).findings == ()
    wide_margins = replace(subject, styles=Styles(whole=Style(side_margin=0.2)))
    (finding,) = check_track(wide_margins, select=["WID"]).findings
    assert (finding.measured, finding.limit) == ("403 px", "384 px")


def test_lines_are_measured_in_the_size_that_they_are_drawn_with() -> None:
    subject = make_subject(shown("监" * 24), path="subtitles/zh-Hans.srt", film=film())  # 24 x 23.70 px of 576
    larger, plain = (("size", Fraction(6, 5)),), (("size", Fraction(1)),)
    both = tuple((name, plain) for name in ("phone-360p", "phone-480p"))
    for styles, is_wide in (
        (Styles(languages=(("zh-Hans", larger),)), True),
        (Styles(rungs=(("phone-360p", larger),)), True),
        (Styles(languages=(("ar", larger),)), False),
        (Styles(languages=(("zh-Hans", larger),), rungs=both), False),
    ):
        findings = check_track(replace(subject, styles=styles), select=["WID"]).findings
        # a fifth more: 24 x 28.44 px
        assert [(each.measured, each.limit) for each in findings] == ([("683 px", "576 px")] if is_wide else [])


#: "You have a right | to get help | from a lawyer and an interpreter": in Thai there are spaces between phrases only.
THAI = "คุณมีสิทธิ", "ได้รับความช่วยเหลือ", "จากทนายความและล่าม"


def thai(text: str) -> TrackSubject:
    return make_subject(shown(text), path="subtitles/th.srt", film=film())


def test_a_phrase_of_thai_that_is_too_wide_is_an_error_since_nobody_knows_where_it_may_be_broken() -> None:
    (wide,) = check_track(thai("".join(THAI)), select=["WID"]).findings
    assert (wide.severity, wide.code) == ("error", "WID001")
    assert "babelreel does not know where words of Thai end: break it between two of them" in wide.message


def test_thai_is_broken_between_phrases() -> None:
    (wide,) = check_track(thai(" ".join(THAI)), select=["WID"]).findings
    assert wide.severity == "warning"
    assert "2 rows; 2 are allowed" in wide.message
    assert check_track(thai("\n".join(THAI)), select=["WID"]).findings == ()
