from __future__ import annotations

import json
import pickle
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.errors import ToolError
from babelreel.graph.task import Action, Workspace
from babelreel.languages.find import find_language
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.argv.joining import mux_argv
from babelreel.media.argv.pictures import Branch, picture_argv
from babelreel.media.assembly.command import FfmpegCommand
from babelreel.media.assembly.copied_streams import Copied
from babelreel.media.containers.mp4_text_track import plan_text_samples, render_text_track
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.media import Expectation
from babelreel.model.timecode import Span
from support.faulty_ffmpeg import flipping_ffmpeg
from support.films import make_film, run_maker
from support.workplaces import work_in

FRAME = Frame(width_px=320, height_px=180, rate=Fraction(25))


def make_workspace(folder: Path) -> Workspace:
    return work_in(folder)


def make_command(ffmpeg: Ffmpeg, folder: Path) -> FfmpegCommand:
    """Prepare a folder with a black film, and the command that encodes it for a phone."""
    film = make_film(folder / "film.mp4", audio=None, picture="color")
    rung = DEFAULT_RUNGS[3]
    return FfmpegCommand(
        ffmpeg=ffmpeg.identity,
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
    other = replace(command, ffmpeg=replace(command.ffmpeg, digest="other"))

    assert str(ffmpeg.path) not in json.dumps(command.document())
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


def make_mux(ffmpeg: Ffmpeg, folder: Path) -> FfmpegCommand:
    """Prepare two pieces of a picture, a sound and two texts, and the command that joins them to a film of 2 s."""
    encoder = ("-c:v", "libx264", "-profile:v", "main", "-pix_fmt", "yuv420p", "-x264-params", "keyint=99:stitchable=1")
    for number in (1, 2):
        source = ("-f", "lavfi", "-i", f"testsrc2=size=64x36:rate=25,hue=h={90 * number}", "-frames:v", "25")
        run_maker(*source, *encoder, "-video_track_timescale", "25000", f"{folder}/{number}.mp4")
    run_maker("-f", "lavfi", "-i", "sine=sample_rate=48000:duration=2", "-c:a", "aac", f"{folder}/sound.m4a")
    (folder / "cells").write_text(render_pieces(("1.mp4", "2.mp4"), (25, 25), Fraction(25)))
    texts = [(Span(start_ms=200, end_ms=900), "Un"), (Span(start_ms=1200, end_ms=1900), "Deux")]
    (folder / "text.mp4").write_bytes(render_text_track(plan_text_samples(texts)))
    french = find_language("fr")
    argv = mux_argv(
        pieces_name="cells",
        sound_name="sound.m4a",
        text_name="text.mp4",
        language=french,
        output_name="film.mp4",
        title="t",
        sound_language="fra",
    )
    expects = Expectation(
        frames=50,
        rate=Fraction(25),
        width_px=64,
        height_px=36,
        video_codec="h264",
        video_profile="main",
        pixel_format="yuv420p",
        duration_ms=2000,
        audio_codec="aac",
        channels=1,
        sample_rate_hz=48000,
        text_language="fra",
        text_handler=french.own_name,
        text_packets=2,
    )
    return FfmpegCommand(
        ffmpeg=ffmpeg.identity,
        argv=argv,
        output="film.mp4",
        clears_text_flag=True,
        expects=expects,
        joins=("1.mp4", "2.mp4"),
        copies=(Copied(kind="audio", files=("sound.m4a",)), Copied(kind="subtitle", files=("text.mp4",))),
    )


def test_what_was_joined_is_compared_byte_by_byte_and_is_no_part_of_the_key(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    command = make_mux(ffmpeg, tmp_path)
    command.perform(make_workspace(tmp_path))
    assert command.document() == replace(command, copies=()).document()


@pytest.mark.parametrize("share", [number / 10 for number in range(10)])
def test_a_joined_file_with_one_other_bit_than_its_parts_is_refused(
    ffmpeg: Ffmpeg, tmp_path: Path, share: float
) -> None:
    command = make_mux(flipping_ffmpeg(ffmpeg, tmp_path / "bin", share=share), tmp_path)

    with pytest.raises(ToolError, match="something else") as told:
        command.perform(make_workspace(tmp_path))

    assert "does not hold what" in told.value.why
