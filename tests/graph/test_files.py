from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from babelreel.errors import BabelreelError, DamagedError, MachineError, NoSpaceError, UsageError
from babelreel.graph.files import (
    digest_file,
    move_verified,
    place_atomically,
    replacing,
    rewrite_atomically,
    sweep_unfinished,
    write_atomically,
)
from babelreel.system_errors import as_house_error, house_errors, is_machine_fault

OLD_NS = 1_500_000_000 * 10**9


def test_written_file_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a: [1] \N{FILM FRAMES} سلام.txt"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_written_file_can_be_read_by_others(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_atomically(tmp_path / "page.html", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("mode", [0o640, 0o664, 0o600, 0o755])
def test_a_file_that_is_rewritten_keeps_its_mode_and_its_owner(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "fr.srt"
    path.write_bytes(b"old")
    path.chmod(mode)
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    before = path.stat()
    rewrite_atomically(path, b"new")
    after = path.stat()
    assert path.read_bytes() == b"new"
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert list(tmp_path.iterdir()) == [path]


def test_placed_copy_has_the_bytes_but_not_the_mode_and_time_of_its_source(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "deep" / "target"
    source.write_bytes(b"x" * 3_000_000)
    os.utime(source, ns=(OLD_NS, OLD_NS))
    source.chmod(0o444)
    place_atomically(source, target)
    assert target.read_bytes() == source.read_bytes()
    assert target.stat().st_mode & 0o200
    assert target.stat().st_mtime_ns != OLD_NS


def test_a_file_that_is_moved_becomes_as_one_that_was_written_now(tmp_path: Path) -> None:
    source, target = tmp_path / "stored", tmp_path / "new folder" / "film.mp4"
    source.write_bytes(b"film")
    os.utime(source, ns=(OLD_NS, OLD_NS))
    source.chmod(0o444)
    inode = source.stat().st_ino
    move_verified(source, target, digest=digest_file(source))
    assert (target.read_bytes(), target.stat().st_ino) == (b"film", inode), "nothing was copied"
    (tmp_path / "usual").write_bytes(b"")
    assert target.stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert target.stat().st_mtime_ns > OLD_NS
    assert not source.exists()


def test_a_damaged_file_is_not_moved(tmp_path: Path) -> None:
    source, target = tmp_path / "stored", tmp_path / "film.mp4"
    source.write_bytes(b"film")
    with pytest.raises(DamagedError):
        move_verified(source, target, digest="0" * 64)
    with pytest.raises(DamagedError):
        move_verified(tmp_path / "gone", target, digest=digest_file(source))
    assert source.read_bytes() == b"film"
    assert not target.exists()


def test_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    with pytest.raises(MachineError) as caught:
        place_atomically(Path(__file__), tmp_path / "film")
    assert caught.value.where == str(tmp_path / "film")
    assert [each.name for each in tmp_path.iterdir()] == ["film"]


def test_missing_source_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as caught:
        place_atomically(tmp_path / "gone.mp4", tmp_path / "target")
    assert caught.value.where == str(tmp_path / "gone.mp4")
    assert not (tmp_path / "target").exists()


def killed_while_it_writes(path: Path) -> None:
    """Leave behind what a run leaves that ends in the middle of writing a file."""
    child = os.fork()
    if child == 0:
        with replacing(path) as file:
            file.write(b"half")
            file.flush()
            os._exit(137)
    os.waitpid(child, 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")
def test_what_a_killed_run_left_half_written_goes_and_what_a_living_one_is_at_stays(tmp_path: Path) -> None:
    killed_while_it_writes(tmp_path / "a.json")
    (tmp_path / ".babelreel-of-my-own").write_text("somebody's own")
    with replacing(tmp_path / "b.json") as living:
        living.write(b"whole")
        sweep_unfinished((tmp_path, tmp_path / "none"))
        assert len(list(tmp_path.glob(".babelreel-*"))) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".babelreel-of-my-own", "b.json"]
    assert (tmp_path / "b.json").read_bytes() == b"whole"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")
def test_whoever_writes_into_a_folder_sweeps_it_first(tmp_path: Path) -> None:
    killed_while_it_writes(tmp_path / "fr.srt")
    write_atomically(tmp_path / "ar.srt", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["ar.srt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the always full device is Linux's")
def test_full_disk_is_a_no_space_error() -> None:
    with pytest.raises(NoSpaceError) as caught, house_errors(Path("/dev/full")):
        Path("/dev/full").write_bytes(b"x")
    assert caught.value.where == "/dev/full"
    assert caught.value.exit_code == 6


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, NoSpaceError),
        (errno.EDQUOT, NoSpaceError),
        (errno.EROFS, MachineError),
        (errno.EACCES, MachineError),
        (errno.EPERM, MachineError),
        (errno.EIO, MachineError),
        (errno.ENAMETOOLONG, UsageError),
    ],
)
def test_system_errors_become_errors_with_a_place_and_a_hint(number: int, kind: type[BabelreelError]) -> None:
    error = as_house_error(OSError(number, os.strerror(number)), Path("output/fr"))
    assert type(error) is kind
    assert error.where == "output/fr"
    assert error.why == os.strerror(number)
    assert error.hint


@pytest.mark.parametrize(
    ("number", "is_of_machine"),
    [
        *(
            (number, True)
            for number in (
                errno.EIO,
                errno.EMFILE,
                errno.ENFILE,
                errno.ENOMEM,
                errno.EFBIG,
                errno.ENOSPC,
                errno.ENAMETOOLONG,
            )
        ),
        *((number, False) for number in (errno.ENOENT, errno.EEXIST, errno.EINVAL, errno.ENOTDIR)),
    ],
)
def test_a_disk_that_fails_and_a_limit_are_no_bug_and_a_missing_file_is(number: int, is_of_machine: bool) -> None:  # noqa: FBT001
    assert is_machine_fault(OSError(number, os.strerror(number))) is is_of_machine


def test_digest_is_sha_256(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert digest_file(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
