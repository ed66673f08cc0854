"""What is known of a film that was put in the place of another one."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.model.film.film_change import ASK_EACH_SCENE, ASK_WITH_OLD_FILM, FilmChange
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp

#: Less is no difference of films, but of the programs that wrote them: a frame at 25 a second.
_SAME_MS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFilm:
    """A film that is not that of the subtitles, or not the described one.

    ``before_ms`` is the length of that one, ``film_ms`` that of the present one, each ``None`` where nobody knows it.
    ``last_text_ms`` is when the last text of the film's own language ends, if there is any. ``change`` is what seems to
    have become of the film, ``None`` where nobody knows.

    ``is_described``: the description is about the other one. ``is_settled``: the subtitles are of the present one.
    ``is_kept``: what the other one looks and sounds like is kept. ``only`` are the languages, or the chapters, that are
    of the other one, where not all of them are.
    """

    before_ms: int | None
    film_ms: int | None
    last_text_ms: int | None = None
    change: FilmChange | None = None
    is_described: bool = True
    is_settled: bool = False
    is_kept: bool = True
    only: tuple[str, ...] = ()

    def tell(self) -> str:
        """Say how the films differ, how far the texts seem to be off, and what to do."""
        told = self._by_length() if self.film_ms is not None else f"{self._what} than the one that belongs here"
        advice = f"; {self._advice}" if self.film_ms is not None and not self.is_settled else ""
        return f"{told}{advice}" + (": run babelreel probe" if self.is_described else "")

    @property
    def _what(self) -> str:
        if self.is_described:
            return "this is about another film"
        return f"{', '.join(self.only)}: of another film" if self.only else "the subtitles are of another film"

    @property
    def _advice(self) -> str:
        if self.change:
            return self.change.tell()
        ask = ASK_EACH_SCENE if self.is_kept else ASK_WITH_OLD_FILM
        return f"still to be moved: {', '.join(self.only)}; {ask}" if self.is_described and self.only else ask

    def _by_length(self) -> str:
        told = f"{self._what} than the one that lies there now"
        if self.before_ms is None or self.film_ms is None:
            return told
        change_ms = self.film_ms - self.before_ms
        if abs(change_ms) <= _SAME_MS:
            return f"{told}, which is as long"
        more = f"{_seconds(change_ms)} {'longer' if change_ms > 0 else 'shorter'}"
        told = f"{told}, which is {more} ({render_timestamp(self.film_ms, '.')})"
        if self.last_text_ms is None or self.is_settled:
            return told
        before, after = (_from_end(length - self.last_text_ms) for length in (self.before_ms, self.film_ms))
        return f"{told}: the last text ended {before}, and ends {after} now"


def _from_end(rest_ms: int) -> str:
    return f"{_seconds(rest_ms)} {'before' if rest_ms >= 0 else 'after'} the end"


def _seconds(time_ms: int) -> str:
    return f"{abs(time_ms) / MS_PER_SECOND:.1f} s"
