"""Plan the files of one language: one for each size, and subtitles beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from babelreel.graph.task import Produced, Task
from babelreel.media.argv.joining import mux_argv
from babelreel.media.assembly.command import FfmpegCommand
from babelreel.media.assembly.copied_streams import Copied
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.published_paths import PublishedPaths
from babelreel.model.film.ladder.encoding_ladder import Rung, Sound, Text, page_rung
from babelreel.model.film.media import Expectation
from babelreel.model.language import Language
from babelreel.stages.films.content import choose_content
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.parts import Parts
from babelreel.stages.picture.burned import plan_burned_picture
from babelreel.stages.picture.joined import join_pieces
from babelreel.stages.picture.pieces import Picture
from babelreel.stages.sound.encoded import LOUDNESS, SAMPLE_RATE_HZ, SOUND
from babelreel.stages.sound.soundtrack import plan_soundtrack
from babelreel.stages.subtitles import SRT, VTT, TextStream, plan_sidecars, plan_text_stream

FILM = "film.mp4"
FACTS = "film.json"


def plan_captions(
    workshop: Workshop, subtitles: Subtitles, slug: str
) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan the subtitle files that lie beside a language's films."""
    task = plan_sidecars(subtitles, workshop.memory)
    return (task,), tuple(_captions(task, subtitles, slug))


def plan_video(
    workshop: Workshop, rung: Rung, subtitles: Subtitles, parts: Parts, slug: str
) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan a language's file at a rung."""
    tasks = _plan_file(workshop, rung, subtitles, parts, parts.pictures[rung.name])
    return tasks, (published_film(workshop, tasks[-1], rung, subtitles, slug),)


def plan_page_film(
    workshop: Workshop, subtitles: Subtitles, parts: Parts, slug: str
) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan the film that a language's page plays on phones, of pieces that are there anyway: nothing if it has one."""
    found = page_rung(parts.rungs)
    if found is None or not subtitles.has_text:
        return (), ()
    rung, drawn_on = found
    if choose_content(workshop.film, subtitles, drawn_on).text is Text.NONE and not subtitles.signs:
        return (), ()  # it is the same as that one
    tasks = _plan_file(workshop, rung, subtitles, parts, parts.pictures[drawn_on.name])
    return tasks, (published_film(workshop, tasks[-1], rung, subtitles, slug),)


def _captions(task: Task, subtitles: Subtitles, slug: str) -> Iterator[Deliverable]:
    tag = subtitles.language.tag
    for output, mime in ((VTT, "text/vtt; charset=utf-8"), (SRT, "application/x-subrip; charset=utf-8")):
        path = PublishedPaths(slug=slug).captions(tag, output.removeprefix("captions."))
        yield Deliverable(path=path, role=Role.CAPTIONS, language=tag, task=task.name, output=output, mime=mime)


def published_film(workshop: Workshop, task: Task, rung: Rung, subtitles: Subtitles, slug: str) -> Deliverable:
    """Describe a language's film at a rung as it is published; ``task`` makes it."""
    tag, content = subtitles.language.tag, choose_content(workshop.film, subtitles, rung)
    return Deliverable(
        path=PublishedPaths(slug=slug).film(tag, rung.name),
        role=Role.VIDEO,
        language=tag,
        rendition=rung.name,
        sound=content.sound.value,
        text=content.text,
        task=task.name,
        output=FILM,
        facts=FACTS,
        mime="video/mp4",
    )


def _plan_file(workshop: Workshop, rung: Rung, subtitles: Subtitles, parts: Parts, shared: Picture) -> tuple[Task, ...]:
    """Plan picture, sounds (where there is one) and, last, the file that holds them."""
    content = choose_content(workshop.film, subtitles, rung)
    is_burned = content.text is Text.BURN_IN
    drawn = subtitles if rung.text is Text.BURN_IN else replace(subtitles, signs=(), cards=())  # else the text has them
    is_marked = bool(drawn.signs or drawn.cards or drawn.is_draft or rung.edition)  # an edition has its title drawn
    is_drawn = is_burned or is_marked
    picture = plan_burned_picture(workshop, drawn, shared, has_text=is_burned) if is_drawn else shared
    mix = parts.mixes.get(subtitles.language.tag) if content.sound is Sound.DUB else None
    sounds = plan_soundtrack(workshop, rung, subtitles, mix)
    return (*picture.tasks, *sounds, plan_mux(workshop, rung, subtitles, picture, sounds[-1] if sounds else None))


def plan_mux(  # noqa: PLR0913 - a file is put together of these
    workshop: Workshop, rung: Rung, subtitles: Subtitles, picture: Picture, sound: Task | None, *, tag: str = ""
) -> Task:
    """Plan the file of a picture and a sound; ``tag`` is that of a pair whose first language this is."""
    language, tag = subtitles.language, tag or subtitles.language.tag
    content = choose_content(workshop.film, subtitles, rung)
    spoken = language if content.sound is Sound.DUB else workshop.film.language
    text = plan_text_stream(subtitles, workshop.memory) if content.text is Text.MUX else None
    pieces = join_pieces(picture)
    argv = mux_argv(
        pieces_name=pieces.list_name,
        sound_name=SOUND if sound else None,
        text_name=text.file.name if text else None,
        language=language,
        sound_language=spoken.iso639_t,
        sound_handler=spoken.own_name,
        output_name=FILM,
        title=subtitles.title or workshop.film.title,
    )
    inputs = [*pieces.inputs]
    inputs += [Produced(name=name, task=sound.name, output=name) for name in (SOUND, LOUDNESS)] if sound else []
    inputs += [text.file] if text else []
    action = FfmpegCommand(
        ffmpeg=workshop.ffmpeg.identity,
        argv=argv,
        output=FILM,
        describes=FACTS,
        sound_facts=LOUDNESS if sound else "",
        clears_text_flag=text is not None,
        joins=pieces.names,
        copies=(
            *((Copied(kind="audio", files=(SOUND,)),) if sound else ()),
            *((Copied(kind="subtitle", files=(text.file.name,)),) if text else ()),
        ),
        expects=_expectation(rung, language, picture, text, has_sound=sound is not None),
    )
    return Task(
        name=f"file {rung.name} {tag}",
        kind="file",
        language=tag,
        rendition=rung.name,
        action=action,
        inputs=tuple(inputs),
        outputs=(FILM, FACTS),
        handed_over=(FILM,),
    )


def _expectation(
    rung: Rung, language: Language, picture: Picture, text: TextStream | None, *, has_sound: bool
) -> Expectation:
    """Say what the file must be: what its picture was planned to be, and its sound and text."""
    return replace(
        picture.expects,
        audio_codec=rung.codec.sound.value if has_sound else "",
        channels=rung.channels if has_sound else 0,
        sample_rate_hz=SAMPLE_RATE_HZ if has_sound else 0,
        text_language=language.iso639_t if text else "",
        text_handler=language.own_name if text else "",
        text_packets=text.packets if text else 0,
        max_bytes=rung.max_bytes,
    )
