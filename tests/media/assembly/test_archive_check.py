from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from babelreel.media.assembly.archive_check import Source, archive_differences
from support.films import run_maker

SOURCES = (
    Source(kind="video", files=("film.mp4",), is_default=True),
    Source(kind="audio", files=("sound.m4a",), is_default=True, language="fra", name="Français"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film with one sound, what it was copied from, and another sound of the same length."""
    folder = tmp_path_factory.mktemp("archive")
    run_maker("-f", "lavfi", "-i", "testsrc2=size=64x36:rate=25:duration=1", f"{folder}/film.mp4")
    for name, pitch in (("sound", 440), ("other", 880)):
        source = f"sine=frequency={pitch}:sample_rate=48000:duration=1"
        run_maker("-f", "lavfi", "-i", source, "-c:a", "aac", f"{folder}/{name}.m4a")
    names = ("-metadata:s:a:0", "language=fra", "-metadata:s:a:0", "handler_name=Français")
    inputs = ("-i", f"{folder}/film.mp4", "-i", f"{folder}/sound.m4a", "-map", "0:v", "-map", "1:a", "-c", "copy")
    run_maker(*inputs, *names, f"{folder}/archive.mp4")
    return folder


def differences(folder: Path, *sources: Source) -> list[str]:
    return list(archive_differences(folder / "archive.mp4", folder, sources, duration_ms=1000))


def test_a_copy_has_no_differences(folder: Path) -> None:
    assert differences(folder, *SOURCES) == []


def test_a_missing_stream_is_told(folder: Path) -> None:
    assert differences(folder, *SOURCES, SOURCES[1]) == [
        "it has the streams video, audio instead of video, audio, audio"
    ]


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (replace(SOURCES[1], language="pcm"), "has the language fra instead of pcm"),
        (replace(SOURCES[1], name="Naijíriá Píjin"), "has the name “Français”"),
        (replace(SOURCES[1], is_default=False), "is switched on by default"),
        (replace(SOURCES[1], files=("other.m4a",)), "does not hold what other.m4a holds: 48 packets instead of 48"),
    ],
)
def test_each_thing_that_is_not_as_planned_is_told(folder: Path, plan: Source, told: str) -> None:
    (found,) = differences(folder, SOURCES[0], plan)
    assert found.startswith("stream 1 (")
    assert found.endswith(told)
