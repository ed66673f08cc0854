"""Is the whole film in its editions, with text and title, however the master lies, and are they kept as others are?"""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from support.films import make_film, run_maker
from support.projects import AR, FILES_ONLY, FR, babelreel, make_project

#: Small, so that tests take little time: 270x480 and 270x270.
SMALL = """
[renditions.story]
enabled = true
long_px = 480
short_px = 270
[renditions.post]
enabled = true
long_px = 270
short_px = 270
[renditions.web-1080p]
enabled = false
[renditions.web-720p]
enabled = false
[renditions.phone-480p]
enabled = false
"""
SETTINGS = f'title = "Rights"\n{FILES_ONLY}{SMALL}[language.ar]\ntitle = "حقوقك"\n'
#: Four corners of a picture of their own, so that whatever is cut off, turned or mirrored is seen.
CORNERS = {"upper left": "red", "upper right": "lime", "lower left": "blue", "lower right": "yellow"}


def film_of_corners(path: Path, size: str, *, rotation: int = 0, sar: str = "1") -> Path:
    width, height = map(int, size.split("x"))
    boxes = ",".join(
        f"drawbox=x={x}:y={y}:w={width // 8}:h={height // 8}:color={color}:t=fill"
        for color, (x, y) in zip(
            CORNERS.values(),
            [(0, 0), (width - width // 8, 0), (0, height - height // 8), (width - width // 8, height - height // 8)],
            strict=True,
        )
    )
    still = f"color=gray:size={size}:rate=25:duration=2.2,{boxes},setsar={sar},format=yuv420p"
    upright = path.with_name(f"upright-{path.name}")
    run_maker("-f", "lavfi", "-i", still, "-c:v", "libx264", "-preset", "ultrafast", "-an", f"file:{upright}")
    run_maker("-display_rotation", str(rotation), "-i", f"file:{upright}", "-c", "copy", f"file:{path}")
    return path


def frame_of(path: Path, number: int) -> NDArray[np.uint8]:
    with av.open(str(path)) as container:
        for place, frame in enumerate(container.decode(video=0)):
            if place == number:
                return np.asarray(frame.to_ndarray(format="rgb24"))
    raise AssertionError(number)


def color_at(picture: NDArray[np.uint8], x: int, y: int) -> str:
    """Name the colour of a place, as ``CORNERS`` do; what is none of them is grey or black."""
    red, green, blue = (bool(each > 128) for each in picture[y, x])
    known = {(True, False, False): "red", (False, True, False): "lime", (False, False, True): "blue"}
    return known.get((red, green, blue), "yellow" if (red, green, blue) == (True, True, False) else "none")


def corners_seen(picture: NDArray[np.uint8]) -> dict[str, str]:
    """Give the colours of the corners of the film, which is where anything coloured begins and ends."""
    spread = picture.max(axis=2).astype(int) - picture.min(axis=2)
    rows, columns = (np.flatnonzero((spread > 100).any(axis=axis)) for axis in (1, 0))
    left, right, top, bottom = columns[0] + 3, columns[-1] - 3, rows[0] + 3, rows[-1] - 3
    return {
        "upper left": color_at(picture, left, top),
        "upper right": color_at(picture, right, top),
        "lower left": color_at(picture, left, bottom),
        "lower right": color_at(picture, right, bottom),
    }


@pytest.mark.parametrize(
    ("size", "rotation", "sar", "seen"),
    [
        ("320x180", 0, "1", CORNERS),
        ("240x180", 0, "4/3", CORNERS),
        ("192x144", 0, "1", CORNERS),
        ("180x180", 0, "1", CORNERS),
        # turned counter-clockwise by 90 degrees it is 180x320: what was above is to the left
        (
            "320x180",
            90,
            "1",
            {"upper left": "lime", "upper right": "yellow", "lower left": "red", "lower right": "blue"},
        ),
    ],
    ids=["wide", "anamorphic", "4:3", "square", "turned"],
)
def test_no_corner_of_the_film_is_missing(
    size: str, rotation: int, sar: str, seen: dict[str, str], tmp_path: Path
) -> None:
    film = film_of_corners(tmp_path / "film.mp4", size, rotation=rotation, sar=sar)
    root = make_project(tmp_path / "project", film=film, settings=SETTINGS)
    done = babelreel(root, "build", "--only", "story", "--only", "post")
    assert done.code == 0, done.err
    for name, shape in (("story", (480, 270)), ("post", (270, 270))):
        picture = frame_of(root / f"output/fr/rights.fr.{name}.mp4", 2)  # before the first cue
        assert picture.shape[:2] == shape
        assert corners_seen(picture) == seen, name


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    film = make_film(tmp_path_factory.mktemp("film") / "film.mp4", seconds=8, size="320x180")
    root = make_project(
        tmp_path_factory.mktemp("project") / "film", {"fr.srt": FR, "ar.srt": AR}, film=film, settings=SETTINGS
    )
    done = babelreel(root, "build")
    assert done.code == 0, done.err
    return root


def test_an_edition_that_one_language_does_not_get_makes_the_build_a_partial_one(tmp_path: Path) -> None:
    long = FR.replace("Tes droits.", "Ton tuteur est une personne qui t’aide, " * 3)
    film = make_film(tmp_path / "film.mp4", seconds=2, size="160x90")
    settings = SETTINGS + '[check]\nignore = ["RDG", "WID001"]\n'
    root = make_project(tmp_path / "project", {"fr.srt": long, "ar.srt": AR}, film=film, settings=settings)
    done = babelreel(root, "build")
    assert (done.code, done.err.count("story in fr is left out")) == (3, 1), done.err
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    assert manifest["status"] == "partial"
    there = {(file["language"], file["rendition"]) for file in manifest["files"] if "rendition" in file}
    assert {("ar", "story"), ("fr", "phone-360p")} <= there
    assert ("fr", "story") not in there
    again = babelreel(root, "build")
    assert (again.code, again.err.count("story in fr is left out")) == (3, 1), "nothing to do, and still not all"
    for call in (["ar"], ["--only", "phone-360p"]):  # what is asked for here is all there
        done = babelreel(root, "build", *call)
        assert (done.code, "is left out" in done.err) == (0, False), done.err


def test_the_manifest_tells_their_size_and_that_their_text_is_in_the_picture(built: Path) -> None:
    files = json.loads((built / "output/manifest.json").read_text("utf-8"))["files"]
    told = {
        (file["language"], file["rendition"]): (file["width"], file["height"], file["text"], file["sound"])
        for file in files
        if file.get("rendition") in {"story", "post"}
    }
    assert told == {
        (tag, name): (270, height_px, "burn-in", "original")
        for tag in ("ar", "fr")
        for name, height_px in (("story", 480), ("post", 270))
    }


def test_pages_offer_them(built: Path) -> None:
    page = (built / "output/ar/index.html").read_text("utf-8")
    assert 'href="../ar/rights.ar.story.mp4"' in page
    assert 'href="../ar/rights.ar.post.mp4"' in page


def test_they_are_verified_as_deep_as_others(built: Path) -> None:
    done = babelreel(built, "verify", "--deep")
    assert done.code == 0, done.out + done.err


def test_text_and_title_are_seen_beside_the_picture_and_text_comes_and_goes(built: Path) -> None:
    path = built / "output/ar/rights.ar.story.mp4"
    without, shown = frame_of(path, 2), frame_of(path, 15)  # the first cue is seen from 0.2 s to 1.04 s
    # the picture lies from 93 of 480 rows on, and ends at 245
    assert without[73:90].max() > 200, "the title"
    assert without[252:].max() < 60
    assert shown[252:312].max() > 200, "the text"
    assert shown[316:].max() < 60, "the apps' own part"


def test_an_edited_line_costs_its_own_pieces(built: Path) -> None:
    path = built / "subtitles/fr.srt"
    before = path.read_text("utf-8")
    path.write_text(before.replace("Appelle 112", "Appelle le 112"), "utf-8")
    try:
        tasks = babelreel(built, "plan", "--json").document["tasks"]
        pieces = {
            task["name"] for task in tasks if task["name"].startswith("picture") and task["rendition"] != "phone-360p"
        }
        assert pieces == {"picture story part 1 fr", "picture post part 1 fr"}
    finally:
        path.write_text(before, "utf-8")


def test_a_proof_sheet_shows_lines_as_they_are_in_an_edition(built: Path, tmp_path: Path) -> None:
    done = babelreel(built, "proof", "ar", "--rung", "story", "--to", str(tmp_path))
    assert done.code == 0, done.err
    assert 'width="270" height="480"' in (tmp_path / "rights.ar.proof.html").read_text("utf-8")
