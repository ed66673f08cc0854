"""Check that the lists of a published stream promise enough bandwidth for its segments, and only what is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree  # noqa: ICN001 - its full name says more

from babelreel.delivery.references import Reference, find_references
from babelreel.model.delivery.manifest import Manifest, PublishedFile
from babelreel.model.delivery.published_paths import DASH_MANIFEST, HLS_MASTER, NUMBER
from babelreel.model.delivery.stream import Segment, StreamTrack

_US_PER_SECOND = 1_000_000
_ATTRIBUTE = re.compile(r'([A-Z-]+)=("[^"]*"|[^",]*)')
_SECONDS = re.compile(r"PT([0-9.]+)S")
_MPD = "{urn:mpeg:dash:schema:mpd:2011}"


def find_rate_faults(folder: Path, manifest: Manifest) -> Callable[[PublishedFile], Iterator[str]]:
    """Make the look at one file of a folder: the rates of a stream that are too low for its segments.

    Playlists are believed for the lengths of segments, the manifest for their sizes.
    """
    sizes = {file.path: file.bytes for file in manifest.files}

    def look(file: PublishedFile) -> Iterator[str]:
        if file.path not in {HLS_MASTER, DASH_MANIFEST}:
            return
        content = (folder / file.path).read_bytes()
        try:
            list(find_references(file.path, content))  # refuses entities, and timelines without end
        except ValueError:
            return  # reported by the look at what files hold, as is a segment that is missing
        try:
            yield from _hls_faults(folder, sizes) if file.path == HLS_MASTER else _dash_faults(content, sizes)
        except (LookupError, OSError):
            return
        except ValueError as fault:
            yield f"cannot be measured: {fault}"

    return look


def _hls_faults(folder: Path, sizes: Mapping[str, int]) -> Iterator[str]:
    """Measure as RFC 8216, 4.1 and 4.3.4.2 have it: a picture and the heaviest of the sounds that go with it."""
    sounds: dict[str, int] = {}
    lines = (folder / HLS_MASTER).read_text("utf-8").splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        tag, _, rest = line.partition(":")
        told = {name: value.strip('"') for name, value in _ATTRIBUTE.findall(rest)}
        if tag == "#EXT-X-MEDIA" and told["TYPE"] == "AUDIO":
            rate = _peak_bps(folder, told["URI"], sizes)
            sounds[told["GROUP-ID"]] = max(rate, sounds.get(told["GROUP-ID"], 0))
        elif tag in {"#EXT-X-STREAM-INF", "#EXT-X-I-FRAME-STREAM-INF"}:
            uri = told.get("URI", following)
            takes = _peak_bps(folder, uri, sizes) + sounds.get(told.get("AUDIO", ""), 0)
            if int(told["BANDWIDTH"]) < takes:
                yield f"{uri} takes {takes} bit/s, but is said to take {told['BANDWIDTH']}"


def _peak_bps(folder: Path, uri: str, sizes: Mapping[str, int]) -> int:
    path = _path(uri, HLS_MASTER)
    segments, ticks, size, target_s = [], 0, 0, 1
    for line in (folder / path).read_text("utf-8").splitlines():
        tag, _, value = line.partition(":")
        if tag == "#EXT-X-TARGETDURATION":
            target_s = int(value)
        elif tag == "#EXTINF":
            ticks = int(Fraction(value.rstrip(",")) * _US_PER_SECOND)
        elif tag == "#EXT-X-BYTERANGE":
            size = _range_bytes(value)
        elif line and not line.startswith("#"):
            whole = sizes[_path(line, path)]
            if size > whole:
                raise ValueError(f"{path} asks for {size} bytes of {line}, which has {whole}")
            segments.append(Segment(ticks=ticks, bytes=size or whole))
    track = StreamTrack(name=path, uri=uri, pattern_uri="", timescale=_US_PER_SECOND, segments=tuple(segments))
    return track.peak_bps(target_s)


def _range_bytes(value: str) -> int:
    length, _, first = value.partition("@")
    return int(first or 0) + int(length)


def _dash_faults(mpd: bytes, sizes: Mapping[str, int]) -> Iterator[str]:
    """Fill a buffer at the stated rate for ``minBufferTime``, then play: it must never run empty.

    That is what the rate means (ISO/IEC 23009-1, 5.3.5.4), whichever segment is the first.
    """
    root = ElementTree.fromstring(mpd)  # noqa: S314 - find_references has refused entities
    (ahead_s,) = _SECONDS.findall(root.attrib["minBufferTime"])
    for each in root.iter(f"{_MPD}Representation"):
        template, rate = each.find(f"{_MPD}SegmentTemplate"), int(each.attrib["bandwidth"])
        timeline = [] if template is None else list(template.iter(f"{_MPD}S"))
        if template is None or not timeline:
            continue
        scale = int(template.attrib["timescale"])
        lengths = [Fraction(int(s.attrib["d"]), scale) for s in timeline for _ in range(1 + int(s.get("r", "0")))]
        missing = Fraction(0)
        for number, length in enumerate(lengths, int(template.get("startNumber", "1"))):
            path = _path(template.attrib["media"].replace(NUMBER, str(number)), DASH_MANIFEST)
            missing += 8 * sizes[path]
            if missing > rate * Fraction(ahead_s):
                yield f"{each.get('id')} cannot be played over a line of {rate} bit/s, which it is said to take"
                break
            missing = max(Fraction(0), missing - rate * length)


def _path(uri: str, source: str) -> str:
    return Reference(target=uri).path_from(source)
