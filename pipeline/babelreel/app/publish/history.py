"""Keep the files of earlier publications until nobody wants them back any more.

::

    .babelreel/earlier/<output>/000007/   manifest.json of a publication, and those of its files that the next replaced

A file of an earlier publication lies there, in that of a later one, or still in ``output/``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from babelreel.app.publish.own_files import is_still_there, listed_sums, read_manifest
from babelreel.app.publish.staging import is_interrupted
from babelreel.app.publish.swap import recover
from babelreel.errors import BabelreelError, MachineError
from babelreel.graph.clean import EARLIER
from babelreel.graph.digests import DigestCache
from babelreel.graph.files import UNFINISHED, digest_file, remove_folder, sync_folder
from babelreel.graph.lock import hold_project
from babelreel.model.delivery.manifest import Manifest, PublishedFile
from babelreel.model.delivery.published_paths import MANIFEST
from babelreel.model.project import Project
from babelreel.regular_files import real_path

#: So many publications can be taken back at most.
MOST = 3
#: They may take this much room, or as much as what is published, if that is more.
_LEAST_BYTES = 1_000_000_000
_NAME_CHARS = 16
_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What was published in one folder before, the latest last, in a ``folder`` of the project's own."""

    folder: Path

    def generations(self) -> tuple[Path, ...]:
        """List the folders of earlier publications, the latest last."""
        try:
            found = [path for path in self.folder.iterdir() if path.name.isdigit() and path.is_dir()]
        except OSError:
            return ()
        return tuple(sorted(found, key=lambda path: int(path.name)))

    def keep(self, old: Path, without: Iterable[str] = ()) -> None:
        """Take the files that were replaced; where there is no room for them, nothing can be taken back.

        The oldest publications go when there are too many of them, or they take too much room. Files ``without`` which
        nothing is lost, because they are not what was published, are not kept.
        """
        self.sweep()
        with suppress(OSError):
            for path in without:
                (old / path).unlink(missing_ok=True)
        last = max((int(path.name) for path in self.generations()), default=0)
        target = self.folder / f"{last + 1:0{_DIGITS}}"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            _move(old, target)
            sync_folder(self.folder)
            self._bound()

    def manifest(self, generation: Path) -> Manifest | None:
        """Read the manifest of an earlier publication, or ``None`` where it is not the one that its sums describe."""
        sums = listed_sums(generation)
        with suppress(BabelreelError):
            if sums.get(MANIFEST) == digest_file(generation / MANIFEST):
                return read_manifest(generation)
        return None

    def find(self, file: PublishedFile) -> Path | None:
        """Find a file of an earlier publication as it was then, if it is there still."""
        for path in self._places(file.path):
            with suppress(OSError, BabelreelError):
                if path.stat().st_size == file.bytes and digest_file(path) == file.sha256:
                    return path
        return None

    def lacking(self, before: Manifest | None, now: Manifest, output: Path, digests: DigestCache) -> tuple[str, ...]:
        """List the files that were published before, and are neither what they were, nor published again or kept."""
        again = {(file.path, file.sha256) for file in now.files}
        replaced = (file for file in (before.files if before else ()) if (file.path, file.sha256) not in again)
        lost = (file for file in replaced if not _is_whole(output, file, digests))
        return tuple(file.path for file in lost if not self.find(file))

    def drop(self, generation: Path) -> None:
        """Forget a publication, in one step: one that lacks files is never taken for one to go back to."""
        going = generation.with_name(f"{UNFINISHED}{generation.name}")
        with suppress(OSError):
            generation.replace(going)
        remove_folder(going)

    def sweep(self) -> None:
        """Remove what a run that was killed was about to forget, or had not kept whole."""
        with suppress(OSError):
            for path in self.folder.glob(f"{UNFINISHED}*"):
                remove_folder(path)

    def _places(self, path: str) -> Iterator[Path]:
        return (generation / path for generation in self.generations() if (generation / path).is_file())

    def _bound(self) -> None:
        generations = list(self.generations())
        sizes = {path: _size(path) for path in generations}
        manifest = read_manifest(generations[-1]) if generations else None  # the system may have refused to list them
        room = max(_LEAST_BYTES, sum(file.bytes for file in manifest.files) if manifest else 0)
        while generations and (len(generations) > MOST or sum(sizes[each] for each in generations) > room):
            self.drop(generations.pop(0))


def history_of(project: Project, output: Path) -> History:
    """Find the earlier publications of a project in one folder: one project may be published in several."""
    name = sha256(str(real_path(output)).encode("utf-8", "surrogateescape")).hexdigest()[:_NAME_CHARS]
    return History(folder=project.state_dir / EARLIER / name)


def _is_whole(output: Path, file: PublishedFile, digests: DigestCache) -> bool:
    with suppress(MachineError):  # what cannot be read now cannot be given back either
        return is_still_there(output, file, digests)
    return False


def _move(old: Path, target: Path) -> None:
    """Move a folder in one step, or copy it where it lies on another disk."""
    with suppress(OSError):
        old.replace(target)
        return
    unfinished = target.with_name(f"{UNFINISHED}{target.name}")
    try:
        remove_folder(unfinished)
        shutil.copytree(old, unfinished)
        unfinished.replace(target)
    except BaseException:  # half of it is worth nothing, and takes the room that is lacking
        remove_folder(unfinished)
        raise


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def settle(project: Project, output: Path) -> None:
    """Put a publication in order that a killed run has left behind.

    Raises ``LockedError`` where a run is at it now, and ``MachineError`` where it can be neither finished nor undone.
    """
    if is_interrupted(output):
        with hold_project(project.state_dir):
            recover(output, history_of(project, output).keep)
