"""Write and read the manifest of ``output/``.

The same values become the same bytes: no date of its own, no host name, no order that could change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from importlib import resources
from typing import Any

from babelreel.model.delivery.manifest import (
    SCHEMA_VERSION,
    MadeFrom,
    Manifest,
    PublishedFile,
    PublishedLanguage,
    PublishedPair,
    Role,
)
from babelreel.model.delivery.published_paths import (
    DASH_MANIFEST,
    HLS_MASTER,
    SCHEMA,
    is_segment,
    language_page,
)
from babelreel.model.json_codec import decode, encode, parse_json
from babelreel.model.sound.mix_levels import DubLevels

#: No sound is so loud or so quiet, in dB.
_LOUDEST = 10_000
#: No film lasts longer: eleven days.
_LONGEST_S = 1_000_000
_SCHEMA_TITLE = "babelreel manifest"
#: Before this one, all files were in one list, and languages had no title.
_FIRST_VERSION = 1
#: What an entry says of a file by leaving it out.
_ABSENT = {
    "rendition": "", "sound": "", "text": None, "duration": 0, "width": 0, "height": 0, "peak_kbps": 0,
    "loudness_lufs": None, "true_peak_dbtp": None, "state": "",
}  # fmt: skip


def render_manifest(manifest: Manifest) -> str:
    """Write ``manifest.json`` (``manifest.schema.json`` beside this module describes it)."""
    document = {
        "$schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "version": content_version(manifest),
        "status": manifest.status.value,
        **({"date": manifest.date} if manifest.date else {}),
        "title": manifest.title,
        "slug": manifest.slug,
        **({"state": manifest.state} if manifest.state else {}),
        "languages": [_language(each) for each in manifest.languages],
        **({"pairs": [_pair(each) for each in manifest.pairs]} if manifest.pairs else {}),
        **({"withdrawn": encode(manifest.withdrawn)} if manifest.withdrawn else {}),
        **({"made_from": [_origin(each) for each in manifest.made_from]} if manifest.made_from else {}),
        **_stream(manifest),
        "files": [_file(each) for each in manifest.files if not is_segment(each.path)],
        "segments": [_file(each) for each in manifest.files if is_segment(each.path)],
        **({"dubs": [_dub(each) for each in manifest.dubs]} if manifest.dubs else {}),
        "tools": dict(manifest.tools),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def render_schema() -> bytes:
    """Return the JSON Schema that is published beside the manifest."""
    return (resources.files("babelreel.delivery") / SCHEMA).read_bytes()


def is_schema(text: str) -> bool:
    """Tell whether a file is a schema of the manifest, of this version or another."""
    try:
        document = parse_json(text)
    except ValueError:
        return False
    return isinstance(document, Mapping) and document.get("title") == _SCHEMA_TITLE


def content_version(manifest: Manifest) -> str:
    """Name what is published: the SHA-256 of the sums of all files but those that describe them."""
    return sha256(render_sums(manifest, {}).encode()).hexdigest()


def parse_manifest(text: str) -> Manifest:
    """Read a ``manifest.json``; ``ValueError`` when it is none or of a newer schema.

    What later versions add is skipped: files of unknown roles, and unknown keys. In what an earlier version wrote, a
    language has the film's title, and nothing says how the text of a film reaches the viewer.
    """
    document = parse_json(text)
    if not isinstance(document, Mapping) or not _is_known(document.get("schema_version")):
        raise ValueError(f"not a manifest of babelreel with schema_version {SCHEMA_VERSION} or before")
    known = frozenset(Role)
    try:
        listed = [*document["files"], *_segments(document)]
        entries = [_told(each) for each in listed if each["role"] in known]
        tools = [list(each) for each in document["tools"].items()]
        dubs = [_told_dub(each) for each in document.get("dubs", [])]
        languages = [_told_language(each, document, entries) for each in document["languages"]]
        pairs = [{"page": "", **each} for each in document.get("pairs", [])]
        origins = [{"subtitles": "", "recordings": "", **each} for each in document.get("made_from", [])]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a manifest of babelreel ({error})") from error
    later = {"state": "", "date": "", "withdrawn": [], **document}
    told = {
        "languages": languages,
        "files": entries,
        "tools": tools,
        "dubs": dubs,
        "made_from": origins,
        "pairs": pairs,
    }
    return decode({**later, **told}, Manifest, is_open=True)


def render_sums(manifest: Manifest, descriptions: Mapping[str, str]) -> str:
    """Write ``SHA256SUMS`` for ``sha256sum --check``, sorted by path.

    ``descriptions`` are the digests of what describes the files by path: the manifest and its schema.
    """
    sums = {file.path: file.sha256 for file in manifest.files} | dict(descriptions)
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))


def parse_sums(text: str) -> Mapping[str, str]:
    """Read a ``SHA256SUMS``: the digest of each path. Lines that say something else are skipped."""
    lines = (line.partition("  ") for line in text.splitlines())
    return {path: digest for digest, _, path in lines if path}


def _is_known(version: object) -> bool:
    return type(version) is int and _FIRST_VERSION <= version <= SCHEMA_VERSION


def _segments(document: Mapping[str, Any]) -> list[Any]:
    """List the segments of a stream; the first version had them among the files."""
    return [] if document["schema_version"] == _FIRST_VERSION else document["segments"]


def hundredths(value: object) -> Decimal | None:
    """Turn a number of JSON back into decibels with two decimals; null becomes ``None``.

    Raises ``ValueError`` for what is no number that levels can have.
    """
    if value is None:
        return None
    return _number(value, most=_LOUDEST).quantize(Decimal("0.01"))


def _language(language: PublishedLanguage) -> Mapping[str, Any]:
    told: Mapping[str, Any] = encode(language)
    return {name: value for name, value in told.items() if value or name not in {"page", "title_language", "credits"}}


def _pair(pair: PublishedPair) -> Mapping[str, Any]:
    told: Mapping[str, Any] = encode(pair)
    return {name: value for name, value in told.items() if value}


def _origin(origin: MadeFrom) -> Mapping[str, Any]:
    told: Mapping[str, Any] = encode(origin)
    return {name: value for name, value in told.items() if value}


def _told_language(
    entry: Mapping[str, Any], document: Mapping[str, Any], files: list[Mapping[str, Any]]
) -> Mapping[str, Any]:
    if document["schema_version"] > _FIRST_VERSION:
        return {"page": "", "title_language": "", "credits": [], **entry}
    page, title = language_page(entry["tag"]), document["title"]
    is_there = any(each["path"] == page for each in files)
    return {
        "title": title,
        "title_language": "",
        "description": title,
        "page": page if is_there else "",
        "credits": [],
        **entry,
    }


def _stream(manifest: Manifest) -> Mapping[str, Any]:
    """Say where players of streams begin, if there is a stream."""
    paths = {file.path for file in manifest.files}
    begins = {"hls": HLS_MASTER, "dash": DASH_MANIFEST}
    there = {name: path for name, path in begins.items() if path in paths}
    return {"stream": there} if there else {}


def _file(file: PublishedFile) -> Mapping[str, Any]:
    """Write one file; what it does not have (a caption's width) is left out rather than zero."""
    entry: dict[str, Any] = {"path": file.path, "role": file.role.value, "language": file.language}
    if file.rendition:
        entry |= {"rendition": file.rendition, "sound": file.sound}
    entry |= {"text": file.text.value} if file.text else {}
    entry |= {"bytes": file.bytes, "sha256": file.sha256}
    if file.duration_ms:
        entry |= {"duration": file.duration_ms / 1000}
    if file.width_px:
        entry |= {"width": file.width_px, "height": file.height_px}
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
    """Turn a file's entry into the document of a ``PublishedFile``: what it does not have is zero, not left out."""
    told = {**_ABSENT, **entry}
    levels = {name: encode(hundredths(told[name])) for name in ("loudness_lufs", "true_peak_dbtp")}
    told |= {"width_px": told["width"], "height_px": told["height"], "is_measured": "loudness_lufs" in entry}
    return told | {"duration_ms": round(_number(told["duration"], most=_LONGEST_S) * 1000)} | levels


def _number(value: object, *, most: int) -> Decimal:
    """Let a finite number pass that is not larger than anything of ours, nor below its negative."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not -most <= value <= most:
        raise ValueError(f"{value!r:.80} is no number that it can be")
    return Decimal(value)
