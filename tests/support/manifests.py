"""Entries of manifests for tests."""

from __future__ import annotations

from babelreel.model.delivery.manifest import PublishedLanguage


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
