"""Is a logo that cannot be used told before anything is built?"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from babelreel.app.build.choosing.logo import read_card_logo, read_logo, tell_card_logo, tell_unseen_logo
from babelreel.config.read import read_project
from babelreel.errors import ConfigError
from babelreel.graph.task import Literal
from babelreel.model.campaign import Brand
from babelreel.model.film.bitmap import Bitmap
from babelreel.model.film.cards import Cards

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>'


def read(root: Path, content: str | None, name: str = "logo.SVG") -> Literal | None:
    (root / "babelreel.toml").write_text(f'[brand]\nlogo = "brand/{name}"\n', "utf-8")
    (root / "brand").mkdir()
    if content is not None:
        (root / "brand" / name).write_text(content, "utf-8")
    return read_logo(root, read_project(root).campaign.brand, "babelreel.toml")


def test_a_logo_has_the_name_that_pages_give_it(tmp_path: Path) -> None:
    assert read(tmp_path, DRAWING) == Literal(name="logo.svg", content=DRAWING.encode())


def test_without_a_logo_there_is_none(tmp_path: Path) -> None:
    assert read_logo(tmp_path, read_project(tmp_path).campaign.brand, "babelreel.toml") is None


@pytest.mark.parametrize(
    ("content", "why"), [(None, "cannot be read: No such file"), (f"{DRAWING[:-6]}<script/></svg>", "“script”")]
)
def test_one_that_cannot_be_used_is_told_in_four_lines(tmp_path: Path, content: str | None, why: str) -> None:
    with pytest.raises(ConfigError, match=r"brand/logo\.SVG") as caught:
        read(tmp_path, content)
    assert len(caught.value.lines()) <= 4
    assert why in str(caught.value)


#: 32 x 16 pixels: of each row the first half is red, and nothing is seen of the second.
PIXELS = (b"\xff\0\0\xff" * 16 + bytes(4 * 16)) * 16


def png(rows: bytes) -> bytes:
    """Write a PNG file of 32 x 16 pixels, each with red, green, blue and what is seen of it."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 32, 16, 8, 6, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    written = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


ROWS = zlib.compress(b"".join(b"\0" + PIXELS[start : start + 128] for start in range(0, len(PIXELS), 128)))


def read_for_cards(root: Path, settings: str, **files: bytes) -> Bitmap | None:
    (root / "babelreel.toml").write_text(settings, "utf-8")
    for name, content in files.items():
        (root / f"{name}.png").write_bytes(content)
    project = read_project(root)
    return read_card_logo(root, project.campaign.brand, project.cards, "babelreel.toml")


def test_cards_have_the_logo_of_the_brand_pixel_by_pixel(tmp_path: Path) -> None:
    found = read_for_cards(tmp_path, '[brand]\nlogo = "logo.png"\n[cards]\nend = 5\n', logo=png(ROWS))
    assert found == Bitmap(width_px=32, height_px=16, rgba=PIXELS)


def test_a_drawing_for_pages_stays_off_the_cards_and_that_is_told_unless_they_have_their_own(tmp_path: Path) -> None:
    brand = '[brand]\nlogo = "logo.svg"\n[cards]\ntitle = 3\n'
    assert read_for_cards(tmp_path, brand) is None
    project = read_project(tmp_path)
    (told,) = tell_card_logo(project.campaign.brand, project.cards)
    assert "logo.svg is not drawn on them, since only PNG pictures can be" in told
    assert "save it as a PNG of about 600 pixels" in told
    assert read_for_cards(tmp_path, f'{brand}logo = "own.png"\n', own=png(ROWS)) is not None
    project = read_project(tmp_path)
    assert not list(tell_card_logo(project.campaign.brand, project.cards))


def test_without_cards_nothing_is_read_for_them(tmp_path: Path) -> None:
    assert read_for_cards(tmp_path, '[brand]\nlogo = "logo.png"\n', logo=b"no picture") is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read: No such file"),
        (b"no picture", "no PNG"),
        (png(ROWS[: len(ROWS) // 2]), "it breaks off"),
        (png(b"\x78\x9c" + b"\xff" * 20), "it is damaged"),
    ],
    ids=["absent", "no picture", "half", "damaged"],
)
def test_one_that_cannot_be_drawn_is_told_with_the_table_that_names_it(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    files = {} if content is None else {"own": content}
    with pytest.raises(ConfigError, match=r"own\.png, named by \[cards\] logo") as caught:
        read_for_cards(tmp_path, '[cards]\ntitle = 3\nlogo = "own.png"\n', **files)
    assert len(caught.value.lines()) <= 4
    assert why in str(caught.value)


@pytest.mark.parametrize(("seen", "told"), [(0, 1), (255, 0)])
def test_a_logo_of_which_nothing_is_seen_on_cards_is_told(tmp_path: Path, seen: int, told: int) -> None:
    rows = (b"\0" + bytes((200, 0, 0, seen)) * 32) * 16
    (tmp_path / "logo.png").write_bytes(png(zlib.compress(rows)))
    found = list(tell_unseen_logo(tmp_path, Brand(), Cards(end_ms=2000, logo=Path("logo.png")), "babelreel.toml"))
    assert found == ["cards: all of logo.png is transparent, so they show no logo"] * told
