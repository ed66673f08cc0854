"""How is a film decoded to be looked at or listened to, and not to be delivered?"""

from __future__ import annotations

from pathlib import Path

from babelreel.media.argv.command_line import Output, command_words
from babelreel.media.argv.inputs import watched_film
from babelreel.media.programs.run import run_ffmpeg
from babelreel.model.film.media import MediaInfo


def decode_film(ffmpeg_path: Path, film: Path, info: MediaInfo, output: Output, *, cwd: Path) -> None:
    """Run ffmpeg over a film from its first to its last frame; ``output`` says what is done with it, and where to.

    Nothing is skipped to save time: frame numbers and times are those of the film. Raises what ``run_ffmpeg`` raises.
    """
    run_ffmpeg(
        ffmpeg_path,
        command_words(inputs=(watched_film(film),), outputs=(output,)),
        cwd=cwd,
        duration_ms=info.duration_ms,
        report=lambda _share: None,
        is_cancelled=lambda: False,
    )
