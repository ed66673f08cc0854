"""Check that browsers skip no part of the cues of a WebVTT file in silence."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.track import FaultKind
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.reader_faults import fault_breaches
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject


@track_rule(code="VTT002", name="bad-cue-setting", severity=Severity.WARNING)
def bad_cue_setting(subject: TrackSubject) -> Iterator[Breach]:
    """A setting after the times is unknown, set twice, or has a value that it cannot have.

    Why: Browsers ignore it without a message, so the line is not where its author wanted it.

    Limit: `vertical` (rl, lr), `line` (a number or a share), `position` and `size` (a share), `align` (start, center,
    end, left, right) and `region`, each once.

    Source: The WebVTT recommendation, "WebVTT cue settings".

    Example (in en.vtt):

        WEBVTT

        00:10.000 --> 00:12.000 align:middle
        You can ask for an interpreter.

    Fix: Correct the setting. `align:middle` is an old name: write `align:center`.
    """
    return fault_breaches(subject, FaultKind.VTT_SETTING)


@track_rule(code="VTT003", name="repeated-identifier", severity=Severity.WARNING)
def repeated_identifier(subject: TrackSubject) -> Iterator[Breach]:
    """Two lines have the same identifier.

    Why: Styles and scripts of a page find a line by its identifier. Often the line was pasted twice.

    Limit: Every identifier occurs once in a file.

    Source: The WebVTT recommendation, "WebVTT cue block".

    Example (in en.vtt):

        WEBVTT

        intro
        00:10.000 --> 00:12.000
        You can ask for an interpreter.

        intro
        00:12.080 --> 00:14.000
        It is free.

    Fix: Give one of them another identifier, or none.
    """
    return fault_breaches(subject, FaultKind.VTT_REPEATED_IDENTIFIER)


@track_rule(code="VTT004", name="arrow-in-identifier", severity=Severity.WARNING)
def arrow_in_identifier(subject: TrackSubject) -> Iterator[Breach]:
    """The identifier of a line holds an arrow.

    Why: Browsers take it for times that they cannot read.

    Limit: An identifier does not hold `-->`.

    Source: The WebVTT recommendation, "WebVTT cue identifier".

    Example (in en.vtt):

        WEBVTT

        home --> school
        00:10.000 --> 00:12.000
        You can ask for an interpreter.

    Fix: Write the identifier without the arrow.
    """
    return fault_breaches(subject, FaultKind.VTT_ARROW_IN_IDENTIFIER)


@track_rule(code="VTT006", name="undefined-region", severity=Severity.WARNING)
def undefined_region(subject: TrackSubject) -> Iterator[Breach]:
    """A line is put into a region that is not defined.

    Why: Browsers show the line at its usual place, perhaps over what the region should leave free.

    Limit: A REGION block with this `id` stands above the first line.

    Source: The WebVTT recommendation, "WebVTT region definition block".

    Example (in en.vtt):

        WEBVTT

        00:10.000 --> 00:12.000 region:top
        You can ask for an interpreter.

    Fix: Define the region, correct its name, or delete the setting.
    """
    return fault_breaches(subject, FaultKind.VTT_UNDEFINED_REGION)


@track_rule(code="VTT009", name="bad-span", severity=Severity.WARNING)
def bad_span(subject: TrackSubject) -> Iterator[Breach]:
    """A tag of WebVTT is badly written, or is not closed.

    Why: Browsers style, name or read aloud another part of the text than was meant, or nothing.

    Limit: `<v Amina>` names a voice, `<lang ar>` a language, `<c.loud>` a class; `<rt>` stands within `<ruby>`. All but
    `<rt>`, and a voice that speaks the whole line, are closed. Bold, italics and underlining are not looked at here.

    Source: The WebVTT recommendation, "WebVTT cue text".

    Example (in en.vtt):

        WEBVTT

        00:10.000 --> 00:12.000
        <v>You can ask for an interpreter.

    Fix: Correct the tag, or delete it.
    """
    return fault_breaches(subject, FaultKind.VTT_SPAN)


@track_rule(code="VTT010", name="bad-cue-timestamp", severity=Severity.WARNING)
def bad_cue_timestamp(subject: TrackSubject) -> Iterator[Breach]:
    """A timestamp within a text is badly written, not later than the one before, or outside the line's time.

    Why: The words after it light up at the wrong moment, or at none.

    Limit: Each is later than the start of the line and the timestamp before it, and earlier than the end of the line.

    Source: The WebVTT recommendation, "WebVTT cue timestamp".

    Example (in en.vtt):

        WEBVTT

        00:10.000 --> 00:12.000
        You can ask <00:15.000>for an interpreter.

    Fix: Correct the timestamp, or delete it.
    """
    return fault_breaches(subject, FaultKind.VTT_CUE_TIMESTAMP)


@track_rule(code="VTT011", name="unescaped-character", severity=Severity.WARNING, purpose=Purpose.READING)
def unescaped_character(subject: TrackSubject) -> Iterator[Breach]:
    """A text holds `<` or `&`, but not as markup.

    Why: After `<` browsers wait for `>`, and show nothing of what stands between the two: a warning. An `&` is mostly
    shown as it is: an info.

    Limit: `&lt;` stands for `<`, and `&amp;` for `&`.

    Source: The WebVTT recommendation, "WebVTT cue text span".

    Example (in en.vtt):

        WEBVTT

        00:10.000 --> 00:12.000
        Food & drink are free.

    Fix: Write `&lt;` or `&amp;`, or let `--fix` do it.
    """
    yield from fault_breaches(subject, FaultKind.VTT_LESS_THAN)
    yield from fault_breaches(subject, FaultKind.VTT_AMPERSAND, Severity.INFO)


@track_rule(code="VTT012", name="unshown-cue", severity=Severity.ERROR)
def unshown_cue(subject: TrackSubject) -> Iterator[Breach]:
    """The times of a line are written in a form that no browser reads.

    Why: Browsers skip the line without a message, and nobody sees its text. If a SubRip file was only renamed, nobody
    sees any of its lines.

    Limit: `00:01.500` or `00:00:01.500`: two digits for minutes and for seconds, a full stop, and three digits.

    Source: The WebVTT recommendation, "collect a WebVTT timestamp".

    Example (in en.vtt):

        WEBVTT

        00:00:10,000 --> 00:00:12.000
        You can ask for an interpreter.

    Fix: Write the times in this form; `--fix` does so where only one time can be meant.
    """
    return fault_breaches(subject, FaultKind.VTT_TIMESTAMP)


RULES = (
    bad_cue_setting,
    repeated_identifier,
    arrow_in_identifier,
    undefined_region,
    bad_span,
    bad_cue_timestamp,
    unescaped_character,
    unshown_cue,
)
