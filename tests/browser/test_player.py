"""Does the film's own bar do what it says, for fingers, keys and ears?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support.browsing import Open
from support.chromium_film import film, load, pause_at, wait

PHONE = {"width": 360, "height": 640}
#: Each control of a wide bar, by what is heard of it in French.
NAMES = [
    *("Lire", "10 secondes en arrière", "10 secondes en avant", "Sans le son", "Moment du film"),
    *("Sous-titres", "Réglages", "Dans une petite fenêtre", "Plein écran"),
]
MEMORY = "new URL(document.querySelector('script[src]').src).pathname"


def open_settings(page: Page) -> None:
    page.locator(".bar .opens").click()
    expect(page.locator(".tools")).to_be_visible()


def test_each_control_has_a_name_and_says_how_it_stands(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    expect(page.locator("video")).not_to_have_attribute("controls", "")
    controls = page.locator(".bar button, .bar input")
    names = controls.evaluate_all("list => list.map(each => each.getAttribute('aria-label'))")
    assert names == NAMES
    page.locator(".bar .plays").click()
    expect(page.locator(".bar .plays")).to_have_attribute("aria-label", "Mettre en pause")
    pause_at(page, 2)
    expect(page.locator(".bar .moment")).to_have_attribute("aria-valuetext", "2\u00a0secondes")
    expect(page.locator(".bar .texts")).to_have_attribute("aria-pressed", "true")


def test_time_runs_from_left_to_right_on_a_page_from_right_to_left(visit: Open, address: str) -> None:
    page = visit(f"{address}ar/").page
    boxes = [page.locator(f".bar .{name}").bounding_box() for name in ("plays", "moment", "full")]
    lefts = [box["x"] for box in boxes if box]
    assert lefts == sorted(lefts)
    assert page.locator(".tools").evaluate("tools => getComputedStyle(tools).direction") == "rtl"
    expect(page.locator(".bar .plays")).to_have_attribute("aria-label", "تشغيل")


def test_keys_play_seek_and_switch_while_the_player_has_the_focus_only(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    load(page)
    page.locator(".bar .texts").focus()
    for key, effect in (
        ("k", "!film.paused"),
        ("k", "film.paused"),
        ("m", "film.muted"),
        ("5", "Math.abs(film.currentTime - film.duration / 2) < 0.05"),
        ("j", "film.currentTime === 0"),
        ("l", "film.currentTime > 2.5"),
        ("ArrowLeft", "film.currentTime === 0"),
        ("c", "document.getElementById('subtitles').value === ''"),
        ("f", "document.fullscreenElement === film.closest('.stage')"),
        ("f", "document.fullscreenElement === null"),
    ):
        page.keyboard.press(key)
        wait(page, effect)
    page.locator("#picker summary").focus()
    page.keyboard.press("m")
    page.keyboard.press("c")
    page.wait_for_timeout(100)
    assert film(page, "[film.muted, document.getElementById('subtitles').value]") == [True, ""]


def test_the_bar_goes_while_the_film_runs_and_comes_back(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    film(page, "(film.loop = true, void film.play())")
    wait(page, "film.closest('.stage').classList.contains('idle')")
    page.mouse.move(300, 300)
    page.mouse.move(310, 310)
    wait(page, "!film.closest('.stage').classList.contains('idle')")


def test_two_taps_at_a_side_of_the_picture_jump(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/", viewport=PHONE, has_touch=True).page
    load(page)
    film(page, "(film.loop = true, void film.play())")
    wait(page, "film.currentTime > 1")
    film(page, "void film.pause()")
    box = page.locator("video").bounding_box()
    assert box
    film(page, "void film.play()")
    for _ in range(2):
        page.touchscreen.tap(box["x"] + 20, box["y"] + 60)
    wait(page, "film.currentTime < 1")
    expect(page.locator(".told")).to_have_text("−10")


def test_the_light_film_goes_on_at_the_same_moment_with_its_text(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    load(page)
    pause_at(page, 1.5)
    open_settings(page)
    page.locator("#light").check()
    wait(page, "film.currentSrc.includes('/film.fr.phone-360p-no-text.mp4') && Math.abs(film.currentTime - 1.5) < 0.05")
    expect(page.locator(".drawn p")).to_have_text("Appelle 112")
    page.reload()
    expect(page.locator("#light")).to_be_checked()
    film(page, "void film.play()")
    wait(page, "film.currentSrc.includes('/film.fr.phone-360p-no-text.mp4')")


def test_the_bar_of_time_shows_what_is_seen_there(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    box = page.locator(".bar .moment").bounding_box()
    assert box
    for share in (0.6, 0.61):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + 20)
        page.wait_for_timeout(300)
    tile = page.locator(".thumb .tile")
    expect(tile).to_be_visible()
    assert "film.storyboard.jpg" in tile.evaluate("tile => tile.style.backgroundImage")
    expect(page.locator(".thumb span")).to_have_text("0:01")


def test_size_and_absence_of_subtitles_are_remembered_on_the_device(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    open_settings(page)
    page.locator("#text-size").select_option("3")
    page.locator(".bar .texts").click()
    page.reload()
    assert film(page, "film.closest('.stage').dataset.textSize") == "3"
    expect(page.locator(".bar .texts")).to_have_attribute("aria-pressed", "false")


def test_where_one_stopped_is_offered_and_can_be_forgotten(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    expect(page.locator("#resume")).to_be_hidden()
    page.evaluate(f"localStorage.setItem('babelreel moment ' + {MEMORY}, '62')")
    page.reload()
    expect(page.locator("#resume-go")).to_have_text("Continuer à 1:02")
    page.locator("#resume-forget").click()
    expect(page.locator("#resume")).to_be_hidden()
    assert page.evaluate(f"localStorage.getItem('babelreel moment ' + {MEMORY})") is None


def test_nothing_is_remembered_of_who_asks_for_that_or_has_no_storage(visit: Open, address: str) -> None:
    for hindrance in (
        "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })",
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage'); } })",
    ):
        page = visit(f"{address}ar/film.ar.transcript.html").page
        page.add_init_script(hindrance)
        page.goto(f"{address}fr/")
        open_settings(page)
        page.locator("#text-size").select_option("3")
        assert film(page, "film.closest('.stage').dataset.textSize") == "3"


def test_on_a_phone_the_film_stays_in_view_until_it_is_let_go(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/", viewport=PHONE).page
    film(page, "(film.loop = true, void film.play())")
    wait(page, "film.currentTime > 0.2")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    wait(page, "film.closest('.stage').classList.contains('pinned')")
    box = page.locator(".screen").bounding_box()
    assert box
    assert (box["y"], box["height"] <= 0.4 * PHONE["height"]) == (0, True)
    page.locator(".let-go").click()
    wait(page, "!film.closest('.stage').classList.contains('pinned')")
    assert not film(page, "film.paused")


def test_full_screen_shows_our_own_text(visit: Open, address: str) -> None:
    page = visit(f"{address}ar/").page
    load(page)
    pause_at(page, 1.5)
    page.locator(".bar .full").click()
    wait(page, "document.fullscreenElement === film.closest('.stage')")
    expect(page.locator(".drawn p")).to_be_visible()
    expect(page.locator(".drawn p")).to_contain_text("اتصل بالرقم 112")


def test_at_its_end_the_film_gives_way_to_seeing_it_again_sending_it_and_the_numbers(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/").page
    load(page)
    film(page, "(film.currentTime = 2.8, void film.play())")
    end = page.locator(".film-end")
    expect(end).to_be_visible()
    expect(page.locator(".big")).to_be_hidden()
    assert [link.get_attribute("href") for link in end.locator(".call").all()] == ["tel:112", "tel:116000"]
    sent = [link.get_attribute("href") or "" for link in end.locator(".way").all()]
    assert [each.split(":")[0] for each in sent] == ["https", "https", "sms"]
    assert all("fr%2F" in each and "Tes%20" not in each for each in sent)
    for place in end.locator("a, button").all():
        box = place.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, box
    end.get_by_role("button", name="Revoir le film").click()
    wait(page, "!film.paused && film.currentTime < 2.5")
    expect(end).to_be_hidden()


@pytest.mark.parametrize("look", [{}, {"forced_colors": "active"}, {"color_scheme": "dark", "viewport": PHONE}])
def test_axe_finds_nothing_in_the_player_with_its_settings_open(
    visit: Open, address: str, axe: str, look: dict[str, Any]
) -> None:
    page = visit(f"{address}ar/", **look).page
    load(page)
    pause_at(page, 1.5)
    open_settings(page)
    page.evaluate(axe)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    assert json.dumps([(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]) == "[]"


def test_what_is_tapped_in_the_player_is_large_enough_for_thumbs(visit: Open, address: str) -> None:
    page = visit(f"{address}fr/", viewport={"width": 320, "height": 640}).page
    open_settings(page)
    small = page.locator(".stage").evaluate(
        "stage => Array.from(stage.querySelectorAll('button, select, input[type=range], .check label'))"
        ".filter(e => e.getClientRects().length)"
        ".filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)"
        ".map(e => e.outerHTML)"
    )
    assert small == []
