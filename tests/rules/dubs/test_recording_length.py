from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.languages.find import find_language
from babelreel.model.sound.recordings import Dub
from support.checking import check_sounds, found_in_sounds
from support.subjects import make_dub, make_known_film, make_sound, make_subject

TEXT = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:07,000 --> 00:00:09,000
[music]
"""
FILM = make_known_film(10_000)
LINE = (1000, 3000)


def whole(duration_ms: int, *speech: tuple[int, int]) -> Dub:
    return make_dub(whole=make_sound("video/stems/en.flac", duration_ms, speech=speech))


def test_a_recording_may_be_longer_than_the_film_by_a_frame_or_fifty_milliseconds() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=whole(10_050, LINE)) == []
    slow = make_known_film(10_000, Fraction(10))
    assert found_in_sounds(TEXT, film=slow, dub=whole(10_100, LINE)) == []


def test_silence_after_the_film_is_a_warning() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=whole(10_060, LINE)) == ["0:0 warning DUB014 60 ms"]


def test_words_after_the_film_are_an_error_and_not_also_stray_speech() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=whole(15_000, LINE, (11_000, 14_000))) == ["0:0 error DUB014 5000 ms"]


def test_a_last_word_that_ends_a_frame_after_the_film_is_no_error() -> None:
    text = TEXT.replace("00:00:09,000", "00:00:10,000").replace("[music]", "It is free.")
    for end_ms, severity in ((10_050, "warning"), (10_051, "error")):
        dub = whole(10_060, LINE, (7000, end_ms))
        assert found_in_sounds(text, film=FILM, dub=dub, select=["DUB"]) == [f"0:0 {severity} DUB014 60 ms"]


def test_what_is_heard_counts_where_nobody_knows_when_somebody_speaks() -> None:
    for heard, severity in (((1000, 3000), "warning"), ((1000, 12_000), "error")):
        dub = make_dub(whole=make_sound("video/stems/en.flac", 15_000, heard=heard))
        assert found_in_sounds(TEXT, film=FILM, dub=dub, select=["DUB"]) == [f"0:0 {severity} DUB014 5000 ms"]


def test_a_recording_that_is_over_long_before_the_last_line_is_told() -> None:
    text = TEXT.replace("00:00:03,000", "00:00:06,000")
    assert found_in_sounds(text, film=FILM, dub=whole(4500, (1000, 4400))) == []
    assert found_in_sounds(text, film=FILM, dub=whole(4499, (1000, 4400))) == ["0:0 info DUB015 1501 ms"]


def test_how_much_earlier_a_recording_is_over_is_told_in_seconds() -> None:
    dub = whole(4499, (1000, 4400))
    text = TEXT.replace("00:00:03,000", "00:00:06,000")
    (finding,) = check_sounds(make_subject(text, film=FILM), dub=dub, select=["DUB015"]).findings
    assert finding.message == "the recording ends 1.5 s before the last line does: is it complete?"


def test_a_project_sets_how_early_a_recording_may_be_over() -> None:
    profile = replace(find_language("en").limits, dead_air_ms=200)
    assert found_in_sounds(TEXT, film=FILM, profile=profile, dub=whole(2700, (1000, 2700))) == [
        "0:0 info DUB015 300 ms"
    ]


@pytest.mark.parametrize(("duration_ms", "measured"), [(10_051, "+51 ms"), (9949, "-51 ms"), (93_000, "+83000 ms")])
def test_music_of_another_length_is_told(duration_ms: int, measured: str) -> None:
    music = make_sound("video/stems/me.flac", duration_ms)
    assert found_in_sounds(TEXT, film=FILM, music=music) == [f"0:0 warning DUB021 {measured}"]


def test_music_as_long_as_the_film_is_right() -> None:
    for duration_ms in (9950, 10_000, 10_050):
        assert found_in_sounds(TEXT, film=FILM, music=make_sound("video/stems/me.flac", duration_ms)) == []


def test_the_length_of_the_music_is_expected() -> None:
    assert found_in_sounds(TEXT, film=FILM, music=make_sound("video/stems/me.flac", 9000)) == [
        "0:0 warning DUB021 -1000 ms"
    ]


def test_without_a_film_no_length_is_wrong() -> None:
    dub = whole(15_000, LINE, (11_000, 12_000))
    music = make_sound("video/stems/me.flac", 9000)
    result = check_sounds(make_subject(TEXT), dub=dub, music=music, select=["DUB014", "DUB021"])
    assert (result.findings, [rule.code for rule in result.not_checked]) == ((), ["DUB014", "DUB021"])
