"""Compare each stream of an archive file with what it was copied from: packets, names and flags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.media.assembly.copied_streams import Content, Copied, content_differences, read_contents
from babelreel.media.probe.open_film import open_film
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ
from babelreel.model.timecode import MS_PER_SECOND

if TYPE_CHECKING:
    from av.stream import Stream

#: A sound may begin earlier and end later by one AAC frame and the run-in before it (1024 samples each).
_AAC_SLACK_MS = Fraction(2 * 1024 * MS_PER_SECOND, SAMPLE_RATE_HZ)
_DEFAULT = 1  # AV_DISPOSITION_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What one stream of a file must be: a copy of the first stream of ``kind`` in ``files``, one after another.

    ``kind`` is PyAV's word ("video", "audio", "subtitle"), ``language`` the three letters of the container, ``texts``
    the number of packets of a text that hold any.
    """

    kind: str
    files: tuple[str, ...]
    is_default: bool
    language: str = ""
    name: str = ""
    texts: int = 0


def archive_differences(path: Path, folder: Path, sources: tuple[Source, ...], *, duration_ms: int) -> Iterator[str]:
    """Say in plain words, one by one, how a file differs from the files in ``folder`` that it was copied from.

    Raises ``FilmError`` for a file that cannot be read, ``ToolError`` for a source that cannot.
    """
    with open_film(path) as container:
        streams = tuple(container.streams)
        kinds, wanted = [each.type for each in streams], [each.kind for each in sources]
        if kinds != wanted:
            yield f"it has the streams {', '.join(kinds)} instead of {', '.join(wanted)}"
            return
        described = [tuple(_described(stream, source)) for stream, source in zip(streams, sources, strict=True)]
        contents = read_contents(container.demux(), len(streams))
    for place, (source, content) in enumerate(zip(sources, contents, strict=True)):
        which = f"stream {place} ({source.name or source.kind})"
        found = (*described[place], *_compare(content, source, folder, duration_ms=duration_ms))
        yield from (f"{which} {each}" for each in found)


def _described(stream: Stream, source: Source) -> Iterator[str]:
    """Compare what the file says of a stream; Matroska's reader leaves "und" out, and knows no handlers."""
    if bool(int(stream.disposition) & _DEFAULT) != source.is_default:
        yield "is not switched on by default" if source.is_default else "is switched on by default"
    if source.kind == "video":
        return
    language = stream.metadata.get("language", "und")
    if language != source.language:
        yield f"has the language {language} instead of {source.language}"
    name = stream.metadata.get("handler_name") or stream.metadata.get("title", "")
    if name != source.name:
        yield f"has the name “{name}”"


def _compare(content: Content, source: Source, folder: Path, *, duration_ms: int) -> Iterator[str]:
    yield from content_differences(content, Copied(kind=source.kind, files=source.files), folder)
    if source.kind == "subtitle" and content.packets != source.texts:
        yield f"has {content.packets} texts instead of {source.texts}"
    if source.kind == "audio" and abs(content.start_ms) > _AAC_SLACK_MS:
        yield f"starts at {round(content.start_ms)} ms"
    if source.kind == "audio" and abs(content.end_ms - duration_ms) > _AAC_SLACK_MS:
        yield f"ends at {round(content.end_ms)} ms instead of {duration_ms} ms"
