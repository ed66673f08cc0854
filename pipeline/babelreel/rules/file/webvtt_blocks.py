"""Check that browsers understand the header and the blocks of a WebVTT file."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.track import FaultKind
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.reader_faults import fault_breaches
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject


@track_rule(code="VTT001", name="bad-header", severity=Severity.ERROR, purpose=Purpose.READING)
def bad_header(subject: TrackSubject) -> Iterator[Breach]:
    """The file does not begin with the word WEBVTT.

    Why: Browsers refuse the whole file and show no line of it.

    Limit: The first row is `WEBVTT` in capitals, alone or with a space and a remark after it.

    Source: The WebVTT recommendation, "WebVTT file body".

    Example (in en.vtt):

        webvtt

        00:10.000 --> 00:12.000
        You can ask for an interpreter.

    Fix: Write `WEBVTT` in the first row and leave the second one empty, or let `--fix` do it.
    """
    return fault_breaches(subject, FaultKind.VTT_HEADER)


@track_rule(code="VTT005", name="bad-region", severity=Severity.WARNING)
def bad_region(subject: TrackSubject) -> Iterator[Breach]:
    """A region is not defined as the format wants it.

    Why: Browsers ignore what they do not know. The lines that use the region stand in another place than meant.

    Limit: `id`, `width`, `lines`, `regionanchor`, `viewportanchor` and `scroll:up`, each once; the `id` must be there.

    Source: The WebVTT recommendation, "WebVTT region settings".

    Example (in en.vtt):

        WEBVTT

        REGION
        id:top
        width:half

        00:10.000 --> 00:12.000 region:top
        You can ask for an interpreter.

    Fix: Correct what the finding names, for example `width:50%`.
    """
    return fault_breaches(subject, FaultKind.VTT_REGION)


@track_rule(code="VTT007", name="late-block", severity=Severity.WARNING)
def late_block(subject: TrackSubject) -> Iterator[Breach]:
    """A STYLE or REGION block stands below the first line.

    Why: Browsers ignore it there.

    Limit: All STYLE and REGION blocks stand above the first line.

    Source: The WebVTT recommendation, "WebVTT file body".

    Example (in en.vtt):

        WEBVTT

        00:10.000 --> 00:12.000
        You can ask for an interpreter.

        STYLE
        ::cue { color: white }

    Fix: Move the block up, below the word WEBVTT.
    """
    return fault_breaches(subject, FaultKind.VTT_LATE_BLOCK)


@track_rule(code="VTT008", name="commented-cue", severity=Severity.WARNING)
def commented_cue(subject: TrackSubject) -> Iterator[Breach]:
    """Times stand in a NOTE, STYLE or REGION block.

    Why: Browsers take the block for a line and show it; other players leave it out. babelreel's own files are made
    without it.

    Limit: A comment does not hold `-->`.

    Source: The WebVTT recommendation, "WebVTT comment block".

    Example (in en.vtt):

        WEBVTT

        00:10.000 --> 00:12.000
        You can ask for an interpreter.

        NOTE
        00:12.080 --> 00:14.000
        It is free.

    Fix: Write `-- >` to keep times in a comment. Otherwise delete the line if nobody should see it, or delete the word
    NOTE.
    """
    return fault_breaches(subject, FaultKind.VTT_COMMENTED_CUE)


RULES = (bad_header, bad_region, late_block, commented_cue)
