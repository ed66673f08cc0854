from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from babelreel.model.finding import Edit, Finding, Fix, Location, Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from support.subjects import make_known_film, make_subject

TEXT = """\
17
00:00:01,000 --> 00:00:03,000
You have rights.
"""

FIX = Fix(edits=(Edit(start=0, end=2, text="1"),))


@track_rule(code="ZZZ001", name="any-track", severity=Severity.WARNING, needs=frozenset({Need.FILM}))
def any_track(subject: TrackSubject) -> Iterator[Breach]:
    """There is a track.

    Why: To show what a rule makes of its breaches.
    """
    cue = subject.track.cues[0]
    yield Breach(message="the file")
    yield Breach(message="a line", line=3, column=5, measured="1 cue", limit="0 cues", fix=FIX)
    yield Breach(message="a cue", cue=cue, severity=Severity.ERROR)
    yield Breach(message="a word of a cue", cue=cue, line=3, column=10)


def test_a_breach_becomes_a_finding_at_the_place_that_it_names() -> None:
    found = list(any_track.findings(make_subject(TEXT)))
    path = "subtitles/en.srt"
    assert [each.location for each in found] == [
        Location(path=path, line=0, column=0, cue=None),
        Location(path=path, line=3, column=5, cue=None),
        Location(path=path, line=2, column=1, cue=17),
        Location(path=path, line=3, column=10, cue=17),
    ]


def test_a_finding_carries_what_the_rule_and_the_breach_say() -> None:
    assert list(any_track.findings(make_subject(TEXT)))[1] == Finding(
        code="ZZZ001",
        name="any-track",
        severity=Severity.WARNING,
        location=Location(path="subtitles/en.srt", line=3, column=5),
        message="a line",
        language="en",
        measured="1 cue",
        limit="0 cues",
        fix=FIX,
        context="You have rights.",
        first_line=3,
        last_line=3,
    )


def test_a_breach_may_be_graver_than_its_rule() -> None:
    assert [each.severity for each in any_track.findings(make_subject(TEXT))] == [
        "warning",
        "warning",
        "error",
        "warning",
    ]


def test_a_rule_is_checkable_when_its_need_is_met() -> None:
    assert any_track.lacks(make_subject(TEXT)) == {Need.FILM}
    assert any_track.lacks(make_subject(TEXT, film=make_known_film())) == frozenset()


def test_the_explanation_is_the_docstring_without_its_indentation() -> None:
    assert any_track.explanation == "There is a track.\n\nWhy: To show what a rule makes of its breaches."


def test_frames_are_counted_at_25_a_second_until_the_film_is_known() -> None:
    unknown = make_subject(TEXT)
    known = make_subject(TEXT, film=make_known_film(rate=Fraction(50)))
    assert unknown.film_rate is None
    assert (unknown.rate, unknown.half_frame_ms) == (Fraction(25), Fraction(20))
    assert (known.rate, known.half_frame_ms) == (Fraction(50), Fraction(10))
