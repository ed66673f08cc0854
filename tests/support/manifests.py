"""Manifests for tests: those that were published, and entries of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babelreel.model.delivery.manifest import Manifest, PublishedFile, PublishedLanguage, Status


def manifest(root: Path) -> dict[str, Any]:
    """Read the manifest of what a project published, as other programs do."""
    document: dict[str, Any] = json.loads((root / "output/manifest.json").read_text("utf-8"))
    return document


def published_language(tag: str) -> PublishedLanguage:
    return PublishedLanguage(
        tag=tag,
        name=tag,
        english_name=tag,
        direction="ltr",
        dir=tag,
        title="Film",
        title_language="en",
        description="A film.",
        page=f"{tag}/index.html",
    )


def manifest_of(*files: PublishedFile) -> Manifest:
    """Make the manifest of files of one language."""
    return Manifest(
        title="Film",
        slug="film",
        status=Status.COMPLETE,
        languages=(published_language("fr"),),
        files=files,
        tools=(),
    )
