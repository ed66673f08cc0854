"""Check that every line fits into the pictures that the text is burned into."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from babelreel.model.counted import count
from babelreel.model.finding import Severity
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.layout.narrowest_picture import Narrowest, find_narrowest
from babelreel.timedtext.burnin.layout import broken_lines
from babelreel.timedtext.burnin.unspaced_breaks import needs_dictionary


@track_rule(
    code="WID001",
    name="wide-line",
    severity=Severity.ERROR,
    needs=frozenset({Need.FILM}),
    limit=limits("max_lines", "max_lines_upright"),
)
def wide_line(subject: TrackSubject) -> Iterator[Breach]:
    """A row is wider than the picture that it is burned into.

    Why: Letters are not equally wide: 42 capitals take twice the room of 42 small letters. A row too wide for the
    picture is broken where it fits, not where the sentence allows it: a warning. If the text then takes more rows than
    a line may have, it covers the picture: an error. So is a phrase of Thai, Lao, Khmer or Burmese that is too wide:
    there are no spaces between words, and babelreel does not know where to break it.

    Limit: The width of the picture without its side margins, in the rendition with the least room. The row is measured
    as it is drawn: with babelreel's fonts or the project's own, with letters joined and kerned.

    Source: The margins are those of the project's style, at first 5 % on each side, since the BBC lets text take up to
    90 % of a picture; the type sizes are those of the renditions. Netflix and the BBC allow two rows, the BBC three in
    an upright picture.

    Example:

        4
        00:00:10,000 --> 00:00:16,000
        WHOM WOULD MAMMA AND MUMMY WANT NOW?

    Fix: Say it in fewer words, or break the row so that each part fits. Capitals are wide, and hard to read.
    """
    narrowest = find_narrowest(subject)
    if narrowest is None:
        return
    for cue in subject.track.cues:
        wide = [place for place, line in enumerate(cue.lines) if not narrowest.fits(line)]
        if wide:
            yield _too_wide(subject, narrowest, cue, wide)


#: How many lines a longer text takes is estimated by its width.
_COUNTED_CHARACTERS = 1000


def _too_wide(subject: TrackSubject, narrowest: Narrowest, cue: Cue, wide: list[int]) -> Breach:
    place = max(wide, key=lambda each: narrowest.shaper.width_em(cue.lines[each]))
    layout, profile = narrowest.layout, subject.profile
    is_upright = layout.frame.height_px > layout.frame.width_px
    taken, most = _lines_taken(narrowest, cue), profile.max_lines_upright if is_upright else profile.max_lines
    is_torn = _is_torn(narrowest, cue)
    if is_torn:
        told = f"and babelreel does not know where words of {subject.language.name} end: break it between two of them"
    else:
        told = f"where the text would be broken into {count(taken, 'row')}; {most} are allowed"
    picture = f"{narrowest.rung.name} ({layout.frame.width_px}x{layout.frame.height_px})"
    return Breach(
        passage=Passage(cue, place, 0, len(cue.lines[place])),
        message=f"a row is too wide for {picture}, {told}",
        measured=f"{ceil(narrowest.shaper.width_em(cue.lines[place]) * layout.em_px)} px",
        limit=f"{layout.width_px} px",
        severity=None if is_torn or taken > most else Severity.WARNING,
    )


def _is_torn(narrowest: Narrowest, cue: Cue) -> bool:
    """Tell whether a phrase is too wide that only a dictionary could break."""
    phrases = (phrase for line in cue.lines for phrase in line.split(" "))
    return needs_dictionary(narrowest.layout.language) and not all(map(narrowest.fits, phrases))


def _lines_taken(narrowest: Narrowest, cue: Cue) -> int:
    """Count the lines that libass makes of a cue: it begins another one when a word does not fit any more."""
    if sum(map(len, cue.lines)) > _COUNTED_CHARACTERS:  # no subtitle: trying word by word would take long
        return max(len(cue.lines), ceil(sum(map(narrowest.shaper.width_em, cue.lines)) / narrowest.width_em))
    return sum(_lines_of(narrowest, line.text) for line in broken_lines(narrowest.layout, cue))


def _lines_of(narrowest: Narrowest, text: str) -> int:
    language = narrowest.layout.language
    if narrowest.fits(text) or not (language.breaks_at_spaces or needs_dictionary(language)):
        return 1
    lines, line = 1, ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and not narrowest.fits(longer):
            lines += 1
            longer = word
        line = longer
    return lines


RULES = (wide_line,)
