"""Find how many frames make a second in a MicroDVD file that does not say it, before and after a move."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from babelreel.app.project.fingerprints import kept_paths, known_fingerprint
from babelreel.app.project.master import known_film, noted_film
from babelreel.app.project.read_tracks import film_rate, rate_of
from babelreel.app.project.subtitles_film import present_film, presumed_owner
from babelreel.model.film.change.time_map import TimeMap
from babelreel.model.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRates:
    """Frames a second of the film that a file was made for, and of the one that it will be of; ``None``: unknown."""

    written: Fraction | None
    new: Fraction | None


def frame_rates(project: Project, tag: str, time_map: TimeMap, old: Fraction | None) -> FrameRates:
    """Find the rates of the file of a language; ``old`` is that of the film before, where the caller knows it.

    Where nobody knows it, it is that of the film that lies there, unless the film runs at another speed now: its
    frames were those of a film that is gone.
    """
    new = film_rate(project)
    written = old or _rate_before(project, tag)
    if written is None and all(stretch.rate == 1 for stretch in time_map.stretches):
        written = new
    return FrameRates(written=written, new=new if written else None)


def _rate_before(project: Project, tag: str) -> Fraction | None:
    """Find the rate of the film that a language is of, where that is another one than the one that lies there."""
    present = present_film(project)
    owner = presumed_owner(project, present)
    digest = owner.of(tag) if owner else present
    if not digest or digest == present:
        return None
    described = known_film(project)
    info = described if described and described.digest == digest else noted_film(project, digest)
    if info:
        return rate_of(info)
    kept = (found for path in kept_paths(project) if (found := known_fingerprint(path)))
    return next((each.rate for each in kept if each.digest == digest), None)
