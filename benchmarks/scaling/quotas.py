"""Give processes a core and a share of it: one machine stands for several. Linux with control groups, as root."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_PERIOD_US = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """A group of processes that share the cores named and a part of their time."""

    folders: tuple[Path, ...]

    def command(self, words: Sequence[str | Path]) -> list[str]:
        """Give the command that runs another one, and all that it starts, within the group."""
        enter = " && ".join(f"echo $$ > {shlex.quote(str(each / 'cgroup.procs'))}" for each in self.folders)
        return ["sh", "-c", f'{enter} && exec "$@"', "sh", *(str(word) for word in words)]

    def cpu_s(self) -> float:
        """Give the processor seconds that the group has used."""
        for each in self.folders:
            with suppress(FileNotFoundError):
                return int((each / "cpuacct.usage").read_text("ascii")) / 1e9
            with suppress(FileNotFoundError):
                return int((each / "cpu.stat").read_text("ascii").split()[1]) / 1e6
        raise FileNotFoundError(self.folders)


@contextmanager
def quota(name: str, *, cores: str, share: float) -> Iterator[Quota]:
    """Make a group for the block: ``cores`` as "0" or "0-1", ``share`` of one core's time (0.7 is 70 %)."""
    wanted = {"cpuset.cpus": cores, "cpuset.mems": "0"}
    if (_ROOT / "cgroup.controllers").is_file():
        with suppress(OSError):
            (_ROOT / "cgroup.subtree_control").write_text("+cpu +cpuset", "ascii")
        files = {_ROOT / name: wanted | {"cpu.max": f"{int(share * _PERIOD_US)} {_PERIOD_US}"}}
    else:
        times = {"cpu.cfs_period_us": str(_PERIOD_US), "cpu.cfs_quota_us": str(int(share * _PERIOD_US))}
        files = {_ROOT / "cpuset" / name: wanted, _ROOT / "cpu" / name: times, _ROOT / "cpuacct" / name: {}}
    try:
        for folder, settings in files.items():
            folder.mkdir(exist_ok=True)
            for setting, value in settings.items():
                (folder / setting).write_text(value, "ascii")
        # the group that counts comes first
        yield Quota(folders=tuple(sorted(files, key=lambda each: "cpuacct" not in each.parts)))
    finally:
        for folder in files:
            _empty(folder)


def _empty(folder: Path) -> None:
    with suppress(OSError):
        for pid in (folder / "cgroup.procs").read_text("ascii").split():
            with suppress(OSError):
                os.kill(int(pid), 9)
        folder.rmdir()
