"""Decode a film to look at it or listen to it, not to deliver it."""

from __future__ import annotations

import re
from pathlib import Path

from babelreel.errors import ToolError
from babelreel.media.argv.command_line import Input, Output, command_words
from babelreel.media.argv.inputs import glanced_film, watched_film
from babelreel.media.containers.holes import has_hole
from babelreel.media.probe.damage import find_damage
from babelreel.media.probe.film_damage import damage_at
from babelreel.media.programs.log import as_disk_fault
from babelreel.media.programs.run import run_ffmpeg
from babelreel.model.film.media import MediaInfo

#: What the reader of Matroska and WebM says where bytes are missing; then it goes on behind the hole, as if
#: there was none.
_HOLE = re.compile(r"invalid as first byte of an EBML number|exceeds containing master element")


def decode_film(ffmpeg_path: Path, film: Path, info: MediaInfo, *outputs: Output, cwd: Path) -> None:
    """Run ffmpeg over a film from its first to its last frame; ``outputs`` say what is done with it, and where to.

    Nothing is skipped to save time: frame numbers and times are those of the film. Raises ``FilmError`` for a damaged
    film, and what ``run_ffmpeg`` raises.
    """
    _run(ffmpeg_path, film, info, opened=watched_film(film, info), outputs=outputs, cwd=cwd)


def decode_key_frames(ffmpeg_path: Path, film: Path, info: MediaInfo, *outputs: Output, cwd: Path) -> None:
    """Run ffmpeg over the key frames of a film alone; raises what ``decode_film`` raises."""
    _run(ffmpeg_path, film, info, opened=glanced_film(film, info), outputs=outputs, cwd=cwd)


def _run(  # noqa: PLR0913 - the sides of decode_film, passed on
    ffmpeg_path: Path, film: Path, info: MediaInfo, *, opened: Input, outputs: tuple[Output, ...], cwd: Path
) -> None:
    try:
        log = run_ffmpeg(
            ffmpeg_path,
            command_words(inputs=(opened,), outputs=outputs),
            cwd=cwd,
            duration_ms=info.duration_ms,
            report=lambda _share: None,
            is_cancelled=lambda: False,
        )
    except ToolError as fault:
        damage = find_damage(film, info, has_hole=_has_hole(film, info, fault.why))
        raise damage or as_disk_fault(fault) from fault
    if _has_hole(film, info, log.first_error):
        raise find_damage(film, info, has_hole=True) or damage_at(film, None, "bytes of the file are missing or wrong")


def _has_hole(film: Path, info: MediaInfo, told: str) -> bool:
    """Tell whether bytes are missing between the packets; ``told`` is what ffmpeg reported."""
    return bool(_HOLE.search(told)) or has_hole(film, info.container)
