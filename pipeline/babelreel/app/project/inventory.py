"""Find the film in the project's folder, and what is known of it."""

from __future__ import annotations

import os
from pathlib import Path

from babelreel.errors import FilmError
from babelreel.model.project import Project
from babelreel.regular_files import is_taken, real_path

#: Endings of the containers that films come in; a film with another one is named in babelreel.toml.
FILM_ENDINGS = frozenset(
    "mp4 m4v mov mkv webm avi mpg mpeg m2v ts m2ts mts mxf wmv flv ogv 3gp vob dv".split()  # noqa: SIM905 - reads easier
)


def find_film(project: Project) -> Path:
    """Find the master: the file named in babelreel.toml, else the one film in the film folder."""
    if project.film is not None:
        path = project.root / project.film
        if not path.is_file():
            raise FilmError(
                what="The film named in babelreel.toml is not there.",
                where=str(path),
                hint="In babelreel.toml, correct “film” under [paths], or put the film in its place.",
            )
        return path
    folder = project.root / project.video_dir
    films = [path for path in files_in(folder) if path.suffix.lower().lstrip(".") in FILM_ENDINGS]
    if len(films) == 1:
        return films[0]
    if not films:
        raise FilmError(
            what="There is no film to work on.",
            where=str(folder),
            why=f"no file in the folder has the ending of a film, such as .mp4 ({told_files(folder)})",
            hint=_film_hint(folder),
        )
    raise FilmError(
        what=f"There are {len(films)} films, and only one can be the master.",
        where=str(folder),
        why=", ".join(path.name for path in films[:5]) + (" …" if len(films) > 5 else ""),  # noqa: PLR2004 - fits a line
        hint="Leave only one there, or name the right one in babelreel.toml: “film” under [paths].",
    )


def _film_hint(folder: Path) -> str:
    for path in files_in(folder):
        if path.suffix.lower() == ".txt" and Path(path.stem).suffix.lower().lstrip(".") in FILM_ENDINGS:
            return f"Rename {path.name} to {path.stem}."
    return "Put one film there, for example master.mp4, or name it in babelreel.toml: “film” under [paths]."


def probe_path(project: Project) -> Path:
    """Say where the description of the master lies: ``video/master.probe.json`` beside ``video/master.mp4``.

    Works without the film, so that a CI job needs none; then it is the one ``*.probe.json`` in the film folder. So it
    is for a film that came under another name, as ``film v2.mp4`` after ``film v1.mp4``: it is described where that
    was.
    """
    if project.film is not None:
        return (project.root / project.film).with_suffix(".probe.json")
    folder = project.root / project.video_dir
    films = [path for path in files_in(folder) if path.suffix.lower().lstrip(".") in FILM_ENDINGS]
    described = [
        path for path in files_in(folder) if path.name.endswith(".probe.json") and path != sounds_path(project)
    ]
    own = (films[0] if len(films) == 1 else folder / "master").with_suffix(".probe.json")
    return described[0] if len(described) == 1 and not is_taken(own) else own


def sounds_path(project: Project) -> Path:
    """Say where the description of the recorded sounds lies: ``video/stems.probe.json``, beside that of the film."""
    return project.root / project.stems_dir.with_suffix(".probe.json")


def relative_path(project: Project, path: Path) -> str:
    """Write a path relative to the project, with ``/``; a path outside of it stays absolute."""
    try:
        return path.relative_to(project.root).as_posix()
    except ValueError:
        return path.as_posix()


def leads_out(project: Project, path: Path) -> bool:
    """Tell whether a path leads out of the project by a link: a stranger may have put it there."""
    meant = real_path(path)
    return meant != Path(os.path.abspath(path)) and not meant.is_relative_to(project.root)  # noqa: PTH100 - "absolute" keeps ".."


def lies_outside(project: Project, path: Path) -> bool:
    """Tell whether a file lies outside of the project, by a link or by a path of the settings: no version has it."""
    return not real_path(path).is_relative_to(project.root)


def files_in(folder: Path) -> list[Path]:
    """List the files of a folder by name, without hidden ones; a folder that is not there has none.

    What is neither a file nor a folder, such as a pipe, is listed too: who reads it says what is wrong with it.
    """
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.exists() and not path.is_dir() and not path.name.startswith(".")
    )


def told_files(folder: Path) -> str:
    """Say what a folder holds, in a few names."""
    if not folder.is_dir():
        return "there is no such folder"
    names = [path.name for path in files_in(folder)]
    return f"found: {', '.join(names[:4])}{' …' if len(names) > 4 else ''}" if names else "it is empty"  # noqa: PLR2004 - fits a line
