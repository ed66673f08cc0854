"""Plan the film of a language with its interpreter in the picture, beside what is filmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from babelreel.graph.task import Task
from babelreel.media.argv.pictures import Beside
from babelreel.media.picture.piece import EncodePiece
from babelreel.model.delivery.build_summary import SkippedRendition
from babelreel.model.delivery.manifest import Deliverable
from babelreel.model.film.cells import Footage
from babelreel.model.film.composition import Area, is_signer_large, signer_area
from babelreel.model.film.ladder.encoding_ladder import Rung, Sound, Text
from babelreel.stages.films.content import choose_content
from babelreel.stages.films.editions import skip_misfit
from babelreel.stages.films.language_files import plan_mux, published_film
from babelreel.stages.inputs import SignedFilm, Subtitles, Workshop
from babelreel.stages.parts import Parts
from babelreel.stages.picture.burned import plan_burned_picture
from babelreel.stages.picture.pieces import Picture, plan_shared_picture
from babelreel.stages.sound.soundtrack import plan_soundtrack


def plan_signed_pictures(
    workshop: Workshop, rung: Rung, languages: Sequence[Subtitles], parts: Parts, slug: str
) -> Iterator[tuple[tuple[Task, ...], tuple[Deliverable, ...]] | SkippedRendition]:
    """Plan the film of each language that has an interpreter, or say why it has none."""
    signed = {each.language.tag: each for each in workshop.signed}
    for subtitles in languages:
        if interpreter := signed.get(subtitles.language.tag):
            skipped = _too_small(rung, interpreter) or skip_misfit(workshop.film, workshop.styles, subtitles, rung)
            yield skipped or _plan(workshop, rung, interpreter, subtitles, parts, slug)


def _plan(  # noqa: PLR0913, PLR0917 - a film, its interpreter, and what is said
    workshop: Workshop, rung: Rung, signed: SignedFilm, subtitles: Subtitles, parts: Parts, slug: str
) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    content = choose_content(workshop.film, subtitles, rung)
    plain = plan_shared_picture(workshop, rung)
    drawn = plan_burned_picture(workshop, subtitles, plain, has_text=content.text is Text.BURN_IN)
    picture = _with_signer(drawn, signed)
    mix = parts.mixes.get(subtitles.language.tag) if content.sound is Sound.DUB else None
    sounds = plan_soundtrack(workshop, rung, subtitles, mix)
    file = plan_mux(workshop, rung, subtitles, picture, sounds[-1] if sounds else None)
    return (*picture.tasks, *sounds, file), (published_film(workshop, file, rung, subtitles, slug),)


def _with_signer(picture: Picture, signed: SignedFilm) -> Picture:
    """Show an interpreter in each piece of a picture: each then is one of this language alone."""
    video = signed.film.video
    area = signer_area(picture.settings.rung, video.display_width_px, video.display_height_px)
    pieces = (
        _piece(piece, signed, footage, area) for piece, footage in zip(picture.pieces, signed.beside, strict=True)
    )
    return replace(picture, pieces=tuple(pieces))


def _piece(piece: Task, signed: SignedFilm, footage: Footage, area: Area) -> Task:
    assert isinstance(piece.action, EncodePiece), "pictures are made of pieces"  # noqa: S101 - for mypy
    film, tag = signed.film, signed.language.tag
    beside = Beside(film=film.info, input_name=film.source.name, footage=footage, area=area)
    return replace(
        piece,
        name=f"{piece.name} signed {tag}",
        language=tag,
        action=replace(piece.action, beside=beside),
        inputs=(*piece.inputs, replace(film.source, part=footage.digest)),
        recipe="",  # what is remembered is that of the film alone
        batch="",  # two films are decoded for it, and nothing else is made of both
    )


def _too_small(rung: Rung, signed: SignedFilm) -> SkippedRendition | None:
    """Tell where hands would be too small: a film that is wider than 16:9 is shown lower."""
    video, tag = signed.film.video, signed.language.tag
    if is_signer_large(rung, video.display_width_px, video.display_height_px):
        return None
    return SkippedRendition(
        name=f"{rung.name} in {tag}",
        rendition=rung.name,
        tag=tag,
        why=f"the interpreter's film, {video.display_width_px}×{video.display_height_px} pixels, would take less than "
        "a sixth of the picture",
        hint="Cut its sides off, so that it is not wider than 16:9.",
    )
