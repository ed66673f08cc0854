"""Check that the file is written in the form that every player understands, and is not empty."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.track import NOTHING_KNOWN, FaultKind
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.reader_faults import fault_breaches
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject


@track_rule(code="SYN001", name="unreadable-cue", severity=Severity.ERROR, purpose=Purpose.READING)
def unreadable_cue(subject: TrackSubject) -> Iterator[Breach]:
    """A part of the file cannot be read as a text with its times.

    Why: Players skip what they cannot read, or show it as part of the text before it. Either way, a sentence is lost.

    Limit: Every text has its two times, written as the format wants them.

    Source: The formats: SubRip as players read it, the WebVTT recommendation, the ASS specification.

    Example (the letter O stands where a zero belongs):

        4
        00:00:1O,000 --> 00:00:12,000
        You can ask for an interpreter.

    Fix: Write it like the texts around it: a number, then the times `00:00:10,000 --> 00:00:12,000`, then the text,
    each in a row of its own, and then a blank line.
    """
    return fault_breaches(subject, FaultKind.UNREADABLE_CUE)


@track_rule(code="SYN002", name="timestamp-form", severity=Severity.WARNING, purpose=Purpose.READING)
def timestamp_form(subject: TrackSubject) -> Iterator[Breach]:
    """A time can be understood, but it is not written as its format wants it.

    Why: Programs read such a time differently: `00:00:01,5` is 1.005 seconds for one and 1.5 seconds for another.

    Limit: SubRip: `00:00:01,500`, with a comma and three digits after it. WebVTT: `00:00:01.500`, with a full stop; the
    hours may be left out (what no browser reads there is an error, `VTT012`). In both, ` --> ` stands between the two
    times. ASS and SSA: `0:00:01.50`, with two digits.

    Source: The formats: SubRip as players read it, the WebVTT recommendation, the ASS specification.

    Example:

        4
        00:00:10.5 --> 00:00:13,000
        You can ask for an interpreter.

    Fix: Find out in a player which time is meant, and write it in full. `--fix` does so if only one time can be meant:
    a full stop in place of the comma, missing hours, a short arrow.
    """
    return fault_breaches(subject, FaultKind.TIMESTAMP_FORM)


@track_rule(code="SYN003", name="empty-track", severity=Severity.ERROR)
def empty_track(subject: TrackSubject) -> Iterator[Breach]:
    """There is no text with times in the file.

    Why: babelreel would publish a film without a single word in this language.

    Limit: At least one text with its times.

    Source: Proposal of this project.

    Example: A file of 0 bytes, or one with notes only.

    Fix: Save the translation again. If there is none yet, remove the file until there is one.
    """
    if not subject.track.cues:
        yield Breach(message="there is no text with times in the file")


@track_rule(code="SYN004", name="empty-cue", severity=Severity.WARNING)
def empty_cue(subject: TrackSubject) -> Iterator[Breach]:
    """A line has times but no text.

    Why: Most often a sentence was left out in translation, and in a player nobody notices.

    Limit: At least one character that can be seen.

    Source: Proposal of this project; Subtitle Edit reports the same.

    Example:

        4
        00:00:10,000 --> 00:00:12,000

        5
        00:00:12,080 --> 00:00:14,000
        It is free.

    Fix: Write the missing text, or delete the line with its times.
    """
    for cue in subject.track.cues:
        if not cue.text.strip():
            yield Breach(cue=cue, message="the line has no text")


@track_rule(code="SYN005", name="missing-blank-line", severity=Severity.WARNING, purpose=Purpose.READING)
def missing_blank_line(subject: TrackSubject) -> Iterator[Breach]:
    """A blank line is missing between two texts.

    Why: Many players read a text up to the next blank line. They show the number and the times of the second text as
    part of the first one, and its own words at the wrong time.

    Limit: A blank line stands between two texts, and below the first row of a WebVTT file.

    Source: SubRip as players read it; the WebVTT recommendation, "WebVTT file body".

    Example:

        4
        00:00:10,000 --> 00:00:12,000
        You can ask for an interpreter.
        5
        00:00:12,080 --> 00:00:14,000
        It is free.

    Fix: Put a blank line between the texts, or let `--fix` do it.
    """
    return fault_breaches(subject, FaultKind.MISSING_BLANK_LINE)


@track_rule(code="SYN006", name="blank-line-in-cue", severity=Severity.WARNING, purpose=Purpose.READING)
def blank_line_in_cue(subject: TrackSubject) -> Iterator[Breach]:
    """A blank line stands before or within a text.

    Why: Most players end the text at the blank line, and do not show what follows. babelreel's own films show all of
    it. So people who look at this file in a player do not see what the children will see.

    Limit: The rows of a text follow one another.

    Source: SubRip as players read it. In WebVTT and ASS a text cannot hold a blank line.

    Example:

        4
        00:00:10,000 --> 00:00:12,000
        You can ask

        for an interpreter.

    Fix: If what follows belongs to the same text, delete the blank line (`--unsafe-fixes` does so). If it is a text of
    its own, give it a number and times.
    """
    return fault_breaches(subject, FaultKind.BLANK_LINE)


@track_rule(code="SYN007", name="text-outside-cues", severity=Severity.ERROR, purpose=Purpose.READING)
def text_outside_cues(subject: TrackSubject) -> Iterator[Breach]:
    """There is text without times.

    Why: It is never seen. If it is a sentence of the film, it is missing.

    Limit: SubRip: nothing stands above the first number and its times. WebVTT: every text stands below its times, and a
    blank line ends it.

    Source: SubRip as players read it; the WebVTT recommendation, "WebVTT file body".

    Example:

        Subtitles made in our workshop

        1
        00:00:10,000 --> 00:00:12,000
        You can ask for an interpreter.

    Fix: If people should see the text, write its times above it. If not, delete it. In a WebVTT file it may stay as a
    note: write `NOTE` above it.
    """
    return fault_breaches(subject, FaultKind.STRAY_TEXT)


@track_rule(code="SYN008", name="text-beside-timestamps", severity=Severity.ERROR, purpose=Purpose.READING)
def text_beside_timestamps(subject: TrackSubject) -> Iterator[Breach]:
    """There is text in the row of the times.

    Why: No player shows it. Most often the line break after the times was deleted by mistake, and the first row of the
    text is lost.

    Limit: Nothing follows the second time in its row. In WebVTT, settings such as `line:0` may.

    Source: SubRip as players read it; the WebVTT recommendation, "WebVTT cue settings".

    Example:

        4
        00:00:10,000 --> 00:00:12,000 You can ask
        for an interpreter.

    Fix: Put the text into a row of its own (`--unsafe-fixes` does so in SubRip), or delete it if it does not belong to
    the film.
    """
    return fault_breaches(subject, FaultKind.TEXT_BESIDE_TIMESTAMPS)


@track_rule(code="SYN009", name="unreadable-file", severity=Severity.ERROR)
def unreadable_file(subject: TrackSubject) -> Iterator[Breach]:
    """The file cannot be read at all, so nothing else is known about it.

    Why: Nobody meant to publish a file that cannot be opened, or that is a hundred times as large as the subtitles of
    any film. The other languages are checked all the same.

    Limit: The file can be read, and has at most 64 MiB and 100 000 lines. This rule cannot be turned off.

    Source: Proposal of this project.

    Example: A film that was saved under the name `fr.srt`, or a file that belongs to another user.

    Fix: Put the right file in its place. If it is the right file, change its permissions so that you can read it.
    """
    for fault in subject.track.faults:
        if fault.kind in NOTHING_KNOWN:
            yield Breach(message=f"the file cannot be read: {fault.detail}")


@track_rule(code="SYN010", name="read-otherwise", severity=Severity.WARNING)
def read_otherwise(subject: TrackSubject) -> Iterator[Breach]:
    """A file was not clear, and babelreel guessed what it means.

    Why: By the rules of its format the file has no clear meaning. Somebody should make sure that babelreel guessed
    right.

    Limit: EBU STL and TTML files say all that their format demands, and times count from the start of the film.

    Source: EBU Tech 3264; W3C TTML2; programmes on tape begin at ten o'clock.

    Example: An EBU STL file whose first text is at 10:00:05:00, and which names no start of the programme.

    Fix: Look at the line in the film. To correct it, save the file as `.srt` with a subtitle editor.
    """
    return fault_breaches(subject, FaultKind.READ_OTHERWISE)


RULES = (
    unreadable_cue,
    timestamp_form,
    empty_track,
    empty_cue,
    missing_blank_line,
    blank_line_in_cue,
    text_outside_cues,
    text_beside_timestamps,
    unreadable_file,
    read_otherwise,
)
