from __future__ import annotations

import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.style import Style
from babelreel.timedtext.burnin.ass_document import Event, render_document
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.typeface import choose_font

STYLE = Style(color="#ff8000", outline_color="#0000ff", outline=0.1, shadow=0.05, margin=0.1, side_margin=0.05)


def layout(tag: str = "fr", height_px: int = 480) -> Layout:
    language = find_language(tag)
    return Layout(
        language=language,
        frame=Frame(width_px=800, height_px=height_px, rate=Fraction(25)),
        style=STYLE,
        font=choose_font(language, None),
        type_size=Fraction(1, 16),
    )


def test_a_document_holds_what_libass_needs_and_nothing_else() -> None:
    # type 480 / 16 = 30 px; outline a tenth of it, shadow a twentieth; margins 800 / 20 and 480 / 10; colours as BGR
    assert (
        render_document(layout(), [Event(0, 1230, "Bonjour."), Event(3_600_000, 3_661_010, "Salut.")])
        == """\
[Script Info]
ScriptType: v4.00+
PlayResX: 800
PlayResY: 480
WrapStyle: 0
ScaledBorderAndShadow: yes
Kerning: yes
YCbCr Matrix: None
Language: fr

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, \
StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Babelreel Latin,30.0,&H000080FF,&H000080FF,&H00FF0000,&H00FF0000,0,0,0,0,100,\
100,0,0,1,3.00,1.50,2,40,40,48,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.00,0:00:01.23,Default,,0,0,0,,Bonjour.
Dialogue: 0,1:00:00.00,1:01:01.01,Default,,0,0,0,,Salut.
"""
    )


@pytest.mark.parametrize("tag", ["fr", "zh-Hans", "ar", "fa"])
def test_libass_lays_every_line_from_left_to_right_for_its_text_is_in_visual_order(tag: str) -> None:
    (style,) = (line for line in render_document(layout(tag), []).splitlines() if line.startswith("Style:"))
    assert style.rsplit(",", 1)[1] == "1"


TIMES = st.integers(min_value=0, max_value=3_599_999).map(lambda centiseconds: 10 * centiseconds)


@given(st.lists(st.tuples(TIMES, TIMES, st.text(st.sampled_from("ab ,{}\\:é你"), min_size=1)), max_size=4))
def test_events_are_read_back_as_they_were_given(given_events: list[tuple[int, int, str]]) -> None:
    events = [Event(start, end, body.strip() or "a") for start, end, body in given_events]
    read = pysubs2.SSAFile.from_string(render_document(layout(), events), format_="ass")
    assert [(each.start, each.end, each.text) for each in read.events] == events


def test_colours_are_drawn_as_they_are_and_white_on_black_needs_no_word_of_them(tmp_path: Path) -> None:
    assert "YCbCr" not in render_document(replace(layout(), style=Style()), [])
    whole = r"{\an7\pos(0,0)\bord0\shad0\p1}m 0 0 l 800 0 800 480 0 480"
    (tmp_path / "cue.ass").write_text(render_document(layout(), [Event(0, 1000, whole)]), "utf-8")
    film = "color=black:s=800x480,format=yuv420p,setparams=colorspace=bt709:range=tv"  # as every piece is
    chain = f"{film},ass=cue.ass,scale=in_color_matrix=bt709:in_range=tv,format=rgb24"
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", chain, "-frames:v", "1"]
    done = subprocess.run([*argv, "-f", "rawvideo", "-"], cwd=tmp_path, capture_output=True, check=True)
    color = np.frombuffer(done.stdout, np.uint8).reshape(480, 800, 3)[240, 400].astype(int)
    assert np.abs(color - (0xFF, 0x80, 0x00)).max() <= 4
