"""What is known of a film that was put in the place of another one?"""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.film.film_change import ASK_EACH_SCENE, FilmChange
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp

#: Less is no difference of films, but of the programs that wrote them: a frame at 25 a second.
_SAME_MS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFilm:
    """A film that is not the described one.

    ``film_ms`` is its length, ``None`` where it cannot be read, ``described_ms`` that of the described one.
    ``last_text_ms`` is when the last text of the film's own language ends, if there is any. ``change`` is what seems to
    have become of the described one, ``None`` where nobody can tell.
    """

    described_ms: int
    film_ms: int | None
    last_text_ms: int | None = None
    change: FilmChange | None = None

    def tell(self) -> str:
        """Say how the films differ, and how far the texts seem to be off."""
        if self.film_ms is None:
            return "this is about another film than the one that belongs here"
        told = self._by_length(self.film_ms)
        return f"{told}; {self.change.tell() if self.change else ASK_EACH_SCENE}"

    def _by_length(self, film_ms: int) -> str:
        change_ms = film_ms - self.described_ms
        if abs(change_ms) <= _SAME_MS:
            return "this is about another film than the one that lies there now, which is as long"
        more = f"{_seconds(change_ms)} {'longer' if change_ms > 0 else 'shorter'}"
        now = render_timestamp(film_ms, ".")
        told = f"this is about another film than the one that lies there now, which is {more} ({now})"
        if self.last_text_ms is None:
            return told
        before, after = (_from_end(length - self.last_text_ms) for length in (self.described_ms, film_ms))
        return f"{told}: the last text ended {before}, and ends {after} now"


def _from_end(rest_ms: int) -> str:
    return f"{_seconds(rest_ms)} {'before' if rest_ms >= 0 else 'after'} the end"


def _seconds(time_ms: int) -> str:
    return f"{abs(time_ms) / MS_PER_SECOND:.1f} s"
