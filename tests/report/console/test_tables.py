"""Do tables fit into a terminal, and say first what matters?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from babelreel.graph.actions import Keep
from babelreel.graph.plan import State as StepState
from babelreel.graph.plan import Step
from babelreel.graph.task import Task
from babelreel.languages.find import find_language
from babelreel.model.finding import Severity
from babelreel.model.ledger.entries import State
from babelreel.model.ledger.status import FilmStatus, LanguageStatus, VoiceStatus
from babelreel.report.console.build.plan import ToldPlan, render_plan
from babelreel.report.console.tracks.checked_files import render_files
from babelreel.report.console.tracks.status import render_status
from babelreel.report.findings.formats import render_findings
from babelreel.rules.check import CheckResult, join_results
from support.marked import mark

ENGLISH = "1\n00:00:01,000 --> 00:00:03,500\nA doctor is free, and so is the guardian who comes with you.\n"
LONG = "subtitles/" + "a-folder-with-a-long-name/" * 4 + "fr.srt"


def language(tag: str, *, stale: int = 0, approvers: tuple[tuple[str, int], ...] = ()) -> LanguageStatus:
    return LanguageStatus(
        language=find_language(tag),
        is_reference=tag == "en",
        lines=23,
        states=((State.APPROVED, 20), (State.UNKNOWN, 3)),
        stale=stale,
        rewritten=0,
        approvers=approvers,
        last="",
        errors=0,
        warnings=0,
        voice=VoiceStatus(is_whole=False, takes=4, lines=23, changed=0),
        changed=(),
        has_ledger=True,
    )


def status(*languages: LanguageStatus) -> FilmStatus:
    return FilmStatus(title="Film", reference="en", languages=languages)


def test_counts_that_are_nought_everywhere_have_no_column() -> None:
    assert render_status(status(language("en"), language("fr", stale=2))).splitlines() == [
        "Film",
        "language        lines  approved  not reviewed  original changed  voice",
        "en (reference)     23        20             3                 0  4 of 23 lines",
        "fr                 23        20             3                 2  4 of 23 lines",
    ]


def test_a_table_that_is_wider_than_the_terminal_is_a_list() -> None:
    people = (("Amina Rahimi", 12), ("Karim Haddad", 8))
    film = status(language("en"), language("ps", stale=2, approvers=people))
    assert max(map(cell_len, render_status(film).splitlines())) > 80
    told = render_status(film, 80)
    assert max(map(cell_len, told.splitlines())) <= 80
    assert told.splitlines()[1:3] == [
        "en (reference): lines 23, approved 20, not reviewed 3, voice 4 of 23 lines",
        "ps: lines 23, approved 20, not reviewed 3, original changed 2, voice 4 of 23",
    ]
    assert "by Amina Rahimi, Karim Haddad" in told


def found(*paths: str) -> CheckResult:
    results = [mark("doctor", ENGLISH, path=path, severity=Severity.ERROR) for path in paths]
    return replace(join_results(results), tracks=len(paths), cues=len(paths))


def test_each_file_that_was_looked_at_has_a_row() -> None:
    assert render_files(found("subtitles/en.srt", "subtitles/fr.srt")).splitlines() == [
        "file              errors  warnings  info",
        "subtitles/en.srt       1         0     0",
        "subtitles/fr.srt       1         0     0",
        "",
    ]
    assert render_files(found("subtitles/en.srt")) == ""


def test_a_file_that_is_not_used_is_told_in_its_row() -> None:
    result = found("subtitles/en.srt", LONG)
    findings = tuple(replace(each, code="FIL001") if each.location.path == LONG else each for each in result.findings)
    rows = render_files(replace(result, findings=findings)).splitlines()
    assert ["not used (FIL001)" in row for row in rows] == [False, True, False, False]
    assert max(map(cell_len, rows)) <= 80


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_finding_is_broken_between_words_where_the_terminal_ends(columns: int) -> None:
    text = render_findings(found("subtitles/en.srt"), "full", colour=False, columns=columns)
    plain = render_findings(found("subtitles/en.srt"), "full")
    assert max(map(cell_len, text.splitlines())) <= max(columns, 76)
    assert text.split() == plain.split()


def picture(number: int) -> Task:
    name = f"picture phone-360p part {number}"
    return Task(name=name, kind="picture", rendition="phone-360p", action=Keep(), inputs=(), outputs=())


def test_a_plan_sums_up_before_it_lists() -> None:
    tasks = [picture(number) for number in (1, 2)]
    steps = [Step(task=each, state=StepState.RUN, key=None) for each in tasks]
    assert render_plan(ToldPlan(steps=steps), why=False).splitlines() == [
        "2 steps to do, 0 done already",
        "  parts of the picture: 2 (phone-360p 2)",
        *(each.name for each in tasks),
    ]
