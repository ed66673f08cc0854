"""Check that words in the picture are seen: nothing else is drawn where they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from babelreel.model.film.ladder.encoding_ladder import Rung, Text, select_rungs
from babelreel.model.film.signs import ShownSign, signs_in
from babelreel.model.finding import Severity
from babelreel.model.timecode import Span, render_clock, shown_frames
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.paired_track import PairedTrack
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.layout.editions import LaidOut, lay_out
from babelreel.rules.layout.pairs import pairs_laid_out
from babelreel.rules.layout.signs import stands_on_line
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.pair import find_pair_misfits
from babelreel.timedtext.burnin.placed.areas import do_overlap, find_cue_areas, find_pair_areas
from babelreel.timedtext.burnin.placed.signs import LaidSign
from babelreel.timedtext.burnin.placed.stacked_signs import lay_signs, overlapping_signs


class _Covered(NamedTuple):
    """What lies over what: a message without the sizes in which it does, and the line that it is about."""

    message: str
    cue: Cue | None = None


@track_rule(code="SGN006", name="covered-sign", severity=Severity.WARNING, needs=frozenset({Need.FILM}))
def covered_sign(subject: TrackSubject) -> Iterator[Breach]:
    """Words in the picture lie over others, over a line, or under a card.

    Why: Words that overlap cannot be read, and a number may lose a digit. It is no error, because it happens in some
    sizes only; where players show the text, all of it can be read.

    Limit: None of them share a pixel in any size that they are burned into, as they are drawn there, also where two
    languages are shown at once. Words that are shown at the same time move below or beside one another, get smaller if
    they must, and stay above two rows of subtitles. So this finds a “box”, which stays where it is, lines of three rows
    and more, and words for which there is no room. Cards hide everything below them.

    Source: proposal of this project.

    Example: two signs from 0:12 to 0:15, both with box = [0.1, 0.1, 0.4, 0.2].

    Fix: Give one of them another place or box, or show it at another time.
    """
    video = subject.film.video if subject.film else None
    shown = signs_in(subject.signs, subject.language.tag, is_reference=subject.is_spoken)
    burned = tuple(rung for rung in subject.rungs if rung.text is Text.BURN_IN)
    if video is None or not shown or not burned:
        return
    yield from _under_cards(subject, shown)
    meanwhile = [[cue for cue in subject.track.cues if cue.span.overlaps(each.sign.span)] for each in shown]
    rungs = select_rungs(burned, video.display_width_px, video.display_height_px)
    names: dict[_Covered, list[str]] = {}
    for laid_out in lay_out(subject, rungs):
        for found in _covered(subject, laid_out, shown, meanwhile):
            names.setdefault(found, []).append(laid_out.rung.name)
    for other in subject.pairs:
        for rung, found in _covered_in_pair(subject, other, rungs, shown):
            names.setdefault(found, []).append(f"{rung} of {other.pair.tag}")
    for (message, cue), named in names.items():
        yield Breach(cue=cue, message=f"{message} in {', '.join(dict.fromkeys(named))}")


def _under_cards(subject: TrackSubject, shown: tuple[ShownSign, ...]) -> Iterator[Breach]:
    film_ms = subject.film.duration_ms if subject.film else 0
    cards = (
        ("title card", Span(start_ms=0, end_ms=subject.cards.title_ms)),
        ("end card", Span(start_ms=film_ms - subject.cards.end_ms, end_ms=film_ms)),
    )
    for name, span in cards:
        for each in shown:
            if span.duration_ms and span.overlaps(each.sign.span):
                yield Breach(message=f"{_named(each)} are hidden by the {name} while that is shown")


def _covered(
    subject: TrackSubject, laid_out: LaidOut, shown: tuple[ShownSign, ...], meanwhile: list[list[Cue]]
) -> Iterator[_Covered]:
    layout = laid_out.layout
    laid = lay_signs(layout, shown)
    yield from _over_one_another(layout, shown, laid)
    for at, sign in enumerate(shown):
        for cue in meanwhile[at]:
            if stands_on_line(subject, sign, cue):
                continue  # that is told by itself
            group = [each for each in meanwhile[at] if each.span.overlaps(cue.span) and _is_before(each, cue)]
            area = dict(find_cue_areas(layout, (*group, cue))).get(cue)
            if area and do_overlap(area, laid[at].drawn):
                yield _on_line(sign, cue)


def _covered_in_pair(
    subject: TrackSubject, other: PairedTrack, rungs: tuple[Rung, ...], shown: tuple[ShownSign, ...]
) -> Iterator[tuple[str, _Covered]]:
    """Find what lies over what in the pictures that a pair has: its words in the picture are those of the first.

    A size that is not made of the pair, since its text has no room there (PAI001), is left out.
    """
    if other.track is None or not other.is_second:
        return
    for rung, pair in pairs_laid_out(subject, other, rungs):
        if any(find_pair_misfits(pair)):
            continue
        laid = lay_signs(pair.first, shown)
        for found in _over_one_another(pair.first, shown, laid):
            yield rung, found
        for placed, is_second, area in find_pair_areas(pair):
            cue = placed.shown.cue
            for sign, each in zip(shown, laid, strict=True):
                first, end = shown_frames(sign.sign.span, pair.first.frame.rate)
                is_together = placed.shown.first < end and first < placed.shown.end
                if is_together and do_overlap(area, each.drawn) and not stands_on_line(subject, sign, cue):
                    yield rung, _on_line(sign, cue, other if is_second else None)


def _over_one_another(layout: Layout, shown: tuple[ShownSign, ...], laid: tuple[LaidSign, ...]) -> Iterator[_Covered]:
    for one, other in overlapping_signs(layout, shown, laid):
        yield _Covered(message=f"{_named(one)} and “{other.sign.name}” lie over one another")


def _on_line(sign: ShownSign, cue: Cue, other: PairedTrack | None = None) -> _Covered:
    """Tell of a sign that lies over a line of the subject itself, or of the ``other`` language."""
    if other is None:
        return _Covered(message=f"{_named(sign)} lie over this line", cue=cue)
    at = render_clock(cue.span.start_ms)
    return _Covered(message=f"{_named(sign)} lie over the line of {other.language.name} at {at}")


def _is_before(one: Cue, other: Cue) -> bool:
    return one is not other and _order(one) < _order(other)


def _order(cue: Cue) -> tuple[int, int, int]:
    return cue.span.start_ms, cue.number, cue.line


def _named(shown: ShownSign) -> str:
    return f"the words in the picture “{shown.sign.name}”, at {render_clock(shown.sign.span.start_ms)},"


RULES = (covered_sign,)
