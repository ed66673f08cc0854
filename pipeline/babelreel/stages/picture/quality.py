"""Plan the search for a rung that must be coarser so that its file keeps under a bound, tried out on some cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import cycle
from math import ceil

from babelreel.graph.task import Literal, Task
from babelreel.languages.find import find_language
from babelreel.media.picture.piece import ASS, SECOND_ASS, PieceSettings
from babelreel.media.picture.quality import QUALITY, SearchQuality
from babelreel.model.delivery.build_summary import SkippedRendition
from babelreel.model.film.cells import Cell, Footage
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.language import ENGLISH
from babelreel.model.timecode import MS_PER_SECOND, Span, frames_to_ms
from babelreel.model.track import Cue, Format, Track
from babelreel.stages.inputs import Film, Workshop
from babelreel.timedtext.burnin.drawing import lay_burnin, render_drawing
from babelreel.timedtext.burnin.pair import lay_pair
from babelreel.timedtext.burnin.pair_cells import cut_pair
from babelreel.timedtext.burnin.typeface import choose_font

#: Share of a bounded file that is not picture or sound: the tables of MP4, about 12 bytes a frame and 8 a sound packet,
#: came to 0.4 % of a 360p file when measured; twice that is kept free.
_CONTAINER_SHARE = Fraction(8, 1000)
#: Below this a 640x360 picture falls apart (Apple's lowest rung is 145 kbit/s at 234p).
_LOWEST_KBPS = 100
_BYTES_A_MB, _STEP_BYTES = 1_000_000, 100_000
#: Cells on which the quality is tried: of a film of ten minutes a tenth, of one of three minutes a third.
_SAMPLES = 12
#: What the samples may be wrong by; nothing where all cells are samples.
_DOUBT = Fraction(6, 100)
#: Two full lines, changing every three seconds: more text than any real track has, and the same in every language, so
#: that no edited cue ever changes the quality of a whole rung.
_FULL_LINES = ("Every child who comes to Belgium alone has", "the right to a guardian and to a safe home")
_FULL_LINES_MS = 3000


def room_kbps(film: Film, rung: Rung) -> int | None:
    """Compute the average rate that a bounded rung's picture may have; ``None`` if its peak is lower, or no bound."""
    if not rung.max_bytes:
        return None
    kbps = _bounded_kbps(film, rung)
    # a full buffer may come on top of the peak
    is_safe = (kbps - rung.peak_kbps) * film.info.duration_ms >= rung.buffer_kbit * MS_PER_SECOND
    return None if is_safe else kbps


def skip_too_small(film: Film, rungs: Iterable[Rung]) -> tuple[SkippedRendition, ...]:
    """Name the rungs whose bound leaves too little for a film of this length: nobody could recognise the picture."""
    return tuple(
        SkippedRendition(
            name=rung.name,
            why=f"a film of {_minutes(film)} takes {_megabytes(_least_bytes(film, rung))} at least, and "
            f"{_megabytes(rung.max_bytes)} are allowed",
            hint=f"In babelreel.toml, raise renditions.{rung.name}.max_bytes to "
            f"{_least_bytes(film, rung)}, or set its enabled = false.",
            rendition=rung.name,
        )
        for rung in rungs
        if rung.max_bytes and _bounded_kbps(film, rung) < _LOWEST_KBPS
    )


def _bounded_kbps(film: Film, rung: Rung) -> int:
    """Compute what a rung's bound leaves for the picture, on average; below 0 where it is too low for the sound."""
    room_kbit = Fraction(rung.max_bytes * 8, 1000) * (1 - _CONTAINER_SHARE)
    sound_kbps = rung.audio_kbps  # also of a silent film: a dub that comes later must not touch the picture
    return int(room_kbit * MS_PER_SECOND / film.info.duration_ms) - sound_kbps


def _least_bytes(film: Film, rung: Rung) -> int:
    """Count the bytes of the smallest file in which the picture is recognised, rounded up to a tenth of a megabyte."""
    kbit = Fraction((_LOWEST_KBPS + rung.audio_kbps) * film.info.duration_ms, MS_PER_SECOND)
    return ceil(kbit * 1000 / 8 / (1 - _CONTAINER_SHARE) / _STEP_BYTES) * _STEP_BYTES


def _minutes(film: Film) -> str:
    seconds = round(film.info.duration_ms / MS_PER_SECOND)
    return f"{seconds // 60} min {seconds % 60:02} s" if seconds >= 60 else f"{seconds} s"  # noqa: PLR2004 - of a minute


def _megabytes(size: int) -> str:
    return f"{size / _BYTES_A_MB:.1f} MB" if size >= _STEP_BYTES else f"{size} bytes"


def plan_quality(workshop: Workshop, settings: PieceSettings, *, is_pair: bool = False) -> Task | None:
    """Plan the search for the finest CRF with which a bounded rung fits; ``None`` where every picture fits.

    ``is_pair``: with the text of two languages.
    """
    film, rung = workshop.film, settings.rung
    kbps = room_kbps(film, rung)
    if kbps is None:
        return None
    footage = film.footage[settings.frame.rate]
    samples = _spread(footage)
    doubt = _DOUBT if len(samples) < len(footage) else Fraction(1, 100)
    share = Fraction(sum(each.size for each in samples), sum(each.size for each in footage))
    limit = int(Fraction(kbps * film.info.duration_ms, 8) * (1 - doubt) * share)
    return Task(
        name=f"quality {rung.name}{' of pairs' if is_pair else ''}",
        kind="quality",
        rendition=rung.name,
        action=SearchQuality(settings=settings, samples=samples, limit_bytes=limit, has_second=is_pair),
        inputs=(
            replace(film.source, part=" ".join(each.digest for each in samples)),
            *_full_text(workshop, settings, max(each.cell.frames for each in samples), is_pair=is_pair),
            workshop.latin_font,
        ),
        outputs=(QUALITY,),
        facts=(("limit_bytes", limit),),
        memory_bytes=settings.encoder_bytes + settings.film_bytes,
        weight=footage[-1].cell.end
        * settings.frame.width_px
        * settings.frame.height_px,  # before anything that waits for it
    )


def _spread(footage: tuple[Footage, ...]) -> tuple[Footage, ...]:
    """Choose cells from all over the film."""
    count = min(_SAMPLES, len(footage))
    return tuple(footage[(2 * place + 1) * len(footage) // (2 * count)] for place in range(count))


def _full_text(workshop: Workshop, settings: PieceSettings, frames: int, *, is_pair: bool) -> Iterator[Literal]:
    """Write text that fills two lines for so many frames, or two lines of each language."""
    language = find_language(ENGLISH)
    cues = tuple(
        Cue(number=1, span=Span(start_ms=start, end_ms=start + _FULL_LINES_MS), lines=lines)
        for start, lines in zip(
            range(0, frames_to_ms(frames, settings.frame.rate), _FULL_LINES_MS),
            cycle((_FULL_LINES, _FULL_LINES[::-1])),
            strict=False,
        )
    )
    drawing = lay_burnin(
        Track(language=language.tag, path="", format=Format.SRT, cues=() if is_pair else cues),
        language=language,
        frame=settings.frame,
        type_size=settings.rung.type_size,
        style=workshop.styles.of("", settings.rung.name),
        font=choose_font(language, None),
        composition=workshop.film.composition(settings.rung, is_pair=is_pair),
        is_pair=is_pair,
    )
    documents: tuple[str, ...] = (render_drawing(drawing),)
    if is_pair:
        laid = lay_pair(drawing.layout, cues, drawing.layout, cues)
        documents = next(text.documents for text in cut_pair(laid, (Cell(first=0, end=frames),)) if text)
    for name, document in zip((ASS, SECOND_ASS), documents, strict=False):
        yield Literal(name=name, content=document.encode())
