from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.app.publish.places import Place, open_place
from babelreel.app.publish.publish import publish
from babelreel.app.publish.sending import send
from babelreel.delivery.manifest import parse_manifest
from babelreel.errors import DamagedError, UsageError
from babelreel.graph.digests import DigestCache
from babelreel.graph.notes import Notes
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role, Status
from babelreel.model.delivery.published_paths import DESCRIPTIONS, MANIFEST, SCHEMA, SUMS
from support.manifests import published_language
from support.projects import snapshot

FILM, PAGE, SEGMENT = "fr/film.fr.mp4", "fr/index.html", "stream/text-fr/0123456789abcdef/1.vtt"
FIRST = {FILM: b"film", PAGE: b"page", SEGMENT: b"segment"}
SECOND = {FILM: b"flim", PAGE: b"gape", "ar/film.ar.mp4": b"film"}


class CutOffError(Exception):
    """The line is dead."""


class Shelf:
    """A place that notes the order of what it is asked for, and dies after so many changes."""

    address = "shelf"

    def __init__(self, most_changes: int = 1000) -> None:
        self.files: dict[str, bytes] = {}
        self.kept: dict[str, tuple[str, str]] = {}
        self.changes: list[tuple[str, str]] = []
        self.most_changes = most_changes

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def put(self, path: str, content: Path | bytes, *, mime: str, cache: str) -> None:
        self._change("put", path)
        self.files[path] = content if isinstance(content, bytes) else content.read_bytes()
        self.kept[path] = mime, cache

    def sizes(self) -> dict[str, int]:
        return {path: len(content) for path, content in self.files.items()}

    def delete(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._change("delete", path)
            self.files.pop(path, None)

    def _change(self, kind: str, path: str) -> None:
        if len(self.changes) >= self.most_changes:
            raise CutOffError
        self.changes.append((kind, path))


def output_of(folder: Path, contents: dict[str, bytes]) -> Path:
    files = tuple(
        PublishedFile(
            path=path,
            role=Role.PAGE if path.endswith(".html") else Role.VIDEO,
            language=path.split("/", maxsplit=1)[0],
            mime="text/html; charset=utf-8" if path.endswith(".html") else "video/mp4",
            bytes=len(content),
            sha256=sha256(content).hexdigest(),
        )
        for path, content in contents.items()
    )
    manifest = Manifest(
        title="Film",
        slug="film",
        status=Status.COMPLETE,
        languages=(published_language("fr"),),
        files=files,
        tools=(),
    )
    publish(folder / "output", manifest, contents, DigestCache(Notes(folder / "notes")))
    return folder / "output"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return output_of(tmp_path / "first", FIRST)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return output_of(tmp_path / "second", SECOND)


def test_a_place_holds_what_is_published_and_the_second_time_nothing_is_sent(first: Path) -> None:
    shelf = Shelf()
    sent = send(first, shelf)
    assert shelf.files == snapshot(first)
    assert (sent.sent, sent.removed) == (3, 0)
    shelf.changes.clear()
    assert send(first, shelf).sent == 0
    assert shelf.changes == []


def test_what_is_new_goes_before_the_pages_the_manifest_comes_after_all_and_only_then_is_removed(
    first: Path, second: Path
) -> None:
    shelf = Shelf()
    send(first, shelf)
    shelf.changes.clear()
    sent = send(second, shelf)
    assert shelf.files == snapshot(second)
    order = [change for change in shelf.changes if change[1] not in {SUMS, SCHEMA}]
    assert {path for _, path in order[:2]} == {FILM, "ar/film.ar.mp4"}
    assert order[2:] == [("put", PAGE), ("put", MANIFEST), ("delete", SEGMENT)]
    assert (sent.sent, sent.removed) == (3, 1)


def test_types_and_ages_are_kept_and_only_segments_for_ever(first: Path) -> None:
    shelf = Shelf()
    send(first, shelf)
    assert shelf.kept[PAGE] == ("text/html; charset=utf-8", "no-cache")
    assert shelf.kept[SEGMENT][1] == "public, max-age=31536000, immutable"
    assert {shelf.kept[path][1] for path in (FILM, *DESCRIPTIONS)} == {"no-cache"}


@settings(deadline=None, max_examples=60)
@given(
    runs=st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["first", "second"])), max_size=5), last=st.booleans()
)
def test_runs_that_are_cut_off_anywhere_leave_what_the_manifest_lists_and_one_more_makes_all_right(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[int, str]], *, last: bool
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    outputs = {"first": output_of(folder / "first", FIRST), "second": output_of(folder / "second", SECOND)}
    shelf = Shelf()
    shelf.files["notes/somebody.txt"] = b"not ours"
    for cut, name in runs:
        shelf.changes.clear()
        shelf.most_changes = cut
        try:
            send(outputs[name], shelf)
        except CutOffError:
            told = shelf.files.get(MANIFEST)
            assert not told or {file.path for file in parse_manifest(told.decode()).files} <= shelf.files.keys()
    shelf.changes.clear()
    shelf.most_changes = 1000
    after = outputs["first" if last else "second"]
    send(after, shelf)
    assert shelf.files == snapshot(after) | {"notes/somebody.txt": b"not ours"}


def test_a_file_that_was_lost_or_cut_short_there_is_sent_again(first: Path) -> None:
    shelf = Shelf()
    send(first, shelf)
    del shelf.files[PAGE]
    shelf.files[FILM] = b"fi"
    assert send(first, shelf).sent == 2
    assert shelf.files == snapshot(first)


def test_a_file_of_somebody_else_is_in_the_way_and_stays(first: Path) -> None:
    shelf = Shelf()
    shelf.files[PAGE] = b"my own page"
    with pytest.raises(UsageError, match=r"fr/index\.html lies there already"):
        send(first, shelf)
    assert shelf.files == {PAGE: b"my own page"}


def test_a_file_of_somebody_else_is_in_the_way_of_a_new_one_too(first: Path, second: Path) -> None:
    shelf = Shelf()
    send(first, shelf)
    before = shelf.files["ar/film.ar.mp4"] = b"mine"
    with pytest.raises(UsageError, match=r"ar/film\.ar\.mp4 lies there already"):
        send(second, shelf)
    assert shelf.files == snapshot(first) | {"ar/film.ar.mp4": before}


def test_a_flipped_bit_that_makes_the_name_of_somebody_elses_file_takes_nothing_of_theirs(
    first: Path, second: Path
) -> None:
    shelf = Shelf()
    send(first, shelf)
    mine = SEGMENT.replace("1.vtt", "3.vtt")  # "1" and "3" differ in one bit
    shelf.files |= {mine: b"mine", SUMS: shelf.files[SUMS].replace(SEGMENT.encode(), mine.encode())}
    send(second, shelf)
    assert shelf.files == snapshot(second) | {mine: b"mine"}


def test_sums_that_are_damaged_here_are_not_sent(first: Path) -> None:
    (first / SUMS).write_bytes((first / SUMS).read_bytes().replace(b"index", b"indey"))
    shelf = Shelf()
    with pytest.raises(DamagedError, match="not what was published"):
        send(first, shelf)
    assert shelf.files == {}


def test_what_a_later_version_published_is_left_alone(first: Path) -> None:
    shelf = Shelf()
    shelf.files = {MANIFEST: b'{"schema_version": 99}', SUMS: b""}
    with pytest.raises(UsageError, match="cannot read"):
        send(first, shelf)
    assert shelf.changes == []


def test_a_file_that_is_damaged_here_is_not_sent(first: Path) -> None:
    (first / FILM).chmod(0o644)
    (first / FILM).write_bytes(b"fiLm")
    shelf = Shelf()
    with pytest.raises(DamagedError, match="not what was published"):
        send(first, shelf)
    assert MANIFEST not in shelf.files


def test_a_folder_is_a_place_too(first: Path, second: Path, tmp_path: Path) -> None:
    place: Place = open_place("web site/film", root=tmp_path)
    send(first, place)
    assert snapshot(tmp_path / "web site/film") == snapshot(first)
    send(second, place)
    assert snapshot(tmp_path / "web site/film") == snapshot(second)
    assert not (tmp_path / "web site/film/stream").exists(), "an empty folder is no part of a publication"
    assert send(second, place).sent == 0


@pytest.mark.parametrize(
    "address", ["ftp://films/x", "s3://", "s3://user:secret@films/x", "s3://films/x?y=z", "a file"]
)
def test_an_address_that_is_none_is_told_without_its_secrets(address: str, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(UsageError) as caught:
        open_place(address, root=tmp_path)
    assert "secret" not in str(caught.value)
