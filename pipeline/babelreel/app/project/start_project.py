"""How does a new project begin?"""

from __future__ import annotations

from pathlib import Path

from babelreel.config.read import CONFIG_NAME
from babelreel.config.template import starting_config
from babelreel.graph.files import write_atomically
from babelreel.regular_files import is_taken, real_path
from babelreel.system_errors import house_errors

FOLDERS = ("video", "subtitles", "output")


def start_project(folder: Path) -> tuple[str, ...]:
    """Make the folders and a babelreel.toml with every default; gives what was made, and overwrites nothing."""
    made = []
    with house_errors(folder):
        for name in FOLDERS:
            if not (folder / name).is_dir():
                (folder / name).mkdir(parents=True)
                made.append(f"{name}/")
    config = folder / CONFIG_NAME
    if not is_taken(config):
        write_atomically(config, starting_config(real_path(folder).name).encode())
        made.append(CONFIG_NAME)
    return tuple(made)
