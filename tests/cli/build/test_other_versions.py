"""Is what another version of babelreel published and noted used or put aside, and never misread or overwritten unasked?

What earlier versions wrote is kept here as text; nothing of it is made by the code of now.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from support.projects import FILES_ONLY, FR, babelreel, make_project, snapshot

#: A manifest of the day on which schema_version is 3, and all else may mean something else.
LATER = """{
  "schema_version": 3,
  "publication": {"fr": ["film.fr.vtt"]}
}
"""


@pytest.fixture
def later(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "film")
    (root / "output/fr").mkdir(parents=True)
    (root / "output/fr/film.fr.vtt").write_text("WEBVTT 2\n")
    (root / "output/manifest.json").write_text(LATER)
    listed = ("fr/film.fr.vtt", "manifest.json")
    sums = "".join(f"{sha256((root / 'output' / path).read_bytes()).hexdigest()}  {path}\n" for path in listed)
    (root / "output/SHA256SUMS").write_text(sums)
    return root


@pytest.mark.parametrize("words", [("build",), ("withdraw", "fr"), ("rollback",), ("verify",)])
def test_what_a_later_version_published_is_left_alone_in_words(later: Path, words: tuple[str, ...]) -> None:
    before = snapshot(later / "output")
    result = babelreel(later, *words)
    assert result.code == 2
    assert "A later version of babelreel published here" in result.err
    assert "schema_version is 3" in result.err
    assert snapshot(later / "output") == before


def test_a_later_version_leaves_another_folder_free(later: Path, tmp_path: Path) -> None:
    before = snapshot(later / "output")
    assert babelreel(later, "build", "--only", "phone-360p", "--output", str(tmp_path / "web")).code == 0
    assert babelreel(later, "verify", str(tmp_path / "web")).code == 0
    assert snapshot(later / "output") == before


def test_notes_and_keys_of_other_versions_are_put_aside(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR}, settings=FILES_ONLY)
    assert babelreel(root, "build", "--only", "phone-360p").code == 0
    built = snapshot(root / "output")
    for note in (root / ".babelreel/notes").glob("*/*.json"):
        document = json.loads(note.read_text("ascii"))
        if note.parent.name == "film":  # as it was before notes had a sum: a wrong one would not be found
            del document["sum"]
            document["value"]["duration_ms"] = 1
        else:
            document["version"] += 1
            document["value"] = {"all": "is other"}
        note.write_text(json.dumps(document), "ascii")
    (root / ".babelreel/digests.json").write_text('{"video/master.mp4": ["0", "1", "f"]}')  # of the first versions
    (root / ".babelreel/store/last.json").write_text('{"version": 9, "tasks": [["cell 1", "0"]]}')
    result = babelreel(root, "build", "--only", "phone-360p")
    assert (result.code, snapshot(root / "output")) == (0, built), result.err
    assert "nothing to do" in result.err + result.out or "0 steps to do" in result.err + result.out


def test_a_key_document_of_another_form_is_a_piece_to_be_made(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR}, settings=FILES_ONLY)
    assert babelreel(root, "build", "--only", "phone-360p").code == 0
    built = snapshot(root / "output")
    for key in (root / ".babelreel/store/keys").glob("??/*.jsonl"):
        first, second = key.read_bytes().split(b"\n")
        later = {"version": 2, "document": json.loads(first), "artifacts": json.loads(second)}
        key.write_text(json.dumps(later))
    assert babelreel(root, "build", "--only", "phone-360p", "fr").code == 0
    assert snapshot(root / "output") == built
    assert babelreel(root, "verify").code == 0
