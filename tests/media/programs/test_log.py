from __future__ import annotations

import pytest

from babelreel.errors import MachineError, NoSpaceError, ToolError
from babelreel.media.programs.log import TAIL_LINES, Log, as_disk_fault


def read(text: str) -> Log:
    log = Log()
    log.read(text.splitlines())
    return log


def test_the_first_error_is_the_reason_and_not_its_echo() -> None:
    log = read(
        """\
[in#0/mov,mp4,m4a,3gp,3g2,mj2 @ 0x55d6410e5580] Packet corrupt (stream = 0, dts = 18432).
[h264 @ 0x55d6411d4240] Invalid NAL unit size (818 > 224).
Conversion failed!
"""
    )

    fault = log.failure(1, "film.mp4")

    assert isinstance(fault, ToolError)
    assert fault.why == "Packet corrupt (stream = 0, dts = 18432)."
    assert fault.log[-1] == "Conversion failed!"


def test_a_full_disk_is_seen_even_when_a_thousand_lines_follow() -> None:
    fonts = "Failed to load fontconfig fonts!\n"  # they could not write their list either
    log = read(f"{fonts}av_interleaved_write_frame(): No space left on device\n" + "noise\n" * 1000)

    fault = log.failure(1, "file:4/piece.mp4", "/films/talk")

    assert isinstance(fault, NoSpaceError)
    assert fault.exit_code == 6
    assert (fault.where, fault.why) == ("/films/talk", "No space left on device")
    assert len(log.tail) == TAIL_LINES


def test_a_folder_that_cannot_be_written_is_the_machines_fault() -> None:
    fault = read("Error opening output file:o.mp4: Read-only file system").failure(1, "o.mp4")

    assert isinstance(fault, MachineError)
    assert fault.exit_code == 4


@pytest.mark.parametrize("code", [-9, -25, 128 + 9])  # SIGKILL, SIGXFSZ; as a shell around ffmpeg tells it
def test_an_ffmpeg_that_the_system_ended_is_the_machines_fault(code: int) -> None:
    fault = read("frame=  100 fps= 25").failure(code, "o.mp4")

    assert isinstance(fault, MachineError)
    assert "ended by the system" in fault.what


def test_an_ffmpeg_that_crashed_has_failed_at_this_file() -> None:
    assert isinstance(read("frame=  100").failure(-11, "o.mp4"), ToolError)


def test_glyphs_that_no_font_has_are_kept() -> None:
    log = read(
        "[Parsed_ass_0 @ 0x558] fontselect: failed to find any fallback with glyph 0x4E2D for font: (X, 400, 0)\n"
        "[Parsed_ass_0 @ 0x558] Glyph 0x4E2D not found in font for (X, 400, 0)\n"
    )

    assert len(log.glyphs) == 2
    assert "0x4E2D" in log.glyph_failure("o.mp4").why


def test_a_silent_failure_still_says_something() -> None:
    assert Log().failure(1, "o.mp4").why == "it gave no reason"


def test_a_disk_that_fails_is_a_fault_of_the_machine_where_the_film_is_whole() -> None:
    failed = read("[in#0 @ 0x55d6410e5580] Error during demuxing: Input/output error").failure(251, "sound.f32")
    assert isinstance(failed, ToolError)
    assert isinstance(as_disk_fault(failed), MachineError)
    other = read("[in#0 @ 0x55d6410e5580] Error during demuxing: Invalid data").failure(1, "sound.f32")
    assert isinstance(other, ToolError)
    assert as_disk_fault(other) is other
