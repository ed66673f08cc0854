"""Begin a new project."""

from __future__ import annotations

from pathlib import Path

from babelreel.config.read import CONFIG_NAME
from babelreel.config.template import starting_config
from babelreel.errors import TrackError, UsageError
from babelreel.graph.files import write_atomically
from babelreel.languages.find import find_language
from babelreel.model.language import ENGLISH
from babelreel.regular_files import is_taken, real_path
from babelreel.system_errors import house_errors

FOLDERS = ("video", "subtitles", "output")


def start_project(folder: Path, spoken: str = "") -> tuple[str, ...]:
    """Make the folders and a babelreel.toml with every default; return what was made, and overwrite nothing.

    ``spoken`` is the tag of the language that is spoken in the film, empty for English. Raises ``UsageError`` for one
    that is no language, and where a babelreel.toml is there that may say something else.
    """
    config = folder / CONFIG_NAME
    reference = _spoken(spoken) if spoken else ENGLISH
    if spoken and is_taken(config):
        raise UsageError(
            what="babelreel.toml is there already, and stays as it is.",
            where=str(config),
            hint=f'Write reference = "{reference}" into it.',
        )
    made = []
    with house_errors(folder):
        for name in FOLDERS:
            if not (folder / name).is_dir():
                (folder / name).mkdir(parents=True)
                made.append(f"{name}/")
    if not is_taken(config):
        write_atomically(config, starting_config(real_path(folder).name, reference).encode())
        made.append(CONFIG_NAME)
    return tuple(made)


def _spoken(tag: str) -> str:
    try:
        return find_language(tag).tag
    except TrackError as error:
        raise UsageError(what=error.what, why=error.why, hint="Name a language by its tag: --spoken fr") from None
