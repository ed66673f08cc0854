"""Does "conform" move all subtitles to a film that was edited again, and nothing before somebody says so?"""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.app.project.master import look_at_film, open_digests
from babelreel.app.project.subtitles_film import remember_built
from babelreel.config.read import read_project
from support.projects import babelreel, snapshot
from support.recuts import Cut, Recut, make_drawn, make_recut
from support.tracks import srt

#: The film has 26 s; the frames from 190 up to 287 are cut out, and 2 s come before all.
LINES = (
    (1000, 3000, "Tu as des droits."),
    (6000, 9000, "Appelle le 112."),
    (8000, 9500, "Cette scène n’est plus là."),
    (14_000, 17_000, "C’est gratuit."),
)
RECUT = Recut(cuts=(Cut(first=0, behind=50, is_new=True), Cut(first=0, behind=190), Cut(first=287, behind=650)))
#: 2 s come before all, and 3 s at 13 s: no line of these is cut.
LONGER = Recut(
    cuts=(
        Cut(first=0, behind=50, is_new=True),
        Cut(first=0, behind=325),
        Cut(first=50, behind=125, is_new=True),
        Cut(first=325, behind=650),
    )
)
#: The same with 1 s more before all.
LONGEST = Recut(cuts=(Cut(first=125, behind=150, is_new=True), *LONGER.cuts))
#: As people write them: a mark at the start, other ends of lines, comments, times without hours.
SUBRIP = (
    b"\xef\xbb\xbf1\r\n00:00:01,003 --> 00:00:03,000\r\nTu as des droits.\r\n\r\n\r\n"
    b"2\r\n00:00:14,01 --> 00:00:17,999\r\nC\xe2\x80\x99est gratuit.  \r\n"
)
WEBVTT = b"WEBVTT - rights\n\nNOTE 00:14.000\n\n00:06.000 --> 00:09.000 line:0\nCall <00:07.500>112.\n"
CHAPTERS = """\
title = "Your rights"

[[chapter]]
start = "0:00"
title = { en = "Welcome" }

[[chapter]]
start = '0:15'  # when the lawyer speaks
title = { en = "A lawyer" }
"""


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    old = make_drawn(folder / "old.mp4")
    make_recut(folder / "new.mp4", old, RECUT)
    make_recut(folder / "longer.mp4", old, LONGER)
    make_recut(folder / "longest.mp4", old, LONGEST)
    return folder


@pytest.fixture
def root(tmp_path: Path, films: Path) -> Path:
    for folder in ("subtitles", "video"):
        (tmp_path / folder).mkdir()
    for tag in ("en", "fr"):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt(*LINES), "utf-8")
    shutil.copy(films / "new.mp4", tmp_path / "video" / "master.mp4")
    return tmp_path


def times_of(root: Path, tag: str) -> list[str]:
    text = (root / "subtitles" / f"{tag}.srt").read_text("utf-8")
    return [line for line in text.splitlines() if "-->" in line]


def test_a_film_cut_anew_moves_all_languages_and_undo_brings_every_byte_back(root: Path, films: Path) -> None:
    before = snapshot(root / "subtitles")
    asked = babelreel(root, "conform", str(films / "old.mp4"))
    assert asked.code == 2
    assert "00:00:07.600 to 00:00:11.480  gone" in asked.out
    assert "new, and without any text: 00:00:00.000 to 00:00:02.000 of the new film" in asked.out
    assert "fr line 3 is removed, because its scene is gone: “Cette scène n’est plus là.”" in asked.out
    assert "babelreel check --fix" in asked.out  # for the numbers that will be missing
    assert max(map(len, asked.out.splitlines())) <= 80
    assert "--yes" in asked.err
    assert snapshot(root / "subtitles") == before

    assert babelreel(root, "conform", str(films / "old.mp4"), "--yes").code == 0
    # 2 s later before the cut; the scene that is gone had 97 frames: 3.88 s
    moved = [
        "00:00:03,000 --> 00:00:05,000",
        "00:00:08,000 --> 00:00:09,600",
        "00:00:12,120 --> 00:00:15,120",
    ]
    assert times_of(root, "fr") == times_of(root, "en") == moved

    twice = babelreel(root, "conform", str(films / "old.mp4"), "--yes")
    assert twice.code == 2
    assert "would move them twice" in twice.err
    assert times_of(root, "fr") == moved

    # another clone of the project, which has no versions for "undo", knows it too
    shutil.move(root / ".babelreel", root / ".versions")
    assert "would move them twice" in babelreel(root, "conform", str(films / "old.mp4"), "--yes").err
    shutil.rmtree(root / ".babelreel", ignore_errors=True)
    shutil.move(root / ".versions", root / ".babelreel")

    # back to the old film, and once more to the new one
    shutil.copy(films / "old.mp4", root / "video" / "master.mp4")
    assert babelreel(root, "conform", "--yes").code == 0
    assert times_of(root, "fr")[0] == "00:00:01,000 --> 00:00:03,000"
    shutil.copy(films / "new.mp4", root / "video" / "master.mp4")
    assert babelreel(root, "conform", "--yes").code == 0
    assert times_of(root, "fr") == moved

    for _ in range(3):
        assert babelreel(root, "undo").code == 0
    assert snapshot(root / "subtitles") == before


def test_there_and_back_restores_every_byte_where_nothing_was_lost(root: Path, films: Path) -> None:
    (root / "subtitles" / "fr.srt").write_bytes(SUBRIP)
    (root / "subtitles" / "en.srt").unlink()
    (root / "subtitles" / "en.vtt").write_bytes(WEBVTT)
    (root / "babelreel.toml").write_text(CHAPTERS, "utf-8")
    before = snapshot(root / "subtitles"), (root / "babelreel.toml").read_bytes()

    def move(old: str, new: str) -> None:
        shutil.copy(films / new, root / "video" / "master.mp4")
        assert babelreel(root, "conform", str(films / old), "--yes").code == 0

    move("old.mp4", "longer.mp4")
    there = snapshot(root / "subtitles"), (root / "babelreel.toml").read_bytes()
    assert times_of(root, "fr") == ["00:00:03,003 --> 00:00:05,000", "00:00:19,01 --> 00:00:22,999"]
    assert b"\n00:08.000 --> 00:11.000 line:0\nCall <00:09.500>112.\n" in (root / "subtitles/en.vtt").read_bytes()
    assert b"'0:20'" in there[1]
    move("longer.mp4", "old.mp4")
    assert (snapshot(root / "subtitles"), (root / "babelreel.toml").read_bytes()) == before

    # who goes there once more is not taken for somebody who goes there twice
    move("old.mp4", "longer.mp4")
    assert (snapshot(root / "subtitles"), (root / "babelreel.toml").read_bytes()) == there
    assert "would move them twice" in babelreel(root, "conform", str(films / "old.mp4"), "--yes").err


def test_subtitles_are_of_the_film_that_they_were_last_right_for(root: Path, films: Path) -> None:
    master = root / "video" / "master.mp4"
    for name in ("old", "new", "longer"):  # "probe" alone moves no subtitles
        shutil.copy(films / f"{name}.mp4", master)
        assert babelreel(root, "probe").code == 0
    told = babelreel(root, "conform", "--dry-run").out
    assert told.startswith("old film: 0:26.0 long (from video/master.before.fingerprint)")
    assert babelreel(root, "conform", "--yes").code == 0
    # 2 s came before all, and 3 s at 13 s
    assert times_of(root, "fr") == [
        "00:00:03,000 --> 00:00:05,000",
        "00:00:08,000 --> 00:00:11,000",
        "00:00:10,000 --> 00:00:11,500",
        "00:00:19,000 --> 00:00:22,000",
    ]
    assert babelreel(root, "undo").code == 0

    # and where the very film comes back, they are right as they are
    shutil.copy(films / "old.mp4", master)
    assert "Nothing has to move" in babelreel(root, "conform", "--yes").err
    assert babelreel(root, "probe").code == 0
    assert "Nothing has to move" in babelreel(root, "conform", "--yes").err


def test_what_probe_kept_stands_for_the_old_film(root: Path, films: Path) -> None:
    master = root / "video" / "master.mp4"
    shutil.copy(films / "old.mp4", master)
    assert babelreel(root, "probe").code == 0
    shutil.copy(films / "new.mp4", master)
    before = snapshot(root / "subtitles")
    done = babelreel(root, "conform", "--json")
    assert done.code == 0
    first, second = done.document["parts"]
    assert (first["old_ms"], first["new_ms"]) == ([0, 7600], [2000, 9600])
    assert second["new_ms"][0] == 9600
    assert done.document["languages"]["fr"]["gone"] == 1
    assert snapshot(root / "subtitles") == before

    # whoever probes the new film first has not lost the old one
    assert babelreel(root, "probe").code == 0
    assert (root / "video" / "master.before.fingerprint").is_file()
    assert babelreel(root, "conform", "--dry-run").out.startswith("old film")


def test_without_an_old_film_it_says_what_to_do(root: Path, films: Path) -> None:
    nothing = babelreel(root, "conform")
    assert nothing.code == 2
    assert "babelreel does not know the earlier film" in nothing.err
    same = babelreel(root, "conform", str(films / "new.mp4"))
    assert same.code == 2
    assert "Nothing has to move" in same.err
    (root / "x.fingerprint").write_text("not a fingerprint", "utf-8")
    wrong = babelreel(root, "conform", str(root / "x.fingerprint"))
    assert wrong.code == 2
    assert "This is not a fingerprint of a film" in wrong.err


def put(root: Path, films: Path, name: str) -> None:
    """Let another film lie there, as the editor sends it."""
    shutil.copy(films / f"{name}.mp4", root / "video" / "master.mp4")


def test_a_language_that_was_moved_by_hand_is_not_moved_again(root: Path, films: Path) -> None:
    put(root, films, "old")
    assert babelreel(root, "probe").code == 0
    put(root, films, "longer")
    assert babelreel(root, "shift", "fr", "--by=+2s").code == 0
    by_hand = times_of(root, "fr")
    asked = babelreel(root, "conform")
    assert "stays as it is, of the new film already: fr" in asked.out
    assert [line.split()[0] for line in asked.out.splitlines() if line.startswith(("en ", "fr "))] == ["en"]
    refused = babelreel(root, "conform", "--lang", "fr", "--yes")
    assert "The subtitles of fr belong to the film that is there now" in refused.err
    assert babelreel(root, "conform", "--yes").code == 0
    assert times_of(root, "fr") == by_hand
    assert times_of(root, "en")[-1] == "00:00:19,000 --> 00:00:22,000"
    assert "Nothing has to move" in babelreel(root, "conform", "--yes").err


def test_one_language_may_be_moved_before_the_others(root: Path, films: Path) -> None:
    (root / "babelreel.toml").write_text(CHAPTERS, "utf-8")
    put(root, films, "longer")
    before = times_of(root, "en")
    assert babelreel(root, "conform", str(films / "old.mp4"), "--lang", "fr", "--yes").code == 0
    first = times_of(root, "fr")
    assert times_of(root, "en") == before
    assert "'0:15'" in (root / "babelreel.toml").read_text("utf-8")
    assert babelreel(root, "conform", "--yes").code == 0
    assert times_of(root, "en") == times_of(root, "fr") == first
    assert "'0:20'" in (root / "babelreel.toml").read_text("utf-8")
    assert "Nothing has to move" in babelreel(root, "conform", "--yes").err


def test_a_chain_of_films_without_a_probe_comes_round_to_where_it_began(root: Path, films: Path) -> None:
    before = snapshot(root / "subtitles")
    put(root, films, "longer")
    assert babelreel(root, "conform", str(films / "old.mp4"), "--yes").code == 0
    put(root, films, "longest")
    assert babelreel(root, "conform", "--yes").code == 0
    # 1 s more before all than in "longer"
    assert times_of(root, "fr")[0] == "00:00:04,000 --> 00:00:06,000"
    assert times_of(root, "fr")[-1] == "00:00:20,000 --> 00:00:23,000"
    put(root, films, "old")
    assert babelreel(root, "conform", "--yes").code == 0
    assert snapshot(root / "subtitles") == before
    # and from what "undo" leaves, which is of a film that is kept no more beside the master
    for _ in range(2):
        assert babelreel(root, "undo").code == 0
    assert times_of(root, "fr")[0] == "00:00:03,000 --> 00:00:05,000"
    assert babelreel(root, "conform", "--yes").code == 0
    assert snapshot(root / "subtitles") == before


def test_what_undo_leaves_is_not_moved_again(root: Path, films: Path) -> None:
    put(root, films, "longer")
    assert babelreel(root, "conform", str(films / "old.mp4"), "--yes").code == 0
    french = root / "subtitles" / "fr.srt"
    moved = times_of(root, "fr")
    french.write_text(french.read_text("utf-8").replace("gratuit", "pour toi"), "utf-8")
    undone = babelreel(root, "undo")
    assert "left subtitles/fr.srt, which was changed since" in undone.err
    assert times_of(root, "en")[0] == "00:00:01,000 --> 00:00:03,000"
    assert babelreel(root, "conform", "--yes").code == 0
    assert times_of(root, "en") == times_of(root, "fr") == moved
    assert "pour toi" in french.read_text("utf-8")


def test_who_names_the_new_film_while_the_old_one_lies_there_is_told(root: Path, films: Path) -> None:
    put(root, films, "old")
    assert babelreel(root, "probe").code == 0
    before = snapshot(root)
    told = babelreel(root, "conform", str(films / "longer.mp4"), "--yes")
    assert told.code == 2
    assert "seem to fit the film that is there now, and not the one that you named" in told.err
    assert "Put the new film into its place, and name the old one" in told.err
    assert len(told.err.splitlines()) <= 4
    assert {path: content for path, content in snapshot(root).items() if ".babelreel" not in path} == {
        path: content for path, content in before.items() if ".babelreel" not in path
    }
    # who is sure says so
    assert babelreel(root, "conform", str(films / "longer.mp4"), "--yes", "--unsafe").code == 0


def test_texts_that_run_over_the_end_of_the_named_film_are_not_of_it(root: Path, films: Path) -> None:
    put(root, films, "longer")
    (root / "subtitles" / "fr.srt").write_text(srt(*LINES, (27_500, 29_500, "Au revoir.")), "utf-8")
    told = babelreel(root, "conform", str(films / "old.mp4"), "--yes")
    assert told.code == 2
    assert "The subtitles of fr seem to fit the film that is there now" in told.err
    assert "--lang" in told.err
    assert babelreel(root, "conform", str(films / "old.mp4"), "--lang", "en", "--yes").code == 0


def test_a_language_that_was_timed_anew_in_an_editor_is_not_moved_twice(root: Path, films: Path) -> None:
    film, subtitles = root / "video" / "master.mp4", root / "subtitles"
    shutil.copy(films / "old.mp4", film)
    project = read_project(root)
    remember_built(project, look_at_film(project, open_digests(project))[1])  # as a build does
    shutil.copy(films / "longer.mp4", film)
    by_hand = srt(*((start + 2000, end + 2000, text) for start, end, text in LINES))
    (subtitles / "en.srt").write_text(by_hand, "utf-8")

    found = babelreel(root, "check", "--select", "FIL004", "--fail-on", "never").out
    assert "is not the one that fr belongs to: it is " in found

    named = babelreel(root, "conform", str(films / "old.mp4"), "--lang", "en", "--yes")
    assert (named.code, "somebody changed the times of en" in named.err, "--unsafe" in named.err) == (2, True, True)

    done = babelreel(root, "conform", str(films / "old.mp4"), "--yes")
    assert (done.code, "of the new film already: en" in done.out) == (0, True)
    assert (subtitles / "en.srt").read_text("utf-8") == by_hand
    assert times_of(root, "fr")[0] == times_of(root, "en")[0] == "00:00:03,000 --> 00:00:05,000"
    again = babelreel(root, "conform", str(films / "old.mp4"), "--yes")
    assert (again.code, "would move them twice" in again.err) == (2, True)


def test_what_cannot_move_is_named_and_noted_with_the_film_that_it_was_made_for(root: Path, films: Path) -> None:
    paths = ("video/signed/fr.mp4", "video/stems/fr.flac", "video/stems/me.flac")
    for path in paths:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(path.encode())
    old = str(films / "old.mp4")
    asked = babelreel(root, "conform", old, "--json")
    assert asked.document["stays"] == sorted(paths, key=lambda path: "signed" in path)
    done = babelreel(root, "conform", old, "--yes")
    told = " ".join(done.out.split())
    assert "cannot be moved, and no longer fits: video/signed/fr.mp4, the film of an interpreter" in told
    digests = {path: sha256(path.encode()).hexdigest() for path in paths}
    film = sha256((films / "old.mp4").read_bytes()).hexdigest()
    noted = json.loads((root / "video" / "master.subtitles.json").read_bytes())["made_for_another_film"]
    assert noted == {path: {"sha256": digests[path], "film": film} for path in paths}
