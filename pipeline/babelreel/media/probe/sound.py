"""Read what the file of a sound says of itself, and refuse one that cannot be listened to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.media.argv.accepted_formats import SOUND_DECODERS, SOUND_OPEN_OPTIONS
from babelreel.media.containers.truncation import is_cut_short
from babelreel.media.containers.wav_header import wave_fault
from babelreel.media.probe.file_streams import CODECS
from babelreel.model.film.duration import SPARE_MS, longest_sound_ms
from babelreel.model.timecode import MS_PER_SECOND, render_clock
from babelreel.system_errors import why_of

if TYPE_CHECKING:
    from av.audio.stream import AudioStream as AvAudio
    from av.container import InputContainer

#: A recording is no larger, and no longer, than this: the longest films have three hours, and a master of 6 hours in
#: stereo at 48 kHz and 24 bit takes 6.2 GB.
MOST_BYTES = 8_000_000_000
_MOST_HOURS = 6
MOST_S = _MOST_HOURS * 3600
#: 7.1; more is a session of a studio, and nobody says which channel is the voice.
MOST_CHANNELS = 8
#: Recorders write 8 kHz (telephones) to 192 kHz; below and above, the header is damaged.
LEAST_RATE_HZ, MOST_RATE_HZ = 4_000, 384_000

_TOO_LONG = "it is longer than"

#: How a file begins that stands for another one, which Git LFS has not fetched.
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"

#: The tags that may bear the mark of a guide track.
_MARKED_TAGS = ("title", "comment")
#: The bits of a sample stand in the name of an uncompressed codec: pcm_s24le.
_PCM_BITS = re.compile(r"^pcm_[suf](\d+)")
#: Where the length and the bits stand in the first block of a FLAC file (RFC 9639, section 8.2).
_FLAC_INFO_BYTES, _FLAC_BITS_AT, _FLAC_LENGTH_BITS = 18, 10, 36
#: The byte of the bits per sample in an MP4's description of Apple Lossless.
_ALAC_BITS_AT = 17
#: Behind these words stands how many frames an MP3 file has; without them its length is a guess from the bit rate.
_MP3_COUNTED = (b"Xing", b"Info")
_ID3_HEAD_BYTES, _MP3_HEAD_BYTES = 10, 4096


class UnheardError(Exception):
    """A sound cannot be listened to; the text says why, in plain words, as ``SoundInfo.fault`` does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundHead:
    """What a sound's file says of itself.

    ``bit_depth`` is 0 where samples have none (MP3, AAC), ``is_float`` says that samples are fractions. ``told_s`` is
    how long the file says it is, ``None`` if it does not say, or only guesses. ``tags`` are title and comment.
    """

    codec: str
    sample_rate_hz: int
    channels: int
    bit_depth: int
    is_float: bool
    told_s: Fraction | None
    tags: tuple[str, ...]


def most_seconds(film_ms: int | None) -> int:
    """Compute how long a recording for a film may be, in seconds; ``None`` is a film whose length nobody knows."""
    return MOST_S if film_ms is None else min(MOST_S, longest_sound_ms(film_ms) // MS_PER_SECOND)


def too_long(most_s: int) -> str:
    """Say what is wrong with a recording that is longer than it may be."""
    if most_s == MOST_S:
        return f"{_TOO_LONG} {_MOST_HOURS} hours"
    allowed = render_clock(most_s * MS_PER_SECOND)
    return f"{_TOO_LONG} {allowed}, which is twice the film and {SPARE_MS // 60_000} minutes: it was not listened to"


def is_too_long(fault: str) -> bool:
    """Tell whether a fault is ``too_long`` for some film."""
    return fault.startswith(_TOO_LONG)


def refuse_sound_file(path: Path) -> int:
    """Return the size of a file in bytes; raises ``UnheardError`` if it is not one that could be opened."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnheardError("it is a folder, and cannot be read" if path.is_dir() else "it is no file")
        with path.open("rb") as file:
            is_pointer = file.read(len(_LFS_POINTER)) == _LFS_POINTER
    except FileNotFoundError:
        raise UnheardError("there is no such file") from None
    except OSError as error:
        raise UnheardError(f"it cannot be read ({why_of(error)})") from error
    if size == 0:
        raise UnheardError("it is empty: the file has 0 bytes")
    if is_pointer:
        raise UnheardError("it is not here yet, only a note of Git LFS about it: fetch it with git lfs pull")
    if size > MOST_BYTES:
        raise UnheardError(f"it is larger than {MOST_BYTES // 10**9} GB")
    return size


def probe_sound(path: Path, most_s: int = MOST_S) -> SoundHead:
    """Read the head of a sound's file; raises ``UnheardError`` for what cannot be listened to from end to end."""
    fault = wave_fault(path)
    if fault:
        raise UnheardError(fault)
    with _open_sound(path) as container:
        if is_cut_short(path, container.format.name):
            raise UnheardError("it breaks off: the file is not whole")
        head = _head(path, container, _first_sound(container))
    if head.told_s is not None and head.told_s > most_s:
        raise UnheardError(too_long(most_s))
    return head


@contextmanager
def _open_sound(path: Path) -> Iterator[InputContainer]:
    import av  # noqa: PLC0415 - heavy: a check that hears nothing new must not pay for it

    try:
        # "file:" because a name such as "a:b.wav" would be taken for a protocol; tags may be in any encoding
        with av.open(f"file:{path}", options=dict(SOUND_OPEN_OPTIONS), metadata_errors="replace") as container:
            yield container
    except (av.FFmpegError, OSError, UnicodeError, ValueError) as fault:
        with path.open("rb") as file:
            is_mp4 = file.read(8)[4:] == b"ftyp"
        if is_mp4 and is_cut_short(path, "mov"):
            raise UnheardError("it breaks off: the file is not whole") from fault
        raise UnheardError("it is no sound that can be read, or it is damaged") from fault


def _first_sound(container: InputContainer) -> AvAudio:
    stream = next(iter(container.streams.audio), None)
    if stream is None:
        raise UnheardError("there is no sound in it")
    if getattr(stream, "codec_context", None) is None:
        raise UnheardError("its sound is in a form that nobody but its maker knows")
    if stream.codec_context.name not in SOUND_DECODERS:
        raise UnheardError(f"its codec, {stream.codec_context.name}, is not one of those that babelreel takes")
    if not stream.sample_rate or not stream.channels:  # a text that is named like a sound
        raise UnheardError("it is no sound that can be read, or it is damaged")
    if not LEAST_RATE_HZ <= stream.sample_rate <= MOST_RATE_HZ:
        raise UnheardError(f"its sample rate cannot be: {stream.sample_rate} Hz")
    if not 1 <= stream.channels <= MOST_CHANNELS:
        raise UnheardError(f"it has {stream.channels} channels, and at most {MOST_CHANNELS} can be mixed")
    return stream


def _head(path: Path, container: InputContainer, stream: AvAudio) -> SoundHead:
    codec = CODECS.get(stream.codec_context.name, stream.codec_context.name)
    found = {name.lower(): text for kept in (stream.metadata, container.metadata) for name, text in kept.items()}
    return SoundHead(
        codec=codec,
        sample_rate_hz=stream.sample_rate,
        channels=stream.channels,
        bit_depth=_bit_depth(codec, stream),
        is_float=codec.startswith("pcm_f"),
        told_s=_told_s(path, codec, stream),
        tags=tuple(found[name] for name in _MARKED_TAGS if name in found),
    )


def _bit_depth(codec: str, stream: AvAudio) -> int:
    extra = stream.codec_context.extradata or b""
    written = _PCM_BITS.match(codec)
    if written:
        return int(written[1])
    if codec == "flac" and len(extra) >= _FLAC_INFO_BYTES:
        return (int.from_bytes(extra[_FLAC_BITS_AT:_FLAC_INFO_BYTES]) >> _FLAC_LENGTH_BITS & 0b11111) + 1
    if codec == "alac" and len(extra) > _ALAC_BITS_AT:
        return extra[_ALAC_BITS_AT]
    return stream.codec_context.format.bits if codec == "wavpack" else 0


def _told_s(path: Path, codec: str, stream: AvAudio) -> Fraction | None:
    extra = stream.codec_context.extradata or b""
    if codec == "flac" and len(extra) >= _FLAC_INFO_BYTES:
        samples = int.from_bytes(extra[_FLAC_BITS_AT:_FLAC_INFO_BYTES]) & ((1 << _FLAC_LENGTH_BITS) - 1)
        return Fraction(samples, stream.sample_rate) if samples else None
    if not stream.duration or stream.time_base is None or (codec.startswith("mp") and not _is_counted(path)):
        return None
    return stream.duration * stream.time_base


def _is_counted(path: Path) -> bool:
    """Tell whether an MP3 file says how many frames it has; its tags (ID3v2) come first and may hold a picture."""
    with path.open("rb") as file:
        head = file.read(_ID3_HEAD_BYTES)
        tags = 0
        if head.startswith(b"ID3") and len(head) == _ID3_HEAD_BYTES:
            for byte in head[6:]:  # four bytes of seven bits
                tags = tags << 7 | byte & 0x7F
            tags += _ID3_HEAD_BYTES
        file.seek(tags)
        start = file.read(_MP3_HEAD_BYTES)
    return any(word in start for word in _MP3_COUNTED)
