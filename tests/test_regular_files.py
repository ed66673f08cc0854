from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from babelreel.regular_files import open_regular, read_regular


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1\r\n\x1a2")
    assert read_regular(tmp_path / "a", most_bytes=5) == b"1\r\n\x1a2"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123456")
    with pytest.raises(ValueError, match="larger than"):
        read_regular(tmp_path / "a", most_bytes=5)


def test_a_pipe_a_socket_a_folder_and_a_device_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket may have some hundred letters only
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket")
        for name, kind in (("pipe", "a pipe"), ("socket", "a socket"), (".", "a folder"), ("/dev/null", "a device")):
            with pytest.raises(OSError, match=f"it is {kind}, and no file"):
                open_regular(Path(name))


def test_what_became_a_pipe_after_it_was_looked_at_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    with pytest.raises(OSError, match="it is a pipe, and no file"):
        read_regular(tmp_path / "pipe")


def test_a_file_that_is_not_there_is_told_as_the_system_does(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "a")
