from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest

from support.manifests import manifest
from support.projects import AR, FR, babelreel, make_project, snapshot

SETTINGS = """\
slug = "film"
[delivery]
streams = false
leaflets = false
pairs = ["ar+fr"]
[renditions.web-1080p]
enabled = false
[renditions.phone-480p]
enabled = false
"""
FILM = "ar_fr/film.ar_fr.phone-360p.mp4"
#: Overlapping lines with a wrong time: an error, which refuses the language.
BROKEN = "1\n00:00:02,000 --> 00:00:01,000\nTes droits.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("pairs") / "film", {"ar.srt": AR, "fr.srt": FR}, settings=SETTINGS)
    done = babelreel(root, "build")
    assert done.code == 0, done.err
    return root


def copied(built: Path, root: Path) -> Path:
    """Give a copy of the project with its store, so that nothing is made twice."""
    for name, content in snapshot(built).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def test_a_pair_is_published_in_a_folder_of_its_own(built: Path) -> None:
    entries = {each["role"]: each for each in manifest(built)["files"] if each["language"] == "ar+fr"}
    assert entries["page"]["path"] == "ar_fr/index.html"
    entry = entries["video"]
    assert (entry["path"], entry["text"], entry["rendition"]) == (FILM, "burn-in", "phone-360p")
    assert [each["tag"] for each in manifest(built)["languages"]] == ["ar", "fr"]
    told = {"tag": "ar+fr", "languages": ["ar", "fr"], "dir": "ar_fr", "page": "ar_fr/index.html"}
    assert manifest(built)["pairs"] == [told]
    (alone,) = [each for each in manifest(built)["files"] if each["path"] == "ar/film.ar.phone-360p.mp4"]
    same = ("duration", "width", "height", "sound", "loudness_lufs", "mime")
    assert [entry[name] for name in same] == [alone[name] for name in same]
    schema = json.loads((built / "output" / "manifest.schema.json").read_text("utf-8"))
    jsonschema.validate(manifest(built), schema)
    assert babelreel(built, "verify", "--deep").code == 0


def test_a_plan_names_the_work_for_a_pair(built: Path, tmp_path: Path) -> None:
    root = copied(built, tmp_path / "film")
    (root / "subtitles" / "fr.srt").write_text(FR.replace("Appelle 112", "Appelle le 112"), "utf-8")
    told = babelreel(root, "plan", "--why", "ar+fr").out
    assert "picture phone-360p part 1 ar+fr" in told
    assert "fr cue 2 text" in told


def test_a_pair_goes_with_a_language_that_is_refused(built: Path, tmp_path: Path) -> None:
    root = copied(built, tmp_path / "film")
    (root / "subtitles" / "fr.srt").write_text(BROKEN, "utf-8")
    done = babelreel(root, "build")
    assert done.code == 3
    folders = {path.split("/")[0] for path in snapshot(root / "output") if "/" in path}
    assert folders == {"ar", "assets", "shared"}
    assert "not published: fr, ar+fr" in done.err.splitlines()
    assert "ar+fr was taken out of output (" in done.err
    assert "pairs" not in manifest(root)
    assert "ar_fr/" not in (root / "output" / "index.html").read_text("utf-8")


def test_a_pair_keeps_its_earlier_version_with_a_language_that_keeps_its_own(built: Path, tmp_path: Path) -> None:
    root = copied(built, tmp_path / "film")
    before = (root / "output" / FILM).read_bytes()
    settings = root / "babelreel.toml"
    settings.write_text(settings.read_text("utf-8") + "[publish]\nonly = 'approved'\n", "utf-8")
    done = babelreel(root, "build")
    assert "the earlier version stays: ar, fr, ar+fr" in done.err.splitlines()
    assert (root / "output" / FILM).read_bytes() == before
    assert "ar+fr" in {each["language"] for each in manifest(root)["files"]}


def test_a_pair_that_is_not_wanted_any_more_goes(built: Path, tmp_path: Path) -> None:
    root = copied(built, tmp_path / "film")
    settings = root / "babelreel.toml"
    settings.write_text(settings.read_text("utf-8").replace('pairs = ["ar+fr"]\n', ""), "utf-8")
    done = babelreel(root, "build")
    assert done.code == 0
    assert "0 steps to do" in done.err
    assert not (root / "output" / "ar_fr").exists()
    assert (root / "output" / "fr").exists()


def test_one_language_alone_leaves_the_pair_as_it_is(built: Path, tmp_path: Path) -> None:
    root = copied(built, tmp_path / "film")
    before = (root / "output" / FILM).read_bytes()
    (root / "subtitles" / "fr.srt").write_text(FR.replace("112", "113"), "utf-8")
    done = babelreel(root, "build", "fr")
    assert done.code == 0
    assert "ar+fr" not in done.err
    assert (root / "output" / FILM).read_bytes() == before


def test_a_pair_is_packed_by_its_name_and_withdrawn_with_one_of_its_languages(built: Path, tmp_path: Path) -> None:
    root = copied(built, tmp_path / "film")
    packed = babelreel(root, "pack", "whatsapp", "--lang", "ar+fr")
    assert packed.code == 0, packed.err
    pack = root / "output" / "packs" / "whatsapp"
    assert (pack / "ar_fr" / "film.ar_fr.mp4").read_bytes() == (root / "output" / FILM).read_bytes()
    assert not (pack / "ar").exists()
    refused = babelreel(root, "withdraw", "ar+fr")
    assert refused.code == 2
    assert "pairs in babelreel.toml" in refused.err
    assert babelreel(root, "withdraw", "fr").code == 0
    assert not (root / "output" / "ar_fr").exists()
    assert not (pack / "ar_fr").exists()
    assert (root / "output" / "ar").exists()
    assert babelreel(root, "verify").code == 0


def test_a_pair_whose_language_has_no_text_is_told(built: Path, tmp_path: Path) -> None:
    root = copied(built, tmp_path / "film")
    (root / "subtitles" / "ar.srt").unlink()
    assert "ar+fr: ar without subtitles" in babelreel(root, "status").out
    told = babelreel(root, "plan")
    assert "the pair ar+fr is left out" in told.out + told.err


def test_a_pair_of_which_one_language_alone_was_moved_to_the_new_film_waits_for_the_other(
    built: Path, tmp_path: Path
) -> None:
    root = copied(built, tmp_path / "film")
    owner = root / "video" / "master.subtitles.json"
    present = sha256((root / "video" / "master.mp4").read_bytes()).hexdigest()
    owner.write_text(json.dumps({"subtitles_are_of_film": present, "but": {"ar": "a" * 64}}), "utf-8")
    done = babelreel(root, "build")
    assert done.code == 3
    told = " ".join(done.err.split())
    assert "the pair ar+fr" in told
    assert "its languages are of two films, since only one of them was moved to the new film" in told
    assert "babelreel conform" in told
    assert "pairs" not in manifest(root)
    assert {each["language"] for each in manifest(root)["files"]} == {"", "ar", "fr"}
    assert not (root / "output" / "ar_fr").exists()
    owner.write_text(json.dumps({"subtitles_are_of_film": present}), "utf-8")
    assert babelreel(root, "build").code == 0
    assert (root / "output" / FILM).is_file()
