from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from babelreel.media.containers.mp3_end import mp3_end
from support.sounds import convert, heard, tone, write_wave

ID3V1 = b"TAG" + b"Memo".ljust(125, b"\0")


def ape(text: bytes) -> bytes:
    """Give an APEv2 tag with a head and a foot, which holds one comment."""
    item = len(text).to_bytes(4, "little") + bytes(4) + b"Comment\0" + text
    size = (2000).to_bytes(4, "little") + (len(item) + 32).to_bytes(4, "little") + (1).to_bytes(4, "little")
    ends = [b"APETAGEX" + size + flags.to_bytes(4, "little") + bytes(8) for flags in (0xA000_0000, 0x8000_0000)]
    return ends[0] + item + ends[1]


NOTES = {
    "id3v1": ID3V1,
    "ape": ape(b"x" * 3000),
    "lyrics": b"LYRICSBEGININD0000200000210LYRICS200" + ID3V1,
    "id3v2": b"ID3\x03\0\0\0\0\x00\x0fTIT2\0\0\0\x05\0\0\0Memo",
    "words": b"Recorded with a phone\r\n" * 30,
    "zeros": bytes(5000),
    "ones": b"\xff" * 2000,
}


@cache
def mp3(*words: str) -> bytes:
    folder = Path(mkdtemp(prefix="babelreel-mp3-"))
    return convert(write_wave(folder / "a.wav", tone(1)), folder / "a.mp3", *words).read_bytes()


#: One that says how many frames it has, with tags in front; and bare frames, at half the rate.
KINDS = {"counted": (), "bare": ("-write_xing", "0", "-id3v2_version", "0", "-ar", "22050", "-b:a", "56k")}


@pytest.mark.parametrize("notes", NOTES.values(), ids=NOTES)
@pytest.mark.parametrize("words", KINDS.values(), ids=KINDS)
def test_notes_behind_the_last_frame_are_found(tmp_path: Path, words: tuple[str, ...], notes: bytes) -> None:
    whole = mp3(*words)
    (tmp_path / "a.mp3").write_bytes(whole + notes)
    assert mp3_end(tmp_path / "a.mp3") == len(whole)


@pytest.mark.parametrize("kind", ["ape", "lyrics", "id3v2", "words", "zeros", "ones"])
def test_a_recording_with_notes_is_heard_as_without(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.mp3").write_bytes(mp3() + NOTES[kind])
    found = heard(tmp_path / "a.mp3")
    assert (found.fault, found.samples) == ("", 48_000)


def test_a_whole_file_without_notes_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(mp3())
    assert mp3_end(tmp_path / "a.mp3") is None


def test_a_last_frame_that_breaks_off_is_no_note(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(mp3(*KINDS["bare"])[:-20])
    assert mp3_end(tmp_path / "a.mp3") is None


def test_frames_behind_a_damaged_place_are_not_cut_off(tmp_path: Path) -> None:
    whole = mp3(*KINDS["bare"])
    (tmp_path / "a.mp3").write_bytes(whole + b"damage" * 20 + whole)
    assert mp3_end(tmp_path / "a.mp3") is None
    assert heard(tmp_path / "a.mp3").fault.startswith("it is damaged")


@pytest.mark.parametrize("content", [b"", b"ID3", b"fLaC" * 50, b"\xff\xf1" * 500, b"RIFF" + bytes(500)])
def test_another_file_has_no_end(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mp3").write_bytes(content)
    assert mp3_end(tmp_path / "a.mp3") is None
