"""Find the films that lie below a folder that a campaign published."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from babelreel.app.publish.own_files import is_inside
from babelreel.model.delivery.manifest import Manifest
from babelreel.model.delivery.published_paths import CAMPAIGN
from babelreel.model.json_codec import parse_json
from babelreel.regular_files import read_regular


def films_below(folder: Path, manifest: Manifest) -> tuple[str, ...]:
    """List the names of their folders, as campaign.json has them; none where no campaign published."""
    if not any(file.path == CAMPAIGN for file in manifest.files):
        return ()
    with suppress(OSError, ValueError, KeyError, TypeError):
        names = tuple(str(film["name"]) for film in parse_json(read_regular(folder / CAMPAIGN))["films"])
        return tuple(name for name in names if is_inside(folder, name) and (folder / name).is_dir())
    return ()  # that it is not what was published is reported
