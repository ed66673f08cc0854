"""Does each row of a sheet have a picture of what is seen then?"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from zipfile import ZipFile

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
