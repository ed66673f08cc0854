"""Find what became of the film that the subtitles are of, where another one lies in its place."""

from __future__ import annotations

from babelreel.app.project.described_film import FilmToCheck, film_to_check
from babelreel.app.project.fingerprints import kept_paths, known_fingerprint, noted_fingerprint, subtitles_path
from babelreel.app.project.master import noted_film
from babelreel.app.project.subtitles_film import (
    SubtitlesFilm,
    built_film_ms,
    known_owner,
    parts_of,
    presumed_owner,
    shown_part,
)
from babelreel.errors import UsageError
from babelreel.model.film.change.film_change import FilmChange, guess_change
from babelreel.model.film.change.other_film import OtherFilm
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.regular_files import is_taken


def find_other_film(project: Project, known: FilmToCheck, reference: Track | None) -> OtherFilm | None:
    """Tell how the film differs from that of the subtitles, or from the described one; ``None`` where it is both.

    ``reference`` is the track of the film's own language.
    """
    stale, film = known.stale, known.film
    if film is None:
        before_ms = stale.duration_ms if stale else None
        return OtherFilm(before_ms=before_ms, film_ms=None, last_text_ms=_last_text_ms(reference)) if stale else None
    owner = films_of_subtitles(project, known)
    lag = tuple(part for part in parts_of(project) if owner.of(part) != film.digest) if owner else ()
    if not (stale or lag):
        return None
    before = owner.of(lag[0]) if owner and lag else stale.digest if stale else ""
    info = stale if stale and stale.digest == before else noted_film(project, before)
    kept_ms = _kept_ms(project, before)
    is_all = len(lag) == len(parts_of(project))
    is_moved = bool(lag) and project.reference not in lag  # its texts were moved already
    return OtherFilm(
        before_ms=info.duration_ms if info else kept_ms or built_film_ms(project, before),
        film_ms=film.duration_ms,
        last_text_ms=None if is_moved else _last_text_ms(reference),
        change=_change(info, film) if is_all else None,
        is_described=stale is not None,
        is_settled=not lag,
        is_kept=kept_ms is not None,
        only=() if is_all else tuple(shown_part(project, part) for part in lag),
    )


def films_of_subtitles(project: Project, known: FilmToCheck) -> SubtitlesFilm | None:
    """Find of which film each language is; ``None`` where nobody knows it.

    Without any film only what was said of them counts: times may have been corrected since the last build.
    """
    film, stale = known.film, known.stale
    try:
        owner = presumed_owner(project, film.digest) if film else known_owner(project)
    except UsageError:  # "conform" and "shift" say that the file is damaged
        owner = None
    # what is described of a film that was replaced is all that is known of it
    return owner or (SubtitlesFilm(film=stale.digest) if stale else None)


def is_of_originals_film(project: Project, tag: str) -> bool:
    """Tell whether a language and the film's own one are of one film; so are they where nobody knows of another."""
    films = films_of_subtitles(project, film_to_check(project))
    return films is None or films.are_together(tag, project.reference)


def two_films_error(project: Project, tag: str) -> UsageError:
    """Say that nobody can tell which lines of a language and of the original belong together."""
    return UsageError(
        what=f"Nobody can tell which lines of {tag} and of the original, {project.reference}, belong together.",
        where=str(project.root / project.subtitles_dir),
        why="they are of two films, since only one of them was moved to the new film",
        hint="Move the other one too: run “babelreel conform”. Then run the same command again.",
    )


def _last_text_ms(reference: Track | None) -> int | None:
    return max((cue.span.end_ms for cue in reference.cues), default=None) if reference else None


def _change(old: MediaInfo | None, new: MediaInfo) -> FilmChange | None:
    return guess_change(old, new) if old else None


def _kept_ms(project: Project, digest: str) -> int | None:
    """Find how long a film is whose fingerprint is kept; ``None`` for any other."""
    for path in kept_paths(project):
        kept = known_fingerprint(path)
        if kept and kept.digest == digest:
            return kept.duration_ms
    # what was noted of a film is used, as ``conform`` does, where somebody said, or a build saw, that they are of it
    is_known = is_taken(subtitles_path(project)) or built_film_ms(project, digest) is not None
    noted = noted_fingerprint(project, digest) if is_known else None
    return noted.duration_ms if noted else None
