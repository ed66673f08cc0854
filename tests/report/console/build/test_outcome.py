from __future__ import annotations

from babelreel.model.delivery.build_summary import BuildSummary, SkippedRendition
from babelreel.report.console.build.outcome import render_build


def summary_of(skipped: SkippedRendition) -> BuildSummary:
    return BuildSummary(
        output="output",
        languages=1,
        failures=(),
        skipped=(skipped,),
        choices=(),
        warnings=0,
        made=1,
        kept=0,
        files=3,
        size=1000,
        written=3,
        removed=0,
        seconds=1.0,
    )


def test_a_rendition_that_the_film_cannot_have_is_told_in_three_lines_and_is_no_failure() -> None:
    summary = summary_of(SkippedRendition(name="phone-360p", why="too long", hint="raise max_bytes"))
    assert render_build(summary).splitlines()[:3] == [
        "phone-360p is left out",
        "  why: too long",
        "  hint: raise max_bytes",
    ]
    assert summary.exit_code == 0


def test_a_rendition_that_one_language_does_not_get_makes_the_build_a_partial_one() -> None:
    skipped = SkippedRendition(name="story in fr", why="4 lines", hint="shorten it", rendition="story", tag="fr")
    assert summary_of(skipped).exit_code == 3
