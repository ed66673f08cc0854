"""Speak the subtitles of three languages as demonstration dubs: one as takes, two as whole files.

The voice is eSpeak NG's, so that nobody takes these for recordings. Each cue begins at its own time; where it would
run into the next one, it is spoken again, faster. The same run gives the same bytes on the same tools.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import mixing
import narrate
import numpy as np

HERE = Path(__file__).resolve().parent
RATE = mixing.RATE
LUFS = -20.0
BREATH_MS = 50
MARGIN_MS = 40  # listeners disagree by so much where a voice ends
LEAD_MS, TRAIL_MS = 150, 250
EDGE_MS = 20
PACES = range(150, 400, 5)
NOTE = "synthetic demonstration voice (eSpeak NG), not a recording of a person"


@dataclass(frozen=True)
class Dub:
    """One language: its voice, how to say what is not said as it is written, and the form that it is stored in."""

    tag: str
    code: str
    voice: str
    spoken: tuple[tuple[str, str], ...]
    form: tuple[str, ...]
    ending: str
    is_whole: bool = True


FLAC = ("-c:a", "flac", "-sample_fmt", "s16", "-ar", "24000", "-compression_level", "12")
AAC = ("-c:a", "aac", "-profile:a", "aac_low", "-ar", "48000", "-b:a", "64k")
DUBS = (
    Dub(
        "fr",
        "fra",
        "fr-be",
        (("116 000", "un, un, six, zéro, zéro, zéro"), ("112", "un, un, deux"), ("Child", "Tchaïld")),
        FLAC,
        ".flac",
        is_whole=False,
    ),
    Dub(
        "ar",
        "ara",
        "ar",
        (
            ("116 000", "وَاحِدْ وَاحِدْ سِتَّة صِفْرْ صِفْرْ صِفْرْ"),
            ("112", "وَاحِدْ وَاحِدْ اثْنَانْ"),
            ("18", "ثَمَانِيَةَ عَشَرَ"),
        ),
        FLAC,
        ".flac",
    ),
    Dub(
        "vi",
        "vie",
        "vi",
        (("116 000", "một một sáu không không không"), ("112", "một một hai"), ("Child Focus", "Chai Phô-cớt")),
        AAC,
        ".m4a",
    ),
)


@dataclass(frozen=True)
class Line:
    """What one cue says, from when on, and for how long it may."""

    text: str
    start_ms: int
    room_ms: int


def plain(text: str) -> str:
    """The text with ordinary spaces and without the marks that only steer its direction."""
    kept = (each for each in text if unicodedata.category(each) != "Cf")
    return " ".join("".join(kept).split())


def milliseconds(time: str) -> int:
    """A time of a subtitle file."""
    hours, minutes, seconds, ms = (int(part) for part in re.split("[:,]", time))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def read_cues(path: Path) -> list[tuple[int, str]]:
    """The start and the text of each cue of one of our own subtitle files."""
    blocks = (block.split("\n") for block in path.read_text(encoding="utf-8").strip().split("\n\n"))
    return [(milliseconds(block[1].split(" --> ")[0]), plain(" ".join(block[2:]))) for block in blocks]


def with_vowels(tag: str, texts: list[str]) -> list[str]:
    """The texts with the vowel signs of ``spoken_<tag>.txt``, where there is one: it must say the same words."""
    path = HERE / f"spoken_{tag}.txt"
    if not path.exists():
        return texts
    signed = [plain(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line, text in zip(signed, texts, strict=True):
        if bare(line) != bare(text):
            raise SystemExit(f"{path.name} says “{line}” where the subtitles say “{text}”")
    return signed


def bare(text: str) -> str:
    """The text without vowel signs."""
    return "".join(each for each in text if unicodedata.category(each) != "Mn")


def plan_lines(dub: Dub, path: Path, duration_ms: int) -> list[Line]:
    """What is to be spoken, and where."""
    cues = read_cues(path)
    texts = with_vowels(dub.tag, [text for _, text in cues])
    starts = [start for start, _ in cues]
    lines = []
    for text, start, after in zip(texts, starts, [*starts[1:], duration_ms], strict=True):
        said = text
        for written, spoken in dub.spoken:
            said = said.replace(written, spoken)
        lines.append(Line(said, start, after - start - BREATH_MS - MARGIN_MS))
    return lines


def speak(line: Line, voice: str, scratch: Path) -> tuple[np.ndarray, int]:
    """The line as 48 kHz samples without silence at its ends, spoken as fast as it must be, and that pace."""
    for pace in PACES:
        command = ["espeak-ng", "-v", voice, "-s", str(pace), "-a", "60", "-b", "1", "--stdin", "-w", str(scratch)]
        subprocess.run(command, input=line.text.encode(), check=True)
        samples, rate = narrate.read_trimmed(scratch)
        if len(samples) * 1000 <= line.room_ms * rate:
            return mixing.resampled(samples, rate), pace
    raise SystemExit(f"“{line.text}” does not fit into {line.room_ms} ms")


def place(voices: list[np.ndarray], lines: list[Line], duration_ms: int) -> np.ndarray:
    """One mono track as long as the film, each line at its time."""
    track = np.zeros(duration_ms * RATE // 1000)
    edge = np.linspace(0, 1, 240)
    for voice, line in zip(voices, lines, strict=True):
        faded = voice.copy()
        faded[:240] *= edge
        faded[-240:] *= edge[::-1]
        start = line.start_ms * RATE // 1000
        track[start : start + len(faded)] += faded
    return mixing.softened(track)


def encode(track: np.ndarray, target: Path, dub: Dub, title: str, scratch: Path) -> None:
    """Store one channel of a track, with tags that say what it is."""
    mixing.write_wav(scratch, track)
    tags = (f"title={title}", f"comment={NOTE}")
    command = [mixing.FFMPEG, "-v", "error", "-y", "-i", str(scratch), "-af", "pan=mono|c0=c0", *dub.form,
               "-map_metadata", "-1", *(word for tag in tags for word in ("-metadata", tag)),
               "-metadata:s:a:0", f"language={dub.code}", "-flags", "+bitexact", "-fflags", "+bitexact",
               str(target)]  # fmt: skip
    subprocess.run(command, check=True)


def take(track: np.ndarray, start: int, end: int) -> np.ndarray:
    """A stretch of the track with faded edges, and silence around it."""
    edge = EDGE_MS * RATE // 1000
    first = max(0, start - edge)
    piece = track[first : end + edge].copy()
    ramp = np.linspace(0, 1, edge)[:, None]
    piece[: start - first] *= ramp[edge - (start - first) :]
    piece[-edge:] *= ramp[::-1]
    silence = [np.zeros((ms * RATE // 1000 - edge, 2)) for ms in (LEAD_MS, TRAIL_MS)]
    return np.concatenate([silence[0], piece, silence[1]])


def make_dub(dub: Dub, out: Path, duration_ms: int, scratch: Path) -> None:
    """Write the file or the takes of one language, and tell how fast each line is spoken."""
    lines = plan_lines(dub, HERE.parents[1] / "subtitles" / f"{dub.tag}.srt", duration_ms)
    voices, paces = zip(*(speak(line, dub.voice, scratch) for line in lines))
    print(f"{dub.tag}: {' '.join(map(str, paces))} words a minute", flush=True)
    mono = place(list(voices), lines, duration_ms)
    track = mixing.levelled(mono[:, None] * np.ones((1, 2)), LUFS, scratch)
    title = f"Your rights in Belgium, {dub.tag}"
    if dub.is_whole:
        encode(track, out / f"{dub.tag}{dub.ending}", dub, f"{title}: {NOTE}", scratch)
        return
    (out / dub.tag).mkdir(parents=True, exist_ok=True)
    for number, (line, voice) in enumerate(zip(lines, voices, strict=True), 1):
        start = line.start_ms * RATE // 1000
        piece = take(track, start, start + len(voice))
        encode(piece, out / dub.tag / f"{number:02}{dub.ending}", dub, f"{title}, line {number}: {NOTE}", scratch)


def main() -> None:
    """Write the dubs into the folder ``--out``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, default=HERE.parent / "stems")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    duration_ms = json.loads((HERE / "narration.json").read_text(encoding="utf-8"))["duration_ms"]
    with tempfile.TemporaryDirectory() as folder:
        for dub in DUBS:
            make_dub(dub, out, duration_ms, Path(folder) / "line.wav")


if __name__ == "__main__":
    main()
