"""What is kept of a film, and of the one before: taken, written, and asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from babelreel.app.project.fingerprints import (
    FINGERPRINT_ENDING,
    before_path,
    beside,
    earlier_path,
    fingerprint_path,
    is_probe,
    kept_paths,
    known_fingerprint,
    noted_fingerprint,
    subtitles_path,
)
from babelreel.app.project.inventory import find_film, lies_outside
from babelreel.app.project.look_closely import fingerprint_of
from babelreel.app.project.master import look_at_film, look_at_other_film, open_digests
from babelreel.app.project.subtitles_film import (
    SubtitlesFilm,
    begin_owner,
    built_owner,
    known_owner,
    presumed_owner,
    render_owner,
)
from babelreel.errors import UsageError
from babelreel.graph.files import write_atomically
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.film.change.fingerprint import Fingerprint, pack_fingerprint
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.system_errors import house_errors


def remember_film(project: Project, info: MediaInfo, ffmpeg: str | None) -> Path:
    """Write the fingerprint of the master, unless it lies there; that of the film of the subtitles is kept beside it.

    The film is decoded for it, once for each content of it, unless that was done when its shots were looked for. Raises
    what decoding does.
    """
    path = fingerprint_path(project)
    known = known_fingerprint(path)
    if known is not None and known.digest == info.digest:
        return path
    taken = _taken(project, find_film(project), info, ffmpeg)
    owner = built_owner(project, taken.digest) if known_owner(project) is None else None
    if known is not None:
        _keep_owner(project, known, taken)
        return path
    if owner:
        begin_owner(project, owner)
    write_atomically(path, pack_fingerprint(taken))
    return path


def settle(project: Project, old: Fingerprint, new: Fingerprint, owner: SubtitlesFilm) -> None:
    """Keep the film that the subtitles were moved to, and the one before, from which "undo" brings them back.

    ``owner`` says of which film each language is now.
    """
    _keep(project, new, old, owner)


def _keep(project: Project, present: Fingerprint, before: Fingerprint | None, owner: SubtitlesFilm) -> None:
    """Write the fingerprints of two films; no other is lost that some languages are still of, and none else stays.

    Beside a film outside of the project another project may need them.
    """
    paths = kept_paths(project)
    kept = {each.digest: each for each in map(known_fingerprint, paths) if each}
    in_place = {present.digest, before.digest if before else ""}
    needed = {earlier_path(project, digest): kept[digest] for digest in kept.keys() & owner.films - in_place}
    for path, fingerprint in needed.items():
        write_atomically(path, pack_fingerprint(fingerprint))
    if before:
        write_atomically(before_path(project), pack_fingerprint(before))
    write_atomically(fingerprint_path(project), pack_fingerprint(present))
    for path in paths:
        if path not in {fingerprint_path(project), before_path(project), *needed} and not lies_outside(project, path):
            with house_errors(path):
                path.unlink(missing_ok=True)


def _keep_owner(project: Project, known: Fingerprint, taken: Fingerprint) -> None:
    """Keep what the films looked like that the subtitles are of, however many came after them, and the present one."""
    owner, before = (
        presumed_owner(project, taken.digest) or SubtitlesFilm(film=known.digest),
        known_fingerprint(before_path(project)),
    )
    # of a film that came back, or that all were moved to by hand, the one between may be wanted by "undo"
    if known.digest in owner.films or owner.films == {taken.digest}:
        before = known
    if before is not None and replace(before, digest=taken.digest) == taken:  # the same film in another file
        owner = owner.renamed(before.digest, taken.digest)
    write_atomically(subtitles_path(project), render_owner(owner))
    _keep(project, taken, before, owner)


def present_fingerprint(project: Project, ffmpeg: str | None) -> Fingerprint:
    """Take the fingerprint of the master as it lies there, without writing it."""
    digests = open_digests(project)
    film, info = look_at_film(project, digests)
    digests.save()
    known = known_fingerprint(fingerprint_path(project))
    return known if known is not None and known.digest == info.digest else _taken(project, film, info, ffmpeg)


def old_fingerprint(
    project: Project, old: Path | None, new_digest: str, ffmpeg: str | None, parts: tuple[str, ...] = ()
) -> tuple[Path, Fingerprint]:
    """Take the fingerprint of a film, or read it from a file; with neither, that of the subtitles' film.

    ``parts`` are the languages that are meant, none of them: all. Raises ``UsageError`` where nothing is known of an
    earlier version.
    """
    if old is None:
        return _remembered(project, new_digest, parts)
    if old.suffix == FINGERPRINT_ENDING or is_probe(old):
        path = beside(old)
        found = known_fingerprint(path)
        if found is None:
            raise UsageError(
                what="This is not a fingerprint of a film.",
                where=str(path),
                hint="“babelreel probe” writes one. Or name the old film itself.",
            )
        return path, found
    digests = open_digests(project)
    info = look_at_other_film(project, old, digests)
    digests.save()
    return old, _taken(project, old, info, ffmpeg)


def _taken(project: Project, film: Path, info: MediaInfo, ffmpeg: str | None) -> Fingerprint:
    return fingerprint_of(project, film, info, locate_ffmpeg(ffmpeg))


def _remembered(project: Project, new_digest: str, parts: tuple[str, ...]) -> tuple[Path, Fingerprint]:
    """Find what was kept of the film of the subtitles: beside the film if "probe" saw it last, put aside, or noted.

    Where nobody said of which film they are, a build may have seen it.
    """
    owner = known_owner(project)
    seen = owner or built_owner(project, new_digest)
    films = frozenset(map(seen.of, parts)) or seen.films if seen else frozenset()
    for path in kept_paths(project):
        found = known_fingerprint(path)
        if found is not None and found.digest != new_digest and (owner is None or found.digest in films):
            return path, found
    for digest in sorted(films - {new_digest}):
        noted = noted_fingerprint(project, digest)
        if noted is not None:
            return project.notes_dir, noted
    path = fingerprint_path(project)
    raise UsageError(
        what="babelreel does not know the earlier film.",
        where=str(path),
        why="this file describes the film that is there now" if known_fingerprint(path) else "there is no such file",
        hint="Name the old film: “babelreel conform OLD.mp4”. "
        "Next time, run “babelreel probe” before you replace the film.",
    )
