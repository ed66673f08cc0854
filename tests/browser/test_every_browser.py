"""Do pages play the same in Chromium, Firefox and WebKit?"""

from __future__ import annotations

from support.browsers import Tab, film, open_film, seek, wait_for_film
from support.browsing import LENGTH_S


def test_the_film_plays_to_its_end_with_no_complaint(
    chromium: Tab, firefox: Tab, webkit: Tab, long_address: str
) -> None:
    tabs = (chromium, firefox, webkit)  # at once: each takes as long as the film
    for tab in tabs:
        open_film(tab, f"{long_address}fr/")
        film(tab, "await film.play();")
    for tab in tabs:
        wait_for_film(tab, f"film.currentTime > {LENGTH_S / 2}", LENGTH_S * 2)
        seen = film(tab, "return film.getVideoPlaybackQuality().totalVideoFrames;")
        assert isinstance(seen, int)
        assert seen > LENGTH_S / 2 * 25 / 2, tab.browser  # a busy machine leaves pictures out
    for tab in tabs:
        wait_for_film(tab, "film.ended", LENGTH_S * 2)
        assert film(tab, "return Math.abs(film.duration - film.currentTime) < 0.1;"), tab.browser
        assert film(tab, "return [film.error, complaints];") == [None, []], tab.browser


def test_twenty_jumps_arrive_where_they_should(tab: Tab, long_address: str) -> None:
    open_film(tab, f"{long_address}ar/")
    for jump in range(20):
        seek(tab, jump * 7 % LENGTH_S + 0.25)
    assert film(tab, "return [film.error, complaints];") == [None, []]
