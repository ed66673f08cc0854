from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from babelreel.app.publish.own_files import listed_files, read_manifest, refuse_later
from babelreel.errors import MachineError


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS"])
@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES, errno.EMFILE])
def test_what_is_published_is_not_taken_for_nothing_where_the_system_does_not_give_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    def refuse(path: Path) -> bytes:
        if path.name == name:
            raise OSError(code, os.strerror(code), str(path))
        return b""

    monkeypatch.setattr("babelreel.app.publish.own_files.read_regular", refuse)
    with pytest.raises(MachineError):
        listed_files(tmp_path)
    if name == "manifest.json":
        for look in (read_manifest, refuse_later):
            with pytest.raises(MachineError):
                look(tmp_path)


def test_where_there_is_no_file_nothing_is_published(tmp_path: Path) -> None:
    assert (read_manifest(tmp_path), listed_files(tmp_path)) == (None, frozenset())
    (tmp_path / "manifest.json").symlink_to("manifest.json")
    (tmp_path / "SHA256SUMS").mkdir()
    assert (read_manifest(tmp_path), listed_files(tmp_path)) == (None, frozenset())
