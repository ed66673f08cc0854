"""What is kept when somebody says that a line is right, and what is told when its text or its source changes?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from babelreel.app.check.check_project import check_project
from babelreel.app.ledger.approve import approve, open_language, parse_numbers
from babelreel.config.read import read_project
from babelreel.errors import TrackError, UsageError
from babelreel.model.ledger.entries import Minor, State
from babelreel.model.project import Project
from support.tracks import srt

ENGLISH = ("You have the right to a lawyer.", "A lawyer costs nothing.", "Call 112.")
FRENCH = ("Tu as droit à un avocat.", "Un avocat ne coûte rien.", "Appelle le 112.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    write(tmp_path, "en", *ENGLISH)
    write(tmp_path, "fr", *FRENCH)
    return read_project(tmp_path)


def write(root: Path, tag: str, *texts: str) -> None:
    (root / "subtitles" / f"{tag}.srt").write_text(srt(*texts), "utf-8")


def told(project: Project) -> list[tuple[str, int | None, str]]:
    found = check_project(project, ("fr",), select=("LDG",)).findings
    return [(each.code, each.location.cue, each.message) for each in found]


def states(project: Project) -> list[str]:
    return [line.state.value for line in open_language(project, "fr").standing.lines]


def test_a_project_of_which_nobody_said_anything_has_no_finding(project: Project) -> None:
    write(project.root, "en", "You do not have the right to a lawyer.", *ENGLISH[1:])
    assert told(project) == []


def test_the_first_word_begins_the_ledger_of_all_lines(project: Project) -> None:
    done = approve(project, "fr", (2,), by="Amina")
    assert (done.path, done.has_begun, done.approved, done.left) == ("subtitles/fr.review.toml", True, 1, (1, 3))
    assert states(project) == ["unknown", "approved", "unknown"]
    assert told(project) == [("LDG003", None, "2 of 3 lines are not approved: 1, 3")]


def test_a_changed_source_is_shown_old_against_new_also_under_a_line_of_which_nobody_said_anything(
    project: Project,
) -> None:
    approve(project, "fr", (1, 2), by="Amina")
    write(project.root, "en", "You do not have the right to a lawyer.", ENGLISH[1], "Call 113.")
    assert [each for each in told(project) if each[0] == "LDG001"] == [
        (
            "LDG001",
            1,
            (
                "the original said “You have the right to a …” when this was translated, "
                "and says “You do not have the right to a …” now"
            ),
        ),
        (
            "LDG001",
            3,
            "the original said “Call 112.” when this was translated, and says “Call 113.” now",
        ),
    ]


def test_what_is_put_in_left_out_or_moved_is_told(project: Project) -> None:
    approve(project, "fr", by="Amina")
    write(project.root, "en", ENGLISH[0], ENGLISH[1], "Ask for it twice.", ENGLISH[2])
    assert [each[1:] for each in told(project)][1] == (
        2,
        "the original says more here since this was translated: “Ask for it twice.”",
    )
    write(project.root, "en", ENGLISH[0], ENGLISH[2])
    assert (
        "LDG001",
        2,
        "the original said “A lawyer costs nothing.” when this was translated, and says nothing here now",
    ) in told(project)
    write(project.root, "en", ENGLISH[2], ENGLISH[0], ENGLISH[1])
    assert (
        "LDG001",
        3,
        "the original said “Call 112.” when this was translated, and says it elsewhere now",
    ) in told(project)


def test_a_changed_line_is_told_with_the_name_of_who_approved_it(project: Project) -> None:
    approve(project, "fr", by="Amina")
    write(project.root, "fr", "Tu n’as pas droit à un avocat.", *FRENCH[1:])
    assert told(project)[1][:2] == ("LDG002", 1)
    assert told(project)[1][2] == (
        "Amina approved “Tu as droit à un avocat.”, and the line says “Tu n’as pas droit à un avocat.” now"
    )
    approve(project, "fr", (1,), by="Bert")
    assert told(project) == []


def test_minor_keeps_what_was_said_and_who_said_it(project: Project) -> None:
    approve(project, "fr", by="Amina")
    write(project.root, "en", "You have the right to a lawyer!", *ENGLISH[1:])
    assert [each[0] for each in told(project)] == ["LDG003", "LDG001"]
    done = approve(project, "fr", by="Bert", state=None)
    assert done.said == 1
    assert told(project) == []
    entry = open_language(project, "fr").standing.lines[0].entry
    assert entry is not None
    assert (entry.state, entry.by) == (State.APPROVED, "Amina")
    assert entry.minor is not None
    assert entry.minor == Minor(by="Bert", on=entry.on)


def test_what_is_said_survives_new_times_numbers_and_lines(project: Project) -> None:
    approve(project, "fr", (1, 3), by="Amina")
    path = project.root / "subtitles" / "fr.srt"
    cues = path.read_text("utf-8").replace("00:00:", "00:07:").split("\n\n")
    cues.insert(1, "9\n00:07:03,510 --> 00:07:03,900\nEncore une phrase.")
    path.write_text("\n\n".join(cues).replace("\n1\n", "\n101\n"), "utf-8")
    assert states(project) == ["approved", "unknown", "unknown", "approved"]
    assert [each for each in told(project) if each[0] != "LDG003"] == []


def test_a_translation_that_is_done_is_not_approved_yet(project: Project) -> None:
    done = approve(project, "fr", by="Zoé", state=State.TRANSLATED)
    assert (done.approved, done.left) == (0, (1, 2, 3))
    assert states(project) == ["translated"] * 3


def test_a_line_that_is_gone_is_let_go_when_all_is_said_anew(project: Project) -> None:
    approve(project, "fr", by="Amina")
    write(project.root, "en", *ENGLISH[:2])
    write(project.root, "fr", *FRENCH[:2])
    approve(project, "fr", (1,), by="Amina")
    before = open_language(project, "fr").ledger
    assert before is not None
    assert len(before.entries) == 3
    approve(project, "fr", by="Amina")
    ledger = open_language(project, "fr").ledger
    assert ledger is not None
    assert [each.text for each in ledger] == list(FRENCH[:2])


@pytest.mark.parametrize("written", ["x", "3-", "-3", "4-x", "1-999999", "³", "9" * 20, "9-7", "", ",", "4,"])
def test_what_is_no_number_of_a_line_is_told(written: str) -> None:
    with pytest.raises(UsageError, match=r"number of a line|more lines"):
        parse_numbers([written])


def test_while_the_reference_cannot_be_read_nothing_is_said_and_what_was_noted_stays(project: Project) -> None:
    approve(project, "fr", by="Amina")
    before = (project.root / "subtitles/fr.review.toml").read_bytes()
    (project.root / "subtitles/en.srt").write_text("<<<<<<< ours\n", "utf-8")
    with pytest.raises(TrackError, match="The subtitles of en cannot be read"):
        approve(project, "fr", (1,), by="Bram")
    assert (project.root / "subtitles/fr.review.toml").read_bytes() == before
    write(project.root, "en", "You do not have the right to a lawyer.", *ENGLISH[1:])
    assert "LDG001" in [each[0] for each in told(project)]


def test_all_lines_are_approved_at_once_when_one_of_two_alike_is_gone(project: Project) -> None:
    write(project.root, "en", "Call 112.", "Call 112.", "A lawyer costs nothing.")
    write(project.root, "fr", "Appelle le 112.", "Appelle le 112.", "Un avocat ne coûte rien.")
    approve(project, "fr", by="Amina")
    write(project.root, "fr", "Appelle le 112.", "Un avocat ne coûte rien.")
    done = approve(project, "fr", by="Amina")
    assert (done.approved, done.lines, done.left) == (2, 2, ())


def test_numbers_and_ranges_name_lines() -> None:
    assert parse_numbers(["4", "7-9,12"]) == {4, 7, 8, 9, 12}


def test_a_line_that_is_not_there_is_told_and_nothing_is_written(project: Project) -> None:
    with pytest.raises(UsageError, match="fr has no line 7"):
        approve(project, "fr", (1, 7), by="Amina")
    assert not (project.root / "subtitles" / "fr.review.toml").exists()


def test_a_name_is_wanted(project: Project) -> None:
    with pytest.raises(UsageError, match="A name has one to a hundred characters"):
        approve(project, "fr", by="  ")


def test_the_ledger_is_no_stray_file_but_one_of_no_language_is(project: Project) -> None:
    approve(project, "fr", by="Amina")
    assert check_project(project, select=("FIL",)).findings == ()
    (project.root / "subtitles" / "de.review.toml").write_text("", "utf-8")
    (finding,) = check_project(project, select=("FIL",)).findings
    assert "keeps the approvals of a language, but there is no subtitle file of that name" in finding.message


def test_a_ledger_that_is_named_with_all_other_files_is_none_of_the_files_to_check(project: Project) -> None:
    approve(project, "fr", by="Amina")
    paths = sorted(map(str, (project.root / "subtitles").iterdir()))
    assert check_project(project, paths, select=("FIL",)).findings == ()
    (alone,) = (path for path in paths if path.endswith(".toml"))
    assert check_project(project, (alone,), select=("FIL",)).findings == ()


def test_two_who_approve_at_the_same_moment_are_both_heard(project: Project) -> None:
    calls = [
        subprocess.Popen(
            [sys.executable, "-m", "babelreel", "approve", "fr", str(line), "--by", f"P{line}"],
            cwd=project.root,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        for line in (1, 2, 3)
    ]
    assert [each.wait() for each in calls] == [0, 0, 0]
    entries = [line.entry for line in open_language(project, "fr").standing.lines]
    assert [entry.by for entry in entries if entry] == ["P1", "P2", "P3"]


def test_fixes_are_made_in_an_approved_text_and_told(project: Project) -> None:
    write(project.root, "fr", "Tu as droit à un avocat .", *FRENCH[1:])
    approve(project, "fr", by="Amina")
    assert any(each.fix for each in check_project(project, ("fr",)).findings)


def test_a_merge_with_a_conflict_is_a_warning(project: Project) -> None:
    (project.root / "subtitles" / "fr.review.toml").write_text("<<<<<<< HEAD\n", "utf-8")
    assert told(project) == [
        (
            "LDG004",
            None,
            "fr.review.toml cannot be read: line 1 is a mark of a merge with a conflict: keep one of the two sides",
        )
    ]
