from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from babelreel.errors import MachineError, StoppedError
from babelreel.media.sound.heard.listening import listen
from babelreel.model.sound.mono import MonoMix
from support.films import ffmpeg_of_tests, make_film, make_spoken
from support.loudness_meter import loudness_lufs
from support.sounds import RATE, convert, heard, hum, noise, silence, tone, voice, write_floats, write_wave

#: How exact the edges of a voice are where the room is as loud as its first sounds: 20 ms, in samples.
ABOUT = RATE // 50
#: The user who owns nothing.
NOBODY = 65_534


def test_a_tone_in_silence_is_found_to_the_sample(tmp_path: Path) -> None:
    info = heard(write_wave(tmp_path / "a.wav", np.concatenate((silence(0.5), tone(0.3), silence(0.7)))))
    assert (info.first, info.end, info.samples) == (24_000, 38_400, 72_000)
    assert (info.fault, info.speech, info.is_silent, info.duration_ms) == ("", (), False, 1500)


def test_what_is_known_of_a_recording(tmp_path: Path) -> None:
    info = heard(write_wave(tmp_path / "a.wav", tone(1)), "video/stems/fr/07.wav")
    assert (info.path, info.digest, info.bytes) == ("video/stems/fr/07.wav", "ab" * 32, 96_044)
    assert (info.codec, info.sample_rate_hz, info.channels, info.bit_depth) == ("pcm_s16le", 48_000, 1, 16)
    assert info.peak_dbfs == Decimal("-6.02")
    assert not info.clipped


def test_mono_is_as_loud_as_the_same_from_two_loudspeakers(tmp_path: Path) -> None:
    # EBU Tech 3341: a stereo 1 kHz sine of -23 dBFS (its crest) is -23 LUFS
    level = tone(3, height=10 ** (-23 / 20))
    mono = heard(write_wave(tmp_path / "mono.wav", level))
    stereo = heard(write_wave(tmp_path / "stereo.wav", np.stack((level, level), axis=1)))
    assert mono.loudness_lufs == stereo.loudness_lufs
    assert mono.loudness_lufs is not None
    assert abs(mono.loudness_lufs - Decimal(-23)) <= Decimal("0.1")


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("8k.wav", ("-ar", "8000"), ("pcm_s16le", 8_000, 1, 16)),
        ("96k.wav", ("-ar", "96000", "-c:a", "pcm_s24le"), ("pcm_s24le", 96_000, 1, 24)),
        ("24.flac", ("-sample_fmt", "s32"), ("flac", 48_000, 1, 24)),
        ("16.flac", ("-sample_fmt", "s16"), ("flac", 48_000, 1, 16)),
        ("six.wav", ("-af", "pan=5.1|FC=c0"), ("pcm_s16le", 48_000, 6, 16)),
        ("8bit.wav", ("-c:a", "pcm_u8"), ("pcm_u8", 48_000, 1, 8)),
        ("float.wav", ("-c:a", "pcm_f32le"), ("pcm_f32le", 48_000, 1, 32)),
        ("apple.m4a", ("-c:a", "alac"), ("alac", 48_000, 1, 16)),
        ("small.m4a", ("-c:a", "aac"), ("aac", 48_000, 1, 0)),
        ("small.mp3", ("-b:a", "64k"), ("mp3", 48_000, 1, 0)),
        ("cd.flac", ("-ar", "44100", "-ac", "2"), ("flac", 44_100, 2, 16)),
    ],
)
def test_every_usual_form_is_heard_at_the_same_place(
    tmp_path: Path, name: str, words: tuple[str, ...], expected: tuple[str, int, int, int]
) -> None:
    source = write_wave(tmp_path / "source.wav", np.concatenate((silence(0.4), tone(1), silence(0.4))))
    info = heard(convert(source, tmp_path / name, *words))
    assert info.fault == ""
    assert (info.codec, info.sample_rate_hz, info.channels, info.bit_depth) == expected
    # codecs with losses ring before and after a tone that begins at once, a telephone's rate cannot follow it
    slack = 1200 if expected[3] == 0 else 200
    assert abs(info.first - 19_200) <= slack
    assert abs(info.end - 67_200) <= slack
    assert info.peak_dbfs is not None
    assert Decimal(-10) < info.peak_dbfs < Decimal("-4.5")  # -6, what filters add at the cut, less where it is shared


# --- voices ---


def test_a_voice_is_trimmed_to_its_first_and_last_sample(tmp_path: Path) -> None:
    spoken = voice()
    info = heard(write_wave(tmp_path / "a.wav", np.concatenate((silence(0.8), spoken, silence(1)))))
    assert abs(info.first - 38_400) <= RATE // 1000
    assert abs(info.end - 38_400 - len(spoken)) <= RATE // 1000
    assert info.speech
    assert abs(info.speech[0].start_ms - 800) <= 100
    assert abs(info.speech[-1].end_ms - 800 - len(spoken) // 48) <= 150


@pytest.mark.parametrize("dbfs", [-60, -50, -45, -40])
def test_the_hum_of_the_room_is_trimmed_away(tmp_path: Path, dbfs: float) -> None:
    spoken = voice()
    take = np.concatenate((silence(1), spoken, silence(1.5)))
    info = heard(write_wave(tmp_path / "a.wav", take + hum(len(take), dbfs=dbfs)))
    assert abs(info.first - RATE) <= ABOUT * (1 if dbfs < -45 else 3)
    assert abs(info.end - RATE - len(spoken)) <= ABOUT * (1 if dbfs < -45 else 3)


def test_hiss_is_trimmed_away(tmp_path: Path) -> None:
    spoken = voice()
    take = np.concatenate((silence(1), spoken, silence(1.5)))
    info = heard(write_wave(tmp_path / "a.wav", take + noise(len(take), dbfs=-50)))
    assert abs(info.first - RATE) <= 2 * ABOUT
    assert abs(info.end - RATE - len(spoken)) <= 2 * ABOUT


def test_digital_silence_before_the_hum_changes_nothing(tmp_path: Path) -> None:
    spoken = voice()
    take = np.concatenate((silence(1), spoken, silence(1.5)))
    room = hum(len(take))
    room[: RATE // 4] = 0
    info = heard(write_wave(tmp_path / "a.wav", take + room))
    assert abs(info.first - RATE) <= ABOUT
    assert abs(info.end - RATE - len(spoken)) <= ABOUT


def test_clicks_and_breaths_far_from_the_voice_are_left_out(tmp_path: Path) -> None:
    spoken = voice()
    take = np.concatenate((silence(1), spoken, silence(1)))
    take[4_800:4_850] = 0.5  # the button of the recorder
    breath = RATE // 2
    take[breath : breath + 9_600] = noise(9_600, dbfs=-38)  # 200 ms, and 300 ms before the voice
    take[-2_400:-2_300] = -0.7
    info = heard(write_wave(tmp_path / "a.wav", take))
    assert abs(info.first - RATE) <= ABOUT
    assert abs(info.end - RATE - len(spoken)) <= ABOUT


def test_a_quiet_voice_is_heard(tmp_path: Path) -> None:
    spoken = voice() * 0.05  # 26 dB less: its crest is at -32 dBFS
    info = heard(write_wave(tmp_path / "a.wav", np.concatenate((silence(0.5), spoken, silence(0.5)))))
    assert info.speech
    assert abs(info.first - 24_000) <= ABOUT
    assert abs(info.end - 24_000 - len(spoken)) <= 3 * ABOUT


@pytest.mark.parametrize("lufs", [-30, -40, -48])
def test_of_a_voice_recorded_softly_the_beginning_is_heard_too(tmp_path: Path, lufs: float) -> None:
    spoken = voice() * 10 ** ((lufs - loudness_lufs(voice()[:, None])) / 20)
    path = write_floats(tmp_path / "a.wav", np.concatenate((silence(0.5), spoken, silence(0.5))))
    info = heard(path)
    assert abs(info.first - 24_000) <= RATE // 200
    assert abs(info.end - 24_000 - len(spoken)) <= ABOUT


def test_no_word_is_cut_off_that_the_detector_passes_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a room that echoes it hears a part of a voice, here the second quarter alone."""
    spoken = voice()
    half = (len(spoken) + RATE) // 3 // 1024  # windows of 512 samples at 16 kHz
    hears = (0,) * (half // 2) + (1000,) * (half // 2) + (0,) * half
    monkeypatch.setattr("babelreel.media.sound.heard.listening.judge_speech", lambda *_, **__: hears)
    take = np.concatenate((silence(0.5), spoken, silence(0.5)))
    info = heard(write_wave(tmp_path / "a.wav", take + noise(len(take), dbfs=-60)))
    assert abs(info.first - 24_000) <= RATE // 10
    assert abs(info.end - 24_000 - len(spoken)) <= RATE // 10


def test_a_voice_that_fills_its_file_is_left_whole(tmp_path: Path) -> None:
    spoken = voice()
    info = heard(write_wave(tmp_path / "a.wav", spoken))
    assert info.first <= RATE // 1000
    assert info.end >= len(spoken) - RATE // 1000


def test_a_word_is_not_cut_off_by_the_pause_behind_it(tmp_path: Path) -> None:
    spoken = voice()
    word = spoken[: RATE * 3 // 10] * np.minimum(1, np.arange(RATE * 3 // 10, 0, -1) / 480)  # "You ha..."
    info = heard(write_wave(tmp_path / "a.wav", np.concatenate((silence(0.5), word, silence(1), spoken, silence(0.5)))))
    assert abs(info.first - 24_000) <= ABOUT


def test_a_voice_over_music_is_found_by_the_detector(tmp_path: Path) -> None:
    convert(make_spoken(tmp_path / "film.mp4"), tmp_path / "a.wav", "-vn")
    (span,) = heard(tmp_path / "a.wav").speech or ()
    assert abs(span.start_ms - 600) <= 150
    assert abs(span.end_ms - 2852) <= 150


def test_music_that_swells_is_not_cut(tmp_path: Path) -> None:
    swelling = tone(4, hz=440) * np.linspace(0, 1, 4 * RATE)
    info = heard(write_wave(tmp_path / "a.wav", swelling))
    assert info.speech == ()
    assert info.first <= RATE * 4 * 2 // 1000  # -60 dBFS of a swell to -6 dBFS is reached after 0.2 %
    assert info.end >= 4 * RATE - 48


def test_without_the_detector_speech_is_unknown_and_the_level_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("babelreel.media.sound.heard.speech._load_detector", lambda: None)
    info = heard(write_wave(tmp_path / "a.wav", np.concatenate((silence(0.5), tone(0.3), silence(0.7)))))
    assert info.speech is None
    assert (info.first, info.end) == (24_000, 38_400)


# --- how loud the voice is, and how loud the room ---


def lufs(samples: NDArray[np.float64]) -> float:
    """Measure with the other meter what is heard of one channel from two loudspeakers."""
    return loudness_lufs(samples[:, None])


def known(level: Decimal | None) -> float:
    assert level is not None
    return float(level)


@pytest.mark.parametrize("wanted", [-48.0, -30.0, -12.0])
def test_a_voice_is_as_loud_as_another_meter_says_of_it_alone(tmp_path: Path, wanted: float) -> None:
    spoken = voice() * 10 ** ((wanted - lufs(voice())) / 20)
    take = np.concatenate((silence(4), spoken, silence(6)))  # a meter without gates would read 8 dB less
    info = heard(write_floats(tmp_path / "a.wav", take))
    assert known(info.speech_lufs) == pytest.approx(wanted, abs=0.7)
    assert [known(each.lufs) for each in info.passages] == [known(info.speech_lufs)]


@pytest.mark.parametrize("dbfs", [-70, -55, -45])
def test_the_noise_of_the_room_is_measured_around_the_voice_and_in_its_pauses(tmp_path: Path, dbfs: float) -> None:
    spoken = voice()
    take = np.concatenate((silence(1), spoken, silence(1)))
    room = noise(len(take), dbfs=dbfs)
    wide = heard(write_floats(tmp_path / "wide.wav", take + room))
    close = heard(write_floats(tmp_path / "close.wav", (take + room)[RATE : RATE + len(spoken)]))
    assert known(wide.noise_lufs) == pytest.approx(lufs(room), abs=1.5)
    assert known(close.noise_lufs) == pytest.approx(lufs(room), abs=4)


def test_where_the_recorder_was_silent_no_noise_is_known(tmp_path: Path) -> None:
    assert heard(write_wave(tmp_path / "a.wav", np.concatenate((silence(1), tone(1), silence(1))))).noise_lufs is None


def test_each_passage_of_a_long_recording_has_its_own_level(tmp_path: Path) -> None:
    spoken = voice()
    take = np.concatenate((spoken, silence(2), spoken / 10, silence(0.5), spoken / 10))
    first, second = heard(write_floats(tmp_path / "a.wav", take)).passages
    assert known(first.lufs) - known(second.lufs) == pytest.approx(20, abs=0.7)
    assert second.span.start_ms == pytest.approx(len(spoken) / 48 + 2000, abs=150)
    assert second.span.end_ms == pytest.approx(len(take) / 48, abs=150)


@pytest.mark.parametrize("share", [1, 0.9])
def test_a_phone_whose_two_microphones_mirror_one_another_is_heard(tmp_path: Path, share: float) -> None:
    spoken = np.concatenate((silence(0.5), voice(), silence(0.5)))
    info = heard(write_wave(tmp_path / "a.wav", np.stack((spoken, -share * spoken), axis=1)))
    alone = heard(write_wave(tmp_path / "b.wav", spoken))
    assert (info.mono, alone.mono) == (MonoMix.LEFT, MonoMix.AVERAGE)
    assert (info.first, info.end, info.speech) == (alone.first, alone.end, alone.speech)
    assert info.speech
    assert info.speech_lufs == alone.speech_lufs


# --- nothing to hear, and too much of it ---


@pytest.mark.parametrize("dbfs", [None, -70, -55])
def test_silence_and_an_empty_room_hold_nothing_to_hear(tmp_path: Path, dbfs: float | None) -> None:
    room = silence(1) if dbfs is None else hum(RATE, dbfs=dbfs) + noise(RATE, dbfs=dbfs)
    info = heard(write_wave(tmp_path / "a.wav", room))
    assert info.fault == ""
    assert info.is_silent
    assert (info.samples, info.speech, info.peak_dbfs, info.loudness_lufs) == (RATE, (), None, None)


def test_all_clipping_is_counted_sample_by_sample(tmp_path: Path) -> None:
    square = np.where(np.arange(RATE) // 24 % 2, -1.0, 1.0)
    info = heard(write_wave(tmp_path / "a.wav", square))
    assert (info.clipped, info.peak_dbfs) == (RATE, Decimal("0.00"))


def test_a_sound_too_short_for_a_meter_has_no_loudness(tmp_path: Path) -> None:
    info = heard(write_wave(tmp_path / "a.wav", tone(0.3)))
    assert (info.fault, info.loudness_lufs, info.is_silent) == ("", None, False)


# --- what cannot be heard ---


def flac(folder: Path) -> bytes:
    return convert(write_wave(folder / "whole.wav", noise(2 * RATE, dbfs=-20)), folder / "whole.flac").read_bytes()


def test_a_flac_file_that_was_cut_short_says_how_much_is_left(tmp_path: Path) -> None:
    whole = flac(tmp_path)
    (tmp_path / "a.flac").write_bytes(whole[: len(whole) // 2])
    assert heard(tmp_path / "a.flac").fault.startswith("it breaks off: it should be 2.00 s long, and only ")


def test_a_flac_file_cut_between_two_frames_is_known_all_the_same(tmp_path: Path) -> None:
    whole = flac(tmp_path)
    # frames of 4608 samples begin with the same four bytes
    last = whole.rindex(whole[whole.index(b"\xff\xf8") :][:4])
    (tmp_path / "a.flac").write_bytes(whole[:last])
    assert "breaks off" in heard(tmp_path / "a.flac").fault


def test_a_damaged_flac_file_is_no_recording(tmp_path: Path) -> None:
    whole = flac(tmp_path)
    middle = len(whole) // 2
    (tmp_path / "a.flac").write_bytes(whole[:middle] + bytes(3000) + whole[middle + 3000 :])
    fault = heard(tmp_path / "a.flac").fault
    assert "damaged" in fault or "breaks off" in fault


@pytest.mark.parametrize("ending", ["m4a", "mp3"])
def test_a_compressed_file_that_was_cut_short_is_no_recording(tmp_path: Path, ending: str) -> None:
    whole = convert(write_wave(tmp_path / "whole.wav", tone(3)), tmp_path / f"whole.{ending}").read_bytes()
    (tmp_path / f"a.{ending}").write_bytes(whole[: len(whole) // 2])
    fault = heard(tmp_path / f"a.{ending}").fault
    assert "breaks off" in fault or "damaged" in fault


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty: the file has 0 bytes"),
        (b"Take 7, by Marie, is coming tomorrow.\n" * 30, "it is no sound that can be read, or it is damaged"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "it is a WAV file without samples"),
        (b"#EXTM3U\n#EXTINF:3\n/etc/passwd\n", "it is no sound that can be read, or it is damaged"),
        (b"\0" * 5000, "it is no sound that can be read, or it is damaged"),
    ],
)
def test_what_is_no_sound_is_said_to_be_none(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    info = heard(tmp_path / "a.wav")
    assert (info.fault, info.bytes, info.samples) == (reason, len(content), 0)


def test_of_a_note_of_git_lfs_it_is_said_how_to_fetch_the_sound(tmp_path: Path) -> None:
    (tmp_path / "a.flac").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0a1b\nsize 9\n")
    assert "git lfs pull" in heard(tmp_path / "a.flac").fault


def test_a_wave_file_without_one_sample_holds_no_sound(tmp_path: Path) -> None:
    assert heard(write_wave(tmp_path / "a.wav", silence(0))).fault == "there is no sound in it"


def test_a_film_without_sound_is_no_recording(tmp_path: Path) -> None:
    make_film(tmp_path / "a.mp4", audio=None)
    (tmp_path / "a.mp4").rename(tmp_path / "a.m4a")
    assert heard(tmp_path / "a.m4a").fault == "there is no sound in it"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert heard(tmp_path / "a.wav").fault == "there is no such file"


def test_a_folder_is_no_sound(tmp_path: Path) -> None:
    (tmp_path / "a.wav").mkdir()
    assert "folder" in heard(tmp_path / "a.wav").fault


@pytest.fixture
def powerless(tmp_path: Path) -> Iterator[Path]:
    """Take away what root may do more than others, when the test's folder is there."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(NOBODY)
    yield tmp_path
    os.seteuid(me)


def test_a_file_that_may_not_be_read_is_said_to_be_so(powerless: Path) -> None:
    path = powerless / "a.wav"
    if os.geteuid() != NOBODY:  # else the folder is root's, and closed to others
        write_wave(path, tone(1)).chmod(0)
    assert heard(path).fault == "it cannot be read (Permission denied)"


@pytest.mark.parametrize("place", [0, 20_000])
def test_samples_that_are_no_numbers_are_counted_and_refused(tmp_path: Path, place: int) -> None:
    samples = tone(1)
    samples[place : place + 5] = np.nan
    samples[place + 5] = np.inf
    fault = heard(write_floats(tmp_path / "a.wav", samples)).fault
    assert fault == "6 of its samples are no numbers: export it again as FLAC or 24-bit WAV"


def test_floats_above_full_scale_are_clipped_and_heard(tmp_path: Path) -> None:
    info = heard(write_floats(tmp_path / "a.wav", tone(1, hz=100, height=2)))
    assert info.fault == ""
    assert info.peak_dbfs == Decimal("6.02")
    assert info.clipped > RATE // 2  # a cosine of height 2 is beyond 1 for two thirds of the time


def test_a_sound_longer_than_six_hours_is_refused(tmp_path: Path) -> None:
    # 4 kHz, 8 bit: six hours are 86 MB, which a hole in the file stands for
    path = write_wave(tmp_path / "a.wav", silence(0), rate=4_000, byte_count=1)
    head = bytearray(path.read_bytes())
    length = 4_000 * 6 * 3600 + 8_000
    head[40:44] = length.to_bytes(4, "little")
    head[4:8] = (length + 36).to_bytes(4, "little")
    path.write_bytes(bytes(head))
    os.truncate(path, 44 + length)
    assert heard(path).fault == "it is longer than 6 hours"


def test_a_sound_larger_than_eight_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    os.truncate(tmp_path / "a.wav", 8_000_000_001)
    assert heard(tmp_path / "a.wav").fault == "it is larger than 8 GB"


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.ogg", "a.opus", "a.m4a", "a.aac", "a.aiff"])
def test_no_more_is_unpacked_than_a_recording_may_last(tmp_path: Path, name: str) -> None:
    source = write_wave(tmp_path / "source.wav", tone(3))
    path = convert(source, tmp_path / name) if name != "a.wav" else source
    fault = listen(ffmpeg_of_tests().path, path, name=name, digest="", most_s=2).fault
    assert fault == "it is longer than 0:02, which is twice the film and 10 minutes: it was not listened to"
    assert listen(ffmpeg_of_tests().path, path, name=name, digest="", most_s=4).fault == ""


def test_a_header_that_tells_less_than_there_is_unpacks_no_more(tmp_path: Path) -> None:
    content = bytearray(convert(write_wave(tmp_path / "source.wav", tone(3)), tmp_path / "b.mp3").read_bytes())
    place = max(content.find(b"Info"), content.find(b"Xing"))
    content[place + 8 : place + 12] = (20).to_bytes(4, "big")  # frames of 26 ms: half a second
    (tmp_path / "a.mp3").write_bytes(content)
    fault = listen(ffmpeg_of_tests().path, tmp_path / "a.mp3", name="a.mp3", digest="", most_s=2).fault
    assert fault == "it is longer than 0:02, which is twice the film and 10 minutes: it was not listened to"


def test_tags_in_any_encoding_hinder_nothing(tmp_path: Path) -> None:
    source = write_wave(tmp_path / "source.wav", tone(1))
    content = convert(source, tmp_path / "b.wav", "-metadata", "title=Zxxxx").read_bytes()
    (tmp_path / "a.wav").write_bytes(content.replace(b"Zxxxx", b"Z\xfcric"))
    assert heard(tmp_path / "a.wav").fault == ""


def test_names_with_colons_quotes_and_accents_are_files_like_others(tmp_path: Path) -> None:
    folder = tmp_path / 'l\'été: "1" % [b];'
    folder.mkdir()
    assert heard(write_wave(folder / "c:07 - Zoë's.wav", tone(1))).fault == ""


def test_an_absent_ffmpeg_is_an_error_and_no_fault_of_the_file(tmp_path: Path) -> None:
    path = write_wave(tmp_path / "a.wav", tone(1))
    with pytest.raises(MachineError):
        listen(tmp_path / "no-ffmpeg", path, name="a.wav", digest="")


def test_listening_stops_when_it_shall(tmp_path: Path) -> None:
    path = write_wave(tmp_path / "a.wav", tone(1))
    slow = tmp_path / "ffmpeg"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    with pytest.raises(StoppedError):
        listen(slow, path, name="a.wav", digest="", is_cancelled=lambda: True)
