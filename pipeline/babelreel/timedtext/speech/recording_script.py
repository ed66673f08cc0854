"""List the lines of a track to record, with how long each may be and what the film says there."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from babelreel.model.language import Language
from babelreel.model.sound.dubbing import Dubbing, Verdict
from babelreel.model.sound.placing import rooms_ms
from babelreel.model.sound.recording_script import Recorded, RecordingScript, ScriptLine, flowing
from babelreel.model.sound.take_names import TakeNames
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Track
from babelreel.timedtext.speech.duration import estimate_ms

_FEWEST_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """What is common to the scripts of a film: its title, its length if that is known, and what it says.

    ``stems`` is the folder of recorded sounds, relative to the project, with ``/``.
    """

    title: str
    source: Language
    reference: Track | None
    film_ms: int | None
    stems: str


def make_script(
    track: Track, language: Language, production: Production, dubbing: Dubbing | None = None
) -> RecordingScript:
    """Make the script of one language; also from a track with faults of any kind.

    ``dubbing`` is what is heard of existing takes: they are not asked for again, and no new one replaces them.
    """
    shown = sorted((cue for cue in track.cues if cue.text.strip()), key=lambda cue: cue.span.start_ms)
    # a line of music bounds a voice too, and a cue without any text does not, as takes are placed
    rooms = rooms_ms([cue.span.start_ms for cue in shown], production.film_ms)
    cues = [cue for cue in shown if has_words(cue)]
    is_source = language.tag == production.source.tag
    source = _SourceTexts(() if is_source or production.reference is None else production.reference.cues)
    width = max(_FEWEST_DIGITS, *(len(str(cue.number)) for cue in cues)) if cues else _FEWEST_DIGITS
    takes_dir = f"{production.stems}/{language.tag}"
    heard = {line.cue: line for line in dubbing.lines if line.take} if dubbing else {}
    names = TakeNames(dubbing, width=width)

    def take_of(cue: Cue) -> tuple[str, Recorded]:
        line = heard.get(cue)
        is_changed = line is not None and Verdict.OTHER_TEXT in line.verdicts
        if line and line.take and not is_changed:
            return line.take.sound.path, Recorded.DONE
        return f"{takes_dir}/{names.name_of(cue)}.wav", Recorded.OTHER_TEXT if is_changed else Recorded.NOTHING

    return RecordingScript(
        title=production.title,
        language=language,
        source=production.source,
        film_ms=production.film_ms,
        lines=tuple(
            ScriptLine(
                number=cue.number,
                span=cue.span,
                text=cue.text,
                source_text=source.over(cue.span),
                # where nobody knows when the film ends, its last line has its own time
                room_ms=max(0, cue.span.duration_ms) if room_ms is None else room_ms,
                spoken_ms=estimate_ms(flowing(cue.text, language), language),
                take=take_of(cue)[0],
                recorded=take_of(cue)[1],
            )
            for cue, room_ms in zip(shown, rooms, strict=True)
            if has_words(cue)
        ),
        takes_dir=takes_dir,
        repeated=tuple(number for number, times in Counter(cue.number for cue in cues).items() if times > 1),
        silent=tuple(cue.number for cue in track.cues if not has_words(cue)),
    )


def has_words(cue: Cue) -> bool:
    """Tell whether there is anything to say: a letter or a digit of any script."""
    return any(unicodedata.category(char)[0] in "LN" for char in cue.text)


class _SourceTexts:
    """What the film says at a time; the cues of its track may overlap and stand in any order."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._cues = sorted(
            (cue for cue in cues if cue.span.duration_ms > 0 and has_words(cue)), key=lambda cue: cue.span.start_ms
        )
        self._starts = [cue.span.start_ms for cue in self._cues]
        self._ends = list(accumulate((cue.span.end_ms for cue in self._cues), max))

    def over(self, span: Span) -> str:
        """Find the texts that go with a span: all that share half of it or half of themselves, else the nearest."""
        first, behind = bisect_right(self._ends, span.start_ms), bisect_left(self._starts, span.end_ms)
        shared = [(_shared_ms(cue.span, span), cue) for cue in self._cues[first:behind]]
        shared = [(shared_ms, cue) for shared_ms, cue in shared if shared_ms > 0]
        whole = [cue for ms, cue in shared if 2 * ms >= min(cue.span.duration_ms, span.duration_ms)]
        if not whole and shared:
            whole = [max(shared, key=lambda pair: pair[0])[1]]
        return "\n".join(cue.text for cue in whole)


def _shared_ms(one: Span, other: Span) -> int:
    return min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)
