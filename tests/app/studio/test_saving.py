"""What becomes of a line that somebody changes, approves or comments, while others are at the same files?"""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.app.check.check_project import check_project
from babelreel.app.kept_versions import undo
from babelreel.app.ledger.approve import approve
from babelreel.app.studio.asking import Adviser
from babelreel.app.studio.lines import OpenLanguage, open_lines
from babelreel.app.studio.one_cue import Wanted
from babelreel.app.studio.saving import Base, Change, Outcome, Saved, save_line, save_lines
from babelreel.app.studio.saying import approve_lines, comment_line
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.project import Project
from support.tracks import srt

ENGLISH = ("You have the right to a lawyer.", "A lawyer costs nothing.", "Call 112.")
FRENCH = ("Tu as droit à un avocat.", "Un avocat ne coûte rien.", "Apelle le 112.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles" / "en.srt").write_text(srt(*ENGLISH), "utf-8")
    french(tmp_path).write_text(srt(*FRENCH), "utf-8")
    (tmp_path / "babelreel.toml").write_text('reference = "en"\n', "utf-8")
    return read_project(tmp_path)


def french(root: Path) -> Path:
    return root / "subtitles" / "fr.srt"


def base(opened: OpenLanguage, place: int) -> Base:
    return Base(version=opened.version, place=place, digest=opened.lines[place].digest)


def save(project: Project, opened: OpenLanguage, place: int, text: str, by: str = "") -> Saved:
    wanted = Wanted(text=text, span=opened.lines[place].cue.span)
    return save_line(project, "fr", base(opened, place), wanted, by)


def test_a_saved_line_is_on_the_disk_and_nothing_else_changed(project: Project) -> None:
    path = french(project.root)
    before = path.read_bytes()
    done = save(project, open_lines(project, "fr"), 2, "Appelle le 112.")
    assert done.outcome is Outcome.SAVED
    assert path.read_bytes() == before.replace(b"Apelle", b"Appelle")
    assert not (project.root / "subtitles" / "fr.review.toml").exists()


def test_what_somebody_else_did_to_another_line_stays(project: Project) -> None:
    opened = open_lines(project, "fr")
    path = french(project.root)
    path.write_text(srt("Tu as le droit\nà un avocat.", *FRENCH[1:]), "utf-8")
    done = save(project, opened, 2, "Appelle le 112.")
    assert done.outcome is Outcome.MERGED
    assert path.read_text("utf-8") == srt("Tu as le droit\nà un avocat.", FRENCH[1], "Appelle le 112.")


def test_a_line_is_found_again_when_others_were_put_in_before_it(project: Project) -> None:
    opened = open_lines(project, "fr")
    times = [(line.cue.span.start_ms, line.cue.span.end_ms, line.cue.text) for line in opened.lines]
    french(project.root).write_text(srt((0, 400, "Bonjour."), *times), "utf-8")
    done = save(project, opened, 2, "Appelle le 112.")
    assert (done.outcome, done.line and done.line.place) == (Outcome.MERGED, 3)
    assert french(project.root).read_text("utf-8") == srt(
        (0, 400, "Bonjour."), *times[:2], (*times[2][:2], "Appelle le 112.")
    )


def test_the_same_line_changed_elsewhere_is_a_conflict_and_nothing_is_written(project: Project) -> None:
    opened = open_lines(project, "fr")
    theirs = srt(*FRENCH[:2], "Compose le 112.")
    french(project.root).write_text(theirs, "utf-8")
    done = save(project, opened, 2, "Appelle le 112.")
    assert (done.outcome, done.line and done.line.cue.text) == (Outcome.CONFLICT, "Compose le 112.")
    assert french(project.root).read_text("utf-8") == theirs


def test_a_line_that_was_saved_before_its_answer_was_lost_is_no_conflict(project: Project) -> None:
    opened = open_lines(project, "fr")
    save(project, opened, 2, "Appelle le 112.")
    assert save(project, opened, 2, "Appelle le 112.").outcome is Outcome.SAME


def test_a_line_that_the_format_cannot_hold_is_refused_in_words(project: Project) -> None:
    before = french(project.root).read_bytes()
    with pytest.raises(UsageError, match="cannot hold the line"):
        save(project, open_lines(project, "fr"), 2, " ")
    assert french(project.root).read_bytes() == before


def changes(opened: OpenLanguage, *texts: str) -> list[Change]:
    return [
        Change(base=base(opened, place), wanted=Wanted(text=text, span=opened.lines[place].cue.span))
        for place, text in enumerate(texts)
    ]


def test_many_lines_of_one_request_are_one_step_of_undo_with_the_words_of_who_changed_them(project: Project) -> None:
    approve(project, "fr", by="Amina")
    subtitles = project.root / "subtitles"
    before = {path: path.read_bytes() for path in subtitles.iterdir()}
    asked = changes(open_lines(project, "fr"), "Vous avez droit à un avocat.", FRENCH[1], "Appelez le 112.")
    done = save_lines(project, "fr", (asked[0], asked[2]), "Brahim")
    assert [(each.outcome, each.line and each.line.cue.text) for each in done] == [
        (Outcome.SAVED, "Vous avez droit à un avocat."), (Outcome.SAVED, "Appelez le 112.")
    ]  # fmt: skip
    assert french(project.root).read_text("utf-8") == srt("Vous avez droit à un avocat.", FRENCH[1], "Appelez le 112.")
    said = [line.standing.entry for line in open_lines(project, "fr").lines]
    assert [each and (each.state, each.by) for each in said] == [
        ("translated", "Brahim"), ("approved", "Amina"), ("translated", "Brahim")
    ]  # fmt: skip
    assert undo(project).verb == "studio fr"
    assert {path: path.read_bytes() for path in subtitles.iterdir()} == before
    assert undo(project).verb == "approve fr"


def test_of_many_lines_one_that_cannot_be_written_keeps_no_other_from_it(project: Project) -> None:
    opened = open_lines(project, "fr")
    french(project.root).write_text(srt("Tu as le droit.", *FRENCH[1:]), "utf-8")
    done = save_lines(project, "fr", changes(opened, "Vous avez droit.", " ", "Appelez le 112."))
    assert [(each.outcome, each.line and each.line.place) for each in done] == [
        (Outcome.CONFLICT, 0), (Outcome.REFUSED, 1), (Outcome.MERGED, 2)
    ]  # fmt: skip
    assert french(project.root).read_text("utf-8") == srt("Tu as le droit.", FRENCH[1], "Appelez le 112.")


def test_many_lines_that_are_written_already_are_no_conflict_and_no_step(project: Project) -> None:
    asked = changes(open_lines(project, "fr"), "Vous avez droit.", "Gratuit.", "Appelez le 112.")
    save_lines(project, "fr", asked)
    assert [each.outcome for each in save_lines(project, "fr", asked)] == [Outcome.SAME] * 3
    undo(project)
    assert french(project.root).read_text("utf-8") == srt(*FRENCH)
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)


def test_many_at_once_lose_nothing(project: Project) -> None:
    texts = tuple(f"Ligne {place}." for place in range(12))
    french(project.root).write_text(srt(*texts), "utf-8")
    opened = open_lines(project, "fr")
    done: list[Outcome] = []

    def write(place: int) -> None:
        done.append(save(project, opened, place, f"Ligne {place}, lue.").outcome)

    threads = [threading.Thread(target=write, args=(place,)) for place in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(done) == 12
    assert Outcome.CONFLICT not in done
    assert french(project.root).read_text("utf-8") == srt(*(f"Ligne {place}, lue." for place in range(12)))


def test_where_there_is_a_ledger_it_notes_who_changed_a_line(project: Project) -> None:
    approve(project, "fr", by="Amina")
    done = save(project, open_lines(project, "fr"), 2, "Appelle le 112.", by="Brahim")
    assert done.line
    entry = done.line.standing.entry
    assert entry
    assert (entry.text, entry.state, entry.by) == ("Appelle le 112.", "translated", "Brahim")
    assert [line.standing.is_approved for line in done.now.lines] == [True, True, False]


def test_nobody_approves_what_she_did_not_see(project: Project) -> None:
    opened = open_lines(project, "fr")
    seen = {line.place: line.seen for line in opened.lines}
    save(project, opened, 2, "Appelle le 112.")
    done = approve_lines(project, "fr", seen, "Amina")
    assert (done.kept, done.changed) == (2, 1)
    assert [line.standing.is_approved for line in done.now.lines] == [True, True, False]


def test_an_original_that_changed_meanwhile_is_not_approved(project: Project) -> None:
    seen = {line.place: line.seen for line in open_lines(project, "fr").lines}
    (project.root / "subtitles" / "en.srt").write_text(srt(*ENGLISH[:2], "Do not call 112."), "utf-8")
    assert approve_lines(project, "fr", seen, "Amina").changed == 1


def test_a_comment_says_nothing_of_the_line(project: Project) -> None:
    approve(project, "fr", (1,), by="Amina")
    opened = open_lines(project, "fr")
    for place in (0, 1):
        comment_line(project, "fr", place, opened.lines[place].digest, "tu ou vous ?")
    now = open_lines(project, "fr")
    entries = [line.standing.entry for line in now.lines]
    assert [each and (each.state, each.by, each.comment) for each in entries] == [
        ("approved", "Amina", "tu ou vous ?"),
        ("unknown", "", "tu ou vous ?"),
        ("unknown", "", ""),
    ]
    comment_line(project, "fr", 0, now.lines[0].digest, "")
    assert "tu ou vous ?" in (project.root / "subtitles" / "fr.review.toml").read_text("utf-8")


def test_a_line_and_the_word_of_who_changed_it_are_undone_together(project: Project) -> None:
    approve(project, "fr", by="Amina")
    subtitles = project.root / "subtitles"
    before = {path: path.read_bytes() for path in subtitles.iterdir()}
    save(project, open_lines(project, "fr"), 2, "Appelle le 112.", by="Brahim")
    assert b"Brahim" in (subtitles / "fr.review.toml").read_bytes()
    assert undo(project).verb == "studio fr"
    assert {path: path.read_bytes() for path in subtitles.iterdir()} == before


def test_what_is_approved_in_a_studio_is_a_step_of_it(project: Project) -> None:
    opened = open_lines(project, "fr")
    approve_lines(project, "fr", {0: opened.lines[0].seen}, "Amina")
    comment_line(project, "fr", 1, opened.lines[1].digest, "tu ou vous ?")
    assert [undo(project).verb for _ in range(2)] == ["studio fr", "studio fr"]


def test_the_first_comment_begins_the_ledger_and_approves_nothing(project: Project) -> None:
    opened = open_lines(project, "fr")
    done = comment_line(project, "fr", 2, opened.lines[2].digest, "112 ou 116 000 ?")
    entries = [line.standing.entry for line in done.now.lines]
    assert [each and (each.state, each.by, each.comment) for each in entries] == [
        ("unknown", "", ""),
        ("unknown", "", ""),
        ("unknown", "", "112 ou 116 000 ?"),
    ]


def test_rules_answer_for_a_line_that_is_being_written_as_they_do_for_the_file(project: Project) -> None:
    text = "Un avocat  ne coûte rien ,mais alors rien du tout, à personne, jamais, nulle part, ni ici ni ailleurs."
    opened = open_lines(project, "fr")
    adviser = Adviser(project)
    wanted = Wanted(text=text, span=opened.lines[1].cue.span)
    live = adviser.look("fr", base(opened, 1), wanted)
    assert live
    save(project, opened, 1, text)
    _, whole = adviser.findings("fr")
    of_file = [each for each in whole if each.place == 1]
    assert [(each.finding.code, each.finding.message) for each in live] == [
        (each.finding.code, each.finding.message) for each in of_file
    ]


def test_rules_are_asked_once_as_long_as_nothing_changes(project: Project) -> None:
    french(project.root).write_text(srt("Tu as  droit.", "Un  avocat.", "Bon."), "utf-8")
    adviser = Adviser(project)
    first = adviser.findings("fr")
    assert adviser.findings("fr")[1] is first[1]
    opened, written = open_lines(project, "fr"), french(project.root).stat()
    save(project, opened, 0, "Tu as, droit.")  # as many bytes, and on some disks at the same time
    os.utime(french(project.root), ns=(written.st_atime_ns, written.st_mtime_ns))
    version, found = adviser.findings("fr")
    assert version == open_lines(project, "fr").version != first[0]
    assert found != first[1]


def test_a_fix_is_made_alone_and_as_check_makes_it(project: Project) -> None:
    french(project.root).write_text(srt("Tu as  droit.", "Un  avocat.", "Bon."), "utf-8")
    adviser = Adviser(project)
    version, found = adviser.findings("fr")
    double = next(each for each in found if each.place == 1 and each.finding.fix)
    opened = open_lines(project, "fr")
    assert version == opened.version
    done = adviser.fix("fr", base(opened, 1), double.finding.code, double.finding.message)
    assert done.outcome is Outcome.SAVED
    assert french(project.root).read_text("utf-8") == srt("Tu as  droit.", "Un avocat.", "Bon.")
    with pytest.raises(UsageError, match="cannot fix this"):
        adviser.fix("fr", base(done.now, 1), double.finding.code, double.finding.message)


def test_a_fix_keeps_what_was_written_in_the_same_tick_of_the_disk_s_clock(project: Project) -> None:
    path = french(project.root)
    path.write_text(srt("Tu as droit.", "Un  avocat.", "Bon."), "utf-8")
    adviser = Adviser(project)
    _, found = adviser.findings("fr")
    double = next(each for each in found if each.place == 1 and each.finding.fix)
    opened, written = open_lines(project, "fr"), path.stat()
    path.write_text(srt("Tu as droit.", "Un  avocat.", "Non."), "utf-8")
    os.utime(path, ns=(written.st_atime_ns, written.st_mtime_ns))
    done = adviser.fix("fr", base(opened, 1), double.finding.code, double.finding.message)
    assert done.outcome is Outcome.MERGED
    assert path.read_text("utf-8") == srt("Tu as droit.", "Un avocat.", "Non.")


def test_an_edit_that_is_undone_gives_the_same_bytes(project: Project) -> None:
    before = french(project.root).read_bytes()
    opened = open_lines(project, "fr")
    done = save(project, opened, 1, "Un avocat, c’est\ngratuit.")
    done = save(project, done.now, 1, FRENCH[1])
    moved = Wanted(text=FRENCH[1], span=replace(done.now.lines[1].cue.span, end_ms=9000))
    done = save_line(project, "fr", base(done.now, 1), moved)
    back = Wanted(text=FRENCH[1], span=opened.lines[1].cue.span)
    save_line(project, "fr", base(done.now, 1), back)
    assert french(project.root).read_bytes() == before


def test_a_file_that_is_only_read_is_not_written(project: Project) -> None:
    (project.root / "subtitles" / "fr.srt").unlink()
    path = project.root / "subtitles" / "fr.sbv"
    path.write_text("0:00:01.000,0:00:02.000\nTu as droit.\n", "utf-8")
    opened = open_lines(project, "fr")
    with pytest.raises(UsageError, match="does not write this file"):
        save(project, opened, 0, "Vous avez droit.")
    assert check_project(project, ("fr",)).tracks == 1
