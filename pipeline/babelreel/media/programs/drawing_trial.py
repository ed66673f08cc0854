"""Find out whether this ffmpeg really draws text, or only says so."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from babelreel.errors import ToolError
from babelreel.media.argv.command_line import GENERATED, Input, Output, command_words
from babelreel.media.programs.fontconfig import write_fontconfig
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.programs.run import run_ffmpeg
from babelreel.model.film.ladder.encoding_ladder import Frame

#: Less ink than this is not a line of text: the thinnest, four Han characters at 24 px, leaves some 400 bright pixels.
LEAST_INK_PX = 100

_BRIGHT = 128


def draw_frame(ffmpeg: Ffmpeg, document: str, *, frame: Frame, fonts: Sequence[Path], folder: Path) -> int:
    """Draw one frame of an ASS document over black in an empty folder, and count its bright pixels.

    Raises what ``run_ffmpeg`` raises, and ``ToolError`` when a character could not be drawn or nothing was.
    """
    (folder / "fonts").mkdir()
    for font in fonts:
        shutil.copyfile(font, folder / "fonts" / font.name)
    (folder / "cue.ass").write_text(document, encoding="utf-8")
    log = run_ffmpeg(
        ffmpeg.path,
        _argv(frame),
        cwd=folder,
        duration_ms=1000,
        report=lambda _share: None,
        is_cancelled=lambda: False,
        env=write_fontconfig(folder, folder / "fonts"),
    )
    if log.glyphs:
        raise log.glyph_failure("frame.gray")
    ink = sum(value > _BRIGHT for value in (folder / "frame.gray").read_bytes())
    if ink < LEAST_INK_PX:
        raise ToolError(what="ffmpeg drew no text, and did not say why.", why=f"{ink} bright pixels in the frame")
    return ink


def _argv(frame: Frame) -> tuple[str, ...]:
    size = f"{frame.width_px}x{frame.height_px}"
    # nothing but the text is bright
    black = Input(name=f"color=black:size={size}:rate={frame.rate}:duration=1", options=(GENERATED,))
    options = (
        ("vf", "ass=cue.ass:fontsdir=fonts:shaping=complex"),  # as burned-in text is drawn
        ("frames:v", 1),
        ("pix_fmt", "gray"),  # one byte a pixel, to be counted without a decoder
        ("f", "rawvideo"),
    )
    return command_words(inputs=(black,), outputs=(Output(name="frame.gray", options=options),))
