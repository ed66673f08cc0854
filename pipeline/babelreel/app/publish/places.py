"""Where a publication can be sent: a bucket, or a folder such as the one that a web server shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from babelreel.errors import MachineError
from babelreel.graph.bucket_address import folder_of, is_bucket
from babelreel.graph.files import place_atomically, write_atomically
from babelreel.regular_files import read_regular
from babelreel.system_errors import house_errors


class Place(Protocol):
    """Files by path, each of which is there whole or not at all; safe for several threads."""

    address: str

    def read(self, path: str) -> bytes | None:
        """Read the content of a file, or ``None`` when there is none."""
        ...

    def put(self, path: str, content: Path | bytes, *, mime: str, cache: str) -> None:
        """Put a file in place of the one before, with its type and ``Cache-Control`` where a place keeps them."""
        ...

    def sizes(self) -> dict[str, int]:
        """List the length in bytes of every file, by path."""
        ...

    def delete(self, paths: Sequence[str]) -> None:
        """Remove files; one that is not there is no fault."""
        ...


def open_place(address: str, *, root: Path) -> Place:
    """Make ready to send to an address: a bucket's, or a folder, which counts from ``root`` and may be absent yet.

    Raises ``UsageError`` or ``MachineError``.
    """
    if is_bucket(address):
        return _bucket(address)
    return Folder(folder_of(address, root), address)


def _bucket(address: str) -> Place:
    with needing_obstore(address):
        from babelreel.graph.bucket import open_bucket  # noqa: PLC0415 - it needs obstore, which is an extra
    return open_bucket(address)


@contextmanager
def needing_obstore(address: str) -> Iterator[None]:
    """Say in words that what the block imports is an extra that is not installed; raises ``MachineError``."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MachineError(
            what="What speaks to buckets is not installed."
            if is_bucket(address)
            else "What a shared store needs is not installed: a folder needs it as well as a bucket.",
            where=address,
            hint='Install it: “python -m pip install "babelreel[bucket]"”.',
        ) from error


class Folder:
    """A place that is a folder of this machine, or one that it is connected with."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self.address = address

    def read(self, path: str) -> bytes | None:
        """Read the content of a file, or ``None`` when there is none."""
        with house_errors(self._folder / path):
            try:
                return read_regular(self._folder / path)
            except FileNotFoundError:
                return None

    def put(self, path: str, content: Path | bytes, *, mime: str, cache: str) -> None:  # noqa: ARG002 -- a folder keeps neither
        """Put a file in place of the one before."""
        if isinstance(content, bytes):
            write_atomically(self._folder / path, content)
        else:
            place_atomically(content, self._folder / path)

    def sizes(self) -> dict[str, int]:
        """List the length in bytes of every file, by path."""
        with house_errors(self._folder):
            files = (each for each in self._folder.rglob("*") if each.is_file() and not each.is_symlink())
            return {each.relative_to(self._folder).as_posix(): each.stat().st_size for each in files}

    def delete(self, paths: Sequence[str]) -> None:
        """Remove files, and the folders that are empty then."""
        with house_errors(self._folder):
            for path in paths:
                (self._folder / path).unlink(missing_ok=True)
            for folder in sorted({each for path in paths for each in Path(path).parents if each.parts}, reverse=True):
                if (self._folder / folder).is_dir() and not any((self._folder / folder).iterdir()):
                    (self._folder / folder).rmdir()
