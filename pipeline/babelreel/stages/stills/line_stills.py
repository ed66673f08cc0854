"""Plan pictures of lines as they are burned in: a frame of the film for each, and its text drawn into that."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from babelreel.errors import RefusedError
from babelreel.graph.task import Input, Literal, Produced, Task
from babelreel.media.picture.line_stills import EXACT, LIGHT, PLAIN, DrawLine, TakeFrame
from babelreel.media.picture.piece import ASS, decoding_bytes
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.cells import Cell, count_frames
from babelreel.model.film.choices import render_rate
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.style import Styles
from babelreel.model.timecode import Span, middle_frame, render_clock
from babelreel.stages.inputs import Film, Subtitles
from babelreel.stages.picture.pieces import lay_language
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing

#: What drawing and two encoders take for one still; what scaling takes for one frame beside the film's own pictures.
_STILL_BYTES, _FRAME_BYTES = 60_000_000, 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StillsOf:
    """One language's text at one rung, and what all stills of its lines are made with."""

    film: Film
    ffmpeg: Ffmpeg
    styles: Styles
    subtitles: Subtitles
    rung: Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStill:
    """The tasks of one still: ``frame`` takes the picture, which other lines may share, ``drawn`` makes the still."""

    frame: Task
    drawn: Task


def plan_line_stills(stills: StillsOf, places: Sequence[int]) -> Mapping[int, PlannedStill | RefusedError]:
    """Plan the still of each line, by the place of its cue in the track; an error for one that the film never shows.

    It is taken in the middle of the time for which the film shows the line, and holds what the film holds then: other
    lines that are shown at the same time, and a draft's mark.
    """
    cues = stills.subtitles.track.cues
    numbers = {place: _frame_shown(stills, cues[place].span) for place in places}
    cells = [Cell(first=number, end=number + 1) for number in numbers.values() if number is not None]
    texts = cut_drawing(lay_language(stills.film, stills.styles, stills.subtitles, stills.rung), cells)
    return {
        place: _beyond(stills, cues[place].span) if number is None else _still(stills, place, number, next(texts))
        for place, number in numbers.items()
    }


def _frame_shown(stills: StillsOf, span: Span) -> int | None:
    """Find the middle one of the frames that show a line; ``None`` where the film has none of them."""
    rate = stills.film.frame(stills.rung).rate
    return middle_frame(span, rate, count_frames(stills.film.info, rate))


def _beyond(stills: StillsOf, span: Span) -> RefusedError:
    film_ms = stills.film.info.duration_ms
    return RefusedError(
        what="The film never shows this line.",
        why=f"it begins at {render_clock(span.start_ms)}, and the film ends at {render_clock(film_ms)}",
        hint="Give it a time within the film.",
    )


def _still(stills: StillsOf, place: int, number: int, text: CellText | None) -> PlannedStill:
    frame, rung, tag = _frame(stills, number), stills.rung, stills.subtitles.language.tag
    size = stills.film.frame(rung)
    drawn: tuple[Input, ...] = ()
    if text:
        drawn = (Literal(name=ASS, content=text.document.encode()), *stills.subtitles.font_files)
    task = Task(
        name=f"still {rung.name} {tag} {place + 1}",
        kind="still",
        language=tag,
        rendition=rung.name,
        action=DrawLine(ffmpeg=stills.ffmpeg.identity, frame=size, lead=text.lead if text else None),
        inputs=(Produced(name=PLAIN, task=frame.name, output=PLAIN), *drawn),
        outputs=(EXACT, LIGHT),
        weight=size.width_px * size.height_px,
        memory_bytes=_STILL_BYTES,
    )
    return PlannedStill(frame=frame, drawn=task)


def _frame(stills: StillsOf, number: int) -> Task:
    """Plan a frame without text: the same task for all languages, and for rungs of one size and rate."""
    film, size = stills.film, stills.film.frame(stills.rung)
    cells = film.footage[size.rate]
    cell = bisect_right(cells, number, key=lambda each: each.cell.first) - 1
    action = TakeFrame(
        ffmpeg=stills.ffmpeg.identity,
        film=film.info,
        film_name=film.source.name,
        frame=size,
        footage=cells[cell],
        number=number - cells[cell].cell.first,
        area=film.area(stills.rung),
    )
    shape = stills.rung.edition or "film"
    return Task(
        name=f"frame {number} of {shape} {size.width_px}x{size.height_px} at {render_rate(size.rate)} fps",
        kind="frame",
        action=action,
        inputs=(replace(film.source, part=cells[cell].digest),),
        outputs=(PLAIN,),
        weight=size.width_px * size.height_px * (action.number + 1),
        memory_bytes=_FRAME_BYTES,
        # decoded once for all languages and sizes
        batch=f"frames of part {cell + 1} of {len(cells)}, {render_rate(size.rate)} fps",
        batch_bytes=decoding_bytes(film.info),
    )
