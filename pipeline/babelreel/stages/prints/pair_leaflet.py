"""Plan the leaflet of a pair of languages: both texts on one sheet, row by row on either side of the fold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from babelreel.delivery.leaflet.sheet import Beside, Row, render_leaflet, render_pair_style
from babelreel.delivery.side_by_side import rows_of
from babelreel.delivery.site.page_text import joined_text
from babelreel.graph.actions import Keep
from babelreel.graph.task import Literal, SourceFile, Task
from babelreel.media.picture.piece import FONTS
from babelreel.model.delivery.manifest import Deliverable
from babelreel.model.delivery.pairs import Pair
from babelreel.model.delivery.published_paths import PublishedPaths, asset, language_address
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.prints.leaflet import Sheet, describe_leaflet, leaflet_file, plan_pictures, plan_sheet
from babelreel.timedtext.burnin.line_width import find_shaper

_STYLE = "leaflet-pair.css"


def plan_pair_leaflet(  # noqa: PLR0913, PLR0917 - a sheet is made of these
    workshop: Workshop, pair: Pair, first: Subtitles, second: Subtitles, slug: str, address: str
) -> tuple[tuple[Task, ...], tuple[Deliverable, ...]]:
    """Plan a pair's leaflet: HTML, PDF where Chromium is, QR code; ``address`` is where the pages will be online."""
    paths, colour = PublishedPaths(slug=slug), workshop.campaign.brand.colour
    pictures = plan_pictures(workshop)
    style = Task(
        name="leaflet style of pairs",
        kind="leaflet",
        action=Keep(),
        inputs=(Literal(name=_STYLE, content=render_pair_style(colour=colour)),),
        outputs=(_STYLE,),
    )
    page_address = f"{address}{language_address(pair.tag)}" if address else ""
    own, other = first.font_files, tuple(second_fonts(first, second))
    leaflet = replace(
        describe_leaflet(workshop, first, page_address),
        paragraphs=(),
        headings=(),
        beside=_beside(workshop, first, second),
    )
    sheet = Sheet(
        tag=pair.tag,
        address=page_address,
        draw=partial(render_leaflet, leaflet, shaper=find_shaper(first.font, first.language)),
        style=asset(_STYLE),
        printed_style=render_pair_style((font.name for font in own), (font.name for font in other), colour),
        fonts=tuple({font.name: font for font in (*own, *other)}.values()),
    )
    tasks = tuple(plan_sheet(workshop, sheet, paths, pictures))
    published = [leaflet_file(asset(_STYLE), style, _STYLE, "")]
    published += [
        leaflet_file(paths.leaflet(pair.tag, name), task, name, pair.tag) for task in tasks for name in task.outputs
    ]
    return (pictures, style, *tasks), tuple(published)


def _beside(workshop: Workshop, first: Subtitles, second: Subtitles) -> Beside:
    rows: tuple[Row, ...] = tuple(
        (joined_text(row.first, first.language), joined_text(row.second, second.language))
        for row in rows_of(first.track.cues, second.track.cues)
    )
    return Beside(
        language=second.language,
        title=second.title or workshop.film.title,
        title_language=second.language if second.title else workshop.film.language,
        rows=rows,
        shaper=find_shaper(second.font, second.language),
    )


def second_fonts(first: Subtitles, second: Subtitles) -> Iterator[SourceFile]:
    """Give the fonts of the second language; one that is called as another of the first gets a name of its own."""
    known = {font.name: font for font in first.font_files}
    for font in second.font_files:
        is_other = known.get(font.name, font).digest != font.digest
        yield replace(font, name=f"{FONTS}/second-{font.path.name}") if is_other else font
