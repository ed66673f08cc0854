from __future__ import annotations

import json
import pickle
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.errors import ToolError
from babelreel.graph.task import Action, Workspace
from babelreel.media.argv.pictures import Branch, picture_argv
from babelreel.media.assembly.command import FfmpegCommand
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.encoding_ladder import DEFAULT_RUNGS, Frame
from babelreel.model.film.media import Expectation
from support.films import make_film

FRAME = Frame(width_px=320, height_px=180, rate=Fraction(25))


def make_workspace(folder: Path) -> Workspace:
    return Workspace(folder=folder, report=lambda _: None, is_cancelled=lambda: False)


def make_command(ffmpeg: Ffmpeg, folder: Path) -> FfmpegCommand:
    """Prepare a folder with a black film, and the command that encodes it for a phone."""
    film = make_film(folder / "film.mp4", audio=None, picture="color")
    rung = DEFAULT_RUNGS[3]
    return FfmpegCommand(
        ffmpeg=ffmpeg,
        argv=picture_argv(
            probe_media(film, digest=""),
            input_name="film.mp4",
            branches=[Branch(output_name="out.mp4", rung=rung, frame=FRAME)],
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
