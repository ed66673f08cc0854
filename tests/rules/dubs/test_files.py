from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.languages.find import find_language
from babelreel.model.sound.recordings import SoundInfo
from babelreel.rules.check import check_track
from support.checking import found
from support.subjects import make_dub, make_known_film, make_sound, make_subject

TEXT = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:05,000 --> 00:00:07,000
A doctor is free.

3
00:00:09,000 --> 00:00:11,000
[music]
"""

GOOD = {"01.wav": 2000, "02.wav": 2000}
FILM = make_known_film(12_000)


def take(**more: object) -> SoundInfo:
    return make_sound("", **more)  # type: ignore[arg-type]


def findings_of(**more: object) -> list[tuple[str, str, int | None, str]]:
    """Give code, path, cue and message of what is found in the dub."""
    subject = make_subject(TEXT, film=FILM, **more)  # type: ignore[arg-type]
    return [
        (each.code, each.location.path, each.location.cue, each.message)
        for each in check_track(subject, select=["DUB"]).findings
    ]


def test_a_dub_of_good_takes_is_right() -> None:
    assert found(TEXT, film=FILM, dub=make_dub(GOOD), music=make_sound("video/stems/me.flac", 12_000)) == []


def test_a_language_without_a_dub_lacks_nothing() -> None:
    result = check_track(make_subject(TEXT), select=["DUB"])
    assert (result.findings, result.not_checked) == ((), ())


def test_a_take_that_cannot_be_read_is_told_once_with_its_line() -> None:
    dub = make_dub({**GOOD, "02.wav": take(duration_ms=0, fault="the file has no bytes")})
    assert found(TEXT, film=FILM, dub=dub) == ["0:0 error DUB001"]
    assert findings_of(dub=dub) == [
        ("DUB001", "video/stems/en/02.wav", 2, "this sound cannot be read: the file has no bytes")
    ]


def test_a_stem_that_cannot_be_read_is_told_to_each_dub_and_to_no_other_language() -> None:
    music = make_sound("video/stems/me.flac", 0, fault="it is no sound")
    assert [each[:3] for each in findings_of(dub=make_dub(GOOD), music=music)] == [
        ("DUB001", "video/stems/me.flac", None)
    ]
    assert findings_of(music=music) == []


def test_a_guide_is_no_dub() -> None:
    whole = make_sound("video/stems/en.wav", 12_000, is_guide=True)
    assert found(TEXT, film=FILM, dub=make_dub(whole=whole), select=["DUB002"]) == ["0:0 error DUB002"]
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(is_guide=True)})) == ["0:0 error DUB002"]


def test_a_sound_whose_name_is_no_number_is_heard_nowhere() -> None:
    assert found(TEXT, film=FILM, dub=make_dub(GOOD, strays=["2 new.wav"])) == ["0:0 warning DUB003"]


def test_a_take_with_a_number_that_no_line_bears_is_told_with_the_last_number() -> None:
    dub = make_dub({**GOOD, "70.wav": take(duration_ms=0, fault="not even a sound")})
    assert findings_of(dub=dub) == [
        ("DUB003", "video/stems/en/70.wav", None, "no line has the number 70, the last one is 3: this take is not used")
    ]


def test_a_second_recording_of_the_whole_film_is_not_used() -> None:
    speech = ((1000, 3000), (5000, 7000))
    whole = make_sound("video/stems/en.flac", 12_000, speech=speech)
    dub = replace(make_dub(whole=whole), strays=(make_sound("video/stems/en.mp3", 12_000),))
    ((code, path, _, message),) = findings_of(dub=dub)
    assert (code, path) == ("DUB003", "video/stems/en.mp3")
    assert "en.flac" in message


def test_two_takes_for_one_line_are_told_with_the_second() -> None:
    dub = make_dub({**GOOD, "2.mp3": 2000})
    assert found(TEXT, film=FILM, dub=dub) == ["0:0 warning DUB004"]
    assert findings_of(dub=dub) == [
        ("DUB004", "video/stems/en/2.mp3", 2, "line 2 has another take, 02.wav: keep one of them")
    ]


def test_two_takes_for_no_line_are_strays_only() -> None:
    dub = make_dub({**GOOD, "8.wav": 2000, "08.wav": 2000})
    assert [each[0] for each in findings_of(dub=dub)] == ["DUB003", "DUB003"]


def test_takes_beside_a_recording_of_the_whole_film_are_told_and_heard_in_its_place() -> None:
    whole = make_sound("video/stems/en.flac", 30_000, speech=())  # too long, and nobody speaks: it is not heard
    assert found(TEXT, film=FILM, dub=make_dub(GOOD, whole=whole)) == ["0:0 warning DUB004"]
    dub = make_dub({"01.wav": 2000}, whole=whole)
    assert [each[0] for each in findings_of(dub=dub)] == ["DUB004", "DUB005"]


def test_a_recording_of_the_whole_film_is_heard_where_no_take_beside_it_can_be() -> None:
    whole = make_sound("video/stems/en.flac", 12_000, speech=((1000, 3000),))
    dub = make_dub({"02.wav": take(fault="no sound")}, whole=whole)
    assert [each[:3] for each in findings_of(dub=dub)] == [
        ("DUB004", "video/stems/en.flac", None),
        ("DUB007", "video/stems/en.flac", 2),
    ]


def test_a_take_or_a_recording_in_which_nothing_is_heard_is_an_error() -> None:
    silent = take(heard=(0, 0))
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": silent})) == ["0:0 error DUB006"]
    whole = make_sound("video/stems/en.flac", 30_000, heard=(0, 0))
    assert found(TEXT, film=FILM, dub=make_dub(whole=whole)) == ["0:0 error DUB006"]


def test_a_silent_take_of_a_line_that_nobody_speaks_is_a_warning() -> None:
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "03.wav": take(heard=(0, 0))})) == ["0:0 warning DUB006"]


def test_more_than_ten_milliseconds_of_clipped_sound_are_told() -> None:
    # 480 samples of 48 000 a second are 10 ms
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(clipped=480)})) == []
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(clipped=528)})) == ["0:0 warning DUB009 11 ms"]


def test_a_take_that_is_mostly_clipped_is_an_error() -> None:
    # one second of it is heard: 48 000 samples
    half, more = (take(heard=(500, 1500), clipped=clipped) for clipped in (24_000, 24_001))
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": half})) == ["0:0 warning DUB009 500 ms"]
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": more})) == ["0:0 error DUB009 500 ms"]


def test_a_rate_of_a_telephone_is_told() -> None:
    dub = make_dub({**GOOD, "02.wav": take(sample_rate_hz=8000)})
    assert found(TEXT, film=FILM, dub=dub) == ["0:0 warning DUB010 8000 Hz"]


@pytest.mark.parametrize("rate_hz", [0, 16_000, 22_050, 44_100, 96_000])
def test_usual_rates_and_one_that_is_not_known_are_right(rate_hz: int) -> None:
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(sample_rate_hz=rate_hz)})) == []


def test_more_channels_than_two_are_told() -> None:
    assert found(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(channels=2)})) == []
    dub = make_dub({**GOOD, "02.wav": take(channels=6)})
    assert found(TEXT, film=FILM, dub=dub) == ["0:0 warning DUB011 6 channels"]


def test_a_voice_without_subtitles_is_told_in_its_own_language() -> None:
    orphan = make_dub({"01.wav": 2000}, language="de")
    assert found(TEXT, film=FILM, orphans=(orphan,)) == ["0:0 warning DUB022"]
    (finding,) = check_track(make_subject(TEXT, orphans=(orphan,)), select=["DUB"]).findings
    assert (finding.language, finding.location.path) == ("de", "video/stems/de")
    assert "add subtitles/de.srt" in finding.message


def test_a_second_file_of_music_is_not_told_to_lack_subtitles() -> None:
    music = make_sound("video/stems/me.flac")
    orphan = make_dub(language="me", whole=make_sound("video/stems/ME.wav"))
    (finding,) = check_track(make_subject(TEXT, orphans=(orphan,), music=music), select=["DUB022"]).findings
    assert "me.flac" in finding.message
    assert "subtitles" not in finding.message


def test_a_project_sets_how_much_clipping_and_which_rate_it_bears() -> None:
    profile = replace(find_language("en").limits, clipped_ms=20, clipped_error_percent=1, lowest_rate_hz=8000)
    dub = make_dub({"01.wav": take(sample_rate_hz=8000), "02.wav": take(clipped=960)})  # 20 ms
    assert found(TEXT, film=FILM, dub=dub, profile=profile) == []
    dub = make_dub({"01.wav": take(clipped=1000), "02.wav": 2000})  # one percent of two seconds are 960 samples
    assert found(TEXT, film=FILM, dub=dub, profile=profile) == ["0:0 error DUB009 21 ms"]
