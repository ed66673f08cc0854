"""What must hold of every track that is shifted or stretched, tried on random tracks in every format."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from babelreel.app.retime.beginnings import shift_of
from babelreel.model.film.change.time_map import Fate, TimeMap
from babelreel.model.timecode import Span
from babelreel.timedtext.retiming.move import MovedFile
from support.timed_files import FORMATS, Written, moved, read, spans, written

_HOUR_MS = 3_600_000
FILM_RATE = Fraction(25)
RATES = tuple(map(Fraction, ("25/24", "24/25", "1001/1000", "1000/1001", "1001/960", "960/1001", "6/5", "5/6")))
_SHORT = re.compile(r"(?<![:0-9])([0-9]{2}:[0-9]{2}\.[0-9]{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A random file; ``is_short``: a WebVTT file that writes no hours where it needs none."""

    form: Written
    lines: tuple[tuple[int, int, str], ...]
    content: bytes
    is_short: bool

    @property
    def spans(self) -> list[Span]:
        """When its lines are shown."""
        return [Span(start_ms=start, end_ms=end) for start, end, _ in self.lines]


def random_trial(chance: random.Random) -> Trial:
    """Make a track whose lines do not overlap, some of them touching, at the film's beginning or around an hour."""
    form = chance.choice(FORMATS)
    step, now, lines = form.step_ms, chance.choice((0, chance.randrange(5000), _HOUR_MS - 20_000)), []
    now -= now % step
    for number in range(1, chance.randrange(2, 14)):
        start = now + chance.choice((0, 1, 2, 7, 50, 999)) * step
        now = start + chance.randrange(2, 6000 // step + 3) * step
        lines.append((start, now, f"C’est gratuit, ligne {number}."))
    text = written(form.ending, lines)
    is_short = form.ending == "vtt" and chance.random() < 0.5
    if form.ending == "vtt" and not is_short:
        text = _SHORT.sub(r"00:\1", text)
    content = text.replace("\n", chance.choice(("\n", "\r\n"))).encode()
    return Trial(form=form, lines=tuple(lines), content=content, is_short=is_short)


def faults_of_shift(chance: random.Random) -> list[str]:
    """Shift a random track as a whole, and back; give what is wrong then."""
    trial, by_ms = random_trial(chance), chance.randrange(90_000)
    there = moved(trial.content, trial.form.ending, TimeMap.shifted(by_ms))
    return _kept(trial, there) + _restored(trial, there, by_ms, None)


def faults_of_shift_from(chance: random.Random) -> list[str]:
    """Shift a random track from a line or a moment on, later or earlier, and back."""
    trial = random_trial(chance)
    ending, by_ms = trial.form.ending, chance.choice((-1, 1)) * chance.randrange(20_000)
    place = chance.choice(trial.spans)
    start_ms = place.start_ms + chance.choice((0, 0, -300, 300, place.duration_ms // 2))
    time_map = shift_of(by_ms, start_ms, FILM_RATE)(read(trial.content, ending))
    first_ms = time_map.stretches[-1].old.start_ms
    if first_ms + by_ms < 0 or trial.spans[-1].start_ms < first_ms:
        return []  # the program refuses it
    there = moved(trial.content, ending, time_map)
    new = [line.new for line in there.lines]
    whole = [line.new for line in there.lines if line.new is not None]
    faults = [f"an overlap: {one}, {other}" for one, other in pairwise(whole) if other.start_ms < one.end_ms]
    for old, now, line in zip(trial.spans, new, there.lines, strict=True):
        runs_into = old.start_ms < first_ms and old.end_ms > first_ms + min(by_ms, 0)
        if not runs_into and (now is None or now.duration_ms != old.duration_ms or line.fate is not Fate.WHOLE):
            faults.append(f"{old} became {now} without a reason")
    if any(line.fate is not Fate.WHOLE for line in there.lines):
        return faults
    return faults + _restored(trial, there, by_ms, first_ms)


def faults_of_stretch(chance: random.Random) -> list[str]:
    """Stretch a random track, and back where nothing is rounded away."""
    trial, rate = random_trial(chance), chance.choice(RATES)
    ending = trial.form.ending
    there = moved(trial.content, ending, TimeMap.stretched(rate))
    faults = _kept(trial, there)
    if rate < 1 or trial.form.step_ms > 1 or _loses_form(trial, there):
        return faults
    back = moved(there.data, ending, TimeMap.stretched(1 / rate)).data
    return faults if back == trial.content else [*faults, "there and back is not the same"]


def _kept(trial: Trial, there: MovedFile) -> list[str]:
    after = spans(there.data, trial.form.ending)
    faults = [f"an overlap: {one}, {other}" for one, other in pairwise(after) if other.start_ms < one.end_ms]
    faults += [f"lasts no time: {each}" for each in after if each.duration_ms <= 0]
    texts = [cue.text for cue in read(there.data, trial.form.ending).cues]
    return faults if texts == [text for _, _, text in trial.lines] else [*faults, "a text is lost"]


def _restored(trial: Trial, there: MovedFile, by_ms: int, first_ms: int | None) -> list[str]:
    if _loses_form(trial, there):
        return []
    # in a format of coarse times the first line may come a little before, or behind, what was asked for
    starts = {line.old.start_ms: line.new.start_ms for line in there.lines if line.new is not None}
    new_first = None if first_ms is None else starts.get(first_ms, first_ms + by_ms)
    back_map = shift_of(-by_ms, new_first, FILM_RATE)(read(there.data, trial.form.ending))
    back = moved(there.data, trial.form.ending, back_map)
    return [] if back.data == trial.content else ["there and back is not the same"]


def _loses_form(trial: Trial, there: MovedFile) -> bool:
    """Tell whether all times need hours now in a file that wrote some without: nothing tells it any more."""
    first = spans(there.data, trial.form.ending)[0]
    return trial.is_short and trial.lines[0][0] < _HOUR_MS <= first.start_ms
