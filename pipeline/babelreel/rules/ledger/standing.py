"""Say how each line of a translation stands: what was said of it, and whether that is still true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babelreel.model.ledger.entries import Entry, Ledger, PictureText, State
from babelreel.model.ledger.wording import says_the_same, words
from babelreel.model.track import Cue, Track
from babelreel.rules.alignment.made_from import MadeFrom, in_time, made_from, one_line, spoken_cues
from babelreel.rules.ledger.entries_of_lines import entries_of_lines
from babelreel.rules.ledger.source_changes import SourceChange, SourceNow, sources_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One line of a track, what the ledger keeps of it (``None``: nothing), and its present source.

    ``change`` is what became of its source since then, ``None`` where it says the same.
    """

    cue: Cue
    entry: Entry | None
    source: MadeFrom
    change: SourceChange | None = None

    @property
    def state(self) -> State:
        """What was said of the line, even of another text."""
        return self.entry.state if self.entry else State.UNKNOWN

    @property
    def is_stale(self) -> bool:
        """Tell whether its source changed since."""
        return self.change is not None

    @property
    def is_rewritten(self) -> bool:
        """Tell whether the line itself says something else than what was spoken of."""
        return self.entry is not None and not says_the_same(self.entry.text, self.cue.text)

    @property
    def is_approved(self) -> bool:
        """Tell whether somebody approved this very text, as made from this very source."""
        return self.state is State.APPROVED and not self.is_stale and not self.is_rewritten


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureStanding:
    """A text in the picture, and what the ledger keeps of it (``None``: nothing)."""

    words: PictureText
    entry: Entry | None

    @property
    def is_rewritten(self) -> bool:
        """Tell whether it says something else than what was spoken of."""
        return self.entry is not None and not says_the_same(self.entry.text, self.words.text)

    @property
    def is_stale(self) -> bool:
        """Tell whether it says something else in the film's own language since."""
        return self.entry is not None and not says_the_same(self.entry.source, self.words.source)

    @property
    def is_approved(self) -> bool:
        """Tell whether somebody approved this very text, beside what it says in the film's own language."""
        is_said = self.entry is not None and self.entry.state is State.APPROVED
        return is_said and not (self.is_rewritten or self.is_stale)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackStanding:
    """All lines of a track that say anything, in the order of time, and what the language shows in the picture.

    ``waiting`` are those that have times and no text yet, ``vanished`` is what was said of lines that are gone since.
    """

    lines: tuple[Standing, ...]
    waiting: tuple[Standing, ...] = ()
    vanished: tuple[Entry, ...] = ()
    shown: tuple[PictureStanding, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Tell whether every line is approved as it is now, and every text in the picture."""
        return bool(self.lines) and all(line.is_approved for line in self.lines) and not self.unapproved_shown

    @property
    def unapproved_shown(self) -> tuple[PictureStanding, ...]:
        """The texts in the picture that are not approved as they are now."""
        return tuple(each for each in self.shown if not each.is_approved)

    @property
    def unapproved(self) -> tuple[Standing, ...]:
        """The lines that are not approved as they are now."""
        return tuple(line for line in self.lines if not line.is_approved)


def standing_of(
    track: Track,
    reference: Track | None,
    ledger: Ledger | None,
    shown: Iterable[PictureText] = (),
    *,
    is_of_one_film: bool = True,
) -> TrackStanding:
    """Put a track, and what its language shows in the picture, beside what people said of it, and its reference.

    ``reference`` is ``None`` for the reference itself, and where there is none. Without a ledger nothing is known. If
    only one of both was moved to another film (``is_of_one_film``), the lines are taken in the order in which people
    spoke of them, which is that of the reference.
    """
    cues = in_time(track.cues)
    lines = [cue for cue in cues if cue.text.strip()]
    theirs = spoken_cues(reference) if reference else []
    found = entries_of_lines(lines, ledger.entries) if ledger else [None for _ in lines]
    by_cue = {id(cue): entry for cue, entry in zip(lines, found, strict=True)}
    # what the film says where a line waits for its text is not what its neighbours were made from
    entries = [by_cue.get(id(cue)) for cue in cues]
    vanished = _vanished(ledger, found) if ledger else ()
    if ledger is None:
        now = [SourceNow(source=each) for each in made_from(cues, theirs)]
    elif theirs:
        order = list(range(len(cues))) if is_of_one_film else _as_spoken_of(entries)
        told = _sources([cues[place] for place in order], theirs, [entries[place] for place in order], vanished)
        now = [each for _, each in sorted(zip(order, told, strict=True), key=lambda pair: pair[0])]
    else:
        now = [SourceNow(source=MadeFrom()) for _ in cues]
    standings = [
        Standing(cue=cue, entry=entry, source=each.source, change=each.change)
        for cue, entry, each in zip(cues, entries, now, strict=True)
    ]
    return TrackStanding(
        lines=tuple(each for each in standings if id(each.cue) in by_cue),
        waiting=tuple(each for each in standings if id(each.cue) not in by_cue),
        vanished=vanished,
        shown=tuple(
            PictureStanding(words=each, entry=ledger.of_picture(each.name) if ledger else None) for each in shown
        ),
    )


def _as_spoken_of(entries: Sequence[Entry | None]) -> list[int]:
    """Order the places of lines as these stood when people spoke of them; a new line stays behind the one before it."""
    keys: list[str] = []
    for entry in entries:
        keys.append(entry.key if entry else keys[-1] if keys else "")
    return sorted(range(len(entries)), key=lambda place: keys[place])


def _vanished(ledger: Ledger, entries: Sequence[Entry | None]) -> tuple[Entry, ...]:
    there = {entry.key for entry in entries if entry}
    return tuple(entry for entry in ledger if entry.key not in there)


def _sources(
    lines: Sequence[Cue], theirs: Sequence[Cue], entries: Sequence[Entry | None], vanished: Sequence[Entry]
) -> list[SourceNow]:
    """Say of each line what its source is now; what was said of lines since gone helps to find the others' place."""
    known = [MadeFrom(pieces=entry.pieces, shared=entry.shared) if entry else None for entry in entries]
    if None in known:
        known = _with_new_lines(known, made_from(lines, theirs))
    order = _in_order(known, entries, vanished)
    now = sources_now([each for each, _ in order], [one_line(cue) for cue in theirs])
    found = {place: each for each, (_, place) in zip(now, order, strict=True) if place is not None}
    return [found[place] for place in range(len(lines))]


def _with_new_lines(known: Sequence[MadeFrom | None], made: Sequence[MadeFrom]) -> list[MadeFrom | None]:
    """Assign to a line of which nothing is kept the part of the reference that no line beside it was made from."""
    filled = list(known)
    for place, each in enumerate(known):
        if each is None:
            beside = [other for other in known[max(0, place - 2) : place + 3] if other]
            taken = {words(piece) for other in beside for piece in other.pieces}
            own = made[place].pieces
            shared = _shared(filled[place - 1] if place else None, own)
            new = tuple(piece for piece in own[shared:] if words(piece) not in taken)
            # a line that a translator cut in two has the source of the line before it
            filled[place] = MadeFrom(pieces=new) if new else MadeFrom(pieces=own[:shared], shared=shared)
    return filled


def _shared(before: MadeFrom | None, pieces: tuple[str, ...]) -> int:
    """Count with how many pieces the one source begins and the other ends."""
    ends, own = ([words(piece) for piece in each] for each in (before.pieces if before else (), pieces))
    return next((n for n in range(min(len(ends), len(own)), 0, -1) if ends[-n:] == own[:n]), 0)


def _in_order(
    known: Sequence[MadeFrom | None], entries: Sequence[Entry | None], vanished: Sequence[Entry]
) -> list[tuple[MadeFrom, int | None]]:
    """Put the sources in the order of the lines, and those of lines since gone behind what stood before them."""
    by_key = {entry.key: place for place, entry in enumerate(entries) if entry}
    keys = sorted([*by_key, *(entry.key for entry in vanished)])
    behind: dict[int, list[MadeFrom]] = {}
    gone = {entry.key: entry for entry in vanished}
    last = -1
    for key in keys:
        if key in gone:
            entry = gone[key]
            behind.setdefault(last, []).append(MadeFrom(pieces=entry.pieces, shared=entry.shared))
        else:
            last = by_key[key]
    order: list[tuple[MadeFrom, int | None]] = [(each, None) for each in behind.get(-1, ())]
    for place, each in enumerate(known):
        order.append((each or MadeFrom(), place))
        order += [(other, None) for other in behind.get(place, ())]
    return order
