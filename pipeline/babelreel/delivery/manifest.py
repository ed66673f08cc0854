"""How is the manifest of ``output/`` written and read?

The same values give the same bytes: no date, no host name, no order that could change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babelreel.model.delivery.manifest import SCHEMA_VERSION, Manifest, PublishedFile, Role
from babelreel.model.delivery.published_paths import MANIFEST
from babelreel.model.json_codec import decode, encode, parse_json
from babelreel.model.sound.mix_levels import DubLevels

#: No sound is so loud or so quiet, in dB.
_LOUDEST = 10_000
#: No film lasts longer: eleven days.
_LONGEST_S = 1_000_000
#: What an entry says of a file by leaving it out.
_ABSENT = {
    "rendition": "", "sound": "", "duration": 0, "width": 0, "height": 0, "peak_kbps": 0,
    "loudness_lufs": None, "true_peak_dbtp": None, "state": "",
}  # fmt: skip


def render_manifest(manifest: Manifest) -> str:
    """Write ``manifest.json`` (``manifest.schema.json`` beside this module describes it)."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "status": manifest.status.value,
        "title": manifest.title,
        "slug": manifest.slug,
        **({"state": manifest.state} if manifest.state else {}),
        "languages": encode(manifest.languages),
        **({"withdrawn": encode(manifest.withdrawn)} if manifest.withdrawn else {}),
        "files": [_file(each) for each in manifest.files],
        **({"dubs": [_dub(each) for each in manifest.dubs]} if manifest.dubs else {}),
        "tools": dict(manifest.tools),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def parse_manifest(text: str) -> Manifest:
    """Read a ``manifest.json``; ``ValueError`` when it is none or of a newer schema.

    What is of tomorrow is passed over: files of unknown roles, and unknown keys.
    """
    document = parse_json(text)
    if not isinstance(document, Mapping) or document.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(f"not a manifest of babelreel with schema_version {SCHEMA_VERSION}")
    known = frozenset(Role)
    try:
        files = [_told(each) for each in document["files"] if each["role"] in known]
        tools = [list(each) for each in document["tools"].items()]
        dubs = [_told_dub(each) for each in document.get("dubs", [])]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a manifest of babelreel ({error})") from error
    later = {"state": "", "withdrawn": [], **document}
    return decode({**later, "files": files, "tools": tools, "dubs": dubs}, Manifest, is_open=True)


def render_sums(manifest: Manifest, manifest_digest: str) -> str:
    """Write ``SHA256SUMS`` for ``sha256sum --check``, sorted by path; the manifest is one of the files."""
    sums = {file.path: file.sha256 for file in manifest.files} | {MANIFEST: manifest_digest}
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))


def hundredths(value: object) -> Decimal | None:
    """Give a number of JSON as the decibels that it was written from, with two decimals; null stays ``None``.

    Raises ``ValueError`` for what is no number that levels can have.
    """
    if value is None:
        return None
    return _number(value, most=_LOUDEST).quantize(Decimal("0.01"))


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
    entry |= {"mime": file.mime}
    return entry | {"state": file.state} if file.state else entry


def _loudness(file: PublishedFile) -> Mapping[str, float | None]:
    """Write how loud a file is: null where nothing is heard in its sound."""
    values = {"loudness_lufs": file.loudness_lufs, "true_peak_dbtp": file.true_peak_dbtp}
    return {name: _float(value) for name, value in values.items()}


def _dub(dub: DubLevels) -> Mapping[str, Any]:
    lines = [
        {"line": each.line, "gain_db": _float(each.gain_db), "above_db": _float(each.above_db)} for each in dub.lines
    ]
    return {"language": dub.language, "lines": lines}


def _told_dub(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    levels = ("gain_db", "above_db")
    lines = [{**each, **{name: encode(hundredths(each[name])) for name in levels}} for each in entry["lines"]]
    return {**entry, "lines": lines}


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _told(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a file's entry as the document of a ``PublishedFile``: what it does not have is zero there, not left out."""
    told = {**_ABSENT, **entry}
    levels = {name: encode(hundredths(told[name])) for name in ("loudness_lufs", "true_peak_dbtp")}
    told |= {"width_px": told["width"], "height_px": told["height"], "is_measured": "loudness_lufs" in entry}
    return told | {"duration_ms": round(_number(told["duration"], most=_LONGEST_S) * 1000)} | levels


def _number(value: object, *, most: int) -> Decimal:
    """Let a finite number pass that is not larger than anything of ours, nor below its negative."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not -most <= value <= most:
        raise ValueError(f"{value!r:.80} is no number that it can be")
    return Decimal(value)
