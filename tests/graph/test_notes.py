"""Is a note believed only as it was written, and is everything else a miss?"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.graph.notes import Notes, Topic
from babelreel.model.json_codec import decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    words: int
    language: str


HEARD = Topic(name="heard", version=3, read=lambda document: decode(document, Heard))
FRENCH = Heard(words=12, language="fr")


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "notes")


def only_file(tmp_path: Path) -> Path:
    (path,) = (path for path in (tmp_path / "notes").rglob("*") if path.is_file())
    return path


@pytest.mark.parametrize(
    "key", ["", "ab" * 32, "../../elsewhere", "/usr/bin/ffmpeg 9", "a name that is not \udcff UTF-8"]
)
def test_what_is_noted_is_known_under_its_key_and_no_other(notes: Notes, key: str) -> None:
    notes.keep(HEARD, key, FRENCH)
    assert notes.recall(HEARD, key) == FRENCH
    assert notes.recall(HEARD, f"{key}.") is None


def test_a_later_note_takes_the_place_of_an_earlier_one(notes: Notes, tmp_path: Path) -> None:
    notes.keep(HEARD, "a", FRENCH)
    notes.keep(HEARD, "a", replace(FRENCH, words=13))
    assert notes.recall(HEARD, "a") == Heard(words=13, language="fr")
    assert only_file(tmp_path).parent == tmp_path / "notes/heard"


def test_a_note_of_another_version_is_looked_for_again(notes: Notes) -> None:
    notes.keep(HEARD, "a", FRENCH)
    assert notes.recall(replace(HEARD, version=4), "a") is None


def with_sum(content: str) -> bytes:
    """Give a note with the right sum: what is wrong with it is something else."""
    note = json.loads(content)
    told = json.dumps([note["version"], note["key"], note["value"]], sort_keys=True, separators=(",", ":"))
    return json.dumps({**note, "sum": sha256(told.encode()).hexdigest()}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"version": 3, "key": "a"}',
        b'{"version": 3, "key": "a", "value": {"words": 12, "language": "fr"}}',
        b'{"version": 3, "key": "a", "value": {"words": 12, "language": "fr"}, "sum": 0}',
        with_sum('{"version": 3, "key": "b", "value": {"words": 12, "language": "fr"}}'),
        with_sum('{"version": 3, "key": "a", "value": {"words": 12.0, "language": "fr"}}'),
        with_sum('{"version": 3, "key": "a", "value": {"words": 12}}'),
    ],
)
def test_a_damaged_note_is_no_note(notes: Notes, tmp_path: Path, content: bytes) -> None:
    notes.keep(HEARD, "a", FRENCH)
    only_file(tmp_path).write_bytes(content)
    assert notes.recall(HEARD, "a") is None


def test_a_note_that_was_cut_off_anywhere_is_no_note(notes: Notes, tmp_path: Path) -> None:
    notes.keep(HEARD, "a", FRENCH)
    whole = only_file(tmp_path).read_bytes()
    for end in range(len(whole)):
        only_file(tmp_path).write_bytes(whole[:end])
        assert notes.recall(HEARD, "a") is None
    only_file(tmp_path).write_bytes(whole)
    assert notes.recall(HEARD, "a") == FRENCH


def test_a_note_of_which_any_bit_is_flipped_is_no_note(notes: Notes, tmp_path: Path) -> None:
    notes.keep(HEARD, "a", FRENCH)
    whole = only_file(tmp_path).read_bytes()
    for place in range(8 * len(whole)):
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        only_file(tmp_path).write_bytes(flipped)
        assert notes.recall(HEARD, "a") in {None, FRENCH}  # one space may become another kind of space


def test_a_folder_in_the_place_of_a_note_is_moved_aside(notes: Notes, tmp_path: Path) -> None:
    notes.keep(HEARD, "a", FRENCH)
    path = only_file(tmp_path)
    path.unlink()
    path.mkdir()
    (path / "mine.txt").write_text("mine")
    assert notes.recall(HEARD, "a") is None
    notes.keep(HEARD, "a", FRENCH)
    assert notes.recall(HEARD, "a") == FRENCH
    assert [each.read_text() for each in tmp_path.rglob("mine.txt")] == ["mine"]


def test_a_file_too_large_to_be_a_note_is_not_read(notes: Notes, tmp_path: Path) -> None:
    notes.keep(HEARD, "a", FRENCH)
    whole = only_file(tmp_path).read_bytes()
    only_file(tmp_path).write_bytes(whole + b" " * (1 << 25))
    assert notes.recall(HEARD, "a") is None


def test_what_is_forgotten_is_known_no_more(notes: Notes) -> None:
    notes.forget(HEARD, "a")
    notes.keep(HEARD, "a", FRENCH)
    assert notes.has_any(HEARD)
    notes.forget(HEARD, "a")
    assert (notes.recall(HEARD, "a"), notes.has_any(HEARD)) == (None, False)


def test_where_nothing_can_be_written_nothing_is_kept_and_the_work_goes_on(notes: Notes, tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"")  # a file stands where the folder should be: not even root can write
    notes.keep(HEARD, "a", FRENCH)
    assert notes.recall(HEARD, "a") is None


def test_nothing_is_written_before_there_is_something_to_note(notes: Notes, tmp_path: Path) -> None:
    assert (notes.recall(HEARD, "a"), notes.has_any(HEARD)) == (None, False)
    assert not any(tmp_path.iterdir())


def test_a_note_says_in_plain_json_what_it_is_about(notes: Notes, tmp_path: Path) -> None:
    notes.keep(HEARD, "a", FRENCH)
    assert json.loads(only_file(tmp_path).read_text("ascii")) == {
        "version": 3,
        "key": "a",
        "value": {"words": 12, "language": "fr"},
        "sum": sha256(b'[3,"a",{"language":"fr","words":12}]').hexdigest(),
    }
