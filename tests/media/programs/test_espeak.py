from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.media.programs.espeak import (
    MAX_CHARACTERS,
    Speech,
    Voice,
    choose_voice,
    find_espeak,
    list_voices,
    speak,
    speakable,
)
from support.voices import espeak_of_tests

SENTENCE = "Are you in danger? Call this number at once."


def said(text: str, *, voice: str = "en-gb", room_ms: int = 60_000) -> Speech:
    speech = speak(espeak_of_tests(), text, voice=voice, room_ms=room_ms)
    assert speech is not None
    return speech


def seconds(speech: Speech) -> float:
    return len(speech.samples) / speech.rate_hz


def test_without_a_path_there_is_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_espeak() is None


def test_the_campaign_has_a_voice_but_for_pashto_and_pidgin() -> None:
    voices = list_voices(espeak_of_tests())
    tags = ("fr", "en", "nl", "de", "ar", "vi", "zh-Hans", "sq", "ro", "bg", "ps", "fa", "pcm")
    found = {tag: choose_voice(find_language(tag), voices) for tag in tags}
    assert found == {
        "fr": "fr-be", "en": "en-gb", "nl": "nl", "de": "de", "ar": "ar", "vi": "vi", "zh-Hans": "cmn",
        "sq": "sq", "ro": "ro", "bg": "bg", "ps": "", "fa": "fa", "pcm": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("fr-CH", "fr-ch"),  # the region's own voice
        ("fr-CA", "fr-be"),  # none of that region: the language's
        ("fa-AF", "fa"),
        ("es-MX", "es-419"),  # named as "also speaks"
        ("no", "nb"),
        ("zh-Hant-TW", "cmn"),
        ("pt", "pt"),
        ("ti", ""),
    ],
)
def test_a_tag_without_a_voice_of_its_own_gets_the_nearest(tag: str, name: str) -> None:
    voices = (
        Voice(name="fr-be", speaks=(("fr-be", 5), ("fr", 8))),
        Voice(name="fr-ch", speaks=(("fr-ch", 5), ("fr", 8))),
        Voice(name="fa", speaks=(("fa", 5),)),
        Voice(name="fa-latn", speaks=(("fa-latn", 5),)),
        Voice(name="es", speaks=(("es", 5),)),
        Voice(name="es-419", speaks=(("es-419", 5), ("es-mx", 6))),
        Voice(name="nb", speaks=(("nb", 5), ("no", 5))),
        Voice(name="cmn", speaks=(("cmn", 5), ("zh", 5))),
        Voice(name="pt-br", speaks=(("pt-br", 5), ("pt", 6))),
        Voice(name="pt", speaks=(("pt", 5),)),
    )
    assert choose_voice(find_language(tag), voices) == name


def test_a_voice_is_as_fast_as_its_room_asks_for() -> None:
    easy = said(SENTENCE)
    room_ms = round(seconds(easy) * 600)
    hurried = said(SENTENCE, room_ms=room_ms)
    assert easy.fits
    assert hurried.fits
    assert 0.75 * room_ms < 1000 * seconds(hurried) <= room_ms


def test_what_fits_into_no_room_is_told() -> None:
    assert not said(SENTENCE, room_ms=100).fits


def test_the_same_text_sounds_the_same() -> None:
    assert np.array_equal(said(SENTENCE).samples, said(SENTENCE).samples)


def test_a_voice_begins_at_once_and_is_not_clipped() -> None:
    speech = said("Người giám hộ giúp em.", voice="vi")
    loud = np.flatnonzero(np.abs(speech.samples) > 0.05)
    assert loud[0] < 0.02 * speech.rate_hz
    assert np.abs(speech.samples).max() < 0.99


@pytest.mark.parametrize(
    "hostile",
    ["--version", "-f /etc/passwd", "-w owned.wav", "$(touch owned.wav)", "`id`", "; exit", "%s%n", "@/etc/passwd"],
)
def test_a_text_that_looks_like_a_command_is_spoken(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert seconds(said(hostile)) > 0.3
    assert list(tmp_path.iterdir()) == []


def test_markup_is_read_as_text_and_obeyed_in_nothing() -> None:
    plain = seconds(said("one two"))
    assert seconds(said('one <break time="20s"/> two')) < 12
    assert seconds(said("<speak>one two</speak>")) >= plain  # not less: nothing was taken away
    assert seconds(said('one two <audio src="/etc/passwd"/>')) >= plain


def test_the_voice_obeys_no_control_characters_and_no_phonemes() -> None:
    assert speakable("\x01400s Hello\x00 \u2066116\u00a0000\u2069") == "400s Hello 116 000"
    assert "[[" not in speakable("[[[h@l'oU]]]")


def test_joiners_stay_for_they_belong_to_words() -> None:
    assert speakable("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text())
def test_any_text_becomes_one_short_line_without_controls(text: str) -> None:
    line = speakable(text)
    assert len(line) <= 2 * MAX_CHARACTERS
    assert all(character.isprintable() or character in "\u200c\u200d" for character in line if character != " ")
    line.encode()


@pytest.mark.parametrize("text", ["", "  \n", "…", "♪ ♪", "\ud800", "\x01"])
def test_a_text_without_words_has_no_voice(text: str) -> None:
    assert speak(espeak_of_tests(), text, voice="en-gb", room_ms=1000) is None


def test_a_huge_text_ends() -> None:
    assert not said("word " * 400_000, room_ms=2000).fits


def test_a_broken_program_has_no_voices_and_says_nothing(tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    assert list_voices(program) == ()
    assert speak(program, SENTENCE, voice="en-gb", room_ms=1000) is None
    program.write_text("#!/bin/sh\necho no sound\n")
    assert speak(program, SENTENCE, voice="en-gb", room_ms=1000) is None
