"""Is the right text shown, once, in Chromium, Firefox and WebKit?"""

from __future__ import annotations

from support.browsers import Tab, film, open_film, seek, wait_for, wait_for_film

#: What the page draws, which is all that is shown: no browser draws a track beside it.
DRAWN = "Array.from(document.querySelectorAll('.drawn p'), line => [line.lang, line.dir, line.textContent])"
SHOWING = "Array.from(film.textTracks).filter(track => track.mode === 'showing')"
DIRECTIONS = {"fr": "ltr", "ar": "rtl"}


def wait_for_text(tab: Tab, tag: str) -> None:
    """Wait until the last line of a language is drawn, in its direction, and no other line."""
    wait_for_film(
        tab,
        f"(shown => shown.length === 1 && shown[0][0] === {tag!r} && shown[0][1] === {DIRECTIONS[tag]!r}"
        f" && shown[0][2].includes('112'))({DRAWN})",
    )
    assert film(tab, f"return {SHOWING}.length;") == 0


def choose(tab: Tab, tag: str) -> None:
    film(
        tab,
        "const select = document.getElementById('subtitles');"
        f"select.value = {tag!r}; select.dispatchEvent(new Event('change'));",
    )


def save_data(tab: Tab, film_name: str) -> None:
    film(tab, "document.getElementById('light').click();")
    wait_for_film(tab, f"film.currentSrc.includes({film_name!r}) && film.readyState >= 2 && !film.seeking")


def test_the_page_s_own_text_is_drawn_before_and_after_the_film_changes(tab: Tab, long_address: str) -> None:
    open_film(tab, f"{long_address}fr/")
    seek(tab, 16)
    wait_for_text(tab, "fr")
    film(tab, "if (document.getElementById('light').checked) document.getElementById('light').click();")
    save_data(tab, "phone-360p-no-text.mp4")
    wait_for_film(tab, "Math.abs(film.currentTime - 16) < 0.1")
    wait_for_text(tab, "fr")
    save_data(tab, "web-720p.mp4")
    wait_for_text(tab, "fr")
    assert tab.run("return complaints;") == []


def test_text_that_a_browser_finds_in_the_film_is_not_drawn_beside_the_page_s_own(tab: Tab, long_address: str) -> None:
    open_film(tab, f"{long_address}fr/")
    seek(tab, 16)
    # as WebKit lists the text inside of an MP4: a track without an element
    found = "const found = film.addTextTrack('subtitles', 'Français', 'fr');"
    film(tab, f"{found} found.addCue(new VTTCue(15, 19.5, 'twice')); found.mode = 'showing';")
    wait_for_film(tab, "film.textTracks[film.textTracks.length - 1].mode === 'disabled'")
    wait_for_text(tab, "fr")


def test_another_text_is_chosen_and_none_is(tab: Tab, long_address: str) -> None:
    open_film(tab, f"{long_address}fr/")
    seek(tab, 16)
    choose(tab, "ar")
    wait_for_text(tab, "ar")
    film(tab, "document.querySelector('.bar .texts').click();")
    wait_for(tab, "document.getElementById('subtitles').value === ''")
    wait_for(tab, f"{DRAWN}.length === 0")
    film(tab, "document.querySelector('.bar .texts').click();")
    wait_for_text(tab, "ar")
