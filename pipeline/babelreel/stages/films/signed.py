"""Plan the films of interpreters: small, without sound, frame for frame as they were recorded."""

from __future__ import annotations

from dataclasses import replace

from babelreel.graph.task import Task
from babelreel.media.argv.joining import mux_argv
from babelreel.media.assembly.command import FfmpegCommand
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.published_paths import PublishedPaths
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.film.signed import SIGNED_RUNG
from babelreel.stages.inputs import SignedFilm, Workshop
from babelreel.stages.picture.joined import join_pieces
from babelreel.stages.picture.pieces import plan_shared_picture

_FILM, _FACTS = "signed.mp4", "signed.json"


def plan_signed(workshop: Workshop, signed: SignedFilm, slug: str) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan the film of one language's interpreter, made in cells as every film is."""
    tag = signed.language.tag
    rung = replace(SIGNED_RUNG, name=f"{SIGNED_RUNG.name}-{tag}")  # two interpreters have two pictures
    picture = plan_shared_picture(replace(workshop, film=signed.film), rung)
    # cells of one batch are decoded together, and these are of another film
    own = tuple(replace(piece, batch=f"{rung.name} {piece.batch}") for piece in picture.pieces)
    picture = replace(picture, pieces=own)
    pieces = join_pieces(picture)
    action = FfmpegCommand(
        ffmpeg=workshop.ffmpeg.identity,
        argv=mux_argv(
            pieces_name=pieces.list_name,
            sound_name=None,
            text_name=None,
            language=signed.language,
            sound_language=signed.language.iso639_t,
            sound_handler=signed.language.own_name,
            output_name=_FILM,
            title=workshop.film.title,
        ),
        output=_FILM,
        describes=_FACTS,
        joins=pieces.names,
        expects=picture.expects,
    )
    task = Task(
        name=f"signed {tag}",
        kind="file",
        language=tag,
        action=action,
        inputs=pieces.inputs,
        outputs=(_FILM, _FACTS),
        handed_over=(_FILM,),
    )
    published = Deliverable(
        path=PublishedPaths(slug=slug).signed(tag),
        role=Role.SIGNED,
        language=tag,
        text=Text.NONE,
        task=task.name,
        output=_FILM,
        facts=_FACTS,
        mime="video/mp4",
    )
    return (*picture.tasks, task), (published,)
