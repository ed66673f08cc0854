"""Find the entry of the ledger that is about each line of the track, by words and never by a number or a time."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from babelreel.model.ledger.entries import Entry
from babelreel.model.ledger.wording import words
from babelreel.model.sound.recorded_text import likeness
from babelreel.model.track import Cue

#: Between lines that did not change, so many are compared with one another; more are changed beyond knowing.
_MOST_COMPARED = 60


def entries_of_lines(lines: Sequence[Cue], entries: Sequence[Entry]) -> list[Entry | None]:
    """Find the entry of each line, ``None`` where nobody said anything of it.

    ``lines`` are in the order of time, ``entries`` in that of their keys. First those are found that say the same in
    the same order, then changed ones between these, then what was moved.
    """
    if [cue.text for cue in lines] == [entry.text for entry in entries]:  # most often
        return list(entries)
    ours = [words(cue.text) for cue in lines]
    theirs = [words(entry.text) for entry in entries]
    found: list[Entry | None] = [None] * len(lines)
    left, gone = set[int](), set[int]()
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            found[start:end] = entries[first:last]
        else:
            left.update(range(start, end))
            gone.update(range(first, last))
    _pair_moved(found, left, gone, ours, theirs, entries)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "replace":
            _pair_changed(
                found,
                [place for place in range(start, end) if place in left],
                [place for place in range(first, last) if place in gone],
                (ours, theirs, entries),
            )
    return found


def _pair_moved(  # noqa: PLR0913, PLR0917 - two tracks, what is known of them, and what is found
    found: list[Entry | None],
    left: set[int],
    gone: set[int],
    ours: Sequence[tuple[str, ...]],
    theirs: Sequence[tuple[str, ...]],
    entries: Sequence[Entry],
) -> None:
    places: dict[tuple[str, ...], list[int]] = {}
    for place in sorted(gone):
        places.setdefault(theirs[place], []).append(place)
    for line in sorted(left):
        if same := places.get(ours[line]):
            place = same.pop(0)
            found[line] = entries[place]
            left.discard(line)
            gone.discard(place)


def _pair_changed(
    found: list[Entry | None],
    lines: list[int],
    places: list[int],
    texts: tuple[Sequence[tuple[str, ...]], Sequence[tuple[str, ...]], Sequence[Entry]],
) -> None:
    """Pair lines that were changed with what was said of them: in order where as many are on both sides, else by words.

    A line that is put in beside a changed one is like nothing that was there.
    """
    ours, theirs, entries = texts
    if len(lines) == len(places):
        for line, place in zip(lines, places, strict=True):
            found[line] = entries[place]
        return
    if len(lines) * len(places) > _MOST_COMPARED**2:
        return
    likest = sorted(
        (
            (likeness(" ".join(ours[line]), " ".join(theirs[place])), -abs(line - place), line, place)
            for line in lines
            for place in places
        ),
        reverse=True,
    )
    used: set[int] = set()
    for much, _, line, place in likest:
        if much and found[line] is None and place not in used:
            found[line] = entries[place]
            used.add(place)
