"""Do the readers in docs/web-team.md find the film in what was published?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.recipes import manifest_of, program, recipe
from support.sites import read_page

#: As much of a browser as the reader uses.
_BROWSER = """
const fs = require("fs");
globalThis.fetch = async (path) => ({ json: async () => JSON.parse(fs.readFileSync(path, "utf-8")) });
globalThis.document = { createElement: (name) => ({ name, parts: [], append(part) { this.parts.push(part); } }) };
"""


def expected(output: Path, tag: str, role: str, ending: str) -> str:
    found = (file for file in manifest_of(output)["files"] if file["role"] == role and file["path"].endswith(ending))
    file = next(file for file in found if file["language"] == tag)
    return f"{file['path']}?v={file['sha256'][:8]}"


@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_the_reader_in_python_shows_a_film_without_text_in_its_picture_and_its_subtitles(
    output: Path, tmp_path: Path, tag: str
) -> None:
    script = tmp_path / "film.py"
    script.write_text(recipe("python"), "utf-8")
    command = [sys.executable, str(script), str(output), tag, "https://example.org/film/"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    page = read_page(done.stdout)
    place = "https://example.org/film/"
    assert page.one("source")["src"] == place + expected(output, tag, "video", "web-720p.mp4")
    assert page.one("track")["src"] == place + expected(output, tag, "captions", ".vtt")
    assert page.one("video")["title"] == {"fr": "Tes <droits>"}.get(tag, "film")


def test_the_reader_in_javascript_shows_the_same(output: Path) -> None:
    script = (
        f"{_BROWSER}{recipe('javascript')}showFilm('{output}/', 'fr').then((each) => console.log(JSON.stringify(each)))"
    )
    done = subprocess.run([program("node"), "-e", script], capture_output=True, text=True, encoding="utf-8", check=True)
    video = json.loads(done.stdout)
    assert video["src"] == f"{output}/" + expected(output, "fr", "video", "web-720p.mp4")
    (track,) = video["parts"]
    assert (track["src"], track["srclang"]) == (f"{output}/" + expected(output, "fr", "captions", ".vtt"), "fr")
    assert video["title"] == "Tes <droits>"


@pytest.mark.parametrize("name", ["python", "javascript"])
def test_readers_have_some_20_lines(name: str) -> None:
    assert sum(1 for line in recipe(name).split("\n") if line.strip()) <= 22
