"""Is only what people approved published, and does what they have not read keep its earlier version?"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.projects import babelreel, snapshot
from support.publications import copy_publication


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A published film in French, which is its reference, and Arabic; from now on only what is approved goes out."""
    root = copy_publication(tmp_path / "film")
    config = root / "babelreel.toml"
    settings = config.read_text("utf-8")
    config.write_text(f'reference = "fr"\n{settings}\n[publish]\nonly = "approved"\n', "utf-8")
    change(root, "ar", "Focus: \u2066116\u00a0000\u2069.", "اتصل بالرقم 112")  # as the reference has it
    return root


def change(root: Path, tag: str, before: str, after: str) -> None:
    path = root / "subtitles" / f"{tag}.srt"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def files_of(root: Path, tag: str) -> dict[str, bytes]:
    """Give the films and texts that are published in a language; pages link to all others."""
    return {
        path: content
        for path, content in snapshot(root / "output").items()
        if path.startswith(f"{tag}/") and path.endswith((".mp4", ".srt", ".vtt"))
    }


def test_what_nobody_approved_keeps_its_earlier_version_and_an_edit_of_the_reference_takes_nothing_off_line(
    root: Path,
) -> None:
    before = {tag: files_of(root, tag) for tag in ("fr", "ar")}
    assert before["fr"], "there is something that could go"
    change(root, "fr", "Tes droits.", "Tes devoirs.")

    result = babelreel(root, "build")

    assert "fr keeps its earlier version: 2 of 2 lines are not approved" in result.err
    assert "the earlier version stays: ar, fr" in result.err
    assert {tag: files_of(root, tag) for tag in ("fr", "ar")} == before
    assert babelreel(root, "verify").code == 0

    for tag in ("fr", "ar"):
        assert babelreel(root, "approve", tag, "--by", "Amina").code == 0
    assert babelreel(root, "build").code == 0
    assert "Tes devoirs." in "".join(
        content.decode() for path, content in files_of(root, "fr").items() if path.endswith(".srt")
    )

    approved = files_of(root, "ar")
    change(root, "fr", "Appelle 112", "N’appelle pas 112")
    assert babelreel(root, "approve", "fr", "--by", "Amina").code == 0
    result = babelreel(root, "build")
    assert result.code == 3
    assert "ar keeps its earlier version: 1 of 2 lines are not approved" in result.err
    assert files_of(root, "ar") == approved, "its text is of another source now, and stays"
    assert babelreel(root, "verify").code == 0

    assert babelreel(root, "approve", "ar", "--minor", "--by", "Bert").code == 0
    assert babelreel(root, "build").code == 0


def test_a_ledger_that_cannot_be_read_approves_nothing_and_takes_nothing_away(root: Path) -> None:
    before = files_of(root, "ar")
    for tag in ("fr", "ar"):
        assert babelreel(root, "approve", tag, "--by", "Amina").code == 0
    (root / "subtitles" / "ar.review.toml").write_text("<<<<<<< HEAD\n", "utf-8")
    result = babelreel(root, "build")
    assert result.code == 3
    assert "ar keeps its earlier version" in result.err
    assert files_of(root, "ar") == before
