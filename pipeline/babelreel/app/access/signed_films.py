"""Find films of sign language interpreters, and tell whether they go with the film.

``video/signed/fr.mp4`` stands beside the film on the French page. It has the film's clock: it begins with the film, and
is as long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.app.access.signed_files import FOLDER, films_in, language_of, signed_folder
from babelreel.app.build.footage import hear_film_alone, look_at_footage, needed_extras
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.master import look_at_other_film
from babelreel.app.project.stayed_files import stale_files
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.errors import BabelreelError, FilmError, MachineError, RefusedError, WithheldError
from babelreel.graph.digests import DigestCache
from babelreel.graph.task import SourceFile
from babelreel.model.delivery.build_summary import Failure, Fate
from babelreel.model.film.cells import Footage
from babelreel.model.film.ladder.encoding_ladder import Rung, fit_rate
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.signed import SIGNED_PICTURE_RUNG, SIGNED_RUNG, is_signed
from babelreel.model.film.streams import StreamWishes
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.stages.inputs import SignedFilm

#: Hands that come a tenth of a second early or late are still seen with what is said.
_STEP_MS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFilms:
    """The films that go with the film, the faults of others, and files that belong to no language that is built.

    ``kept`` are languages whose published films with an interpreter in the picture are not made anew. ``stale`` are
    those whose interpreter signs for the film before: nothing that is published of it stays.
    """

    films: tuple[SignedFilm, ...] = ()
    faults: tuple[Failure, ...] = ()
    strays: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    stale: frozenset[str] = frozenset()

    def tell(self) -> Iterator[str]:
        """Tell of files of which nothing is made."""
        for path in self.strays:
            yield f"{path}: nothing is made of it; name it by the language of a page, such as fr.mp4"
        for tag in self.kept:
            yield f"{SIGNED_PICTURE_RUNG.name} in {tag} is not made again: what is published of it stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLanguages:
    """Whose interpreters are looked for: languages that are ``built``, or refused and only ``known``.

    ``published`` names those of which an interpreter is published, ``pictured`` those of which a film shows one.
    """

    built: tuple[Language, ...]
    known: tuple[Language, ...] = ()
    published: frozenset[str] = frozenset()
    pictured: frozenset[str] = frozenset()


def find_signed_films(
    project: Project, info: MediaInfo, languages: SignedLanguages, ffmpeg: str | None, digests: DigestCache
) -> SignedFilms:
    """Look at the films of interpreters for these languages; ``info`` describes the film that they stand beside.

    A language with two of them has none. What the machine does not give (a link whose disk is not connected) is a fault
    for which the published one stays.
    """
    folder = signed_folder(project)
    films: list[SignedFilm] = []
    faults: list[Failure] = []
    paths: dict[str, list[Path]] = {}
    stale: set[str] = set()
    stayed = stale_files(project, info.digest)
    strays: list[str] = []
    if folder.is_symlink() and not folder.exists():
        agreed = (tag for tag in languages.published if project.credits_of(tag).is_signer_agreed is not False)
        return SignedFilms(faults=tuple(_fault(tag, _lost(project, folder), languages, stale) for tag in agreed))
    for path in films_in(folder):
        language = language_of(path, (*languages.built, *languages.known))
        if language is None:
            strays.append(relative_path(project, path))
        else:
            paths.setdefault(language.tag, []).append(path)
    for language in languages.built:
        try:
            if found := paths.get(language.tag):
                _refuse_without_consent(project, found[0], language)
                _refuse_second(project, found, language)
                seen = _probe(project, found[0], language, info, digests)
                if relative_path(project, found[0]) in stayed:
                    stale.add(language.tag)
                    _refuse_stale(project, found[0], language)
                films.append(_look(project, found[0], language, seen, info, ffmpeg=ffmpeg, digests=digests))
            elif _rung(project) and language.tag in languages.pictured:
                faults.append(Failure(tag=language.tag, error=_missing(project, language), fate=Fate.EARLIER))
        except BabelreelError as error:
            faults.append(_fault(language.tag, error, languages, stale))
    waiting = (each.tag for each in faults if not isinstance(each.error, WithheldError))
    kept = languages.pictured.intersection(waiting) - stale if _rung(project) else ()
    return SignedFilms(
        films=tuple(films),
        faults=tuple(faults),
        strays=tuple(strays),
        kept=tuple(sorted(kept)),
        stale=frozenset(stale),
    )


def is_as_long(duration_ms: int, film: MediaInfo) -> bool:
    """Tell whether an interpreter's film is as long as the one that it stands beside."""
    return abs(duration_ms - film.duration_ms) <= _STEP_MS


def _rung(project: Project) -> Rung | None:
    """Find the size that shows interpreters in the picture, if the project asks for it."""
    return next((rung for rung in project.rungs if is_signed(rung.name)), None)


def _missing(project: Project, language: Language) -> RefusedError:
    folder, tag = project.video_dir / FOLDER, language.tag
    return RefusedError(
        what=f"The film of the interpreter of {tag} is missing, and a published film shows them.",
        where=folder.as_posix(),
        hint=f"Put it back as {tag}.mp4, or write signer = false in [consent.{tag}] to take back what is published.",
    )


def _refuse_stale(project: Project, path: Path, language: Language) -> None:
    tag = language.tag
    raise RefusedError(
        what=f"The interpreter of {tag} is not published: it would not be in step with the film.",
        where=relative_path(project, path),
        why="it was made for the film before, and stayed as it was when the subtitles moved to this one",
        hint=f"Put one in its place that fits this film, or, if it does already, run “babelreel shift {tag} --by=0s”.",
    )


def _fault(tag: str, error: BabelreelError, languages: SignedLanguages, stale: Collection[str]) -> Failure:
    stays = not isinstance(error, WithheldError) and tag in languages.published and tag not in stale
    return Failure(tag=tag, error=error, fate=Fate.EARLIER if stays else Fate.WITHOUT_SIGN)


def _lost(project: Project, path: Path) -> MachineError:
    return MachineError(
        what="An interpreter's film cannot be read.",
        where=relative_path(project, path),
        why="the link leads nowhere",
        hint="Connect its disk, or put the film itself there, then run the same command again.",
    )


def _refuse_without_consent(project: Project, path: Path, language: Language) -> None:
    if project.credits_of(language.tag).is_signer_agreed is False:
        raise WithheldError(
            what=f"The interpreter of {language.tag} is not published: they have not agreed.",
            where=f"[consent.{language.tag}] in babelreel.toml",
            hint=f"Set signer = true once they have agreed, or take {relative_path(project, path)} away.",
        )


def _refuse_second(project: Project, paths: Sequence[Path], language: Language) -> None:
    if len(paths) > 1:
        raise FilmError(
            what=f"There are two films of an interpreter for {language.tag}.",
            where=", ".join(relative_path(project, path) for path in paths),
            hint="Keep the right one, and move the other away.",
        )


def _probe(project: Project, path: Path, language: Language, info: MediaInfo, digests: DigestCache) -> MediaInfo:
    """Probe a film; raises ``RefusedError`` for one that is not as long as the master, and what probing raises."""
    if path.is_symlink() and not path.exists():
        raise _lost(project, path)
    found = look_at_other_film(project, path, digests, StreamWishes())  # what is wanted of the master's says nothing
    late_ms = found.duration_ms - info.duration_ms
    if not is_as_long(found.duration_ms, info):
        raise RefusedError(
            what=f"The interpreter of {language.tag} is not published: it would not be in step with the film.",
            where=relative_path(project, path),
            why=f"it is {abs(late_ms) / 1000:.1f} s {'longer' if late_ms > 0 else 'shorter'} than the film",
            hint="Cut it so that it begins and ends with the film, then run the same command again.",
        )
    return found


def _look(  # noqa: PLR0913 - a film is looked at beside another one
    project: Project,
    path: Path,
    language: Language,
    found: MediaInfo,
    info: MediaInfo,
    *,
    ffmpeg: str | None,
    digests: DigestCache,
) -> SignedFilm:
    """Look at what a film that was ``found`` shows, beside the master; raises what that raises."""
    if extras := needed_extras(found):
        usable_ffmpeg(project, ffmpeg, digests, extras)
    found = replace(found, shots=())  # an interpreter stands in one shot, and cells need no other
    film = hear_film_alone(project, path, found)
    rates = {fit_rate(SIGNED_RUNG, film.video.rate)}
    rung, video = _rung(project), info.video
    beside: tuple[Footage, ...] = ()
    if rung and video:
        rate = fit_rate(rung, video.rate)
        beside = look_at_footage(project, path, found, {rate}, of="beside ", beside=info)[rate]
    return SignedFilm(
        language=language,
        film=replace(
            film,
            source=SourceFile(name=f"signed{path.suffix.lower()}", path=path, digest=found.digest),
            footage=look_at_footage(project, path, found, rates, of="signed "),
        ),
        beside=beside,
    )
