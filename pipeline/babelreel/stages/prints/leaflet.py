"""Plan the tasks that make the printable leaflets: the pictures that all share, and each language's sheet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from babelreel.delivery.campaign import help_lines
from babelreel.delivery.leaflet.qr import render_qr
from babelreel.delivery.leaflet.sheet import Leaflet, Places, render_leaflet, render_style
from babelreel.graph.actions import Keep
from babelreel.graph.task import Input, Literal, Produced, SourceFile, Task
from babelreel.media.picture.stills import TakePictures, picture_name
from babelreel.media.programs.chromium import PrintPage
from babelreel.model.campaign import Campaign, chapters_in, text_in
from babelreel.model.delivery.manifest import Deliverable, Role
from babelreel.model.delivery.published_paths import PublishedPaths, asset, language_address, way
from babelreel.model.film.cells import count_frames
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.stills import picture_candidates, picture_size
from babelreel.model.track import Cue
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.remembered_text import look_at_text, remember_text
from babelreel.timedtext.burnin.line_width import find_shaper
from babelreel.timedtext.words.paragraphs import Paragraph, lay_paragraphs

STYLE = "leaflet.css"
PAGE = "leaflet.html"
CODE = "qr.svg"
PDF = "leaflet.pdf"

_MIMES = {
    PAGE: "text/html; charset=utf-8",
    STYLE: "text/css; charset=utf-8",
    CODE: "image/svg+xml",
    PDF: "application/pdf",
}
#: What Chromium takes with its children while it prints, at most, about.
_PRINT_BYTES = 600_000_000
#: A cover and an inside; what is longer goes on on more sheets.
_LEAST_PAGES = 2


def plan_leaflets(
    workshop: Workshop, languages: Sequence[Subtitles], slug: str, address: str
) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan the pictures, the style sheet and, for each language, its leaflet: HTML, PDF where Chromium is, QR code.

    ``address`` is where the pages will be online; without it there is no code.
    """
    pictures, paths = plan_pictures(workshop), PublishedPaths(slug=slug)
    style = Task(
        name="leaflet style",
        kind="leaflet",
        action=Keep(),
        inputs=(Literal(name=STYLE, content=render_style(colour=workshop.campaign.brand.colour)),),
        outputs=(STYLE,),
    )
    tasks = [pictures, style]
    published = [
        *(leaflet_file(paths.still(name), pictures, name, "") for name in pictures.outputs),
        leaflet_file(asset(STYLE), style, STYLE, ""),
    ]
    for subtitles in languages:
        tag = subtitles.language.tag
        page_address = f"{address}{language_address(tag)}" if address else ""
        for task in _plan_leaflet(workshop, subtitles, paths, page_address, pictures):
            tasks.append(task)
            published.extend(leaflet_file(paths.leaflet(tag, name), task, name, tag) for name in task.outputs)
    return tuple(tasks), tuple(published)


def plan_pictures(workshop: Workshop) -> Task:
    """Plan the pictures of the film that all leaflets share."""
    film = workshop.film
    width_px, height_px = _size(workshop)
    action = TakePictures(
        ffmpeg=workshop.ffmpeg.identity,
        film=film.info,
        film_name=film.source.name,
        frame=Frame(width_px=width_px, height_px=height_px, rate=film.video.rate),
        parts=picture_candidates(film.info.shots or (), count_frames(film.info, film.video.rate)),
    )
    return Task(
        name="pictures",
        kind="pictures",
        action=action,
        inputs=(film.source,),
        outputs=tuple(picture_name(number) for number in range(1, 1 + len(action.parts))),
        weight=film.info.duration_ms,
    )


def _size(workshop: Workshop) -> tuple[int, int]:
    video = workshop.film.video
    return picture_size(video.display_width_px, video.display_height_px)


def _plan_leaflet(
    workshop: Workshop, subtitles: Subtitles, paths: PublishedPaths, address: str, pictures: Task
) -> Iterator[Task]:
    fonts, colour = subtitles.font_files, workshop.campaign.brand.colour
    sheet = Sheet(
        tag=subtitles.language.tag,
        address=address,
        draw=_drawing(workshop, subtitles, address),
        looked_at=_look(workshop, subtitles, address),
        style=asset(STYLE),
        printed_style=render_style((font.name for font in fonts), colour),
        fonts=fonts,
    )
    yield from plan_sheet(workshop, sheet, paths, pictures)


def _drawing(workshop: Workshop, subtitles: Subtitles, address: str) -> Callable[[Places], bytes]:
    """Make what writes the page of a language; its text is looked at when the first page is asked for."""

    @cache
    def leaflet() -> Leaflet:
        return describe_leaflet(workshop, subtitles, address)

    def draw(places: Places) -> bytes:
        return render_leaflet(leaflet(), places, find_shaper(subtitles.font, subtitles.language))

    return draw


def _look(workshop: Workshop, subtitles: Subtitles, address: str) -> str:
    """Name all that a leaflet says, and by which fonts it is set."""
    if workshop.memory is None:
        return ""
    film, size_px = workshop.film, _size(workshop)
    beside = (film.title, film.language, size_px, workshop.date, subtitles.credits, address)
    return look_at_text(workshop.memory, subtitles, workshop.campaign, own=beside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One leaflet, of the language or pair ``tag``: what it says, and how it looks online and in print.

    ``draw`` writes its page, and ``looked_at`` names all that decides what it writes, where that is remembered.
    """

    tag: str
    address: str
    draw: Callable[[Places], bytes]
    style: str
    printed_style: bytes
    fonts: tuple[SourceFile, ...]
    looked_at: str = ""


def plan_sheet(workshop: Workshop, sheet: Sheet, paths: PublishedPaths, pictures: Task) -> Iterator[Task]:
    """Plan a leaflet: as a page, with its code, and as PDF where Chromium is."""
    tag, address = sheet.tag, sheet.address
    code = (Literal(name=CODE, content=render_qr(address)),) if address else ()
    page = paths.leaflet(tag, PAGE)
    on_line = Places(
        style=way(page, sheet.style),
        pictures=tuple(way(page, paths.still(name)) for name in pictures.outputs),
        code=way(page, paths.leaflet(tag, CODE)),
        logo=way(page, asset(workshop.logo.name)) if workshop.logo else "",
    )
    yield Task(
        name=f"leaflet {tag}",
        kind="leaflet",
        language=tag,
        action=Keep(),
        inputs=(_page(workshop, sheet, f"leaflet {tag}", on_line), *code),
        outputs=(PAGE, *(each.name for each in code)),
    )
    if workshop.chromium:
        logo = (workshop.logo,) if workshop.logo else ()
        beside = Places(style=STYLE, pictures=pictures.outputs, code=CODE, logo=logo[0].name if logo else "")
        inputs: tuple[Input, ...] = (
            _page(workshop, sheet, f"leaflet pdf {tag}", beside),
            Literal(name=STYLE, content=sheet.printed_style),
            *code,
            *logo,
            *(Produced(name=name, task=pictures.name, output=name) for name in pictures.outputs),
            *sheet.fonts,
        )
        yield Task(
            name=f"leaflet pdf {tag}",
            kind="leaflet pdf",
            language=tag,
            action=PrintPage(chromium=workshop.chromium.identity, page=PAGE, output=PDF, least_pages=_LEAST_PAGES),
            inputs=inputs,
            outputs=(PDF,),
            memory_bytes=_PRINT_BYTES,
        )


def _page(workshop: Workshop, sheet: Sheet, task: str, places: Places) -> Literal:
    """Draw a page, or put it off where it is known what comes of that."""
    memory = workshop.memory if sheet.looked_at else None
    looked_at = memory.look_at(own=(sheet.looked_at, places)) if memory else ""
    return remember_text(memory, looked_at, task=task, name=PAGE, make=partial(sheet.draw, places), fonts=sheet.fonts)


def describe_leaflet(workshop: Workshop, subtitles: Subtitles, address: str) -> Leaflet:
    """Gather what the leaflet of a language says; ``address`` is that of the page to which it leads."""
    width_px, height_px = _size(workshop)
    campaign, language = workshop.campaign, subtitles.language
    paragraphs, headings = _text(campaign, subtitles)
    return Leaflet(
        language=language,
        title=subtitles.title or workshop.film.title,
        title_language=subtitles.language if subtitles.title else workshop.film.language,
        paragraphs=paragraphs,
        headings=headings,
        help=help_lines(campaign, language, workshop.film.language.tag),
        organisation=campaign.brand.organisation,
        sentence=text_in(campaign.brand.sentences, language.tag),
        date=workshop.date,
        credits=subtitles.credits,
        address=address,
        width_px=width_px,
        height_px=height_px,
    )


def _text(campaign: Campaign, subtitles: Subtitles) -> tuple[tuple[Paragraph, ...], tuple[tuple[int, str], ...]]:
    """Lay out the paragraphs of each chapter, one after the other, and say which of them begin one."""
    titled = chapters_in(campaign.chapters, subtitles.language.tag)
    starts = [start_ms for start_ms, _ in titled]
    of_chapter: dict[int, list[Cue]] = {}
    for cue in subtitles.track.cues:
        of_chapter.setdefault(bisect_right(starts, cue.span.start_ms), []).append(cue)
    paragraphs: list[Paragraph] = []
    headings = []
    for place in sorted(of_chapter):
        laid = lay_paragraphs(of_chapter[place], subtitles.language)
        if laid and place:
            headings.append((len(paragraphs), titled[place - 1][1]))
        paragraphs.extend(laid)
    return tuple(paragraphs), tuple(headings)


def leaflet_file(path: str, task: Task, output: str, tag: str) -> Deliverable:
    """Describe a published part of a leaflet."""
    # the code leads to the page, and stands on whatever is printed
    return Deliverable(
        path=path, role=Role.LEAFLET, language=tag, task=task.name, output=output, mime=_MIMES.get(output, "image/jpeg")
    )
