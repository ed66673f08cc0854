"""Check that a child can read every cue while it is shown, and that there is not too much text at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil

from babelreel.model.finding import Severity
from babelreel.model.language import Counting
from babelreel.model.reading_limits import Audience
from babelreel.model.timecode import render_seconds
from babelreel.model.track import Cue
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.passage import Passage
from babelreel.rules.base.rule import limits, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.timedtext.words.counting import count_halves, count_words


@track_rule(
    code="RDG001", name="unreadable-speed", severity=Severity.ERROR, limit=limits("cps_adult", "cps_error_percent")
)
def unreadable_speed(subject: TrackSubject) -> Iterator[Breach]:
    """A line is gone before even an adult has read it.

    Why: A reader who is slower than the text loses the end of the sentence, and then looks for the beginning of the
    next one. Our readers are children, many of whom read in a second language.

    Limit: More characters a second than adults read are a warning. Half as many again are an error, whoever the film is
    for, since no adult can follow. A letter counts as one character, with all its accents or vowel signs. Spaces and
    punctuation count; line ends, spaces beside them and invisible marks do not. In Chinese, a half-width character
    counts one half. Half a frame of the film is allowed, since times in a file are rounded.

    Source: Netflix Timed Text Style Guide, by language, as re-checked by Subtitle Edit; where there is none, the Latin
    default is the proposal of this project. That the half-width character counts one half is Netflix's rule.

    Example:

        4
        00:00:10,000 --> 00:00:11,200
        Unaccompanied schoolchildren understand.

    Fix: Say it in fewer or shorter words. If nobody speaks before or after the line, show it for longer; the finding
    says for how long. You may also split a long line into two.
    """
    fits_hasty = _reading_room(subject, subject.profile.cps_error)
    for cue in _too_fast_cues(subject, subject.profile.cps_adult):
        severity = Severity.WARNING if fits_hasty(cue) else Severity.ERROR
        yield _too_fast(subject, cue, "cps_adult", "too fast even for adults", severity)


@track_rule(code="RDG002", name="fast-for-children", severity=Severity.WARNING, limit=limits("cps_child", "cps_adult"))
def fast_for_children(subject: TrackSubject) -> Iterator[Breach]:
    """A line is shown too briefly for children to read it.

    Why: Children read more slowly than adults, and so does everyone in a second language. In the time that an adult
    needs, they read half of the sentence.

    Limit: Characters a second for children's programmes, counted as in RDG001. If a line is too fast even for adults,
    only RDG001 reports it. With ``[check] audience = "adults"`` this rule reports nothing.

    Source: Netflix Timed Text Style Guide, by language, as re-checked by Subtitle Edit; where there is none, the Latin
    default is the proposal of this project. Another page of Netflix allows 15 for English instead of 17.

    Example:

        4
        00:00:10,000 --> 00:00:12,200
        Unaccompanied schoolchildren understand.

    Fix: Say it in fewer or shorter words, or show the line for longer; the finding says for how long.
    """
    if subject.audience is Audience.ADULTS:
        return
    fits_adults = _reading_room(subject, subject.profile.cps_adult)
    for cue in _too_fast_cues(subject, subject.profile.cps_child):
        if fits_adults(cue):
            yield _too_fast(subject, cue, "cps_child", "too fast for children")


@track_rule(
    code="RDG003",
    name="many-words",
    severity=Severity.WARNING,
    limit=limits("wpm_adult", "wpm_child", "cps_adult", "cps_child"),
)
def many_words(subject: TrackSubject) -> Iterator[Breach]:
    """A line of many short words is shown too briefly.

    Why: The eye rests on nearly every word, however short it is. A line of many small words takes longer to read than
    the number of its letters suggests.

    Limit: Words a minute. Everything between two spaces that holds a letter or a digit is a word. The limit for young
    readers is off until a project sets it; then it is an info. Words count only in languages for which a guide counts
    them: not in Chinese, where no spaces separate words, or in Vietnamese, where they separate syllables. Half a frame
    of the film is allowed. A line that has too many characters is left to RDG001 and RDG002.

    Source: The BBC's guidelines: 160 to 180 words a minute. Their shortest time, 0.3 seconds a word, is less strict,
    so it is no limit of its own. For young readers, DCMP's Captioning Key says 120 to 130.

    Example:

        4
        00:00:10,000 --> 00:00:12,000
        I am in. He is at it. So do I.

    Fix: Leave out what is not needed ("well", "you know"), or show the line for longer.
    """
    profile = subject.profile
    names = [name for name in ("wpm_adult", "wpm_child") if getattr(profile, name)]
    holds = {name: _capacity(subject, Fraction(getattr(profile, name), 60_000)) for name in names}
    fits_readers = [_reading_room(subject, cps) for cps in (profile.cps_adult, profile.cps_child)]
    for cue in _timed_cues(subject) if names else ():
        duration_ms, most = cue.span.duration_ms, len(cue.text.split())
        broken = [name for name in names if most > holds[name](duration_ms) < count_words(cue.text)]
        if broken and all(fits(cue) for fits in fits_readers):
            words = count_words(cue.text)
            yield Breach(
                cue=cue,
                message=f"too many words: {words} in {render_seconds(duration_ms)}; "
                f"show them for {_at_least(Fraction(words * 60_000, getattr(profile, broken[0])))}, or say less",
                measured=f"{ceil(Fraction(words * 60_000, duration_ms))} words a minute",
                limit=profile.show(broken[0]),
                severity=Severity.INFO if broken[0] == "wpm_child" else None,
            )


@track_rule(code="RDG004", name="long-line", severity=Severity.WARNING, limit=limits("cpl"))
def long_line(subject: TrackSubject) -> Iterator[Breach]:
    """A row of text has more characters than a reader follows easily.

    Why: The eye loses its way back from the end of a long row. Players may also break such a row anywhere, often in the
    worst place.

    Limit: Characters in one row, counted as in RDG001. WID001 checks how wide the row is in the picture.

    Source: Netflix Timed Text Style Guide: 42, in Chinese 16 of full width. TED names 42, too.

    Example:

        4
        00:00:10,000 --> 00:00:14,000
        You have the right to a safe place to sleep.

    Fix: Break the text where the sentence allows it, or say it in fewer words.
    """
    cpl, counting = subject.profile.cpl, subject.language.counting
    for cue in subject.track.cues:
        for place, line in enumerate(cue.lines):
            if len(line) > cpl and (halves := count_halves(line.strip(), counting)) > 2 * cpl:
                yield Breach(
                    passage=Passage(cue, place, 0, len(line)),
                    message="a row is too long",
                    measured=f"{_characters(halves)} characters",
                    limit=subject.profile.show("cpl"),
                )


@track_rule(code="RDG005", name="many-lines", severity=Severity.WARNING, limit=limits("max_lines", "max_lines_upright"))
def many_lines(subject: TrackSubject) -> Iterator[Breach]:
    """A line has more rows of text than a reader takes in at a glance.

    Why: A block of text hides the faces, hands and things in the picture, and some players cut off the third row.

    Limit: Rows that hold text. An upright film, whose rows are short, may have more.

    Source: Netflix Timed Text Style Guide and the BBC's guidelines: two rows; the BBC allows three in 9:16.

    Example:

        4
        00:00:10,000 --> 00:00:16,000
        You have rights here.
        One of them is a guardian.
        A guardian helps you with everything.

    Fix: Split it into two lines, or say it in fewer words.
    """
    name = "max_lines_upright" if _is_upright(subject) else "max_lines"
    most = getattr(subject.profile, name)
    for cue in subject.track.cues:
        if len(cue.lines) > most and (count := sum(bool(line.strip()) for line in cue.lines)) > most:
            yield Breach(
                cue=cue,
                message="too many rows in one line",
                measured=f"{count} rows",
                limit=subject.profile.show(name),
            )


def _is_upright(subject: TrackSubject) -> bool:
    video = subject.film.video if subject.film else None
    return bool(video and video.display_height_px > video.display_width_px)


def _timed_cues(subject: TrackSubject) -> Iterator[Cue]:
    """Leave out the cues without duration, which have another fault."""
    return (cue for cue in subject.track.cues if cue.span.duration_ms > 0)


def _too_fast_cues(subject: TrackSubject, cps: Fraction) -> Iterator[Cue]:
    """Yield the cues that a reader of this speed cannot finish."""
    fits = _reading_room(subject, cps)
    return (cue for cue in _timed_cues(subject) if not fits(cue))


def _capacity(subject: TrackSubject, per_ms: Fraction) -> Callable[[int], int]:
    """Make the function that says how much may be read in a time (ms), at a rate, with half a frame allowed."""
    half = subject.half_frame_ms
    times, plus = per_ms.numerator * half.denominator, per_ms.numerator * half.numerator
    parts = per_ms.denominator * half.denominator
    return lambda duration_ms: (duration_ms * times + plus) // parts


def _reading_room(subject: TrackSubject, cps: Fraction) -> Callable[[Cue], bool]:
    """Make a test of whether a cue can be read at a speed; few cues need their characters counted for it."""
    holds, counting = _capacity(subject, 2 * cps / 1000), subject.language.counting

    def fits(cue: Cue) -> bool:
        halves = holds(cue.span.duration_ms)
        return 2 * sum(map(len, cue.lines)) <= halves or _halves(cue, counting) <= halves

    return fits


def _halves(cue: Cue, counting: Counting) -> int:
    return sum(count_halves(line.strip(), counting) for line in cue.lines)


def _too_fast(subject: TrackSubject, cue: Cue, name: str, what: str, severity: Severity | None = None) -> Breach:
    halves, duration_ms = _halves(cue, subject.language.counting), cue.span.duration_ms
    cps: Fraction = getattr(subject.profile, name)
    tenths = ceil(Fraction(halves * 5000, duration_ms))
    return Breach(
        cue=cue,
        message=f"{what}: {_characters(halves)} characters in {render_seconds(duration_ms)}; "
        f"show them for {_at_least(halves * 500 / cps)}, or shorten them to {int(cps * duration_ms / 1000)}",
        measured=f"{tenths // 10}.{tenths % 10} cps",
        limit=subject.profile.show(name),
        severity=severity,
    )


def _characters(halves: int) -> str:
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def _at_least(duration_ms: Fraction) -> str:
    """Write a time in tenths of a second, none of them too few."""
    return render_seconds(100 * ceil(duration_ms / 100))


RULES = (unreadable_speed, fast_for_children, many_words, long_line, many_lines)
