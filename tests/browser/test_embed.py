"""Does the player fill its frame on pages of others, in Chromium, Firefox and WebKit?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from babelreel.delivery.site.embedding import PLACEHOLDER
from support.browsers import Tab, wait_for
from support.range_server import serve_folder

SIZES = ((320, 180), (640, 360), (1920, 1080))


@pytest.fixture(scope="module")
def address(long_output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the film beside a page that shows it in frames: of fixed sizes, and as the snippet says."""
    root = shutil.copytree(long_output, tmp_path_factory.mktemp("host") / "site")
    snippet = (root / "fr" / "film.fr.embed.txt").read_text("utf-8").replace(PLACEHOLDER, "")
    fixed = "".join(f'<iframe src="fr/embed/" width="{wide}" height="{high}"></iframe>' for wide, high in SIZES)
    host = f'<!DOCTYPE html><title>host</title><body style="margin: 0">{fixed}<div style="width: 500px">{snippet}</div>'
    (root / "host.html").write_text(host, "utf-8")
    with serve_folder(root) as address:
        yield address


def test_the_player_fills_its_frame_at_any_size_and_nothing_scrolls(tab: Tab, address: str) -> None:
    tab.open(f"{address}host.html")
    tab.run("document.querySelectorAll('iframe').forEach(frame => { frame.loading = 'eager'; });")
    frames = "Array.from(document.querySelectorAll('iframe'), frame => frame.contentDocument)"
    wait_for(tab, f"{frames}.every(page => page.readyState === 'complete' && page.getElementById('film'))")
    seen = tab.run("""return Array.from(document.querySelectorAll('iframe'), frame => {
      const page = frame.contentDocument, inside = page.documentElement;
      const film = page.getElementById('film').getBoundingClientRect();
      frame.contentWindow.scrollTo(0, 100);
      const size = [film.width, film.height].map(Math.floor);
      return [film.x, film.y, ...size, frame.contentWindow.scrollY, inside.scrollWidth > inside.clientWidth];
    });""")
    assert seen == [[0, 0, *size, 0, False] for size in (*SIZES, (500, 281))]


def test_the_film_plays_in_its_frame_with_its_text(tab: Tab, address: str) -> None:
    tab.open(f"{address}fr/embed/#t=16")
    tab.run("void document.getElementById('film').play();")
    wait_for(tab, "document.getElementById('film').currentTime > 16.2")
    wait_for(
        tab,
        "Array.from(document.getElementById('film').textTracks).some(track => track.mode !== 'disabled'"
        " && track.language === 'fr' && track.activeCues && track.activeCues.length === 1)",
    )
