from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.model.sound.recordings import SoundInfo
from babelreel.rules.base.recording_subject import LostVoiceSubject
from babelreel.rules.check import check_recordings
from support.checking import check_sounds, found_in_sounds
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
    result = check_sounds(make_subject(TEXT, film=FILM), select=["DUB"], **more)  # type: ignore[arg-type]
    return [(each.code, each.location.path, each.location.cue, each.message) for each in result.findings]


def test_a_dub_of_good_takes_is_right() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub(GOOD), music=make_sound("video/stems/me.flac", 12_000)) == []


def test_a_language_without_a_dub_lacks_nothing() -> None:
    result = check_sounds(make_subject(TEXT), select=["DUB"])
    assert (result.findings, result.not_checked) == ((), ())


def test_a_take_that_cannot_be_read_is_told_once_with_its_line() -> None:
    dub = make_dub({**GOOD, "02.wav": take(duration_ms=0, fault="the file has no bytes")})
    assert found_in_sounds(TEXT, film=FILM, dub=dub) == ["0:0 error DUB001"]
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
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub(whole=whole), select=["DUB002"]) == ["0:0 error DUB002"]
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": take(is_guide=True)})) == [
        "0:0 error DUB002"
    ]


def test_a_sound_whose_name_is_no_number_is_heard_nowhere() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub(GOOD, strays=["new 2.wav"])) == ["0:0 warning DUB003"]


def test_sounds_with_the_names_that_a_phone_gave_are_told_at_once_with_the_names_to_give() -> None:
    strays = ["PTT-20261129-WA0010.opus", "PTT-20261129-WA0009.opus"]
    dub = make_dub({"07.wav": 2000}, strays=strays)
    found = [each for each in findings_of(dub=dub) if each[0] == "DUB003"]
    (code, path, _, message) = next(each for each in found if "PTT" in each[3])
    assert (code, path) == ("DUB003", "video/stems/en")
    # two sounds for the two lines without a take, 9 before 10
    assert message.endswith(
        "If they were recorded one line after the other, rename them: "
        "PTT-20261129-WA0009.opus to 01.opus, PTT-20261129-WA0010.opus to 02.opus"
    )


def test_where_lines_and_sounds_cannot_be_paired_the_lines_without_a_take_are_named() -> None:
    found = findings_of(dub=make_dub({"01.wav": 2000}, strays=["Recording (3).m4a"]))
    (message,) = [message for code, *_, message in found if code == "DUB003"]
    assert message == (
        "Recording (3).m4a is not used, because its name does not begin with the number of a line, as in 07.m4a; "
        "without a take: line 2"
    )


def test_a_take_with_a_number_that_no_line_bears_is_told_with_the_last_number() -> None:
    dub = make_dub({**GOOD, "70.wav": take(duration_ms=0, fault="not even a sound")})
    assert findings_of(dub=dub) == [
        ("DUB003", "video/stems/en/70.wav", None, "this take is not used: there is no line 70, and the last line is 3")
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
    assert found_in_sounds(TEXT, film=FILM, dub=dub) == ["0:0 warning DUB004"]
    assert findings_of(dub=dub) == [
        ("DUB004", "video/stems/en/2.mp3", 2, "line 2 has another take, 02.wav: keep one of them")
    ]


def test_two_takes_for_no_line_are_strays_only() -> None:
    dub = make_dub({**GOOD, "8.wav": 2000, "08.wav": 2000})
    assert [each[0] for each in findings_of(dub=dub)] == ["DUB003", "DUB003"]


def test_takes_beside_a_recording_of_the_whole_film_are_told_and_heard_in_its_place() -> None:
    whole = make_sound("video/stems/en.flac", 30_000, speech=())  # too long, and nobody speaks: it is not heard
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub(GOOD, whole=whole)) == ["0:0 warning DUB004"]
    dub = make_dub({"01.wav": 2000}, whole=whole)
    assert [each[:3] for each in findings_of(dub=dub)] == [
        ("DUB005", "video/stems/en", 2),  # where the take is to be put, not the recording that is not heard
        ("DUB004", "video/stems/en.flac", None),
    ]


@pytest.mark.parametrize("bad", [take(fault="no sound"), take(heard=(0, 0)), take(is_guide=True)])
def test_a_recording_of_the_whole_film_is_heard_where_no_take_beside_it_can_be(bad: SoundInfo) -> None:
    whole = make_sound("video/stems/en.flac", 12_000, speech=((1000, 3000),))
    dub = make_dub({"02.wav": bad}, whole=whole)
    assert [each[:3] for each in findings_of(dub=dub)] == [
        ("DUB004", "video/stems/en.flac", None),
        ("DUB007", "video/stems/en.flac", 2),
    ]


def test_a_take_or_a_recording_in_which_nothing_is_heard_is_an_error() -> None:
    silent = take(heard=(0, 0))
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "02.wav": silent})) == ["0:0 error DUB006"]
    whole = make_sound("video/stems/en.flac", 30_000, heard=(0, 0))
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub(whole=whole)) == ["0:0 error DUB006"]


def test_a_silent_take_of_a_line_that_nobody_speaks_is_a_warning() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({**GOOD, "03.wav": take(heard=(0, 0))})) == [
        "0:0 warning DUB006"
    ]


def test_a_voice_without_subtitles_is_told_in_its_own_language() -> None:
    lost = LostVoiceSubject(language="de", path="video/stems/de", files=("video/stems/de/01.wav",))
    result = check_recordings([lost])
    (finding,) = result.findings
    assert (finding.code, finding.language, finding.location.path) == ("DUB022", "de", "video/stems/de")
    assert "add subtitles/de.srt" in finding.message
    assert result.not_checked == ()  # of what nobody needs to listen to, nothing else is asked


def test_a_voice_whose_name_is_no_tag_is_not_told_to_lack_subtitles_of_that_name() -> None:
    lost = LostVoiceSubject(
        language="Arabic", path="video/stems/Arabic.wav", is_tagged=False, right_name="ar.wav", can_be_alone=False
    )
    (finding,) = check_recordings([lost], select=["DUB022"]).findings
    assert "rename it to ar.wav" in finding.message
    assert "subtitles" not in finding.message


def test_a_second_file_of_music_is_not_told_to_lack_subtitles() -> None:
    lost = LostVoiceSubject(language="me", path="video/stems/ME.wav", music_path="video/stems/me.flac")
    (finding,) = check_recordings([lost], select=["DUB022"]).findings
    assert "me.flac" in finding.message
    assert "subtitles" not in finding.message
