"""Is the right text shown, once, in Chromium, Firefox and WebKit?"""

from __future__ import annotations

from support.browsers import Tab, film, open_film, seek, wait_for, wait_for_film

SHOWING = "Array.from(film.textTracks).filter(track => track.mode === 'showing')"


def shown_texts(tab: Tab) -> object:
    return film(tab, f"return {SHOWING}.map(track => track.language);")


def wait_for_text(tab: Tab, tag: str) -> None:
    """Wait until the last line of a language is shown, and no other line."""
    lines = f"{SHOWING}.flatMap(track => Array.from(track.activeCues || [], cue => [track.language, cue.text]))"
    wait_for_film(
        tab, f"(shown => shown.length === 1 && shown[0][0] === {tag!r} && shown[0][1].includes('112'))({lines})"
    )


def test_the_page_s_own_text_is_shown_before_and_after_the_film_changes(tab: Tab, long_address: str) -> None:
    open_film(tab, f"{long_address}fr/")
    seek(tab, 16)
    wait_for_text(tab, "fr")
    film(tab, "document.querySelector('#choices a[data-light]').click();")
    wait_for_film(tab, "film.currentSrc.includes('phone-360p-no-text.mp4?v=') && film.readyState >= 2 && !film.seeking")
    wait_for_text(tab, "fr")
    film(tab, "document.querySelector('#choices a').click();")
    wait_for_film(tab, "film.currentSrc.includes('web-720p.mp4?v=') && film.readyState >= 2 && !film.seeking")
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


def test_another_text_is_chosen_on_the_page_or_in_the_browser_s_own_menu(tab: Tab, long_address: str) -> None:
    open_film(tab, f"{long_address}fr/")
    seek(tab, 16)
    film(
        tab,
        "const select = document.getElementById('subtitles');"
        "select.value = 'ar'; select.dispatchEvent(new Event('change'));",
    )
    wait_for_text(tab, "ar")
    film(tab, "film.textTracks[1].mode = 'disabled'; film.textTracks[0].mode = 'showing';")
    wait_for(tab, "document.getElementById('subtitles').value === 'fr'")
    wait_for_text(tab, "fr")
    film(tab, "film.textTracks[0].mode = 'disabled';")
    wait_for(tab, "document.getElementById('subtitles').value === ''")
    assert shown_texts(tab) == []
