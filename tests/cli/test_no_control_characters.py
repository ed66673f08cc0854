"""Does a control character that somebody wrote anywhere reach anything that leaves us?"""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from babelreel.config.read import read_project
from babelreel.errors import ConfigError
from babelreel.report.safe_text import render_error
from support.dubs import write_wave
from support.films import make_film
from support.projects import babelreel, make_project
from support.sounds import tone

#: All control characters of Unicode but those that files are made of, and what else no text may hold (DEL, C1 with NEL,
#: both line ends of Unicode, the byte order mark within a text, noncharacters).
_PLACES = (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
CONTROLS = "".join(map(chr, _PLACES))
UNSEEN = re.compile(f"[{re.escape(CONTROLS)}]|\r(?!\n)")
#: As WebVTT and SubRip hold them; a NUL and a byte order mark as each other character.
CUES = f"""\
1
00:00:00,200 --> 00:00:01,040
Tes{CONTROLS}droits {CONTROLS}

2
00:00:01,120 --> 00:00:02,000
{CONTROLS}Appelle{CONTROLS}le 112
"""
VTT = "WEBVTT\n\n" + CUES.replace("Appelle", "<v A\x1bmina>Appelle &#27;&#155;&#0;&#8232;").replace(",", ".")
#: Of these, NUL alone keeps a text from being published, unless the project says so.
SETTINGS = """\
title = "Film"
[delivery]
address = "https://example.org/film/"
archive = ["mkv"]
[check]
ignore = ["ENC009"]
[language.ar]
file = "ar.toml"
"""
#: What is text, by ending; of films and pictures the text is in none of these.
TEXTS = {".vtt", ".srt", ".html", ".mpd", ".m3u8", ".json", ".txt", ".js", ".svg", ".xml", ".csv", ".ttml", ".css"}


def project(folder: Path) -> Path:
    film = make_film(folder / "film.mp4", seconds=2, size="64x36")
    root = make_project(folder / "A\x1b[31m\x85film\x9b", {"fr.vtt": VTT, "en.srt": CUES}, film=film, settings=SETTINGS)
    (root / "ar.toml").write_text('name = "Arabic"\n', "utf-8")
    write_wave(root / "video/stems/fr/01\x1b.wav", tone(0.5))
    return root


def refuse_unseen(text: str, where: str) -> None:
    found = UNSEEN.search(text)
    assert not found, f"{where}: {text[max(0, found.start() - 30) : found.end() + 30]!r}"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names of files")
def test_no_control_character_reaches_anything_that_is_published_or_printed(tmp_path: Path) -> None:
    root = project(tmp_path)
    for arguments in (("check",), ("build", "en", "fr"), ("dub", "script"), ("dub", "takes")):
        result = babelreel(root, *arguments)
        assert result.code in {0, 1, 3}, result.err
        refuse_unseen(result.out + result.err, " ".join(arguments))
    files = [path for folder in ("output", "recording") for path in (root / folder).rglob("*") if path.suffix in TEXTS]
    kinds = {path.suffix for path in files}
    assert kinds >= {".vtt", ".srt", ".html", ".mpd", ".m3u8", ".json", ".txt", ".js", ".csv", ".ttml"}, kinds
    for path in files:
        refuse_unseen(path.read_text("utf-8").removeprefix("\ufeff"), path.name)
        if path.suffix in {".mpd", ".xml", ".ttml", ".svg"}:
            ET.parse(path)  # noqa: S314 - our own
    assert babelreel(root, "withdraw", "en").code == 0
    for path in (root / "output").rglob("*"):
        if path.suffix in TEXTS:
            refuse_unseen(path.read_text("utf-8"), path.name)


#: What of the settings reaches pages, leaflets, players and terminals.
WRITTEN = (
    "title = {}",
    "[language.ar]\nown_name = {}",
    "[language.ar]\ntitle = {}",
    "[check]\nnames = [{}]",
    "[delivery]\naddress = {}",
    "[brand]\norganisation = {}",
    "[brand]\nsentence = {{ fr = {} }}",
    '[[help]]\nnumber = "112"\nlabel = {{ fr = {} }}',
    '[[chapter]]\nstart = "0:00"\ntitle = {{ fr = {} }}',
    "[credits.fr]\nvoice = [{}]",
)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_setting_with_one_is_refused_and_told_without_it(tmp_path: Path, written: str) -> None:
    (tmp_path / "babelreel.toml").write_text(written.format('"https://a.example/"'), "utf-8")
    read_project(tmp_path)
    for char in CONTROLS:
        text = f'"https://a.example/\\u{ord(char):04X}b/"'
        (tmp_path / "babelreel.toml").write_text(written.format(text), "utf-8")
        with pytest.raises(ConfigError, match=f"remove the invisible character U\\+{ord(char):04X}") as caught:
            read_project(tmp_path)
        refuse_unseen(render_error(caught.value), written)
