"""Where the repository and the files that it ships lie."""

from __future__ import annotations

from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
#: The subtitles of the sample film, one file per language.
SUBTITLES = REPOSITORY / "subtitles"
