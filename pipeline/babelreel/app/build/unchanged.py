"""Tell whether anything has changed since the last build. If not, there is nothing to plan, and nothing heavy to load.

What a build depends on is looked at from outside: which files there are, with size, times and inode (as the cache of
digests does), the project's settings, the call, the program and its libraries. Whatever differs, the build is planned
as always; so a difference that means nothing costs a second, and no more.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from babelreel.app.build.request import Request
from babelreel.app.project.fingerprints import subtitles_path
from babelreel.app.project.program_files import program_state
from babelreel.app.publish.staging import is_interrupted
from babelreel.errors import MachineError
from babelreel.graph.digests import TICK_NS, Stamp, disk_time_ns, forget_digests, stamp_of
from babelreel.graph.folder_store import LAST
from babelreel.graph.notes import Notes, Topic
from babelreel.media.programs import chromium, espeak, locate
from babelreel.model.delivery.build_summary import BuildSummary, ReplacedFilm, SkippedRendition
from babelreel.model.delivery.published_paths import DESCRIPTIONS, SUMS
from babelreel.model.json_codec import decode
from babelreel.model.project import Project
from babelreel.regular_files import read_regular

#: What decides which programs are used.
_VARIABLES = ("PATH", locate.ENVIRONMENT_NAME, chromium.ENVIRONMENT_NAME)

_Stamps: TypeAlias = Mapping[str, Stamp | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _LastBuild:
    """A complete build: the digests of all that went into it, and of what it left behind, and what it said."""

    inputs: str
    outputs: str
    output: str
    skipped: tuple[SkippedRendition, ...]
    choices: tuple[str, ...]
    languages: int
    warnings: int
    kept: int
    files: int
    size: int
    replaced: ReplacedFilm | None


_LAST_BUILD = Topic(name="last-build", version=5, read=lambda document: decode(document, _LastBuild))
#: There is one for each project.
_LAST = ""


def recall_build(project: Project, request: Request, begun: float) -> BuildSummary | None:
    """Return what the last build said, if it was complete and nothing has changed since; else ``None``."""
    if is_interrupted(project.root / project.output_dir):
        return None
    last = Notes(project.notes_dir).recall(_LAST_BUILD, _LAST)
    try:
        if last is None or last.inputs != _inputs(project, request) or last.outputs != _outputs(project):
            return None
    except (KeyError, TypeError, ValueError, OSError):  # nothing is published that can be read
        return None
    return BuildSummary(
        output=last.output,
        languages=last.languages,
        failures=(),
        skipped=last.skipped,
        choices=last.choices,
        warnings=last.warnings,
        made=0,
        kept=last.kept,
        files=last.files,
        size=last.size,
        written=0,
        removed=0,
        seconds=time.monotonic() - begun,
        replaced=last.replaced,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at the inputs of a build: a digest of how they were, and whether all are so old that a change is seen."""

    inputs: str
    is_settled: bool


def look_at_inputs(project: Project, request: Request) -> Look:
    """Look at all inputs before a build reads the first of them."""
    now_ns = disk_time_ns(project.notes_dir)
    newest_ns = max((max(stamp[1:3]) for stamp in _stamps(_files(project)).values() if stamp), default=0)
    return Look(inputs=_inputs(project, request), is_settled=newest_ns <= now_ns - TICK_NS)


def remember_build(project: Project, request: Request, summary: BuildSummary, *, before: Look) -> None:
    """Keep what a complete build said, for the next one; ``before`` is how its inputs were before any was read.

    Nothing is kept when an input changed since, or is so new that it could have without being seen to: whatever any
    clock says, the build may have read what was there before.
    """
    notes = Notes(project.notes_dir)
    if summary.failures or not before.is_settled or before.inputs != _inputs(project, request):
        notes.forget(_LAST_BUILD, _LAST)
        return
    last = _LastBuild(
        inputs=before.inputs,
        outputs=_outputs(project),
        output=summary.output,
        skipped=summary.skipped,
        choices=summary.choices,
        languages=summary.languages,
        warnings=summary.warnings,
        kept=summary.made + summary.kept,
        files=summary.files,
        size=summary.size,
        replaced=summary.replaced,
    )
    notes.keep(_LAST_BUILD, _LAST, last)


def look_again(project: Project) -> None:
    """Have the next build read every file: one that is published is not what it was, and its stamp may not show it."""
    notes = Notes(project.notes_dir)
    notes.forget(_LAST_BUILD, _LAST)
    forget_digests(notes)


def _inputs(project: Project, request: Request) -> str:
    seen = (
        repr(project),
        repr(request),
        program_state(),
        [os.environ.get(name) for name in _VARIABLES],
        _stamps(_files(project)),
        _stamps(_programs(request)),
    )
    return sha256(json.dumps(seen).encode()).hexdigest()


def _files(project: Project) -> Iterator[Path]:
    """Yield the user's files that a build may read."""
    for folder in (project.video_dir, project.subtitles_dir):
        yield from (path for path in sorted((project.root / folder).rglob("*")) if path.is_file())
    named = (
        project.film,
        project.campaign.brand.logo,
        project.cards.logo,
        subtitles_path(project),
        *(path for settings in project.languages for path in (settings.font, settings.file)),
    )
    yield from (project.root / path for path in named if path)


def _programs(request: Request) -> Iterator[Path]:
    """Yield the programs of others that this one starts."""
    with suppress(MachineError):  # what is missing is reported by the build that wants it
        yield locate.locate_ffmpeg(request.ffmpeg)
    yield from (found for found in (chromium.locate_chromium(), espeak.find_espeak()) if found)


def _outputs(project: Project) -> str:
    """Look at what the last build left behind: what it published, and the store, which may have been emptied since.

    The sums list it all. They are read as lines, for a long film in many languages has two hundred thousand files: the
    manifest takes ten times as long, and so does a ``Path`` for each. Raises ``OSError`` or ``ValueError`` where there
    are none.
    """
    output = os.path.join(project.root, project.output_dir)  # noqa: PTH118 -- see above
    lines = read_regular(os.path.join(output, SUMS)).decode("utf-8", "surrogateescape").split("\n")  # noqa: PTH118
    seen = sha256(repr(_stamp(str(project.store_dir / LAST))).encode())
    for path in (*DESCRIPTIONS, *(line.partition("  ")[2] for line in lines)):
        seen.update(f"{path}\0{_stamp(f'{output}/{path}')}\n".encode("utf-8", "surrogateescape"))
    return seen.hexdigest()


def _stamp(path: str) -> Stamp | None:
    try:
        return stamp_of(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _stamps(paths: Iterable[Path]) -> _Stamps:
    """Read for each file its size, times and inode; one that is not there has none."""
    return {str(path): stamp_of(path) if path.exists() else None for path in paths}
