"""Decide which recording of a language is heard, where and how fast, and what is said about it.

This is decided here once. The rules, the table of takes, the mix and the reports read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from babelreel.model.reading_limits import Profile
from babelreel.model.sound.placing import HeardSound, place_take, place_whole, rooms_ms, samples_to_ms
from babelreel.model.sound.recorded_text import RecordedText
from babelreel.model.sound.recordings import Dub, SoundInfo, Take, ms_to_samples
from babelreel.model.sound.take_lines import TakeLine, find_lines
from babelreel.model.track import Cue, Track

#: A shorter overrun is one of rounding.
_LEAST_OVERRUN = ms_to_samples(1)


class Verdict(StrEnum):
    """What is said of a line and the take that is heard in it."""

    MISSING = "missing"
    """It is to be spoken, and nobody recorded it."""
    UNHEARD = "unheard"
    """It is to be spoken, and nothing of what was recorded for it can be heard."""
    OVERRUN = "overrun"
    """Its take runs over its room, even as fast as any may be played."""
    MUCH_FASTER = "much-faster"
    """Its take is sped up by more than ``much_faster_percent``."""
    FASTER = "faster"
    """Its take is sped up by more than ``faster_percent``."""
    DEAD_AIR = "dead-air"
    """Its take is over by more than ``dead_air_ms``, and than half of the line, before the line is."""
    OTHER_TEXT = "other-text"
    """It was changed after its take was recorded."""
    MOVED = "moved"
    """Its take bears another number: lines were put in or taken out after it was recorded."""


class WhyUnheard(StrEnum):
    """Why a recording is not heard: the first of these that is true."""

    NO_NUMBER = "no-number"
    """Its name is not the number of a line."""
    OTHER_WHOLE = "other-whole"
    """There is another recording of the whole film, in a better form."""
    NO_LINE = "no-line"
    """No line has its number."""
    NO_TEXT = "no-text"
    """No line says any more what it was recorded for."""
    FAULT = "fault"
    """It cannot be read."""
    GUIDE = "guide"
    """It is a guide track, spoken by a machine."""
    SILENT = "silent"
    """There is nothing to hear in it."""
    OTHER_TAKE = "other-take"
    """Its line has another take, whose name comes first."""
    TAKES = "takes"
    """It is of the whole film, and there are takes of single lines, which are newer work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnheardSound:
    """A recording that is not heard, and why.

    ``line`` is the number of its line or, without one, that in its name, if there is one. ``recorded`` is the text
    that it was recorded for, where that is known.
    """

    sound: SoundInfo
    why: WhyUnheard
    line: int | None = None
    recorded: RecordedText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A sound that is meant to be heard, and the cue that is spoken in it: ``None`` for one of the whole film."""

    sound: SoundInfo
    cue: Cue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DubbedLine:
    """A cue and what is heard in it: a take, its stretch of a recording of the whole film, or nothing.

    ``room`` is how long a take may be, in samples: up to the next line, less a breath, or up to the film's end;
    ``None`` while that is not known. Without a take it is the length of the cue. ``is_repeated`` says that the number
    of the cue means an earlier one. ``take`` is the take that is heard, if it is one.
    """

    cue: Cue
    room: int | None
    heard: HeardSound | None = None
    is_repeated: bool = False
    take: Take | None = None
    verdicts: frozenset[Verdict] = frozenset()

    @property
    def overrun(self) -> int:
        """By how many samples the voice runs over its room; 0 if it fits, or by less than a millisecond."""
        over = 0 if self.heard is None or self.room is None else self.heard.length - self.room
        return over if over >= _LEAST_OVERRUN else 0

    @property
    def overrun_ms(self) -> int:
        """The same in milliseconds, rounded up: what is over must not look as if it fitted."""
        return -samples_to_ms(-self.overrun)

    @property
    def dead_air(self) -> int:
        """How many samples of the line are left when its voice is over."""
        heard = self.heard
        return 0 if heard is None else max(0, ms_to_samples(self.cue.span.end_ms) - heard.start - heard.length)

    @property
    def is_first_heard(self) -> bool:
        """Tell whether a take is heard although nobody kept the text that it was recorded for."""
        return self.take is not None and self.take.recorded is None

    @property
    def is_to_be_spoken(self) -> bool:
        """Tell whether somebody should be heard: there is text, and it is neither music nor a sign."""
        return self.cue.span.duration_ms > 0 and bool(self.cue.text.strip()) and self.cue.is_spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Dubbing:
    """What is heard of a language's recordings.

    ``lines`` are all cues in order of time, those that begin together as the file has them. ``meant`` is what is there
    to be heard, also what cannot be: the takes whose line there is, or the recording of the whole film. ``whole`` is
    that recording where it is what is heard. ``unheard`` is all the rest, in the order of ``dub.sounds``.
    """

    dub: Dub
    lines: tuple[DubbedLine, ...]
    meant: tuple[Recording, ...] = ()
    whole: HeardSound | None = None
    unheard: tuple[UnheardSound, ...] = ()

    @property
    def heard(self) -> tuple[HeardSound, ...]:
        """What is mixed: the recording of the whole film, or the takes in order of time; nothing, if none is heard."""
        return (self.whole,) if self.whole else tuple(line.heard for line in self.lines if line.heard)

    @property
    def is_of_whole(self) -> bool:
        """Tell whether a recording of the whole film is meant to be heard, and no takes."""
        return any(each.cue is None for each in self.meant)

    @property
    def is_listened_to(self) -> bool:
        """Tell whether it is known when somebody speaks in the recording of the whole film, or need not be known."""
        return self.whole is None or self.whole.sound.speech is not None

    @property
    def cues(self) -> Mapping[int, Cue]:
        """The cues by the numbers that takes are named by: of two with one number, the first in time."""
        return {line.cue.number: line.cue for line in self.lines if not line.is_repeated}


def decide_dubbing(dub: Dub, track: Track, *, film_ms: int | None, profile: Profile) -> Dubbing:
    """Choose what is heard of a dub, place it and judge it; ``film_ms`` is ``None`` while the film is not known.

    Takes, being newer work and made line by line, are heard as soon as one of them can be; else the recording of the
    whole film is, where there is one. A take begins when its line does, may use the pause after it, and is sped up no
    more than it must.
    """
    cues = sorted(track.cues, key=lambda cue: cue.span.start_ms)
    numbered = _by_number(cues)
    found = find_lines(dub.takes, cues, numbered)
    takes = _takes_heard(found)
    meant = tuple(Recording(sound=each.take.sound, cue=each.cue) for each in found if each.cue)
    whole = dub.whole
    if whole and not any(_can_be_heard(each.sound) for each in meant):
        meant, takes = (Recording(sound=whole, cue=None),), {}
        heard = place_whole(whole, film_ms) if _can_be_heard(whole) else None
        lines = tuple(_line_of_whole(cue, heard, is_repeated=numbered[cue.number] is not cue) for cue in cues)
    else:
        heard = None
        recorded = frozenset(id(each.cue) for each in found)
        placed = _place(cues, numbered, takes, film_ms)
        lines = tuple(_judged(line, takes, profile, is_recorded=id(line.cue) in recorded) for line in placed)
    unheard = tuple(_unheard(dub, found, takes, is_whole_heard=heard is not None))
    return Dubbing(dub=dub, lines=lines, meant=meant, whole=heard, unheard=unheard)


def _by_number(cues: list[Cue]) -> dict[int, Cue]:
    found: dict[int, Cue] = {}
    for cue in cues:
        found.setdefault(cue.number, cue)
    return found


def _can_be_heard(sound: SoundInfo) -> bool:
    return sound.is_audible and not sound.is_guide


#: By ``id`` of its cue: what is heard there.
_Heard = Mapping[int, TakeLine]


def _takes_heard(found: Iterable[TakeLine]) -> _Heard:
    """Choose the take that is heard in each line: one for its present text, and of those the first in order of path."""
    heard: dict[int, TakeLine] = {}
    for each in sorted(found, key=lambda each: (each.is_changed, each.take.sound.path)):
        if each.cue and _can_be_heard(each.take.sound):
            heard.setdefault(id(each.cue), each)
    return heard


def _line_of_whole(cue: Cue, whole: HeardSound | None, *, is_repeated: bool) -> DubbedLine:
    start, length = ms_to_samples(cue.span.start_ms), ms_to_samples(cue.span.duration_ms)
    end = min(start + length, whole.end) if whole else 0
    heard = replace(whole, cue=cue, start=start, first=start, end=end) if whole and end > start else None
    return DubbedLine(cue=cue, room=length, heard=heard, is_repeated=is_repeated)


def _place(cues: list[Cue], numbered: Mapping[int, Cue], takes: _Heard, film_ms: int | None) -> Iterator[DubbedLine]:
    """Place each take; a voice never runs into a line. A cue without text is no line, unless somebody recorded it."""
    bounding = [cue for cue in cues if cue.text.strip() or id(cue) in takes]
    rooms = dict(zip(map(id, bounding), rooms_ms([cue.span.start_ms for cue in bounding], film_ms), strict=True))
    for cue in cues:
        found, is_repeated = takes.get(id(cue)), numbered[cue.number] is not cue
        room: int | None = ms_to_samples(cue.span.duration_ms)
        heard = None
        if found:
            room_ms = rooms[id(cue)]
            room = None if room_ms is None else ms_to_samples(room_ms)
            heard = place_take(found.take.sound, cue, room)
        take = found.take if found else None
        yield DubbedLine(cue=cue, room=room, heard=heard, is_repeated=is_repeated, take=take)


def _judged(line: DubbedLine, takes: _Heard, profile: Profile, *, is_recorded: bool) -> DubbedLine:
    found = takes.get(id(line.cue))
    texts = _verdicts_on_text(found) if found else ()
    return replace(line, verdicts=frozenset((*_verdicts(line, profile, is_recorded=is_recorded), *texts)))


def _verdicts_on_text(found: TakeLine) -> Iterator[Verdict]:
    if found.is_changed:
        yield Verdict.OTHER_TEXT
    if found.cue and found.take.line != found.cue.number:
        yield Verdict.MOVED


def _verdicts(line: DubbedLine, profile: Profile, *, is_recorded: bool) -> Iterator[Verdict]:
    heard = line.heard
    if heard is None:
        if line.is_to_be_spoken:
            yield Verdict.UNHEARD if is_recorded else Verdict.MISSING
        return
    faster_percent = 100 * (heard.tempo - 1)
    if line.overrun:
        yield Verdict.OVERRUN
    elif faster_percent > profile.much_faster_percent:
        yield Verdict.MUCH_FASTER
    elif faster_percent > profile.faster_percent:
        yield Verdict.FASTER
    is_long = line.dead_air > ms_to_samples(profile.dead_air_ms)
    if line.cue.is_spoken and is_long and 2 * line.dead_air > ms_to_samples(line.cue.span.duration_ms):
        yield Verdict.DEAD_AIR


def _unheard(dub: Dub, found: Iterable[TakeLine], heard: _Heard, *, is_whole_heard: bool) -> Iterator[UnheardSound]:
    if dub.whole and not is_whole_heard:
        yield UnheardSound(sound=dub.whole, why=_flaw(dub.whole) or WhyUnheard.TAKES)
    for each in found:
        if each.cue is None:
            why = WhyUnheard.NO_TEXT if each.take.recorded else WhyUnheard.NO_LINE
            yield UnheardSound(sound=each.take.sound, why=why, line=each.take.line, recorded=each.take.recorded)
        elif heard.get(id(each.cue)) is not each:
            why = _flaw(each.take.sound) or WhyUnheard.OTHER_TAKE
            yield UnheardSound(sound=each.take.sound, why=why, line=each.cue.number, recorded=each.take.recorded)
    for stray in dub.strays:
        is_whole = dub.whole is not None and _folder(stray) == _folder(dub.whole)
        yield UnheardSound(sound=stray, why=WhyUnheard.OTHER_WHOLE if is_whole else WhyUnheard.NO_NUMBER)


def _flaw(sound: SoundInfo) -> WhyUnheard | None:
    flaws = (
        (WhyUnheard.FAULT, bool(sound.fault)),
        (WhyUnheard.GUIDE, sound.is_guide),
        (WhyUnheard.SILENT, sound.is_silent),
    )
    return next((why for why, is_true in flaws if is_true), None)


def _folder(sound: SoundInfo) -> PurePosixPath:
    return PurePosixPath(sound.path).parent
