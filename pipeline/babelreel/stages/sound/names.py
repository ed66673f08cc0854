"""Plan the sounds by which the first page says the names of languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babelreel.graph.task import Task
from babelreel.media.sound.spoken_name import SOUND, EncodeName, SpeakName
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.published_paths import PublishedPaths
from babelreel.stages.inputs import Subtitles, Workshop


def plan_names(
    workshop: Workshop, languages: Sequence[Subtitles], slug: str
) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan the sound of each language of which somebody, or a synthetic voice, says the name."""
    tasks = tuple(_plan(workshop, languages))
    paths = PublishedPaths(slug=slug)
    published = (
        Deliverable(
            path=paths.heard_name(task.language),
            role=Role.NAME,
            language=task.language,
            task=task.name,
            output=SOUND,
            mime="audio/mp4",
        )
        for task in tasks
    )
    return tasks, tuple(published)


def _plan(workshop: Workshop, languages: Sequence[Subtitles]) -> Iterator[Task]:
    for subtitles in languages:
        language = subtitles.language
        recorded = next((file for tag, file in workshop.names.recorded if tag == language.tag), None)
        voice = next((voice for tag, voice in workshop.names.voices if tag == language.tag), "")
        name, kind = f"name {language.tag}", "name"
        if recorded:
            encode = EncodeName(ffmpeg=workshop.ffmpeg.identity, recording=recorded.name)
            yield Task(name=name, kind=kind, language=language.tag, action=encode, inputs=(recorded,), outputs=(SOUND,))
        elif voice and workshop.names.espeak:
            say = SpeakName(
                ffmpeg=workshop.ffmpeg.identity,
                espeak=workshop.names.espeak,
                voice=voice,
                text=language.speech.name or language.own_name,
            )
            yield Task(name=name, kind=kind, language=language.tag, action=say, inputs=(), outputs=(SOUND,))
