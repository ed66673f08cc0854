"""A damaged film is refused once, and not once for each language and size."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.films import make_film
from support.projects import FR, babelreel, make_project


@pytest.mark.parametrize("verb", ["build", "probe"])
def test_a_damaged_film_is_told_once_with_exit_code_2(tmp_path: Path, verb: str) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=6, size="160x90")
    content = bytearray(film.read_bytes())
    content[len(content) // 2 : len(content) * 6 // 10] = bytes(len(content) * 6 // 10 - len(content) // 2)
    film.write_bytes(content)
    root = make_project(tmp_path / "project", {"fr.srt": FR, "nl.srt": FR}, film=film)

    result = babelreel(root, verb)

    assert result.code == 2
    assert result.err.count("The film is damaged") == 1
    assert "The film is damaged at 0:0" in result.err
    assert "exit code" not in result.err
    assert not (root / "output").exists()
