"""Which recordings does a studio keep as takes, from whom, and what does it never do to those that are there?"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from babelreel.app.voices.keep_take import LONGEST_S, MOST_FILE_BYTES
from support.films import make_film
from support.projects import babelreel, make_project
from support.sounds import RATE, convert, tone, write_wave
from support.studios import Asked, RunningStudio, running_studio
from support.tracks import srt

ENGLISH = ((200, 900, "Your rights."), (1000, 1900, "Call 112."))
FRENCH = ((200, 900, "Tes droits."), (1000, 1900, "Appelle le 112."))


def project(root: Path) -> Path:
    tracks = {"en.srt": srt(*ENGLISH), "fr.srt": srt(*FRENCH)}
    return make_project(root, tracks, settings='reference = "en"\nlanguages = ["en", "fr"]\n')


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStudio]:
    """One studio for all: to start one takes longer than most of what is asked of it."""
    with running_studio(project(tmp_path_factory.mktemp("recording") / "film"), "fr") as studio:
        yield studio


@pytest.fixture
def studio(running: RunningStudio) -> RunningStudio:
    """Give a studio in which nothing was recorded yet."""
    folder = running.root / "video" / "stems"
    if (folder / "fr").is_symlink():
        (folder / "fr").unlink()
    for each in (folder, running.root / ".babelreel" / "versions"):
        shutil.rmtree(each, ignore_errors=True)
    return running


def voice(  # noqa: PLR0913 - what a sound is made of
    folder: Path, *, hz: float = 500, height: float = 0.3, rate: int = RATE, byte_count: int = 3, channels: int = 1
) -> bytes:
    """Give a WAV of half a second of voice between two silences, as the page sends it unless something else is said."""
    quiet = np.zeros(rate // 5)
    samples = np.concatenate([quiet, tone(0.5, hz=hz, height=height, rate=rate), quiet])
    rows = np.stack([samples] * channels, axis=1)
    return write_wave(folder / "voice.wav", np.clip(rows, -1, 1), rate=rate, byte_count=byte_count).read_bytes()


def silence(folder: Path) -> bytes:
    return write_wave(folder / "silence.wav", np.zeros(RATE), byte_count=3).read_bytes()


def send(studio: RunningStudio, place: int, data: bytes, *, digest: str = "", **options: str) -> Asked:
    """Send a recording of a line as the page does."""
    digest = digest or studio.line("fr", place)["digest"]
    headers = {"Content_Type": "audio/wav", **options}
    return studio.ask(f"languages/fr/take?place={place}&digest={digest}", data, **headers)


def stems(root: Path) -> dict[str, bytes]:
    folder = root / "video" / "stems"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_recording_is_the_take_of_its_line_with_the_text_that_was_read_aloud(
    studio: RunningStudio, tmp_path: Path
) -> None:
    data = voice(tmp_path)
    asked = send(studio, 1, data)
    assert (asked.status, asked.document["path"]) == (200, "video/stems/fr/02.wav")
    found = stems(studio.root)
    assert found["fr/02.wav"] == data
    assert 'text = "Appelle le 112."' in found["fr/takes.toml"].decode()
    assert sha256(data).hexdigest() in found["fr/takes.toml"].decode()
    told = babelreel(studio.root, "dub", "takes", "fr")
    assert (told.code, "02.wav" in told.out) == (0, True), told.err
    takes = studio.ask("languages/fr/takes").document["takes"]
    assert [each["path"] for each in takes] == ["", "video/stems/fr/02.wav"]


@pytest.mark.parametrize(
    "kind", ["nothing", "a head", "noise", "cut", "16 bit", "44.1 kHz", "stereo", "silent", "clipped", "a film", "text"]
)
def test_what_is_no_such_recording_is_refused_in_words_and_nothing_is_written(
    studio: RunningStudio, tmp_path: Path, kind: str
) -> None:
    sound = voice(tmp_path)
    data = {
        "nothing": b"",
        "a head": sound[:44],
        "noise": bytes(range(256)) * 400,
        "cut": sound[:-20_000],
        "16 bit": voice(tmp_path, byte_count=2),
        "44.1 kHz": voice(tmp_path, rate=44_100),
        "stereo": voice(tmp_path, channels=2),
        "silent": silence(tmp_path),
        "clipped": voice(tmp_path, height=4),
        "a film": (studio.root / "video" / "master.mp4").read_bytes(),
        "text": b"#EXTM3U\nfile:///etc/passwd\n" * 50,
    }[kind]
    asked = send(studio, 1, data)
    assert (asked.status, bool(asked.document["what"])) == (422, True)
    assert str(studio.root) not in asked.body.decode()
    assert stems(studio.root) == {}
    assert [each for each in (studio.root / ".babelreel" / "recorded").rglob("*") if each.is_file()] == []


def test_no_more_is_read_than_the_longest_line_takes(studio: RunningStudio) -> None:
    asked = send(studio, 1, bytes(LONGEST_S * RATE * 3 + 8192))
    assert (asked.status, str(LONGEST_S) in asked.document["what"]) == (413, True)
    assert stems(studio.root) == {}


@pytest.mark.parametrize("form", ["application/json", "text/plain", "multipart/form-data", "audio/webm", "audio/mp4"])
def test_another_form_is_not_read(studio: RunningStudio, tmp_path: Path, form: str) -> None:
    assert send(studio, 1, voice(tmp_path), Content_Type=form).status == 415


@pytest.mark.parametrize("query", ["", "place=1", "place=-1&digest=a", "place=1e3&digest=a", "place=²&digest=a"])
def test_a_line_that_is_none_is_told(studio: RunningStudio, tmp_path: Path, query: str) -> None:
    path = f"languages/fr/take?{query}".encode().decode("latin-1").replace("Â²", "%C2%B2")
    assert studio.ask(path, voice(tmp_path), Content_Type="audio/wav").status == 422
    assert stems(studio.root) == {}


def test_a_line_that_somebody_changed_meanwhile_gets_no_take_of_its_old_words(
    studio: RunningStudio, tmp_path: Path
) -> None:
    asked = send(studio, 1, voice(tmp_path), digest="0123456789abcdef")
    assert (asked.status, "changed this line" in asked.document["what"]) == (422, True)
    assert stems(studio.root) == {}


def test_a_recording_that_is_cut_off_on_its_way_leaves_nothing_and_the_studio_goes_on(
    studio: RunningStudio, tmp_path: Path
) -> None:
    data = voice(tmp_path)
    for sent in (data[:44], data[:-1]):
        with upload(studio, key=studio.key, size=len(data)) as line:
            line.sendall(sent)
    assert studio.ask("session").status == 200
    assert stems(studio.root) == {}


def test_of_a_stranger_nothing_is_read(studio: RunningStudio) -> None:
    with upload(studio, key="x" * 43, size=10_000_000) as line:  # and no byte of it comes
        assert line.recv(1000).startswith(b"HTTP/1.1 401")


def upload(studio: RunningStudio, *, key: str, size: int) -> socket.socket:
    """Begin to send a recording; its bytes are still to come."""
    digest = studio.line("fr", 1)["digest"]
    line = socket.create_connection(("127.0.0.1", studio.port), 20)
    line.sendall(
        f"POST /api/languages/fr/take?place=1&digest={digest} HTTP/1.1\r\nHost: 127.0.0.1:{studio.port}\r\n"
        f"Origin: {studio.origin}\r\nAuthorization: Bearer {key}\r\nContent-Type: audio/wav\r\n"
        f"Content-Length: {size}\r\n\r\n".encode()
    )
    return line


def test_two_recordings_of_a_line_at_once_leave_one_of_them_whole(studio: RunningStudio, tmp_path: Path) -> None:
    sounds = [voice(tmp_path, hz=hz) for hz in (400, 700)]
    digest = studio.line("fr", 0)["digest"]
    with ThreadPoolExecutor(2) as pool:
        asked = list(pool.map(lambda data: send(studio, 0, data, digest=digest), sounds))
    assert [each.status for each in asked] == [200, 200]
    found = stems(studio.root)
    assert set(found) == {"fr/01.wav", "fr/takes.toml"}
    assert found["fr/01.wav"] in sounds
    assert sha256(found["fr/01.wav"]).hexdigest() in found["fr/takes.toml"].decode()


def test_the_take_before_comes_back_with_undo_whatever_it_was_called(studio: RunningStudio, tmp_path: Path) -> None:
    folder = studio.root / "video" / "stems" / "fr"
    folder.mkdir(parents=True)
    # it would be heard before 02.wav
    write_wave(folder / "02-Marie.wav", np.concatenate([tone(0.4, height=0.2), np.zeros(100)]))
    assert babelreel(studio.root, "dub", "remember", "fr").code == 0
    before = stems(studio.root)
    asked = send(studio, 1, voice(tmp_path)).document
    assert (asked["path"], asked["replaced"]) == ("video/stems/fr/02.wav", ["video/stems/fr/02-Marie.wav"])
    assert set(stems(studio.root)) == {"fr/02.wav", "fr/takes.toml"}
    assert send(studio, 1, voice(tmp_path, hz=700)).status == 200
    for _ in range(2):
        assert babelreel(studio.root, "undo").code == 0
    assert stems(studio.root) == before


def test_what_other_takes_were_recorded_for_is_not_said_by_the_way(studio: RunningStudio, tmp_path: Path) -> None:
    folder = studio.root / "video" / "stems" / "fr"
    folder.mkdir(parents=True)
    write_wave(folder / "01.wav", np.concatenate([tone(0.4, height=0.2), np.zeros(100)]))
    assert send(studio, 1, voice(tmp_path)).status == 200
    kept = stems(studio.root)["fr/takes.toml"].decode()
    assert ("02.wav" in kept, "01.wav" in kept) == (True, False)


def test_a_take_never_silences_one_recording_of_the_whole_film(studio: RunningStudio, tmp_path: Path) -> None:
    folder = studio.root / "video" / "stems"
    folder.mkdir()
    write_wave(folder / "fr.wav", tone(1.5, height=0.2))
    before = stems(studio.root)
    asked = send(studio, 1, voice(tmp_path))
    assert (asked.status, "whole film" in asked.document["what"]) == (422, True)
    assert stems(studio.root) == before


def test_texts_that_cannot_be_read_are_not_written_over(studio: RunningStudio, tmp_path: Path) -> None:
    folder = studio.root / "video" / "stems" / "fr"
    folder.mkdir(parents=True)
    write_wave(folder / "01.wav", tone(0.4, height=0.2))
    (folder / "takes.toml").write_text("<<<<<<< HEAD\n", "utf-8")
    before = stems(studio.root)
    assert send(studio, 1, voice(tmp_path)).status == 422
    assert stems(studio.root) == before


def test_nothing_is_written_through_a_link_that_leads_out(studio: RunningStudio, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (studio.root / "video" / "stems").mkdir()
    (studio.root / "video" / "stems" / "fr").symlink_to(outside, target_is_directory=True)
    assert send(studio, 1, voice(tmp_path)).status == 422
    assert list(outside.iterdir()) == []


PEOPLE = f"""\
["Rahim"]
token = "{"r" * 40}"
languages = ["fr"]
role = "read"
["Mina"]
token = "{"m" * 40}"
languages = ["en"]
role = "repair"
"""


def test_who_may_not_change_a_language_may_not_record_it(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    (root / "people.toml").write_text(PEOPLE, "utf-8")
    (root / "people.toml").chmod(0o600)
    with running_studio(root, "--token-file", "people.toml") as studio:
        statuses = {key: send(studio, 0, voice(tmp_path), digest="a", key=key * 40).status for key in ("r", "m", "x")}
    assert statuses == {"r": 403, "m": 404, "x": 401}
    assert stems(root) == {}


FORMS = {
    "memo.m4a": ("-ac", "2", "-ar", "44100", "-c:a", "aac"),
    "message.ogg": ("-c:a", "libopus", "-b:a", "32k", "-f", "ogg"),
    "song.mp3": ("-c:a", "libmp3lame", "-ar", "44100"),
    "phone.wav": ("-ar", "16000", "-c:a", "pcm_s16le"),
    "editor.flac": ("-ac", "2", "-c:a", "flac"),
    "apple.caf": ("-c:a", "alac"),
    "phone.amr": ("-ar", "8000", "-c:a", "libopencore_amrnb"),
    "clip.3gp": ("-ar", "22050", "-c:a", "aac"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_sound_file_of_a_phone_is_the_take_of_its_line_as_the_studio_records_it(
    studio: RunningStudio, tmp_path: Path, name: str
) -> None:
    # who presses a button on a phone speaks a second later
    samples = np.concatenate([np.zeros(RATE), tone(0.5, hz=500, height=0.3), np.zeros(RATE // 5)])
    sound = convert(write_wave(tmp_path / "voice.wav", samples), tmp_path / name, *FORMS[name])
    asked = send(studio, 1, sound.read_bytes(), Content_Type="application/octet-stream")
    assert (asked.status, asked.document.get("path")) == (200, "video/stems/fr/02.wav"), asked.document
    kept = stems(studio.root)
    assert 'text = "Appelle le 112."' in kept["fr/takes.toml"].decode()
    head = kept["fr/02.wav"]
    # one channel, 48 kHz, 24 bit, as it stands in the header of a WAV
    assert (head[22:28], head[34:36]) == (b"\x01\x00\x80\xbb\x00\x00", b"\x18\x00")
    found = babelreel(studio.root, "dub", "takes", "fr", "--json")
    line = found.document["languages"][0]["lines"][1]
    assert line["path"] == "video/stems/fr/02.wav"
    assert abs(line["recorded_ms"] - 500) <= 60, "what stands before the voice and behind it is not heard"


@pytest.mark.parametrize(
    "kind", ["nothing", "text", "a list", "cut", "silent", "clipped", "long", "a film without sound"]
)
def test_a_file_that_is_no_voice_is_refused_in_words_and_nothing_is_written(
    studio: RunningStudio, tmp_path: Path, kind: str
) -> None:
    sound = convert(Path(write_wave(tmp_path / "a.wav", tone(0.5))), tmp_path / "a.m4a", "-c:a", "aac").read_bytes()
    data = {
        "nothing": b"",
        "text": b"Tes droits." * 500,
        "a list": b"ffconcat version 1.0\nfile /etc/passwd\n" * 50,
        "cut": sound[: len(sound) // 2],
        "silent": silence(tmp_path),
        "clipped": voice(tmp_path, height=4),
        "long": convert(
            write_wave(tmp_path / "b.wav", tone(LONGEST_S + 1, height=0.1, rate=8000), rate=8000), tmp_path / "b.mp3"
        ).read_bytes(),
        "a film without sound": make_film(tmp_path / "c.mp4", audio=None).read_bytes(),
    }[kind]
    asked = send(studio, 1, data, Content_Type="application/octet-stream")
    assert (asked.status, bool(asked.document["what"])) == (422, True)
    assert str(studio.root) not in asked.body.decode()
    assert "/tmp" not in asked.body.decode()  # noqa: S108 - nor where it was looked at
    assert stems(studio.root) == {}
    assert [each for each in (studio.root / ".babelreel" / "recorded").rglob("*") if each.is_file()] == []


def test_no_more_of_a_file_is_read_than_two_channels_of_the_longest_line_take(studio: RunningStudio) -> None:
    asked = send(studio, 1, bytes(MOST_FILE_BYTES + 1), Content_Type="application/octet-stream")
    assert (asked.status, "35 MB" in asked.document["why"]) == (413, True)


def test_a_line_is_heard_as_in_the_film_at_once(studio: RunningStudio, tmp_path: Path) -> None:
    line = studio.line("fr", 1)
    body = {name: line[name] for name in ("version", "place", "digest")}
    asked = studio.ask("languages/fr/mix", body)
    assert (asked.status, asked.document["what"]) == (422, "No take of this line is heard.")
    assert send(studio, 1, voice(tmp_path)).status == 200
    asked = studio.ask("languages/fr/mix", body)
    assert (asked.status, asked.headers["content-type"], asked.body[:4]) == (200, "audio/flac", b"fLaC")
    assert asked.headers["x-start-ms"] == "0", "the line begins after a second, and a second before it is heard"
    assert studio.ask("languages/fr/mix", body | {"digest": "?"}).status == 422
