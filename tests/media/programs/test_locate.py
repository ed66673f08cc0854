from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from babelreel.errors import MachineError
from babelreel.media.programs.capabilities import NEEDED_ENCODERS, NEEDED_FILTERS, Extra, check_capabilities
from babelreel.media.programs.locate import Ffmpeg, find_ffmpeg, locate_ffmpeg


def make_program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BABELREEL_FFMPEG", raising=False)
    monkeypatch.delenv("IMAGEIO_FFMPEG_EXE", raising=False)


def test_the_ffmpeg_of_the_wheel_is_taken_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/bin/false")

    assert locate_ffmpeg().parent.name == "binaries"


def test_the_callers_choice_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = make_program(tmp_path / "chosen one", "exit 0")
    named = make_program(tmp_path / "named", "exit 0")
    monkeypatch.setenv("BABELREEL_FFMPEG", str(named))

    assert locate_ffmpeg() == named
    assert locate_ffmpeg(str(chosen)) == chosen


def test_a_choice_that_is_not_there_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="cannot be run") as caught:
        locate_ffmpeg(str(tmp_path / "nothing"))

    assert caught.value.exit_code == 4
    assert "--ffmpeg" in caught.value.why


def test_a_program_that_is_not_ffmpeg_is_told_apart(tmp_path: Path) -> None:
    program = make_program(tmp_path / "ffmpeg", "echo avconv 12")

    with pytest.raises(MachineError, match="not ffmpeg") as caught:
        find_ffmpeg(str(program))

    assert "avconv 12" in caught.value.why


def test_a_program_that_fails_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="does not run") as caught:
        find_ffmpeg(str(make_program(tmp_path / "ffmpeg", "exit 3")))

    assert caught.value.where == str(tmp_path / "ffmpeg")


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    program = make_program(tmp_path / "ffmpeg", "echo ffmpeg version 6.1-custom built by me")

    found = find_ffmpeg(str(program))

    assert found == Ffmpeg(path=program, version="6.1-custom", digest=hashlib.sha256(program.read_bytes()).hexdigest())


def test_a_caller_that_remembers_starts_nothing(tmp_path: Path) -> None:
    program = make_program(tmp_path / "ffmpeg", f"touch '{tmp_path}/started'")
    known = Ffmpeg(path=program, version="1", digest="d")

    assert find_ffmpeg(str(program), identify=lambda _: known) == known
    assert not (tmp_path / "started").exists()


def test_the_ffmpeg_of_the_wheel_can_do_everything(ffmpeg: Ffmpeg) -> None:
    found = check_capabilities(ffmpeg, tuple(Extra))

    assert found.can_draw_text
    assert found.encoders >= NEEDED_ENCODERS


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        (" TS scale             V->V       Scale the input video.", "cannot draw subtitles"),
        (" .. ass               V->V       Render ASS subtitles.", "lacks parts"),
    ],
)
def test_an_ffmpeg_that_lacks_something_is_refused(tmp_path: Path, listed: str, message: str) -> None:
    program = make_program(tmp_path / "ffmpeg", f"echo '{listed}'")

    with pytest.raises(MachineError, match=message) as caught:
        check_capabilities(Ffmpeg(path=program, version="8.0", digest=""))

    assert caught.value.hint


@pytest.mark.parametrize(
    ("extra", "missing"), [(Extra.COLOURS, "tonemap, zscale"), (Extra.DUB, "flac"), (Extra.TEMPO, "rubberband")]
)
def test_an_ffmpeg_that_lacks_an_extra_is_refused_only_where_that_is_needed(
    tmp_path: Path, extra: Extra, missing: str
) -> None:
    listed = "\n".join(f" .. {name} A->A" for name in ("ass", *sorted(NEEDED_FILTERS | NEEDED_ENCODERS)))
    program = make_program(tmp_path / "ffmpeg", f"echo '{listed}'")
    ffmpeg = Ffmpeg(path=program, version="8.0", digest="")

    assert check_capabilities(ffmpeg).lacks(extra)
    with pytest.raises(MachineError) as caught:
        check_capabilities(ffmpeg, [extra])
    assert caught.value.why == f"missing: {missing}"
