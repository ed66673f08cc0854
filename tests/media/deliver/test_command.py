from __future__ import annotations

import json
import pickle
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

import babelreel
from babelreel.errors import ToolError
from babelreel.graph.task import Action, Workspace
from babelreel.media.argv.picture_filters import DrawnText
from babelreel.media.argv.pictures import Branch, picture_argv
from babelreel.media.deliver.command import FfmpegCommand
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.encoding_ladder import DEFAULT_RUNGS, Frame
from babelreel.model.film.media import Expectation
from support.films import make_film

FONT = Path(babelreel.__file__).parent / "fonts" / "babelreel-latin.ttf"
FRAME = Frame(width_px=320, height_px=180, rate=Fraction(25))
ASS = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 320
PlayResY: 180

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Encoding, Alignment
Style: Default,Babelreel Latin,40,&H00FFFFFF,0,2

[Events]
Format: Start, End, Style, Text
Dialogue: 0:00:00.20,0:00:00.60,Default,{text}
"""


def make_workspace(folder: Path) -> Workspace:
    return Workspace(folder=folder, report=lambda _: None, is_cancelled=lambda: False)


def make_command(ffmpeg: Ffmpeg, folder: Path, *, text: str | None = None) -> FfmpegCommand:
    """Prepare a folder with a black film, fonts and text, and the command that encodes it for a phone."""
    film = make_film(folder / "film.mp4", audio=None, picture="color")
    if text is not None:
        (folder / "fonts").mkdir()
        shutil.copy(FONT, folder / "fonts")
        (folder / "cue.ass").write_text(ASS.format(text=text), encoding="utf-8")
    rung = DEFAULT_RUNGS[3]
    drawn = DrawnText(ass_name="cue.ass", fonts_dir="fonts") if text else None
    return FfmpegCommand(
        ffmpeg=ffmpeg,
        argv=picture_argv(
            probe_media(film, digest=""),
            input_name="film.mp4",
            branches=[Branch(output_name="out.mp4", rung=rung, frame=FRAME, text=drawn)],
        ),
        output="out.mp4",
        expects=Expectation(
            frames=25,
            rate=FRAME.rate,
            width_px=320,
            height_px=180,
            video_codec="h264",
            video_profile="main",
            pixel_format="yuv420p",
            duration_ms=1000,
        ),
        draws_text=text is not None,
    )


def test_a_command_is_an_action_that_travels(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    command: Action = make_command(ffmpeg, tmp_path)

    assert pickle.loads(pickle.dumps(command)) == command  # noqa: S301 - our own bytes


def test_the_document_is_json_and_does_not_know_where_the_program_lies(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    command = make_command(ffmpeg, tmp_path)
    moved = replace(command, ffmpeg=replace(ffmpeg, path=Path("/elsewhere/ffmpeg")))
    other = replace(command, ffmpeg=replace(ffmpeg, digest="other"))

    assert json.dumps(command.document()) == json.dumps(moved.document())
    assert command.document() != other.document()
    assert str(tmp_path) not in json.dumps(command.document())


def test_text_is_drawn_at_its_time_and_only_then(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    make_command(ffmpeg, tmp_path, text="Hello").perform(make_workspace(tmp_path))

    with av.open(str(tmp_path / "out.mp4")) as container:
        brightest = [int(np.max(frame.to_ndarray(format="gray"))) for frame in container.decode(video=0)]
    assert [index for index, value in enumerate(brightest) if value > 150] == list(range(5, 15))


def test_a_character_that_no_font_has_is_an_error(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="could not be drawn") as caught:
        make_command(ffmpeg, tmp_path, text="你好").perform(make_workspace(tmp_path))

    assert "0x4F60" in caught.value.why


def test_a_result_that_differs_from_the_plan_is_refused(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    command = make_command(ffmpeg, tmp_path)

    with pytest.raises(ToolError, match="something else"):
        replace(command, expects=replace(command.expects, frames=24)).perform(make_workspace(tmp_path))


def test_inputs_may_be_links(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    command = make_command(ffmpeg, tmp_path)
    (tmp_path / "film.mp4").rename(tmp_path / "it's: the film.mp4")
    (tmp_path / "film.mp4").symlink_to(tmp_path / "it's: the film.mp4")

    command.perform(make_workspace(tmp_path))

    assert (tmp_path / "out.mp4").is_file()


def test_what_was_measured_in_a_sound_is_told_of_the_file_that_holds_it(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    command = replace(make_command(ffmpeg, tmp_path), describes="film.json", sound_facts="sound.json")
    measured = {"loudness_lufs": -16.12, "true_peak_dbtp": None, "gain_db": 3.0}
    (tmp_path / "sound.json").write_text(json.dumps(measured))
    command.perform(make_workspace(tmp_path))
    told = json.loads((tmp_path / "film.json").read_text())
    assert (told["loudness_lufs"], told["true_peak_dbtp"]) == (-16.12, None)
    assert "gain_db" not in told
    assert command.document() != replace(command, sound_facts="").document()
