"""Builds by a cluster of the chaos tests: of a small project, which this machine alone has built as well."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.clusters import Cluster, wait_until
from support.projects import AR, FR, Result, babelreel, snapshot

FILES = {"fr.srt": FR, "ar.srt": AR}
SETTINGS = "[delivery]\nstreams = false\nleaflets = false\npages = false\n"
#: A cluster that is busy with nothing answers in a second; this machine may have other work.
WAIT = ("--wait", "20")
_BABELREEL = (sys.executable, "-m", "babelreel")


def environment(house: Path) -> dict[str, str]:
    """Give what all that run in a house are given: its ffmpeg, and no settings of a user."""
    return {"BABELREEL_FFMPEG": str(house / "bin/ffmpeg"), "XDG_CONFIG_HOME": str(house / "config")}


def set_delay(house: Path, seconds: str) -> None:
    """Let ffmpeg wait so long before it begins."""
    (house / "bin/delay").write_text(seconds)


def start(machines: Cluster, *names: str) -> None:
    """Start the scheduler and these workers."""
    machines.start_scheduler()
    for name in names:
        machines.start_worker(name)


def build(project: Path, machines: Cluster, *words: str) -> Result:
    """Build with the workers of a cluster."""
    return babelreel(project, "build", *machines.options, *WAIT, *words, env=machines.environment, seconds=240)


class Building:
    """A build that runs while the test does something to it."""

    def __init__(
        self,
        project: Path,
        machines: Cluster,
        *words: str,
        program: Sequence[str] = _BABELREEL,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._log = project / "build.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                (*program, *words, "build", *machines.options, *WAIT),
                cwd=project,
                env={**machines.environment, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def said(self) -> str:
        """Give all that it has said until now."""
        return self._log.read_text("utf-8")

    def ended(self) -> int:
        """Wait for its end, and give its exit code."""
        return self.process.wait(240)


def assert_same(project: Path, house: Path) -> None:
    """See that a project was published as by this machine alone."""
    assert snapshot(project / "output") == snapshot(house / "local/film/output")


def assert_nothing_left(machines: Cluster) -> None:
    """See that no ffmpeg runs for any worker."""
    wait_until(lambda: not machines.working(), "no ffmpeg is left", seconds=15)
