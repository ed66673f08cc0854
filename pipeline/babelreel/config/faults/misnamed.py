"""Find settings that were saved under a name under which nobody reads them."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice
from pathlib import Path

from babelreel.errors import UsageError
from babelreel.regular_files import is_taken

_MOST_LOOKED_AT = 500


def refuse_misnamed(root: Path, name: str) -> None:
    """Raise ``UsageError`` where a folder without ``name`` holds the like of ``babelreel.toml.txt`` or ``x (1).toml``.

    Editors and browsers name files so; everything would be made with defaults, and nobody would know. A folder that
    holds neither films nor subtitles is no project, and what lies there is nobody's business.
    """
    stem, ending = name.split(".")
    like = re.compile(rf"{stem}[ _-]*(\(\d+\)|copy|copie|\d+)?\.{ending}(\.(txt|rtf|{ending}))?", re.IGNORECASE)
    if not any(is_taken(root / folder) for folder in ("video", "subtitles")):
        return
    with suppress(OSError):
        found = [each.name for each in islice(root.iterdir(), _MOST_LOOKED_AT) if like.fullmatch(each.name)]
        if found:
            raise UsageError(
                what=f"The settings are in “{min(found)}”, but babelreel reads only “{name}”.",
                where=str(root / min(found)),
                hint=f"Rename it to {name}, or move it away. Windows hides the end of names unless you let it show "
                "file name extensions.",
            )
