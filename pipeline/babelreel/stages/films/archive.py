"""Plan one file that holds the whole film: its picture, every sound and every text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from babelreel.graph.task import Literal, Produced, Task
from babelreel.media.assembly.archive import MakeArchive
from babelreel.model.delivery.archive import ArchiveTrack, Container
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.published_paths import PublishedPaths
from babelreel.model.film.ladder.encoding_ladder import Rung, Sound, Text, film_rungs
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.parts import OfferedSound
from babelreel.stages.picture.joined import join_pieces
from babelreel.stages.picture.pieces import Picture
from babelreel.stages.sound.encoded import SOUND
from babelreel.stages.subtitles import plan_text_stream
from babelreel.timedtext.formats.sidecar import render_subrip, sidecar_cues

#: The rendition's name, for "--only archive" and the manifest.
ARCHIVE = "archive"
_FACTS = "archive.json"


def archive_rung(rungs: Iterable[Rung]) -> Rung:
    """Choose the rung whose picture is kept: the largest one with text as a stream, else the largest of all.

    It has the film's own shape.
    """
    by_size = sorted(film_rungs(rungs), key=lambda each: (each.long_px, each.short_px, each.peak_kbps), reverse=True)
    return next((each for each in by_size if each.text is not Text.BURN_IN), by_size[0])


def plan_archive(  # noqa: PLR0913 - a file has these sides
    workshop: Workshop,
    kind: str,
    picture: Picture,
    *,
    sounds: tuple[OfferedSound, ...],
    texts: tuple[Subtitles, ...],
    slug: str,
) -> tuple[tuple[Task, ...], Deliverable]:
    """Plan one archive file (``kind``: "mkv" or "mp4") with all it needs, in an order in which it could be made.

    ``picture`` must be one without burned-in text. The first sound is the one that players play by themselves; no
    text is switched on.
    """
    container = Container(kind)
    output = f"archive.{container.value}"
    kept_sounds = tuple(
        ArchiveTrack(language=each.language, name=_label(each), file=f"sounds/{place}.m4a")
        for place, each in enumerate(sounds)
    )
    kept_texts, files = _texts(container, texts)
    pieces = join_pieces(picture)
    heard = (
        Produced(name=track.file, task=each.task.name, output=SOUND)
        for track, each in zip(kept_sounds, sounds, strict=True)
    )
    action = MakeArchive(
        ffmpeg=workshop.ffmpeg.identity,
        container=container,
        pieces_name=pieces.list_name,
        pieces=pieces.names,
        sounds=kept_sounds,
        texts=kept_texts,
        title=workshop.film.title,
        picture=picture.expects,
        output=output,
        describes=_FACTS,
    )
    task = Task(
        name=f"archive {container.value}",
        kind="archive",
        rendition=ARCHIVE,
        action=action,
        inputs=(*pieces.inputs, *heard, *files),
        outputs=(output, _FACTS),
        handed_over=(output,),
    )
    needed = (*picture.tasks, *(part for each in sounds for part in each.tasks))
    return (*needed, task), _deliverable(task, container, slug, has_texts=bool(kept_texts))


def _label(sound: OfferedSound) -> str:
    """Return the name of a sound that players show."""
    return f"{sound.language.own_name} (original)" if sound.is_original else sound.language.own_name


def _deliverable(task: Task, container: Container, slug: str, *, has_texts: bool) -> Deliverable:
    return Deliverable(
        path=PublishedPaths(slug=slug).archive(container.value),
        role=Role.ARCHIVE,
        language="",
        rendition=ARCHIVE,
        sound=Sound.ORIGINAL.value,
        text=Text.MUX if has_texts else Text.NONE,
        task=task.name,
        output=task.outputs[0],
        facts=_FACTS,
        mime=container.mime,
    )


def _texts(container: Container, texts: tuple[Subtitles, ...]) -> tuple[tuple[ArchiveTrack, ...], tuple[Literal, ...]]:
    """Lay out each text as the container wants it; one in which nothing is shown is left out."""
    tracks: list[ArchiveTrack] = []
    files: list[Literal] = []
    for place, subtitles in enumerate(texts):
        name = f"texts/{place}.{'mp4' if container is Container.MP4 else 'srt'}"
        content, count = _text(container, subtitles)
        if count:
            files.append(Literal(name=name, content=content))
            language = subtitles.language
            tracks.append(ArchiveTrack(language=language, name=language.own_name, file=name, texts=count))
    return tuple(tracks), tuple(files)


def _text(container: Container, subtitles: Subtitles) -> tuple[bytes, int]:
    """Write one text as a file, and count how many packets with text it becomes."""
    if container is Container.MP4:
        stream = plan_text_stream(subtitles)
        return stream.file.content, stream.packets
    # a cue that ends before it starts shows nothing, and a player's clock cannot bear it
    shown = tuple(cue for cue in subtitles.shown_track.cues if cue.span.duration_ms > 0 and cue.span.end_ms > 0)
    track = replace(subtitles.shown_track, cues=shown)
    texts = render_subrip(track, subtitles.language)
    return texts.encode(), sum(1 for _ in sidecar_cues(track, subtitles.language))
