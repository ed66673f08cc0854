"""What does a film's file hold, stream by stream?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from babelreel.media.argv.accepted_formats import PICTURE_DECODERS, SOUND_DECODERS
from babelreel.model.film.streams import FileStream, Reason, StreamKind

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream

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
    """Give the name of a stream's codec; empty where libav knows none."""
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
    """Give what a stream's decoder would say of it; nothing where there is no decoder, or it cannot say."""
    return getattr(getattr(stream, "codec_context", None), name, 0) or None


def _flags(stream: Stream) -> tuple[str, ...]:
    from av.stream import Disposition  # noqa: PLC0415 - heavy, see film

    return tuple(each.name for each in Disposition if each.name and int(stream.disposition) & each)
