"""What do sound files that lie, bombs and strange addresses do to a studio? Nothing: it says no, and goes on."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from support.projects import make_project
from support.sounds import RATE, tone
from support.studios import Asked, RunningStudio, running_studio
from support.tracks import srt

FRENCH = ((200, 900, "Tes droits."), (1000, 1900, "Appelle le 112."))
#: What a studio may take beside what it has at its start: a few recordings, and what listening to one takes.
MOST_MORE_KB = 400_000
PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
#: Behind the code of the format, this makes its GUID (Microsoft, WAVEFORMATEXTENSIBLE).
GUID_TAIL = bytes.fromhex("000000001000800000aa00389b71")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStudio]:
    root = make_project(tmp_path_factory.mktemp("hostile") / "film", {"fr.srt": srt(*FRENCH)})
    with running_studio(root, "fr") as studio:
        yield studio


def chunk(name: bytes, body: bytes, size: int | None = None) -> bytes:
    return name + struct.pack("<I", len(body) if size is None else size) + body + b"\0" * (len(body) % 2)


def head(code: int = PCM, *, channels: int = 1, rate: int = RATE, bits: int = 24, more: bytes = b"") -> bytes:
    frame = channels * (bits // 8) & 0xFFFF
    form = struct.pack("<HHIIHH", code, channels, rate, rate * frame & 0xFFFFFFFF, frame, bits)
    return chunk(b"fmt ", form + more)


def riff(*chunks: bytes, name: bytes = b"RIFF", size: int | None = None) -> bytes:
    return chunk(name, b"WAVE" + b"".join(chunks), size)


def samples(seconds: float = 0.5) -> bytes:
    numbers = np.round(tone(seconds, hz=500, height=0.3) * (1 << 23)).astype("<i4")
    return numbers.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


def extensible(guid: bytes, *, valid_bits: int = 24) -> bytes:
    return head(EXTENSIBLE, more=struct.pack("<HHI", 22, valid_bits, 4) + guid)


SOUND = samples()
NOT_NUMBERS = struct.pack("<f", float("nan")) * 24_000
LIARS = {
    "samples for four gigabytes": riff(head(), chunk(b"data", SOUND, 0xFFFFFFF0)),
    "all of it for four gigabytes": riff(head(), chunk(b"data", SOUND), size=0xFFFFFFFF),
    "no samples, it says": riff(head(), chunk(b"data", SOUND, 0)),
    "half of the samples, it says": riff(head(), chunk(b"data", SOUND, len(SOUND) // 2)),
    "no channel": riff(head(channels=0), chunk(b"data", SOUND)),
    "65535 channels": riff(head(channels=65_535), chunk(b"data", SOUND)),
    "no rate": riff(head(rate=0), chunk(b"data", SOUND)),
    "a rate of four billion": riff(head(rate=0xFFFFFFFF), chunk(b"data", SOUND)),
    "one sample a second": riff(head(rate=1), chunk(b"data", SOUND)),
    "no bits": riff(head(bits=0), chunk(b"data", SOUND)),
    "255 bits": riff(head(bits=255), chunk(b"data", SOUND)),
    "another codec": riff(head(0x55), chunk(b"data", SOUND)),
    "a GUID of nobody": riff(extensible(b"\xde\xad\xbe\xef" * 4), chunk(b"data", SOUND)),
    "a GUID cut short": riff(head(EXTENSIBLE, more=struct.pack("<H", 22)), chunk(b"data", SOUND)),
    "no number in floats": riff(head(FLOAT, bits=32), chunk(b"data", NOT_NUMBERS)),
    "a format behind the samples": riff(chunk(b"data", SOUND), head()),
    "two formats": riff(head(), head(rate=8000), chunk(b"data", SOUND)),
    "no format": riff(chunk(b"data", SOUND)),
    "lists in lists": riff(head(), *[chunk(b"LIST", b"INFO" + chunk(b"LIST", b"INFO", 0xFFFFFF))] * 5000),
    "a list of four gigabytes": riff(head(), chunk(b"LIST", b"INFO", 0xFFFFFFFE), chunk(b"data", SOUND)),
    "RF64 without its sizes": riff(head(), chunk(b"data", SOUND, 0xFFFFFFFF), name=b"RF64", size=0xFFFFFFFF),
    "RF64 of exabytes": riff(
        chunk(b"ds64", struct.pack("<QQQI", 1 << 62, 1 << 62, 1 << 62, 0xFFFFFFFF)),
        head(),
        chunk(b"data", SOUND, 0xFFFFFFFF),
        name=b"RF64",
        size=0xFFFFFFFF,
    ),
    "a head and no more": riff(head())[:30],
    "zeros": bytes(200_000),
    "a gzip": b"\x1f\x8b\x08" + bytes(5000),
    "a playlist of files": b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "a page": b"<html><script>alert(1)</script>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
}


def kept(studio: RunningStudio) -> list[str]:
    folder = studio.root / "video" / "stems"
    found = [path for path in folder.rglob("*") if path.is_file()]
    hidden = (studio.root / ".babelreel" / "recorded").rglob("*")
    return sorted(path.name for path in (*found, *(each for each in hidden if each.is_file())))


def memory_kb(studio: RunningStudio) -> int:
    """Give how much memory a studio took at most up to now."""
    status = Path(f"/proc/{studio.process.pid}/status")
    if not status.exists():
        return 0
    return next(int(line.split()[1]) for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))


def test_a_sound_that_lies_is_refused_or_taken_for_what_it_is_and_never_a_bug(studio: RunningStudio) -> None:
    digest, before = studio.line("fr", 1)["digest"], memory_kb(studio)
    for form in ("audio/wav", "application/octet-stream"):
        for name, data in LIARS.items():
            asked = studio.ask(f"languages/fr/take?place=1&digest={digest}", data, Content_Type=form)
            told = f"{name} as {form}: {asked.status} {asked.body!r}"
            assert asked.status in {200, 422}, told
            assert str(studio.root) not in asked.body.decode(), told
            assert "/tmp" not in asked.body.decode(), told  # noqa: S108 - where it was looked at is nobody's business
            if asked.status == 422:
                assert asked.document["what"] == "This recording was not kept.", told
                assert kept(studio) == [], told
                continue
            # what is taken is a recording as any other: it was listened to as long as its bytes are
            assert kept(studio) == ["02.wav", "takes.toml"], told
            for path in (studio.root / "video" / "stems" / "fr").iterdir():
                path.unlink()
    assert memory_kb(studio) - before < MOST_MORE_KB
    assert studio.ask("session").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "languages/..%2F..%2Fen/take?place=1&digest=a",
        "languages/fr%2F..%2F..%2Fvideo/take?place=1&digest=a",
        "languages/fr%00/take?place=1&digest=a",
        "languages/FR.SRT/take?place=1&digest=a",
        "languages/fr/take?place=..%2F1&digest=a",
        "languages/fr/take?place=1&digest=..%2F..%2Fetc",
        "languages/fr/take?place=1&digest=" + "a" * 5000,
        "languages/fr/take?place=99999999&digest=a",
    ],
)
def test_no_address_leads_a_recording_elsewhere(studio: RunningStudio, path: str) -> None:
    asked = studio.ask(path, riff(head(), chunk(b"data", SOUND)), Content_Type="audio/wav")
    assert asked.status in {404, 415, 422}
    assert kept(studio) == []


def speak(studio: RunningStudio, *lines: str) -> socket.socket:
    """Begin to send a recording in our own words."""
    digest = studio.line("fr", 1)["digest"]
    line = socket.create_connection(("127.0.0.1", studio.port), 20)
    words = (
        f"POST /api/languages/fr/take?place=1&digest={digest} HTTP/1.1",
        f"Host: 127.0.0.1:{studio.port}",
        f"Origin: {studio.origin}",
        f"Authorization: Bearer {studio.key}",
        "Content-Type: application/octet-stream",
        *lines,
    )
    line.sendall("\r\n".join((*words, "", "")).encode())
    return line


def test_a_body_without_an_end_is_read_no_further_than_a_recording_goes(studio: RunningStudio) -> None:
    before, block = memory_kb(studio), b"100000\r\n" + bytes(1 << 20) + b"\r\n"
    told = b""
    with speak(studio, "Transfer-Encoding: chunked") as line:
        try:
            for _ in range(200):  # 200 MB
                line.sendall(block)
        except OSError:  # the door was shut
            pass
        else:
            pytest.fail("a body without an end is read")
        try:
            told = line.recv(100)
        except OSError:  # so fast that nobody heard why
            told = b""
    assert told[:12] in {b"", b"HTTP/1.1 413"}
    assert memory_kb(studio) - before < MOST_MORE_KB
    assert studio.ask("session").status == 200


@pytest.mark.parametrize("length", ["-1", "abc", "99999999999999999999", "10, 20"])
def test_a_length_that_is_none_takes_nothing_with_it(studio: RunningStudio, length: str) -> None:
    with speak(studio, f"Content-Length: {length}") as line:
        line.shutdown(socket.SHUT_WR)
        told = line.recv(1000)
    assert told[9:12] in {b"", b"400", b"413", b"422"}
    assert studio.ask("session").status == 200
    assert kept(studio) == []


def test_no_more_than_four_recordings_are_on_their_way_at_once(studio: RunningStudio) -> None:
    slow = [speak(studio, "Content-Length: 1000") for _ in range(4)]
    try:
        asked = wait_for(studio, is_told=True)
        assert (asked.status, asked.headers["retry-after"]) == (429, "1")
    finally:
        for each in slow:
            each.close()
        wait_for(studio, is_told=False)


def wait_for(studio: RunningStudio, *, is_told: bool) -> Asked:
    """Send recordings until one is refused for those on their way, or no more: both come a moment later."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        asked = studio.ask("languages/fr/take?place=1&digest=a", SOUND, Content_Type="audio/wav")
        if (asked.document["what"] == "Other recordings are on their way.") is is_told:
            return asked
        time.sleep(0.1)
    raise AssertionError("it never came")
