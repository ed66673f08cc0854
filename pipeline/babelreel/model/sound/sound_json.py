"""Keep what was heard as JSON, so that nobody needs to listen again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from babelreel.model.film.media_json import check_speech
from babelreel.model.json_codec import decode, encode
from babelreel.model.sound.recordings import SoundInfo

#: Counts up when an older document would be misread.
SOUNDS_VERSION = 2
#: The largest number of samples, and of bytes: beyond the eight hours and gigabytes that are listened to.
_LARGEST = 1 << 48
_DIGEST = re.compile(r"[0-9a-f]{64}|")
#: The fields that count something.
_COUNTS = tuple(field.name for field in fields(SoundInfo) if field.type == "int")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sounds:
    """The document of all sounds, by their paths."""

    version: int
    sounds: Mapping[str, SoundInfo]


def sounds_document(sounds: Iterable[SoundInfo]) -> dict[str, Any]:
    """Return sounds as JSON values, by their paths; decibels are like "-16.02", stretches of speech are pairs of ms."""
    document: dict[str, Any] = encode(_Sounds(version=SOUNDS_VERSION, sounds={each.path: each for each in sounds}))
    return document


def decode_sound(document: object) -> SoundInfo:
    """Make a sound of what ``encode`` made of it; ``ValueError`` also for what cannot be."""
    return _checked(decode(document, SoundInfo))


def parse_sounds(document: object) -> tuple[SoundInfo, ...]:
    """Make sounds of a document, in order of their paths; ``ValueError`` when it is not one of ours."""
    found = decode(document, _Sounds)
    if found.version != SOUNDS_VERSION:
        raise ValueError(f"not a description of sounds of version {SOUNDS_VERSION}")
    if any(path != info.path for path, info in found.sounds.items()):
        raise ValueError("a sound under another name than its own")
    return tuple(_checked(found.sounds[path]) for path in sorted(found.sounds))


def _checked(info: SoundInfo) -> SoundInfo:
    check_speech(info.speech or ())
    check_speech(tuple(each.span for each in info.passages))
    is_counted = all(0 <= getattr(info, name) <= _LARGEST for name in _COUNTS)
    if not is_counted or not info.first <= info.end <= info.samples or not _DIGEST.fullmatch(info.digest):
        raise ValueError("not the description of a sound: what it says cannot be")
    return info
