"""Is a wrong publication taken back in one step: a language of it, or all of it?"""

from __future__ import annotations

import json
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.app.publish.history import History
from babelreel.model.delivery.published_paths import DESCRIPTIONS
from support.failing_os import watched_os
from support.manifests import manifest
from support.projects import AR, FR, babelreel, make_project, snapshot
from support.publications import EDITED, copy_publication


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_publication(tmp_path / "film")


def paths_of(root: Path, part: str) -> list[str]:
    return [path for path in snapshot(root / "output") if part in path]


def test_a_withdrawn_language_leaves_no_trace_in_what_is_published(root: Path) -> None:
    (root / "video/master.mp4").unlink()  # in a hurry nobody has the film, or the store, at hand
    shutil.rmtree(root / ".babelreel/store")

    result = babelreel(root, "withdraw", "ar")

    assert result.code == 0, result.err
    assert "1 language" in result.err
    assert "withdrawn: ar. The next build leaves this out until its subtitles change." in result.err
    assert "babelreel rollback" in result.err
    assert "The web team needs the folder again" in result.err
    assert not paths_of(root, "ar/") + paths_of(root, "text-ar")
    assert not paths_of(root, "archive/"), "a file with all languages in it holds this one too"
    told = [path for path, content in snapshot(root / "output").items() if "حقوق".encode() in content]
    assert told == []
    for path in ("index.html", "fr/index.html", "stream/master.m3u8", "stream/manifest.mpd"):
        assert "العربية" not in (root / "output" / path).read_text("utf-8")
    assert (manifest(root)["status"], [each["tag"] for each in manifest(root)["languages"]]) == ("partial", ["fr"])
    assert babelreel(root, "verify").code == 0


def test_a_language_that_is_not_published_cannot_be_withdrawn(root: Path) -> None:
    told = babelreel(root, "withdraw", "nl").err
    assert "  why: published are: ar, fr\n  hint: Name one of these." in told
    assert babelreel(root, "withdraw", "ar", "fr").code == 0
    told = babelreel(root, "withdraw", "nl").err
    assert "no language is published now" in told
    assert "hint" not in told


def test_status_tells_what_is_withdrawn(root: Path) -> None:
    assert "withdrawn" not in babelreel(root, "status").out
    assert babelreel(root, "withdraw", "ar").code == 0
    told = babelreel(root, "status")
    assert "ar is withdrawn: “babelreel build ar” publishes it again" in told.out
    assert "fr is withdrawn" not in told.out


def test_a_build_says_that_it_took_a_language_off_line_and_why(root: Path) -> None:
    before = sum(path.startswith("ar/") for path in snapshot(root / "output"))
    (root / "subtitles/ar.srt").write_text("1\n00:00:02,000 --> 00:00:01,000\nالحقوق\n", "utf-8")
    result = babelreel(root, "build")
    assert not paths_of(root, "ar/")
    assert f"ar was taken out of output ({before} files), because of this: " in result.err


def test_what_was_withdrawn_comes_back_when_its_text_is_another_or_when_it_is_asked_for(root: Path) -> None:
    assert babelreel(root, "withdraw", "ar").code == 0
    result = babelreel(root, "build")
    assert result.code == 3
    assert "ar is not published: it was withdrawn" in result.err
    assert not paths_of(root, "ar/")
    again = babelreel(root, "build")
    assert again.code == 3, "it is passed by as often as somebody builds"

    track = root / "subtitles/ar.srt"
    track.write_text(AR.replace("116", "117"), "utf-8")
    assert babelreel(root, "build").code == 0
    assert paths_of(root, "ar/")
    assert "withdrawn" not in manifest(root)

    assert babelreel(root, "withdraw", "ar").code == 0
    assert babelreel(root, "build", "ar").code == 0
    assert paths_of(root, "ar/")
    assert babelreel(root, "build").code == 0


def test_what_was_withdrawn_is_withdrawn(root: Path) -> None:
    assert babelreel(root, "withdraw", "ar").code == 0
    before = snapshot(root / "output")
    result = babelreel(root, "withdraw", "ar")
    first, *_, last = result.err.splitlines()
    assert (result.code, first) == (0, "0 files written")
    assert last == "nothing was removed: no file of this was published any more"
    assert snapshot(root / "output") == before
    assert babelreel(root, "rollback").code == 0
    assert paths_of(root, "ar/"), "it was no publication of its own"


def test_only_what_is_published_can_be_withdrawn(root: Path) -> None:
    before = snapshot(root / "output")
    result = babelreel(root, "withdraw", "nl")
    assert result.code == 2
    assert "ar, fr" in result.err
    assert snapshot(root / "output") == before
    assert babelreel(root, "withdraw").code == 2


def test_rollback_publishes_what_was_published_before_byte_for_byte(root: Path) -> None:
    first = snapshot(root / "output")
    (root / "subtitles/fr.srt").write_text(EDITED, "utf-8")
    assert babelreel(root, "build").code == 0
    second = snapshot(root / "output")
    assert second != first
    assert babelreel(root, "withdraw", "ar").code == 0

    assert babelreel(root, "rollback").code == 0
    assert snapshot(root / "output") == second
    result = babelreel(root, "rollback")
    assert result.code == 0, result.err
    assert snapshot(root / "output") == first
    assert babelreel(root, "verify").code == 0
    assert babelreel(root, "rollback").code == 2
    assert snapshot(root / "output") == first

    assert babelreel(root, "build").code == 0
    assert snapshot(root / "output") == second


def test_where_nothing_was_published_before_nothing_is_rolled_back(root: Path, tmp_path: Path) -> None:
    before = snapshot(root / "output")
    assert babelreel(root, "rollback").code == 2
    assert snapshot(root / "output") == before
    other = make_project(tmp_path / "other")
    assert babelreel(other, "rollback").code == 2
    assert babelreel(other, "withdraw", "fr").code == 2
    assert not (other / "output").exists()


def test_of_an_earlier_version_that_is_not_whole_the_rest_is_published_and_that_is_told(root: Path) -> None:
    first = snapshot(root / "output")
    (root / "subtitles/fr.srt").write_text(EDITED, "utf-8")
    assert babelreel(root, "build").code == 0
    (damaged,) = (root / ".babelreel/earlier").rglob("film.fr.vtt")
    damaged.write_bytes(damaged.read_bytes().replace(b"112", b"113"))
    result = babelreel(root, "rollback")
    assert result.code == 3
    assert "fr/film.fr.vtt" in result.err
    now = snapshot(root / "output")
    assert "fr/film.fr.vtt" not in now
    assert {path: now.get(path) for path in first if path.endswith(".mp4")} == {
        path: content for path, content in first.items() if path.endswith(".mp4")
    }
    assert babelreel(root, "verify").code == 0


FILM = "fr/film.fr.phone-360p.mp4"


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_damaged_film_is_joined_again_by_a_build_of_another_language_or_else_named(root: Path) -> None:
    first = snapshot(root / "output")
    damage(root / "output" / FILM)
    assert babelreel(root, "build", "ar").code == 0
    assert snapshot(root / "output") == first

    damage(root / "output" / FILM)
    shutil.rmtree(root / ".babelreel/store")
    result = babelreel(root, "build", "ar")
    assert result.code == 3
    assert FILM in result.err
    assert "not published: fr" in result.err
    assert not (root / "output" / FILM).exists()
    assert babelreel(root, "verify").code == 0
    assert babelreel(root, "build").code == 0
    assert (root / "output" / FILM).exists()


def test_a_damaged_film_is_named_by_a_withdrawal_and_costs_a_rollback_nothing_else(root: Path, tmp_path: Path) -> None:
    first = snapshot(root / "output")
    damage(root / "output" / FILM)
    result = babelreel(root, "withdraw", "ar", "--publish", str(tmp_path / "web"))
    assert result.code == 3
    assert result.err.index("are left out.\n  where: " + FILM) < result.err.index("sent to")
    assert "“babelreel rollback” would not bring back" in result.err
    assert not list((root / ".babelreel/earlier").rglob(Path(FILM).name)), "what is damaged is not kept"

    back = babelreel(root, "rollback")
    assert back.code == 3
    assert FILM in back.err
    films = {
        path: content for path, content in first.items() if path.endswith((".mp4", ".mkv", ".m4s")) and path != FILM
    }
    now = snapshot(root / "output")
    assert {path: now.get(path) for path in films} == films
    assert FILM not in now
    assert babelreel(root, "verify").code == 0
    assert babelreel(root, "build").code == 0
    assert snapshot(root / "output") == first


def test_what_a_killed_run_was_about_to_forget_is_no_publication_to_go_back_to(tmp_path: Path) -> None:
    history = History(folder=tmp_path)
    for number in ("000001", "000002"):
        (tmp_path / number).mkdir()
        (tmp_path / number / "manifest.json").write_text("{}")
    child = os.fork()
    if child == 0:
        with watched_os(lambda name, _arguments: os._exit(137) if name == "unlink" else None, lambda: None):
            history.drop(tmp_path / "000002")
    os.waitpid(child, 0)
    assert history.generations() == (tmp_path / "000001",)
    assert len(list(tmp_path.iterdir())) == 2
    history.sweep()
    assert [path.name for path in tmp_path.iterdir()] == ["000001"]


def test_three_publications_are_kept_and_clean_takes_them(root: Path) -> None:
    for number in range(5):
        (root / "subtitles/fr.srt").write_text(FR.replace("112", f"20{number}"), "utf-8")
        assert babelreel(root, "build", "fr").code == 0
    kept = [path for path in (root / ".babelreel/earlier").glob("*/*") if path.is_dir()]
    assert len(kept) == 3
    assert babelreel(root, "clean").code == 0
    assert not (root / ".babelreel").exists()
    assert babelreel(root, "rollback").code == 2


def write_version_1(root: Path) -> None:
    """Make of a publication what babelreel left there when manifests had version 1."""
    output = root / "output"
    document = manifest(root)
    for key in ("$schema", "version", "stream"):
        document.pop(key)
    document["schema_version"] = 1
    document["files"] += document.pop("segments")
    for file in document["files"]:
        file.pop("text", None)
        if file["role"] == "poster":
            del file["width"], file["height"]
    for language in document["languages"]:
        for key in ("title", "title_language", "description", "page"):
            del language[key]
    (output / "manifest.schema.json").unlink()
    (output / "manifest.json").write_text(json.dumps(document), "utf-8")
    sums = {file["path"]: file["sha256"] for file in document["files"]}
    sums["manifest.json"] = sha256((output / "manifest.json").read_bytes()).hexdigest()
    (output / "SHA256SUMS").write_text("".join(f"{sums[path]}  {path}\n" for path in sorted(sums)), "utf-8")


def test_a_publication_of_version_1_is_replaced_and_comes_back_whole(root: Path) -> None:
    told = texts_of_films(root)
    assert ("phone-360p", "burn-in") in told
    told = {(name, text) for name, text in told if text != "none"}
    write_version_1(root)
    before = contents(root)
    assert babelreel(root, "verify").code == 0
    (root / "subtitles/fr.srt").write_text(EDITED, "utf-8")
    assert babelreel(root, "build").code == 0
    assert manifest(root)["schema_version"] == 2
    assert texts_of_films(root) >= told

    result = babelreel(root, "rollback")

    assert result.code == 0, result.err
    assert contents(root) == before
    assert texts_of_films(root) == told
    assert babelreel(root, "verify").code == 0


def test_a_language_is_withdrawn_from_a_publication_of_version_1(root: Path) -> None:
    write_version_1(root)
    page = (root / "output/fr/index.html").read_text("utf-8")

    assert babelreel(root, "withdraw", "ar").code == 0

    assert not paths_of(root, "ar/") + paths_of(root, "text-ar")
    (french,) = manifest(root)["languages"]
    assert (french["page"], french["description"][:7]) == ("fr/index.html", FR.split("\n")[2][:7])
    after = (root / "output/fr/index.html").read_text("utf-8")
    assert after.count("sous-titres") == page.count("sous-titres"), "what is burned in is known"
    assert babelreel(root, "verify").code == 0


def texts_of_films(root: Path) -> set[tuple[str, str]]:
    """Give each size with how its text reaches the viewer."""
    return {
        (file["rendition"], file["text"])
        for file in manifest(root)["files"]
        if "text" in file and file["role"] == "video"
    }


def contents(root: Path) -> dict[str, bytes]:
    """Give what is published, less what describes it."""
    return {path: each for path, each in snapshot(root / "output").items() if path not in DESCRIPTIONS}


def test_a_published_text_that_is_no_utf_8_hinders_no_withdrawal(root: Path) -> None:
    path = next((root / "output/fr").glob("*.vtt"))
    path.write_bytes(path.read_bytes().replace(b"droits", b"droits \xe2"))
    told = manifest(root)
    for file in told["files"]:
        if file["path"] == f"fr/{path.name}":  # as if it was published so
            file |= {"bytes": path.stat().st_size, "sha256": sha256(path.read_bytes()).hexdigest()}
    (root / "output/manifest.json").write_text(json.dumps(told), "utf-8")
    result = babelreel(root, "withdraw", "ar")
    assert result.code == 0, result.err
