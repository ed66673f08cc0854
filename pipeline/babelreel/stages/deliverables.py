"""Which files does the web team get, and which tasks make them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from babelreel.ffmpeg.argv import mux_argv, render_pieces
from babelreel.ffmpeg.command import FfmpegCommand
from babelreel.ffmpeg.piece import PIECE
from babelreel.graph.task import Input, Literal, Produced, Task
from babelreel.model.ladder import Rendition, Rung, Sound, Text, select_rungs
from babelreel.model.language import Language
from babelreel.model.manifest import Deliverable, Role
from babelreel.model.media import Expectation
from babelreel.model.project import Delivery
from babelreel.model.stream import PlannedTrack
from babelreel.stages.archive import archive_rung, dubbed_sound, original_sound, plan_archive, sound_rung
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.picture import Picture, plan_burned_picture, plan_shared_picture
from babelreel.stages.sound import SAMPLE_RATE_HZ, SOUND, plan_original_sound
from babelreel.stages.soundtrack import choose_sound, plan_dubs, plan_soundtrack
from babelreel.stages.stills import plan_stills
from babelreel.stages.subtitles import SRT, VTT, TextStream, plan_sidecars, plan_text_stream

FILM = "film.mp4"
FACTS = "film.json"
PIECES = "cells.ffconcat"

_FILES_ONLY = Delivery(has_pages=False, has_streams=False, has_leaflets=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """Everything to make and everything to publish; ``tasks`` are in an order in which they could run.

    ``streams`` are the tracks of which each stands in ``deliverables`` with its playlist.
    """

    tasks: tuple[Task, ...]
    deliverables: tuple[Deliverable, ...]
    streams: tuple[PlannedTrack, ...] = ()


def plan_deliverables(
    workshop: Workshop,
    languages: Iterable[Subtitles],
    rungs: tuple[Rung, ...],
    slug: str,
    delivery: Delivery = _FILES_ONLY,
) -> Blueprint:
    """Plan every language at every rung that suits the film, with its sidecars, and what ``delivery`` asks for.

    Tasks that several languages share (text-free pictures, sounds) appear once.
    """
    video = workshop.film.video
    fitting = select_rungs(rungs, video.display_width_px, video.display_height_px)
    shared = {rung.name: plan_shared_picture(workshop, rung) for rung in fitting}
    tasks: dict[str, Task] = {}
    deliverables: list[Deliverable] = []
    languages = tuple(languages)
    for subtitles in languages:
        sidecars = plan_sidecars(subtitles)
        tasks[sidecars.name] = sidecars
        deliverables.extend(_captions(sidecars, subtitles, slug))
        for rung in fitting:
            parts = _plan_file(workshop, rung, subtitles, shared[rung.name])
            tasks.update((task.name, task) for task in parts)
            rendition = Rendition(language=subtitles.language.tag, rung=rung, sound=choose_sound(subtitles))
            deliverables.append(_video(parts[-1], rendition, slug))
    if delivery.has_pages:
        stills, published = plan_stills(workshop, slug)
        tasks.update((task.name, task) for task in stills)
        deliverables.extend(published)
    for kind in delivery.archive if languages else ():
        picture = shared[archive_rung(fitting).name]
        parts, deliverable = _plan_archive(workshop, kind, picture, fitting, languages=languages, slug=slug)
        tasks.update((task.name, task) for task in parts)
        deliverables.append(deliverable)
    return Blueprint(tasks=tuple(tasks.values()), deliverables=tuple(deliverables))


def _captions(task: Task, subtitles: Subtitles, slug: str) -> Iterator[Deliverable]:
    tag = subtitles.language.tag
    for output, mime in ((VTT, "text/vtt; charset=utf-8"), (SRT, "application/x-subrip; charset=utf-8")):
        path = f"{tag}/{slug}.{tag}{output.removeprefix('captions')}"
        yield Deliverable(path=path, role=Role.CAPTIONS, language=tag, task=task.name, output=output, mime=mime)


def _video(task: Task, rendition: Rendition, slug: str) -> Deliverable:
    return Deliverable(
        path=f"{rendition.language}/{rendition.file_name(slug)}",
        role=Role.VIDEO,
        language=rendition.language,
        rendition=rendition.rung.name,
        sound=rendition.sound.value,
        task=task.name,
        output=FILM,
        facts=FACTS,
        mime="video/mp4",
    )


def _plan_file(workshop: Workshop, rung: Rung, subtitles: Subtitles, shared: Picture) -> tuple[Task, ...]:
    """Plan picture, sounds (where there is one) and, last, the file that holds them."""
    picture = plan_burned_picture(workshop, rung, subtitles, shared) if rung.text is Text.BURN_IN else shared
    sounds = plan_soundtrack(workshop, rung, subtitles)
    return (*picture.tasks, *sounds, _plan_mux(workshop, rung, subtitles, picture, sounds[-1] if sounds else None))


def _plan_mux(workshop: Workshop, rung: Rung, subtitles: Subtitles, picture: Picture, sound: Task | None) -> Task:
    language, rate = subtitles.language, workshop.film.frame(rung).rate
    spoken = language if choose_sound(subtitles) is Sound.DUB else workshop.film.language
    text = plan_text_stream(subtitles) if rung.text is Text.MUX else None
    names = tuple(f"cells/{place:05}.mp4" for place in range(1, 1 + len(picture.pieces)))
    argv = mux_argv(
        pieces_name=PIECES,
        sound_name=SOUND if sound else None,
        text_name=text.file.name if text else None,
        language=language,
        sound_language=spoken.iso639_t,
        sound_handler=spoken.own_name,
        output_name=FILM,
        title=workshop.film.title,
    )
    pieces = render_pieces(names, picture.frames, rate)
    inputs: list[Input] = [Literal(name=PIECES, content=pieces.encode())]
    inputs += [
        Produced(name=name, task=piece.name, output=PIECE) for name, piece in zip(names, picture.pieces, strict=True)
    ]
    inputs += [Produced(name=SOUND, task=sound.name, output=SOUND)] if sound else []
    inputs += [text.file] if text else []
    action = FfmpegCommand(
        ffmpeg=workshop.ffmpeg,
        argv=argv,
        output=FILM,
        describes=FACTS,
        clears_text_flag=text is not None,
        joins=names,
        expects=_expectation(rung, language, picture, text, has_sound=sound is not None),
    )
    return Task(
        name=f"file {rung.name} {language.tag}",
        kind="file",
        language=language.tag,
        rendition=rung.name,
        action=action,
        inputs=tuple(inputs),
        outputs=(FILM, FACTS),
    )


def _plan_archive(  # noqa: PLR0913 - a file has these sides
    workshop: Workshop,
    kind: str,
    picture: Picture,
    rungs: tuple[Rung, ...],
    *,
    languages: tuple[Subtitles, ...],
    slug: str,
) -> tuple[tuple[Task, ...], Deliverable]:
    """Plan the file with every sound, at the best rate that any rung has, and every text."""
    best = sound_rung(rungs)
    original = plan_original_sound(workshop, best)
    sounds = [original_sound(workshop.film.language, original)] if original else []
    needed: list[Task] = []
    for language, tasks in plan_dubs(workshop, best, languages):
        needed += tasks
        sounds.append(dubbed_sound(language, tasks[-1]))
    parts, deliverable = plan_archive(workshop, kind, picture, sounds=tuple(sounds), texts=languages, slug=slug)
    return (*needed, *parts), deliverable


def _expectation(
    rung: Rung, language: Language, picture: Picture, text: TextStream | None, *, has_sound: bool
) -> Expectation:
    """Say what the file must be: what its picture was planned to be, and its sound and text."""
    return replace(
        picture.expects,
        audio_codec="aac" if has_sound else "",
        channels=rung.channels if has_sound else 0,
        sample_rate_hz=SAMPLE_RATE_HZ if has_sound else 0,
        text_language=language.iso639_t if text else "",
        text_handler=language.own_name if text else "",
        text_packets=text.packets if text else 0,
        max_bytes=rung.max_bytes,
    )
