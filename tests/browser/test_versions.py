"""Does a film that is replaced while it plays go on, in Chromium, Firefox and WebKit?"""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

from babelreel.app.publish.own_files import read_manifest
from support.browsers import Tab, film, seek, wait_for_film
from support.browsing import LENGTH_S
from support.films import run_maker
from support.site_server import Link, serve_site

PATH = "fr/film.fr.web-720p.mp4"
#: Notes where the first version stopped, and where the second one begins.
NOTE = """
const told = film.dataset;
const first = new URL(film.querySelector('source:last-of-type').src).href;
for (const kind of ['timeupdate', 'playing']) film.addEventListener(kind, () => {
  if (film.currentSrc === first) { told.stopped = Math.max(Number(told.stopped || 0), film.currentTime); }
  else if (kind === 'playing' && !('begun' in told)) { told.begun = film.currentTime; }
});
"""


def publish_again(output: Path, newer: Path) -> None:
    """Replace a film by one of other bytes, as a publication does: by renaming, the manifest last."""
    manifest = (output / "manifest.json").read_text("utf-8")
    before, after = (sha256(path.read_bytes()).hexdigest() for path in (output / PATH, newer))
    os.replace(newer, output / PATH)  # noqa: PTH105 - over what is there
    (output / "manifest.json").write_text(manifest.replace(before, after), "utf-8")


def test_a_film_that_is_replaced_while_it_plays_goes_on_at_the_same_moment(
    chromium: Tab, firefox: Tab, webkit: Tab, long_output: Path, tmp_path: Path
) -> None:
    output = shutil.copytree(long_output, tmp_path / "output")
    newer = output / "newer.mp4"
    run_maker(
        "-i", f"file:{output / PATH}", "-map", "0:v", "-map", "0:a", "-crf", "12", "-c:a", "copy", f"file:{newer}"
    )
    link = Link(bytes_per_second=int(1.8 * (output / PATH).stat().st_size / LENGTH_S))
    tabs = (chromium, firefox, webkit)
    with serve_site(output, link) as address:
        for tab in tabs:
            tab.open(f"{address}fr/")
        for tab in tabs:
            film(tab, "film.preload = 'auto'; void film.play();" + NOTE)
        for tab in tabs:
            # WebKit plays later than the others: when it thinks that the rest will come in time
            begun = "film.readyState >= 2" if tab.browser == "webkit" else "film.currentTime > 0.5"
            wait_for_film(tab, f"{begun} && film.buffered.end(0) < film.duration - 2", LENGTH_S)
        publish_again(output, newer)
        link.cut()
        manifest = read_manifest(output)
        assert manifest is not None
        (expected,) = (file.address for file in manifest.files if file.path == PATH)
        for tab in tabs:
            wait_for_film(tab, "'begun' in film.dataset", 2 * LENGTH_S)
            assert film(tab, "return Math.abs(film.dataset.begun - film.dataset.stopped) < 1;"), tab.browser
            assert film(tab, "return film.currentSrc;") == address + expected
            seek(tab, LENGTH_S - 2)
            wait_for_film(tab, "film.ended && !film.error", LENGTH_S)
