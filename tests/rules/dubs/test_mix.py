from __future__ import annotations

from decimal import Decimal

from babelreel.model.sound.mix_levels import DubLevels, VoiceOfLine
from babelreel.model.sound.recordings import LOUDNESS_TARGETS, MixedSound
from support.checking import check_sounds, found_in_sounds
from support.subjects import make_subject

TEXT = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.
"""


def mixed(
    loudness: str | None, peak: str = "-1.5", *, language: str = "en", rendition: str = "web-720p", sound: str = "dub"
) -> MixedSound:
    return MixedSound(
        language=language,
        rendition=rendition,
        sound=sound,
        loudness_lufs=None if loudness is None else Decimal(loudness),
        true_peak_dbtp=None if loudness is None else Decimal(peak),
    )


def test_files_at_their_target_are_right() -> None:
    assert found_in_sounds(TEXT, mixed=(mixed("-15.0", "-1.0"), mixed("-17.0", rendition="phone"))) == []


def test_where_nothing_is_published_nothing_is_wrong() -> None:
    result = check_sounds(make_subject(TEXT), select=["DUB"])
    assert (result.findings, result.not_checked) == ((), ())


def test_files_that_are_off_the_target_are_told_once_for_each_measure() -> None:
    files = (mixed("-17.1"), mixed("-17.1", rendition="phone"), mixed("-14.9", rendition="tiny"))
    assert found_in_sounds(TEXT, mixed=files) == ["0:0 warning DUB018 -14.9 LUFS", "0:0 warning DUB018 -17.1 LUFS"]
    loud, soft = check_sounds(make_subject(TEXT), mixed=files, select=["DUB"]).findings
    assert (loud.message, soft.message) == ("the sound is too loud: tiny", "the sound is too soft: web-720p, phone")
    assert (soft.location.path, soft.limit) == ("output/en", "-16 ± 1 LUFS")


def test_a_project_chooses_its_target() -> None:
    broadcast = LOUDNESS_TARGETS[1]
    (finding,) = check_sounds(make_subject(TEXT), mixed=(mixed("-16.0"),), target=broadcast).findings
    assert (finding.code, finding.limit) == ("DUB018", "-23 ± 0.5 LUFS")
    assert check_sounds(make_subject(TEXT), mixed=(mixed("-23.5"),), target=broadcast).findings == ()


def test_a_dub_in_which_nothing_is_heard_is_told_and_a_silent_film_is_not() -> None:
    assert found_in_sounds(TEXT, mixed=(mixed(None),)) == ["0:0 warning DUB018"]
    assert found_in_sounds(TEXT, mixed=(mixed(None, sound="original"),)) == []


def test_a_peak_above_the_target_is_told() -> None:
    files = (mixed("-16.0", "-0.9"), mixed("-16.0", "-1.0", rendition="phone"))
    assert found_in_sounds(TEXT, mixed=files) == ["0:0 warning DUB019 -0.9 dBTP"]


def test_other_languages_have_their_own_findings() -> None:
    assert found_in_sounds(TEXT, mixed=(mixed("-16.0"), mixed("-16.9", "0.0", language="fr"))) == []


def others(*loudness: str) -> tuple[MixedSound, ...]:
    return tuple(mixed(each, language=tag) for tag, each in zip(("fr", "ar", "vi", "nl"), loudness, strict=False))


def test_the_language_that_sticks_out_is_told_and_the_others_are_not() -> None:
    apart = (mixed("-16.9"), *others("-15.8", "-15.8", "-15.9"))
    assert found_in_sounds(TEXT, mixed=apart) == ["0:0 warning DUB020 -16.9 LUFS"]
    assert found_in_sounds(TEXT, "fr", mixed=apart, select=["DUB"]) == []


def test_one_lu_between_the_loudest_and_the_softest_is_right() -> None:
    assert found_in_sounds(TEXT, mixed=(mixed("-16.8"), *others("-15.8", "-15.8", "-15.9"))) == []


def test_of_two_languages_that_are_apart_both_stick_out() -> None:
    apart = (mixed("-16.9"), *others("-15.5"))
    assert found_in_sounds(TEXT, mixed=apart) == ["0:0 warning DUB020 -16.9 LUFS"]
    assert found_in_sounds(TEXT, "fr", mixed=apart, select=["DUB"]) == ["0:0 warning DUB020 -15.5 LUFS"]


def test_one_size_that_is_off_does_not_make_a_language_stick_out() -> None:
    sizes = (mixed("-16.0"), mixed("-16.0", rendition="phone"), mixed("-16.9", rendition="tiny"))
    assert found_in_sounds(TEXT, mixed=(*sizes, *others("-15.8"))) == []


def line(number: int, above_db: str | None) -> VoiceOfLine:
    return VoiceOfLine(line=number, gain_db=Decimal(0), above_db=None if above_db is None else Decimal(above_db))


def test_a_line_whose_voice_is_less_than_ten_decibels_above_the_film_is_told() -> None:
    voices = DubLevels(language="en", lines=(line(1, "10.0"), line(2, "9.9"), line(3, None), line(4, "-11.0")))
    assert found_in_sounds(TEXT, mixed=(mixed("-16.0"),), voices=voices) == [
        "0:0 warning DUB026 9.9 dB",
        "0:0 warning DUB026 -11.0 dB",
    ]
    told = check_sounds(make_subject(TEXT), mixed=(mixed("-16.0"),), voices=voices, select=["DUB026"]).findings
    assert {finding.message for finding in told} == {
        "line 2 is hard to understand over the film: record it again, louder and nearer",
        "line 4 is hard to understand over the film: record it again, louder and nearer",
    }
