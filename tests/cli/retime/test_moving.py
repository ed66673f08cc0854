"""Do "shift" and "stretch" say what moves, and leave all as it is where they say that they do?"""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from support.places import REPOSITORY
from support.projects import babelreel, snapshot
from support.tracks import srt

LINES = ((1000, 3000, "Tu as des droits."), (5000, 8000, "Appelle le 112."), (9000, 12_000, "C’est gratuit."))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "subtitles").mkdir()
    for tag in ("en", "fr"):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt(*LINES), "utf-8")
    return tmp_path


def test_shift_shows_a_table_and_undo_names_the_call(root: Path) -> None:
    before = snapshot(root / "subtitles")
    done = babelreel(root, "shift", "fr", "--by=+2.0s")
    assert done.code == 0
    assert done.out.splitlines() == [
        "language  lines  moved  shortened  cut in two  removed",
        "fr            3      3          0           0        0",
    ]
    assert "1 file written" in done.err
    moved = srt(*((start + 2000, end + 2000, text) for start, end, text in LINES))
    assert (root / "subtitles" / "fr.srt").read_text("utf-8") == moved
    assert "the last change is undone: “shift fr --by=+2.0s”" in babelreel(root, "undo").err
    assert snapshot(root / "subtitles") == before


def test_a_dry_run_of_stretch_shows_the_same_and_writes_nothing(root: Path) -> None:
    before = snapshot(root)
    done = babelreel(root, "stretch", "--by=25/24", "--dry-run")
    assert (done.code, done.err) == (0, "nothing was written\n")
    assert len(done.out.splitlines()) == 3
    assert snapshot(root) == before


def test_a_line_goes_only_with_a_word_and_its_text_is_told(root: Path) -> None:
    before = snapshot(root / "subtitles")
    done = babelreel(root, "shift", "fr", "--by=-4s", "--from=3")
    assert done.code == 2
    assert "fr line 2 is removed, because others take its place: “Appelle le 112.”" in done.out
    assert "--yes" in done.err
    assert snapshot(root / "subtitles") == before
    assert babelreel(root, "shift", "fr", "--by=-4s", "--from=3", "--yes").code == 0
    assert "112" not in (root / "subtitles" / "fr.srt").read_text("utf-8")


@pytest.mark.parametrize(
    "call",
    [
        ("shift", "--by=-2s"),
        ("shift", "--by=fast"),
        ("shift", "de", "--by=1s"),
        ("shift", "--by=1s", "--from=99"),
        ("shift", "--by=1s", "--from=9:00"),
        ("stretch", "--by=2"),
        ("shift", "--by=+12f"),
        ("stretch", "--by=0/0"),
    ],
)
def test_what_cannot_be_done_is_told_in_four_lines_and_changes_nothing(root: Path, call: tuple[str, ...]) -> None:
    before = snapshot(root / "subtitles")
    done = babelreel(root, *call)
    assert done.code == 2
    assert 2 <= len(done.err.splitlines()) <= 4
    assert snapshot(root / "subtitles") == before


@pytest.mark.parametrize(("written", "meant"), [("5", "+5s"), ("-0.5", "-0.5s")])
def test_a_time_without_a_unit_is_told_with_one(root: Path, written: str, meant: str) -> None:
    assert f"Add the unit: --by={meant}\n" in babelreel(root, "shift", f"--by={written}").err


def test_a_rate_that_no_film_is_played_at_is_told_with_its_bounds(root: Path) -> None:
    assert "between 1/4 and 4" in babelreel(root, "stretch", "--by=1000").err


def test_a_rate_at_which_no_film_is_played_is_asked_about(root: Path) -> None:
    before = snapshot(root / "subtitles")
    asked = babelreel(root, "stretch", "fr", "--by=0.25")
    assert asked.code == 2
    # 2 s become 0.5, 3 s become 0.75
    assert "fr line 1 becomes too short to be read (0.50 s): “Tu as des droits.”" in asked.out
    assert "0.25 is not the ratio of two common frame rates" in asked.err
    assert "--yes" in asked.err
    assert snapshot(root / "subtitles") == before
    assert babelreel(root, "stretch", "fr", "--by=0.25", "--yes").code == 0
    assert "00:00:01,250 --> 00:00:02,000" in (root / "subtitles" / "fr.srt").read_text("utf-8")


def test_the_wrong_sign_is_told_by_the_voices_of_the_film_and_the_right_one_is_named(root: Path) -> None:
    (root / "video").mkdir()
    shutil.copy(REPOSITORY / "video" / "master.probe.json", root / "video")
    shutil.copy(REPOSITORY / "subtitles" / "fr.srt", root / "subtitles")
    assert babelreel(root, "shift", "fr", "--by=+2.4s", "--yes").code == 0  # as if the film had lost its opening
    before = snapshot(root / "subtitles")
    asked = babelreel(root, "shift", "fr", "--by=+2.4s")
    assert asked.code == 2
    assert "after babelreel shift --by=-2.4s" in " ".join(asked.err.split())
    assert snapshot(root / "subtitles") == before
    right = babelreel(root, "shift", "fr", "--by=-2.4s")
    assert (right.code, "voice" in right.err) == (0, False)
    away = babelreel(root, "shift", "fr", "--by=+2.4s")  # away from where they fit
    assert (away.code, away.err.startswith("now ")) == (2, True)


@pytest.mark.parametrize("call", [("shift", "fr", "--by=+60s"), ("stretch", "fr", "--by=25/12")])
def test_lines_that_would_start_after_the_film_are_told_before_anything_is_written(
    root: Path, call: tuple[str, ...]
) -> None:
    (root / "video").mkdir()
    shutil.copy(REPOSITORY / "video" / "master.probe.json", root / "video")  # 88 s of film
    subtitles = root / "subtitles" / "fr.srt"
    subtitles.write_text(srt((10_000, 12_000, "Tu as des droits."), (45_000, 47_000, "Appelle le 112.")), "utf-8")
    before = subtitles.read_bytes()
    asked = babelreel(root, *call)
    assert asked.code == 2
    assert "1 of 2 lines would start after the end of the film" in " ".join(asked.err.split())
    assert subtitles.read_bytes() == before
    assert babelreel(root, *call, "--yes").code == 0


def test_who_moves_languages_says_of_which_film_they_are_now(root: Path) -> None:
    film, said = root / "video" / "master.mp4", root / "video" / "master.subtitles.json"
    film.parent.mkdir()
    shutil.copy(REPOSITORY / "video" / "master.fingerprint", film.parent)
    film.write_bytes(b"another film than the one that was probed")
    new = sha256(film.read_bytes()).hexdigest()
    assert babelreel(root, "shift", "--by=+2.0s", "--dry-run").code == 0
    assert not said.exists()
    assert babelreel(root, "shift", "fr", "--by=+1s", "--yes").code == 0  # nothing of this is undone below
    said.unlink()
    moved = snapshot(root / "subtitles")
    assert "it is noted that the subtitles fit this film" in babelreel(root, "shift", "--by=0s").err
    assert json.loads(said.read_bytes()) == {"subtitles_are_of_film": new}
    assert "the last change is undone: “shift --by=0s”" in babelreel(root, "undo").err
    assert json.loads(said.read_bytes())["subtitles_are_of_film"] != new  # what was said is taken back
    assert snapshot(root / "subtitles") == moved
    said.unlink()
    assert babelreel(root, "stretch", "--by=25/24").code == 0
    assert json.loads(said.read_bytes()) == {"subtitles_are_of_film": new}
    assert babelreel(root, "undo").code == 0
    before = json.loads(said.read_bytes())
    assert before.keys() == {"subtitles_are_of_film"}
    assert before["subtitles_are_of_film"] != new
    assert babelreel(root, "stretch", "fr", "--by=25/24").code == 0
    assert json.loads(said.read_bytes()) == {**before, "but": {"fr": new}}
    assert babelreel(root, "undo").code == 0
    assert json.loads(said.read_bytes()) == before


def test_undo_puts_back_all_but_what_was_changed_since_and_names_it(root: Path) -> None:
    english, french = (root / "subtitles" / f"{tag}.srt" for tag in ("en", "fr"))
    before = english.read_bytes()
    assert babelreel(root, "shift", "--by=+2.0s").code == 0
    french.write_text(french.read_text("utf-8").replace("112", "113"), "utf-8")
    edited = french.read_bytes()
    undone = babelreel(root, "undo")
    assert undone.code == 0
    assert undone.out == "put back subtitles/en.srt\n"
    assert "left subtitles/fr.srt, which was changed since; what it held before lies in " in undone.err
    kept = Path(undone.err.rsplit(" lies in ", 1)[1].strip())
    assert (english.read_bytes(), french.read_bytes(), kept.read_bytes()) == (before, edited, before)
    again = babelreel(root, "undo")
    assert again.code == 2
    assert "A file was changed since. Nothing was put back." in again.err
    assert (english.read_bytes(), french.read_bytes(), kept.read_bytes()) == (before, edited, before)


def test_a_file_of_another_program_is_named_with_what_to_do_and_then_moves(root: Path) -> None:
    (root / "subtitles" / "nl.ttml").write_text(
        '<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="nl"><body><div>'
        '<p begin="00:00:01.000" end="00:00:03.000">Je hebt rechten.</p></div></body></tt>',
        "utf-8",
    )
    before = snapshot(root / "subtitles")
    refused = babelreel(root, "shift", "--by=+2.0s")
    assert refused.code == 2
    assert "subtitles/nl.ttml" in refused.err
    assert "babelreel convert subtitles/nl.ttml” writes it as .srt" in refused.err
    assert len(refused.err.splitlines()) <= 4
    assert snapshot(root / "subtitles") == before
    assert babelreel(root, "convert", "subtitles/nl.ttml").code == 0
    assert babelreel(root, "shift", "--by=+2.0s").code == 0
    assert "00:00:03,000 --> 00:00:05,000\nJe hebt rechten." in (root / "subtitles" / "nl.srt").read_text("utf-8")


def with_sign(root: Path, start: str, end: str) -> None:
    text = f'[[sign]]\nname = "court"\nfrom = "{start}"\nto = "{end}"\ntext = {{ en = "Court", fr = "Tribunal" }}\n'
    (root / "babelreel.toml").write_text(text, "utf-8")


def test_where_words_in_the_picture_go_alone_they_are_counted_and_where_they_are_shortened_they_are_named(
    root: Path,
) -> None:
    with_sign(root, "0:03.2", "0:04.8")
    before = snapshot(root)
    asked = babelreel(root, "shift", "--by=-1.8s", "--from=2")  # 0:05 becomes 0:03.2: nothing is left of the words
    assert asked.code == 2
    assert "the text in the picture “court” is removed, because others take its place" in asked.out
    assert "1 text in the picture would be removed. Nothing was written." in asked.err
    assert snapshot(root) == before
    shown = babelreel(root, "shift", "--by=-1s", "--from=2", "--dry-run")  # 0:05 becomes 0:04
    assert (shown.code, "the text in the picture “court” is shortened" in shown.out) == (0, True)


def test_words_that_would_begin_before_the_film_are_moved_by_less_and_not_converted(root: Path) -> None:
    with_sign(root, "0:00.5", "0:03")
    early = babelreel(root, "shift", "--by=-1s")
    assert (early.code, "Move by less" in early.err, "convert" in early.err) == (2, True, False)
    unusual = 'sign = [{ name = "court", from = "0:02", to = "0:03", text = { en = "Court", fr = "Tribunal" } }]\n'
    (root / "babelreel.toml").write_text(unusual, "utf-8")
    told = babelreel(root, "shift", "--by=1s")
    assert (told.code, "Correct it there" in told.err, "convert" in told.err) == (2, True, False)


def test_what_is_no_number_is_not_told_as_one_out_of_bounds(root: Path) -> None:
    told = babelreel(root, "stretch", "--by=fast")
    assert (told.code, told.err.splitlines()[0]) == (2, "babelreel: “fast” is not a number to multiply times by.")
    assert "between" not in told.err
