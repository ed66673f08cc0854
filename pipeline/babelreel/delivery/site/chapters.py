"""The parts of the film: headings in its text, and a track from which players make a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from babelreel.delivery.site.page_text import Line, render_clock, render_seconds
from babelreel.delivery.site.site_content import Site, SiteLanguage
from babelreel.model.campaign import chapters_in
from babelreel.model.timecode import render_timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the film and what is said in it; without a ``title`` where no chapter has begun yet."""

    title: str
    start_ms: int
    end_ms: int
    lines: tuple[Line, ...]

    @property
    def clock(self) -> str:
        """When it starts, as people read a clock."""
        return render_clock(self.start_ms)

    @property
    def seconds(self) -> str:
        """When it starts, in seconds, as links and scripts write it."""
        return render_seconds(self.start_ms)

    @property
    def end_seconds(self) -> str:
        """When it ends, in seconds."""
        return render_seconds(self.end_ms)


def sections_of(site: Site, language: SiteLanguage, lines: Sequence[Line], duration_ms: int) -> tuple[Section, ...]:
    """Cut the lines of a language at its chapters; one section without a title where it has none.

    A line belongs to the chapter in which it begins. ``duration_ms`` is the film's, 0 where there is none.
    """
    end_ms = max(duration_ms, max((line.end_ms for line in lines), default=0))
    titled = [each for each in chapters_in(site.campaign.chapters, language.tag) if each[0] < end_ms]
    begun = [(0, ""), *titled] if not titled or titled[0][0] > 0 else titled
    found = (
        Section(
            title=title,
            start_ms=start,
            end_ms=end,
            lines=tuple(line for line in lines if start <= line.start_ms < end or (start == 0 and line.start_ms < 0)),
        )
        for (start, title), (end, _) in pairwise([*begun, (end_ms, "")])
    )
    return tuple(each for each in found if each.title or each.lines)


def render_chapters(sections: Sequence[Section]) -> str:
    """Write the sections that have a title as a WebVTT chapters track; an empty text where none has."""
    titled = [each for each in sections if each.title]
    cues = (
        f"\n{render_timestamp(each.start_ms, '.')} --> {render_timestamp(each.end_ms, '.')}\n"
        f"{escape(each.title, quote=False)}\n"
        for each in titled
    )
    return "WEBVTT\n" + "".join(cues) if titled else ""
