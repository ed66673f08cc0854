"""In which pieces are pictures encoded: which cells at which rung, and in which languages?

A cell of a web rung, and a cell of a phone rung that shows no cue, is one piece for all languages. A cell in which a
language has a cue is a piece of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from babelreel.graph.task import Input, Json, Literal, Produced, Task
from babelreel.media.picture.piece import ASS, PIECE, EncodePiece, PieceSettings
from babelreel.media.picture.quality import QUALITY
from babelreel.model.drafts import DRAFT, marked_track
from babelreel.model.film.cells import count_frames
from babelreel.model.film.encoding_ladder import Rung
from babelreel.model.film.media import Expectation
from babelreel.model.style import Style, Styles
from babelreel.stages.inputs import Film, Subtitles, Workshop
from babelreel.stages.quality import plan_quality
from babelreel.timedtext.burnin.cell_cues import CellText, cut_drawing
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin

_PICTURE_SETTINGS = (
    "long_px",
    "short_px",
    "profile",
    "level",
    "crf",
    "peak_kbps",
    "buffer_kbit",
    "preset",
    "b_frames",
    "max_rate",
)

#: What a style had from the beginning.
_FIRST_STYLE = frozenset({"color", "outline_color", "outline", "shadow", "margin", "side_margin"})
_USUAL = Style()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Burned:
    """What is drawn into a cell, and its look: a language's text, or without ``has_text`` a draft's mark alone."""

    subtitles: Subtitles
    text: CellText
    style: Mapping[str, Json]
    has_text: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """What its task is called by."""
        return (self.subtitles.language.tag, *(() if self.has_text else ("mark",)))

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Literal(name=ASS, content=self.text.document.encode()), *self.subtitles.font_files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture from beginning to end: its pieces in order, how many frames each has, and what they make together.

    ``settings`` are those of every piece. ``quality`` is the search for the CRF that all pieces wait for, if there is
    one.
    """

    settings: PieceSettings
    pieces: tuple[Task, ...]
    frames: tuple[int, ...]
    expects: Expectation
    quality: Task | None = None

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All that makes it, in an order in which it could run."""
        return (self.quality, *self.pieces) if self.quality else self.pieces


def plan_shared_picture(workshop: Workshop, rung: Rung) -> Picture:
    """Plan the picture of a rung without any text: encoded once, stream-copied into every language's file."""
    settings = _piece_settings(workshop, rung)
    quality = plan_quality(workshop, settings)
    frame, footage = settings.frame, workshop.film.footage[settings.frame.rate]
    expects = Expectation(
        frames=count_frames(workshop.film.info, frame.rate),
        rate=frame.rate,
        width_px=frame.width_px,
        height_px=frame.height_px,
        video_codec=rung.codec.value,
        video_profile=rung.profile,
        pixel_format="yuv420p",
        duration_ms=workshop.film.info.duration_ms,
    )
    return Picture(
        settings=settings,
        pieces=tuple(_piece(workshop, settings, place, quality) for place in range(len(footage))),
        frames=tuple(each.cell.frames for each in footage),
        expects=expects,
        quality=quality,
    )


def plan_burned_picture(workshop: Workshop, subtitles: Subtitles, shared: Picture, *, has_text: bool) -> Picture:
    """Plan the picture of a rung with what is drawn for one language: its text, an edition's title, a draft's mark.

    ``shared`` is the rung's picture without any of it.
    """
    rung, frame = shared.settings.rung, shared.settings.frame
    drawing = lay_language(workshop.film, workshop.styles, subtitles, rung, has_text=has_text)
    style = {**_style(drawing.layout.style), "type_size": str(rung.type_size)}
    texts = cut_drawing(drawing, (each.cell for each in workshop.film.footage[frame.rate]))
    drawn = (
        _Burned(subtitles=subtitles, text=text, style=style, has_text=has_text) if text else None for text in texts
    )
    pieces = (
        _piece(workshop, shared.settings, place, shared.quality, burned) if burned else shared.pieces[place]
        for place, burned in enumerate(drawn)
    )
    return replace(shared, pieces=tuple(pieces))


def lay_language(film: Film, styles: Styles, subtitles: Subtitles, rung: Rung, *, has_text: bool = True) -> Drawing:
    """Lay out what is drawn for one language into the pictures of a rung.

    That is its text, its words in the picture, an edition's title, a draft's mark.
    """
    track = subtitles.track if has_text else replace(subtitles.track, cues=())
    is_marked = subtitles.is_draft and not rung.edition
    return lay_burnin(
        marked_track(subtitles.track, film.info.duration_ms, has_text=has_text) if is_marked else track,
        language=subtitles.language,
        frame=film.frame(rung),
        type_size=rung.type_size,
        style=styles.of(subtitles.language.tag, rung.name),
        font=subtitles.font,
        composition=film.composition(rung),
        title=subtitles.title or film.title,
        mark=DRAFT if subtitles.is_draft else "",
        signs=subtitles.signs,
    )


def _piece_settings(workshop: Workshop, rung: Rung) -> PieceSettings:
    """Say how every cell of a rung is looked at."""
    film = workshop.film
    return PieceSettings(
        ffmpeg=workshop.ffmpeg.identity,
        film=film.info,
        film_name=film.source.name,
        rung=rung,
        frame=film.frame(rung),
        area=film.area(rung),
    )


def _piece(
    workshop: Workshop, settings: PieceSettings, place: int, quality: Task | None, burned: _Burned | None = None
) -> Task:
    """Plan one cell of a rung, with text in it if there is any."""
    rung, footage = settings.rung, workshop.film.footage[settings.frame.rate][place]
    tag = burned.subtitles.language.tag if burned else ""
    crf = (Produced(name=QUALITY, task=quality.name, output=QUALITY),) if quality else ()
    return Task(
        name=" ".join(["picture", rung.name, "cell", str(place + 1), *(burned.names if burned else ())]),
        kind="picture",
        language=tag,
        rendition=rung.name,
        action=EncodePiece(
            settings=settings,
            footage=footage,
            lead=burned.text.lead if burned else None,
            shown=burned.text.shown if burned else None,
            crf_name=QUALITY if quality else "",
        ),
        inputs=(replace(workshop.film.source, part=footage.digest), *crf, *(burned.inputs if burned else ())),
        outputs=(PIECE,),
        facts=(
            ("settings", _settings(rung)),
            *((("cues", burned.text.facts), ("style", burned.style)) if burned else ()),
        ),
        numbers=(("cues", burned.text.numbers),) if burned else (),
        weight=footage.cell.frames * settings.frame.width_px * settings.frame.height_px,
        memory_bytes=settings.encoder_bytes,
        batch=f"cell {place + 1} at {settings.frame.rate}",  # one film, decoded once for all sizes
        batch_bytes=settings.film_bytes,
    )


@lru_cache(maxsize=64)
def _settings(rung: Rung) -> Mapping[str, Json]:
    """Give the settings of a rung that its picture depends on, for "crf 23 -> 21" in the reasons of a plan.

    Its name, its sound and the bound of the whole file are not among them: the peak that follows from the bound is
    among the arguments of ffmpeg.
    """
    return {name: str(getattr(rung, name)) for name in _PICTURE_SETTINGS}


def _style(style: Style) -> Mapping[str, Json]:
    """Tell a style for keys; what came later is left out where it is as usual, so that earlier pictures stay."""
    told = {field.name: str(getattr(style, field.name)) for field in fields(style)}
    return {name: value for name, value in told.items() if name in _FIRST_STYLE or value != str(getattr(_USUAL, name))}
