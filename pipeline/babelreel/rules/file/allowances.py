r"""Check that every exception from a rule is still needed, and says why.

An exception stands in babelreel.toml, or in the file itself, before the cue that it is about: in WebVTT as a comment
``NOTE babelreel: allow fast-cue: the voice is as fast``, in ASS and SSA as a line that begins with ``;`` in place of
``NOTE``. SubRip has no comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.policy import Allowance
from babelreel.model.track import Format, Track
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject

_NOTE = re.compile(
    r"^(?:NOTE[ \t]+|;[ \t]*)babelreel:[ \t]*allow[ \t]+(?P<rules>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(?P<reason>[^\r\n]*)$",
    re.MULTILINE,
)


@track_rule(code="ALW001", name="unused-allowance", severity=Severity.WARNING)
def unused_allowance(subject: TrackSubject) -> Iterator[Breach]:
    """An exception from a rule is no longer needed, or names a line that is not there.

    Why: The line was fixed, or has another number since a line was added before it. The exception would hide the next
    real finding in that place.

    Limit: Every exception covers at least one finding.

    Source: Proposal of this project.

    Example (in en.vtt):

        WEBVTT

        NOTE babelreel: allow short-cue: the film shows this sign for half a second

        00:01.000 --> 00:03.000
        You have rights.

    Fix: Delete the exception, or name the line that it is about now.
    """
    for allowance in subject.unused_allowances:
        where = "" if allowance.line else " of babelreel.toml"
        yield Breach(
            message=f"the exception{where} for {_about(allowance)} covers no finding of {', '.join(allowance.rules)}",
            line=allowance.line,
        )


@track_rule(code="ALW002", name="allowance-without-reason", severity=Severity.WARNING)
def allowance_without_reason(subject: TrackSubject) -> Iterator[Breach]:
    """An exception from a rule does not say why it is made.

    Why: The next reader does not know whether it still holds.

    Limit: A colon and a reason after the names of the rules.

    Source: Proposal of this project.

    Example (in en.vtt):

        WEBVTT

        NOTE babelreel: allow short-cue

        00:01.000 --> 00:01.500
        Exit

    Fix: Write why: `NOTE babelreel: allow short-cue: the film shows this sign for half a second`.
    """
    for allowance in read_allowances(subject.track):
        if not allowance.reason:
            yield Breach(message="the exception does not say why it is made", line=allowance.line)


def read_allowances(track: Track) -> tuple[Allowance, ...]:
    """List the exceptions that stand in the file itself, each for the next cue below it."""
    if track.format is Format.SRT:
        return ()
    lines = sorted(cue.line for cue in track.cues)
    return tuple(_allowance(match, track, lines) for match in _NOTE.finditer(track.source.text))


def _allowance(match: re.Match[str], track: Track, cue_lines: list[int]) -> Allowance:
    line, _ = track.source.place(match.start())
    return Allowance(
        rules=tuple(name.strip() for name in match["rules"].split(",")),
        reason=match["reason"].strip(" \t:"),
        cue_line=next((each for each in cue_lines if each > line), -1),
        line=line,
    )


def _about(allowance: Allowance) -> str:
    if allowance.cue_line:
        return "the line below it"
    if allowance.cue is not None:
        return f"line {allowance.cue}"
    return f"lines with “{allowance.text}”" if allowance.text else "the whole file"


RULES = (unused_allowance, allowance_without_reason)
