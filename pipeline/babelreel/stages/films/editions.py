"""Find the sizes that cannot be made of a language, because a text, or a number to call, does not fit there."""

from __future__ import annotations

from dataclasses import replace

from babelreel.model.delivery.build_summary import SkippedRendition
from babelreel.model.film.cards import with_room_for
from babelreel.model.film.ladder.encoding_ladder import Rung, Text
from babelreel.model.style import Styles
from babelreel.stages.films.content import choose_content
from babelreel.stages.inputs import Film, Subtitles
from babelreel.stages.picture.pieces import lay_language
from babelreel.timedtext.burnin.band import find_misfits
from babelreel.timedtext.burnin.placed.cards import lost_numbers


def skip_misfit(film: Film, styles: Styles, subtitles: Subtitles, rung: Rung) -> SkippedRendition | None:
    """Tell why a rung is not made of a language; ``None`` where it is."""
    return _skip_long_text(film, styles, subtitles, rung) or skip_lost_number(film, styles, subtitles, rung)


def skip_lost_number(  # noqa: PLR0913 - a language, maybe two, in a size
    film: Film, styles: Styles, subtitles: Subtitles, rung: Rung, *, beside: Subtitles | None = None, tag: str = ""
) -> SkippedRendition | None:
    """Tell of a number that has no room on a card in a rung, also ``beside`` another language in a pair of a ``tag``.

    It is not left out: a child would have nobody to call, and nobody would miss the number.
    """
    numbered = tuple(each for each in subtitles.cards if each.numbers)
    if rung.text is not Text.BURN_IN or not numbered:
        return None
    layout = lay_language(film, styles, replace(subtitles, cards=(), signs=()), rung, has_text=False, beside=beside)
    is_drawn = beside or choose_content(film, subtitles, rung).text is Text.BURN_IN
    cues = (*subtitles.track.cues, *(beside.track.cues if beside else ())) if is_drawn else ()
    cards = with_room_for(numbered, cues, film.frame(rung).rate)
    lost = next((each for card in cards for each in lost_numbers(layout.layout, card)), None)
    if lost is None:
        return None
    tag = tag or subtitles.language.tag
    return SkippedRendition(
        name=f"{rung.name} in {tag}",
        why=f"{lost} has no room on the end card in letters that can be read",
        hint="List fewer numbers, or say in fewer words who answers: “babelreel explain SGN007”.",
        rendition=rung.name,
        tag=tag,
    )


def _skip_long_text(film: Film, styles: Styles, subtitles: Subtitles, rung: Rung) -> SkippedRendition | None:
    if rung.edition is None or choose_content(film, subtitles, rung).text is Text.NONE:
        return None
    layout = lay_language(film, styles, subtitles, rung, has_text=False).layout
    misfit = next(find_misfits(layout, subtitles.track.cues), None)
    if misfit is None:
        return None
    tag = subtitles.language.tag
    taken = "a phrase wider than the picture" if misfit.is_torn else f"{misfit.lines} lines, and {misfit.most} fit"
    return SkippedRendition(
        name=f"{rung.name} in {tag}",
        why=f"cue {misfit.cue.number} takes {taken} below the picture",
        hint=f"“babelreel check {tag} --select WID002” lists all such lines. Say them in fewer words.",
        rendition=rung.name,
        tag=tag,
    )
