"""Does a studio work the same in Chromium, Firefox and WebKit?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from support.browsers import Tab, wait_for
from support.films import make_film
from support.projects import make_project
from support.studios import RunningStudio, running_studio
from support.tracks import srt

ENGLISH = ((200, 1040, "Your rights."), (1120, 2000, "Call 112."))
FRENCH = ((200, 1040, "Tes droits."), (1120, 2000, "Apelle 112."))
ARABIC = ((200, 1040, "حقوقك."), (1120, 2000, "اتصل بالرقم 112."))

#: Hears what the policy of the page forbids, and what went wrong in it, from when it is there.
LISTEN = (
    "window.complaints = []; const note = (text) => window.complaints.push(text);"
    "document.addEventListener('securitypolicyviolation', (event) => note(event.violatedDirective));"
    "addEventListener('error', (event) => note(event.message));"
    "addEventListener('unhandledrejection', (event) => note(String(event.reason)));"
)
#: The field of a line, and what a person does to it: as the browser itself would put in what is typed or pasted.
TYPE = (
    "const field = document.querySelector(`#line-${place} textarea`); field.focus(); field.select();"
    "document.execCommand('insertText', false, text); return field.value;"
)
PRESS = (
    "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, cancelable: true,"
    " key, code: key, ctrlKey: ctrl, altKey: alt}));"
)


TRACKS = {"en.srt": srt(*ENGLISH), "fr.srt": srt(*FRENCH), "ar.srt": srt(*ARABIC)}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStudio]:
    """One studio for all browsers: to start one takes longer than what is done in it."""
    folder = tmp_path_factory.mktemp("studio")
    film = make_film(folder / "film.mp4", seconds=3)
    root = make_project(
        folder / "film", TRACKS, film=film, settings='reference = "en"\nlanguages = ["fr", "ar", "en"]\n'
    )
    with running_studio(root, "fr") as studio:
        yield studio


@pytest.fixture
def studio(running: RunningStudio) -> RunningStudio:
    """Give a studio in which nothing was done yet."""
    subtitles = running.root / "subtitles"
    for ledger in subtitles.glob("*.review.toml"):
        ledger.unlink()
    for name, text in TRACKS.items():
        (subtitles / name).write_text(text, "utf-8")
    shutil.rmtree(running.root / "video" / "stems", ignore_errors=True)
    shutil.rmtree(running.root / ".babelreel" / "versions", ignore_errors=True)
    return running


def open_studio(tab: Tab, link: str) -> None:
    tab.open(link)
    wait_for(tab, "document.querySelector('#line-1 textarea')")
    tab.run(LISTEN)


def click(tab: Tab, selector: str) -> None:
    wait_for(tab, f"(button => button && !button.disabled && !button.hidden)(document.querySelector('{selector}'))")
    tab.run("document.querySelector(selector).click();", selector=selector)


def press(tab: Tab, key: str, *, ctrl: bool = False, alt: bool = False) -> None:
    tab.run(PRESS, key=key, ctrl=ctrl, alt=alt)


def wait_until_saved(tab: Tab) -> None:
    wait_for(tab, "document.getElementById('saved').textContent === 'All is saved'")


def test_a_line_is_repaired_approved_by_keyboard_and_put_back(tab: Tab, studio: RunningStudio) -> None:
    path = studio.root / "subtitles" / "fr.srt"
    before = path.read_text("utf-8")
    open_studio(tab, studio.link)
    assert tab.run(TYPE, place=0, text="Tous tes droits.") == "Tous tes droits."
    press(tab, "ArrowDown", alt=True)
    wait_until_saved(tab)
    assert tab.run("return document.activeElement.closest('.line').id;") == "line-1"
    tab.run(TYPE, place=1, text="Appelle  112.")
    wait_for(tab, "document.querySelector('#line-1 .findings button')")
    click(tab, "#line-1 .findings button")
    wait_for(tab, "document.querySelector('#line-1 textarea').value === 'Appelle 112.'")
    tab.run("document.querySelector('#line-1 textarea').focus();")
    press(tab, "Enter", ctrl=True)
    wait_for(tab, "document.getElementById('name-dialog').open")
    tab.run(
        "const name = document.getElementById('name'); name.value = 'Amina';"
        "name.form.requestSubmit(name.form.querySelector('.main'));"
    )
    wait_for(tab, "document.getElementById('progress').textContent === '1 of 2 approved'")
    assert path.read_text("utf-8") == srt((200, 1040, "Tous tes droits."), (1120, 2000, "Appelle 112."))
    for text in ("Appelle  112.", "Apelle 112."):
        click(tab, "#undo")
        wait_for(tab, f"document.querySelector('#line-1 textarea').value === '{text}'")
    click(tab, "#undo")
    wait_for(tab, "document.querySelector('#line-0 textarea').value === 'Tes droits.'")
    wait_until_saved(tab)
    assert path.read_text("utf-8") == before
    assert tab.run("return window.complaints;") == []


def test_what_somebody_else_wrote_is_shown_and_not_lost(tab: Tab, studio: RunningStudio) -> None:
    path = studio.root / "subtitles" / "fr.srt"
    open_studio(tab, studio.link)
    tab.run(TYPE, place=1, text="Appelle 112.")
    theirs = srt(FRENCH[0], (1120, 2000, "Compose le 112."))
    path.write_text(theirs, "utf-8")
    tab.run("document.querySelector('#line-0 textarea').focus();")
    wait_for(tab, "document.querySelector('#line-1 .clash button')")
    told = tab.run("return document.querySelector('#line-1 .clash').textContent;")
    assert ["Compose le 112." in told, "Appelle 112." in told] == [True, True]
    assert path.read_text("utf-8") == theirs
    click(tab, "#line-1 .clash button")  # the first takes theirs
    wait_for(tab, "document.querySelector('#line-1 textarea').value === 'Compose le 112.'")
    assert path.read_text("utf-8") == theirs


def test_arabic_stands_from_right_to_left_in_its_field_and_over_the_film(tab: Tab, studio: RunningStudio) -> None:
    open_studio(tab, studio.link.replace("language=fr", "language=ar"))
    assert tab.run("return getComputedStyle(document.querySelector('#line-1 textarea')).direction;") == "rtl"
    assert tab.run("return getComputedStyle(document.querySelector('#line-1 .source')).direction;") == "ltr"
    tab.run(TYPE, place=1, text="اتصل بـ 112!")
    wait_for(tab, "document.querySelector('#drawn span')?.textContent === 'اتصل بـ 112!'")
    assert tab.run("return getComputedStyle(document.querySelector('#drawn span')).direction;") == "rtl"
    tab.run("document.querySelector('#line-0 textarea').focus();")
    wait_until_saved(tab)
    assert (studio.root / "subtitles" / "ar.srt").read_text("utf-8") == srt(ARABIC[0], (1120, 2000, "اتصل بـ 112!"))


def test_a_browser_that_gives_no_microphone_says_so_and_the_line_can_be_repaired(
    webkit: Tab, studio: RunningStudio
) -> None:
    open_studio(webkit, studio.link)
    click(webkit, "#line-1 .record")
    wait_for(webkit, "document.getElementById('recorder-note').textContent !== ''")
    click(webkit, "#close-recorder")
    webkit.run(TYPE, place=1, text="Appelle 112.")
    webkit.run("document.querySelector('#line-0 textarea').focus();")
    wait_until_saved(webkit)
    assert "Appelle 112." in (studio.root / "subtitles" / "fr.srt").read_text("utf-8")
