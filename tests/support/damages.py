"""In which ways is a file damaged: by a disk, by a program that was killed, or by somebody who means well?"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp


def flip(path: Path, region: int, chance: random.Random) -> None:
    """Change one bit in a quarter of a file; size and time of content stay."""
    content = bytearray(path.read_bytes())
    begin, end = len(content) * region // 4, len(content) * (region + 1) // 4
    content[chance.randrange(begin, max(begin + 1, end))] ^= 1 << chance.randrange(8)
    rewrite(path, bytes(content))


def rewrite(path: Path, content: bytes) -> None:
    times = path.stat()
    path.chmod(0o644)
    path.write_bytes(content)
    path.chmod(times.st_mode & 0o777)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "mine.txt").write_text("mine")


def become_link(path: Path) -> None:
    target = Path(mkdtemp(prefix="babelreel-elsewhere-")) / path.name
    shutil.move(path, target)
    path.symlink_to(target)


def become_link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("/nowhere/at/all")


def become_circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def become_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def swap(path: Path, other: Path) -> None:
    aside = path.with_name("aside")
    path.rename(aside)
    other.rename(path)
    aside.rename(other)


def others(path: Path, files: Sequence[Path]) -> list[Path]:
    return [each for each in files if each.read_bytes() != path.read_bytes()] or [path]


Damage = Callable[[Path, Sequence[Path], random.Random], None]
DAMAGES: Mapping[str, Damage] = {
    **{f"flip {part}": lambda path, _, chance, part=part: flip(path, part, chance) for part in range(4)},  # type: ignore[misc]
    "cut": lambda path, _, chance: rewrite(path, path.read_bytes()[: chance.randrange(path.stat().st_size)]),
    "empty": lambda path, _, __: rewrite(path, b""),
    "gone": lambda path, _, __: path.unlink(),
    "folder": lambda path, _, __: become_folder(path),
    "pipe": lambda path, _, __: become_pipe(path),
    "link": lambda path, _, __: become_link(path),
    "link to nowhere": lambda path, _, __: become_link_to_nowhere(path),
    "link to itself": lambda path, _, __: become_circle(path),
    "another file": lambda path, files, chance: rewrite(path, chance.choice(others(path, files)).read_bytes()),
    "swapped": lambda path, files, chance: swap(path, chance.choice(others(path, files))),
}
