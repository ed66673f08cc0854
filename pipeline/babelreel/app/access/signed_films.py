"""Find films of sign language interpreters, and tell whether they go with the film.

``video/signed/fr.mp4`` stands beside the film on the French page. It has the film's clock: it begins with the film, and
is as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.app.build.footage import hear_film_alone, look_at_footage, needed_extras
from babelreel.app.project.inventory import FILM_ENDINGS, files_in, relative_path
from babelreel.app.project.master import look_at_other_film
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.errors import BabelreelError, FilmError, RefusedError
from babelreel.graph.digests import DigestCache
from babelreel.graph.task import SourceFile
from babelreel.languages.file_names import tag_of_name
from babelreel.languages.find import are_one_language
from babelreel.model.delivery.build_summary import Failure, Fate
from babelreel.model.film.encoding_ladder import fit_rate
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.signed import SIGNED_RUNG
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.stages.inputs import SignedFilm

#: The folder, in the one of the film.
FOLDER = "signed"
#: Hands that come a tenth of a second early or late are still seen with what is said.
_STEP_MS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFilms:
    """The films that go with the film, the faults of others, and files that belong to no language that is built."""

    films: tuple[SignedFilm, ...] = ()
    faults: tuple[Failure, ...] = ()
    strays: tuple[str, ...] = ()

    def tell(self) -> Iterator[str]:
        """Tell of files of which nothing is made."""
        for path in self.strays:
            yield f"{path}: nothing is made of it; name it by the language of a page, such as fr.mp4"


def find_signed_films(
    project: Project, info: MediaInfo, languages: Iterable[Language], ffmpeg: str | None, digests: DigestCache
) -> SignedFilms:
    """Look at the films of interpreters for these languages; ``info`` describes the film that they stand beside."""
    folder = project.root / project.video_dir / FOLDER
    paths = [path for path in files_in(folder) if path.suffix.lower().lstrip(".") in FILM_ENDINGS]
    usual = [each for each in languages if each.variant is None]
    films: list[SignedFilm] = []
    faults: list[Failure] = []
    strays: list[str] = []
    for path in sorted(paths):
        tag = tag_of_name(path.stem)
        language = next((each for each in usual if tag and are_one_language(each.tag, tag)), None)
        if language is None:
            strays.append(relative_path(project, path))
            continue
        try:
            _refuse_second(project, path, language, films)
            films.append(_look(project, path, language, info, ffmpeg=ffmpeg, digests=digests))
        except BabelreelError as error:
            faults.append(Failure(tag=language.tag, error=error, fate=Fate.WITHOUT_SIGN))
    return SignedFilms(films=tuple(films), faults=tuple(faults), strays=tuple(strays))


def _refuse_second(project: Project, path: Path, language: Language, films: Iterable[SignedFilm]) -> None:
    if any(each.language.tag == language.tag for each in films):
        raise FilmError(
            what=f"There are two films of an interpreter for {language.tag}.",
            where=relative_path(project, path),
            hint="Keep the right one, and move the other away.",
        )


def _look(  # noqa: PLR0913 - a film is looked at beside another one
    project: Project, path: Path, language: Language, info: MediaInfo, *, ffmpeg: str | None, digests: DigestCache
) -> SignedFilm:
    """Probe a film; raises ``RefusedError`` for one that is not as long as the master, and what probing raises."""
    found = look_at_other_film(project, path, digests)
    late_ms = found.duration_ms - info.duration_ms
    if abs(late_ms) > _STEP_MS:
        raise RefusedError(
            what=f"The interpreter of {language.tag} is not published: it would not be in step with the film.",
            where=relative_path(project, path),
            why=f"it is {abs(late_ms) / 1000:.1f} s {'longer' if late_ms > 0 else 'shorter'} than the film",
            hint="Cut it so that it begins and ends with the film, then run the same command again.",
        )
    if extras := needed_extras(found):
        usable_ffmpeg(project, ffmpeg, digests, extras)
    found = replace(found, shots=())  # an interpreter stands in one shot, and cells need no other
    film = hear_film_alone(project, path, found)
    rates = {fit_rate(SIGNED_RUNG, film.video.rate)}
    return SignedFilm(
        language=language,
        film=replace(
            film,
            source=SourceFile(name=f"signed{path.suffix.lower()}", path=path, digest=found.digest),
            footage=look_at_footage(project, path, found, rates, of="signed "),
        ),
    )
