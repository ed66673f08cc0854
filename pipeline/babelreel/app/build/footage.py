"""Find out what the cells of the master show, read once for each content of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from babelreel.app.project.master import open_notes
from babelreel.graph.notes import Topic
from babelreel.graph.task import SourceFile
from babelreel.languages.find import find_language
from babelreel.media.argv.film_streams import picture_of
from babelreel.media.picture.footage import read_footage
from babelreel.media.programs.capabilities import Extra
from babelreel.model.film.cells import Footage, cells_at
from babelreel.model.film.ladder.default_rungs import LIGHT_RUNG
from babelreel.model.film.ladder.encoding_ladder import Rung, fit_rate
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.treatment import Colours, treat
from babelreel.model.json_codec import decode
from babelreel.model.project import Project
from babelreel.stages.inputs import Film


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What was seen of the cells of a film at each rate, and the digest of what was asked for."""

    request: str
    footage: Mapping[str, tuple[Footage, ...]]


#: By the digest of the film.
_FOOTAGE = Topic(name="footage", version=1, read=lambda document: decode(document, _Seen))


def see_film(project: Project, path: Path, info: MediaInfo) -> Film:
    """Read the master as all stages see it: at the rates of all rungs, and of that for streams alone."""
    assert info.video is not None, "the probe refuses a film without a picture"  # noqa: S101 - for mypy
    rungs = (*project.rungs, LIGHT_RUNG) if project.delivery.has_streams else project.rungs
    rates = {fit_rate(rung, info.video.rate) for rung in rungs}
    return replace(hear_film_alone(project, path, info), footage=look_at_footage(project, path, info, rates))


def hear_film_alone(project: Project, path: Path, info: MediaInfo) -> Film:
    """Describe the master for callers that need no pictures of it: no cell of it is looked at."""
    return Film(
        info=info,
        source=master_source(path, info),
        title=project.title,
        language=project.settings_of(find_language(project.reference)).language,
        footage={},
    )


def see_film_for(project: Project, path: Path, info: MediaInfo, rung: Rung) -> Film:
    """Read the master as a rung sees it that is no part of a build: what it shows at that rate is noted apart."""
    film = see_film(project, path, info)
    rate = fit_rate(rung, film.video.rate)
    if rate in film.footage:
        return film
    return replace(film, footage=look_at_footage(project, path, info, {rate}, of=f"at {rate} "))


def master_source(path: Path, info: MediaInfo) -> SourceFile:
    """Describe the master as a task's input, under the name that work folders give it."""
    return SourceFile(name=f"master{path.suffix.lower()}", path=path, digest=info.digest)


def needed_extras(info: MediaInfo) -> frozenset[Extra]:
    """List what a film's picture asks of an ffmpeg beside the usual."""
    treatment = treat(info.video) if info.video else None
    asked = treatment and {
        Extra.COLOURS: treatment.colours is not Colours.KEPT,
        Extra.FIELDS: treatment.is_deinterlaced,
    }
    return frozenset(extra for extra, is_asked in (asked or {}).items() if is_asked)


def look_at_footage(  # noqa: PLR0913 - a film is read for a build, for something else, or beside another film
    project: Project,
    path: Path,
    info: MediaInfo,
    rates: Iterable[Fraction],
    *,
    of: str = "",
    beside: MediaInfo | None = None,
) -> Mapping[Fraction, tuple[Footage, ...]]:
    """Read what the cells of a film show at each of some rates, or take what was read before of the same bytes.

    What is read for something else than a build is noted under another name, with ``of`` before it. The cells are those
    of the film ``beside`` it, if there is one.
    """
    wanted = sorted(set(rates))
    grid: dict[str, object] = {
        str(rate): [(cell.first, cell.end) for cell in cells_at(beside or info, rate)] for rate in wanted
    }
    grid["picture"] = picture_of(info)
    request = sha256(json.dumps(grid).encode()).hexdigest()
    notes = open_notes(project)
    seen = notes.recall(_FOOTAGE, of + info.digest)
    if seen is None or seen.request != request:
        found = read_footage(path, info, wanted, of=beside)
        seen = _Seen(request=request, footage={str(rate): footage for rate, footage in found.items()})
        notes.keep(_FOOTAGE, of + info.digest, seen)
    return {Fraction(rate): footage for rate, footage in seen.footage.items()}
