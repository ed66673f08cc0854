"""Make the files of a stream from its cut tracks, and the playlists that lead to them.

The segments of a track are numbered, in a folder that is named by the content of all of them, so that they may be
cached for ever; playlists and whole texts have stable names. Playlists are written here, when all digests are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from babelreel.app.build.planning import Prepared
from babelreel.app.build.results.earlier_files import UNKNOWN_STATE
from babelreel.app.publish.staging import Stored
from babelreel.delivery.published_file import describe_artifact, describe_content
from babelreel.delivery.streams.dash import render_mpd
from babelreel.delivery.streams.hls import render_keys, render_master, render_media
from babelreel.errors import BabelreelError, Cause
from babelreel.graph.store import Artifact, Entry, Store
from babelreel.media.containers.mp4_fragment import first_frame_end
from babelreel.model.delivery.manifest import Deliverable, FileLabel, PublishedFile, Role
from babelreel.model.delivery.published_paths import DASH_MANIFEST, HLS_MASTER, NUMBER, segment, way
from babelreel.model.delivery.stream import (
    INDEX,
    STREAM,
    WHOLE_TEXT,
    PlannedTrack,
    Segment,
    Stream,
    StreamTrack,
    TrackIndex,
    TrackKind,
    parse_index,
)
from babelreel.model.variant import Variant

_HLS_MIME, _DASH_MIME = "application/vnd.apple.mpegurl", "application/dash+xml"
_SEGMENT_MIME = {
    TrackKind.PICTURE: "video/mp4",
    TrackKind.SOUND: "audio/mp4",
    TrackKind.TEXT: "text/vtt; charset=utf-8",
}
#: Tracks of one film have one length, but for the last AAC frame and the last frame at half the rate.
_SLACK_S = Fraction(1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A track that was cut: the plan of it, the store's entry, and what its index says."""

    planned: PlannedTrack
    deliverable: Deliverable
    entry: Entry
    index: TrackIndex

    @property
    def artifacts(self) -> Mapping[str, Artifact]:
        """Its files by the names that the task gave them."""
        return {each.name: each for each in self.entry.artifacts}

    @property
    def parts(self) -> Mapping[str, Artifact]:
        """What players get in pieces, by path below ``output/``: what comes before all segments, then these."""
        outputs = (*((self.index.header,) if self.index.header else ()), *self.index.names)
        parts = [self.artifacts[output] for output in outputs]
        version = sha256("".join(each.digest for each in parts).encode()).hexdigest()
        names = [self.index.header] if self.index.header else []
        names += [f"{number}{self.ending}" for number in range(1, 1 + len(self.index.names))]
        return {segment(self.planned.name, version, name): part for name, part in zip(names, parts, strict=True)}

    @property
    def ending(self) -> str:
        """That of its segments."""
        return PurePosixPath(self.index.names[0]).suffix


def stream_files(
    prepared: Prepared,
    entries: Mapping[str, Entry],
    failures: Mapping[str, BabelreelError],
    store: Store,
    earlier: Mapping[str, PublishedFile],
) -> Iterator[tuple[PublishedFile, Stored | bytes]]:
    """Yield every file of the stream with where its bytes are; none when there is no picture.

    ``entries`` are results by task, ``failures`` what was asked for and has none. A track that was not asked for, or
    that this machine could not make, takes part as it was when it was last made, if it still fits the others; one that
    its own content keeps from being made is left out. ``earlier`` are the files published before, with their states.
    """
    cuts = _find_cuts(prepared, entries, failures, store)
    tracks = {cut.planned.name: _track(cut, store) for cut in cuts}
    if not any(cut.planned.kind is TrackKind.PICTURE for cut in cuts):
        return
    stream = _stream(prepared, cuts, tracks)
    for cut in cuts:
        files = list(_playlists(cut, tracks[cut.planned.name], stream.target_s))
        files += (
            (_part_file(cut, path, part), Stored(digest=part.digest, store=store)) for path, part in _published(cut)
        )
        for file, source in files:
            yield (file if cut.planned.task in entries else _of_before(file, earlier)), source
    written = ((HLS_MASTER, _HLS_MIME, render_master(stream)), (DASH_MANIFEST, _DASH_MIME, render_mpd(stream)))
    for path, mime, text in written:
        label = FileLabel(path=path, role=Role.STREAM, language="", mime=mime, rendition=STREAM)
        yield describe_content(label, text.encode()), text.encode()


def _stream(prepared: Prepared, cuts: Sequence[_Cut], tracks: Mapping[str, StreamTrack]) -> Stream:
    kinds = {kind: tuple(tracks[cut.planned.name] for cut in cuts if cut.planned.kind is kind) for kind in TrackKind}
    sounds = kinds[TrackKind.SOUND]
    return Stream(
        pictures=kinds[TrackKind.PICTURE],
        sounds=tuple(each for each in sounds if not each.is_light),
        light_sounds=tuple(each for each in sounds if each.is_light),
        texts=kinds[TrackKind.TEXT],
        title=prepared.workshop.film.title,
        titles=tuple(_titles(cuts)),
    )


def _playlists(cut: _Cut, track: StreamTrack, target_s: int) -> Iterator[tuple[PublishedFile, Stored | bytes]]:
    written = [(cut.planned.playlist, render_media(track, target_s))]
    written += [(cut.planned.key_playlist, render_keys(track, target_s))] if cut.planned.key_playlist else []
    for path, text in written:
        yield describe_content(replace(cut.deliverable, path=path), text.encode()), text.encode()


def _titles(cuts: Sequence[_Cut]) -> Iterator[tuple[str, str]]:
    for cut in cuts:
        # players see one language in a text for the deaf and in the usual one, and want one title
        if cut.planned.title and cut.planned.language and cut.planned.language.variant is not Variant.DEAF:
            yield cut.planned.language.tag, cut.planned.title


def _find_cuts(
    prepared: Prepared, entries: Mapping[str, Entry], failures: Mapping[str, BabelreelError], store: Store
) -> tuple[_Cut, ...]:
    deliverables = {each.path: each for each in prepared.blueprint.deliverables}
    last_keys = store.last_keys()
    cuts = []
    for planned in prepared.blueprint.streams:
        entry = entries.get(planned.task)
        if entry is None and planned.task in last_keys and not _is_of_content(failures.get(planned.task)):
            entry = store.find([key := last_keys[planned.task]]).get(key)
        if entry is not None:
            index = parse_index(store.read(entry.digests[INDEX]))
            deliverable = deliverables[planned.playlist]
            cut = _Cut(planned=planned, deliverable=deliverable, entry=entry, index=index)
            is_whole = not planned.whole_text or WHOLE_TEXT in entry.digests  # not so in stores of earlier versions
            cuts += [cut] if is_whole else []
    return tuple(_whole_groups(tuple(_fitting(cuts, fresh=entries.keys()))))


def _whole_groups(cuts: Sequence[_Cut]) -> Iterator[_Cut]:
    """Leave out the light sounds if one of them is missing: all groups have the same members (RFC 8216, 4.3.4.1.1)."""
    sounds = [cut.planned for cut in cuts if cut.planned.kind is TrackKind.SOUND]
    offered = [{each.language for each in sounds if each.is_light is is_light} for is_light in (False, True)]
    for cut in cuts:
        is_spare = cut.planned.kind is TrackKind.SOUND and cut.planned.is_light and offered[0] != offered[1]
        if not is_spare:
            yield cut


def _of_before(file: PublishedFile, earlier: Mapping[str, PublishedFile]) -> PublishedFile:
    return replace(file, state=earlier[file.path].state if file.path in earlier else UNKNOWN_STATE)


def _is_of_content(error: BabelreelError | None) -> bool:
    return error is not None and error.cause is Cause.CONTENT


def _fitting(cuts: Sequence[_Cut], fresh: Collection[str]) -> Iterator[_Cut]:
    """Leave out older versions that are not as long as those of now: they were made of another film.

    They are compared with tracks of their own kind where there are any of now.
    """
    for cut in cuts:
        now = [each for each in cuts if each.planned.task in fresh]
        kin = [each for each in now if each.planned.kind is cut.planned.kind] or now
        if cut.planned.task in fresh or not kin or abs(cut.index.duration - kin[0].index.duration) < _SLACK_S:
            yield cut


def _track(cut: _Cut, store: Store) -> StreamTrack:
    index, planned = cut.index, cut.planned
    parts = [cut.artifacts[name] for name in index.names]
    is_picture = planned.kind is TrackKind.PICTURE
    segments = (
        Segment(
            ticks=ticks,
            bytes=part.size,
            key_bytes=first_frame_end(store.read(part.digest)) if is_picture else 0,
        )
        for part, ticks in zip(parts, index.lengths, strict=True)
    )
    first = next(iter(cut.parts))
    return StreamTrack(
        name=planned.name,
        uri=_uri(planned.playlist),
        pattern_uri=f"{_uri(str(PurePosixPath(first).parent))}/{NUMBER}{cut.ending}",
        timescale=index.timescale,
        segments=tuple(segments),
        header_uri=_uri(first) if index.header else "",
        codecs=index.codecs,
        language=planned.language,
        is_original=planned.is_original,
        is_light=planned.is_light,
        frame=index.frame,
        channels=index.channels,
        whole_uri=_uri(planned.whole_text) if planned.whole_text else "",
        keys_uri=_uri(planned.key_playlist) if planned.key_playlist else "",
    )


def _published(cut: _Cut) -> Iterator[tuple[str, Artifact]]:
    yield from cut.parts.items()
    if cut.planned.whole_text:
        yield cut.planned.whole_text, cut.artifacts[WHOLE_TEXT]


def _uri(path: str) -> str:
    """Return the address of a file from the playlists, which all lie in one folder."""
    return quote(way(HLS_MASTER, path))


def _part_file(cut: _Cut, path: str, artifact: Artifact) -> PublishedFile:
    label = FileLabel(
        path=path,
        role=Role.STREAM,
        language=cut.deliverable.language,
        rendition=STREAM,
        sound=cut.deliverable.sound,
        mime=_SEGMENT_MIME[cut.planned.kind],
    )
    return describe_artifact(label, artifact)
