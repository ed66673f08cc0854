"""Cut a joined picture, or a finished sound, into the segments of a stream, and verify them.

All segments of a track lie on one clock that begins at 0 with the first frame that is seen or heard; none has an edit
list, which players treat in different ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from babelreel.errors import FilmError, ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.argv.pictures import timescale
from babelreel.media.argv.segments import SEGMENT_HEADER, SEGMENT_NAMES, picture_segments_argv, sound_segments_argv
from babelreel.media.assembly.copied_streams import Copied, stream_differences
from babelreel.media.containers.codec_string import render_codec_string
from babelreel.media.containers.mp4 import BrokenMp4Error
from babelreel.media.containers.mp4_fragment import Fragment, read_fragment
from babelreel.media.containers.mp4_picture import read_picture
from babelreel.media.containers.mp4_sound import Mp4Sound, read_sound
from babelreel.media.probe.film import probe_file
from babelreel.media.programs.run import GLOBAL_FLAGS, run_ffmpeg
from babelreel.model.delivery.stream import INDEX, TrackIndex, render_index
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ
from babelreel.model.timecode import MS_PER_SECOND, frames_to_ms
from babelreel.system_errors import why_of

#: What one AAC frame holds (ISO/IEC 14496-3).
AAC_FRAME_SAMPLES = 1024


def segment_names(count: int) -> tuple[str, ...]:
    """Name the files of so many segments, in order."""
    return tuple(SEGMENT_NAMES % number for number in range(1, 1 + count))


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPicture:
    """Cuts a picture into segments, one for each piece: an ``Action`` of the task graph.

    ``pieces_name`` is a list of ``render_pieces``, ``pieces`` are the files in it, and ``frames`` says how many each
    has. The outputs are ``SEGMENT_HEADER``, ``segment_names(len(pieces))`` and ``INDEX``.
    """

    ffmpeg: Program
    pieces_name: str
    pieces: tuple[str, ...]
    frames: tuple[int, ...]
    frame: Frame

    @property
    def argv(self) -> tuple[str, ...]:
        """The arguments of ffmpeg."""
        scale = timescale(self.frame.rate)
        return picture_segments_argv(pieces_name=self.pieces_name, ends=tuple(accumulate(self.frames)), timescale=scale)

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return _document(self.ffmpeg, self.argv) | {"frame": [self.frame.width_px, self.frame.height_px]}

    def perform(self, workspace: Workspace) -> None:
        """Cut, and compare every frame, its bytes and its time with the pieces.

        Raises what ``run_ffmpeg`` raises, and ``ToolError`` that says what differs.
        """
        folder = workspace.folder
        _run(self.ffmpeg, self.argv, workspace, frames_to_ms(sum(self.frames), self.frame.rate))
        try:
            pieces = [read_picture(folder / name) for name in self.pieces]
            cut = _read_segments(folder, len(pieces))
            if pieces[0].configuration not in (folder / SEGMENT_HEADER).read_bytes():
                raise _differs("it is encoded with other settings than its parts")
        except (BrokenMp4Error, OSError) as fault:
            raise _differs(why_of(fault)) from fault
        scale = timescale(self.frame.rate)
        tick = int(scale / self.frame.rate)
        _check(cut, [piece.sizes for piece in pieces], [[tick] * count for count in self.frames])
        _check_bytes(folder, len(cut), Copied(kind="video", files=self.pieces))
        index = TrackIndex(
            timescale=scale,
            lengths=tuple(each.ticks for each in cut),
            names=segment_names(len(cut)),
            header=SEGMENT_HEADER,
            codecs=render_codec_string("h264", pieces[0].configuration),
            frame=self.frame,
        )
        (folder / INDEX).write_bytes(render_index(index))


@dataclass(frozen=True, slots=True, kw_only=True)
class CutSound:
    """Cuts a sound into segments: an ``Action`` of the task graph.

    ``sound_name`` is a finished sound, AAC at 48 kHz; ``frames`` says how many AAC frames each segment has, without
    those before the sound begins. The outputs are as those of ``CutPicture``.
    """

    ffmpeg: Program
    sound_name: str
    frames: tuple[int, ...]
    channels: int

    @property
    def argv(self) -> tuple[str, ...]:
        """The arguments of ffmpeg."""
        return sound_segments_argv(sound_name=self.sound_name, ends=tuple(accumulate(self.frames)))

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs."""
        return _document(self.ffmpeg, self.argv) | {"frames": list(self.frames), "channels": self.channels}

    def perform(self, workspace: Workspace) -> None:
        """Cut, and compare every AAC frame, its bytes and its time with the sound.

        Raises what ``run_ffmpeg`` raises, and ``ToolError`` that says what differs.
        """
        folder = workspace.folder
        samples = sum(self.frames) * AAC_FRAME_SAMPLES
        _run(self.ffmpeg, self.argv, workspace, samples * MS_PER_SECOND // SAMPLE_RATE_HZ)
        try:
            sound = read_sound(folder / self.sound_name)
            sizes, lengths = _heard(sound)
            if len(sizes) != sum(self.frames):
                raise _differs(f"the sound has {len(sizes)} AAC frames instead of {sum(self.frames)}")
            codecs = probe_file(folder / self.sound_name, digest="").codecs
            cut = _read_segments(folder, len(self.frames))
        except (BrokenMp4Error, FilmError, OSError) as fault:
            raise _differs(why_of(fault)) from fault
        _check(cut, _parted(sizes, self.frames), _parted(lengths, self.frames))
        hidden = len(sound.sizes) - len(sizes)
        _check_bytes(folder, len(cut), Copied(kind="audio", files=(self.sound_name,), skipped=hidden))
        index = TrackIndex(
            timescale=SAMPLE_RATE_HZ,
            lengths=tuple(each.ticks for each in cut),
            names=segment_names(len(cut)),
            header=SEGMENT_HEADER,
            codecs=codecs,
            channels=self.channels,
        )
        (folder / INDEX).write_bytes(render_index(index))


def _document(ffmpeg: Program, argv: tuple[str, ...]) -> dict[str, Json]:
    return {"tool": "ffmpeg", "digest": ffmpeg.digest, "argv": [*GLOBAL_FLAGS, *argv]}


def _run(ffmpeg: Program, argv: tuple[str, ...], workspace: Workspace, duration_ms: int) -> None:
    run_ffmpeg(
        workspace.program(ffmpeg),
        argv,
        cwd=workspace.folder,
        duration_ms=duration_ms,
        report=workspace.report,
        is_cancelled=workspace.is_cancelled,
    )


def _read_segments(folder: Path, count: int) -> list[Fragment]:
    beyond = folder / segment_names(count + 1)[-1]
    if beyond.exists():
        raise _differs(f"there are more than {count} segments")
    return [read_fragment((folder / name).read_bytes()) for name in segment_names(count)]


def _heard(sound: Mp4Sound) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return sizes and lengths of the AAC frames that are heard: those that the edit list hides come first."""
    hidden, rest = divmod(sound.lead, AAC_FRAME_SAMPLES)
    if rest or sound.timescale != SAMPLE_RATE_HZ:
        raise _differs(f"the sound begins {sound.lead} ticks of 1/{sound.timescale} s in: not whole AAC frames")
    return sound.sizes[hidden:], sound.lengths[hidden:]


def _parted(values: tuple[int, ...], counts: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [values[first:end] for first, end in pairwise(accumulate(counts, initial=0))]


def _check(cut: Sequence[Fragment], sizes: Sequence[Sequence[int]], lengths: Sequence[Sequence[int]]) -> None:
    differences = tuple(_differences(cut, sizes, lengths))
    if differences:
        raise _differs("; ".join(differences[:3]))


def _check_bytes(folder: Path, count: int, copied: Copied) -> None:
    """Compare what a player gets that appends all segments with what they were cut from."""
    parts = (folder / name for name in (SEGMENT_HEADER, *segment_names(count)))
    differences = tuple(stream_differences(parts, folder, copied))
    if differences:
        raise _differs(f"the stream {'; '.join(differences)}")


def _differences(
    cut: Sequence[Fragment], sizes: Sequence[Sequence[int]], lengths: Sequence[Sequence[int]]
) -> Iterator[str]:
    """Say how segments differ from frames of given sizes and lengths, end to end from time 0."""
    start = 0
    for number, (each, own_sizes, own_lengths) in enumerate(zip(cut, sizes, lengths, strict=True), start=1):
        if each.sizes != tuple(own_sizes):
            yield f"segment {number} has {len(each.samples)} other frames than the {len(own_sizes)} planned"
        elif each.shown != tuple(accumulate(own_lengths[:-1], initial=start)) or each.start != start:
            yield f"the frames of segment {number} are not end to end from {start} on"
        elif each.ticks != sum(own_lengths):
            yield f"segment {number} lasts {each.ticks} ticks instead of {sum(own_lengths)}"
        start += sum(own_lengths)


def _differs(why: str) -> ToolError:
    return ToolError(
        what="ffmpeg cut a stream in another way than was planned.",
        why=why,
        hint="Run again; if it stays, report it with what babelreel doctor prints.",
    )
