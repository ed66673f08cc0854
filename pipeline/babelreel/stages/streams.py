"""What is streamed: which pictures without text, which sounds, and which texts in pieces?

HLS and DASH play the same segments: those of a picture are its cells, those of a text end with them, those of a sound
have a grid of their own in whole AAC frames.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from babelreel.graph.actions import Keep
from babelreel.graph.task import Input, Literal, Produced, Task
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.argv.segments import SEGMENT_HEADER
from babelreel.media.deliver.segments import AAC_FRAME_SAMPLES, CutPicture, CutSound, segment_names
from babelreel.media.picture.piece import PIECE
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.stream import INDEX, STREAM, PlannedTrack, TrackIndex, TrackKind, render_index
from babelreel.model.film.cells import LONGEST_S
from babelreel.model.film.encoding_ladder import Rung, Sound, select_rungs
from babelreel.model.language import Language
from babelreel.model.sound.recordings import SAMPLE_RATE_HZ, ms_to_samples
from babelreel.stages.deliverables import Blueprint
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.picture import Picture, plan_shared_picture
from babelreel.stages.sound import SOUND, plan_original_sound
from babelreel.stages.soundtrack import plan_dubs
from babelreel.timedtext.formats.webvtt_segments import render_webvtt_segments

PIECES = "cells.ffconcat"
#: As many whole AAC frames as last no longer than the longest cell: 281, or 5.995 s.
SEGMENT_AAC_FRAMES = LONGEST_S * SAMPLE_RATE_HZ // AAC_FRAME_SAMPLES


def choose_sound_rung(workshop: Workshop, rungs: tuple[Rung, ...]) -> Rung:
    """Give the rung whose sound is streamed with every picture: the best one."""
    return max(_fitting(workshop, rungs), key=lambda rung: (rung.channels, rung.audio_kbps))


def add_streams(
    blueprint: Blueprint,
    workshop: Workshop,
    languages: Sequence[Subtitles],
    *,
    rungs: tuple[Rung, ...],
    slug: str,
) -> Blueprint:
    """Add to what is made the streams of all languages; a blueprint without files stays as it is."""
    if not blueprint.deliverables:
        return blueprint
    fitting = _fitting(workshop, rungs)
    rate = max(workshop.film.frame(rung).rate for rung in fitting)
    tasks = {task.name: task for task in blueprint.tasks}
    tracks: list[PlannedTrack] = []
    for track, needed in (
        *(_picture(workshop, rung) for rung in fitting),
        *_sounds(workshop, choose_sound_rung(workshop, rungs), languages),
        *(_text(workshop, subtitles, rate, slug) for subtitles in languages),
    ):
        tracks.append(track)
        tasks.update((task.name, task) for task in needed)
    return replace(
        blueprint,
        tasks=tuple(tasks.values()),
        deliverables=(*blueprint.deliverables, *(_playlist(track) for track in tracks)),
        streams=tuple(tracks),
    )


def _fitting(workshop: Workshop, rungs: tuple[Rung, ...]) -> tuple[Rung, ...]:
    video = workshop.film.video
    return select_rungs(rungs, video.display_width_px, video.display_height_px)


def _playlist(track: PlannedTrack) -> Deliverable:
    """Give what stands for a whole track: its playlist is written, from the task's index, when it is published."""
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


def _picture(workshop: Workshop, rung: Rung) -> tuple[PlannedTrack, tuple[Task, ...]]:
    picture = plan_shared_picture(workshop, rung)
    cut = _plan_picture_segments(workshop, rung, picture)
    track = PlannedTrack(kind=TrackKind.PICTURE, name=f"picture-{rung.name}", task=cut.name)
    return track, (*picture.tasks, cut)


def _plan_picture_segments(workshop: Workshop, rung: Rung, picture: Picture) -> Task:
    frame = workshop.film.frame(rung)
    names = tuple(f"cells/{place:05}.mp4" for place in range(1, 1 + len(picture.pieces)))
    inputs: list[Input] = [Literal(name=PIECES, content=render_pieces(names, picture.frames, frame.rate).encode())]
    inputs += [
        Produced(name=name, task=piece.name, output=PIECE) for name, piece in zip(names, picture.pieces, strict=True)
    ]
    return Task(
        name=f"stream picture {rung.name}",
        kind="stream",
        rendition=STREAM,
        action=CutPicture(ffmpeg=workshop.ffmpeg, pieces_name=PIECES, pieces=names, frames=picture.frames, frame=frame),
        inputs=tuple(inputs),
        outputs=(SEGMENT_HEADER, *segment_names(len(names)), INDEX),
    )


def _sounds(
    workshop: Workshop, rung: Rung, languages: Sequence[Subtitles]
) -> list[tuple[PlannedTrack, tuple[Task, ...]]]:
    original = plan_original_sound(workshop, rung)
    dubs = [_dub(workshop, rung, language, tasks) for language, tasks in plan_dubs(workshop, rung, languages)]
    if original is None:
        return dubs
    cut = _plan_sound_segments(workshop, rung, original, "original")
    first = PlannedTrack(
        kind=TrackKind.SOUND,
        name="sound-original",
        task=cut.name,
        language=workshop.film.language,
        is_original=True,
    )
    return [(first, (original, cut)), *dubs]


def _dub(
    workshop: Workshop, rung: Rung, language: Language, tasks: tuple[Task, ...]
) -> tuple[PlannedTrack, tuple[Task, ...]]:
    tag = language.tag
    cut = replace(_plan_sound_segments(workshop, rung, tasks[-1], tag), language=tag)
    return PlannedTrack(kind=TrackKind.SOUND, name=f"sound-{tag}", task=cut.name, language=language), (*tasks, cut)


def _plan_sound_segments(workshop: Workshop, rung: Rung, sound: Task, name: str) -> Task:
    frames = -(-ms_to_samples(workshop.film.info.duration_ms) // AAC_FRAME_SAMPLES)
    whole, rest = divmod(frames, SEGMENT_AAC_FRAMES)
    counts = (*(SEGMENT_AAC_FRAMES,) * whole, *((rest,) if rest else ()))
    return Task(
        name=f"stream sound {name}",
        kind="stream",
        rendition=STREAM,
        action=CutSound(ffmpeg=workshop.ffmpeg, sound_name=SOUND, frames=counts, channels=rung.channels),
        inputs=(Produced(name=SOUND, task=sound.name, output=SOUND),),
        outputs=(SEGMENT_HEADER, *segment_names(len(counts)), INDEX),
    )


def _text(workshop: Workshop, subtitles: Subtitles, rate: Fraction, slug: str) -> tuple[PlannedTrack, tuple[Task, ...]]:
    language = subtitles.language
    grid = workshop.film.footage[rate]
    texts = render_webvtt_segments(subtitles.track, language, [each.cell.end / rate for each in grid])
    names = tuple(f"segment-{number:05}.vtt" for number in range(1, 1 + len(texts)))
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
            *(Literal(name=name, content=text.encode()) for name, text in zip(names, texts, strict=True)),
            Literal(name=INDEX, content=render_index(index)),
        ),
        outputs=(*names, INDEX),
    )
    track = PlannedTrack(
        kind=TrackKind.TEXT,
        name=f"text-{language.tag}",
        task=task.name,
        language=language,
        sidecar=f"{language.tag}/{slug}.{language.tag}.vtt",
    )
    return track, (task,)
