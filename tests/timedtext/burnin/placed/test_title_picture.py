"""Is a title drawn on its band in every script, as large as it fits?"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.stills import TitlePicture, title_pictures
from babelreel.timedtext.burnin.placed.title_picture import draw_title_picture
from babelreel.timedtext.burnin.typeface import choose_font
from support.burned import WIDE, draw

TITLES = {
    "fr": "Tes droits en Belgique",
    "en": "Your rights in Belgium",
    "nl": "Jouw rechten in België",
    "de": "Deine Rechte in Belgien",
    "ar": "حقوقك في بلجيكا",
    "vi": "Quyền của em ở Bỉ",
    "zh-Hans": "你在比利时的权利",
    "sq": "Të drejtat e tua në Belgjikë",
    "ro": "Drepturile tale în Belgia",
    "bg": "Твоите права в Белгия",
    "ps": "په بلجیم کې ستا حقونه",
    "fa": "حقوق تو در بلژیک",
    "pcm": "Your rights for Belgium",
}
PREVIEW, POST = title_pictures(1920, 1080)


def document(title: str, tag: str = "fr", picture: TitlePicture = PREVIEW) -> str | None:
    language = find_language(tag)
    return draw_title_picture(
        title,
        language=language,
        font=choose_font(language, None),
        width_px=picture.width_px,
        height_px=picture.height_px,
        band=picture.band,
        ground="#000000",
        color="#ffffff",
    )


def size(title: str, tag: str = "fr", picture: TitlePicture = PREVIEW) -> float:
    drawn = document(title, tag, picture)
    assert drawn is not None
    return float(re.findall(r"\\fs([0-9.]+)", drawn)[0])


@pytest.mark.parametrize("picture", [PREVIEW, POST], ids=lambda each: each.name)
@pytest.mark.parametrize("tag", TITLES)
def test_a_title_stands_in_the_middle_of_its_band_in_every_script(
    tag: str, picture: TitlePicture, tmp_path: Path
) -> None:
    drawn = document(TITLES[tag], tag, picture)
    assert drawn is not None
    frame = Frame(width_px=picture.width_px, height_px=picture.height_px, rate=WIDE.rate)
    (ink,) = draw(drawn, tmp_path, frame, 1)
    rows, columns = (np.flatnonzero(ink.max(axis=axis) > 0.3) for axis in (1, 0))
    assert picture.band.top_px <= rows[0]
    assert rows[-1] < picture.height_px
    # as much room to its left as to its right, and a good part of the width taken
    assert abs(columns[0] - (picture.width_px - 1 - columns[-1])) <= 0.02 * picture.width_px
    assert columns[-1] - columns[0] >= 0.3 * picture.width_px


def test_the_square_shows_the_whole_frame_of_a_wide_film_and_leaves_a_quarter_for_the_title_of_any() -> None:
    assert (POST.still.width_px, POST.still.height_px) == (1080, 608)  # 16:9, and an even height
    assert POST.band.top_px == 608
    upright = title_pictures(1080, 1920)[1]
    assert (upright.still.height_px, upright.band.height_px) == (810, 270)


def test_a_long_title_is_drawn_smaller_and_one_that_nobody_could_read_is_left_out() -> None:
    short, long = TITLES["fr"], "Tes droits en Belgique, du premier jour jusqu’à tes dix-huit ans"
    assert size(short) > size(long)
    assert document(long * 6) is None
    assert document("Tes droits \U0001f642") is None
    assert document(" ") is None


def test_no_line_begins_with_a_colon_and_no_number_is_broken() -> None:
    drawn = document("Child Focus : appelle le 116 000, c’est gratuit : jour et nuit", picture=POST)
    assert drawn is not None
    lines = drawn.rsplit("}", 1)[1].split(r"\N")
    assert len(lines) > 1
    assert not any(line.startswith((":", " ", "\u00a0")) for line in lines)
    assert "116\u00a0000" in drawn
