"""Find the films of interpreters by their names: ``video/signed/fr.mp4`` is that of the French page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from babelreel.app.project.inventory import FILM_ENDINGS, files_in, relative_path
from babelreel.languages.file_names import tag_of_name
from babelreel.languages.find import are_one_language
from babelreel.model.language import Language
from babelreel.model.project import Project

#: The folder, in the one of the film.
FOLDER = "signed"


def signed_folder(project: Project) -> Path:
    """Say where films of interpreters lie."""
    return project.root / project.video_dir / FOLDER


def films_in(folder: Path) -> list[Path]:
    """List the films of a folder, and links to films that lead nowhere."""
    links = (path for path in folder.iterdir() if path.is_symlink() and not path.exists()) if folder.is_dir() else ()
    paths = {*files_in(folder), *(path for path in links if not path.name.startswith("."))}
    return sorted(path for path in paths if path.suffix.lower().lstrip(".") in FILM_ENDINGS)


def language_of(path: Path, languages: Iterable[Language]) -> Language | None:
    """Find the language that a film is named by; variants of languages have no interpreters."""
    tag = tag_of_name(path.stem)
    usual = (each for each in languages if each.variant is None)
    return next((each for each in usual if tag and are_one_language(each.tag, tag)), None)


def refused_signers(project: Project, languages: Iterable[Language]) -> Iterator[tuple[str, str]]:
    """Yield the films whose interpreters have not agreed, each with the tag of its language."""
    languages = tuple(languages)
    for path in films_in(signed_folder(project)):
        language = language_of(path, languages)
        if language and project.credits_of(language.tag).is_signer_agreed is False:
            yield relative_path(project, path), language.tag
