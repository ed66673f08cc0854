"""Whatever stops a publication: is what the manifest lists right at all moments, and is everything put in order?

A publication of some languages is followed by another one with files that are new, changed, the same and gone. Each
call that changes a file is, in a process of its own, the last before the process is killed, or the one that fails.
About twenty seconds of processor time.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from babelreel.app.publish.history import History
from babelreel.app.publish.own_files import read_manifest
from babelreel.app.publish.publish import publish, unpublish
from babelreel.app.publish.staging import STAGING
from babelreel.app.publish.swap import recover
from babelreel.errors import BabelreelError
from babelreel.graph.digests import DigestCache
from babelreel.graph.notes import Notes
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role, Status
from babelreel.model.delivery.published_paths import DESCRIPTIONS, MANIFEST
from support.failing_os import watched_os
from support.manifests import published_language

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")

SEEDS = (1, 2)
FAULTS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE)
#: The number of a call after the journal is written, and before the manifest is in its place.
IN_THE_SWAP = 42
#: The end of a process that the system killed.
KILLED = 137
WRONG = 99

Contents = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An output folder with the first of two publications in it, beside the file of somebody else."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def history(self) -> History:
        return History(folder=self.root / "earlier")

    def publish(self, contents: Contents) -> None:
        digests = DigestCache(Notes(self.root / "notes"))
        publish(self.output, manifest_of(contents), dict(contents), digests, self.history.keep)

    def contents(self) -> dict[str, bytes]:
        """Give all that lies there, less what describes it and what was never ours."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name not in {*DESCRIPTIONS, "README.md"}
        }

    def faults(self) -> list[str]:
        """Say what is not as the manifest says, if there is one; and if somebody else's file was touched."""
        found = [] if (self.output / "README.md").read_bytes() == b"mine" else ["README.md"]
        if not (self.output / MANIFEST).exists():
            return found
        manifest = read_manifest(self.output)
        if manifest is None:
            return ["the manifest is none"]
        for file in manifest.files:
            path = self.output / file.path
            if not path.is_file() or sha256(path.read_bytes()).hexdigest() != file.sha256:
                found.append(file.path)
        return found


def manifest_of(contents: Contents) -> Manifest:
    tags = sorted({path.split("/")[0] for path in contents})
    return Manifest(
        title="Film",
        slug="film",
        status=Status.COMPLETE,
        languages=tuple(published_language(tag) for tag in tags),
        files=tuple(
            PublishedFile(
                path=path,
                role=Role.CAPTIONS,
                language=path.split("/")[0],
                bytes=len(content),
                sha256=sha256(content).hexdigest(),
                mime="text/vtt",
            )
            for path, content in sorted(contents.items())
        ),
        tools=(),
    )


def two_publications(seed: int) -> tuple[Contents, Contents]:
    """Make contents of some languages, of which each file stays, changes, goes or comes."""
    chance = random.Random(seed)  # noqa: S311 - it must come again
    before: dict[str, bytes] = {"fr/gone.vtt": b"g", "nl/only.vtt": b"n"}
    after: dict[str, bytes] = {"fr/new.vtt": b"w", "zh/only.vtt": b"z"}
    for number in range(4):
        path = f"{chance.choice(['fr', 'ar'])}/{number}.vtt"
        before[path] = after[path] = chance.randbytes(9)
        if chance.random() < 0.6:
            after[path] = chance.randbytes(9)
    return before, after


def make_place(root: Path, before: Contents) -> Place:
    place = Place(root=root)
    place.output.mkdir(parents=True)
    (place.output / "README.md").write_bytes(b"mine")
    place.publish(before)
    return place


def in_a_process(work: Callable[[], None]) -> int:
    """Do something in a copy of this process, and give its exit code."""
    child = os.fork()
    if child == 0:
        code = 0
        try:
            work()
        except BaseException:  # noqa: BLE001 - nothing of the copy may come back into the tests
            code = 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def stopped_at(place: Place, contents: Contents, number: int, stop: Callable[[str, tuple[Any, ...]], None]) -> int:
    """Publish in a process of its own in which ``stop`` is called before call ``number``; see that all holds till then.

    Gives the exit code: 0 when there were fewer calls.
    """
    calls = 0

    def before(name: str, arguments: tuple[Any, ...]) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            stop(name, arguments)

    def after() -> None:
        if place.faults():
            os._exit(WRONG)

    def work() -> None:
        with watched_os(before, after):
            place.publish(contents)

    return in_a_process(work)


def kill(_name: str, _arguments: tuple[Any, ...]) -> None:
    os._exit(KILLED)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_publication_that_is_killed_at_any_call_is_finished_or_undone(tmp_path: Path, seed: int) -> None:
    before, after = two_publications(seed)
    points, code = 0, KILLED
    while code == KILLED:
        place = make_place(tmp_path / str(points), before)
        code = stopped_at(place, after, points + 1, kill)
        assert code in {KILLED, 0}, f"seed {seed}, call {points + 1}: the manifest was wrong for a moment"
        points += 1
        assert place.faults() == []
        recover(place.output, place.history.keep)
        assert place.faults() == []
        assert (place.output / MANIFEST).is_file()
        assert not (place.output / STAGING).exists()
        assert place.contents() in (before, after), f"seed {seed}, call {points}"
        place.publish(after)
        assert place.contents() == after
        assert place.faults() == []
        # the first publication can be taken back, and nothing half is left of it
        (kept,) = place.history.generations()
        assert read_manifest(kept) == manifest_of(before)
        shutil.rmtree(place.root)
    assert points > 40, "so many calls can be told from one another"


def test_a_command_that_is_killed_while_it_finishes_is_finished_by_the_next(tmp_path: Path) -> None:
    before, after = two_publications(1)
    points, code = 0, KILLED
    while code == KILLED:
        place = make_place(tmp_path / str(points), before)
        assert stopped_at(place, after, IN_THE_SWAP, kill) == KILLED
        assert not (place.output / MANIFEST).exists()
        code = in_a_process(partial(_recover_until, place, points + 1))
        points += 1
        assert code in {KILLED, 0}, f"call {points}: the manifest was wrong for a moment"
        recover(place.output, place.history.keep)
        assert place.contents() == after, f"call {points}"
        assert place.faults() == []
        assert (place.output / MANIFEST).is_file()
        assert not (place.output / STAGING).exists()
        shutil.rmtree(place.root)
    assert points > 10, "so many calls can be told from one another"


def _recover_until(place: Place, number: int) -> None:
    calls = 0

    def before(_name: str, _arguments: tuple[Any, ...]) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            os._exit(KILLED)

    def after() -> None:
        if place.faults():
            os._exit(WRONG)

    with watched_os(before, after):
        recover(place.output, place.history.keep)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_call_that_fails_leaves_the_publication_before_or_the_new_one(tmp_path: Path, seed: int) -> None:
    before, after = two_publications(seed)
    points, failed = 0, True
    while failed:
        number = FAULTS[points % len(FAULTS)]
        place = make_place(tmp_path / str(points), before)
        mark = tmp_path / f"failed {points}"

        def fail(_name: str, _arguments: tuple[Any, ...], mark: Path = mark, number: int = number) -> None:
            mark.write_text("")
            raise OSError(number, os.strerror(number))

        code = stopped_at(place, after, points + 1, fail)
        points += 1
        failed = mark.exists()
        assert code != WRONG, f"seed {seed}, call {points}: the manifest was wrong for a moment"
        assert place.faults() == []
        assert read_manifest(place.output) in (manifest_of(before), manifest_of(after)), f"seed {seed}, call {points}"
        recover(place.output)
        assert place.contents() in (before, after), f"seed {seed}, call {points}"
        place.publish(after)
        assert place.contents() == after
        shutil.rmtree(place.root)
    assert points > 40, "so many calls can be told from one another"


def test_a_folder_that_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    before, after = two_publications(1)
    place = make_place(tmp_path / "film", before)
    described = (place.output / MANIFEST).read_bytes()

    def refuse(name: str, arguments: tuple[Any, ...]) -> None:
        """Do as the system does where output/fr is read-only: no name in it changes."""
        closed = place.output / "fr"
        if name in {"rename", "replace", "unlink"} and any(closed in Path(str(each)).parents for each in arguments[:2]):
            raise PermissionError(errno.EACCES, "Permission denied", str(arguments[0]))

    with pytest.raises(BabelreelError) as caught, watched_os(refuse, lambda: None):
        place.publish(after)
    assert caught.value.exit_code == 4
    assert place.contents() == before
    assert (place.output / MANIFEST).read_bytes() == described
    assert not (place.output / STAGING).exists()


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "later"])
def test_a_publication_whose_journal_is_damaged_is_undone_at_whatever_call_it_was_killed(
    tmp_path: Path, damage: str
) -> None:
    before, after = two_publications(2)
    chance = random.Random(damage)  # noqa: S311 - it must come again
    points, damaged, code = 0, 0, KILLED
    while code == KILLED:
        place = make_place(tmp_path / str(points), before)
        code = stopped_at(place, after, points + 1, kill)
        points += 1
        journal = place.output / STAGING / "journal.json"
        if code == KILLED and journal.exists():
            damaged += 1
            journal.write_bytes(DAMAGES[damage](bytearray(journal.read_bytes()), chance))
            recover(place.output, place.history.keep)
        else:
            recover(place.output, place.history.keep)
        assert place.faults() == []
        assert (place.output / MANIFEST).is_file()
        assert not (place.output / STAGING).exists()
        assert place.contents() in (before, after), f"call {points}"
        place.publish(after)
        assert (place.contents(), place.faults()) == (after, [])
        shutil.rmtree(place.root)
    assert damaged > 10, "so many calls can be told from one another"


def flip(content: bytearray, chance: random.Random) -> bytes:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


DAMAGES: Mapping[str, Callable[[bytearray, random.Random], bytes]] = {
    "flipped": flip,
    "cut": lambda content, chance: bytes(content[: chance.randrange(len(content))]),
    "empty": lambda _content, _chance: b"",
    "later": lambda content, _chance: bytes(content.replace(b'"version": 2', b'"version": 3')),
}


def test_what_the_version_before_was_killed_at_is_finished(tmp_path: Path) -> None:
    before, after = two_publications(1)
    place = make_place(tmp_path, before)
    assert stopped_at(place, after, IN_THE_SWAP, kill) == KILLED
    journal = place.output / STAGING / "journal.json"
    document = json.loads(journal.read_text())
    del document["sum"]
    journal.write_text(json.dumps({**document, "version": 1}))
    recover(place.output, place.history.keep)
    assert (place.contents(), place.faults()) == (after, [])


def test_what_was_half_swept_away_is_not_put_back(tmp_path: Path) -> None:
    before, _ = two_publications(1)
    points, code = 0, KILLED
    while code == KILLED:
        place = make_place(tmp_path / str(points), before)
        points += 1

        def work(place: Place = place, number: int = points) -> None:
            left = iter(range(number - 1, -1, -1))
            with watched_os(lambda _name, _arguments: None if next(left, 0) else os._exit(KILLED), lambda: None):
                unpublish(place.output)

        code = in_a_process(work)
        recover(place.output)
        assert place.faults() == [], f"call {points}"
        assert place.contents() in (before, {}), f"call {points}"
        shutil.rmtree(place.root)
    assert points > 20, "so many calls can be told from one another"


def test_a_file_that_cannot_be_looked_at_is_not_taken_for_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = two_publications(1)
    real, looks, number = os.stat, 0, 0

    def stat(path: Any, *arguments: Any, **named: Any) -> os.stat_result:  # noqa: ANN401 - any call of the system
        nonlocal looks
        if str(path).endswith("output/fr/gone.vtt"):
            looks += 1
            if looks == number:
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *arguments, **named)

    while looks >= number:
        place = make_place(tmp_path / str(number), before)
        looks, number = 0, number + 1
        with monkeypatch.context() as patched:
            patched.setattr(os, "stat", stat)
            with suppress(BabelreelError, PermissionError):
                place.publish(after)
        recover(place.output)
        assert place.contents() in (before, after), f"look {number}"
        assert place.faults() == []
    assert number > 3, "so many looks can be told from one another"


def test_a_journal_that_names_places_elsewhere_is_none(tmp_path: Path) -> None:
    place = make_place(tmp_path / "film", {"fr/a.vtt": b"oui"})
    precious = tmp_path / "film/precious.txt"
    precious.write_text("keep")
    (place.output / STAGING / "new").mkdir(parents=True)
    journal = '{"placed": [], "removed": ["../precious.txt"], "is_kept": false, "version": 1}'
    (place.output / STAGING / "journal.json").write_text(journal)
    recover(place.output)
    assert precious.read_text() == "keep"
    assert not (place.output / STAGING).exists()
