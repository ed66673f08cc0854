"""Try whether this machine can do the work."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from babelreel.errors import BabelreelError
from babelreel.graph.folder_store import FolderStore
from babelreel.languages.find import builtin_languages
from babelreel.media.programs.capabilities import Capabilities, Extra, check_capabilities
from babelreel.media.programs.chromium import find_chromium
from babelreel.media.programs.drawing_trial import draw_frame
from babelreel.media.programs.locate import Ffmpeg, find_ffmpeg
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.health import Examination, Health
from babelreel.model.language import Language
from babelreel.model.language_facts import Sample
from babelreel.model.project import STATE, STORE
from babelreel.model.style import Style
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.regular_files import real_path
from babelreel.report.safe_text import render_size
from babelreel.timedtext.burnin.drawing import lay_burnin, render_drawing
from babelreel.timedtext.burnin.typeface import choose_font

#: What the sample film takes in store and output together, about; a longer film takes more.
_LOW_SPACE_BYTES = 2_000_000_000

#: What only some films and dubs need: a machine without it is good for all others.
_EXTRAS = {
    Extra.COLOURS: "HDR can be converted",
    Extra.DUB: "voices can be mixed",
    Extra.TEMPO: "voices can be sped up",
    Extra.LITTLE_DATA: "AV1 and Opus (light-av1) can be made",
}

_FRAME = Frame(width_px=854, height_px=480, rate=Fraction(25))


def examine(root: Path, ffmpeg_choice: str | None) -> Health:
    """Look for an ffmpeg, draw a line of text in every script with it, and look at disk and terminal."""
    return Health(examinations=tuple(_examinations(root, ffmpeg_choice)))


def _examinations(root: Path, choice: str | None) -> Iterator[Examination]:
    yield Examination(name="Python", is_good=True, found=sys.version.split()[0])
    try:
        ffmpeg = find_ffmpeg(choice)
        capabilities = check_capabilities(ffmpeg)
    except BabelreelError as error:
        yield _failed("ffmpeg", error)
    else:
        yield Examination(name="ffmpeg", is_good=True, found=f"{ffmpeg.version} ({ffmpeg.path})")
        yield Examination(
            name="encoders",
            is_good=True,
            found="; ".join(("libx264, aac", *(_ability(capabilities, extra) for extra in _EXTRAS))),
        )
        yield from (_script(ffmpeg, language, sample) for language, sample in _samples())
    yield _chromium()
    yield _disk(root)
    yield Examination(name="store", is_good=True, found=_store(root))
    yield _writable(root)
    yield Examination(name="terminal", is_good=True, found=_terminal())


def _ability(capabilities: Capabilities, extra: Extra) -> str:
    missing = ", ".join(sorted(capabilities.lacks(extra)))
    return f"{_EXTRAS[extra].replace(' can ', ' cannot ')} (missing: {missing})" if missing else _EXTRAS[extra]


def _samples() -> list[tuple[Language, Sample]]:
    """List a line in every script of the campaign, by the names of the scripts."""
    samples = [(language, language.sample) for language in builtin_languages() if language.sample]
    return sorted(samples, key=lambda each: each[1].script)


def _script(ffmpeg: Ffmpeg, language: Language, sample: Sample) -> Examination:
    name = sample.script
    cue = Cue(number=1, span=Span(start_ms=0, end_ms=1000), lines=(sample.text,))
    font = choose_font(language, None)
    drawing = lay_burnin(
        Track(language=language.tag, path="", format=Format.SRT, cues=(cue,)),
        language=language,
        frame=_FRAME,
        type_size=Fraction(1, 14),
        style=Style(),
        font=font,
    )
    try:
        with temporary_folder() as folder:
            fonts = [font.path, *(each.path for each in font.fallbacks)]
            draw_frame(ffmpeg, render_drawing(drawing), frame=_FRAME, fonts=fonts, folder=folder)
    except BabelreelError as error:
        return _failed(name, error)
    return Examination(name=name, is_good=True, found=f"can be drawn, with the font {font.family}")


def _failed(name: str, error: BabelreelError) -> Examination:
    return Examination(name=name, is_good=False, found=f"{error.what} {error.why}".strip(), hint=error.hint)


def _chromium() -> Examination:
    try:
        found = find_chromium()
    except BabelreelError as error:
        return _failed("Chromium", error)
    told = f"{found.version} ({found.path}) prints leaflets" if found else "none: leaflets are made as HTML, not as PDF"
    return Examination(name="Chromium", is_good=True, found=told)


def _disk(root: Path) -> Examination:
    free = shutil.disk_usage(root).free
    return Examination(
        name="disk",
        is_good=free > _LOW_SPACE_BYTES,
        found=f"{render_size(free)} free",
        hint=f"Make room: a short film in thirteen languages takes about {render_size(_LOW_SPACE_BYTES)}.",
    )


def _store(root: Path) -> str:
    size = FolderStore(root / STATE / STORE).size()
    return f"{render_size(size)} in {STATE}; “babelreel clean” frees it, and then the next build makes everything again"


def _writable(root: Path) -> Examination:
    is_good = os.access(root, os.W_OK)
    return Examination(
        name="folder",
        is_good=is_good,
        found=f"{real_path(root)} can{'' if is_good else 'not'} be written",
        hint="Work on a copy of the project in a folder of your own.",
    )


def _terminal() -> str:
    if sys.stderr.isatty():
        return f"progress is shown on one line that changes ({sys.stdout.encoding})"
    return f"progress is shown line by line, because messages go to a file or a program ({sys.stdout.encoding})"
