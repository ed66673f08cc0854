from __future__ import annotations

import time
from dataclasses import replace

from babelreel.languages.find import find_language
from babelreel.model.finding import Finding
from babelreel.model.sound.recordings import Dub
from babelreel.model.timecode import render_timestamp
from support.checking import check_sounds, found_in_sounds
from support.subjects import make_dub, make_known_film, make_sound, make_subject

# The next line begins five seconds after this one: 4.95 s less a breath.
TEXT = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:06,000 --> 00:00:08,000
A doctor is free.

3
00:00:10,000 --> 00:00:12,000
♪ la la ♪

4
00:00:13,000 --> 00:00:15,000
POLICE
"""
FILM = make_known_film(20_000)


def findings(dub: Dub, text: str = TEXT) -> tuple[Finding, ...]:
    return check_sounds(make_subject(text, film=FILM), dub=dub, select=["DUB"]).findings


def test_music_and_signs_need_no_take() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 2000, "2.wav": 2000})) == []


def test_a_line_without_a_take_is_told_the_name_that_its_take_shall_have() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"001.flac": 2000})) == ["0:0 error DUB005"]
    (finding,) = findings(make_dub({"001.flac": 2000}))
    assert (finding.location.path, finding.location.cue) == ("video/stems/en", 2)
    assert finding.message == "line 2 has no take: record it as video/stems/en/002.flac"
    assert (finding.start_ms, finding.end_ms, finding.context) == (6000, 8000, "A doctor is free.")


def test_missing_takes_are_told_in_the_order_of_their_lines() -> None:
    lines = "\n".join(f"{n}\n00:00:{3 * n:02},000 --> 00:00:{3 * n + 2:02},000\nFree.\n" for n in range(1, 13))
    cues = [each.location.cue for each in findings(make_dub({"01.wav": 2000}), lines)]
    assert cues == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]


def test_names_that_fit_no_line_at_all_are_one_error() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub(strays=["a.wav", "b.wav"]), select=["DUB005"]) == [
        "0:0 error DUB005"
    ]


def test_an_empty_folder_is_no_dub() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub()) == []


def test_two_lines_with_one_number_cannot_share_a_take() -> None:
    (finding,) = findings(make_dub({"1.wav": 2000}), TEXT.replace("\n2\n", "\n1\n"))
    assert (finding.code, finding.start_ms) == ("DUB005", 6000)
    assert "number the lines again" in finding.message


def test_a_take_may_use_the_pause_after_its_line() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 4950, "2.wav": 2000})) == []


def test_a_little_faster_is_not_told_then_an_info_then_a_warning_then_an_error() -> None:
    # there are 4950 ms: 1.1 times as much are 5445, 1.2 times 5940, 1.3 times 6435
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 5445, "2.wav": 2000})) == []
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 5446, "2.wav": 900}))[:1] == [
        "0:0 info DUB012 1.11 times as fast"
    ]
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 5941, "2.wav": 900}))[:1] == [
        "0:0 warning DUB012 1.21 times as fast"
    ]
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 6435, "2.wav": 2000})) == [
        "0:0 warning DUB012 1.3 times as fast"
    ]
    # 8775 ms last 6750 when they run 1.3 times as fast: 1.8 s more than there are
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 8775, "2.wav": 2000})) == [
        "0:0 error DUB012 1800 ms over"
    ]


def test_an_overrun_says_what_to_do() -> None:
    (finding,) = findings(make_dub({"1.wav": 8775, "2.wav": 2000}))
    assert (finding.location.path, finding.location.cue) == ("video/stems/en/1.wav", 1)
    assert finding.message.endswith("even 1.3 times as fast: shorten the text or record it again")


def test_silence_around_the_voice_does_not_count() -> None:
    dub = make_dub({"1.wav": make_sound("", 9000, heard=(2000, 6900)), "2.wav": 2000})
    assert found_in_sounds(TEXT, film=FILM, dub=dub) == []


def test_the_last_line_ends_with_the_film() -> None:
    text = TEXT.partition("\n3\n")[0]
    dub = make_dub({"1.wav": 2000, "2.wav": 3000})  # from 6 s on
    assert found_in_sounds(text, film=make_known_film(9000), dub=dub) == []
    assert found_in_sounds(text, film=make_known_film(8500), dub=dub) == ["0:0 info DUB012 1.2 times as fast"]


def test_what_is_too_long_can_only_be_told_when_the_film_is_known() -> None:
    result = check_sounds(make_subject(TEXT), dub=make_dub({"1.wav": 9000, "2.wav": 2000}), select=["DUB012", "DUB021"])
    assert (result.findings, [rule.code for rule in result.not_checked]) == ((), ["DUB012"])


def test_a_take_that_ends_long_before_its_line_is_told() -> None:
    text = TEXT.replace("00:00:03,000", "00:00:05,000")  # four seconds
    assert found_in_sounds(text, film=FILM, dub=make_dub({"1.wav": 2000, "2.wav": 2000})) == []
    assert found_in_sounds(text, film=FILM, dub=make_dub({"1.wav": 1990, "2.wav": 2000})) == ["0:0 info DUB013 2010 ms"]


def test_a_short_silence_is_not_told_however_short_the_line() -> None:
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 500, "2.wav": 2000})) == []  # 1500 ms of 2000
    assert found_in_sounds(TEXT, film=FILM, dub=make_dub({"1.wav": 499, "2.wav": 2000})) == ["0:0 info DUB013 1501 ms"]


def test_a_take_for_music_may_be_short() -> None:
    dub = make_dub({"1.wav": 2000, "2.wav": 2000, "3.wav": 100})
    assert found_in_sounds(TEXT, film=FILM, dub=dub) == []


def test_a_project_sets_its_own_tempo_and_silence() -> None:
    profile = replace(find_language("en").limits, faster_percent=15, much_faster_percent=16, dead_air_ms=1000)
    for length_ms, expected in ((5600, []), (5700, ["0:0 info DUB012 1.16 times as fast"])):
        assert (
            found_in_sounds(TEXT, film=FILM, profile=profile, dub=make_dub({"1.wav": length_ms, "2.wav": 2000}))
            == expected
        )
    dub = make_dub({"1.wav": 5800, "2.wav": 999})
    assert found_in_sounds(TEXT, film=FILM, profile=profile, dub=dub) == [
        "0:0 warning DUB012 1.18 times as fast",
        "0:0 info DUB013 1001 ms",
    ]


def test_thousands_of_takes_are_checked_at_once() -> None:
    count = 4000
    text = "\n".join(
        f"{n}\n{render_timestamp(3000 * n)} --> {render_timestamp(3000 * n + 2000)}\nFree.\n"
        for n in range(1, count + 1)
    )
    names = [f"{n:04}.wav" for n in range(1, count, 2)]
    subject, dub = make_subject(text, film=make_known_film(13_000_000)), make_dub(dict.fromkeys(names, 6000))
    start = time.process_time()
    result = check_sounds(subject, dub=dub, select=["DUB"])
    assert time.process_time() - start < 3  # a quarter of a second here; minutes if every take looked at every other
    assert len(result.findings) == count
