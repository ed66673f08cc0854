"""Is what a microphone hears kept as it is, as the take of its line, and is it that what the film says then?"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect

from support.browsing import CHROMIUM_WORDS, lacking
from support.dubs import read_sound
from support.films import make_film
from support.projects import babelreel, make_project
from support.sounds import convert, tone, write_wave
from support.studios import RunningStudio, running_studio
from support.tracks import srt

#: The line begins late enough for the film to run while somebody counts.
START_MS, END_MS = 3500, 5000
SPOKEN_S, HEIGHT, RATE = 1.2, 0.3, 48_000
#: The film itself sounds at 440 Hz.
PITCH_HZ = 1500
#: So long nobody speaks: longer than the countdown, and than a busy machine takes to see that the voice is over.
SILENT_S = 7.0
LENGTH_S = 6

Speak = Callable[..., Page]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[RunningStudio]:
    tracks = {"en.srt": srt((START_MS, END_MS, "Call 112.")), "fr.srt": srt((START_MS, END_MS, "Appelle le 112."))}
    film = make_film(tmp_path / "film.mp4", seconds=LENGTH_S)
    settings = (
        'slug = "film"\nreference = "en"\nlanguages = ["fr", "en"]\n[delivery]\nstreams = false\nleaflets = false\n'
        "pages = false\n[renditions.web-1080p]\nenabled = false\n[renditions.web-720p]\nenabled = false\n"
        '[renditions.phone-480p]\nenabled = false\n[renditions.phone-360p]\npreset = "veryfast"\n'
    )
    with running_studio(make_project(tmp_path / "film", tracks, film=film, settings=settings), "fr") as studio:
        yield studio


@pytest.fixture
def speak(driver: Playwright) -> Iterator[Speak]:
    """Give what opens a page whose microphone hears a file, again and again; without a file it has none."""
    program = shutil.which("chromium")
    if not program:
        lacking("chromium is not installed")
    with ExitStack() as stack:
        complaints: list[str] = []

        def open_(link: str, sound: Path | None, *words: str, width: int = 1366) -> Page:
            fake = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
            heard = [*fake, f"--use-file-for-fake-audio-capture={sound}"] if sound else []
            browser: Browser = driver.chromium.launch(executable_path=program, args=[*CHROMIUM_WORDS, *heard, *words])
            stack.callback(browser.close)
            page = browser.new_context(locale="en-GB", viewport={"width": width, "height": 740}).new_page()
            page.set_default_timeout(8_000)
            page.on("console", lambda told: complaints.append(told.text) if is_complaint(told) else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(link)
            return page

        yield open_
        assert complaints == [], "the policy of the page, too, is broken nowhere"


def is_complaint(told: ConsoleMessage) -> bool:
    # one header of ours means nothing where there is no https, and what the studio refuses has this status
    expected = ("Cross-Origin-Opener-Policy header has been ignored", "responded with a status of 422")
    return told.type in {"error", "warning"} and not any(each in told.text for each in expected)


def spoken(folder: Path, *, height: float = HEIGHT) -> Path:
    """Write what the microphone hears: silence, a voice that is a tone, silence."""
    before, behind = (np.zeros(round(seconds * RATE)) for seconds in (SILENT_S - 1, 1))
    return write_wave(
        folder / "heard.wav", np.concatenate([before, tone(SPOKEN_S, hz=PITCH_HZ, height=height), behind])
    )


def wait_for_level(page: Page, is_right: Callable[[float], bool]) -> None:
    """Wait until the page shows a level, in decibels; the policy lets nobody else wait in the page itself."""
    ends = time.monotonic() + 40
    while not is_right(page.evaluate("document.getElementById('level').value")):
        assert time.monotonic() < ends, "the level never came"
        page.wait_for_timeout(100)


def record_line(page: Page) -> None:
    """Record the line in the silence before somebody speaks, up to when she has spoken."""
    for _ in range(2):
        wait_for_level(page, lambda level: level > -30)
        wait_for_level(page, lambda level: level < -50)
        page.locator("#record").click()
    expect(page.get_by_role("button", name="Keep")).to_be_enabled()


def stretch(samples: np.ndarray) -> tuple[int, int]:
    """Give where a voice begins and ends."""
    loud = np.flatnonzero(np.abs(samples) > HEIGHT / 10)
    return int(loud[0]), int(loud[-1]) + 1


def level_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples**2)))


def test_what_the_microphone_hears_is_the_take_that_the_film_is_built_with(
    studio: RunningStudio, speak: Speak, tmp_path: Path
) -> None:
    page = speak(studio.link, spoken(tmp_path))
    page.get_by_role("button", name="Record line 1").click()
    expect(page.locator("#recorder-text")).to_have_text("Appelle le 112.")
    expect(page.locator("#recorder-source")).to_have_text("Call 112.")
    expect(page.locator("#take-state")).to_have_text("Not recorded yet.")
    record_line(page)
    expect(page.locator("#level-note")).to_have_text("")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#recorder-note")).to_have_text("Kept as video/stems/fr/01.wav.", timeout=20_000)
    expect(page.locator("#take-state")).to_have_text("Recorded: video/stems/fr/01.wav")
    path = studio.root / "video" / "stems" / "fr" / "01.wav"
    data = path.read_bytes()
    # 24 bit, 48 kHz, one channel: as it stands in the header of a WAV
    assert (data[:4], data[22:28], data[34:36]) == (b"RIFF", b"\x01\x00\x80\xbb\x00\x00", b"\x18\x00")
    samples = read_sound(Path(shutil.copy(path, tmp_path)), channels=1).reshape(-1)
    first, end = stretch(samples)
    assert abs((end - first) / RATE - SPOKEN_S) <= 0.010
    assert abs(level_db(samples[first:end]) - 20 * np.log10(HEIGHT / np.sqrt(2))) <= 0.5
    assert 'text = "Appelle le 112."' in (path.parent / "takes.toml").read_text("utf-8")
    built = babelreel(studio.root, "build", "fr")
    assert built.code == 0, built.err
    published = next((studio.root / "output").rglob("*fr*360p*.mp4"))
    mixed = read_sound(published, channels=1).reshape(-1)
    assert abs(first_of_voice(mixed) - START_MS / 1000) <= 0.020


def first_of_voice(samples: np.ndarray) -> float:
    """Give when a voice begins, in seconds: where there is half as much of it as there is at most."""
    wave = np.exp(-2j * np.pi * PITCH_HZ / RATE * np.arange(len(samples)))
    window = RATE // 100
    strength = np.abs(np.convolve(samples * wave, np.ones(window) / window, "same"))
    return float(np.flatnonzero(strength > strength.max() / 2)[0] / RATE)


def test_what_is_too_loud_is_told_and_refused_and_can_be_recorded_again(
    studio: RunningStudio, speak: Speak, axe: str, tmp_path: Path
) -> None:
    loud = write_wave(tmp_path / "loud.wav", np.clip(tone(1, hz=100, height=20), -1, 1))
    page = speak(studio.link, loud, width=360)
    page.get_by_role("button", name="Record line 1").click()
    page.locator("#record").click()
    expect(page.locator("#recorder-note")).to_have_text("Speak now.", timeout=15_000)
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#level-note")).to_contain_text("Too loud")
    page.get_by_role("button", name="Listen").click()
    expect(page.get_by_role("button", name="Keep")).to_be_disabled()
    page.locator("#listen").click()  # it is enough
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#recorder-note")).to_contain_text("too loud, and crackles", timeout=20_000)
    assert not (studio.root / "video" / "stems").exists()
    page.get_by_role("button", name="Record line 1").click()  # the voice stays until she says Again, or Close
    expect(page.get_by_role("button", name="Keep")).to_be_focused()
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(told => told.violations.map(each => [each.id, each.nodes.map(n => n.html)]))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="Again").click()
    expect(page.locator("#recorder-note")).to_contain_text("Get ready")
    page.keyboard.press("Escape")
    expect(page.locator("#recorder")).to_be_hidden()
    expect(page.get_by_role("button", name="Record line 1")).to_be_focused()


PEOPLE = f'["Mina"]\ntoken = "{"m" * 40}"\nlanguages = ["fr"]\nrole = "repair"\n'


def send_a_file_and_hear_it_in_the_film(page: Page, folder: Path, axe: str) -> None:
    """Send the sound file of a phone as the take of the line, and hear it as it will be in the film."""
    samples = np.concatenate([np.zeros(RATE), tone(0.8, hz=PITCH_HZ, height=HEIGHT), np.zeros(RATE // 4)])
    memo = convert(write_wave(folder / "memo.wav", samples), folder / "memo.m4a", "-c:a", "aac")
    expect(page.locator("#take-state")).to_have_text("Not recorded yet.")
    expect(page.get_by_role("button", name="In the film")).to_be_disabled()
    page.get_by_label("A sound file instead").set_input_files(memo)
    expect(page.locator("#recorder-note")).to_have_text("Kept as video/stems/fr/01.wav.", timeout=20_000)
    expect(page.locator("#record")).to_be_disabled()
    page.get_by_role("button", name="In the film").click()
    expect(page.locator("#recorder-note")).to_contain_text("As it will sound in the film", timeout=20_000)
    expect(page.locator("#in-film")).to_have_text("In the film", timeout=20_000)  # it was heard to its end
    page.evaluate(axe)
    assert page.evaluate("axe.run().then(told => told.violations.map(each => each.id))") == []
    assert not page.evaluate("document.getElementById('video').muted")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(
        "document.getElementById('recorder').scrollWidth <= document.getElementById('recorder').clientWidth"
    )


def test_a_page_that_gets_no_microphone_says_why_and_takes_a_sound_file(
    studio: RunningStudio, speak: Speak, axe: str, tmp_path: Path
) -> None:
    (studio.root / "people.toml").write_text(PEOPLE, "utf-8")
    (studio.root / "people.toml").chmod(0o600)
    with running_studio(studio.root, "fr", "--token-file", "people.toml") as team:
        link = f"http://studio.test:{team.port}/#language=fr&key={'m' * 40}"
        page = speak(link, None, "--host-resolver-rules=MAP studio.test 127.0.0.1")
        page.get_by_role("button", name="Record line 1").click()
        expect(page.locator("#recorder-note")).to_contain_text("with https")
        expect(page.locator("#record")).to_be_disabled()
        send_a_file_and_hear_it_in_the_film(page, tmp_path, axe)
        page.close()
    page = speak(studio.link, None, "--use-fake-ui-for-media-stream")
    page.get_by_role("button", name="Record line 1").click()
    expect(page.locator("#recorder-note")).to_have_text("There is no microphone.")


def test_a_microphone_of_which_nothing_is_heard_is_told_and_let_go(
    speak: Speak, studio: RunningStudio, tmp_path: Path
) -> None:
    page = speak(studio.link, spoken(tmp_path))
    # as Firefox does on a machine without a loudspeaker: it never says that it runs, and never runs
    page.evaluate(
        "() => { AudioContext.prototype.resume = () => new Promise(() => {});"
        "const give = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = async (wish) => { globalThis.given = await give(wish); return given; };"
        "}"
    )
    page.get_by_role("button", name="Record line 1").click()
    expect(page.locator("#recorder-note")).to_contain_text("The microphone gives no sound.", timeout=30_000)
    assert page.evaluate("given.getTracks().map((track) => track.readyState)") == ["ended"]
    expect(page.locator("#record")).to_be_enabled()
