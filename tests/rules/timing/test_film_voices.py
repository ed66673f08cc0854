from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.rules.check import check_track
from support.checking import found
from support.subjects import make_known_film, make_subject
from support.tracks import srt

#: Somebody speaks for two seconds, three times; between them lie eight seconds of silence.
SPEECH = ((10_000, 12_000), (20_000, 22_000), (30_000, 32_000))
FILM = make_known_film(60_000, speech=SPEECH)


RIGHT = srt((10_000, 12_000), (20_000, 22_000), (30_000, 32_000))


def test_cues_with_their_voices_are_right() -> None:
    assert found(RIGHT, film=FILM, select=["FLM"]) == []


def test_a_cue_stands_less_than_one_and_a_half_seconds_from_speech() -> None:
    text = srt((10_000, 12_000), (20_000, 22_000), (23_499, 26_000), (30_000, 32_000))
    assert found(text, film=FILM, select=["FLM004"]) == []
    text = text.replace("00:00:23,499", "00:00:23,500")
    assert found(text, film=FILM, select=["FLM004"]) == ["10:1 warning FLM004 1500 ms away"]


def test_a_cue_in_silence_says_how_far_the_next_voice_is() -> None:
    text = srt((10_000, 12_000), (16_000, 18_000), (20_000, 22_000), (30_000, 32_000))
    assert found(text, film=FILM, select=["FLM"]) == ["6:1 warning FLM004 2000 ms away"]


@pytest.mark.parametrize(
    "text",
    ["♪ We will be there ♪", "[music]", "(a train stops)", "（门铃）", "CENTRE FEDASIL", "- [a door]", "♪ One\nTwo ♪"],
)
def test_music_sounds_and_signs_need_no_voice(text: str) -> None:
    silent = srt((15_000, 17_000), text=text)
    assert found(RIGHT + "\n" + silent.replace("1\n", "4\n", 1), film=FILM, select=["FLM004"]) == []


@pytest.mark.parametrize("text", ["Call [name] now", "(Really?) Yes.", "Call 112."])
def test_brackets_in_a_sentence_are_speech(text: str) -> None:
    assert found(RIGHT + "\n" + srt((15_000, 17_000), text=text), film=FILM, select=["FLM004"]) == [
        "14:1 warning FLM004 3000 ms away"
    ]


def test_where_nobody_speaks_at_all_nothing_can_be_told() -> None:
    assert found(RIGHT, film=make_known_film(60_000, speech=()), select=["FLM"]) == []


def test_a_track_beside_which_nobody_speaks_is_one_finding() -> None:
    text = srt(*((40_000 + 3000 * each, 42_000 + 3000 * each) for each in range(12)))
    film = make_known_film(90_000, speech=SPEECH)
    assert found(text, film=film, select=["FLM004"]) == ["0:0 warning FLM004 12 of 12 lines"]


def test_speech_without_text_is_told_once_for_each_gap() -> None:
    text = srt((10_000, 12_000), (30_000, 32_000))
    assert found(text, film=FILM, select=["FLM"]) == ["6:1 warning FLM005 2000 ms"]
    (finding,) = check_track(make_subject(text, film=FILM), select=["FLM"]).findings
    assert "before this line, from 0:20 to 0:22" in finding.message


def test_speech_after_the_last_cue_is_told_at_the_last_cue() -> None:
    text = srt((10_000, 12_000), (20_000, 22_000))
    assert found(text, film=FILM, select=["FLM"]) == ["6:1 warning FLM005 2000 ms"]


def test_short_stretches_of_speech_between_two_cues_count_together() -> None:
    text = srt((10_000, 12_000), (16_000, 18_000))
    for end_ms, expected in ((13_700, []), (13_800, ["6:1 warning FLM005 1500 ms"])):
        speech = ((10_000, 12_000), (12_300, 13_000), (13_000, end_ms), (16_000, 18_000))
        assert found(text, film=make_known_film(60_000, speech=speech), select=["FLM"]) == expected


def test_text_that_ends_while_the_voice_goes_on_leaves_speech_without_text() -> None:
    film = make_known_film(60_000, speech=((10_000, 16_000), (20_000, 22_000)))
    assert found(srt((10_000, 14_501), (20_000, 22_000)), film=film, select=["FLM"]) == []
    assert found(srt((10_000, 14_500), (20_000, 22_000)), film=film, select=["FLM"]) == ["6:1 warning FLM005 1500 ms"]


def test_a_cue_is_late_when_its_voice_began_long_before() -> None:
    film = make_known_film(60_000, speech=((10_000, 15_000),))
    assert found(srt((11_500, 15_000)), film=film, select=["FLM"]) == []
    assert found(srt((11_501, 15_000)), film=film, select=["FLM"]) == ["2:1 warning FLM006 1501 ms"]
    assert found(srt((13_000, 15_000)), film=film, select=["FLM"]) == ["2:1 warning FLM006 3000 ms"]


def test_after_more_than_three_seconds_of_speech_a_cue_is_missing_and_the_next_one_is_not_late() -> None:
    film = make_known_film(60_000, speech=((10_000, 15_000),))
    assert found(srt((13_001, 15_000)), film=film, select=["FLM"]) == ["2:1 warning FLM005 3001 ms"]


def test_a_cue_is_early_when_nobody_speaks_for_long_after_its_start() -> None:
    film = make_known_film(60_000, speech=((10_000, 12_000),))
    assert found(srt((8500, 12_000)), film=film, select=["FLM"]) == []
    assert found(srt((8499, 12_000)), film=film, select=["FLM"]) == ["2:1 info FLM006 1501 ms"]


def test_a_cue_that_starts_while_somebody_still_speaks_is_not_early() -> None:
    film = make_known_film(60_000, speech=((5000, 8100), (10_000, 12_000)))
    assert found(srt((5000, 7900), (8000, 12_000)), film=film, select=["FLM"]) == []


#: Twenty voices of 2 s with pauses of changing length, so that only one shift of a track fits.
STARTS = tuple(1000 + 3000 * each + 700 * (each * each % 7) for each in range(20))
LONG_FILM = make_known_film(70_000, speech=tuple((start, start + 2000) for start in STARTS))


def track(*, ratio: Fraction = Fraction(1), offset_ms: int = 0) -> str:
    """Write a track for the film with twenty voices, as it looks when it was timed for another version."""
    return srt(*((round(start * ratio) + offset_ms, round((start + 2000) * ratio) + offset_ms) for start in STARTS))


def test_a_track_in_step_is_right() -> None:
    assert found(track(), film=LONG_FILM, select=["FLM"]) == []
    assert found(track(offset_ms=350), film=LONG_FILM, select=["FLM"]) == []


def test_a_track_that_is_late_as_a_whole_is_one_finding() -> None:
    assert found(track(offset_ms=2500), film=LONG_FILM, select=["FLM"]) == ["0:0 warning FLM007 +2500 ms"]
    (finding,) = check_track(make_subject(track(offset_ms=2500), film=LONG_FILM), select=["FLM"]).findings
    assert "2.5 s too late: moved by that, 20 of 20 lines start with a voice" in finding.message


def test_a_track_that_is_early_as_a_whole_is_one_finding() -> None:
    assert found(track(offset_ms=-800), film=LONG_FILM, select=["FLM"]) == ["0:0 warning FLM007 -800 ms"]


def test_a_track_that_is_out_of_step_is_held_to_no_shots() -> None:
    film = make_known_film(70_000, speech=tuple((start, start + 2000) for start in STARTS), shots=(25, 100, 175))
    assert found(track(offset_ms=2500), film=film, select=["FLM"]) == ["0:0 warning FLM007 +2500 ms"]


def test_too_few_cues_tell_nothing_of_the_track() -> None:
    few = make_known_film(70_000, speech=tuple((start, start + 2000) for start in STARTS[:11]))
    late = srt(*((start + 900, start + 2900) for start in STARTS[:11]))
    assert found(late, film=few, select=["FLM007", "FLM008"]) == []


@pytest.mark.parametrize(
    ("ratio", "measured", "cause"),
    [
        (Fraction(25, 24), "0.96000", "as if made for 24 frames a second beside a film of 25 ("),
        (Fraction(24, 25), "1.04167", "as if made for 25 frames a second beside a film of 24 ("),
    ],
)
def test_a_track_of_a_film_with_another_rate_is_one_finding(ratio: Fraction, measured: str, cause: str) -> None:
    text = track(ratio=ratio)
    assert found(text, film=LONG_FILM, select=["FLM"]) == [f"0:0 warning FLM008 {measured}"]
    (finding,) = check_track(make_subject(text, film=LONG_FILM), select=["FLM"]).findings
    assert cause in finding.message


def test_a_drift_is_measured_and_named() -> None:
    text = track(ratio=Fraction(25025, 24000))  # 23.976 taken for 25
    assert found(text, film=LONG_FILM, select=["FLM"]) == ["0:0 warning FLM008 0.95904"]


def test_a_thousandth_shows_in_a_long_film() -> None:
    starts = [5000 * each + 900 * (each * each % 5) for each in range(600)]  # 50 minutes: 3 s at the end
    film = make_known_film(3_100_000, speech=tuple((start, start + 2500) for start in starts))
    slow = [round(start * Fraction(1001, 1000)) for start in starts]
    text = srt(*((start, start + 2500) for start in slow))
    (finding,) = check_track(make_subject(text, film=film), select=["FLM"]).findings
    assert (finding.code, finding.measured) == ("FLM008", "0.99900")
    assert "as if made for 23.976 frames a second beside a film of 24 or for 29.97 frames" in finding.message
    at_24 = replace(film, video=make_known_film(rate=Fraction(24)).video)
    (finding,) = check_track(make_subject(text, film=at_24), select=["FLM"]).findings
    assert "29.97" not in finding.message


def test_speech_that_nobody_looked_for_is_not_checked() -> None:
    result = check_track(make_subject(RIGHT, film=make_known_film()), select=["FLM"])
    assert [rule.code for rule in result.not_checked] == [f"FLM00{number}" for number in range(1, 9)]
