"""The music and the effects of the film, made with numpy alone."""

from __future__ import annotations

import numpy as np

RATE = 48000
BEAT = 60 / 72
BAR = 4 * BEAT
# One chord a bar, as semitones above C; low notes first. C, A minor, F, G with soft colours.
CHORDS = (
    (0, 7, 12, 16, 19, 23),
    (-3, 4, 12, 16, 19, 21),
    (-7, 5, 9, 12, 16, 21),
    (-5, 2, 11, 14, 19, 21),
)
# Which note of the chord is plucked on each eighth; None rests.
PATTERN = (2, None, 4, 3, None, 5, 4, None)

Samples = np.ndarray


def pitch(semitones: float) -> float:
    """The frequency of a note, counted from middle C."""
    return 261.6256 * 2.0 ** (semitones / 12)


def add(track: Samples, at: float, sound: Samples, left: float, right: float) -> None:
    """Add a mono sound to a stereo track at a time in seconds."""
    start = round(at * RATE)
    end = min(len(track), start + len(sound))
    if end > start:
        track[start:end, 0] += left * sound[: end - start]
        track[start:end, 1] += right * sound[: end - start]


def pad(frequency: float, seconds: float) -> Samples:
    """A warm held note which swells and goes."""
    t = np.arange(round(seconds * RATE)) / RATE
    tone = np.zeros_like(t)
    for number, strength in ((1, 1.0), (2, 0.28), (3, 0.10), (4, 0.03)):
        for detune in (-0.0011, 0.0013):
            tone += strength * np.sin(2 * np.pi * frequency * number * (1 + detune) * t + number)
    rise = np.clip(t / 1.5, 0, 1)
    fall = np.clip((seconds - t) / 1.6, 0, 1)
    return tone * np.sin(rise * np.pi / 2) ** 2 * np.sin(fall * np.pi / 2) ** 2


def pluck(frequency: float) -> Samples:
    """A soft note like that of a kalimba."""
    t = np.arange(round(2.2 * RATE)) / RATE
    tone = np.sin(2 * np.pi * frequency * t) * np.exp(-t * 2.6)
    tone += 0.22 * np.sin(2 * np.pi * frequency * 3.0 * t) * np.exp(-t * 9)
    return tone * np.clip(t / 0.006, 0, 1) * np.clip((2.2 - t) / 0.2, 0, 1)


def noise(seconds: float, low: float, high: float, seed: int) -> Samples:
    """Noise between two frequencies, with a largest value of 1."""
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    f = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= 1 / (1 + (f / high) ** 4) * (f / (f + low)) ** 2
    sound = np.fft.irfft(spectrum, count)
    return sound / np.abs(sound).max()


def echoed(track: Samples) -> Samples:
    """The track with a soft room around it."""
    seconds, size = 1.6, 1
    t = np.arange(round(seconds * RATE)) / RATE
    while size < len(track) + len(t):
        size *= 2
    result = track.copy()
    for side in (0, 1):
        tail = noise(seconds, 120, 2600, 40 + side) * np.exp(-t * 3.4) * np.clip(t / 0.02, 0, 1)
        tail /= np.sqrt(np.sum(tail**2))
        wet = np.fft.irfft(np.fft.rfft(track[:, side], size) * np.fft.rfft(tail, size), size)
        result[:, side] += 0.34 * wet[: len(track)]
    return result


def music(count: int) -> Samples:
    """``count`` stereo samples of slow chords and plucked notes."""
    track = np.zeros((count, 2))
    bars = int(count / RATE / BAR) + 1
    for bar in range(bars):
        chord = CHORDS[bar % len(CHORDS)]
        for index, note in enumerate(chord[:5]):
            level = 0.075 if index else 0.11
            share = 0.5 + 0.28 * (-1) ** index
            held = pad(pitch(note - 12), BAR + 1.7)
            add(track, bar * BAR, held, level * (1 - share), level * share)
        if bar < 1:
            continue
        for step, which in enumerate(PATTERN):
            if which is not None and bar * BAR + step * BEAT / 2 < count / RATE - 4.5:
                strength = 0.17 if step % 4 == 0 else 0.12
                share = 0.35 + 0.3 * ((step * 3 + bar) % 4) / 3
                sound = pluck(pitch(chord[which] + (12 if bar % 8 > 5 and step > 4 else 0)))
                add(track, bar * BAR + step * BEAT / 2, sound, strength * (1 - share),
                    strength * share)  # fmt: skip
    return echoed(track)


def effects(count: int, starts: list[float]) -> Samples:
    """A train, rain, a stamp and a telephone, at the starts of their shots."""
    track = np.zeros((count, 2))
    rumble = noise(2.9, 30, 170, 1) * np.linspace(1, 0, round(2.9 * RATE)) ** 1.5
    rumble[:4800] *= np.linspace(0, 1, 4800)
    add(track, 0.0, rumble, 0.05, 0.09)
    rain = noise(3.2, 500, 2400, 2)
    t = np.arange(len(rain)) / RATE
    rain *= np.clip(t / 0.4, 0, 1) * np.clip((3.0 - t) / 2.2, 0, 1)
    add(track, starts[2], rain, 0.04, 0.04)
    t = np.arange(round(0.4 * RATE)) / RATE
    thump = np.sin(2 * np.pi * (60 * t + 3 * (1 - np.exp(-t * 30)))) * np.exp(-t * 16)
    add(track, starts[14] + 6.25, thump * np.clip(t / 0.003, 0, 1), 0.12, 0.14)
    for ring in range(2):
        for index, note in enumerate((16, 19, 24)):
            at = starts[16] + 0.1 + ring * 2.4 + index * 0.16
            add(track, at, pluck(pitch(note + 12)), 0.06, 0.05)
    return track


def bed(count: int, starts: list[float]) -> Samples:
    """Music and effects with a fade at both ends, between -1 and 1."""
    track = music(count) + effects(count, starts)
    t = np.arange(count) / RATE
    fade = np.sin(np.clip(t / 1.2, 0, 1) * np.pi / 2) ** 2
    fade *= np.sin(np.clip((count / RATE - t) / 3.2, 0, 1) * np.pi / 2) ** 2
    return track * fade[:, None]
