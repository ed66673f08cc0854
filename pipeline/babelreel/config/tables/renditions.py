"""The keys of a rendition, and which renditions a project has."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError, PydanticKnownError

from babelreel.config.faults.plain_words import OfForm
from babelreel.config.tables.changes import changed
from babelreel.config.tables.exact import Exact
from babelreel.config.tables.section import Section
from babelreel.config.tables.style import StyleTable
from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS, EDITION_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung, Text, film_rungs
from babelreel.model.film.ladder.little_data import LITTLE_DATA_RUNG
from babelreel.model.film.signed import SIGNED_PICTURE_RUNG, is_signed

#: No film fits into less: whoever writes 15 means megabytes.
_LEAST_FILE_BYTES = 10_000


_MODES = tuple(mode.value for mode in Text)


def _text_mode(value: object) -> object:
    if value is not False and value not in _MODES:
        raise PydanticKnownError("literal_error", {"expected": "'mux', 'burn-in' or 'none'"})
    return value


def _in_bytes(size: int) -> int:
    if 0 < size < _LEAST_FILE_BYTES:
        raise PydanticCustomError("bytes", "write a number of bytes: 15 MB are 15000000")
    return size


Level = Annotated[str, OfForm(pattern=r"[1-6](\.[0-3])?", words="a level of H.264, such as “4.0”")]
#: ``False`` stands beside the modes.
Mode = Annotated[Any, BeforeValidator(_text_mode), WithJsonSchema({"enum": [*_MODES, False]})]
Bytes = Annotated[int, Field(ge=0), AfterValidator(_in_bytes)]


class RenditionTable(Section):
    """One size of the film with its encoder settings; what is left out keeps its default."""

    enabled: bool = Field(default=True, description="false leaves this rendition out.")
    text: Mode | None = Field(
        None, description='"mux": viewers switch the text on. "burn-in": it is in the picture. false: no text.'
    )
    voice: bool | None = Field(None, description="false: always the film's own sound, not the recorded voice.")
    long_px: Annotated[int, Field(ge=16, le=8192)] | None = Field(
        None, description="The longer side of the picture has at most so many pixels."
    )
    short_px: Annotated[int, Field(ge=16, le=8192)] | None = Field(None, description="And the shorter side.")
    profile: Literal["baseline", "main", "high"] | None = Field(None, description="H.264 profile.")
    level: Level | None = Field(None, description="H.264 level.")
    crf: Annotated[Exact, Field(ge=0, le=51)] | None = Field(None, description="x264 quality; lower is better.")
    peak_kbps: Annotated[int, Field(ge=50, le=100_000)] | None = Field(
        None, description="Highest bit rate of the picture."
    )
    buffer_kbit: Annotated[int, Field(ge=50, le=200_000)] | None = Field(
        None, description="How much a player must hold in memory (VBV buffer)."
    )
    preset: Literal["veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"] | None = Field(
        None, description="x264 preset: slower makes smaller files."
    )
    b_frames: Annotated[int, Field(ge=0, le=16)] | None = Field(None, description="B-frames of x264; 0 for old phones.")
    audio_kbps: Annotated[int, Field(ge=16, le=512)] | None = Field(None, description="Bit rate of the sound.")
    channels: Literal[1, 2] | None = Field(None, description="1 mono, 2 stereo.")
    max_rate: Annotated[int, Field(ge=10, le=120)] | None = Field(None, description="Highest frame rate.")
    max_bytes: Bytes | None = Field(None, description="Largest size of the whole file, in bytes; 0: no limit.")
    type_size: Annotated[Exact, Field(ge=Decimal("0.02"), le=Decimal("0.2"))] | None = Field(
        None, description="Height of burned-in letters, as a share of the picture's short side."
    )
    place: Literal["bottom right", "bottom left", "top right", "top left"] | None = Field(
        None, description="Where the interpreter of signed-720p stands."
    )
    style: StyleTable = Field(default_factory=StyleTable, description="As [style], for this rendition alone.")


#: What is made only where a project asks for it.
_OFFERED = (*EDITION_RUNGS, LITTLE_DATA_RUNG, SIGNED_PICTURE_RUNG)
#: "stories" is as close as this to "story", "phone-360" much closer to "phone-360p".
_CLOSE = 0.6
#: Of a name whose rendition has a size of its own, which nobody uses for another one by mistake.
_NEAR = 0.8


def read_rungs(tables: dict[str, RenditionTable], faults: list[str]) -> tuple[Rung, ...]:
    """List the default rungs as changed by the file, the editions and AV1 if it asks for them, then its own rungs.

    A rung of the file's own starts from the smallest default of its text mode, so that a size and a name are enough.
    """
    offered = {rung.name: rung for rung in _OFFERED}
    known = {rung.name: rung for rung in DEFAULT_RUNGS} | {
        name: rung for name, rung in offered.items() if name in tables
    }
    for name, table in tables.items():
        if name not in known and table.enabled:
            faults.extend(_mistyped(name, table))
        if table.place and not is_signed(name):
            faults.append(f"renditions.{name}.place: only {SIGNED_PICTURE_RUNG.name} has an interpreter; leave it out")
        if table.text is False and table.voice is False:
            faults.append(f"renditions.{name}: text = false and voice = false leave nothing; take one of them out")
        known[name] = _rung(name, known.get(name), table)
    rungs = tuple(rung for name, rung in known.items() if name not in tables or tables[name].enabled)
    faults.extend(
        fault for name, rung in offered.items() if name in tables for fault in _offered_faults(rung, tables[name])
    )
    if not film_rungs(rungs):
        faults.append(
            f"renditions: none is enabled but {', '.join(rung.name for rung in rungs)}; pages and streams need one of "
            "the usual sizes"
            if rungs
            else "renditions: none is enabled, so nothing could be built"
        )
    return rungs


def _rung(name: str, known: Rung | None, table: RenditionTable) -> Rung:
    """Change a known rung, or begin one of the file's own; a file without text needs no player that shows it."""
    mode = Text.BURN_IN if table.text is False else Text(table.text or Text.MUX)
    base = known or replace(_smallest(mode), name=name, max_bytes=0)
    said = table.model_copy(update={"text": None}) if table.text is False else table
    return replace(changed(base, said), shows_text=table.text is not False, has_voice=table.voice is not False)


def _mistyped(name: str, table: RenditionTable) -> Iterator[str]:
    """Question a rendition that says nothing of its own, or without a size whose name is nearly that of another one."""
    if {"long_px", "short_px"} & table.model_fields_set:
        return
    if meant := _close_rendition(name, _CLOSE):
        yield (f"renditions.{name}: did you mean “{meant}”? A rendition of your own needs a size: long_px and short_px")
        return
    known = [rung.name for rung in (*DEFAULT_RUNGS, *_OFFERED)]
    near = difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
    is_idle = table.model_fields_set <= {"enabled"}
    if is_idle or (near and not {"text", "voice"} & table.model_fields_set):  # those two make another film of one size
        meant = f"did you mean “{near[0]}”?" if near else "one of your own needs long_px and short_px"
        yield f"renditions.{name}: there is no size “{name}”; {meant}"


def near_rendition(name: str) -> str:
    """Find the known rendition that a name is nearly that of, empty if there is none."""
    known = {rung.name for rung in (*DEFAULT_RUNGS, *_OFFERED)}
    return "" if name in known else _close_rendition(name, _NEAR)


def _close_rendition(name: str, likeness: float) -> str:
    """Find the known rendition that a name may be meant for, empty if there is none: figures are never mistyped."""
    figures = re.findall(r"[0-9]+", name)
    known = [rung.name for rung in (*DEFAULT_RUNGS, *_OFFERED)]
    alike = [each for each in known if re.findall(r"[0-9]+", each) == figures and each != name]
    return next(iter(difflib.get_close_matches(name, alike, n=1, cutoff=likeness)), "")


def _offered_faults(rung: Rung, table: RenditionTable) -> Iterator[str]:
    """Say what cannot be meant of a rung that is made only where it is asked for."""
    key = f"renditions.{rung.name}"
    if "enabled" not in table.model_fields_set:
        yield f"{key}: this edition is off until it has enabled = true"
    if rung.edition and table.text not in {None, False, rung.text.value}:
        yield f"{key}.text: the text of an edition is always in its picture; leave this line out"
    if is_signed(rung.name) and table.max_bytes:
        yield f"{key}.max_bytes: this size is not made smaller to fit; leave this line out"
    if rung.codec is Codec.AV1:
        yield from _av1_faults(key, rung, table)


def _av1_faults(key: str, rung: Rung, table: RenditionTable) -> Iterator[str]:
    if table.text not in {None, rung.text.value}:
        yield f"{key}.text: the page draws the text of this film; leave this line out"
    if table.crf is not None and table.crf % 1:
        yield f"{key}.crf: the quality of AV1 is a whole number, not {table.crf}"
    for name in sorted({"profile", "level", "b_frames", "buffer_kbit", "max_bytes"} & table.model_fields_set):
        yield f"{key}.{name}: AV1 has no such setting here; leave this line out"


def _smallest(text: Text) -> Rung:
    candidates = [rung for rung in DEFAULT_RUNGS if rung.text is text] or list(DEFAULT_RUNGS)
    return replace(min(candidates, key=lambda rung: rung.short_px), text=text)
