"""Is an ffmpeg that cannot do what a dub needs refused before the work begins, and only then?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from support.limited_ffmpeg import ffmpeg_without
from support.projects import FR, babelreel, make_project
from support.sounds import silence, tone, write_wave

#: Only what this is about.
SETTINGS = "[delivery]\nstreams = false\nleaflets = false\npages = false\n"
#: A take of line 1 has 0.87 s: the line is shown from 0.2 s on, and the next follows at 1.12 s after a breath.
FITS_S, IS_TOO_LONG_S = 0.6, 0.95


def lay_project(root: Path, seconds: float) -> Path:
    """Lay down a film with French takes of a length, and with English subtitles."""
    make_project(root, {"fr.srt": FR, "en.srt": FR}, settings=SETTINGS)
    for line, length in (("01", seconds), ("02", FITS_S)):
        sound = np.concatenate([silence(0.05), tone(length), silence(0.05)])
        (root / "video/stems/fr").mkdir(parents=True, exist_ok=True)
        write_wave(root / f"video/stems/fr/{line}.wav", sound)
    return root


@pytest.mark.parametrize("verb", ["plan", "build"])
def test_takes_that_must_be_sped_up_need_an_ffmpeg_that_can(tmp_path: Path, verb: str) -> None:
    root = lay_project(tmp_path / "film", IS_TOO_LONG_S)
    done = babelreel(root, verb, "fr", "--only", "phone-360p", "--ffmpeg", ffmpeg_without(tmp_path, "rubberband"))
    assert done.code == 4, done.err
    assert "cannot speed them up" in done.err
    assert "missing: rubberband" in done.err
    assert not (root / "output").exists()


def test_doctor_says_what_an_ffmpeg_cannot_do_for_dubs(tmp_path: Path) -> None:
    done = babelreel(tmp_path, "doctor", env={"BABELREEL_FFMPEG": ffmpeg_without(tmp_path, "rubberband")})
    assert done.code == 0, done.out
    assert "voices can be mixed; voices cannot be sped up (missing: rubberband)" in " ".join(done.out.split())


def test_no_dub_is_mixed_without_the_encoder_of_mixes(tmp_path: Path) -> None:
    root = lay_project(tmp_path / "film", FITS_S)
    done = babelreel(root, "build", "--ffmpeg", ffmpeg_without(tmp_path, "flac"))
    assert (done.code, "missing: flac" in done.err) == (4, True), done.err


@pytest.mark.parametrize(("language", "seconds"), [("en", IS_TOO_LONG_S), ("fr", FITS_S)])
def test_what_is_not_sped_up_is_made_by_any_ffmpeg(tmp_path: Path, language: str, seconds: float) -> None:
    root = lay_project(tmp_path / "film", seconds)
    limited = ffmpeg_without(tmp_path, "rubberband")
    assert babelreel(root, "build", language, "--only", "phone-360p", "--ffmpeg", limited).code == 0
