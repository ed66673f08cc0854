"""How is a film decoded to be looked at or listened to, and not to be delivered?"""

from __future__ import annotations

from pathlib import Path

from babelreel.media.argv.accepted_formats import MAX_PIXELS, OPEN_OPTIONS
from babelreel.media.programs.run import run_ffmpeg
from babelreel.model.film.media import MediaInfo


def decode_film(ffmpeg_path: Path, film: Path, info: MediaInfo, words: tuple[str, ...], *, cwd: Path) -> None:
    """Run ffmpeg over a film from its first to its last frame; ``words`` say what is done with it, and where to.

    Nothing is skipped to save time: frame numbers and times are those of the film. Raises what ``run_ffmpeg`` raises.
    """
    run_ffmpeg(
        ffmpeg_path,
        (*_input_words(film), *words),
        cwd=cwd,
        duration_ms=info.duration_ms,
        report=lambda _share: None,
        is_cancelled=lambda: False,
    )


def _input_words(film: Path) -> tuple[str, ...]:
    """Open a stranger's film as ``argv`` does; here all processors decode, for nothing else runs beside it."""
    return (
        *(word for name, value in OPEN_OPTIONS for word in (f"-{name}", value)),
        *("-max_pixels", str(MAX_PIXELS)),  # no picture that eats the memory
        "-copyts",  # timestamps as in the file, so that picture and sound share one clock
        *("-i", f"file:{film.absolute()}"),  # a name such as "a:b.mp4" would be a protocol
    )
