"""The folder with the files of the studio's page."""

from __future__ import annotations

from pathlib import Path

#: The page, its style, one script for each of its parts, and its words in each language.
STUDIO_FILES = Path(__file__).parent / "studio"
