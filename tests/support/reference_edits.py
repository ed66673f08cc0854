"""How is a reference edited, as people edit one, and which of its cues say something else then?

Used by the tests and by ``benchmarks/ledger.py``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A reference after an edit: what kind it was, and the times in the reference before of what says something else.

    ``meant`` are those of the cues of which one must be told; ``allowed`` those of which something may be told.
    """

    kind: str
    track: Track
    meant: tuple[Span, ...] = ()
    allowed: tuple[Span, ...] = ()


def _numbered(track: Track, cues: list[Cue]) -> Track:
    return replace(track, cues=tuple(replace(cue, number=place) for place, cue in enumerate(cues, start=1)))


def _said(cue: Cue, text: str) -> Cue:
    return replace(cue, lines=tuple(text.split("\n")))


def _at(cue: Cue, start_ms: int, end_ms: int) -> Cue:
    return replace(cue, span=Span(start_ms=start_ms, end_ms=end_ms))


def _later(cues: list[Cue], by_ms: int) -> list[Cue]:
    return [_at(cue, max(0, cue.span.start_ms + by_ms), max(1, cue.span.end_ms + by_ms)) for cue in cues]


def _changed(kind: str, track: Track, place: int, text: str) -> Edit:
    cues = list(track.cues)
    span = cues[place].span
    cues[place] = _said(cues[place], text)
    return Edit(kind=kind, track=_numbered(track, cues), meant=(span,), allowed=(span,))


def word(track: Track, chance: random.Random) -> Edit:
    """Put another word in the place of one."""
    place = chance.randrange(len(track.cues))
    found = chance.choice(list(re.finditer(r"\w+", track.cues[place].text)))
    text = track.cues[place].text
    other = chance.choice(("lantern", "seldom", "uncle", "Tuesday"))
    return _changed("word", track, place, f"{text[: found.start()]}{other}{text[found.end() :]}")


def negation(track: Track, chance: random.Random) -> Edit:
    """Put "not" somewhere into a sentence, or take one out."""
    place = chance.randrange(len(track.cues))
    text = track.cues[place].text
    if re.search(r"\bnot ", text):
        return _changed("negation", track, place, re.sub(r"\bnot ", "", text, count=1))
    gap = chance.choice(list(re.finditer(r"\s", text)) or [re.search(r"$", text)])
    at = gap.start() if gap else len(text)
    return _changed("negation", track, place, f"{text[:at]} not{text[at:]}")


def number(track: Track, chance: random.Random) -> Edit:
    """Write another number."""
    places = [place for place, cue in enumerate(track.cues) if re.search(r"\d", cue.text)]
    place = chance.choice(places)
    found = chance.choice(list(re.finditer(r"\d", track.cues[place].text)))
    text = track.cues[place].text
    other = str((int(found[0]) + chance.randrange(1, 9)) % 10)
    return _changed("number", track, place, f"{text[: found.start()]}{other}{text[found.end() :]}")


def split(track: Track, chance: random.Random) -> Edit:
    """Cut a cue in two."""
    place = chance.choice([place for place, cue in enumerate(track.cues) if len(cue.text.split()) > 1])
    cue, cues = track.cues[place], list(track.cues)
    said = cue.text.split()
    at = chance.randrange(1, len(said))
    middle = cue.span.start_ms + cue.span.duration_ms * at // len(said)
    cues[place : place + 1] = [
        _at(_said(cue, " ".join(said[:at])), cue.span.start_ms, middle),
        _at(_said(cue, " ".join(said[at:])), middle, cue.span.end_ms),
    ]
    return Edit(kind="split", track=_numbered(track, cues))


def merge(track: Track, chance: random.Random) -> Edit:
    """Make one cue of two."""
    place, cues = chance.randrange(len(track.cues) - 1), list(track.cues)
    one, other = cues[place : place + 2]
    cues[place : place + 2] = [_at(_said(one, f"{one.text}\n{other.text}"), one.span.start_ms, other.span.end_ms)]
    return Edit(kind="merge", track=_numbered(track, cues))


def insert(track: Track, chance: random.Random) -> Edit:
    """Say one sentence more, with all that follows later, or in the time of the one before."""
    place, cues = chance.randrange(len(track.cues)), list(track.cues)
    cue = cues[place]
    text = chance.choice(("Bring a blue umbrella.", "Nobody may search your pockets.", "Ask for it twice!"))
    end = cue.span.end_ms
    if chance.random() < 0.5:
        new = [cue, _at(_said(cue, text), end, end + 2000)]
        cues[place:] = [*new, *_later(cues[place + 1 :], 2000)]
    else:
        middle = cue.span.start_ms + 2 * cue.span.duration_ms // 3
        cues[place : place + 1] = [_at(cue, cue.span.start_ms, middle), _at(_said(cue, text), middle, end)]
    beside = tuple(each.span for each in track.cues[place : place + 2])
    return Edit(kind="insert", track=_numbered(track, cues), meant=beside, allowed=beside)


def delete(track: Track, chance: random.Random) -> Edit:
    """Leave a cue out."""
    place, cues = chance.randrange(len(track.cues)), list(track.cues)
    gone = cues.pop(place)
    if chance.random() < 0.5:
        cues[place:] = _later(cues[place:], -gone.span.duration_ms)
    return Edit(kind="delete", track=_numbered(track, cues), meant=(gone.span,), allowed=(gone.span,))


def move(track: Track, chance: random.Random) -> Edit:
    """Say a cue elsewhere, at least two cues away: whether one of two neighbours went up or the other down is one."""
    place = chance.randrange(len(track.cues))
    to = chance.choice([each for each in range(len(track.cues)) if abs(each - place) > 1])
    cues = list(track.cues)
    moved = cues.pop(place)
    cues.insert(to, moved)
    time = track.cues[0].span.start_ms
    for at, cue in enumerate(cues):
        cues[at] = _at(cue, time, time + cue.span.duration_ms)
        time += cue.span.duration_ms + 80
    return Edit(kind="move", track=_numbered(track, cues), meant=(moved.span,), allowed=(moved.span,))


def retime(track: Track, chance: random.Random) -> Edit:
    """Shift all cues, stretch them, move each a little, or move the border between two."""
    cues = list(track.cues)
    how = chance.randrange(4)
    if how == 0:
        cues = _later(cues, chance.choice((-400, 700, 2000, 5000, 12_000)))
    elif how == 1:
        cues = [_at(cue, cue.span.start_ms * 25 // 24, cue.span.end_ms * 25 // 24) for cue in cues]
    elif how == 2:
        before = -1  # no cue comes before one that it followed
        for place, cue in enumerate(cues):
            before = max(before + 1, cue.span.start_ms + chance.randrange(-300, 300))
            cues[place] = _at(cue, before, max(before + 1, cue.span.end_ms + chance.randrange(-300, 300)))
    else:
        place = chance.randrange(len(cues) - 1)
        border = (cues[place].span.start_ms + cues[place].span.end_ms) // 2
        cues[place] = _at(cues[place], cues[place].span.start_ms, border)
        cues[place + 1] = _at(cues[place + 1], border + 80, cues[place + 1].span.end_ms)
    return Edit(kind="re-time", track=_numbered(track, cues))


def spacing(track: Track, chance: random.Random) -> Edit:
    """Break lines elsewhere, double spaces, and set quotes otherwise."""
    place, cues = chance.randrange(len(track.cues)), list(track.cues)
    text = cues[place].text
    text = chance.choice(
        (
            text.replace("\n", " "),
            text.replace(" ", "\n", 1),
            text.replace(" ", "  "),
            text.replace(" ", "\u00a0"),
            f" {text} ",
            text.replace("'", "’"),
            re.sub(r"(?=[.?!])", " ", text),
        )
    )
    cues[place] = _said(cues[place], text)
    return Edit(kind="spacing", track=_numbered(track, cues))


#: All kinds of edits; those that change what is said come first.
KINDS: tuple[Callable[[Track, random.Random], Edit], ...] = (
    word,
    negation,
    number,
    insert,
    delete,
    move,
    split,
    merge,
    retime,
    spacing,
)


def seeded_edits(track: Track, count: int, seed: int = 17) -> list[Edit]:
    """Give so many edits of a reference, as many of each kind; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - it must come again
    return [KINDS[place % len(KINDS)](track, chance) for place in range(count)]
