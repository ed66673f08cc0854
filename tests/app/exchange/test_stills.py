"""Does each row of a sheet have a picture of what is seen then?"""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from babelreel.app.exchange.receive import Wish, receive
from babelreel.app.exchange.send import send
from babelreel.config.read import read_project
from babelreel.timedtext.exchange.forms import Form
from support.films import make_film
from support.projects import make_project
from support.tracks import srt


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Give height and width, as the header of the one frame says them (ITU-T T.81, B.2.2)."""
    height, width = struct.unpack(">HH", jpeg[jpeg.index(b"\xff\xc0") + 5 :][:4])
    return height, width


def test_each_row_has_a_small_picture_from_the_middle_of_its_line(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", seconds=2, size="320x180")
    tracks = {"en.srt": srt((0, 900, "You have rights."), (1000, 1900, "Call 112."))}
    project = read_project(make_project(tmp_path / "project", tracks, film=film))
    path = send(project, "en", Form.XLSX).path
    with ZipFile(path) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        pictures = [archive.read(name) for name in archive.namelist() if name.endswith((".jpeg", ".jpg"))]
    # column and row from 0: the picture's column, below the heads
    places = re.findall(r"<(?:\w+:)?from>.*?col>(\d+)<.*?row>(\d+)<", drawing)
    assert places == [("2", "1"), ("2", "2")]
    assert [size_of(each) for each in pictures] == [(90, 160)] * 2
    assert pictures[0] != pictures[1]
    assert receive(project, path, Wish())[0].rows == ()


def test_a_film_that_cannot_be_read_costs_the_pictures_alone(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"en.srt": srt("You have rights.")}, settings="")
    (root / "video" / "master.mp4").write_bytes(b"no film")
    path = send(read_project(root), "en", Form.XLSX).path
    assert load_workbook(path)["en"]["B2"].value == 1


@pytest.mark.parametrize(("tag", "size"), [("fr", "320x180"), ("nl", "160x90")])
def test_a_page_shows_lines_as_burned_in_and_small_pictures_of_what_has_no_line_yet(
    tmp_path: Path, tag: str, size: str
) -> None:
    tracks = {"en.srt": srt((0, 900, "You have rights."), (1000, 1900, "Call 112.")), "fr.srt": srt((0, 900, "Oui."))}
    project = read_project(make_project(tmp_path / "project", tracks, settings='reference = "en"\n'))
    page = send(project, tag, Form.PAGE).path.read_text("utf-8")
    pictures = [b64decode(each) for each in re.findall(r'src="data:image/jpeg;base64,([^"]*)"', page)]
    assert ["x".join(map(str, reversed(size_of(each)))) for each in pictures] == [size, "160x90"]


def test_pictures_that_are_too_much_for_mail_are_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("babelreel.app.exchange.page._MOST_BYTES", 100)
    project = read_project(make_project(tmp_path / "project", {"en.srt": srt((0, 900, "You have rights."))}))
    page = send(project, "en", Form.PAGE).path.read_text("utf-8")
    (picture,) = re.findall(r'src="data:image/jpeg;base64,([^"]*)"', page)
    assert size_of(b64decode(picture)) == (90, 160)
