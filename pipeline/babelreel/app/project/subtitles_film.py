"""Keep in ``video/master.subtitles.json`` of which film the subtitles are, in version control beside the fingerprints.

Only this file knows what was moved already: a version for ``undo`` is on one machine only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from babelreel.app.project.description_files import files_of_film
from babelreel.app.project.fingerprints import fingerprint_path, known_fingerprint, subtitles_path
from babelreel.app.project.inventory import find_film
from babelreel.app.project.master import known_film, open_digests, open_notes
from babelreel.errors import BabelreelError, UsageError
from babelreel.graph.files import write_atomically
from babelreel.graph.notes import Topic
from babelreel.model.film.media import MediaInfo
from babelreel.model.json_codec import decode
from babelreel.model.project import Project
from babelreel.regular_files import is_taken, read_regular, real_path
from babelreel.system_errors import house_errors
from babelreel.timedtext.read import read_track


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """The film of a build, and when the lines of each track began then, in ms."""

    film: str
    duration_ms: int
    starts: Mapping[str, tuple[int, ...]]


#: Kept by builds in ``.babelreel``, for projects that are never probed.
_BUILT = Topic(name="built-film", version=2, read=lambda document: decode(document, _Built))
#: Stands for the chapters of babelreel.toml, where it could not be taken for a language.
CHAPTERS = "[[chapter]]"
_FILM, _OTHERS, _STAYED = "subtitles_are_of_film", "but", "made_for_another_film"
_DIGEST_DIGITS = 64
#: Where fewer of the lines begin when they did, somebody did more than to correct one.
_AS_BUILT = Fraction(9, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed:
    """What a file held that stayed as it was when the subtitles moved, and the film that it was made for: digests."""

    sha256: str
    film: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtitlesFilm:
    """The digest of the film that the subtitles are of; ``others`` are languages, or chapters, that are of another.

    ``stayed`` are files, by path, that nobody could move with them, such as recordings of the whole film.
    """

    film: str
    others: Mapping[str, str] = field(default_factory=dict)
    stayed: Mapping[str, Stayed] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """Return the digest of the film that a language is of, or the chapters."""
        return self.others.get(part, self.film)

    def are_together(self, one: str, other: str) -> bool:
        """Tell whether two languages are of one film, so that their times can be compared."""
        return self.of(one) == self.of(other)

    @property
    def films(self) -> frozenset[str]:
        """All films that any of them are of."""
        return frozenset((self.film, *self.others.values()))

    def renamed(self, film: str, other: str) -> SubtitlesFilm:
        """Say the same of a film that has another digest now."""
        new = {part: other if each == film else each for part, each in self.others.items()}
        main = other if self.film == film else self.film
        stayed = {path: replace(each, film=other) if each.film == film else each for path, each in self.stayed.items()}
        others = {part: each for part, each in new.items() if each != main}
        return SubtitlesFilm(film=main, others=others, stayed=stayed)

    def moved(self, parts: Iterable[str], film: str, every: Iterable[str]) -> SubtitlesFilm:
        """Say of some parts that they are of another film now; ``every`` are all parts that the project has."""
        films = {part: self.of(part) for part in every} | dict.fromkeys(parts, film)
        counted = Counter(films.values())
        main = self.film if counted[self.film] or not counted else max(counted, key=counted.__getitem__)
        return replace(self, film=main, others={part: each for part, each in films.items() if each != main})


def known_owner(project: Project) -> SubtitlesFilm | None:
    """Read of which film the subtitles are; ``None`` where nobody said it.

    Raises ``UsageError`` where the file is damaged: what is guessed then may move all of them twice.
    """
    path = subtitles_path(project)
    if not is_taken(path):
        return None
    with house_errors(path):
        content = read_regular(path)
    owner = parse_owner(content)
    if owner is None:
        raise UsageError(
            what="It is not clear which film the subtitles belong to.",
            where=str(path),
            why="the file is not as babelreel writes it",
            hint="Take it from version control, or remove it and name the old film: “babelreel conform OLD.mp4”.",
        )
    return owner


def parse_owner(content: bytes) -> SubtitlesFilm | None:
    """Read of which film the subtitles are; ``None`` where it is not as ``render_owner`` writes it."""
    try:
        document = json.loads(content)
        film, others = document[_FILM], dict(document.get(_OTHERS, {}))
        stayed = {path: Stayed(**each) for path, each in dict(document.get(_STAYED, {})).items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    digests = (film, *others.values(), *(digest for each in stayed.values() for digest in (each.sha256, each.film)))
    if not all(isinstance(each, str) and len(each) == _DIGEST_DIGITS for each in digests):
        return None
    return SubtitlesFilm(film=film, others=others, stayed=stayed)


def render_owner(owner: SubtitlesFilm) -> bytes:
    """Write of which film the subtitles are."""
    others = {_OTHERS: dict(sorted(owner.others.items()))} if owner.others else {}
    kept = {path: {"sha256": each.sha256, "film": each.film} for path, each in sorted(owner.stayed.items())}
    stayed = {_STAYED: kept} if kept else {}
    return json.dumps({_FILM: owner.film, **others, **stayed}, indent=1).encode() + b"\n"


def presumed_owner(project: Project, film: str | None) -> SubtitlesFilm | None:
    """Find of which film the subtitles are: as was said, else the film that ``probe`` saw last.

    ``film`` is the digest of the one that lies there now. Raises what ``known_owner`` raises.
    """
    said = known_owner(project)
    if said:
        return said
    kept, described, built = known_fingerprint(fingerprint_path(project)), known_film(project), _recall_built(project)
    if kept or described:
        probed = kept.digest if kept else described.digest if described else ""
        since = _owner_since(project, built, film) if built and built.film == probed != film else None
        return since or SubtitlesFilm(film=probed)
    if built and built.film == film:
        return SubtitlesFilm(film=built.film)
    return _owner_since(project, built, film) if built else None


def built_owner(project: Project, film: str) -> SubtitlesFilm | None:
    """Find of which other film than this one the subtitles are, as builds have seen it; ``None`` where it is this one.

    A language that was timed anew since is taken to be of this one; where all were, nothing is known.
    """
    built = _recall_built(project)
    return _owner_since(project, built, film) if built and built.film != film else None


def built_film_ms(project: Project, digest: str) -> int | None:
    """Return how long a film was that a build has seen."""
    built = _recall_built(project)
    return built.duration_ms if built and built.film == digest else None


def remember_built(project: Project, film: MediaInfo) -> None:
    """Note of which film the subtitles are when they are built, unless they are still those of another one."""
    if built_owner(project, film.digest) is None:
        built = _Built(film=film.digest, duration_ms=film.duration_ms, starts=_starts(project))
        open_notes(project).keep(_BUILT, "", built)


def is_any_film_known(project: Project) -> bool:
    """Tell whether anything says of which film the subtitles are, other than a description."""
    paths = (subtitles_path(project), fingerprint_path(project))
    return any(is_taken(path) for path in paths) or _recall_built(project) is not None


def _recall_built(project: Project) -> _Built | None:
    return open_notes(project).recall(_BUILT, "")


def _owner_since(project: Project, built: _Built, film: str | None) -> SubtitlesFilm | None:
    """Find of which film each language is: of that of the build, or of ``film`` where it was timed anew since.

    ``None`` where all were.
    """
    now = _starts(project)
    is_as_built = {tag: _is_as_built(starts, now[tag]) for tag, starts in built.starts.items() if tag in now}
    if True not in is_as_built.values():
        return None
    anew = [tag for tag, is_same in is_as_built.items() if not is_same]
    return SubtitlesFilm(film=built.film, others=dict.fromkeys(anew, film or ""))


def _is_as_built(before: Sequence[int], now: Sequence[int]) -> bool:
    same = Counter(before) & Counter(now)
    return same.total() >= _AS_BUILT * len(before)


def _starts(project: Project) -> dict[str, tuple[int, ...]]:
    """List when the lines of each track begin; of one that cannot be read, nothing."""
    found: dict[str, tuple[int, ...]] = {}
    for file in files_of_film(project):
        with suppress(BabelreelError, OSError):
            data = read_regular(file.path)
            track = read_track(data, language=file.settings.language, path=file.path.name)
            starts = tuple(cue.span.start_ms for cue in track.cues)
            found |= {file.tag: starts} if starts else {}
    return found


def begin_owner(project: Project, owner: SubtitlesFilm) -> None:
    """Write of which film the subtitles are before they are moved, where nobody said it: ``undo`` goes back to it."""
    path = subtitles_path(project)
    if not is_taken(path):
        write_atomically(path, render_owner(owner))


def owner_but(project: Project, before: bytes, paths: Iterable[Path]) -> bytes:
    """Write of which film the subtitles are when all files are put back but these, which stay as they are."""
    was, now = parse_owner(before), known_owner(project)
    if was is None or now is None:
        return before
    kept = {real_path(path) for path in paths}
    config = project.config_path
    is_settings_left = config is not None and real_path(config) in kept and project.has_own_times
    for part in (*languages_at(project, kept), *((CHAPTERS,) if is_settings_left else ())):
        was = was.moved([part], now.of(part), parts_of(project))
    return render_owner(was)


def languages_at(project: Project, paths: Iterable[Path]) -> tuple[str, ...]:
    """List the languages whose subtitles, or scripts of descriptions, lie at some paths."""
    places = {real_path(path) for path in paths}
    return tuple(file.tag for file in files_of_film(project) if real_path(file.path) in places)


def parts_of(project: Project) -> tuple[str, ...]:
    """List all that is of a film: languages with subtitles, scripts of descriptions, and chapters or signs if any."""
    chapters = (CHAPTERS,) if project.has_own_times else ()
    return (*(file.tag for file in files_of_film(project)), *chapters)


def shown_part(project: Project, part: str) -> str:
    """Name a language for people, or the chapters and signs of which there are some."""
    own = (("the chapters", project.campaign.chapters), ("the words in the picture", project.signs))
    return " and ".join(name for name, there in own if there) if part == CHAPTERS else part


def present_film(project: Project) -> str | None:
    """Find the digest of the film that lies there now, if one does and it can be read."""
    try:
        digests = open_digests(project)
        digest = digests.digest(find_film(project))
        digests.save()
    except BabelreelError:
        return None
    return digest


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChange:
    """Of which film the subtitles were before a move, and are after it."""

    before: SubtitlesFilm
    after: SubtitlesFilm


def said_to_fit(project: Project, tags: Iterable[str] = ()) -> OwnerChange | None:
    """Find what changes when a person moves these languages, or all of them, by hand, and the film was replaced.

    To move them says that they fit the film that lies there now. ``None`` where they were of that one, where there is
    no film, and where nobody knows of another one.
    """
    film = present_film(project)
    owner = presumed_owner(project, film) if film else None
    if owner is None or film is None:
        return None
    every = parts_of(project)
    after = owner.moved(tuple(tags) or every, film, every)
    return OwnerChange(before=owner, after=after) if after != owner else None
