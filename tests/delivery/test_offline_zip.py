"""Is the file that holds a whole language the same each time, and all that a double click needs?"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from babelreel.delivery.offline_zip import write_zip
from babelreel.delivery.site.pages import render_bundle
from support.sites import make_site, site_language


def test_the_same_files_give_the_same_bytes_and_nothing_is_deflated(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        with (tmp_path / name).open("wb") as file:
            write_zip(file, [("film/offline.html", b"page " * 100), ("film/fr/film.mp4", b"film")])
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with ZipFile(tmp_path / "one.zip") as found:
        assert [(each.filename, each.compress_type, each.date_time) for each in found.infolist()] == [
            ("film/offline.html", ZIP_STORED, (1980, 1, 1, 0, 0, 0)),
            ("film/fr/film.mp4", ZIP_STORED, (1980, 1, 1, 0, 0, 0)),
        ]
        assert found.read("film/fr/film.mp4") == b"film"


def test_a_language_s_file_holds_one_film_its_page_and_its_texts_and_nothing_of_other_languages() -> None:
    site = make_site(site_language("fr"), site_language("ar"))
    paths = {each.path for each in render_bundle(site, site.languages[0])}
    assert {"offline.html", "fr/cues.js", "fr/film.fr.vtt", "fr/film.fr.transcript.txt", "assets/offline.js"} <= paths
    assert len([path for path in paths if path.endswith(".mp4")]) == 1
    assert not [path for path in paths if path.startswith("ar/")]
