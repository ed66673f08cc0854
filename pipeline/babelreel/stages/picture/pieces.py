"""Plan the pieces in which pictures are encoded: which cells at which rung, and in which languages.

A cell of a web rung, and a cell of a phone rung that shows no cue, is one piece for all languages. A cell in which a
language has a cue is a piece of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import lru_cache

from babelreel.graph.task import Input, Json, Produced, Task
from babelreel.media.picture.piece import PIECE, EncodePiece, PieceSettings
from babelreel.media.picture.quality import QUALITY
from babelreel.model.drafts import DRAFT, marked_track
from babelreel.model.film.cards import with_room_for
from babelreel.model.film.cells import Footage, count_frames
from babelreel.model.film.choices import render_rate
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.film.media import Expectation
from babelreel.model.style import Style, Styles
from babelreel.stages.inputs import Film, Subtitles, Workshop
from babelreel.stages.picture.quality import plan_quality
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin

#: What pieces without text are called by that pairs of languages share.
PAIRS = "pairs"

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
class Burned:
    """What is drawn into a cell for one language, or for a pair of them: ``language`` is its tag.

    ``names`` is what its task is called by, ``inputs`` the documents and the fonts that they name, ``facts`` are all
    that its task has. ``lead`` and ``shown`` are those of ``EncodePiece``; ``has_second`` says that there are two
    documents. ``recipe`` is that of its task, where it is known.
    """

    language: str
    names: tuple[str, ...]
    inputs: tuple[Input, ...]
    lead: int
    shown: int | None
    facts: Sequence[tuple[str, Json]]
    numbers: Sequence[tuple[str, tuple[int, ...]]]
    has_second: bool = False
    recipe: str = ""


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


def plan_shared_picture(workshop: Workshop, rung: Rung, *, is_pair: bool = False) -> Picture:
    """Plan the picture of a rung without any text: encoded once, stream-copied into every language's file.

    ``is_pair``: with the film where an edition has it that shows two languages, and within a bound beside their text.
    """
    settings = _piece_settings(workshop, rung, is_pair=is_pair)
    quality = plan_quality(workshop, settings, is_pair=is_pair)
    is_own = is_pair and (quality is not None or settings.area != workshop.film.area(rung))
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
        pieces=tuple(
            _piece(workshop, settings, place, quality, (PAIRS,) if is_own else ()) for place in range(len(footage))
        ),
        frames=tuple(each.cell.frames for each in footage),
        expects=expects,
        quality=quality,
    )


def with_text(workshop: Workshop, shared: Picture, drawn: Iterable[Burned | None]) -> Picture:
    """Put pieces with text, one for each cell, in the place of those without; ``None`` leaves the shared one."""
    footage = workshop.film.footage[shared.settings.frame.rate]
    pieces = (
        _with_text(shared, place, footage[place], burned) if burned else shared.pieces[place]
        for place, burned in enumerate(drawn)
    )
    return replace(shared, pieces=tuple(pieces))


def lay_language(  # noqa: PLR0913 - all that decides what is drawn
    film: Film,
    styles: Styles,
    subtitles: Subtitles,
    rung: Rung,
    *,
    has_text: bool = True,
    beside: Subtitles | None = None,
) -> Drawing:
    """Lay out what is drawn for one language into the pictures of a rung.

    That is its text, its words in the picture, an edition's title, a draft's mark. ``beside`` is another language that
    is shown with it: then all but its text is where both leave room for it.
    """
    is_pair = beside is not None
    has_text = has_text and not is_pair
    is_draft = subtitles.is_draft or (beside is not None and beside.is_draft)
    track = subtitles.track if has_text else replace(subtitles.track, cues=())
    cues = (*subtitles.track.cues, *beside.track.cues) if beside else track.cues
    is_marked = is_draft and not rung.edition
    return lay_burnin(
        marked_track(subtitles.track, film.info.duration_ms, has_text=has_text) if is_marked else track,
        language=subtitles.language,
        frame=film.frame(rung),
        type_size=rung.type_size,
        style=styles.of(subtitles.language.tag, rung.name),
        font=subtitles.font,
        composition=film.composition(rung, is_pair=is_pair),
        title=subtitles.title or film.title,
        mark=DRAFT if is_draft else "",
        signs=subtitles.signs,
        cards=with_room_for(subtitles.cards, cues, film.frame(rung).rate),
        is_pair=is_pair,
    )


def _piece_settings(workshop: Workshop, rung: Rung, *, is_pair: bool) -> PieceSettings:
    """Say how every cell of a rung is looked at."""
    film = workshop.film
    return PieceSettings(
        ffmpeg=workshop.ffmpeg.identity,
        film=film.info,
        film_name=film.source.name,
        rung=rung,
        frame=film.frame(rung),
        area=film.area(rung, is_pair=is_pair),
    )


def _piece(
    workshop: Workshop, settings: PieceSettings, place: int, quality: Task | None, names: tuple[str, ...]
) -> Task:
    """Plan one cell of a rung, without text."""
    rung, footage = settings.rung, workshop.film.footage[settings.frame.rate][place]
    crf = (Produced(name=QUALITY, task=quality.name, output=QUALITY),) if quality else ()
    return Task(
        name=_name(rung, place, names),
        kind="picture",
        rendition=rung.name,
        action=EncodePiece(settings=settings, footage=footage, crf_name=QUALITY if quality else ""),
        inputs=(replace(workshop.film.source, part=footage.digest), *crf),
        outputs=(PIECE,),
        facts=(("settings", rung_facts(rung)),),
        weight=footage.cell.frames * settings.frame.width_px * settings.frame.height_px,
        memory_bytes=settings.encoder_bytes,
        batch=_batch(workshop.film, settings.frame.rate, place),
        batch_bytes=settings.film_bytes,
    )


def _name(rung: Rung, place: int, names: Iterable[str]) -> str:
    return " ".join((f"picture {rung.name} part {place + 1}", *names))


def _batch(film: Film, rate: Fraction, place: int) -> str:
    """Name what is done at once: a cell, decoded once for all sizes that show as many frames a second."""
    part = f"picture, part {place + 1} of {len(film.footage[rate])}"
    return part if rate == film.video.rate else f"{part}, {render_rate(rate)} fps"


def _with_text(shared: Picture, place: int, footage: Footage, burned: Burned) -> Task:
    """Plan the same cell as a piece without text, with text in it."""
    settings, piece = shared.settings, shared.pieces[place]
    return Task(
        name=_name(settings.rung, place, burned.names),
        kind=piece.kind,
        language=burned.language,
        rendition=piece.rendition,
        action=EncodePiece(
            settings=settings,
            footage=footage,
            lead=burned.lead,
            shown=burned.shown,
            crf_name=QUALITY if shared.quality else "",
            has_second=burned.has_second,
        ),
        inputs=(*piece.inputs, *burned.inputs),
        outputs=piece.outputs,
        facts=burned.facts,
        numbers=burned.numbers,
        weight=piece.weight,
        memory_bytes=piece.memory_bytes,
        batch=piece.batch,
        batch_bytes=piece.batch_bytes,
        recipe=burned.recipe,
    )


@lru_cache(maxsize=64)
def rung_facts(rung: Rung) -> Mapping[str, Json]:
    """Return the settings of a rung that its picture depends on, for "crf 23 -> 21" in the reasons of a plan.

    Its name, its sound and the bound of the whole file are not among them: the peak that follows from the bound is
    among the arguments of ffmpeg.
    """
    return {name: str(getattr(rung, name)) for name in _PICTURE_SETTINGS}


def style_facts(style: Style, rung: Rung) -> Mapping[str, Json]:
    """Tell how text looks at a rung, for keys; what came later is left out where it is as usual: pictures stay."""
    told = {field.name: str(getattr(style, field.name)) for field in fields(style)}
    kept = {name: value for name, value in told.items() if name in _FIRST_STYLE or value != str(getattr(_USUAL, name))}
    return {**kept, "type_size": str(rung.type_size)}
