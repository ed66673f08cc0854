"""Rules on words in the picture: said in every language, long enough to be read, and where nothing else stands."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.film.signs import ShownSign, SignStyle, missing_in, signs_in
from babelreel.model.finding import Severity
from babelreel.model.reading_limits import Audience
from babelreel.model.style import Position
from babelreel.model.timecode import MS_PER_SECOND, render_clock
from babelreel.model.track import Align, Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.need import Need
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.layout.pairs import burned_layouts
from babelreel.timedtext.burnin.placed.signs import lay_sign
from babelreel.timedtext.words.counting import count_halves

_TOP_ROW = frozenset({Align.TOP_LEFT, Align.TOP, Align.TOP_RIGHT})


@track_rule(code="SGN001", name="missing-sign", severity=Severity.WARNING)
def missing_sign(subject: TrackSubject) -> Iterator[Breach]:
    """The words in the picture are not translated into this language.

    Why: People who do not read the film's language miss what a sign, a heading or the name of a speaker says. So the
    language is not built again until they are translated. What is published of it stays, and the other languages go on.

    Limit: Every [[sign]] of babelreel.toml has a text in every language of the film.

    Source: proposal of this project.

    Example: a sign “court” with text = { en = "Family court" }, and French subtitles.

    Fix: Run babelreel send fr, which puts them among the lines for translators, or write the translation into the table
    [sign.text].
    """
    for each in missing_in(subject.signs, subject.language.tag, is_reference=subject.is_spoken):
        yield Breach(
            message=f"nobody has translated the words in the picture “{each.name}”, at "
            f"{render_clock(each.span.start_ms)}: this language is not built again until somebody has"
        )


@track_rule(code="SGN002", name="short-sign", severity=Severity.WARNING, limit=limits("cps_adult", "cps_child"))
def short_sign(subject: TrackSubject) -> Iterator[Breach]:
    """Words in the picture are shown too briefly to be read.

    Why: People read them while they also read or hear what is said.

    Limit: Characters a second, as for subtitles (RDG001, RDG002): those for children, and with ``[check] audience =
    "adults"`` those for adults. Half a frame of the film is allowed.

    Source: as for subtitles.

    Example: "Family court of Brussels, first floor" from 0:12 to 0:13.

    Fix: Say it in fewer words, or show it for longer: “to” of this [[sign]].
    """
    profile = subject.profile
    name = "cps_adult" if subject.audience is Audience.ADULTS else "cps_child"
    most = getattr(profile, name)
    for each in _shown(subject):
        halves = sum(count_halves(line, subject.language.counting) for line in each.lines)
        room_ms = each.sign.span.duration_ms + subject.half_frame_ms
        if halves * MS_PER_SECOND > 2 * most * room_ms:
            yield Breach(
                message=f"too short a time to read the words in the picture “{each.sign.name}”, at "
                f"{render_clock(each.sign.span.start_ms)}",
                measured=f"{float(halves * MS_PER_SECOND / (2 * room_ms)):.1f} cps",
                limit=profile.show(name),
            )


@track_rule(code="SGN003", name="long-sign", severity=Severity.WARNING, needs=frozenset({Need.FILM}))
def long_sign(subject: TrackSubject) -> Iterator[Breach]:
    """Words in the picture do not fit into their place, not even in small letters.

    Why: They would cover more of the picture than was meant, or stand outside of their box.

    Limit: The box of the sign, or a third of the picture's height, in type of 60 % of its usual size.

    Source: proposal of this project.

    Example: a whole sentence in a box of [0.8, 0.1, 0.1, 0.1].

    Fix: Say it in fewer words, or give the sign a larger box.
    """
    shown = _shown(subject)
    for name, layout, _ in burned_layouts(subject) if shown else ():
        for each in shown:
            if not lay_sign(layout, each).fits:
                yield Breach(
                    message=f"the words in the picture “{each.sign.name}”, at "
                    f"{render_clock(each.sign.span.start_ms)}, do not fit into {name} where they should stand"
                )


@track_rule(code="SGN004", name="sign-on-line", severity=Severity.WARNING)
def sign_on_line(subject: TrackSubject) -> Iterator[Breach]:
    """A line and words in the picture are both at the top.

    Why: One is drawn over the other, and neither can be read. A line elsewhere may be shown at the same time.

    Limit: No line at the top during a sign at the top.

    Source: proposal of this project.

    Example: a sign at the top from 0:12 to 0:15, and a line at 0:13 that is set at the top.

    Fix: Move the line to the bottom, or the sign to another place: place = "left".
    """
    signs = [each for each in _shown(subject) if _is_at_top(each)]
    for cue in subject.track.cues if signs else ():
        for each in signs:
            if stands_on_line(subject, each, cue):
                told = f"the words in the picture “{each.sign.name}” stand at the top at the same time"
                yield Breach(cue=cue, message=told)


def stands_on_line(subject: TrackSubject, shown: ShownSign, cue: Cue) -> bool:
    """Tell whether words stand at the top while a line does that could stand elsewhere."""
    if cue.align not in _TOP_ROW or not _is_at_top(shown) or not cue.span.overlaps(shown.sign.span):
        return False
    # where all lines are at the top, signs make room for them
    return subject.styles.of(subject.language.tag, "").position is not Position.TOP


@track_rule(code="SGN005", name="sign-past-film", severity=Severity.ERROR, needs=frozenset({Need.FILM}))
def sign_past_film(subject: TrackSubject) -> Iterator[Breach]:
    """Words in the picture are shown after the end of the film.

    Why: Where players show the text, they are a line of it, and a film whose text goes on seems to last as long as the
    text: minutes of nothing.

    Limit: The end of the film. An end less than a second after it, as people write times, is a warning, and one within
    a frame is allowed.

    Source: The film.

    Example: from = "12:15" in a film of two minutes, where 0:12.15 was meant.

    Fix: Correct “from” and “to” of this [[sign]].
    """
    if subject.film is None:
        return
    film_ms = subject.film.duration_ms
    for each in _shown(subject):
        span, over_ms = each.sign.span, each.sign.span.end_ms - film_ms
        if over_ms < 2 * subject.half_frame_ms:
            continue
        begins = span.start_ms >= film_ms
        key, moment_ms = ("from", span.start_ms) if begins else ("to", span.end_ms)
        yield Breach(
            message=f"the words in the picture “{each.sign.name}” {'begin' if begins else 'end'} after the end of the "
            f"film: correct “{key}” of this [[sign]]",
            measured=render_clock(moment_ms),
            limit=render_clock(film_ms),
            severity=None if begins or over_ms >= MS_PER_SECOND else Severity.WARNING,
        )


def _is_at_top(shown: ShownSign) -> bool:
    sign = shown.sign
    return not sign.box and (sign.place in _TOP_ROW or (sign.place is None and sign.style is SignStyle.SIGN))


def _shown(subject: TrackSubject) -> tuple[ShownSign, ...]:
    return signs_in(subject.signs, subject.language.tag, is_reference=subject.is_spoken)


RULES = (missing_sign, short_sign, long_sign, sign_on_line, sign_past_film)
