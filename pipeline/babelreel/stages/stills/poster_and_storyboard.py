"""Plan the poster and the storyboard, which all languages share."""

from __future__ import annotations

from dataclasses import replace

from babelreel.graph.task import Literal, Task
from babelreel.media.picture.stills import SHEET, DrawStoryboard, TakePosters
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.published_paths import PublishedPaths, way
from babelreel.model.film.cells import count_frames
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.stills import PosterSize, Sheet, lay_sheet, poster_candidates, poster_sizes
from babelreel.model.timecode import render_timestamp
from babelreel.stages.inputs import Workshop

TRACK = "storyboard.vtt"


def plan_stills(workshop: Workshop, slug: str) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan the poster in its sizes, and the storyboard with the track that says which tile stands for which time."""
    film = workshop.film
    frames = count_frames(film.info, film.video.rate)
    sizes = poster_sizes(film.video.display_width_px, film.video.display_height_px)
    posters = plan_posters(workshop, "posters", sizes)
    sheet = lay_sheet(frames, film.video.rate, film.video.display_width_px, film.video.display_height_px)
    storyboard = _plan_storyboard(workshop, sheet, slug)
    published = [
        *(_poster(slug, posters, size) for size in sizes),
        *(_deliverable(slug, Role.STORYBOARD, storyboard, output) for output in storyboard.outputs),
    ]
    return (posters, storyboard), tuple(published)


def _whole(workshop: Workshop) -> Frame:
    """Return the size and rate of the film as it is shown."""
    video = workshop.film.video
    return Frame(width_px=video.display_width_px // 2 * 2, height_px=video.display_height_px // 2 * 2, rate=video.rate)


def plan_posters(workshop: Workshop, name: str, sizes: tuple[PosterSize, ...]) -> Task:
    """Plan one frame of the film in several sizes, the same whatever they are."""
    film = workshop.film
    frames = count_frames(film.info, film.video.rate)
    action = TakePosters(
        ffmpeg=workshop.ffmpeg.identity,
        film=film.info,
        film_name=film.source.name,
        frame=_whole(workshop),
        candidates=poster_candidates(film.info.shots or (), frames),
        sizes=sizes,
    )
    return Task(
        name=name,
        kind="poster",
        action=action,
        inputs=(film.source,),
        outputs=tuple(size.file_name for size in sizes),
        weight=film.info.duration_ms,
    )


def _plan_storyboard(workshop: Workshop, sheet: Sheet, slug: str) -> Task:
    film, paths = workshop.film, PublishedPaths(slug=slug)
    shown = way(paths.still(TRACK), paths.still(SHEET))
    action = DrawStoryboard(
        ffmpeg=workshop.ffmpeg.identity, film=film.info, film_name=film.source.name, frame=_whole(workshop), sheet=sheet
    )
    return Task(
        name="storyboard",
        kind="storyboard",
        action=action,
        inputs=(film.source, Literal(name=TRACK, content=render_storyboard(sheet, shown).encode())),
        outputs=(SHEET, TRACK),
        weight=film.info.duration_ms,
    )


def render_storyboard(sheet: Sheet, file_name: str) -> str:
    """Write the WebVTT track of a storyboard: for each time, which part of the sheet shows it (Media Fragments)."""
    cues = (
        f"{render_timestamp(span.start_ms, '.')} --> {render_timestamp(span.end_ms, '.')}\n"
        f"{file_name}#xywh={left},{top},{sheet.tile_width_px},{sheet.tile_height_px}\n"
        for span, left, top in sheet.tiles
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def _poster(slug: str, task: Task, size: PosterSize) -> Deliverable:
    label = _deliverable(slug, Role.POSTER, task, size.file_name)
    return replace(label, width_px=size.width_px, height_px=size.height_px)


def _deliverable(slug: str, role: Role, task: Task, output: str) -> Deliverable:
    mime = "text/vtt; charset=utf-8" if output == TRACK else "image/jpeg"
    path = PublishedPaths(slug=slug).still(output)
    return Deliverable(path=path, role=role, language="", task=task.name, output=output, mime=mime)
