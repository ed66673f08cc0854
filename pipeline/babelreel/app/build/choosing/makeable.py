"""Choose the renditions that this machine can make: a film for little data needs encoders that not every ffmpeg has."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.app.build.request import Request
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.errors import MachineError
from babelreel.graph.digests import DigestCache
from babelreel.media.programs.capabilities import Extra
from babelreel.model.delivery.build_summary import SkippedRendition
from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Makeable:
    """The renditions that are planned, and those that this machine cannot make."""

    rungs: tuple[Rung, ...]
    skipped: tuple[SkippedRendition, ...] = ()


def choose_makeable(project: Project, request: Request, digests: DigestCache) -> Makeable:
    """Leave out what needs AV1 where this ffmpeg cannot make it; no piece of it can lie in the store then.

    Raises ``MachineError`` where it was asked for by name.
    """
    missed = [rung for rung in project.rungs if rung.codec is Codec.AV1]
    if not missed:
        return Makeable(rungs=project.rungs)
    try:
        usable_ffmpeg(project, request.ffmpeg, digests, (Extra.LITTLE_DATA,))
    except MachineError as error:
        if any(rung.name in request.renditions for rung in missed):
            raise
        return Makeable(
            rungs=tuple(rung for rung in project.rungs if rung not in missed),
            skipped=tuple(
                SkippedRendition(
                    name=rung.name,
                    rendition=rung.name,
                    why=f"{error.what} ({error.why})",
                    hint=error.hint,
                    is_of_machine=True,
                )
                for rung in missed
            ),
        )
    return Makeable(rungs=project.rungs)
