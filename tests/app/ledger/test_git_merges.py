"""Does git merge what two people said of two lines, and only that?"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from babelreel.app.ledger.approve import approve
from babelreel.app.ledger.ledger_file import open_ledger
from babelreel.config.read import read_project
from babelreel.model.ledger.entries import State
from support.tracks import srt

ENGLISH = srt(*(f"The film says sentence {word}." for word in ("one", "two", "three", "four", "five", "six")))
FRENCH = srt(*(f"Le film dit la phrase {word}." for word in ("un", "deux", "trois", "quatre", "cinq", "six")))

Change = Callable[[Path], object]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project in git whose French ledger has begun."""
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles" / "en.srt").write_text(ENGLISH, "utf-8")
    (tmp_path / "subtitles" / "fr.srt").write_text(FRENCH, "utf-8")
    (tmp_path / ".gitignore").write_text(".babelreel/\n", "utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    approve(read_project(tmp_path), "fr", by="Zoé", state=State.TRANSLATED)
    commit(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=/dev/null")
    done = subprocess.run(["git", "-C", str(folder), *author, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")


def both(folder: Path, one: Change, other: Change, *, code: int = 0) -> None:
    """Let one person do something in one clone and another one in another, and merge."""
    git(folder, "checkout", "-qb", "other")
    other(folder)
    commit(folder)
    git(folder, "checkout", "-q", "main")
    one(folder)
    commit(folder)
    git(folder, "merge", "-q", "other", "-m", "both", code=code)


def says(by: str, *numbers: int) -> Change:
    return lambda folder: approve(read_project(folder), "fr", numbers, by=by)


def states(folder: Path) -> list[tuple[State, str]]:
    return [(each.state, each.by) for each in open_ledger(read_project(folder), "fr") or ()]


@pytest.mark.parametrize("pair", list(pairwise(range(1, 7))))
def test_two_people_approve_two_neighbours(repository: Path, pair: tuple[int, int]) -> None:
    first, second = pair
    both(repository, says("Amina", first), says("Bert", second))
    found = states(repository)
    assert found[first - 1] == (State.APPROVED, "Amina")
    assert found[second - 1] == (State.APPROVED, "Bert")
    assert found.count((State.TRANSLATED, "Zoé")) == 4


def test_every_other_line_each(repository: Path) -> None:
    both(repository, says("Amina", 1, 3, 5), says("Bert", 2, 4, 6))
    assert states(repository) == [(State.APPROVED, "Amina"), (State.APPROVED, "Bert")] * 3


def test_one_person_puts_a_line_in_and_approves_it_where_the_other_approves_its_neighbours(repository: Path) -> None:
    def put_in(folder: Path) -> None:
        path = folder / "subtitles" / "fr.srt"
        blocks = path.read_text("utf-8").split("\n\n")
        end = blocks[1].split("\n")[1].split(" --> ")[1]
        blocks.insert(2, f"33\n{end} --> {end[:-3]}999\nEt encore.")
        path.write_text("\n\n".join(blocks), "utf-8")
        approve(read_project(folder), "fr", (33,), by="Amina")

    both(repository, put_in, says("Bert", 2, 3))
    found = states(repository)
    assert found.count((State.APPROVED, "Bert")) == 2
    assert (State.APPROVED, "Amina") in found


def test_one_person_shifts_the_track_while_the_other_approves(repository: Path) -> None:
    def shift(folder: Path) -> None:
        path = folder / "subtitles" / "fr.srt"
        path.write_text(path.read_text("utf-8").replace("00:00:", "00:01:"), "utf-8")
        approve(read_project(folder), "fr", (1,), by="Amina")

    both(repository, shift, says("Bert", 6))
    assert states(repository)[0] == (State.APPROVED, "Amina")
    assert states(repository)[5] == (State.APPROVED, "Bert")


def test_what_two_people_say_of_one_line_is_a_conflict_and_is_told(repository: Path) -> None:
    both(repository, says("Amina", 3), says("Bert", 3), code=1)
    with pytest.raises(Exception, match="cannot be read") as told:
        open_ledger(read_project(repository), "fr")
    assert "is a mark of a merge with a conflict" in str(told.value)


def test_no_merge_approves_a_text_that_nobody_approved(repository: Path) -> None:
    """The same person, on two machines on one day: one approves the line, the other changes it first."""

    def change(folder: Path) -> None:
        path = folder / "subtitles" / "fr.srt"
        path.write_text(path.read_text("utf-8").replace("phrase trois", "phrase 3"), "utf-8")
        approve(read_project(folder), "fr", (3,), by="Amina")

    def change_source(folder: Path) -> None:
        path = folder / "subtitles" / "en.srt"
        path.write_text(path.read_text("utf-8").replace("sentence three", "sentence 33"), "utf-8")
        approve(read_project(folder), "fr", (3,), by="Amina")

    both(repository, change, change_source, code=1)
