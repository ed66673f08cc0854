"""Does a language that nobody touched stay on line when another version of babelreel holds it to stricter rules?

The other version is a copy of the package in which a rule asks for more.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

import babelreel as package
from support.manifests import manifest
from support.projects import FILES_ONLY, FR, Result, babelreel, make_project, snapshot
from support.publications import LEAST, copy_publication, copy_publication_of_all_files

PACKAGE = Path(package.__file__).parent
#: Lines of French last longer than both lines of the film; babelreel.toml says it as a later version might.
LONGER = "shortest_ms = 1000\nshortest_error_ms = 1000\n"

Run = Callable[..., Result]


def other_version(folder: Path, changes: Mapping[str, tuple[str, str]]) -> Run:
    """Give what runs a copy of babelreel in whose files something else stands."""
    shutil.copytree(PACKAGE, folder / "babelreel", ignore=shutil.ignore_patterns("__pycache__"))
    for name, (before, after) in changes.items():
        path = folder / "babelreel" / name
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), "utf-8")

    def run(root: Path, *words: str) -> Result:
        return babelreel(root, *words, env={"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"})

    return run


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A version in which short lines of French are errors, and every recording counts as silent."""
    return other_version(
        tmp_path_factory.mktemp("later"),
        {
            "languages/fr.toml": ("[limits]\n", f"[limits]\n{LONGER}"),
            "rules/dubs/files.py": ("each.sound.is_silent and not each.sound.fault", "not each.sound.fault"),
        },
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_publication(tmp_path / "film", LEAST)


def films(root: Path, tag: str) -> dict[str, bytes]:
    """Give the films and texts of a language; pages show all languages."""
    kept = (".mp4", ".srt", ".vtt")
    return {path: data for path, data in snapshot(root / "output" / tag).items() if path.endswith(kept)}


def origins(root: Path) -> dict[str, dict[str, str]]:
    return {each["language"]: each for each in manifest(root)["made_from"]}


def change(root: Path, name: str, before: str, after: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_the_manifest_tells_from_which_files_each_language_was_made(root: Path) -> None:
    told = origins(root)
    assert sorted(told) == ["ar", "fr"]
    for tag, origin in told.items():
        assert origin["subtitles"] == sha256((root / f"subtitles/{tag}.srt").read_bytes()).hexdigest()
        assert "recordings" not in origin


def test_a_language_that_nobody_touched_keeps_its_earlier_version_and_the_rule_is_named(root: Path, later: Run) -> None:
    before, told = films(root, "fr"), origins(root)
    change(root, "subtitles/ar.srt", "لديك حقوق.", "لكل طفل حقوق.")
    result = later(root, "build")
    assert result.code == 3
    assert (
        "fr keeps its earlier version: its files are the same, but this version of babelreel finds a fault in them"
        in result.err
    )
    assert "subtitles/fr.srt:2" in result.err
    assert "TIM005 the line is gone before it can be read" in result.err
    assert "the earlier version stays: fr" in result.err
    assert before
    assert films(root, "fr") == before
    assert "لكل طفل حقوق." in (root / "output/ar/film.ar.srt").read_text("utf-8"), "the other one goes out"
    assert origins(root)["fr"] == told["fr"]
    assert origins(root)["ar"] != told["ar"]
    assert babelreel(root, "verify").code == 0

    published = snapshot(root / "output")
    again = later(root, "build")
    assert again.code == 3, "it is no matter of the first build after an upgrade"
    assert "the earlier version stays: fr" in again.err
    assert snapshot(root / "output") == published
    assert babelreel(root, "build").code == 0, "and the version before still publishes it"


def test_an_edit_is_held_to_the_rules_of_now(root: Path, later: Run) -> None:
    change(root, "subtitles/fr.srt", "Tes droits.", "Tes devoirs.")
    result = later(root, "build")
    assert result.code == 3
    assert "fr is not published: its subtitles have 2 errors" in result.err
    assert films(root, "fr") == {}
    assert list(origins(root)) == ["ar"]
    assert babelreel(root, "verify").code == 0

    (root / "subtitles/fr.srt").write_text(FR.replace("01,040", "01,300").replace("01,120", "01,300"), "utf-8")
    (root / "babelreel.toml").write_text(LEAST + "[language.fr]\nshortest_error_ms = 500\n", "utf-8")
    assert later(root, "build").code == 0
    assert films(root, "fr")


def test_a_rule_that_the_project_itself_makes_stricter_withdraws(root: Path) -> None:
    (root / "babelreel.toml").write_text(f"{LEAST}[language.fr]\n{LONGER}", "utf-8")
    result = babelreel(root, "build")
    assert result.code == 3
    assert "fr is not published: its subtitles have 2 errors" in result.err
    assert films(root, "fr") == {}
    assert films(root, "ar")


def test_settings_that_say_nothing_of_its_rules_change_nothing(root: Path, later: Run) -> None:
    before = films(root, "fr")
    words = """\
[credits.fr]
translation = ["Ann"]
[language.ar]
title = "حقوقك"
cps_child = 12
[[check.allow]]
file = "ar.srt"
rules = ["TIM005"]
reason = "read aloud"
"""
    (root / "babelreel.toml").write_text(LEAST + words, "utf-8")
    result = later(root, "build")
    assert result.code == 3
    assert "the earlier version stays: fr" in result.err
    assert films(root, "fr") == before


def test_a_publication_of_which_that_is_not_known_is_held_to_the_rules_of_now(root: Path, later: Run) -> None:
    """As versions wrote it that did not tell from what a language was made."""
    document = manifest(root)
    del document["made_from"]
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    sums = (root / "output/SHA256SUMS").read_text("utf-8")
    old = sha256((root / "output/manifest.json").read_bytes()).hexdigest()
    (root / "output/manifest.json").write_text(text, "utf-8")
    (root / "output/SHA256SUMS").write_text(sums.replace(old, sha256(text.encode()).hexdigest()), "utf-8")
    assert babelreel(root, "verify").code == 0
    result = later(root, "build")
    assert result.code == 3
    assert "fr is not published" in result.err
    assert films(root, "fr") == {}


def test_the_only_language_of_a_film_stays_too(tmp_path: Path, later: Run) -> None:
    root = make_project(tmp_path / "film", settings=FILES_ONLY + LEAST.removeprefix("[delivery]\nleaflets = false\n"))
    assert babelreel(root, "build").code == 0
    before = snapshot(root / "output")
    result = later(root, "build")
    assert result.code == 3
    assert "fr keeps its earlier version" in result.err
    assert {path: data for path, data in snapshot(root / "output").items() if path.endswith(".mp4")} == {
        path: data for path, data in before.items() if path.endswith(".mp4")
    }
    assert films(root, "fr")
    assert babelreel(root, "verify").code == 0


def test_a_voice_stays_and_an_edited_recording_is_held_to_the_rules_of_now(tmp_path: Path, later: Run) -> None:
    root = copy_publication_of_all_files(tmp_path / "film")
    change(root, "babelreel.toml", "[language.fr]\n", "[language.fr]\nshortest_ms = 833\nshortest_error_ms = 500\n")
    assert babelreel(root, "build").code == 0
    before = films(root, "fr")
    assert any(path.endswith(".mp4") for path in before)
    assert origins(root)["fr"]["recordings"]

    result = later(root, "build")
    assert result.code == 3
    assert "fr keeps its earlier version" in result.err
    assert "DUB006" in result.err
    assert films(root, "fr") == before

    sound = root / "video/stems/fr/1.wav"
    data = bytearray(sound.read_bytes())
    data[-2000:] = bytes(2000)
    sound.write_bytes(data)
    result = later(root, "build")
    assert result.code == 3
    assert "fr is published with the film's own sound" in result.err
    assert films(root, "fr") != before


def test_what_was_withdrawn_by_a_person_stays_withdrawn(root: Path, later: Run) -> None:
    assert babelreel(root, "withdraw", "fr").code == 0
    assert list(origins(root)) == ["ar"]
    result = later(root, "build")
    assert "it was withdrawn" in result.err
    assert films(root, "fr") == {}
    assert babelreel(root, "rollback").code == 0
    assert sorted(origins(root)) == ["ar", "fr"]
