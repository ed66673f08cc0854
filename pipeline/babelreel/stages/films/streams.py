"""Plan what is streamed: which pictures without text, which sounds, and which texts in pieces.

HLS and DASH play the same segments: those of a picture are its cells, those of a text end with them, those of a sound
have a grid of their own in whole AAC frames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from babelreel.graph.actions import Keep
from babelreel.graph.late import LateLiteral
from babelreel.graph.task import Literal, Produced, Task
from babelreel.media.argv.segments import SEGMENT_HEADER
from babelreel.media.assembly.segments import AAC_FRAME_SAMPLES, CutPicture, CutSound, segment_names
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.stream import (
    INDEX,
    STREAM,
    TEXT_TRACK,
    WHOLE_TEXT,
    PlannedTrack,
    TrackIndex,
    TrackKind,
    render_index,
)
from babelreel.model.film.cells import LONGEST_S
from babelreel.model.film.ladder.default_rungs import LIGHT_RUNG
from babelreel.model.film.ladder.encoding_ladder import Sound, film_rungs
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, ms_to_samples
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.parts import OfferedSound, Parts
from babelreel.stages.picture.joined import join_pieces
from babelreel.stages.picture.pieces import Picture, plan_shared_picture
from babelreel.stages.remembered_text import look_at_text, with_known_recipe
from babelreel.stages.sound.encoded import SOUND
from babelreel.timedtext.formats.sidecar import render_webvtt
from babelreel.timedtext.formats.webvtt_segments import render_webvtt_segments

#: As many whole AAC frames as last no longer than the longest cell: 281, or 5.995 s.
SEGMENT_AAC_FRAMES = LONGEST_S * SAMPLE_RATE_HZ // AAC_FRAME_SAMPLES


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamPart:
    """One track of the stream with all that makes it, in an order in which it could run, and its playlist."""

    track: PlannedTrack
    tasks: tuple[Task, ...]

    @property
    def playlist(self) -> Deliverable:
        """What stands for the whole track: it is written, from the task's index, when it is published."""
        return _playlist(self.track)


def plan_streams(workshop: Workshop, parts: Parts, languages: Sequence[Subtitles]) -> tuple[StreamPart, ...]:
    """Plan the stream: every picture without text and one that is light, every sound twice, and every text.

    Players change between pictures while the film runs, so none of another shape is among them.
    """
    pictures = [parts.pictures[rung.name] for rung in film_rungs(parts.rungs)]
    rate = max(picture.settings.frame.rate for picture in pictures)
    return (
        *(_picture(workshop, picture) for picture in pictures),
        *_light_picture(workshop, parts),
        *(_sound(workshop, sound) for sound in parts.sounds),
        *(_sound(workshop, sound, is_light=True) for sound in parts.light_sounds),
        *(_text(workshop, subtitles, rate) for subtitles in languages),
    )


class _Segment:
    """A segment of a text, written with all others when it is asked for."""

    __slots__ = ("_place", "_texts")

    def __init__(self, texts: Callable[[], Sequence[str]], place: int) -> None:
        self._texts, self._place = texts, place

    def __call__(self) -> bytes:
        return self._texts()[self._place].encode()


def _playlist(track: PlannedTrack) -> Deliverable:
    is_film = track.kind is TrackKind.PICTURE or track.is_original
    sound = (Sound.ORIGINAL if track.is_original else Sound.DUB).value if track.kind is TrackKind.SOUND else ""
    return Deliverable(
        path=track.playlist,
        role=Role.STREAM,
        language=track.language.tag if track.language and not is_film else "",
        rendition=STREAM,
        sound=sound,
        task=track.task,
        output=INDEX,
        mime="application/vnd.apple.mpegurl",
    )


def _light_picture(workshop: Workshop, parts: Parts) -> Iterator[StreamPart]:
    if LIGHT_RUNG.name not in parts.pictures:  # a project may have a rung of this name
        yield _picture(workshop, plan_shared_picture(workshop, LIGHT_RUNG), is_light=True)


def _picture(workshop: Workshop, picture: Picture, *, is_light: bool = False) -> StreamPart:
    rung, frame, pieces = picture.settings.rung, picture.settings.frame, join_pieces(picture)
    cut = Task(
        name=f"stream picture {rung.name}",
        kind="stream",
        rendition=STREAM,
        action=CutPicture(
            ffmpeg=workshop.ffmpeg.identity,
            pieces_name=pieces.list_name,
            pieces=pieces.names,
            frames=picture.frames,
            frame=frame,
        ),
        inputs=pieces.inputs,
        outputs=(SEGMENT_HEADER, *segment_names(len(pieces.names)), INDEX),
    )
    track = PlannedTrack(kind=TrackKind.PICTURE, name=f"picture-{rung.name}", task=cut.name, is_light=is_light)
    return StreamPart(track=track, tasks=(*picture.tasks, cut))


def _sound(workshop: Workshop, sound: OfferedSound, *, is_light: bool = False) -> StreamPart:
    frames = -(-ms_to_samples(workshop.film.info.duration_ms) // AAC_FRAME_SAMPLES)
    whole, rest = divmod(frames, SEGMENT_AAC_FRAMES)
    counts = (*(SEGMENT_AAC_FRAMES,) * whole, *((rest,) if rest else ()))
    name = ("original" if sound.is_original else sound.language.tag) + ("-light" if is_light else "")
    cut = Task(
        name=f"stream sound {name}",
        kind="stream",
        language="" if sound.is_original else sound.language.tag,
        rendition=STREAM,
        action=CutSound(ffmpeg=workshop.ffmpeg.identity, sound_name=SOUND, frames=counts, channels=sound.channels),
        inputs=(Produced(name=SOUND, task=sound.task.name, output=SOUND),),
        outputs=(SEGMENT_HEADER, *segment_names(len(counts)), INDEX),
    )
    track = PlannedTrack(
        kind=TrackKind.SOUND,
        name=f"sound-{name}",
        task=cut.name,
        language=sound.language,
        is_original=sound.is_original,
        is_light=is_light,
    )
    return StreamPart(track=track, tasks=(*sound.tasks, cut))


def _text(workshop: Workshop, subtitles: Subtitles, rate: Fraction) -> StreamPart:
    language = subtitles.language
    grid = workshop.film.footage[rate]
    shown = cache(lambda: subtitles.shown_track)
    ends = [each.cell.end / rate for each in grid]
    texts = cache(lambda: render_webvtt_segments(shown(), language, ends))
    names = tuple(f"segment-{number:05}.vtt" for number in range(1, 1 + len(ends)))
    index = TrackIndex(
        timescale=rate.numerator,
        lengths=tuple(each.cell.frames * rate.denominator for each in grid),
        names=names,
    )
    task = Task(
        name=f"stream text {language.tag}",
        kind="stream",
        language=language.tag,
        rendition=STREAM,
        action=Keep(),
        inputs=(
            *(LateLiteral(name=name, make=_Segment(texts, place)) for place, name in enumerate(names)),
            LateLiteral(name=WHOLE_TEXT, make=lambda: render_webvtt(shown(), language).encode()),
            Literal(name=INDEX, content=render_index(index)),
        ),
        outputs=(*names, WHOLE_TEXT, INDEX),
    )
    memory = workshop.memory
    task = with_known_recipe(task, memory, look_at_text(memory, subtitles, grid, own=rate) if memory else "")
    track = PlannedTrack(
        kind=TrackKind.TEXT,
        name=f"{TEXT_TRACK}{language.tag}",
        task=task.name,
        language=language,
        title=subtitles.title,
    )
    return StreamPart(track=track, tasks=(task,))
