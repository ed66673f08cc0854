"""What does the real ffmpeg draw of an ASS document of ours?"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from shutil import copy

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt

from babelreel.fonts import BUNDLED, font_path
from babelreel.languages.find import find_language
from babelreel.model.film.composition import Area
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.style import Style
from babelreel.model.track import Track
from babelreel.timedtext.burnin.drawing import Drawing, lay_burnin, render_drawing
from babelreel.timedtext.burnin.typeface import choose_font
from support.reference_drawing import Ink, crop
from support.tracks import cue, track

WIDE = Frame(width_px=854, height_px=480, rate=Fraction(25))
EM_PX = 32
#: A type size with which the em is 32 px high, so that FreeType and libass round alike.
TYPE_SIZE = Fraction(EM_PX * 1519, 1000 * 480)
BARE = Style(outline=0)


def laid(subtitles: Track, frame: Frame = WIDE, style: Style = BARE, type_size: Fraction = TYPE_SIZE) -> Drawing:
    """Lay a track out with the bundled font of its language."""
    language = find_language(subtitles.language)
    font = choose_font(language, None)
    return lay_burnin(subtitles, language=language, frame=frame, type_size=type_size, style=style, font=font)


def document(subtitles: Track, frame: Frame = WIDE, style: Style = BARE, type_size: Fraction = TYPE_SIZE) -> str:
    """Give the ASS document of a track."""
    return render_drawing(laid(subtitles, frame, style, type_size))


def draw(ass: str, folder: Path, frame: Frame, count: int, filters: str = "null") -> Ink:
    """Draw the first frames of a black film: frames, rows, columns of ink from 0.0 to 1.0."""
    (folder / "fonts").mkdir(exist_ok=True)
    for font in BUNDLED:
        copy(font_path(font), folder / "fonts")
    (folder / "cue.ass").write_text(ass, encoding="utf-8", newline="\n")
    black = f"color=black:s={frame.width_px}x{frame.height_px}:r={frame.rate}"
    chain = f"{filters},format=yuv420p,ass=cue.ass:fontsdir=fonts:shaping=complex,format=gray"
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "warning", "-nostdin", "-f", "lavfi", "-i", black, "-vf", chain]
    argv += ["-frames:v", str(count), "-fps_mode", "passthrough", "-f", "rawvideo", "-"]
    done = subprocess.run(argv, cwd=folder, capture_output=True, check=True)
    assert done.stderr.decode() == "", "libass misses a font or a glyph"
    grey = np.frombuffer(done.stdout, np.uint8).reshape(count, frame.height_px, frame.width_px)
    darkest, lightest = int(grey.min()), int(grey.max())
    return np.asarray((grey.astype(np.float64) - darkest) / max(1, lightest - darkest))


def draw_in_colour(ass: str, folder: Path, frame: Frame) -> npt.NDArray[np.int16]:
    """Draw the first frame over black, with the colours of every piece: rows, columns, red, green and blue."""
    (folder / "fonts").mkdir(exist_ok=True)
    for font in BUNDLED:
        copy(font_path(font), folder / "fonts")
    (folder / "cue.ass").write_text(ass, "utf-8")
    film = f"color=black:s={frame.width_px}x{frame.height_px},format=yuv420p,setparams=colorspace=bt709:range=tv"
    chain = f"{film},ass=cue.ass:fontsdir=fonts:shaping=complex,scale=in_color_matrix=bt709:in_range=tv,format=rgb24"
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "warning", "-f", "lavfi", "-i", chain, "-frames:v", "1"]
    done = subprocess.run([*argv, "-f", "rawvideo", "-"], cwd=folder, capture_output=True, check=True)
    assert done.stderr.decode() == "", "libass misses a font or a glyph"
    return np.frombuffer(done.stdout, np.uint8).reshape(frame.height_px, frame.width_px, 3).astype(np.int16)


def inked_area(is_inked: npt.NDArray[np.bool_]) -> Area:
    """Find the part of a picture in which anything is seen."""
    rows, columns = (np.flatnonzero(is_inked.any(axis=axis)) for axis in (1, 0))
    assert rows.size, "nothing is drawn"
    return Area(
        left_px=int(columns[0]),
        top_px=int(rows[0]),
        width_px=int(columns[-1] - columns[0]) + 1,
        height_px=int(rows[-1] - rows[0]) + 1,
    )


def draw_lines(lines: Sequence[str], tag: str, folder: Path, frame: Frame = WIDE) -> list[Ink]:
    """Draw each line of a language in a frame of its own, cropped to its ink."""
    cues = (cue(40 * place, 40 * place + 40, line, number=place) for place, line in enumerate(lines))
    frames = draw(document(track(*cues, path=f"subtitles/{tag}.srt"), frame), folder, frame, len(lines))
    return [crop(each) for each in frames]
