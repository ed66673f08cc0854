"""Tell whether the subtitles are of the film that somebody calls the old one, or of the one that lies there already.

It is checked where nobody said it: a call that names the new film, while the old one still lies there, would move all
subtitles away from the film that they fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from babelreel.app.project.description_files import find_files_of_film
from babelreel.app.project.inventory import find_film, relative_path
from babelreel.app.project.master import (
    hear_sound,
    look_at_film,
    look_at_other_film,
    noted_film,
    open_digests,
    see_and_hear,
)
from babelreel.app.project.read_tracks import load_track
from babelreel.app.project.subtitles_film import presumed_owner
from babelreel.errors import UsageError
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.film.change.fingerprint import Fingerprint
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.model.timecode import MS_PER_SECOND, Span
from babelreel.model.track import Track
from babelreel.rules.base.track_sync import count_voiced

#: So many of the cues must start with a voice, and so many times as many as in the other film; of fewer cues nothing is
#: claimed.
_ENOUGH, _CLEARLY, _FEWEST = Fraction(1, 2), Fraction(3, 2), 4
#: A text may be shown a moment longer than the film.
_OVER_MS = MS_PER_SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How long a film is, and where somebody speaks in it, ``None`` where nobody has listened."""

    duration_ms: int
    speech: tuple[Span, ...] | None


def refuse_wrong_way(
    project: Project, old: Path, films: tuple[Fingerprint, Fingerprint], tags: tuple[str, ...], ffmpeg: str | None
) -> None:
    """Raise ``UsageError`` where subtitles seem to fit the film that is there now, and not the one that you named.

    ``films`` are what is kept of the named one, which lies at ``old``, and of the present one. Voices and lengths tell
    it. Where they do not, what was described or built does: then the subtitles must fit the named film better.
    """
    before, new = films
    owner = presumed_owner(project, new.digest)
    if owner and owner.film == before.digest:
        return
    heard = _heard(project, old, before, ffmpeg)
    # a description is heard while nobody speaks: voices say nothing of it
    files = [file for file in find_files_of_film(project, tags) if not file.is_script]
    tracks = [load_track(project, file) for file in files]
    verdicts = {track.language: is_of_second(track, *heard) for track in tracks}
    fitting = [tag for tag, verdict in verdicts.items() if verdict]
    is_presumed = owner is not None and owner.film == new.digest and False not in verdicts.values()
    if not fitting and not is_presumed:
        return
    named = f" of {', '.join(fitting)}" if 0 < len(fitting) < len(verdicts) else ""
    swap = "Put the new film into its place, and name the old one"
    raise UsageError(
        what=f"The subtitles{named} seem to fit the film that is there now, and not the one that you named.",
        where=relative_path(project, find_film(project)),
        why="they fit the voices or the length of this one better"
        if fitting
        else "this one was described or built, and they fit the other one no better",
        hint=f"{'Move the others alone, with --lang' if named else swap}. If they are of the named one, add --unsafe.",
    )


def is_of_second(track: Track, first: Heard, second: Heard) -> bool | None:
    """Tell whether a track seems to be of the second film rather than of the first; ``None`` where nothing tells it."""
    end_ms = max((cue.span.end_ms for cue in track.cues), default=0)
    is_over = [end_ms > film.duration_ms + _OVER_MS for film in (first, second)]
    if is_over[0] != is_over[1]:
        return is_over[0]
    starts = tuple(sorted(cue.span.start_ms for cue in track.cues if cue.is_spoken))
    if len(starts) < _FEWEST or not first.speech or not second.speech:
        return None
    shares = [Fraction(count_voiced(starts, speech), len(starts)) for speech in (first.speech, second.speech)]
    if max(shares) < _ENOUGH or max(shares) < _CLEARLY * min(shares):
        return None
    return shares[1] > shares[0]


def _heard(project: Project, old: Path, before: Fingerprint, ffmpeg: str | None) -> tuple[Heard, Heard]:
    """Return both films with their voices, as far as they can be heard: nobody can listen to a fingerprint."""
    digests, program = open_digests(project), locate_ffmpeg(ffmpeg)
    path, info = look_at_film(project, digests)
    new = info if info.speech is not None else _listened(project, path, info, program)
    earlier = noted_film(project, before.digest)
    if (earlier is None or earlier.speech is None) and digests.digest(old) == before.digest:
        earlier = _listened(project, old, look_at_other_film(project, old, digests), program)
    digests.save()
    return (
        Heard(duration_ms=before.duration_ms, speech=earlier.speech if earlier else None),
        Heard(duration_ms=new.duration_ms, speech=new.speech),
    )


def _listened(project: Project, path: Path, info: MediaInfo, ffmpeg_path: Path) -> MediaInfo:
    return see_and_hear(project, path, hear_sound(project, path, info), ffmpeg_path)
