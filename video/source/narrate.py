"""Speak the narration, time it and write ``narration.json``.

Every sentence is spoken by espeak-ng, trimmed of silence and put on the film's
time line: starts lie on whole frames, and every slot leaves a translation,
which is often a fifth longer than the English, enough time to be read.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FPS = 25
FRAME_MS = 1000 // FPS
VOICE = ("-v", "en-gb", "-s", "142", "-p", "42")
LEAD_IN_MS = 600
MIN_PAUSE_MS = 320
TOPIC_PAUSE_MS = 420
TAIL_MS = 2000
CHARS_PER_SECOND = 13.2
CUT_BEFORE_START_MS = 200
MIN_SLOT_MS = 2400
SPOKEN = {"116 000": "one one six zero zero zero", "112": "one one two"}


@dataclass(frozen=True)
class Line:
    """One sentence of the narration; ``cut`` says that a new shot begins."""

    text: str
    cut: bool


LINES = (
    Line("Hello. You are in Belgium now.", False),
    Line("Are you under 18, and here without your parents?", True),
    Line("Then you have rights. The law protects you.", True),
    Line("You have the right to a guardian.", True),
    Line("The Guardianship Service chooses your guardian.", False),
    Line("Your guardian is not the police. Your guardian helps you.", True),
    Line("A guardian costs you nothing.", False),
    Line("You have the right to a safe place to sleep.", True),
    Line("There you get meals, clothes and a bed.", True),
    Line("Are you ill, hurt or very sad? You can see a doctor.", True),
    Line("You can go to school, just like other children here.", True),
    Line("You have the right to a lawyer. The lawyer is free.", True),
    Line("The lawyer explains the law and speaks for you.", True),
    Line("Is the language hard? Ask for a free interpreter.", True),
    Line("The interpreter repeats only what you say.", True),
    Line("Is it dangerous to go back? You can ask for asylum.", True),
    Line("You can also ask for other residence papers.", True),
    Line("Your guardian and your lawyer help you with the papers.", False),
    Line("Are you in danger? Call 112. It is free.", True),
    Line("Is a child missing? Call 116 000, day or night.", True),
    Line("You can always ask questions. Take your time.", True),
    Line("You are not alone. Welcome.", False),
)


def speak(text: str, target: Path) -> None:
    """Let espeak-ng speak ``text`` into the wav file ``target``."""
    for written, spoken in SPOKEN.items():
        text = text.replace(written, spoken)
    subprocess.run(["espeak-ng", *VOICE, "-w", str(target), text], check=True)


def read_trimmed(path: Path) -> tuple[np.ndarray, int]:
    """The samples of a mono wav without silence at its ends, and its rate."""
    with wave.open(str(path)) as stream:
        rate = stream.getframerate()
        raw = stream.readframes(stream.getnframes())
    samples = np.frombuffer(raw, dtype="<i2").astype(np.float64) / 32768.0
    loud = np.flatnonzero(np.abs(samples) > 0.004)
    return samples[loud[0] : loud[-1] + 1], rate


def spoken_lines() -> list[tuple[np.ndarray, int]]:
    """All sentences as trimmed samples with their sample rate."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.wav"
        result = []
        for line in LINES:
            speak(line.text, path)
            result.append(read_trimmed(path))
    return result


def whole_frames(ms: float) -> int:
    """``ms`` rounded up to a whole frame."""
    return math.ceil(ms / FRAME_MS - 1e-9) * FRAME_MS


def plan() -> dict[str, object]:
    """The content of ``narration.json``."""
    at = LEAD_IN_MS
    segments: list[dict[str, object]] = []
    cuts: list[int] = []
    lines = spoken_lines()
    for index, (line, (samples, rate)) in enumerate(zip(LINES, lines)):
        if line.cut:
            cuts.append(at - CUT_BEFORE_START_MS)
        spoken = len(samples) * 1000 / rate
        segments.append({"n": index + 1, "text": line.text, "start_ms": at, "end_ms": at + round(spoken)})
        needed = max(spoken, len(line.text) / CHARS_PER_SECOND * 1000)
        last = index + 1 == len(LINES)
        pause = TOPIC_PAUSE_MS if not last and LINES[index + 1].cut else MIN_PAUSE_MS
        at = whole_frames(at + max(needed + pause, MIN_SLOT_MS))
    return {
        "fps": FPS,
        "duration_ms": at - MIN_PAUSE_MS // FRAME_MS * FRAME_MS + TAIL_MS,
        "shot_changes_ms": cuts,
        "segments": segments,
    }


def write_plan(target: Path) -> None:
    """Write the plan to ``target`` in one step, so that readers see it whole."""
    draft = target.with_suffix(".json.part")
    text = json.dumps(plan(), indent=2, ensure_ascii=False) + "\n"
    draft.write_text(text, encoding="utf-8")
    draft.replace(target)


def main() -> None:
    """Write ``narration.json`` beside this file, or where ``--out`` says."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    default = Path(__file__).with_name("narration.json")
    parser.add_argument("--out", type=Path, default=default)
    write_plan(parser.parse_args().out)


if __name__ == "__main__":
    main()
