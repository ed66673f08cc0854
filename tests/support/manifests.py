"""Entries of manifests for tests."""

from __future__ import annotations

from babelreel.model.delivery.manifest import Manifest, PublishedFile, PublishedLanguage, Status


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
