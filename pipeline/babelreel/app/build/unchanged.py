"""Has anything changed since the last build? If not, there is nothing to plan, and nothing heavy to load.

What a build depends on is looked at from outside: which files there are, with size, times and inode (as the cache of
digests does), the project's settings, the call, the program and its libraries. Whatever differs, the build is planned
as always; so a difference that means nothing costs a second, and no more.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import babelreel
from babelreel.errors import MachineError
from babelreel.graph.files import write_atomically
from babelreel.graph.store import LAST
from babelreel.media.programs import chromium, locate
from babelreel.model.delivery.build_summary import BuildSummary
from babelreel.model.delivery.published_paths import MANIFEST, SUMS
from babelreel.model.project import Project

if TYPE_CHECKING:
    from babelreel.app.build.request import Request

MEMO = "last-build.json"
#: Two changes of a file within the clock of a file system look like one; the coarsest (FAT) ticks every two seconds.
_TICK_NS = 2_000_000_000
#: What decides which programs are used.
_VARIABLES = ("PATH", locate.ENVIRONMENT_NAME, chromium.ENVIRONMENT_NAME)

_Stamps = dict[str, list[int]]


def recall_build(project: Project, request: Request, begun: float) -> BuildSummary | None:
    """Give what the last build said, if it was complete and nothing has changed since; else ``None``."""
    memo = _read(project.state_dir / MEMO)
    try:
        if memo["inputs"] != _inputs(project, request) or memo["outputs"] != _stamps(_outputs(project)):
            return None
        return BuildSummary(**{**memo["summary"], "failures": (), "seconds": time.monotonic() - begun})
    except (KeyError, TypeError, OSError):
        return None


def remember_build(project: Project, request: Request, summary: BuildSummary, *, begun_ns: int) -> None:
    """Keep what a complete build said, for the next one; ``begun_ns`` is when it began (``time.time_ns``).

    Nothing is kept when an input is so new that it could change once more without being seen to.
    """
    path = project.state_dir / MEMO
    newest = max((max(stamp[1:3]) for stamp in _stamps(_files(project)).values() if stamp), default=0)
    if summary.failures or newest > begun_ns - _TICK_NS:
        path.unlink(missing_ok=True)
        return
    kept = {**asdict(summary), "made": 0, "kept": summary.made + summary.kept, "written": 0, "removed": 0}
    memo = {"inputs": _inputs(project, request), "outputs": _stamps(_outputs(project)), "summary": kept}
    write_atomically(path, json.dumps(memo).encode())


def _inputs(project: Project, request: Request) -> str:
    seen = (
        repr(project),
        repr(request),
        sys.version,
        [os.environ.get(name) for name in _VARIABLES],
        _stamps(_files(project)),
        _stamps(_programs(request)),
    )
    return sha256(json.dumps(seen).encode()).hexdigest()


def _files(project: Project) -> Iterator[Path]:
    """Give the user's files that a build may read."""
    for folder in (project.video_dir, project.subtitles_dir):
        yield from (path for path in sorted((project.root / folder).rglob("*")) if path.is_file())
    named = (project.film, *(settings.font for settings in project.languages))
    yield from (project.root / path for path in named if path)


def _programs(request: Request) -> Iterator[Path]:
    """Give the program's own files, the folders of its libraries (which change when one is installed), and others'."""
    package = Path(babelreel.__file__).parent
    yield from (path for path in sorted(package.rglob("*")) if path.is_file() and path.suffix != ".pyc")
    yield from (Path(sysconfig.get_path(name)) for name in ("purelib", "platlib"))
    with suppress(MachineError):  # what is not there is told by the build that wants it
        yield locate.locate_ffmpeg(request.ffmpeg)
    found = chromium.locate_chromium()
    yield from (found,) if found else ()


def _outputs(project: Project) -> Sequence[Path]:
    """Give what the last build left behind: what it published, and the store, which may have been emptied since."""
    output = project.root / project.output_dir
    manifest = _read(output / MANIFEST)
    files = (output / each["path"] for each in manifest["files"])
    return (project.store_dir / LAST, output / MANIFEST, output / SUMS, *files)


def _stamps(paths: Iterable[Path]) -> _Stamps:
    """Give for each file its size, times and inode; one that is not there has none."""
    return {str(path): list(_stamp(path)) for path in paths}


def _stamp(path: Path) -> Iterator[int]:
    if path.exists():
        stat = path.stat()
        yield from (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def _read(path: Path) -> Any:  # noqa: ANN401 - any JSON; whoever uses it is ready for all of it
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
