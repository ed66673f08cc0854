"""Does each limit of the profile rule the findings, from babelreel.toml on, and does its rule tell of it?"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from babelreel.config.read import read_project
from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.film.media import MediaInfo
from babelreel.model.finding import Finding
from babelreel.model.reading_limits import LIMITS, Profile
from babelreel.model.sound.recordings import Dub
from babelreel.rules.base.rule import Rule
from babelreel.rules.check import check_track
from babelreel.rules.registry import RULES, find_rules
from support.broken import VOICES, broken_scene
from support.checking import check_scene
from support.subjects import Scene, make_dub, make_known_film, make_sound, make_subject
from support.tracks import srt

SPOKEN = make_known_film(70_000, speech=VOICES)
#: With cuts at 4, 8 and 12 seconds.
SHOTS = make_known_film(20_000, shots=(100, 200, 300))
#: One voice of four seconds, and two of two seconds each.
LONG_VOICE = make_known_film(60_000, speech=((10_000, 14_000),))
TWO_VOICES = make_known_film(60_000, speech=((10_000, 12_000), (13_000, 15_000)))

TIMES = [600, 3120, 7200, 10880, 13920, 17720, 22560, 25000, 28760, 32160, 36520, 40880, 45200, 49200, 53360, 57000]
ENGLISH = srt((1000, 4000), (5000, 8000), (9000, 12_000), text="The lawyer is free.")
SENTENCES = (
    "Je hebt recht op een veilige slaapplek.",
    "Die Dolmetscherin wiederholt nur, was du sagst.",
    "Je kunt naar de dokter.",
    "De advocaat is gratis en helpt je.",
)
MIXED = "\n".join(srt((4000 * at, 4000 * at + 3000), text=text) for at, text in enumerate(SENTENCES, start=1))


def moved(spans: tuple[tuple[int, int], ...], by_ms: int) -> str:
    return srt(*((start + by_ms, end + by_ms) for start, end in spans))


def in_dutch(by_ms: int = 0) -> str:
    return srt(*((time + by_ms, time + by_ms + 2000) for time in TIMES), text="Je hebt rechten.")


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


ONE_LINE = srt((10_000, 12_000))


def one_take(length_ms: int, *, clipped: int = 0, sample_rate_hz: int = 48_000) -> Dub:
    return make_dub({"1.wav": make_sound("", length_ms, clipped=clipped, sample_rate_hz=sample_rate_hz)})


def whole(*speech: tuple[int, int], length_ms: int = 70_000) -> Dub:
    return make_dub(whole=make_sound("video/stems/en.flac", length_ms, speech=speech))


#: The reference with the same in-times as the Dutch track.
SAME = srt(*((time, time + 2000) for time in TIMES), text="You have rights.")

CASES = (
    Case(
        rule="RDG001",
        limit="cps_error_percent = 120",
        text="1\n00:00:10,000 --> 00:00:11,600\nUnaccompanied schoolchildren understand.\n",
        before=["warning 20 cps"],
        after=["error 20 cps"],
    ),
    Case(
        rule="TIM005",
        limit="shortest_error_ms = 700",
        text=srt((10_000, 10_640)),
        before=["warning 833 ms"],
        after=["error 833 ms"],
    ),
    Case(
        rule="TIM009",
        limit="close_gap_ms = 300",
        text=srt((10_000, 12_000), (12_320, 14_000)),
        before=["info 80 ms"],
        after=[],
    ),
    Case(
        rule="TIM009",
        limit="close_gap_ms = 800",
        text=srt((10_000, 12_000), (12_720, 14_000)),
        before=[],
        after=["info 80 ms"],
    ),
    Case(
        rule="FLM001",
        limit="shot_reach_ms = 200",
        text=srt((4280, 6000)),
        film=SHOTS,
        before=["info 0 or 13 frames"],
        after=[],
    ),
    Case(
        rule="FLM002",
        limit="gap_frames = 3",
        text=srt((5000, 7920)),
        film=SHOTS,
        before=[],
        after=["info 3 frames"],
    ),
    Case(
        rule="FLM002",
        limit="shot_reach_ms = 800",
        text=srt((5000, 7400)),
        film=SHOTS,
        before=[],
        after=["info 2 frames"],
    ),
    Case(
        rule="FLM003",
        limit="shot_reach_ms = 120",
        text=srt((5000, 8200)),
        film=SHOTS,
        before=["warning 13 frames"],
        after=[],
    ),
    Case(
        rule="FLM004",
        limit="voice_reach_ms = 2500",
        text=srt((10_000, 12_000), (16_000, 18_000)),
        film=LONG_VOICE,
        before=["warning 1500 ms"],
        after=[],
    ),
    Case(
        rule="FLM005",
        limit="bare_speech_ms = 2500",
        text=srt((10_000, 12_400)),
        film=TWO_VOICES,
        before=["warning 1500 ms"],
        after=[],
    ),
    Case(
        rule="FLM005",
        limit="late_start_ms = 1900",
        text=srt((12_000, 14_000)),
        film=LONG_VOICE,
        before=[],
        after=["warning 1500 ms"],
    ),
    Case(
        rule="FLM006",
        limit="voice_reach_ms = 1900",
        text=srt((12_000, 14_000)),
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
        text=srt(*((start * 25 // 24, end * 25 // 24) for start, end in VOICES)),
        film=SPOKEN,
        before=["warning 1"],
        after=[],
    ),
    Case(
        rule="PAR001",
        limit="stretch_ms = 3001",
        text=srt((1000, 4000), (9000, 12_000), text="De advocaat is gratis."),
        name="nl",
        reference=ENGLISH,
        before=["warning 1000 ms"],
        after=[],
    ),
    Case(
        rule="PAR001",
        limit="stretch_error_ms = 2000",
        text=srt((1000, 4000), (9000, 12_000), text="De advocaat is gratis."),
        name="nl",
        reference=ENGLISH,
        before=["warning 1000 ms"],
        after=["error 1000 ms"],
    ),
    Case(
        rule="PAR002",
        limit="stretch_ms = 2500",
        text=srt((1000, 4000), (5000, 8000), (9000, 12_000), (14_000, 16_000), text="De advocaat is gratis."),
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
        text=srt(*VOICES),
        dub=whole(*((start + 2500, end + 2500) for start, end in VOICES)),
        before=["warning 500 ms"],
        after=[],
    ),
    Case(
        rule="DUB016",
        limit="late_voice_ms = 2000",
        text=srt(*VOICES),
        dub=whole(*((start + 2500, end + 2500) for start, end in VOICES)),
        before=["warning 500 ms"],
        after=["error 500 ms"],
    ),
    Case(
        rule="DUB017",
        limit="track_drift_ms = 5000",
        text=srt(*VOICES),
        dub=whole(*((start * 25 // 24, end * 25 // 24) for start, end in VOICES)),
        before=["error 1"],
        after=[],
    ),
    Case(rule="LNG002", limit="sure_percent = 100", text=MIXED, name="nl", before=["warning"], after=[]),
    Case(rule="LNG002", limit="foreign_words = 8", text=MIXED, name="nl", before=["warning"], after=[]),
)


def scene_of(case: Case, profile: Profile | None = None) -> Scene:
    subject = make_subject(
        case.text,
        case.name,
        film=case.film,
        profile=profile,
        reference=case.reference or None,
        languages=builtin_languages(),
    )
    return Scene(subject=subject, sounds={"dub": case.dub})


def judged(case: Case, folder: Path, toml: str) -> list[str]:
    """Check the track of a case in a project with this babelreel.toml; ``severity limit`` of what its rule finds."""
    (folder / "babelreel.toml").write_text(toml, encoding="utf-8")
    profile = read_project(folder).settings_of(find_language(case.name)).profile
    found = check_scene(scene_of(case, profile), find_rules(case.rule)).findings
    return [f"{each.severity} {each.limit}".rstrip() for each in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.limit}")
def test_a_limit_in_babelreel_toml_changes_what_is_found(case: Case, tmp_path: Path) -> None:
    assert judged(case, tmp_path, "") == case.before
    assert judged(case, tmp_path, f"[limits]\n{case.limit}\n") == case.after
    assert judged(case, tmp_path, f"[language.{case.name}]\n{case.limit}\n") == case.after
    assert judged(case, tmp_path, f"[language.fr]\n{case.limit}\n") == case.before


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.limit}")
def test_the_rule_that_a_limit_changes_tells_of_it(case: Case) -> None:
    (rule,) = (each for each in RULES if each.code == case.rule)
    assert rule.limit is not None
    assert case.limit.partition(" ")[0] in rule.limit.names


class Read(Profile):
    """A profile that notes which of its limits are asked for."""

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - whatever the attribute is
        if name in LIMITS:
            READ.add(name)
        return super().__getattribute__(name)


READ: set[str] = set()
#: A finding about a whole track (FLM007, FLM008, DUB016, DUB017) or about a stretch that has no translation (PAR001),
#: which names these limits, takes the place of the findings about its parts.
OF_THE_WHOLE = {
    "FLM": ("track_shift_ms", "track_drift_ms"),
    "DUB": ("track_shift_ms", "track_drift_ms"),
    "FCT": ("stretch_ms",),
}
#: Whatever any rule finds fault with: a rule may read a limit in another's.
BROKEN_SCENES = [broken_scene(rule) for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_limit_that_a_rule_does_not_name_does_not_change_what_it_finds(rule: Rule) -> None:
    named = {*(rule.limit.names if rule.limit else ()), *OF_THE_WHOLE.get(rule.code[:3], ())}
    own = [scene_of(case) for case in CASES if case.rule == rule.code]
    for scene in [*BROKEN_SCENES, *own]:
        profile = scene.subject.profile
        limits = {each.name: getattr(profile, each.name) for each in fields(profile)}
        READ.clear()
        expected = told(rule, scene.held_to(Read(**limits)))
        for name in sorted(READ - named):  # it is for the fix, or changes something
            for value in (limits[name] * 3 or 100, limits[name] / Fraction(3)):
                changed = replace(profile, **{name: type(limits[name])(value)})
                assert told(rule, scene.held_to(changed)) == expected, name


def told(rule: Rule, scene: Scene) -> list[Finding]:
    """Give what a rule finds, without the fixes."""
    return [replace(each, fix=None) for each in check_scene(scene, [rule]).findings]


def test_a_cue_is_not_made_too_short_for_the_words_that_a_project_allows_a_minute(tmp_path: Path) -> None:
    subject = make_subject(srt((10_000, 12_000), (12_000, 14_000)))
    for toml, is_repaired in (("", True), ("[limits]\nwpm_adult = 90\n", False)):
        (tmp_path / "babelreel.toml").write_text(toml, encoding="utf-8")
        profile = read_project(tmp_path).settings_of(subject.language).profile
        (finding,) = check_track(replace(subject, profile=profile), select=["TIM004"]).findings
        assert (finding.fix is not None) == is_repaired
