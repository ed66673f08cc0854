"""What is known of a film that was put in the place of another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babelreel.model.film.change.film_change import ASK_EACH_SCENE, ASK_WITH_OLD_FILM, FITS, FilmChange
from babelreel.model.timecode import MS_PER_SECOND, render_length

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

    @property
    def is_off(self) -> bool:
        """Whether the subtitles are probably at the wrong times: they are of the other film, which begins otherwise."""
        return self.film_ms is not None and not self.is_settled and self.change != FilmChange()

    @property
    def call(self) -> str:
        """The call that moves the subtitles to this film, or says that they fit."""
        if self.change:
            return self.change.call or FITS
        return "babelreel conform" if self.is_kept else "babelreel conform OLD.mp4"

    def tell(self) -> str:
        """Say how the films differ, how far the texts seem to be off, and what to do: sentences, without a last stop.

        They fit into one finding.
        """
        if self.film_ms is None:
            return "this describes another film than the one that belongs here: run babelreel probe"
        return ". ".join((*self._differences(), *self._advice()))

    def _differences(self) -> Iterator[str]:
        length = self._length()
        yield f"{self._what}: {length}" if length else self._what
        if self.change and not self.is_settled:
            yield self.change.seems
        elif not (self.before_ms is None or self.film_ms is None or self.last_text_ms is None or self.is_settled):
            before, after = (_from_end(length_ms - self.last_text_ms) for length_ms in (self.before_ms, self.film_ms))
            if before != after:
                yield f"The last text ended {before}, now {after}"

    @property
    def _what(self) -> str:
        if self.is_settled:
            return "The film in video/ is not the one that is described"
        if self.only:
            names, are_many = " and ".join(self.only), len(self.only) > 1
            return f"The film in video/ is not the one that {names} {'belong' if are_many else 'belongs'} to"
        return "The film in video/ is not the one that the subtitles belong to"

    def _length(self) -> str:
        if self.before_ms is None or self.film_ms is None:
            return ""
        change_ms = self.film_ms - self.before_ms
        if abs(change_ms) <= _SAME_MS:
            return "it is just as long"
        clock = render_length(self.film_ms)
        return (
            f"it is {_seconds(change_ms)} longer ({clock})"
            if change_ms > 0
            else f"it is {_seconds(change_ms)} shorter ({clock})"
        )

    def _advice(self) -> Iterator[str]:
        if self.is_settled:
            yield "Run babelreel probe"
            return
        if self.change == FilmChange():
            yield f"If the subtitles fit it, run {FITS}"
        elif self.change:
            yield f"First run {self.call}"
        elif self.is_kept:
            yield ASK_EACH_SCENE
        else:
            yield ASK_WITH_OLD_FILM
        if self.is_described:
            yield "Afterwards run babelreel probe"


def _from_end(rest_ms: int) -> str:
    return f"{_seconds(rest_ms)} {'before' if rest_ms >= 0 else 'after'} the end"


def _seconds(time_ms: int) -> str:
    return f"{abs(time_ms) / MS_PER_SECOND:.1f} s"
