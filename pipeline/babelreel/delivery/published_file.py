"""Make entries of the manifest from files that are to be published."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from babelreel.delivery.manifest import hundredths
from babelreel.graph.store import Artifact
from babelreel.model.delivery.manifest import FileLabel, PublishedFile


def describe_content(label: FileLabel, content: bytes) -> PublishedFile:
    """Describe a file of which all is known: its bytes."""
    return _describe(label, len(content), sha256(content).hexdigest(), {})


def describe_artifact(label: FileLabel, artifact: Artifact, facts: Mapping[str, Any] | None = None) -> PublishedFile:
    """Describe a stored file; ``facts`` are what was found in a film (``describe_file`` of ``media.deliver``).

    A film without sound loses the sound of its label.
    """
    return _describe(label, artifact.size, artifact.digest, facts or {})


def _describe(label: FileLabel, size: int, digest: str, facts: Mapping[str, Any]) -> PublishedFile:
    codecs = facts.get("codecs", "")
    return PublishedFile(
        path=label.path,
        role=label.role,
        language=label.language,
        rendition=label.rendition,
        sound=label.sound if facts.get("has_sound", True) else "",
        text=label.text,
        bytes=size,
        sha256=digest,
        duration_ms=facts.get("duration_ms", 0),
        width_px=facts.get("width_px", label.width_px),
        height_px=facts.get("height_px", label.height_px),
        peak_kbps=facts.get("peak_kbps", 0),
        is_measured="loudness_lufs" in facts,
        loudness_lufs=hundredths(facts.get("loudness_lufs")),
        true_peak_dbtp=hundredths(facts.get("true_peak_dbtp")),
        mime=f'{label.mime}; codecs="{codecs}"' if codecs else label.mime,
    )
