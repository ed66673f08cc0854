"""Can a project make exceptions of what is found in its sounds?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from babelreel.model.finding import Severity
from babelreel.model.policy import Allowance
from babelreel.model.sound.recordings import Dub
from babelreel.rules.base.recording_subject import LostVoiceSubject
from babelreel.rules.check import CheckResult, check_recordings, join_results
from babelreel.rules.registry import RULES, is_about_sound
from support.checking import check_sounds
from support.subjects import make_dub, make_known_film, make_sound, make_subject

TEXT = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:05,000 --> 00:00:07,000
A doctor is free.
"""
VTT = """\
WEBVTT

1
00:01.000 --> 00:03.000
You have rights.

NOTE babelreel: allow low-sample-rate: the speaker called us from a ship

2
00:05.000 --> 00:07.000
A doctor is free.
"""


def telephone(language: str = "en") -> Dub:
    """Give a dub of two takes that sound like a telephone: DUB010 in each."""
    low = make_sound("", sample_rate_hz=8000)
    return make_dub({"01.wav": low, "02.wav": low}, language=language)


def check(  # noqa: PLR0913 - a track with a dub, and what a project says of the rules
    dub: Dub | None,
    *,
    text: str = TEXT,
    path: str = "subtitles/en.srt",
    select: Sequence[str] = (),
    allow: Sequence[Allowance] = (),
    ignore_in: Sequence[tuple[str, tuple[str, ...]]] = (),
) -> CheckResult:
    subject = make_subject(text, path=path, film=make_known_film(10_000))
    return check_sounds(subject, dub=dub, select=select, allow=allow, ignore_in=ignore_in)


def told(result: CheckResult) -> list[str]:
    return [f"{each.location.path} {each.code}" for each in result.findings]


ONE, TWO = "video/stems/en/01.wav DUB010", "video/stems/en/02.wav DUB010"


@pytest.mark.parametrize(
    ("allowance", "expected"),
    [
        (Allowance(rules=("low-sample-rate",), file="video/stems/en/02.wav", reason="a ship"), [ONE]),
        (Allowance(rules=("DUB",), file="video/stems/en/*", reason="a ship"), []),
        (Allowance(rules=("DUB010",), file="01.wav", cue=1, reason="a ship"), [TWO]),
        (Allowance(rules=("DUB010",), file="*.wav", text="doctor", reason="a ship"), [ONE]),
        (Allowance(rules=("DUB010",), file="subtitles/en.srt", cue=2, reason="a ship"), [ONE]),
        (Allowance(rules=("DUB010",), file="fr.srt", cue=2, reason="another language"), [ONE, TWO]),
        (Allowance(rules=("DUB010",), file="video/stems/fr/02.wav", reason="another language"), [ONE, TWO]),
        (
            Allowance(rules=("DUB009",), file="video/stems/en/02.wav", reason="old"),
            ["subtitles/en.srt ALW001", ONE, TWO],
        ),
        (
            Allowance(rules=("DUB010",), file="video/stems/en/02.wav", cue=1, reason="another line"),
            ["subtitles/en.srt ALW001", ONE, TWO],
        ),
    ],
)
def test_an_exception_names_the_sound_or_the_track(allowance: Allowance, expected: list[str]) -> None:
    assert told(check(telephone(), allow=[allowance])) == expected


def test_an_exception_for_a_sound_leaves_the_track_alone() -> None:
    text = TEXT.replace("00:00:07,000", "00:00:05,500")  # half a second: TIM005
    allowance = Allowance(rules=("short-cue", "low-sample-rate"), file="*/02.wav", reason="a ship")
    result = check(telephone(), text=text, select=["TIM005", "DUB010"], allow=[allowance])
    assert told(result) == ["subtitles/en.srt TIM005", ONE]


def test_a_take_that_is_missing_is_allowed_for_its_folder() -> None:
    allowance = Allowance(rules=("missing-take",), file="video/stems/en", cue=2, reason="whispered in the film too")
    dub = make_dub({"01.wav": 2000})
    assert told(check(dub)) == ["video/stems/en DUB005"]
    assert told(check(dub, allow=[allowance])) == []


def test_an_exception_in_the_track_covers_the_sound_of_the_next_cue() -> None:
    assert told(check(telephone(), text=VTT, path="subtitles/en.vtt")) == [ONE]


def test_an_exception_from_all_rules_on_sound_is_unused_when_the_voice_and_the_mix_are_right() -> None:
    allow = [Allowance(rules=("DUB",), file="en.srt", reason="a ship")]
    fine = make_dub({"01.wav": 2000, "02.wav": 2000})
    subject = make_subject(TEXT, film=make_known_film(10_000))
    assert told(check_sounds(subject, dub=fine, mixed=(), allow=allow)) == ["subtitles/en.srt ALW001"]
    assert told(check_sounds(subject, dub=telephone(), mixed=(), allow=allow)) == []
    # a build does not look at what was published before
    assert told(check_sounds(subject, dub=fine, allow=allow)) == []


def test_an_exception_from_a_rule_on_sound_is_not_called_unused_where_there_is_no_sound() -> None:
    assert told(check(None, text=VTT, path="subtitles/en.vtt")) == []


@pytest.mark.parametrize(
    ("pattern", "selectors", "expected"),
    [
        ("video/stems/en/02.wav", ("DUB010",), [ONE]),
        ("video/stems/*", ("low-sample-rate",), []),
        ("video/stems/*", ("clipped-sound",), [ONE, TWO]),
        ("video/stems/fr/*", ("DUB",), [ONE, TWO]),
    ],
)
def test_a_rule_is_ignored_in_a_sound(pattern: str, selectors: tuple[str, ...], expected: list[str]) -> None:
    assert told(check(telephone(), ignore_in=[(pattern, selectors)])) == expected


def test_what_is_ignored_in_a_sound_makes_no_exception_of_it_needless() -> None:
    allowance = Allowance(rules=("DUB010",), file="video/stems/en/*", reason="a ship")
    result = check(telephone(), ignore_in=[("*/02.wav", ("DUB",))], allow=[allowance])
    assert told(result) == []


def test_a_stem_of_all_languages_has_a_fingerprint_for_each() -> None:
    broken = make_sound("video/stems/me.flac", 0, fault="no sound")
    results = [check_sounds(make_subject(TEXT, tag), dub=make_dub(language=tag), music=broken) for tag in ("en", "fr")]
    joined = join_results(results)
    about = [each for each in joined.findings if each.location.path == "video/stems/me.flac"]
    assert {each.language for each in about} == {"en", "fr"}
    assert len({each.fingerprint for each in about}) == 2


def test_an_error_in_a_sound_is_one_of_its_language_in_a_check() -> None:
    result = check(make_dub({"01.wav": 2000}))
    assert [each.language for each in result.findings if each.severity is Severity.ERROR] == ["en"]


def test_rules_on_sound_are_told_from_all_others() -> None:
    assert {rule.code[:3] for rule in RULES if is_about_sound(rule.code)} == {"DUB"}
    assert not any(is_about_sound(rule.code) for rule in RULES if not rule.code.startswith("DUB"))
    assert is_about_sound("DUB012")


def test_what_belongs_to_no_track_is_allowed_by_its_own_path() -> None:
    lost = LostVoiceSubject(language="de", path="video/stems/de", files=("video/stems/de/01.wav",))
    assert told(check_recordings([lost])) == ["video/stems/de DUB022"]
    allowance = Allowance(rules=("DUB022",), file="video/stems/de", reason="its subtitles are being translated")
    assert told(check_recordings([lost], allow=[allowance])) == []
    assert told(check_recordings([lost], ignore_in=[("video/stems/*", ("DUB022",))])) == []
