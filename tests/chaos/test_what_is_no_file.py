"""Does what stands in the place of a project's file, and is none, take anything off line, or pass in silence?

A folder, a pipe, a link that leads to itself and one that leads nowhere say nothing of the text, the takes or the
drawing that belong there: no content changed, and what is published of them stays.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import babelreel.cli.build.build as _build  # noqa: F401 - as above
import babelreel.cli.subtitles.check as _check  # noqa: F401 - as above
import babelreel.cli.translators.approve as _approve  # noqa: F401 - what all runs load
from support.damages import become_circle, become_folder, become_link_to_nowhere, become_pipe
from support.forked import forked
from support.projects import snapshot
from support.publications import EDITED, copy_publication_of_all_files
from support.sounds import tone, write_wave

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")

Change = Callable[[Path], None]
CHANGES = (become_folder, become_pipe, become_circle, become_link_to_nowhere)
TRACK, TAKE, TEXTS = "subtitles/ar.srt", "video/stems/fr/1.wav", "video/stems/fr/takes.toml"
LEDGER, TAKES = "subtitles/fr.review.toml", "video/stems/fr"
NAMES, NAME, HEARD = "video/names", "video/names/fr.wav", "fr/film.fr.name.m4a"
MANIFEST = "output/manifest.json"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_publication_of_all_files(tmp_path / "film")


def published(root: Path) -> set[str]:
    return {file["path"] for file in json.loads((root / "output/manifest.json").read_text("utf-8"))["files"]}


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize(("name", "tag"), [(TRACK, "ar"), (TAKE, "fr"), (TEXTS, "fr")])
def test_the_earlier_version_stays_and_the_build_says_why(root: Path, change: Change, name: str, tag: str) -> None:
    before = published(root)
    change(root / name)
    result = forked(root, "build")
    assert result.code == 3, result.err
    assert f"the earlier version stays: {tag}" in result.err
    assert name in result.err
    assert published(root) == before
    assert forked(root, "verify").code == 0


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize(
    ("name", "words", "code"),
    [(TRACK, "check ar", 4), (TAKE, "check --select DUB", 1), (TEXTS, "check --select DUB", 1), (LEDGER, "check", 0)],
)
def test_a_check_names_it(root: Path, change: Change, name: str, words: str, code: int) -> None:
    change(root / name)
    result = forked(root, *words.split())
    assert result.code == code, result.err
    assert Path(name).name in result.out


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_nobody_writes_a_ledger_over_one_that_is_there_and_cannot_be_read(root: Path, change: Change) -> None:
    change(root / LEDGER)
    result = forked(root, "approve", "fr", "--by", "Bea")
    assert result.code in {2, 4}, result.err
    assert LEDGER in result.err
    assert not (root / LEDGER).is_file()


@pytest.mark.parametrize("change", CHANGES[1:], ids=lambda each: each.__name__)
def test_what_stands_in_the_place_of_a_folder_of_takes_leaves_the_dub_as_it_is(root: Path, change: Change) -> None:
    before = published(root)
    shutil.rmtree(root / TAKES)
    (root / TAKES).touch()
    change(root / TAKES)
    result = forked(root, "build")
    assert result.code == 3, result.err
    assert "the earlier version stays: fr" in result.err
    assert published(root) == before
    assert TAKES in forked(root, "check", "--select", "DUB").out


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_what_stands_in_the_place_of_a_recorded_name_leaves_the_published_one(root: Path, change: Change) -> None:
    name = root / NAME
    name.parent.mkdir()
    write_wave(name, tone(0.5, hz=400, height=0.3))
    assert forked(root, "build").code == 0
    before = published(root)
    assert HEARD in before
    change(name)
    (root / "subtitles/fr.srt").write_text(EDITED, "utf-8")
    result = forked(root, "build")
    assert result.code == 3, result.err
    assert "the earlier version stays: fr" in result.err
    assert NAME in result.err
    assert published(root) == before
    assert "101" in (root / "output/fr/film.fr.srt").read_text("utf-8"), "its new text goes out all the same"
    assert forked(root, "verify").code == 0


@pytest.mark.parametrize("change", CHANGES[1:], ids=lambda each: each.__name__)
def test_what_stands_in_the_place_of_the_folder_of_names_is_told(root: Path, change: Change) -> None:
    """No name was published: there is nothing that could stay, and no voice takes its place without a word."""
    (root / NAMES).touch()
    change(root / NAMES)
    result = forked(root, "build")
    assert result.code == 3, result.err
    assert "published without the sound of its name: fr, ar" in result.err
    assert NAMES in result.err


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("words", ["build", "withdraw fr", "rollback", "verify"])
def test_what_stands_in_the_place_of_the_manifest_takes_nothing_away(root: Path, change: Change, words: str) -> None:
    change(root / MANIFEST)
    before = {path: content for path, content in snapshot(root / "output").items() if path != "manifest.json"}
    (root / "subtitles/ar.srt").unlink()
    result = forked(root, *words.split())
    assert result.code == 2, result.err
    assert "has the place of the manifest" in result.err
    assert {p: data for p, data in snapshot(root / "output").items() if p != "manifest.json"} == before


@pytest.mark.parametrize("name", ["brand/logo.svg", "fonts/own.ttf", "babelreel.toml", "known.json"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_settings_and_what_they_name_are_told_before_anything_changes(root: Path, change: Change, name: str) -> None:
    before = published(root)
    change(root / name)
    result = forked(root, *(("check", "--baseline", name) if name == "known.json" else ("build",)))
    # a font holds up only the languages that it draws
    circle = 3 if name == "fonts/own.ttf" else 4
    assert result.code == (circle if change is become_circle else 2), result.err
    assert name in result.err
    assert "leads back to itself" in result.err or change is not become_circle
    assert published(root) == before
