from __future__ import annotations

from fractions import Fraction

from babelreel.model.film.media import MediaInfo
from babelreel.model.sound.recordings import Dub
from babelreel.report.findings.wording import missing
from support.checking import check_sounds, found_in_sounds
from support.subjects import make_dub, make_known_film, make_sound, make_subject
from support.tracks import srt

Spans = tuple[tuple[int, int], ...]

FILM = make_known_film(60_000)
LINES: Spans = ((10_000, 12_000), (20_000, 22_000), (30_000, 32_000))


TEXT = srt(*LINES)


def recording(*speech: tuple[int, int], length_ms: int = 60_000) -> Dub:
    """Give a recording in which somebody speaks then."""
    return make_dub(whole=make_sound("video/stems/en.flac", length_ms, speech=speech))


def found_with(*speech: tuple[int, int], text: str = TEXT) -> list[str]:
    """Check a recording of a minute in which somebody speaks then."""
    return found_in_sounds(text, film=FILM, dub=recording(*speech), select=["DUB"])


def test_a_recording_that_speaks_each_line_is_right() -> None:
    assert found_with(*LINES) == []


def test_a_voice_may_begin_late_and_go_on_after_its_line() -> None:
    assert found_with(*((start + 1500, end + 1400) for start, end in LINES)) == []


def test_a_line_in_which_nobody_speaks_says_how_far_the_next_voice_is() -> None:
    dub = recording(LINES[0], LINES[2])
    assert found_in_sounds(TEXT, film=FILM, dub=dub, select=["DUB"]) == ["0:0 error DUB007 8000 ms away"]
    (finding,) = check_sounds(make_subject(TEXT, film=FILM), dub=dub, select=["DUB"]).findings
    assert (finding.location.path, finding.location.cue) == ("video/stems/en.flac", 2)
    assert finding.message == "nobody speaks in line 2, at 0:20"


def test_a_line_whose_voice_comes_just_after_it_is_a_warning() -> None:
    speech = (LINES[0], (23_499, 24_400), LINES[2])
    assert found_with(*speech) == ["0:0 warning DUB007 1499 ms away"]
    speech = (LINES[0], (23_500, 24_400), LINES[2])
    assert found_with(*speech) == ["0:0 error DUB007 1500 ms away"]


def test_lines_of_music_are_not_waited_for() -> None:
    assert (
        found_with(LINES[0], text=srt(LINES[0]) + "\n" + srt(LINES[1], text="[music]").replace("1\n", "2\n", 1)) == []
    )


def test_a_recording_in_which_nobody_speaks_is_one_error() -> None:
    assert found_with() == ["0:0 error DUB007 3 of 3 lines"]


def test_a_recording_beside_which_most_lines_are_silent_is_one_error() -> None:
    text = srt(*((1000 + 3000 * each, 3000 + 3000 * each) for each in range(13)))
    assert found_with((1000, 3000), (50_000, 50_500), text=text) == ["0:0 error DUB007 12 of 13 lines"]


def test_speech_where_no_line_is_is_told_with_the_next_line() -> None:
    assert found_with(LINES[0], (15_000, 16_499), LINES[1], LINES[2]) == []
    assert found_with(LINES[0], (15_000, 16_500), LINES[1], LINES[2]) == ["0:0 warning DUB008 1500 ms"]
    dub = recording(*LINES, (40_000, 42_000))
    assert found_in_sounds(TEXT, film=FILM, dub=dub, select=["DUB"]) == ["0:0 warning DUB008 2000 ms"]
    (finding,) = check_sounds(make_subject(TEXT, film=FILM), dub=dub, select=["DUB"]).findings
    assert finding.location.cue == 3
    assert "after line 3, from 0:40 to 0:42" in finding.message


def test_stretches_between_two_lines_count_together() -> None:
    assert found_with(LINES[0], (14_000, 14_700), (16_000, 16_800), LINES[1], LINES[2]) == [
        "0:0 warning DUB008 1500 ms"
    ]


def test_speech_that_runs_into_a_line_or_on_from_it_belongs_to_it() -> None:
    assert found_with((5000, 10_100), (21_900, 27_000), LINES[2]) == []


def test_when_somebody_speaks_must_be_known() -> None:
    dub = make_dub(whole=make_sound("video/stems/en.flac", 60_000))
    result = check_sounds(make_subject(TEXT, film=FILM), dub=dub, select=["DUB"])
    assert result.findings == ()
    assert [rule.code for rule in result.not_checked] == ["DUB007", "DUB008", "DUB016", "DUB017"]
    assert {missing(rule, result) for rule in result.not_checked} == {
        "it is not known when somebody speaks in a recording; there is no detector of speech for this computer"
    }


def test_of_takes_and_of_what_cannot_be_read_nothing_more_need_be_known() -> None:
    for dub in (
        make_dub({"1.wav": 2000, "2.wav": 2000, "3.wav": 2000}),
        make_dub(whole=make_sound("video/stems/en.flac", 0, fault="no sound")),
    ):
        assert check_sounds(make_subject(TEXT, film=FILM), dub=dub, select=["DUB"]).not_checked == ()


#: Twenty lines of 2 s with pauses of changing length, so that only one shift of a recording fits.
STARTS = tuple(5000 + 3000 * each + 700 * (each * each % 7) for each in range(20))
LONG = srt(*((start, start + 2000) for start in STARTS))


def made_on_another_film(*, ratio: Fraction = Fraction(1), offset_ms: int = 0) -> Dub:
    """Give a recording of the twenty lines that was made on a slower film, or on one that begins later."""
    starts = (round(start * ratio) + offset_ms for start in STARTS)
    return recording(*((start, start + 1800) for start in starts), length_ms=90_000)


def message_of(dub: Dub, film: MediaInfo | None = None) -> str:
    (finding,) = check_sounds(make_subject(LONG, film=film), dub=dub, select=["DUB"]).findings
    return finding.message


def test_a_recording_in_step_is_right() -> None:
    assert found_in_sounds(LONG, dub=made_on_another_film(), select=["DUB"]) == []
    assert found_in_sounds(LONG, dub=made_on_another_film(offset_ms=350), select=["DUB"]) == []


def test_a_recording_that_is_late_by_much_is_one_error() -> None:
    dub = made_on_another_film(offset_ms=4000)
    assert found_in_sounds(LONG, dub=dub, select=["DUB"]) == ["0:0 error DUB016 +4000 ms"]
    assert "too late: cut 4.0 s off its start, and 20 of 20 lines start with a voice" in message_of(dub)


def test_a_voice_over_that_lets_the_original_begin_is_a_warning() -> None:
    for late_ms, severity in ((3000, "warning"), (3001, "error")):
        dub = made_on_another_film(offset_ms=late_ms)
        assert found_in_sounds(LONG, dub=dub, select=["DUB"]) == [f"0:0 {severity} DUB016 +{late_ms} ms"]


def test_a_recording_that_is_early_is_an_error() -> None:
    dub = made_on_another_film(offset_ms=-900)
    assert found_in_sounds(LONG, dub=dub, select=["DUB"]) == ["0:0 error DUB016 -900 ms"]
    assert "too early: put 0.9 s of silence before it, and 20 of 20 lines start with a voice" in message_of(dub)


def test_a_recording_on_a_slower_film_is_one_error_that_names_the_other_rate() -> None:
    # 24 frames a second take longer than 25
    dub = made_on_another_film(ratio=Fraction(25, 24))
    assert found_in_sounds(LONG, dub=dub, select=["DUB"]) == ["0:0 error DUB017 1.04167"]
    message = message_of(dub, make_known_film(90_000, Fraction(25)))
    # in a minute, 23.976 and 24 cannot be told from one another
    assert "too slow" in message
    assert "as if made for a film of 23.976 frames a second instead of 25 or a film of 24" in message
    assert "29.97" not in message


def test_a_recording_on_a_faster_film_is_one_error() -> None:
    dub = made_on_another_film(ratio=Fraction(24, 25))
    assert found_in_sounds(LONG, dub=dub, select=["DUB"]) == ["0:0 error DUB017 0.96000"]
    assert "too fast" in message_of(dub)
