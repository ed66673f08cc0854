"""How is the manifest of ``output/`` written and read?

The same values give the same bytes: no date, no host name, no order that could change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babelreel.model.delivery.manifest import (
    SCHEMA_VERSION,
    Manifest,
    PublishedFile,
    PublishedLanguage,
    Role,
    Status,
)


def render_manifest(manifest: Manifest) -> str:
    """Write ``manifest.json`` (``manifest.schema.json`` beside this module describes it)."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "status": manifest.status.value,
        "title": manifest.title,
        "slug": manifest.slug,
        "languages": [_language(each) for each in manifest.languages],
        "files": [_file(each) for each in manifest.files],
        "tools": dict(manifest.tools),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def parse_manifest(text: str) -> Manifest:
    """Read a ``manifest.json``; ``ValueError`` when it is none or of a newer schema. Unknown roles are left out."""
    try:
        document = json.loads(text, parse_float=Decimal)
        if document["schema_version"] != SCHEMA_VERSION:
            raise ValueError(f"schema_version {document['schema_version']}, not {SCHEMA_VERSION}")
        known = frozenset(Role)
        return Manifest(
            title=document["title"],
            slug=document["slug"],
            status=Status(document["status"]),
            languages=tuple(_parse_language(each) for each in document["languages"]),
            files=tuple(_parse_file(each) for each in document["files"] if each["role"] in known),
            tools=tuple(document["tools"].items()),
        )
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"not a manifest of babelreel ({error})") from error


def render_sums(manifest: Manifest, manifest_digest: str) -> str:
    """Write ``SHA256SUMS`` for ``sha256sum --check``, sorted by path; the manifest is one of the files."""
    sums = {file.path: file.sha256 for file in manifest.files} | {"manifest.json": manifest_digest}
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))


def hundredths(value: Decimal | int | None) -> Decimal | None:
    """Give a number of JSON as the decibels that it was written from, with two decimals; null stays ``None``.

    Raises ``ValueError`` for what is no number that levels can have.
    """
    if value is None:
        return None
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{value} is no number of decibels")
    return number.quantize(Decimal("0.01"))


def _language(language: PublishedLanguage) -> Mapping[str, str]:
    return {
        "tag": language.tag,
        "name": language.name,
        "english_name": language.english_name,
        "direction": language.direction,
        "dir": language.dir,
    }


def _file(file: PublishedFile) -> Mapping[str, Any]:
    """Write one file; what it does not have (a caption's width) is left out rather than zero."""
    entry: dict[str, Any] = {"path": file.path, "role": file.role.value, "language": file.language}
    if file.rendition:
        entry |= {"rendition": file.rendition, "sound": file.sound}
    entry |= {"bytes": file.bytes, "sha256": file.sha256}
    if file.duration_ms:
        entry |= {"duration": file.duration_ms / 1000, "width": file.width_px, "height": file.height_px}
    entry |= {"peak_kbps": file.peak_kbps} if file.peak_kbps else {}
    entry |= _loudness(file) if file.is_measured else {}
    return entry | {"mime": file.mime}


def _loudness(file: PublishedFile) -> Mapping[str, float | None]:
    """Write how loud a file is: null where nothing is heard in its sound."""
    values = {"loudness_lufs": file.loudness_lufs, "true_peak_dbtp": file.true_peak_dbtp}
    return {name: None if value is None else float(value) for name, value in values.items()}


def _parse_language(entry: Mapping[str, Any]) -> PublishedLanguage:
    return PublishedLanguage(
        tag=entry["tag"],
        name=entry["name"],
        english_name=entry["english_name"],
        direction=entry["direction"],
        dir=entry["dir"],
    )


def _parse_file(entry: Mapping[str, Any]) -> PublishedFile:
    return PublishedFile(
        path=entry["path"],
        role=Role(entry["role"]),
        language=entry["language"],
        rendition=entry.get("rendition", ""),
        sound=entry.get("sound", ""),
        bytes=entry["bytes"],
        sha256=entry["sha256"],
        duration_ms=round(entry.get("duration", 0) * 1000),
        width_px=entry.get("width", 0),
        height_px=entry.get("height", 0),
        mime=entry["mime"],
        peak_kbps=entry.get("peak_kbps", 0),
        is_measured="loudness_lufs" in entry,
        loudness_lufs=hundredths(entry.get("loudness_lufs")),
        true_peak_dbtp=hundredths(entry.get("true_peak_dbtp")),
    )
