"""How is what was heard kept as JSON, so that nobody needs to listen again?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from babelreel.model.film.media_json import parse_speech
from babelreel.model.sound.recordings import SoundInfo

#: Counts up when an older document would be misread.
SOUNDS_VERSION = 1
#: Recordings of one project: some thousand lines in each of some languages. More is no description of ours.
MOST_SOUNDS = 100_000
#: The largest number of samples, and of bytes: beyond the eight hours and gigabytes that are listened to.
_LARGEST = 1 << 48
#: A path, or a reason.
_LONGEST_TEXT = 8192
_DIGEST = re.compile(r"[0-9a-f]{64}|")
_DECIBELS = re.compile(r"-?[0-9]{1,4}(?:\.[0-9]{1,4})?")


def sound_document(info: SoundInfo) -> dict[str, Any]:
    """Give a sound as JSON values; decibels are written "-16.02", stretches of speech as pairs of ms."""
    document = asdict(info)
    for name in ("peak_dbfs", "loudness_lufs"):
        document[name] = None if document[name] is None else f"{document[name]:f}"
    if info.speech is not None:
        document["speech"] = [[span.start_ms, span.end_ms] for span in info.speech]
    return document


def sounds_document(sounds: Iterable[SoundInfo]) -> dict[str, Any]:
    """Give sounds as JSON values, by their paths."""
    return {"version": SOUNDS_VERSION, "sounds": {each.path: sound_document(each) for each in sounds}}


def parse_sound(document: object) -> SoundInfo:
    """Make a sound of a document; ``ValueError`` when it is not one of ours."""
    if not isinstance(document, Mapping):
        raise ValueError("not the description of a sound")  # noqa: TRY004 - one kind of error for all that is foreign
    values = dict(document)
    if values.keys() != {field.name for field in fields(SoundInfo)}:
        raise ValueError("not the description of a sound: other keys")
    read: dict[str, Any] = {name: _READERS[_KINDS[name]](value) for name, value in values.items()}
    info = SoundInfo(**read)
    if not info.first <= info.end <= info.samples or not _DIGEST.fullmatch(info.digest):
        raise ValueError("not the description of a sound: what it says cannot be")
    return info


def parse_sounds(document: object) -> tuple[SoundInfo, ...]:
    """Make sounds of a document, in order of their paths; ``ValueError`` when it is not one of ours."""
    if not isinstance(document, Mapping) or document.get("version") != SOUNDS_VERSION:
        raise ValueError("not a description of sounds of this version")
    sounds = document.get("sounds")
    if not isinstance(sounds, Mapping) or len(sounds) > MOST_SOUNDS:
        raise ValueError("no sounds, or more than anybody records")
    found = {path: parse_sound(each) for path, each in sounds.items()}
    if any(path != info.path for path, info in found.items()):
        raise ValueError("a sound under another name than its own")
    return tuple(found[path] for path in sorted(found))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError("not a text, or too long a one")
    return value


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise ValueError("not a whole number from 0 on")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")  # noqa: TRY004 - as above
    return value


def _decibels(value: object) -> Decimal | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _DECIBELS.fullmatch(value):
        raise ValueError("no number of decibels")
    return Decimal(value)


_READERS: dict[str, Callable[[object], object]] = {
    "str": _text,
    "int": _number,
    "bool": _flag,
    "Decimal | None": _decibels,
    "tuple[Span, ...] | None": parse_speech,
}
#: The names of the types of the fields.
_KINDS = {field.name: str(field.type) for field in fields(SoundInfo)}
