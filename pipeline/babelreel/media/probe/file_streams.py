"""List what a film's file holds, stream by stream, and find those that were taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from babelreel.media.argv.accepted_formats import PICTURE_DECODERS, SOUND_DECODERS
from babelreel.media.probe.open_film import undecodable
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.streams import FileStream, Reason, StreamKind

if TYPE_CHECKING:
    from av.audio.stream import AudioStream as AvAudio
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream as AvVideo

_AnyStream = TypeVar("_AnyStream", bound="Stream")

_ATTACHED_PICTURE = 0x0400  # AV_DISPOSITION_ATTACHED_PIC: a cover is not the film

#: PyAV names the decoder; these differ from the codec.
CODECS = {"libdav1d": "av1", "libaom-av1": "av1", "libopus": "opus", "libvorbis": "vorbis", "mp3float": "mp3"}
_KINDS = {
    "video": StreamKind.PICTURE,
    "audio": StreamKind.SOUND,
    "subtitle": StreamKind.TEXT,
    "attachment": StreamKind.ATTACHMENT,
}
_DECODERS = {StreamKind.PICTURE: PICTURE_DECODERS, StreamKind.SOUND: SOUND_DECODERS}


def list_streams(container: InputContainer, packets: Mapping[int, int]) -> Iterator[FileStream]:
    """List the streams of a film in its own order, with how many packets of each are shown; none is taken yet.

    ``why`` is already ``UNKNOWN`` for a picture or sound in a form that is not taken.
    """
    counted = dict.fromkeys(StreamKind, 0)
    for stream in container.streams:
        kind = _KINDS.get(stream.type, StreamKind.DATA)
        counted[kind] += 1
        yield _listed(stream, kind, counted[kind], packets.get(stream.index, 0))


def codec_of(stream: Stream) -> str:
    """Name a stream's codec; empty where libav knows none."""
    context = getattr(stream, "codec_context", None)
    return CODECS.get(context.name, context.name) if context else ""


def _listed(stream: Stream, kind: StreamKind, number: int, packets: int) -> FileStream:
    codec = codec_of(stream)
    is_known = codec in _DECODERS.get(kind, (codec,))
    return FileStream(
        index=stream.index,
        kind=kind,
        number=number,
        codec=codec,
        language=stream.metadata.get("language", ""),
        title=stream.metadata.get("title", ""),
        flags=_flags(stream),
        packets=packets,
        is_taken=False,
        why=Reason.OTHER if is_known else Reason.UNKNOWN,
        channels=_number(stream, "channels") if kind is StreamKind.SOUND else None,
        width_px=_number(stream, "width") if kind is StreamKind.PICTURE else None,
        height_px=_number(stream, "height") if kind is StreamKind.PICTURE else None,
    )


def _number(stream: Stream, name: str) -> int | None:
    """Return what a stream's decoder says of it; ``None`` if there is no decoder, or it cannot say."""
    return getattr(getattr(stream, "codec_context", None), name, 0) or None


def _flags(stream: Stream) -> tuple[str, ...]:
    from av.stream import Disposition  # noqa: PLC0415 - heavy, see open_film

    return tuple(each.name for each in Disposition if each.name and int(stream.disposition) & each)


def picture_stream(container: InputContainer, film: MediaInfo) -> AvVideo | None:
    """Return the picture of an open film that was taken when it was probed."""
    return taken_picture(container, film.streams)


def sound_stream(container: InputContainer, film: MediaInfo) -> AvAudio | None:
    """Return the sound of an open film that was taken when it was probed; ``None`` for a silent one."""
    return taken_first(container, film.streams)[0] if film.audio else None


def taken_picture(container: InputContainer, streams: Sequence[FileStream]) -> AvVideo | None:
    """Return the picture that is taken; where nothing was chosen, the first that is not a cover."""
    taken = {each.index for each in streams if each.is_taken}
    for picture in container.streams.video:
        if picture.index in taken if streams else not int(picture.disposition) & _ATTACHED_PICTURE:
            return picture
    return None


def taken_first(container: InputContainer, streams: Sequence[FileStream]) -> tuple[AvAudio, ...]:
    """List the sounds that can be decoded, and the one that is taken, before the others."""
    taken = {each.index for each in streams if each.is_taken and each.kind is StreamKind.SOUND}
    first = tuple(each for each in container.streams.audio if each.index in taken)
    if not streams:
        first = container.streams.audio[:1]
    return (*first, *(each for each in decodable(container.streams.audio) if each not in first))


def decodable(streams: Sequence[_AnyStream]) -> tuple[_AnyStream, ...]:
    """Leave out streams whose codec libav does not know, such as a phone's second sound in a form of its own."""
    return tuple(each for each in streams if has_decoder(each))


def has_decoder(stream: Stream) -> bool:
    """Tell whether libav knows how to decode a stream."""
    return getattr(stream, "codec_context", None) is not None


def check_codecs(path: Path, *streams: Stream | None) -> None:
    """Raise ``FilmError`` for a stream that libav has no decoder for."""
    for stream in streams:
        if stream is not None and not has_decoder(stream):
            raise undecodable(path, f"its {stream.type} is in a form that nobody but its maker knows")
