from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.rules.base.need import Need
from babelreel.rules.check import check_track
from support.checking import apply_fix, findings, found
from support.subjects import make_known_film, make_subject
from support.tracks import srt, track

REFERENCE = """\
1
00:00:01,000 --> 00:00:04,000
You have the right to a guardian.

2
00:00:05,000 --> 00:00:08,000
The lawyer is free.

3
00:00:09,000 --> 00:00:12,000
You can see a doctor.
"""


def parity(content: str, tag: str = "nl", reference: str = REFERENCE) -> list[str]:
    return found(content, tag, reference=reference, select="PAR")


def messages(content: str, tag: str = "nl", reference: str = REFERENCE) -> list[str]:
    return [each.message for each in findings(content, tag, reference=reference, select="PAR")]


#: In-times that are as uneven as those of real speech.
TIMES = [600, 3120, 7200, 10880, 13920, 17720, 22560, 25000, 28760, 32160, 36520, 40880, 45200, 49200, 53360, 57000]


def timed(times: list[int], text: str = "Je hebt rechten.") -> str:
    return srt(*((time, time + 2000) for time in times), text=text)


def test_a_translation_with_the_times_of_the_reference_has_no_finding() -> None:
    text = """\
1
00:00:01,000 --> 00:00:04,000
Je hebt recht op een voogd.

2
00:00:05,000 --> 00:00:08,000
De advocaat is gratis.

3
00:00:09,000 --> 00:00:12,000
Je kunt naar de dokter.
"""
    assert parity(text) == []


def test_a_translation_may_merge_and_split_cues() -> None:
    text = """\
1
00:00:01,000 --> 00:00:02,500
你有权
2
00:00:02,580 --> 00:00:04,000
拥有监护人。

3
00:00:05,000 --> 00:00:12,000
律师是免费的。你可以看医生。
"""
    assert parity(text, "zh-Hans") == []


GAP = """\
1
00:00:01,000 --> 00:00:04,000
من حقك أن يكون لك وصي.

2
00:00:09,000 --> 00:00:12,000
يمكنك زيارة الطبيب.
"""


def test_a_sentence_of_the_reference_without_a_cue_is_missing() -> None:
    assert parity(GAP, "ar") == ["2:1 warning PAR001 3000 ms"]
    assert "The lawyer is free." in messages(GAP, "ar")[0]


def test_a_sentence_that_is_missing_at_the_beginning_is_about_the_file() -> None:
    late = GAP.split("\n\n")[1] + "\n"
    assert parity(late, "ar") == ["0:0 warning PAR001 7000 ms"]


def test_more_than_ten_seconds_missing_are_an_error_that_is_reported_once() -> None:
    reference = timed(TIMES, "You have rights.")
    assert parity(timed(TIMES[:8]), reference=reference) == ["30:1 error PAR001 30240 ms"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Thank you.", "warning"),
        ("Thanks for watching. Until next time!", "warning"),
        ("Whoever is not eighteen gets a guardian, who helps to find a lawyer and a school. " * 2, "error"),
    ],
)
def test_a_few_words_that_are_held_for_long_are_no_long_stretch(text: str, severity: str) -> None:
    reference = srt((1000, 4000, "You have rights."), (5000, 17_000, text))
    lacking = srt((1000, 4000, "Je hebt rechten."))
    assert parity(lacking, reference=reference) == [f"2:1 {severity} PAR001 12000 ms"]


def test_a_stretch_that_stands_a_little_earlier_is_not_missing() -> None:
    shorter = """\
1
00:00:01,000 --> 00:00:02,000
Quyền có người giám hộ.

2
00:00:04,500 --> 00:00:06,000
Luật sư miễn phí.

3
00:00:09,000 --> 00:00:12,000
Bạn có thể đi khám bác sĩ.
"""
    assert parity(shorter, "vi") == []


@pytest.mark.parametrize("sound", ["[door creaks]", "(sobs)", "♪ ♪", "♪ la la ♪", "- [music]"])
def test_a_sound_of_the_reference_is_not_missed(sound: str) -> None:
    assert parity(GAP, "ar", REFERENCE.replace("The lawyer is free.", sound)) == []


def test_a_cue_under_which_the_reference_has_none_is_extra() -> None:
    text = """\
1
00:00:01,000 --> 00:00:04,000
Je hebt recht op een voogd.

2
00:00:05,000 --> 00:00:08,000
De advocaat is gratis.

3
00:00:09,000 --> 00:00:12,000
Je kunt naar de dokter.

4
00:00:13,000 --> 00:00:15,000
Vertaling: de vrijwilligers
"""
    assert parity(text) == ["14:1 warning PAR002 2000 ms"]


def test_extra_cues_that_follow_one_another_are_one_finding() -> None:
    reference = timed(TIMES[:10], "You have rights.")
    assert parity(timed(TIMES[:12]), reference=reference) == ["42:1 warning PAR002 6360 ms"]
    assert messages(timed(TIMES[:12]), reference=reference)[0].endswith("nor during the next one")


@pytest.mark.parametrize(
    ("shift_ms", "expected"),
    [
        (0, []),
        (200, []),
        (249, []),
        (250, ["0:0 warning PAR003 250 ms late"]),
        (-400, ["0:0 warning PAR003 400 ms early"]),
        (1999, ["0:0 warning PAR003 1999 ms late"]),
        (2000, ["0:0 error PAR003 2000 ms late"]),
        (60_000, ["0:0 error PAR003 60000 ms late"]),
    ],
)
def test_a_constant_shift_is_reported_once_and_nothing_is_missing_then(shift_ms: int, expected: list[str]) -> None:
    reference = timed(TIMES, "You have rights.")
    assert parity(timed([time + shift_ms for time in TIMES]), reference=reference) == expected


def test_times_made_at_24_frames_a_second_fall_behind_those_at_25() -> None:
    reference = timed(TIMES, "You have rights.")
    drifting = timed([time * 25 // 24 for time in TIMES])
    (finding,) = findings(drifting, "nl", reference=reference, select="PAR")
    assert (finding.code, finding.severity) == ("PAR003", "error")
    assert finding.measured in {"2374 ms late", "2375 ms late"}  # 57 s / 24, in whole ms
    assert "made for 24 frames a second, and the film runs at 25" in messages(drifting, reference=reference)[0]


def test_a_drift_of_unknown_cause_is_found_as_well() -> None:
    reference = timed(TIMES, "You have rights.")
    (message,) = messages(timed([time * 102 // 100 for time in TIMES]), reference=reference)
    assert re.search("1.1 s late at the last", message)  # 2 % of 57 s
    assert "with another frame rate" in message


def test_a_scene_that_was_cut_is_found_where_the_times_jump() -> None:
    reference = timed(TIMES, "You have rights.")
    jumping = timed([time if time < 30_000 else time - 1500 for time in TIMES])
    assert parity(jumping, reference=reference) == ["0:0 warning PAR003 1500 ms early"]
    assert "right until 0:30 and 1.5 s early from there" in messages(jumping, reference=reference)[0]


def test_times_that_scatter_around_those_of_the_reference_do_not_drift() -> None:
    scattered = [time + (-1) ** place * (97 * place % 280) for place, time in enumerate(TIMES)]
    assert parity(timed(scattered), reference=timed(TIMES, "You have rights.")) == []


def test_a_few_cues_prove_no_drift() -> None:
    shifted = [time + 700 for time in TIMES[:9]]
    assert parity(timed(shifted), reference=timed(TIMES[:9], "You have rights.")) == []


def in_nl(text: str) -> str:
    return f"1\n00:00:01,000 --> 00:00:04,000\n{text}\n\n2\n00:00:05,000 --> 00:00:12,000\nDe advocaat is gratis.\n"


def test_a_cue_with_the_words_of_the_reference_is_not_translated() -> None:
    assert parity(in_nl("You have the right to a guardian.")) == ["2:1 warning PAR004"]


@pytest.mark.parametrize(
    "text",
    [
        "YOU HAVE THE RIGHT\nTO A GUARDIAN",
        "- You have the right to a guardian!",
        "<i>You have</i> the right to a guardian",
    ],
)
def test_case_punctuation_and_line_breaks_make_no_translation(text: str) -> None:
    assert parity(in_nl(text)) == ["2:1 warning PAR004"]


def test_two_cues_of_the_reference_in_one_are_not_a_translation_either() -> None:
    text = in_nl("You have the right to a guardian.\nThe lawyer is free.")
    assert parity(text) == ["2:1 warning PAR004"]


@pytest.mark.parametrize("name", ["Child Focus: 116 000", "Fedasil, Petit-Château, Brussels", "112", "Hotel Mama"])
def test_names_and_numbers_are_the_same_in_every_language(name: str) -> None:
    assert parity(in_nl(name), reference=REFERENCE.replace("You have the right to a guardian.", name)) == []


def test_pidgin_may_share_three_words_with_english() -> None:
    text = "1\n00:00:01,000 --> 00:00:12,000\nThe doctor helps.\n"
    reference = REFERENCE.replace("The lawyer is free.", "The doctor helps.")
    assert parity(text, "pcm", reference) == []
    assert parity(text, "nl", reference) == ["2:1 warning PAR004"]
    whole = text.replace("The doctor helps.", "You can see a doctor.")
    assert parity(whole, "pcm", reference) == ["2:1 warning PAR004"]


def test_two_words_of_another_script_are_a_phrase() -> None:
    text = "1\n00:00:01,000 --> 00:00:12,000\nWelcome home.\n"
    assert parity(text, "zh-Hans", REFERENCE.replace("The lawyer is free.", "Welcome home.")) == ["2:1 warning PAR004"]


def test_a_file_that_was_never_translated_is_one_error() -> None:
    reference = "\n".join(
        f"{number}\n00:00:{2 * number:02d},000 --> 00:00:{2 * number + 1:02d},500\nNumber {word} is here.\n"
        for number, word in enumerate("one two three four five six".split(), start=1)  # noqa: SIM905 - reads easier
    )
    assert parity(reference, "sq", reference) == ["0:0 error PAR004 6 of 6 lines"]


def test_british_english_may_say_what_english_says() -> None:
    subject = replace(make_subject(REFERENCE), reference=make_subject(REFERENCE).track)
    assert check_track(subject, select=["PAR"]).findings == ()


def test_the_reference_is_compared_with_nothing() -> None:
    subject = replace(make_subject(REFERENCE), is_reference=True)
    result = check_track(subject, select=["PAR"])
    assert (result.findings, result.not_checked) == ((), ())


def test_without_a_reference_the_rules_are_not_checked() -> None:
    result = check_track(make_subject(REFERENCE, path="subtitles/nl.srt"), select=["PAR"])
    assert result.lacking == {Need.REFERENCE}
    assert {rule.code for rule in result.not_checked} == {"PAR001", "PAR002", "PAR003", "PAR004", "PAR005"}


TEXT = st.text(alphabet="ab 1.,-:/@+۱१ب你[♪\n", max_size=12)
CUES = st.lists(
    st.builds(
        lambda start, length, text: (50 * start, 50 * (start + length), text),
        st.integers(-50, 400),
        st.integers(-5, 80),
        TEXT,
    ),
    min_size=1,
    max_size=14,
)


@settings(deadline=None)
@given(CUES, CUES, st.sampled_from(["ar", "zh-Hans", "pcm", "vi"]))
def test_any_two_tracks_can_be_compared_and_a_finding_is_about_a_cue_of_the_own_one(
    own: list[tuple[int, int, str]], theirs: list[tuple[int, int, str]], tag: str
) -> None:
    compared = track(*own, path=f"subtitles/{tag}.srt")
    seen = findings(compared, tag, reference=track(*theirs), names=("ab",), select=["PAR", "FCT", "LNG"])
    assert {each.location.cue for each in seen} <= {None, *(each.number for each in compared.cues)}
    assert all(each.message and each.location.path == compared.path for each in seen)


@settings(deadline=None)
@given(CUES, st.sampled_from(["ar", "zh-Hans", "pcm", "vi"]))
def test_whatever_a_track_lacks_of_its_reference_is_found_and_of_itself_it_lacks_nothing(
    cues: list[tuple[int, int, str]], tag: str
) -> None:
    cues = [*cues, (50_000, 54_000, "You have rights.")]
    late, path = (60_000, 64_000, "The lawyer is free."), f"subtitles/{tag}.srt"
    reference = track(*cues, late)
    whole = found(track(*cues, late, path=path), tag, reference=reference, select=["PAR001", "PAR002", "PAR003"])
    assert whole == []
    lacking = found(track(*cues, path=path), tag, reference=reference, select="PAR001")
    assert [line.split()[2] for line in lacking] == ["PAR001"]


def test_a_missing_long_cue_is_found_though_its_neighbours_reach_into_it() -> None:
    reference = srt((1000, 4000), (5000, 12_000), (13_000, 16_000))
    lacking = srt((1000, 6000), (11_000, 16_000), text="Het is gratis.")
    assert parity(lacking, reference=reference) == ["2:1 warning PAR001 7000 ms"]


def test_a_long_cue_that_is_read_before_it_ends_is_covered() -> None:
    reference = srt((1000, 4000), (5000, 12_000), (13_000, 16_000))
    shorter = srt((1000, 4000), (5000, 8000), (13_000, 16_000), text="Het is gratis.")
    assert parity(shorter, reference=reference) == []


def test_it_is_told_where_nobody_can_tell_how_the_times_run() -> None:
    by_chance = [4100 * place + 1700 * (place * place * 7 % 11) // 11 for place in range(60)]
    breaths = [16_000 * place + 1900 * (place * place % 5) for place in range(15)]
    reference = timed([start + step for start in breaths for step in (0, 2700, 5900, 8800)])
    (finding,) = findings(timed(by_chance), "nl", reference=reference, select="PAR003")
    assert finding.severity == "info"
    assert "it is not certain" in finding.message


def test_an_address_alone_needs_no_translation() -> None:
    reference = srt("You have rights.", "www.publiccode.eu")
    assert found(srt("Je hebt rechten.", "www.publiccode.eu"), "nl", reference=reference, select="PAR004") == []


def test_a_late_track_is_moved_to_the_reference_where_no_voice_tells_who_is_right() -> None:
    reference, late = timed(TIMES, "You have rights."), timed([time + 1500 for time in TIMES])
    (finding,) = findings(late, "nl", reference=reference, select="PAR003")
    assert "babelreel shift nl --by=-1.5s" in finding.message
    assert finding.fix
    assert not finding.fix.is_safe
    assert apply_fix(late, finding) == timed(TIMES)


def test_a_track_is_not_moved_to_a_reference_that_the_voices_of_the_film_may_speak_against() -> None:
    film = make_known_film(120_000, speech=((1000, 3000),))
    reference, late = timed(TIMES, "You have rights."), timed([time + 1500 for time in TIMES])
    (finding,) = findings(late, "nl", reference=reference, film=film, select="PAR003")
    assert finding.fix is None


def test_a_scene_that_was_cut_names_the_line_of_time_from_which_all_moves() -> None:
    reference = timed(TIMES, "You have rights.")
    jumping = timed([time if time < 30_000 else time - 1500 for time in TIMES])
    (finding,) = findings(jumping, "nl", reference=reference, select="PAR003")
    assert "babelreel shift nl --by=+1.5s --from=00:00:30.660" in finding.message
    # the cue that ran over the turn ends there
    assert apply_fix(jumping, finding) == timed(TIMES).replace("00:00:30,760", "00:00:30,660")
