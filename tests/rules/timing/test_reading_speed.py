from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.media import MediaInfo
from babelreel.model.reading_limits import Audience
from babelreel.model.timecode import render_timestamp
from babelreel.rules.check import check_track
from support.checking import found
from support.subjects import make_known_film, make_subject
from support.tracks import srt

#: 40 characters.
LONG_WORDS = "Unaccompanied schoolchildren understand."


def shown(text: str, duration_ms: int) -> str:
    return f"1\n00:00:10,000 --> {render_timestamp(10_000 + duration_ms)}\n{text}\n"


def upright() -> MediaInfo:
    film = make_known_film()
    assert film.video
    return replace(film, video=replace(film.video, display_width_px=1080, display_height_px=1920))


def test_a_cue_faster_than_an_adult_reads_is_a_warning() -> None:
    assert found(shown(LONG_WORDS, 2400)) == []
    assert found(shown(LONG_WORDS, 1800)) == ["2:1 warning RDG001 22.3 cps"]  # 22.2 and a bit


def test_a_cue_that_no_adult_follows_is_an_error_whoever_the_film_is_for() -> None:
    # 40 characters at one and a half times 20 cps take 1333.3 ms, of which half a frame is 20
    for audience in Audience:
        assert found(shown(LONG_WORDS, 1314), audience=audience) == ["2:1 warning RDG001 30.5 cps"]
        assert found(shown(LONG_WORDS, 1313), audience=audience) == ["2:1 error RDG001 30.5 cps"]


def test_a_film_for_adults_is_not_held_to_the_speed_of_children() -> None:
    assert found(shown(LONG_WORDS, 2200), audience=Audience.ADULTS) == []
    assert found(shown(LONG_WORDS, 1800), audience=Audience.ADULTS) == ["2:1 warning RDG001 22.3 cps"]


def test_a_cue_faster_than_a_child_reads_is_a_warning() -> None:
    assert found(shown(LONG_WORDS, 2200)) == ["2:1 warning RDG002 18.2 cps"]


@pytest.mark.parametrize(
    ("duration_ms", "finding"),
    [
        (1979, ["2:1 warning RDG001 20.3 cps"]),  # 40 characters at 20 cps take 2000 ms, of which half a frame is 20
        (1980, ["2:1 warning RDG002 20.3 cps"]),
        (2332, ["2:1 warning RDG002 17.2 cps"]),  # at 17 cps they take 2352.9 ms
        (2333, []),
    ],
)
def test_half_a_frame_is_allowed_for_reading(duration_ms: int, finding: list[str]) -> None:
    assert found(shown(LONG_WORDS, duration_ms), film=make_known_film(rate=Fraction(25))) == finding


def test_twenty_frames_at_24_frames_a_second_are_enough_for_15_characters_at_18_cps() -> None:
    profile = replace(find_language("en").limits, cps_adult=Fraction(18), cps_child=Fraction(18))
    film = make_known_film(rate=Fraction(24))
    assert found(shown("Schoolchildren.", 833), profile=profile, film=film) == []
    assert found(shown("Schoolchildren.", 812), profile=profile, film=film, select=["RDG"]) == [
        "2:1 warning RDG001 18.5 cps"
    ]


def test_a_finding_says_how_long_or_how_short_it_should_be() -> None:
    (finding,) = check_track(make_subject(shown(LONG_WORDS, 2200)), select=["RDG"]).findings
    assert finding.message == (
        "too fast for children: 40 characters in 2.2 s; show them for 2.4 s, or shorten them to 37"
    )
    assert finding.limit == "17 cps"


@pytest.mark.parametrize(
    ("tag", "text", "duration_ms"),
    [
        ("fr", "Tu as droit à un tuteur.", 24 * 1000 // 13),
        ("vi", "Em co\u0301 quye\u0302\u0300n.", 12 * 1000 // 13),  # the accents are typed as letters of their own
        ("ar", "مُتَرْجِمٌ", 5 * 1000 // 17 + 540),  # five letters, however many vowel signs
        ("zh-Hans", "请打116 000。", 7 * 1000 // 7),  # seven half-width characters, and three wide ones: 6.5
        ("fa", "می\u200cآیند.", 7 * 1000 // 13 + 295),  # the joiner is no letter
    ],
)
def test_what_is_no_character_for_the_reader_takes_no_time(tag: str, text: str, duration_ms: int) -> None:
    assert found(shown(text, duration_ms), path=f"subtitles/{tag}.srt", select=["RDG"]) == []


def test_markup_is_not_read() -> None:
    assert found(shown(f"<i>{LONG_WORDS}</i>", 2400), select=["RDG"]) == []


def test_a_line_end_is_not_read() -> None:
    lines = "Unaccompanied schoolchildren\nunderstand."
    assert found(shown(lines, 2280), select=["RDG"]) == []  # 39 characters at 17 cps take 2294 ms
    assert found(shown(lines, 2270), select=["RDG"]) == ["2:1 warning RDG002 17.2 cps"]


def test_a_cue_without_duration_has_another_fault() -> None:
    assert found("1\n00:00:10,000 --> 00:00:10,000\nIt is free.\n", select=["RDG"]) == []


#: Ten words of 30 characters.
SHORT_WORDS = "I am in. He is at it. So do I."


def test_many_short_words_take_longer_than_their_letters() -> None:
    assert found(shown(SHORT_WORDS, 3314)) == []  # ten words at 180 a minute take 3333 ms
    assert found(shown(SHORT_WORDS, 3313)) == ["2:1 warning RDG003 182 words a minute"]


def test_a_project_may_hold_to_the_words_of_young_readers() -> None:
    profile = replace(find_language("en").limits, wpm_child=130)
    assert found(shown(SHORT_WORDS, 4596), profile=profile) == []  # ten words at 130 a minute take 4615 ms
    assert found(shown(SHORT_WORDS, 4595), profile=profile) == ["2:1 info RDG003 131 words a minute"]
    assert found(shown(SHORT_WORDS, 3313), profile=profile) == ["2:1 warning RDG003 182 words a minute"]


def test_a_cue_too_fast_by_its_letters_is_not_reported_for_its_words_too() -> None:
    assert found(shown(SHORT_WORDS, 1000)) == ["2:1 warning RDG001 30.0 cps"]


def test_words_are_not_counted_where_no_guide_counts_them() -> None:
    assert found(shown("Ở đó em có đồ ăn.", 1500), path="subtitles/vi.srt", select=["RDG"]) == []
    assert found(shown("Tu y es, tu as un lit.", 1800), path="subtitles/fr.srt", select=["RDG"]) == []


def test_a_line_is_measured_by_its_own_language() -> None:
    english = "You have the right to have a safe place too."  # 44
    assert found(shown(english, 5000), select=["RDG"]) == ["3:1 warning RDG004 44 characters"]
    assert found(shown(english.replace(" too", ""), 5000), select=["RDG"]) == []
    chinese = "你可以和学校里其他的孩子一样去上学"  # 17
    assert found(shown(chinese, 5000), path="subtitles/zh-Hans.srt", select=["RDG"]) == [
        "3:1 warning RDG004 17 characters"
    ]
    assert found(shown(chinese[1:], 5000), path="subtitles/zh-Hans.srt", select=["RDG"]) == []


def test_half_width_characters_leave_more_room_in_a_chinese_line() -> None:
    line = "请打给Child Focus，号码是116 000"  # 7 wide, 18 narrow
    assert found(shown(line, 8000), path="subtitles/zh-Hans.srt", select=["RDG"]) == []
    longer = shown(f"{line}!", 8000)
    assert found(longer, path="subtitles/zh-Hans.srt", select=["RDG"]) == ["3:1 warning RDG004 16.5 characters"]


def test_only_the_line_that_is_too_long_is_named() -> None:
    text = shown("It is free.\n<b>You have the right to have a safe place too.</b>", 6000)
    (finding,) = check_track(make_subject(text), select=["RDG004"]).findings
    place = finding.location
    assert (place.line, place.column, place.end_column) == (4, 4, 48)


THREE_LINES = shown("You have rights here.\nA guardian helps you.\nIt is free.", 8000)


def test_a_third_line_is_too_many_but_in_an_upright_film() -> None:
    assert found(THREE_LINES, select=["RDG"]) == ["2:1 warning RDG005 3 rows"]
    assert found(THREE_LINES, select=["RDG"], film=make_known_film()) == ["2:1 warning RDG005 3 rows"]
    assert found(THREE_LINES, select=["RDG"], film=upright()) == []
    assert found(f"{THREE_LINES}Welcome.\n", select=["RDG"], film=upright()) == ["2:1 warning RDG005 4 rows"]


def test_spaces_at_the_ends_of_a_line_are_not_read() -> None:
    # 20 letters in one second are the limit of adults; 43 spaces around them make no line too long
    text = "a" * 20
    assert found(srt((1000, 2000, text)), select=["RDG001", "RDG004"]) == []
    assert found(srt((1000, 2000, f"  {text}{' ' * 43}")), select=["RDG001", "RDG004"]) == []
