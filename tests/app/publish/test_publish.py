from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from babelreel.app.publish.own_files import read_manifest
from babelreel.app.publish.publish import publish, unpublish
from babelreel.app.publish.staging import STAGING
from babelreel.errors import BabelreelError, MachineError
from babelreel.graph.digests import DigestCache
from babelreel.graph.notes import Notes
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role, Status
from babelreel.model.delivery.published_paths import DESCRIPTIONS, MANIFEST, SUMS
from support.manifests import published_language


class Shop:
    """A store of made files and an output folder to publish them in."""

    def __init__(self, root: Path) -> None:
        self.store = root / "store"
        self.store.mkdir()
        self.output = root / "output"
        self.digests = DigestCache(Notes(root / "notes"))

    def manifest(self, contents: dict[str, bytes]) -> Manifest:
        languages = sorted({path.split("/")[0] for path in contents})
        return Manifest(
            title="Film",
            slug="film",
            status=Status.COMPLETE,
            languages=tuple(published_language(tag) for tag in languages),
            files=tuple(
                PublishedFile(
                    path=path,
                    role=Role.CAPTIONS,
                    language=path.split("/")[0],
                    rendition="",
                    sound="",
                    bytes=len(content),
                    sha256=sha256(content).hexdigest(),
                    duration_ms=0,
                    width_px=0,
                    height_px=0,
                    mime="text/vtt",
                )
                for path, content in contents.items()
            ),
            tools=(),
        )

    def publish(self, contents: dict[str, bytes]) -> tuple[set[str], set[str]]:
        sources = {}
        for path, content in contents.items():
            source = self.store / sha256(content).hexdigest()
            source.write_bytes(content)
            sources[path] = source
        done = publish(self.output, self.manifest(contents), sources, self.digests)
        return set(done.written), set(done.removed)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name not in DESCRIPTIONS
        }


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_everything_is_published_with_manifest_and_sums(shop: Shop) -> None:
    contents = {"fr/a.vtt": b"oui", "nl/a.vtt": b"ja"}
    assert shop.publish(contents) == ({"fr/a.vtt", "nl/a.vtt"}, set())
    assert shop.files() == contents
    assert read_manifest(shop.output) == shop.manifest(contents)
    assert not (shop.output / STAGING).exists()


def test_publishing_the_same_again_writes_nothing(shop: Shop) -> None:
    contents = {"fr/a.vtt": b"oui"}
    shop.publish(contents)
    before = {path: path.stat().st_mtime_ns for path in shop.output.rglob("*")}
    assert shop.publish(contents) == (set(), set())
    assert {path: path.stat().st_mtime_ns for path in shop.output.rglob("*")} == before


def test_only_what_changed_is_written(shop: Shop) -> None:
    shop.publish({"fr/a.vtt": b"oui", "nl/a.vtt": b"ja"})
    assert shop.publish({"fr/a.vtt": b"non", "nl/a.vtt": b"ja"}) == ({"fr/a.vtt"}, set())


def test_a_damaged_file_is_put_right(shop: Shop) -> None:
    shop.publish({"fr/a.vtt": b"oui"})
    (shop.output / "fr/a.vtt").write_bytes(b"ou?")
    assert shop.publish({"fr/a.vtt": b"oui"}) == ({"fr/a.vtt"}, set())
    assert shop.files() == {"fr/a.vtt": b"oui"}


def test_a_file_that_the_disk_does_not_give_back_is_put_right(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.publish({"fr/a.vtt": b"one", "fr/b.vtt": b"two"})
    real = shop.digests.digest

    def fail(path: Path) -> str:
        if path.name == "a.vtt":
            raise MachineError(what="A file or folder cannot be used.", where=str(path), why="Input/output error")
        return real(path)

    monkeypatch.setattr(shop.digests, "digest", fail)
    assert shop.publish({"fr/a.vtt": b"one", "fr/b.vtt": b"two"}) == ({"fr/a.vtt"}, set())
    assert (shop.output / "fr/a.vtt").read_bytes() == b"one"


def test_what_is_no_longer_made_goes_and_its_empty_folder_too(shop: Shop) -> None:
    shop.publish({"fr/a.vtt": b"oui", "nl/a.vtt": b"ja"})
    assert shop.publish({"fr/a.vtt": b"oui"}) == (set(), {"nl/a.vtt"})
    assert not (shop.output / "nl").exists()


def test_files_that_are_not_ours_stay(shop: Shop) -> None:
    shop.publish({"fr/a.vtt": b"oui"})
    (shop.output / "README.md").write_text("ours is not to touch this")
    (shop.output / "fr/notes.txt").write_text("nor this")
    shop.publish({"nl/a.vtt": b"ja"})
    assert set(shop.files()) == {"README.md", "fr/notes.txt", "nl/a.vtt"}


def test_a_source_that_fails_leaves_the_old_output_whole(shop: Shop) -> None:
    contents = {"fr/a.vtt": b"oui"}
    shop.publish(contents)
    new = {"fr/a.vtt": b"non", "nl/a.vtt": b"ja"}
    manifest = shop.manifest(new)
    good = shop.store / "good"
    good.write_bytes(b"non")
    with pytest.raises(BabelreelError):
        publish(shop.output, manifest, {"fr/a.vtt": good, "nl/a.vtt": shop.store / "missing"}, shop.digests)
    assert shop.files() == contents
    assert read_manifest(shop.output) == shop.manifest(contents)


def test_a_run_that_was_killed_in_between_is_repaired_by_the_next(shop: Shop) -> None:
    shop.publish({"fr/a.vtt": b"oui", "nl/a.vtt": b"ja"})
    (shop.output / MANIFEST).unlink()  # killed after the manifest was taken away
    (shop.output / STAGING).mkdir()
    (shop.output / STAGING / "half").write_bytes(b"o")
    assert shop.publish({"fr/a.vtt": b"oui"}) == (set(), {"nl/a.vtt"})
    assert shop.files() == {"fr/a.vtt": b"oui"}


def test_sums_cannot_name_a_file_outside_of_the_folder(shop: Shop) -> None:
    shop.publish({"fr/a.vtt": b"oui"})
    precious = shop.output.parent / "precious.txt"
    precious.write_text("keep")
    with (shop.output / SUMS).open("a") as sums:
        sums.write(f"{'0' * 64}  ../precious.txt\n")
    shop.publish({"nl/a.vtt": b"ja"})
    unpublish(shop.output)
    assert precious.read_text() == "keep"


@pytest.mark.parametrize("damaged", [SUMS, MANIFEST])
@pytest.mark.parametrize("is_taken_away", [False, True])
def test_a_flipped_bit_that_makes_the_name_of_somebody_elses_file_takes_nothing_of_theirs(
    shop: Shop, damaged: str, *, is_taken_away: bool
) -> None:
    shop.publish({"fr/a.vtt": b"oui", "nl/a.vtt": b"ja"})
    (shop.output / "nl/c.vtt").write_text("mine")
    told = shop.output / damaged
    told.write_bytes(told.read_bytes().replace(b"nl/a.vtt", b"nl/c.vtt"))  # "a" and "c" differ in one bit

    if is_taken_away:
        unpublish(shop.output)
    else:
        assert shop.publish({"fr/a.vtt": b"oui"}) == (set(), {"nl/a.vtt"})

    assert shop.files() == {"nl/c.vtt": b"mine"} | ({} if is_taken_away else {"fr/a.vtt": b"oui"})


def test_unpublishing_takes_ours_and_leaves_the_rest(shop: Shop) -> None:
    shop.publish({"fr/a.vtt": b"oui"})
    (shop.output / "README.md").write_text("stays")
    assert unpublish(shop.output) > 3
    assert [path.name for path in shop.output.rglob("*")] == ["README.md"]
