"""Find how the film that a project was made for became the one that lies there now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.half_written import refuse_half_written
from babelreel.app.project.description_files import find_files_of_film
from babelreel.app.project.fingerprints import subtitles_path
from babelreel.app.project.inventory import find_film, relative_path
from babelreel.app.project.subtitles_film import (
    OwnerChange,
    SubtitlesFilm,
    built_owner,
    known_owner,
    parts_of,
)
from babelreel.app.retime.direction import refuse_wrong_way
from babelreel.app.retime.kept_films import old_fingerprint, present_fingerprint
from babelreel.errors import UsageError
from babelreel.media.matching.match_films import match_films
from babelreel.model.film.change.film_match import FilmMatch
from babelreel.model.film.change.fingerprint import Fingerprint
from babelreel.model.project import Project
from babelreel.model.retiming import MovedLine, MovedTrack


@dataclass(frozen=True, slots=True, kw_only=True)
class Conforming:
    """What was found, both films, and where what is known of the old one comes from.

    ``film`` is the path of the new one.
    ``stays`` are the languages, or the chapters, that are not of the old film, each with whether it is of the new one;
    ``owner`` says of which film the others were and will be.
    """

    match: FilmMatch
    old: Fingerprint
    new: Fingerprint
    source: str
    film: str
    stays: Mapping[str, bool]
    owner: OwnerChange


def find_change(
    project: Project,
    old: Path | None,
    ffmpeg: str | None,
    tags: tuple[str, ...] = (),
    *,
    is_sure: bool = False,
) -> Conforming:
    """Lay the old film, or what is kept of it, beside the present one; both are decoded where nothing is kept.

    ``tags`` are the languages that are to move, none of them: all that are of the old film. Raises ``UsageError`` where
    nothing is known of an old one, where it is the present one, where both have nothing in common, and where the
    subtitles are of the present one already, or seem to be while nobody ``is_sure`` that they are of the named one.
    """
    new = present_fingerprint(project, ffmpeg)
    refuse_half_written(project)
    every, owner = parts_of(project), known_owner(project)
    wanted = tuple(file.tag for file in find_files_of_film(project, tags)) if tags else every
    if owner and owner.films == {new.digest}:
        _refuse_moved(project, tags)
    if owner and tags and (moved := tuple(part for part in wanted if owner.of(part) == new.digest)):
        _refuse_moved(project, moved)
    source, before = old_fingerprint(project, old, new.digest, ffmpeg, wanted if tags else ())
    if before.digest == new.digest:
        raise UsageError(what="This is the film that is there now. Nothing has to move.", where=_shown(project, old))
    seen = None if owner or is_sure else built_owner(project, new.digest)
    anew = tuple(part for part in wanted if seen and seen.of(part) == new.digest)
    if anew and tags:
        _refuse_anew(anew)
    stays = _stays(owner, wanted, before.digest, new.digest) | dict.fromkeys(anew, True)
    if stays.keys() >= set(wanted) and not all(stays.values()):
        _refuse_other_film(stays, wanted, _shown(project, old))
    if old and owner is None and not is_sure:
        refuse_wrong_way(project, old, (before, new), tags, ffmpeg)
    match = match_films(before, new)
    if not match.parts:
        raise UsageError(
            what="Nothing of the old film was found in the new one.",
            where=_shown(project, old),
            why="neither the picture nor the sound tells what belongs together",
            hint="Move the subtitles by hand: “babelreel shift --by=+2.0s --from=12”.",
        )
    first = owner or SubtitlesFilm(film=before.digest, others=dict.fromkeys(anew, new.digest))
    moving = [part for part in wanted if part not in stays]
    return Conforming(
        match=match,
        old=before,
        new=new,
        source=relative_path(project, source),
        film=relative_path(project, find_film(project)),
        stays=stays,
        owner=OwnerChange(before=first, after=first.moved(moving, new.digest, every)),
    )


def _refuse_other_film(stays: Mapping[str, bool], wanted: tuple[str, ...], where: str) -> None:
    """Refuse a film that none of the languages is of."""
    others = [part for part in wanted if not stays[part]]
    raise UsageError(
        what=f"The subtitles of {', '.join(others)} belong to another film than this one. Nothing was moved.",
        where=where,
        hint="Name the film that they belong to: “babelreel conform OLD.mp4”.",
    )


def _refuse_anew(anew: tuple[str, ...]) -> None:
    """Refuse to move what was named and timed anew since the last build: that was most likely for the new film."""
    tags = " ".join(anew)
    raise UsageError(
        what=f"Nothing was moved: somebody changed the times of {', '.join(anew)} after the last build.",
        why="they seem to fit the film that is there now, and would be moved twice",
        hint=f"Say that they fit: “babelreel shift {tags} --by=0s”. If they are of the old film, add --unsafe.",
    )


def _refuse_moved(project: Project, moved: tuple[str, ...]) -> None:
    """Refuse to move what is of the film that lies there now; without a name that is all."""
    named = f" of {', '.join(moved)}" if moved else ""
    raise UsageError(
        what=f"The subtitles{named} belong to the film that is there now. Nothing has to move.",
        where=str(subtitles_path(project)),
        why="once more would move them twice",
        hint="“babelreel undo” puts back what was written last. If this is not true, remove that "
        "file, and name the old film.",
    )


def _stays(owner: SubtitlesFilm | None, wanted: tuple[str, ...], old: str, new: str) -> dict[str, bool]:
    """Find what does not move with the old film, each with whether it is of the new one already.

    An old film that nothing names may be another file of the film that most parts are of.
    """
    if owner is None:
        return {}
    main = {owner.film} if owner.film != new else owner.films - {new}
    meant = {old} if old in owner.films else main
    return {part: owner.of(part) == new for part in wanted if owner.of(part) not in meant}


def lines_in_doubt(match: FilmMatch, tracks: Sequence[MovedTrack]) -> tuple[tuple[str, MovedLine], ...]:
    """List the lines, each with its language, whose new times nobody should rely on without looking."""
    return tuple(
        (track.language, line)
        for track in tracks
        for line in track.lines
        if line.new is not None and match.is_doubtful(line.old)
    )


def _shown(project: Project, old: Path | None) -> str:
    return str(old) if old else str(project.root / project.video_dir)
