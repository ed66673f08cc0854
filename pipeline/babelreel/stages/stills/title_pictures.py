"""The tasks that make pictures with the film's title: one for link previews and one for posts, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babelreel.delivery.palette import light_palette
from babelreel.graph.task import Literal, Produced, Task
from babelreel.media.picture.piece import ASS
from babelreel.media.picture.title_picture import STILL, TITLED, DrawTitle
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.published_paths import PublishedPaths
from babelreel.model.film.stills import TitlePicture, title_pictures
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.stills.poster_and_storyboard import plan_posters
from babelreel.timedtext.burnin.placed.title_picture import draw_title_picture

#: One frame that is drawn on and compressed is as much work as some seconds of the film are for a poster, in
#: milliseconds: both are of one kind, and the time left is told by that.
_WEIGHT = 2000


def plan_title_pictures(
    workshop: Workshop, languages: Sequence[Subtitles], slug: str
) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan both pictures of each language whose title can be drawn and is short enough to be read."""
    video = workshop.film.video
    pictures = title_pictures(video.display_width_px, video.display_height_px)
    stills = plan_posters(workshop, "title stills", tuple(each.still for each in pictures))
    drawn = [
        (task, _deliverable(task, subtitles, picture, slug))
        for subtitles in languages
        for picture in pictures
        for task in _plan(workshop, subtitles, picture, stills)
    ]
    if not drawn:
        return (), ()
    return (stills, *(task for task, _ in drawn)), tuple(deliverable for _, deliverable in drawn)


def _plan(workshop: Workshop, subtitles: Subtitles, picture: TitlePicture, stills: Task) -> Iterator[Task]:
    palette = light_palette(workshop.campaign.brand.colour)
    document = draw_title_picture(
        subtitles.title or workshop.film.title,
        language=subtitles.language,
        font=subtitles.font,
        width_px=picture.width_px,
        height_px=picture.height_px,
        band=picture.band,
        ground=palette.band,
        color=palette.on_band,
    )
    if document is None:
        return
    still = Produced(name=STILL, task=stills.name, output=picture.still.file_name)
    yield Task(
        name=f"{picture.name} {subtitles.language.tag}",
        kind="poster",
        language=subtitles.language.tag,
        action=DrawTitle(ffmpeg=workshop.ffmpeg.identity, width_px=picture.width_px, height_px=picture.height_px),
        inputs=(still, Literal(name=ASS, content=document.encode()), *subtitles.font_files),
        outputs=(TITLED,),
        weight=_WEIGHT,
    )


def _deliverable(task: Task, subtitles: Subtitles, picture: TitlePicture, slug: str) -> Deliverable:
    return Deliverable(
        path=PublishedPaths(slug=slug).title_picture(subtitles.language.tag, picture.file_name),
        role=Role.POSTER,
        language=subtitles.language.tag,
        task=task.name,
        output=TITLED,
        mime="image/jpeg",
        width_px=picture.width_px,
        height_px=picture.height_px,
    )
