"""Check that every text fits into the band that it has in an edition, and the title above the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from babelreel.model.film.composition import compose
from babelreel.model.film.ladder.encoding_ladder import Rung, edition_rungs, fit_frame
from babelreel.model.finding import Severity
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.burnin.band import Misfit, find_misfits, sized_layouts
from babelreel.timedtext.burnin.layout import Layout
from babelreel.timedtext.burnin.titles import shows_title
from babelreel.timedtext.burnin.typeface import choose_font


class LaidOut(NamedTuple):
    """A rung, and how text is laid out in its pictures."""

    rung: Rung
    layout: Layout


@track_rule(code="WID002", name="long-in-edition", severity=Severity.WARNING, needs=frozenset({Need.FILM}))
def long_in_edition(subject: TrackSubject) -> Iterator[Breach]:
    """A text does not fit below the picture in an upright or square film.

    Why: In the renditions "story" and "post" the text stands below the whole picture, in a band of three rows. Further
    down, apps have their buttons, and smaller letters cannot be read on a phone. So if a text does not fit, this
    language gets no such film, but all its other sizes.

    Limit: Three rows, as wide as apps leave room for: 25 characters, or up to about 33 (696 of 1080 pixels) in "story"
    if the text needs them. Texts that are shown at the same time share them.

    Source: BBC subtitle guidelines, for 9:16: 25 characters, three rows; the room that Meta, Google and TikTok leave.

    Example: with [renditions.story] enabled = true, "A guardian is somebody who helps you, who speaks for you and
    who makes sure that nobody decides anything that matters without you."

    Fix: Say it in fewer words, or split it into two lines.
    """
    for edition in _editions(subject):
        for misfit in find_misfits(edition.layout, subject.track.cues):
            yield _does_not_fit(edition.rung, misfit)


def _does_not_fit(rung: Rung, misfit: Misfit) -> Breach:
    if misfit.is_torn:
        told = "and babelreel does not know where its words end: break it between two of them"
    else:
        told = "so this edition is not made of this language"
    return Breach(
        cue=misfit.cue,
        message=f"the text does not fit below the picture of {rung.name}, {told}",
        measured=f"{misfit.lines} rows",
        limit=f"{misfit.most} rows",
    )


@track_rule(code="WID003", name="long-title", severity=Severity.WARNING, needs=frozenset({Need.FILM}))
def long_title(subject: TrackSubject) -> Iterator[Breach]:
    """The film's title in this language does not fit above the picture in an upright or square film.

    Why: In the renditions "story" and "post" the title stands above the picture, in one row. A title that is too long,
    or that has a letter which no font draws, is left out there; it is not made smaller.

    Limit: About 39 Latin letters in "story", 54 in "post". If the picture leaves no room for any title, as a film of
    4:3, nothing is reported.

    Source: the room that Meta, Google and TikTok leave, as for long-in-edition.

    Example: with [renditions.story] enabled = true, "Everything you need to know about your rights in Belgium".

    Fix: Give this language a shorter title in babelreel.toml: [language.fr] title = "…"
    """
    for edition in _editions(subject):
        composition = edition.layout.composition
        if composition and composition.title and subject.title and not shows_title(edition.layout, subject.title):
            yield Breach(
                message=f"the title does not fit above the picture of {edition.rung.name}, and is left out there"
            )


@track_rule(code="WID004", name="smaller-in-edition", severity=Severity.INFO, needs=frozenset({Need.FILM}))
def smaller_in_edition(subject: TrackSubject) -> Iterator[Breach]:
    """In an upright or square film, text is drawn smaller than the style asks for.

    Why: In the renditions "story" and "post" the text has only a band between the picture and the buttons of apps. If
    it does not fit there at the "size" of the style, it is drawn smaller.

    Limit: The size of the style, in steps of a tenth down to the usual one. Films of two languages have the usual size.

    Source: Proposal of this project.

    Example: size = 1.4 in [language.ar.style], with [renditions.story] enabled = true and a text of three rows.

    Fix: You need not do anything. With fewer words, the text is drawn larger.
    """
    for edition in _editions(subject):
        asked = edition.layout.style.size
        cues = [cue for cue in subject.track.cues if cue.text.strip()]
        smaller = [each for each in sized_layouts(edition.layout, cues) if each.style.size < asked]
        named = f"smaller than size = {float(asked):g} asks for: there is no room"
        if smaller:
            yield Breach(message=f"{len(smaller)} of {len(cues)} texts of {edition.rung.name} are drawn {named}")
        for other in subject.pairs if asked > 1 else ():
            yield Breach(message=f"{edition.rung.name} of {other.pair.tag} is drawn {named}")


def _editions(subject: TrackSubject) -> Iterator[LaidOut]:
    return lay_out(subject, edition_rungs(subject.rungs))


def lay_out(subject: TrackSubject, rungs: tuple[Rung, ...], *, is_pair: bool = False) -> Iterator[LaidOut]:
    """List rungs of the film with how text is laid out there; none while the film is not known.

    ``is_pair``: where an edition has room for two languages.
    """
    video = subject.film.video if subject.film else None
    if video is None or not rungs:
        return
    font = choose_font(subject.language, subject.font)
    width_px, height_px = video.display_width_px, video.display_height_px
    for rung in rungs:
        layout = Layout(
            language=subject.language,
            frame=fit_frame(rung, width_px, height_px, video.rate),
            style=subject.styles.of(subject.language.tag, rung.name),
            font=font,
            type_size=rung.type_size,
            composition=compose(rung, width_px, height_px, is_pair=is_pair),
            is_pair=is_pair,
        )
        yield LaidOut(rung=rung, layout=layout)


RULES = (long_in_edition, long_title, smaller_in_edition)
