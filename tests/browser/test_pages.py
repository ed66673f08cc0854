"""Do the pages work in a real browser, for everyone?"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from support.browsing import CUES, Open
from support.chromium_film import PATIENCE_S, film, load, pause_at, wait
from support.range_server import serve_folder
from support.sites import PAYLOADS, make_site, pages_of, site_language

TAGS = tuple(CUES)
DIRECTIONS = {"fr": "ltr", "en": "ltr", "ar": "rtl", "zh-Hans": "ltr"}
PHONE = {"width": 320, "height": 640}

#: Pages of each kind in both directions, and the looks in which a page may differ for those who need axe's help.
LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "first": ("", {}),
    "first dark": ("", {"color_scheme": "dark"}),
    "left to right": ("fr/", {}),
    "right to left": ("ar/", {}),
    "right to left dark": ("ar/", {"color_scheme": "dark"}),
    "right to left phone": ("ar/", {"viewport": PHONE}),
    "Chinese phone dark": ("zh-Hans/", {"viewport": PHONE, "color_scheme": "dark"}),
    "from the disk": ("offline.html", {"color_scheme": "dark", "locale": "ar"}),
    "text": ("ar/film.ar.transcript.html", {}),
}


@pytest.mark.parametrize("tag", TAGS)
def test_the_page_of_each_language_plays_and_loads_nothing_from_elsewhere(visit: Open, address: str, tag: str) -> None:
    watched = visit(f"{address}{tag}/")
    page = watched.page
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [tag, DIRECTIONS[tag]]
    film(page, "void film.play()")
    wait(page, "film.currentTime > 0.3 && film.getVideoPlaybackQuality().totalVideoFrames > 0")
    assert f"/{tag}/film.{tag}.web-720p.mp4?v=" in film(page, "film.currentSrc")
    assert watched.elsewhere(address) == []


def test_a_phone_gets_the_small_film_and_nothing_of_it_before_somebody_plays(visit: Open, address: str) -> None:
    for size, name in (
        ((360, 640), "phone-360p-no-text"),
        ((640, 360), "phone-360p-no-text"),
        ((1366, 768), "web-720p"),
    ):
        watched = visit(f"{address}fr/", viewport={"width": size[0], "height": size[1]})
        watched.page.wait_for_timeout(500)
        assert [url for url in watched.requests if ".mp4" in url] == []
        film(watched.page, "void film.play()")
        wait(watched.page, "film.currentTime > 0.3")
        assert f"/fr/film.fr.{name}.mp4?v=" in film(watched.page, "film.currentSrc")


def test_the_first_page_speaks_the_browser_s_language_and_one_tap_plays(visit: Open, address: str) -> None:
    watched = visit(address, locale="ar-SY")
    page = watched.page
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    expect(page.locator("#welcome .watch")).to_have_text("شاهد هذا الفيلم بالعربية")
    expect(page.locator("#languages-title")).to_have_text("اختر لغتك")
    expect(page.locator("#languages a").first).to_have_text("العربية")
    page.locator("#poster").click()
    page.wait_for_url(f"{address}ar/#play")
    wait(page, "film.currentTime > 0.3 && film.getVideoPlaybackQuality().totalVideoFrames > 0")
    assert watched.elsewhere(address) == []


def test_names_come_in_the_order_of_the_browser_s_wishes(visit: Open, address: str) -> None:
    page = visit(f"{address}offline.html").page
    wishes = "Object.defineProperty(navigator, 'languages', { value: ['so', 'zh-CN', 'fr-BE', 'fr'] })"
    page.add_init_script(wishes)
    page.goto(address)
    names = page.locator("#languages .name").all_text_contents()
    assert names == ["中文（简体）", "Français", "English", "العربية"]
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


def test_the_first_page_goes_on_to_the_language_and_moment_of_a_link(visit: Open, address: str) -> None:
    page = visit(f"{address}#lang=ar&t=1.5").page
    page.wait_for_url(f"{address}ar/#lang=ar&t=1.5")
    load(page)
    wait(page, "Math.abs(film.currentTime - 1.5) < 0.05")


@pytest.mark.parametrize("path", ["fr/", "ar/"])
def test_each_track_loads_with_all_of_its_cues(visit: Open, address: str, path: str) -> None:
    page = visit(f"{address}{path}").page
    page.locator(".bar .opens").click()
    for tag, cues in CUES.items():
        page.locator("#subtitles").select_option(tag)
        own = f"film.querySelector('track[srclang=\"{tag}\"]:not([kind=chapters])')"
        wait(page, f"{own}.readyState === 2 && {own}.track.cues && {own}.track.cues.length === {cues}")


def test_seeking_reaches_any_moment(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    load(page)
    for seconds in (2.5, 0.4, 1.2):
        pause_at(page, seconds)
        assert film(page, "film.seekable.end(0)") > 2.9


def test_the_picker_leads_to_another_language_at_the_same_moment(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    load(page)
    pause_at(page, 2.5)
    page.locator("#picker summary").click()
    page.locator("#picker a[lang=ar]").click()
    page.wait_for_url(f"{address}ar/#lang=ar&t=2")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    load(page)
    wait(page, "Math.abs(film.currentTime - 2) < 0.05")


def test_a_page_opened_for_another_language_goes_there(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/#lang=zh-Hans&t=1").page
    page.wait_for_url(f"{address}zh-Hans/#lang=zh-Hans&t=1")


@pytest.mark.parametrize(
    "bad", ["#lang=../../x", "#lang=xx", "#t=1e9", "#t=-1", "#lang=fr&t=javascript:alert(1)", "#&&="]
)
def test_a_link_that_makes_no_sense_opens_the_page_all_the_same(visit: Open, address: str, bad: str) -> None:
    page = visit(f"{address}fr/{bad}").page
    load(page)
    assert page.url.startswith(f"{address}fr/")
    assert film(page, "film.currentTime") == 0


def test_a_line_of_the_text_leads_to_its_moment_and_is_marked_while_it_is_said(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    page.get_by_text("Appelle 112").click()
    wait(page, "film.currentTime >= 1.12 && !film.paused")
    film(page, "void film.pause()")
    pause_at(page, 1.5)
    expect(page.locator("#lines [aria-current]")).to_have_text("0:01 Appelle 112")
    pause_at(page, 2.5)
    expect(page.locator("#lines [aria-current]")).to_have_text("0:02 Un tuteur.")


def test_everything_is_reached_by_keyboard_and_enter_plays_from_a_line(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    load(page)
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(e => e.id || (e.dataset.end && e.hash.slice(3)) || "
            "e.tagName.toLowerCase() + (e.closest('.bar') ? ' of the bar' : "
            "e.closest('.calls') ? ' call' : e.closest('#ways') ? ' way' : "
            "e.closest('.downloads') ? ' download' : ''))(document.activeElement)"
        )
        reached += [name] if not reached or reached[-1] != name else []
        if name == "a download":
            break
    # "button" is the large one over the picture
    assert reached == [
        *("summary", "button", "button of the bar", "input of the bar", "button of the bar"),
        *("a way", "a call", "send-film", "summary"),
        *("0", "1.1", "0.2", "1.12", "2.12", "a download"),
    ]
    page.locator("#lines a").nth(2).focus()
    page.keyboard.press("Enter")
    wait(page, "film.currentTime >= 2.12")


def test_the_picker_opens_and_closes_by_keyboard(visit: Open, address: str) -> None:
    page = visit(f"{address}ar/").page
    page.locator("#picker summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#picker a[lang=fr]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#picker a[lang=fr]")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_share_link_holds_language_and_moment(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/", permissions=["clipboard-read", "clipboard-write"]).page
    load(page)
    pause_at(page, 2.5)
    page.locator("#link-box summary").click()
    page.locator("#copy").click()
    expect(page.locator("#status")).to_have_text("Lien copié")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}fr/#lang=fr"
    page.locator("#from-here").check()
    expect(page.locator("#link")).to_have_value(f"{address}fr/#lang=fr&t=2")


def test_without_a_clipboard_the_link_is_selected_and_copied_the_old_way(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator("#link-box summary").click()
    page.locator("#copy").click()
    expect(page.locator("#status")).to_have_text("Lien copié")
    assert page.evaluate("document.getSelection().toString()") == f"{address}fr/#lang=fr"


@pytest.mark.parametrize("path", ["", "fr/", "ar/", "zh-Hans/", "offline.html", "ar/film.ar.transcript.html"])
def test_nothing_is_cut_off_at_320_pixels_or_with_type_of_twice_the_size(visit: Open, address: str, path: str) -> None:
    page = visit(f"{address}{path}", viewport=PHONE).page
    for size in ("100%", "200%"):
        page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        beyond = page.evaluate(
            "Array.from(document.querySelectorAll('body *')).filter(e => e.getBoundingClientRect().right > 320.5"
            " || e.getBoundingClientRect().left < -0.5).map(e => e.outerHTML.slice(0, 200))"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, beyond


def test_at_a_zoom_of_200_percent_nothing_is_cut_off(visit: Open, address: str) -> None:
    # zoom halves the width in CSS pixels and doubles the pixels of each
    page = visit(f"{address}ar/", viewport={"width": 640, "height": 400}, device_scale_factor=2).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_what_is_tapped_is_large_enough_for_thumbs(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/", viewport=PHONE).page
    page.locator("#picker summary").click()
    small = page.evaluate(
        "Array.from(document.querySelectorAll('a, button, select, summary, input[type=text], .check label'))"
        ".filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    assert small == []


def test_without_script_the_film_plays_languages_are_links_and_the_text_is_there(visit: Open, address: str) -> None:
    page = visit(f"{address}ar/", java_script_enabled=False).page
    expect(page.locator("video")).to_be_visible()
    assert page.locator("video").get_attribute("controls") == ""
    expect(page.locator("#lines li")).to_have_count(CUES["ar"])
    for scripted in page.locator("[data-scripted]").all():
        expect(scripted).to_be_hidden()
    page.locator("#picker summary").click()
    page.locator("#picker a[lang=fr]").click()
    page.wait_for_url(f"{address}fr/")
    page.goto(address)
    page.locator("#languages a[lang=zh-Hans]").click()
    page.wait_for_url(f"{address}zh-Hans/")


def test_the_page_for_a_double_click_plays_with_subtitles_from_the_disk(visit: Open, output: Path) -> None:
    watched = visit((output / "offline.html").as_uri(), locale="fr-BE")
    page = watched.page
    assert page.evaluate("document.documentElement.lang") == "fr"
    film(page, "void film.play()")
    wait(page, "film.currentTime > 0.3 && film.getVideoPlaybackQuality().totalVideoFrames > 0")
    film(page, "void film.pause()")
    pause_at(page, 1.5)
    expect(page.locator(".drawn p")).to_have_text("Appelle 112")
    page.locator("#picker summary").click()
    page.locator("#picker a[lang=ar]").click()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    expect(page.locator("#transcript-title")).to_have_text("نص الفيلم")
    wait(page, "film.src.includes('/ar/') && film.readyState >= 1")
    wait(page, "Math.abs(film.currentTime - 1.5) < 0.05")
    expect(page.locator(".drawn p")).to_have_attribute("dir", "rtl")
    expect(page.locator(".bar .plays")).to_have_attribute("aria-label", "تشغيل")
    page.locator("#lines a").nth(1).click()
    wait(page, "film.currentTime >= 1.12")
    assert watched.elsewhere(output.as_uri()) == []


def test_from_the_disk_all_languages_have_all_cues(visit: Open, output: Path) -> None:
    page = visit((output / "offline.html").as_uri()).page
    # in one go: the page keeps what it has chosen
    count = "Array.from(film.textTracks, track => (track.mode = 'hidden', [track.language, track.cues.length]))"
    assert dict(film(page, count)) == CUES


def test_from_the_disk_and_without_script_each_language_leads_to_a_film_with_its_text(
    visit: Open, output: Path
) -> None:
    page = visit((output / "offline.html").as_uri(), java_script_enabled=False).page
    links = page.locator("#picker a")
    assert [link.get_attribute("href") for link in links.all()] == [f"{tag}/film.{tag}.phone-360p.mp4" for tag in TAGS]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_that_shuts_people_out(visit: Open, address: str, axe: str, look: str) -> None:
    path, options = LOOKS[look]
    page = visit(f"{address}{path}", **options).page
    for summary in page.locator("summary").all():
        summary.click()
    page.evaluate(axe)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []


def test_printed_a_page_is_its_text(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    page.emulate_media(media="print")
    expect(page.locator("video")).to_be_hidden()
    expect(page.locator(".share")).to_be_hidden()
    expect(page.get_by_text("Appelle 112")).to_be_visible()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages of a film whose every text is an attack; its films are missing."""
    root = tmp_path_factory.mktemp("hostile")
    site = make_site(site_language("fr", PAYLOADS), site_language("en", PAYLOADS), title="</title>" + PAYLOADS[0])
    for path, file in pages_of(site).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(file.content)
    return root


_NOTHING_RAN = "window.alert = () => { window.owned = true; };"


def shown_lines(page: Page) -> list[str]:
    texts: list[str] = page.locator("#lines .said").evaluate_all("list => list.map(each => each.textContent)")
    return texts


def test_hostile_text_stays_text_on_the_pages(hostile: Path, browser: Any) -> None:  # noqa: ANN401 - a browser
    with serve_folder(hostile) as address:
        for path in (f"{address}fr/", (hostile / "offline.html").as_uri() + "#lang=fr"):
            page = browser.new_page()
            page.add_init_script(_NOTHING_RAN)
            page.goto(path)
            assert shown_lines(page) == list(PAYLOADS)
            assert page.evaluate("window.owned") is None
            assert (
                page.locator(
                    "main script, main iframe, main b, main img,"
                    " main svg:not(.globe):not(.icon):not(.play):not(button svg)"
                ).count()
                == 0
            )
            page.close()


def test_hostile_text_stays_text_in_cues_from_the_disk(hostile: Path, browser: Any) -> None:  # noqa: ANN401 - as above
    page = browser.new_page()
    page.add_init_script(_NOTHING_RAN)
    page.goto((hostile / "offline.html").as_uri())
    texts = page.evaluate(
        "(() => { const track = document.getElementById('film').textTracks[0]; track.mode = 'hidden';"
        " return Array.from(track.cues, cue => cue.getCueAsHTML().textContent); })()"
    )
    assert json.dumps(texts) == json.dumps(list(PAYLOADS))
    assert page.evaluate("window.owned") is None
    page.close()


def test_what_is_needed_first_stands_on_one_screen_of_a_phone(visit: Open, address: str) -> None:
    page = visit(f"{address}ar/", viewport={"width": 360, "height": 640}).page
    for wanted in ("#picker summary", "#film", ".bar .plays", ".bar .texts", "#ways a", "#help .call"):
        box = page.locator(wanted).first.bounding_box()
        assert box is not None, wanted
        assert box["y"] + box["height"] <= 640, wanted


def test_nothing_moves_under_a_finger_when_the_script_comes_late(visit: Open, long_address: str) -> None:
    # a phone of 2015 on a slow line; this film has no address, so its links for sharing wait for the script
    watched = visit("about:blank", viewport={"width": 360, "height": 640})
    watched.page.add_init_script(
        "moved = []; new PerformanceObserver(l => l.getEntries().forEach(e => moved.push(e.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    protocol = watched.page.context.new_cdp_session(watched.page)
    line = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", line)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    for tag in ("fr", "ar"):
        watched.page.goto(f"{long_address}{tag}/")
        expect(watched.page.locator("#link-box")).to_be_visible()
        watched.page.wait_for_timeout(500)
        assert watched.page.evaluate("moved.reduce((a, b) => a + b, 0)") < 0.05  # from 0.1 on it is no good page


def test_a_messenger_gets_the_page_and_from_a_moment_on_request(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    load(page)
    pause_at(page, 2.5)
    sent = page.locator("#ways .whatsapp")
    assert unquote(sent.get_attribute("href") or "") == f"https://wa.me/?text=Your <rights> {address}fr/"
    page.locator("#link-box summary").click()
    page.locator("#from-here").check()
    assert unquote(sent.get_attribute("href") or "").endswith(f"{address}fr/#lang=fr&t=2")


def test_the_film_itself_is_handed_to_the_phone_s_own_menu(visit: Open, address: str) -> None:
    page = visit(f"{address}offline.html").page
    page.add_init_script(
        "navigator.canShare = data => Boolean(data.files);"
        "navigator.share = data => { window.handed = data.files[0]; return Promise.resolve(); };"
    )
    page.goto(f"{address}fr/")
    page.locator("#send-film").click()
    end = time.monotonic() + PATIENCE_S
    while not page.evaluate("window.handed && window.handed.size"):
        assert time.monotonic() < end
    assert page.evaluate("[window.handed.name, window.handed.type]") == ["film.fr.phone-360p.mp4", "video/mp4"]
    assert page.url == f"{address}fr/"


def test_at_the_end_of_the_film_stand_the_numbers_to_call(visit: Open, address: str) -> None:
    page = visit(f"{address}ar/").page
    load(page)
    film(page, "(film.currentTime = film.duration - 0.2, void film.play())")
    expect(page.locator(".film-end .number").first).to_have_text("112")
    film(page, "(film.currentTime = 0)")
    expect(page.locator(".film-end")).to_be_hidden()


def test_numbers_are_seen_in_their_order_on_a_page_from_right_to_left(visit: Open, address: str) -> None:
    page = visit(f"{address}ar/").page
    # the left edge of each digit, from the first to the last: they must grow
    edges = page.evaluate(
        "(() => { const text = document.querySelectorAll('#help .number bdi')[1].firstChild;"
        " return Array.from(text.data, (_, place) => { const range = document.createRange();"
        " range.setStart(text, place); range.setEnd(text, place + 1);"
        " return range.getBoundingClientRect().left; }); })()"
    )
    assert len(edges) == len("116 000")
    assert edges == sorted(edges)


def test_a_chapter_leads_to_its_moment_and_is_marked_while_it_is_seen(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    page.get_by_role("link", name="0:01 De l’aide").click()
    wait(page, "film.currentTime >= 1.1")
    film(page, "void film.pause()")
    pause_at(page, 1.5)
    expect(page.locator("#chapters [aria-current]")).to_have_text("0:01 De l’aide")
    wait(page, "Array.from(film.textTracks).some(track => track.kind === 'chapters')")
