"""Is a link to a page shown with the title in its language, where the project asks for it?"""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from support.projects import AR, FR, babelreel, make_project

SETTINGS = """\
[delivery]
address = "https://example.org/film/"
streams = false
leaflets = false
title_pictures = true
[brand]
colour = "#0b5c6b"
[renditions.web-720p]
enabled = false
[renditions.web-1080p]
enabled = false
[language.fr]
title = "Tes droits"
[language.ar]
title = "\U0001f3db"
"""


def test_the_picture_of_a_link_has_the_title_and_without_one_the_shared_picture_stays(tmp_path: Path) -> None:
    root = make_project(tmp_path / "film", {"fr.srt": FR, "ar.srt": AR}, settings=SETTINGS)
    result = babelreel(root, "build")
    assert result.code == 0, result.err
    output = root / "output"

    def shown(tag: str) -> str:
        page = (output / tag / "index.html").read_text("utf-8")
        return page.split('property="og:image" content="')[1].split('"')[0]

    assert shown("fr") == "https://example.org/film/fr/film.fr.share-1200x630.jpg"
    assert shown("ar") == "https://example.org/film/shared/film.share-1200x630.jpg"  # no font draws this title
    for name, width, height, top in (("share-1200x630", 1200, 630, 420), ("share-1080x1080", 1080, 1080, 608)):
        with av.open(str(output / "fr" / f"film.fr.{name}.jpg")) as container:
            picture = next(container.decode(video=0)).to_ndarray(format="rgb24").astype(np.int16)
        assert picture.shape == (height, width, 3)
        band = picture[top + 8 :]
        assert np.abs(band[:4, :4] - (0x0B, 0x5C, 0x6B)).max() <= 6, "the colour of the brand"
        assert (band.min(axis=2) > 240).any(), "white letters on it"
        assert picture[: top - 8].std() > 20, "a frame of the film above"
    assert babelreel(root, "verify").code == 0
