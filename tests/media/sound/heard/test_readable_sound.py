from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.media.containers.wav_header import wave_fault
from babelreel.media.programs.locate import Ffmpeg
from babelreel.media.programs.run import run_ffmpeg
from babelreel.media.sound.heard.readable_sound import readable_sound
from babelreel.media.sound.mix.adding_up import read_patch
from babelreel.media.sound.mix.voice import VoicePart, cut_voice
from support.sounds import convert, heard, tone, write_wave

SECOND = 48_000


def unclosed(folder: Path, length: int, *, rest: bytes = b"") -> Path:
    """Write a second of sound whose head does not tell its length, as a program does that writes into a pipe."""
    content = bytearray(write_wave(folder / "whole.wav", tone(1)).read_bytes())
    content[4:8] = content[40:44] = length.to_bytes(4, "little")
    (folder / "a.wav").write_bytes(bytes(content) + rest)
    return folder / "a.wav"


@pytest.mark.parametrize("length", [0, 0x7FFF_F000, 0x8000_0000, 0xFFFF_FFFF])
def test_wav_of_unknown_length_is_heard_to_its_last_sample(tmp_path: Path, length: int) -> None:
    found = heard(unclosed(tmp_path, length))
    assert (found.fault, found.samples, found.end) == ("", SECOND, SECOND)


def test_half_a_sample_at_the_end_is_left_out(tmp_path: Path) -> None:
    found = heard(unclosed(tmp_path, 0xFFFF_FFFF, rest=b"\x01"))
    assert (found.fault, found.samples) == ("", SECOND)


def test_notes_where_there_is_no_sound_are_not_heard_as_one(tmp_path: Path) -> None:
    path = unclosed(tmp_path, 0)
    path.write_bytes(path.read_bytes()[:44] + b"LIST" + (8).to_bytes(4, "little") + b"INFOabcd")
    assert heard(path).fault == "it is so short that nothing can be heard in it"


def test_the_copy_tells_its_length_and_the_file_stays_as_it_is(tmp_path: Path) -> None:
    path = unclosed(tmp_path, 0xFFFF_FFFF)
    before = path.read_bytes()
    (tmp_path / "work").mkdir()
    copy = readable_sound(path, tmp_path / "work")
    assert copy.parent == tmp_path / "work"
    assert copy.read_bytes() == (tmp_path / "whole.wav").read_bytes()
    assert wave_fault(copy) == ""
    assert path.read_bytes() == before


def test_what_is_in_order_is_not_copied(tmp_path: Path) -> None:
    whole = write_wave(tmp_path / "a.wav", tone(1))
    for path in (whole, *(convert(whole, tmp_path / f"a.{ending}") for ending in ("flac", "mp3", "m4a"))):
        assert readable_sound(path, tmp_path) == path


def test_flac_with_a_note_of_the_oldest_kind_is_heard(tmp_path: Path) -> None:
    path = convert(write_wave(tmp_path / "a.wav", tone(1)), tmp_path / "a.flac")
    path.write_bytes(path.read_bytes() + b"TAG" + bytes(125))
    found = heard(path)
    assert (found.fault, found.samples) == ("", SECOND)


def test_a_voice_of_unknown_length_is_mixed_to_its_last_sample(tmp_path: Path, ffmpeg: Ffmpeg) -> None:
    def run(argv: tuple[str, ...], *summed: str) -> None:
        run_ffmpeg(
            ffmpeg.path,
            argv,
            cwd=tmp_path,
            duration_ms=1000,
            report=lambda _: None,
            is_cancelled=lambda: False,
            summed=summed,
        )

    unclosed(tmp_path, 0xFFFF_FFFF)
    part = VoicePart(name="a.wav", path="video/stems/fr.wav", samples=SECOND, start=0, first=0, end=SECOND)
    patch = cut_voice(part, tmp_path, run, target="voice/0")
    voice = read_patch(patch, 0, SECOND)
    assert len(voice) == SECOND
    assert abs(voice[SECOND // 2]) > 0.4


def test_a_sound_of_one_sample_is_told_to_be_too_short(tmp_path: Path) -> None:
    assert (
        heard(write_wave(tmp_path / "a.wav", tone(1 / SECOND))).fault
        == "it is so short that nothing can be heard in it"
    )


def test_a_text_named_like_a_sound_is_told_to_be_none(tmp_path: Path) -> None:
    for name in ("a.flac", "a.mp3", "a.wav", "a.m4a"):
        (tmp_path / name).write_text("This is a text, and no sound.\n" * 20)
        assert heard(tmp_path / name).fault == "it is no sound that can be read, or it is damaged"
