"""Check two languages at once: that both are there, that both fit into the picture, and that both can be read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from babelreel.model.film.ladder.encoding_ladder import Rung, Text, select_rungs
from babelreel.model.film.signed import is_signed
from babelreel.model.finding import Severity
from babelreel.model.timecode import MS_PER_SECOND, Span
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.paired_track import PairedTrack
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.layout.editions import lay_out
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.pair import MOST_PAIR_LINES, LaidPair, PairMisfit, find_pair_misfits, lay_pair
from babelreel.timedtext.words.counting import count_halves

_PERCENT = 100


@track_rule(code="PAI001", name="long-in-pair", severity=Severity.WARNING, needs=frozenset({Need.FILM}))
def long_in_pair(subject: TrackSubject) -> Iterator[Breach]:
    """Two languages that are shown together take more than four rows.

    Why: Four rows are half of a phone's picture. More hides what the film shows, and nobody reads it in time. So if a
    pair does not fit into a size, that size is not made of the pair. Each of its languages still gets it.

    Limit: Four rows of both together, however they share them, and the height that the picture, or the band below it,
    has for text. Texts that are shown at the same time share them.

    Source: Netflix and BBC, two rows for a language.

    Example: with [delivery] pairs = ["en+fr"], three rows of two speakers, while the other language has two.

    Fix: Say it in fewer words, or show the texts one after the other.
    """
    for other in subject.pairs:
        told: set[Cue] = set()
        for rung, misfit in _misfits(subject, other):
            if misfit.cue not in told:
                told.add(misfit.cue)
                yield _does_not_fit(rung, other, misfit)


def _misfits(subject: TrackSubject, other: PairedTrack) -> Iterator[tuple[str, PairMisfit]]:
    """Find what does not fit of the subject's own cues, at each rung that draws text into its picture."""
    for rung, pair in pairs_laid_out(subject, other, subject.rungs):
        for misfit in find_pair_misfits(pair):
            if misfit.is_second is not other.is_second:
                yield rung, misfit


def pairs_laid_out(
    subject: TrackSubject, other: PairedTrack, among: tuple[Rung, ...]
) -> Iterator[tuple[str, LaidPair]]:
    """Lay two languages out in each rung that draws text into its picture, with its name; none without both tracks."""
    if other.track is None:
        return
    beside = replace(subject, track=other.track, language=other.language, font=other.font)
    first, second = (subject, beside) if other.is_second else (beside, subject)
    rungs = tuple(rung for rung in among if rung.text is Text.BURN_IN and not is_signed(rung.name))
    for one, two in zip(lay_out(first, rungs, is_pair=True), lay_out(second, rungs, is_pair=True), strict=True):
        yield one.rung.name, lay_pair(one.layout, first.track.cues, two.layout, second.track.cues)


class BurnedLayout(NamedTuple):
    """How pictures of a size are laid out, their name, and the lines of one language or two that are drawn there."""

    name: str
    layout: Layout
    cues: tuple[Cue, ...]


def burned_layouts(subject: TrackSubject) -> Iterator[BurnedLayout]:
    """List all pictures that text is drawn into and that show what a language has in the picture.

    Those are the sizes of the film, and those of the pairs whose first language it is; a size that is not made of the
    pair, since its text has no room there (PAI001), is left out. None while the film is not known.
    """
    video = subject.film.video if subject.film else None
    burned = tuple(rung for rung in subject.rungs if rung.text is Text.BURN_IN)
    if video is None or not burned:
        return
    rungs = select_rungs(burned, video.display_width_px, video.display_height_px)
    cues = subject.track.cues
    yield from (BurnedLayout(rung.name, layout, cues) for rung, layout in lay_out(subject, rungs))
    for other in subject.pairs:
        for rung, pair in pairs_laid_out(subject, other, rungs) if other.is_second else ():
            if not any(find_pair_misfits(pair)):
                both = (*cues, *(other.track.cues if other.track else ()))
                yield BurnedLayout(f"{rung} of {other.pair.tag}", pair.first, both)


def _does_not_fit(rung: str, other: PairedTrack, misfit: PairMisfit) -> Breach:
    what = "takes more room than there is" if misfit.is_too_large else f"takes {misfit.lines} rows"
    return Breach(
        cue=misfit.cue,
        message=f"the text {what} together with {other.language.name}, so {rung} is not made of {other.pair.tag}",
        measured=f"{misfit.lines} rows",
        limit=f"{MOST_PAIR_LINES} rows",
    )


@track_rule(code="PAI002", name="fast-in-pair", severity=Severity.INFO, limit=limits("cps_adult", "cps_error_percent"))
def fast_in_pair(subject: TrackSubject) -> Iterator[Breach]:
    """Two languages that are shown together have too much text for the time.

    Why: Each reader looks for their own language first, and a person who helps a child reads both. Two texts
    that are quick enough each by itself may be too much together.

    Limit: Together they may have half as much text again as an adult reads in the time. Each language is counted as a
    share of what an adult reads of it (RDG001), over each line of the first language and what is shown of the second
    meanwhile.

    Source: proposal of this project; no guide for two languages was found.

    Example: with [delivery] pairs = ["en+fr"], two full rows of each for three seconds.

    Fix: If people read only their own language, you need not do anything. Otherwise say it in fewer words, in either
    language.
    """
    for other in subject.pairs:
        if other.track is None or not other.is_second:
            continue
        most, others = subject.profile.cps_error_percent, _Texts(other.track.cues)
        for cue in subject.track.cues:
            share = _load(cue, subject.profile.cps_adult, others, other.profile.cps_adult)
            if share > most:
                yield Breach(
                    cue=cue,
                    message=f"the text is a lot to read together with {other.language.name}, in {other.pair.tag}",
                    measured=f"{share} % of what an adult reads",
                    limit=f"{most} %",
                )


class _Texts:
    """The cues of the other language, to be found by time."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._cues = sorted(cues, key=lambda cue: cue.span.start_ms)
        self._starts = [cue.span.start_ms for cue in self._cues]
        self._ends = list(accumulate((cue.span.end_ms for cue in self._cues), max))

    def shown_with(self, span: Span) -> Iterator[tuple[Cue, int]]:
        """Find the cues that are shown in a span, and for how long, in ms."""
        for cue in self._cues[bisect_right(self._ends, span.start_ms) : bisect_left(self._starts, span.end_ms)]:
            together_ms = min(span.end_ms, cue.span.end_ms) - max(span.start_ms, cue.span.start_ms)
            if together_ms > 0:
                yield cue, together_ms


def _load(cue: Cue, cps: Fraction, others: _Texts, others_cps: Fraction) -> int:
    """Measure the text of a cue, and what is shown with it, in percent of what an adult reads in its time."""
    if cue.span.duration_ms <= 0:
        return 0
    read_s = Fraction(count_halves(cue.text), 2) / cps
    for other, together_ms in others.shown_with(cue.span):
        read_s += Fraction(count_halves(other.text), 2) / others_cps * together_ms / other.span.duration_ms
    return int(_PERCENT * MS_PER_SECOND * read_s / cue.span.duration_ms)


@track_rule(code="PAI003", name="pair-without-text", severity=Severity.WARNING)
def pair_without_text(subject: TrackSubject) -> Iterator[Breach]:
    """A language is to be shown together with one that has no subtitles.

    Why: babelreel.toml asks for both together, and if one is missing, no pair is made.

    Limit: Each language of a pair has a subtitle file that can be read.

    Source: proposal of this project.

    Example: [delivery] pairs = ["en+fr"], while there is no fr.srt.

    Fix: Add the subtitles of the other language, or remove the pair from babelreel.toml.
    """
    for other in subject.pairs:
        if other.track is None:
            tag = other.language.tag
            yield Breach(message=f"the pair {other.pair.tag} cannot be made: {tag} has no subtitles that can be read")


RULES = (long_in_pair, fast_in_pair, pair_without_text)
