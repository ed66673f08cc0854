"""Check the tracks of a project, or some of them, as ``babelreel check`` does."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from babelreel.app.check.run_rules import make_checker
from babelreel.app.check.targets import targeted_files
from babelreel.app.project.described_film import film_to_check
from babelreel.app.voices.published_sounds import published_sounds, published_voices
from babelreel.engines.forks import map_in_forks
from babelreel.model.project import Project
from babelreel.rules.check import CheckResult, join_results

#: Half a second's work, and more than a fork takes.
_LEAST_BYTES = 200_000


def check_project(
    project: Project,
    targets: Iterable[str] = (),
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> CheckResult:
    """Check the tracks of a project, or those named by path or by language tag.

    Needs no film: what is known of it comes from its ``.probe.json``, or from the last build. Needs ffmpeg only for
    recorded sounds that nobody has listened to yet; rules that lack one are reported as not checked.
    """
    targets = tuple(targets)
    found = targeted_files(project, targets)
    checker = make_checker(
        project,
        film_to_check(project),
        mixed=published_sounds(project),
        voices=published_voices(project),
        select=select,
        ignore=ignore,
    )
    if any(checker.stems.has_voice(file.tag) for file in found.tracks):
        checker.stems.music()  # each fork would listen to it
    sizes = [_size_of(file.path) for file in found.tracks]
    results = map_in_forks(checker.check_file, found.tracks, weights=sizes, least_weight=_LEAST_BYTES)
    results += [checker.look(voice).result for voice in found.voices]
    results += map(checker.check_stray, found.strays)
    return join_results((*results, checker.check_rest(is_whole=not targets)))


def _size_of(path: Path) -> int:
    with suppress(OSError):  # said of it when it is read
        return path.stat().st_size
    return 0
