"""Does each limit of the profile rule the findings, from babelreel.toml on, and does its rule tell of it?"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from babelreel.config.read import read_project
from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.film.media import MediaInfo
from babelreel.model.reading_limits import LIMITS
from babelreel.model.sound.recordings import Dub
from babelreel.model.timecode import render_timestamp
from babelreel.rules.base.rule import Rule
from babelreel.rules.check import check_track
from babelreel.rules.registry import RULES
from support.subjects import make_dub, make_known_film, make_sound, make_subject


def cues(*spans: tuple[int, int], text: str = "It is free.") -> str:
    return "\n".join(
        f"{number}\n{render_timestamp(start)} --> {render_timestamp(end)}\n{text}\n"
        for number, (start, end) in enumerate(spans, start=1)
    )


#: Twenty voices with pauses of changing length, so that only one shift of a track fits; cuts at 4, 8 and 12 seconds.
VOICES = tuple((start, start + 2000) for start in (1000 + 3000 * each + 700 * (each * each % 7) for each in range(20)))
SPOKEN = make_known_film(70_000, speech=VOICES)
SHOTS = make_known_film(20_000, shots=(100, 200, 300))
#: One voice of four seconds, and two of two seconds each.
LONG_VOICE = make_known_film(60_000, speech=((10_000, 14_000),))
TWO_VOICES = make_known_film(60_000, speech=((10_000, 12_000), (13_000, 15_000)))

TIMES = [600, 3120, 7200, 10880, 13920, 17720, 22560, 25000, 28760, 32160, 36520, 40880, 45200, 49200, 53360, 57000]
ENGLISH = cues((1000, 4000), (5000, 8000), (9000, 12_000), text="The lawyer is free.")
SENTENCES = (
    "Je hebt recht op een veilige slaapplek.",
    "Die Dolmetscherin wiederholt nur, was du sagst.",
    "Je kunt naar de dokter.",
    "De advocaat is gratis en helpt je.",
)
MIXED = "\n".join(cues((4000 * at, 4000 * at + 3000), text=text) for at, text in enumerate(SENTENCES, start=1))


def moved(spans: tuple[tuple[int, int], ...], by_ms: int) -> str:
    return cues(*((start + by_ms, end + by_ms) for start, end in spans))


def in_dutch(by_ms: int = 0) -> str:
    return cues(*((time + by_ms, time + by_ms + 2000) for time in TIMES), text="Je hebt rechten.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A track in which one rule finds something or nothing, as a limit says; as ``severity limit``, each time."""

    rule: str
    limit: str
    text: str
    before: list[str]
    after: list[str]
    film: MediaInfo | None = None
    name: str = "en"
    reference: str = ""
    dub: Dub | None = None


ONE_LINE = cues((10_000, 12_000))


def one_take(length_ms: int, *, clipped: int = 0, sample_rate_hz: int = 48_000) -> Dub:
    return make_dub({"1.wav": make_sound("", length_ms, clipped=clipped, sample_rate_hz=sample_rate_hz)})


def whole(*speech: tuple[int, int], length_ms: int = 70_000) -> Dub:
    return make_dub(whole=make_sound("video/stems/en.flac", length_ms, speech=speech))


#: The reference with the same in-times as the Dutch track.
SAME = cues(*((time, time + 2000) for time in TIMES), text="You have rights.")

CASES = (
    Case(
        rule="TIM009",
        limit="close_gap_ms = 300",
        text=cues((10_000, 12_000), (12_320, 14_000)),
        before=["info 80 ms"],
        after=[],
    ),
    Case(
        rule="TIM009",
        limit="close_gap_ms = 800",
        text=cues((10_000, 12_000), (12_720, 14_000)),
        before=[],
        after=["info 80 ms"],
    ),
    Case(
        rule="FLM001",
        limit="shot_reach_ms = 200",
        text=cues((4280, 6000)),
        film=SHOTS,
        before=["info 0 or 13 frames"],
        after=[],
    ),
    Case(
        rule="FLM002",
        limit="gap_frames = 3",
        text=cues((5000, 7920)),
        film=SHOTS,
        before=[],
        after=["info 3 frames"],
    ),
    Case(
        rule="FLM002",
        limit="shot_reach_ms = 800",
        text=cues((5000, 7400)),
        film=SHOTS,
        before=[],
        after=["info 2 frames"],
    ),
    Case(
        rule="FLM003",
        limit="shot_reach_ms = 120",
        text=cues((5000, 8200)),
        film=SHOTS,
        before=["warning 13 frames"],
        after=[],
    ),
    Case(
        rule="FLM004",
        limit="voice_reach_ms = 2500",
        text=cues((10_000, 12_000), (16_000, 18_000)),
        film=LONG_VOICE,
        before=["warning 1500 ms"],
        after=[],
    ),
    Case(
        rule="FLM005",
        limit="bare_speech_ms = 2500",
        text=cues((10_000, 12_400)),
        film=TWO_VOICES,
        before=["warning 1500 ms"],
        after=[],
    ),
    Case(
        rule="FLM005",
        limit="late_start_ms = 1900",
        text=cues((12_000, 14_000)),
        film=LONG_VOICE,
        before=[],
        after=["warning 1500 ms"],
    ),
    Case(
        rule="FLM006",
        limit="voice_reach_ms = 1900",
        text=cues((12_000, 14_000)),
        film=LONG_VOICE,
        before=["warning 1500 ms"],
        after=["warning 1900 ms"],
    ),
    Case(
        rule="FLM007",
        limit="track_shift_ms = 3000",
        text=moved(VOICES, 2500),
        film=SPOKEN,
        before=["warning 500 ms"],
        after=[],
    ),
    Case(
        rule="FLM008",
        limit="track_drift_ms = 5000",
        text=cues(*((start * 25 // 24, end * 25 // 24) for start, end in VOICES)),
        film=SPOKEN,
        before=["warning 1"],
        after=[],
    ),
    Case(
        rule="PAR001",
        limit="stretch_ms = 3001",
        text=cues((1000, 4000), (9000, 12_000), text="De advocaat is gratis."),
        name="nl",
        reference=ENGLISH,
        before=["warning 1000 ms"],
        after=[],
    ),
    Case(
        rule="PAR001",
        limit="stretch_error_ms = 3000",
        text=cues((1000, 4000), (9000, 12_000), text="De advocaat is gratis."),
        name="nl",
        reference=ENGLISH,
        before=["warning 1000 ms"],
        after=["error 1000 ms"],
    ),
    Case(
        rule="PAR002",
        limit="stretch_ms = 2500",
        text=cues((1000, 4000), (5000, 8000), (9000, 12_000), (14_000, 16_000), text="De advocaat is gratis."),
        name="nl",
        reference=ENGLISH,
        before=["warning 1000 ms"],
        after=[],
    ),
    Case(
        rule="PAR003",
        limit="delay_ms = 401",
        text=in_dutch(400),
        name="nl",
        reference=SAME,
        before=["warning 250 ms"],
        after=[],
    ),
    Case(
        rule="PAR003",
        limit="delay_error_ms = 400",
        text=in_dutch(400),
        name="nl",
        reference=SAME,
        before=["warning 250 ms"],
        after=["error 250 ms"],
    ),
    Case(
        rule="DUB007",
        limit="voice_reach_ms = 4000",
        text=ONE_LINE,
        dub=whole((15_000, 17_000)),
        before=["error 1500 ms"],
        after=["warning 4000 ms"],
    ),
    Case(
        rule="DUB008",
        limit="bare_speech_ms = 2500",
        text=ONE_LINE,
        dub=whole((10_000, 12_000), (15_000, 17_000)),
        before=["warning 1500 ms"],
        after=[],
    ),
    Case(
        rule="DUB009",
        limit="clipped_ms = 20",
        text=ONE_LINE,
        dub=one_take(2000, clipped=900),
        before=["warning 10 ms"],
        after=[],
    ),
    Case(
        rule="DUB009",
        limit="clipped_error_percent = 10",
        text=ONE_LINE,
        dub=one_take(2000, clipped=10_000),
        before=["warning 10 ms"],
        after=["error 10 ms"],
    ),
    Case(
        rule="DUB010",
        limit="lowest_rate_hz = 44100",
        text=ONE_LINE,
        dub=one_take(2000, sample_rate_hz=22_050),
        before=[],
        after=["warning 44100 Hz"],
    ),
    Case(
        rule="DUB012",
        limit="faster_percent = 5",
        text=ONE_LINE,
        film=make_known_film(12_000),
        dub=one_take(2200),
        before=[],
        after=["info 1.05 times as fast"],
    ),
    Case(
        rule="DUB012",
        limit="much_faster_percent = 5",
        text=ONE_LINE,
        film=make_known_film(12_000),
        dub=one_take(2200),
        before=[],
        after=["warning 1.05 times as fast"],
    ),
    Case(
        rule="DUB013",
        limit="dead_air_ms = 1000",
        text=ONE_LINE,
        dub=one_take(900),
        before=[],
        after=["info 1000 ms"],
    ),
    Case(
        rule="DUB015",
        limit="dead_air_ms = 1000",
        text=ONE_LINE,
        dub=whole((10_000, 10_900), length_ms=10_900),
        before=[],
        after=["info 1000 ms"],
    ),
    Case(
        rule="DUB016",
        limit="track_shift_ms = 3000",
        text=cues(*VOICES),
        dub=whole(*((start + 2500, end + 2500) for start, end in VOICES)),
        before=["warning 500 ms"],
        after=[],
    ),
    Case(
        rule="DUB016",
        limit="late_voice_ms = 2000",
        text=cues(*VOICES),
        dub=whole(*((start + 2500, end + 2500) for start, end in VOICES)),
        before=["warning 500 ms"],
        after=["error 500 ms"],
    ),
    Case(
        rule="DUB017",
        limit="track_drift_ms = 5000",
        text=cues(*VOICES),
        dub=whole(*((start * 25 // 24, end * 25 // 24) for start, end in VOICES)),
        before=["error 1"],
        after=[],
    ),
    Case(rule="LNG002", limit="sure_percent = 100", text=MIXED, name="nl", before=["warning"], after=[]),
    Case(rule="LNG002", limit="foreign_words = 8", text=MIXED, name="nl", before=["warning"], after=[]),
)


def found(case: Case, folder: Path, toml: str) -> list[str]:
    """Check the track of a case in a project with this babelreel.toml; ``severity limit`` of what its rule finds."""
    (folder / "babelreel.toml").write_text(toml, encoding="utf-8")
    profile = read_project(folder).settings_of(find_language(case.name)).profile
    path = f"subtitles/{case.name}.srt"
    subject = replace(
        make_subject(case.text, path=path, film=case.film, profile=profile, dub=case.dub),
        reference=make_subject(case.reference).track if case.reference else None,
        languages=builtin_languages(),
    )
    return [f"{each.severity} {each.limit}".rstrip() for each in check_track(subject, select=[case.rule]).findings]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.limit}")
def test_a_limit_in_babelreel_toml_changes_what_is_found(case: Case, tmp_path: Path) -> None:
    assert found(case, tmp_path, "") == case.before
    assert found(case, tmp_path, f"[limits]\n{case.limit}\n") == case.after
    assert found(case, tmp_path, f"[language.{case.name}]\n{case.limit}\n") == case.after
    assert found(case, tmp_path, f"[language.fr]\n{case.limit}\n") == case.before


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.limit}")
def test_the_rule_that_a_limit_changes_tells_of_it(case: Case) -> None:
    (rule,) = (each for each in RULES if each.code == case.rule)
    assert rule.limit is not None
    assert case.limit.partition(" ")[0] in rule.limit.names


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_names_every_limit_that_it_reads(rule: Rule) -> None:
    assert limits_read_by(rule) <= set(rule.limit.names if rule.limit else ())


def limits_read_by(rule: Rule) -> set[str]:
    """Give the limits that a check reads, itself or by what it calls in the rules; what only mends does not count."""
    seen: set[object] = set()
    names: set[str] = set()
    waiting: list[object] = [rule.check]
    while waiting:
        function = inspect.unwrap(waiting.pop())  # type: ignore[arg-type]
        if function in seen or not isinstance(function, FunctionType) or not is_of_rules(function):
            continue
        seen.add(function)
        used = set(names_in(function.__code__))
        names |= used
        waiting += [function.__globals__[name] for name in used if callable(function.__globals__.get(name))]
    return names & set(LIMITS)


def is_of_rules(function: FunctionType) -> bool:
    gives = str(function.__annotations__.get("return"))
    return function.__module__.startswith("babelreel.rules.") and not gives.startswith(("Fix", "Misfit"))


def names_in(code: CodeType) -> Iterator[str]:
    inner = (names_in(each) for each in code.co_consts if isinstance(each, CodeType))
    return chain(code.co_names, *inner)


def test_a_cue_is_not_made_too_short_for_the_words_that_a_project_allows_a_minute(tmp_path: Path) -> None:
    subject = make_subject(cues((10_000, 12_000), (12_000, 14_000)))
    for toml, is_mended in (("", True), ("[limits]\nwpm_adult = 90\n", False)):
        (tmp_path / "babelreel.toml").write_text(toml, encoding="utf-8")
        profile = read_project(tmp_path).settings_of(subject.language).profile
        (finding,) = check_track(replace(subject, profile=profile), select=["TIM004"]).findings
        assert (finding.fix is not None) == is_mended
