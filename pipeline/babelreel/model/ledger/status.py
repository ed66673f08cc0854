"""How far each language is: what people said of it, what changed since, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.delivery.pairs import Pair
from babelreel.model.language import Language
from babelreel.model.ledger.entries import State
from babelreel.model.track import Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """A line of which something changed since somebody spoke of it.

    ``source_before`` and ``source_now`` are empty where the reference says the same, ``text_before`` where the line
    does.
    """

    cue: Cue
    source_before: str = ""
    source_now: str = ""
    text_before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceStatus:
    """What was recorded of a language: the whole film, or ``takes`` of so many ``lines`` that are spoken.

    ``changed`` counts the takes whose line says something else now.
    """

    is_whole: bool = False
    takes: int = 0
    lines: int = 0
    changed: int = 0

    @property
    def is_there(self) -> bool:
        """Tell whether anything was recorded."""
        return self.is_whole or self.takes > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageStatus:
    """One language of a film.

    ``states`` counts the lines by what was said of them, as far as they are still of this text and this source;
    ``stale`` and ``rewritten`` count those that are not. ``approvers`` are the names of those who approved lines, with
    how many, the most first, and ``last`` the last day on which anybody said anything. ``fault`` says why the ledger
    cannot be read; ``has_ledger`` is false where nobody said anything yet. ``is_withdrawn``: it was taken out of what
    is published, and the next build leaves it out while its subtitles are the same. ``shown`` counts its texts in the
    picture, ``left_shown`` names those that nobody approved as they are now.
    """

    language: Language
    is_reference: bool
    lines: int
    states: tuple[tuple[State, int], ...]
    stale: int
    rewritten: int
    approvers: tuple[tuple[str, int], ...]
    last: str
    errors: int
    warnings: int
    voice: VoiceStatus
    changed: tuple[ChangedLine, ...]
    has_ledger: bool
    fault: str = ""
    is_withdrawn: bool = False
    shown: int = 0
    left_shown: tuple[str, ...] = ()

    def count(self, state: State) -> int:
        """Count the lines that are in a state."""
        return dict(self.states).get(state, 0)

    @property
    def is_approved(self) -> bool:
        """Tell whether every line is approved as it is now, and every text in the picture."""
        return self.lines > 0 and self.count(State.APPROVED) == self.lines and not self.left_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmStatus:
    """All languages of a film, in the project's order; ``reference`` is the language that it speaks.

    ``other_film`` says what became of the film where it is no longer the described one, or that the lines are at the
    times of two films. ``stayed`` are the files that were made for the film before. ``pairs`` are those that are
    published two at once, as far as they are made of these languages.
    """

    title: str
    reference: str
    languages: tuple[LanguageStatus, ...]
    other_film: str = ""
    stayed: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
