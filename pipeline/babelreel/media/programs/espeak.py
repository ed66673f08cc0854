"""Speak a text with eSpeak NG, and list the languages that it speaks.

The text comes from a stranger's file: it goes through standard input, where nothing is an option, and nothing in it can
steer the voice. No shell takes part.
"""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babelreel.media.programs.children import ask_program, find_program
from babelreel.model.language import Language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PROGRAM = "espeak-ng"
#: It speaks a line in some 20 ms; one that is not done by now never will be.
TIMEOUT_S = 30
#: Nobody speaks more within a cue; the rest of a longer text is left out.
MAX_CHARACTERS = 1000
#: Words a minute: an unhurried voice to begin with, and one behind which nobody understands anything.
EASY_PACE = 150
FASTEST_PACE = 400
#: eSpeak's usual 100 clips some Vietnamese vowels.
_AMPLITUDE = 60
#: A longer text needs a faster pace than the ratio says, for pauses do not shrink as much.
_HURRY_PERCENT = 104
_FIRST_TRIES = 5
#: Softer than this share of the loudest sample is silence before and after a voice.
_SILENT_BELOW = 0.02
#: Kept of what is before and after, so that no sound begins with a click.
_EDGE_MS = 3

_OTHER = re.compile(r"\((\S+) (\d+)\)")
#: Joiners that decide how Persian and Indian words are read; all other invisible characters only steer the writing.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice of eSpeak's: its name, and each language that it may speak with its rank (lower is better)."""

    name: str
    speaks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A spoken text without silence at its ends: mono samples between -1 and 1, and whether it fits into its room."""

    samples: NDArray[np.float64]
    rate_hz: int
    fits: bool


def find_espeak() -> Path | None:
    """Find eSpeak NG on the PATH; ``None`` without it."""
    return find_program(PROGRAM)


def list_voices(program: Path) -> tuple[Voice, ...]:
    """Ask for all voices; none where the program does not answer."""
    table = _run(program, ("--voices",), b"").decode("utf-8", "replace")
    return tuple(_parse_voices(table.splitlines()[1:]))


def version_of(program: Path) -> str:
    """Ask for the line that names the version; empty where the program does not answer."""
    told = _run(program, ("--version",), b"").decode("utf-8", "replace")
    return told.partition("Data at")[0].strip()


def _parse_voices(lines: Iterable[str]) -> Iterator[Voice]:
    """Read rank, language, age, name, file and other languages; the language is what ``-v`` takes."""
    for line in lines:
        words = line.split()
        if len(words) > 1 and words[0].isdecimal():
            name = words[1]
            others = tuple((tag.lower(), int(rank)) for tag, rank in _OTHER.findall(line))
            yield Voice(name=name, speaks=((name.lower(), int(words[0])), *others))


def choose_voice(language: Language, voices: Iterable[Voice]) -> str:
    """Choose the voice that speaks a language, by its name; empty if there is none.

    The whole tag is looked for first, then it is shortened from its end as RFC 4647 says: ``zh-Hans`` ends as ``zh``,
    and there the voices come first that the language prefers.
    """
    known = tuple(voices)
    parts = language.tag.lower().split("-")
    while parts:
        short = "-".join(parts)
        for wanted in (*(language.speech.voices if len(parts) == 1 else ()), short):
            ranked = [(rank, voice.name) for voice in known for name, rank in voice.speaks if name == wanted]
            exact = [voice.name for voice in known if voice.name.lower() == wanted]
            if ranked:
                return exact[0] if exact else min(ranked)[1]
        parts.pop()
    return ""


def speakable(text: str) -> str:
    """Return a text on one line, with nothing in it that eSpeak takes for more than text.

    Control characters begin its commands (Ctrl-A), ``[[`` begins phonemes; marks of direction would be named aloud.
    """
    kept = (each if each in _JOINERS or not _is_invisible(each) else " " for each in text[: 2 * MAX_CHARACTERS])
    line = " ".join("".join(kept).split())[:MAX_CHARACTERS]
    while "[[" in line:
        line = line.replace("[[", "[ [")
    return line


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def speak(program: Path, text: str, *, voice: str, room_ms: int) -> Speech | None:
    """Speak a text, faster if it is too long for its room; ``None`` where nothing can be heard.

    That is so for a text without a letter, and where eSpeak fails: the caller has a beep for both.
    """
    spoken = speakable(text)
    if not any(character.isalnum() for character in spoken):
        return None
    pace = EASY_PACE
    for _ in range(_FIRST_TRIES):
        speech = _speak_at(program, spoken, voice=voice, pace=pace, room_ms=room_ms)
        if speech is None or speech.fits or pace == FASTEST_PACE:
            return speech
        length = len(speech.samples) * 1000
        needed = -(-pace * length * _HURRY_PERCENT // (max(1, room_ms) * speech.rate_hz * 100))
        pace = min(max(needed, pace + 1), FASTEST_PACE)
    return _speak_at(program, spoken, voice=voice, pace=FASTEST_PACE, room_ms=room_ms)


def _speak_at(program: Path, text: str, *, voice: str, pace: int, room_ms: int) -> Speech | None:
    words = (
        *("-v", voice),
        *("-s", str(pace)),
        *("-a", str(_AMPLITUDE)),
        "-z",  # no pause at the end
        *("-b", "1"),  # the text is UTF-8, whatever this machine's locale is
        "--stdin",  # the whole text is one, and never an option
        "--stdout",  # a WAV file
    )
    found = _read_wave(_run(program, words, text.encode()))
    if found is None:
        return None
    samples, rate_hz = found
    return Speech(samples=samples, rate_hz=rate_hz, fits=len(samples) * 1000 <= room_ms * rate_hz)


def _read_wave(data: bytes) -> tuple[NDArray[np.float64], int] | None:
    """Read the samples of a mono WAV file with 16 bits, trimmed; ``None`` for silence and for anything else."""
    try:
        # the header of a stream says that it is 2 GB long: what is there is read
        with wave.open(io.BytesIO(data)) as stream:
            rate_hz, form = stream.getframerate(), (stream.getnchannels(), stream.getsampwidth())
            content = stream.readframes(stream.getnframes())
    except (wave.Error, EOFError):
        return None
    if form != (1, 2) or not rate_hz:
        return None
    import numpy as np  # noqa: PLC0415 - a tenth of a second, which a build that speaks no name need not wait for

    samples = np.frombuffer(content[: len(content) // 2 * 2], dtype="<i2") / 32768
    loud = np.flatnonzero(np.abs(samples) > _SILENT_BELOW * np.abs(samples).max(initial=0))
    if not len(loud):
        return None
    edge = rate_hz * _EDGE_MS // 1000
    return samples[max(0, loud[0] - edge) : loud[-1] + 1 + edge], rate_hz


def _run(program: Path, words: tuple[str, ...], text: bytes) -> bytes:
    """Return what the program writes; nothing if it fails or takes too long."""
    try:
        return ask_program((str(program), *words), given=text, timeout_s=TIMEOUT_S)
    except (OSError, subprocess.SubprocessError):
        return b""
