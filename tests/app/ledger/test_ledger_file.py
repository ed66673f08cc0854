"""Is everything that people said kept in the file, and is a file that is no ledger told in words?"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.app.ledger.ledger_file import (
    UnreadLedgerError,
    ledger_path,
    look_at_ledger,
    open_ledger,
    read_ledger,
    render_ledger,
    write_ledger,
)
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.ledger.entries import Entry, Ledger, Minor, State
from babelreel.model.visible_text import visible

ENTRY = """\
["00:00:10.880 8a1f"]
state = "approved"
by = "Amina"
on = 2026-11-30
sha256 = "{digest}"
source = "You have the right to a lawyer."
text = "Tu as droit à un avocat."
"""
DIGEST = Entry(
    key="", state=State.APPROVED, text="Tu as droit à un avocat.", source="You have the right to a lawyer."
).digest

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(visible)
_days = st.dates().map(str)
_entries = st.builds(
    Entry,
    key=_texts,
    state=st.sampled_from(State),
    text=_texts,
    source=_texts,
    shared=st.integers(0, 3),
    by=_texts,
    on=st.just("") | _days,
    minor=st.none() | st.builds(Minor, by=_texts.filter(bool), on=_days),
    comment=_texts,
)


@given(st.lists(_entries, max_size=5, unique_by=lambda each: each.key))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    ledger = Ledger(entries=tuple(sorted(entries, key=lambda each: each.key)))
    path = tmp_path_factory.mktemp("ledger") / "fr.review.toml"
    path.write_bytes(render_ledger(ledger).encode())
    assert read_ledger(path) == ledger


def test_there_is_nothing_where_nobody_said_anything(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "fr.review.toml") is None


def only_entry(path: Path) -> Entry:
    ledger = read_ledger(path)
    assert ledger is not None
    (entry,) = ledger
    return entry


def test_a_ledger_of_another_text_than_was_spoken_of_knows_no_state(tmp_path: Path) -> None:
    path = tmp_path / "fr.review.toml"
    path.write_text(ENTRY.format(digest=DIGEST), "utf-8")
    entry = only_entry(path)
    assert (entry.state, entry.by) == (State.APPROVED, "Amina")
    path.write_text(ENTRY.format(digest=DIGEST).replace("to a lawyer", "to no lawyer"), "utf-8")
    entry = only_entry(path)
    assert (entry.state, entry.by, entry.source) == (State.UNKNOWN, "", "You have the right to no lawyer.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<<<<<<< HEAD\n" + ENTRY + "=======\n" + ENTRY + ">>>>>>> other\n", "line 1 is a mark of a merge"),
        (ENTRY + ENTRY, "is there already: write its lines into the first one"),
        ("state = 3\n", "“state” is no table"),
        (ENTRY.replace("approved", "perfect"), "perfect is no state; there are unknown, draft, translated, approved"),
        (ENTRY.replace("2026-11-30", '"soon"'), "on should be a day like 2026-11-30"),
        (ENTRY.replace("2026-11-30", "2026-11-30T12:00:00"), "on should be a day like 2026-11-30"),
        (ENTRY.replace("2026-11-30", "3"), "on should be a day like 2026-11-30"),
        (ENTRY.replace('text = "', 'texts = "'), "has the key “texts”, which this version of babelreel does not know"),
        (ENTRY.replace('state = "approved"\n', ""), "lacks state"),
        (ENTRY.replace('by = "Amina"', "by = 7"), "by should be a text"),
        (ENTRY + "shared = true\n", "shared should be a number"),
        (ENTRY.replace("Amina", "A\\u0007mina"), "remove the invisible character U+0007"),
        ("a = " + "[" * 5000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_ledger_is_told_in_words(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "fr.review.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(UnreadLedgerError, match=told.replace("+", r"\+")):
        read_ledger(path)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00" * 40, b"[\n", b"\xef\xbb\xbf= 1"])
def test_bytes_that_are_no_text_are_told_to_whoever_needs_the_ledger(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles" / "fr.review.toml").write_bytes(data)
    with pytest.raises(UsageError, match="The approvals of fr cannot be read"):
        open_ledger(read_project(tmp_path), "fr")


def test_a_folder_or_a_pipe_in_its_place_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fr.review.toml")
    (tmp_path / "ar.review.toml").mkdir()
    for name in ("fr", "ar"):
        with pytest.raises(UnreadLedgerError, match=r"no file|directory"):
            read_ledger(tmp_path / f"{name}.review.toml")


def test_who_may_read_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "subtitles").mkdir()
    project = read_project(tmp_path)
    path = ledger_path(project, "fr")
    path.write_text(ENTRY.format(digest=DIGEST), "utf-8")
    path.chmod(0o640)
    assert write_ledger(path, project, Ledger())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert not write_ledger(path, project, Ledger()), "nothing is written where nothing is new"


def test_no_link_out_of_the_project_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "project" / "subtitles").mkdir(parents=True)
    outside = tmp_path / "outside.toml"
    outside.write_text("", "utf-8")
    project = read_project(tmp_path / "project")
    path = ledger_path(project, "fr")
    path.symlink_to(outside)
    with pytest.raises(UsageError, match="not written, because a link leads out"):
        write_ledger(path, project, Ledger())
    assert outside.read_text("utf-8") == ""


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES, errno.ELOOP])
def test_a_ledger_that_the_system_does_not_give_is_told_of_its_own_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(path: Path, _most_bytes: int) -> bytes:
        raise OSError(code, os.strerror(code), str(path))

    project = read_project(tmp_path)
    monkeypatch.setattr("babelreel.languages.tables.read_regular", refuse)
    assert look_at_ledger(project, "fr") == (None, os.strerror(code))
