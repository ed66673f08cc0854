"""Write a recording script for paper."""

from __future__ import annotations

from babelreel.model.sound.recording_script import Fit, Recorded, RecordingScript, flowing
from babelreel.model.sound.sound_files import PHONE_ENDINGS, SOUND_ENDINGS
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp
from babelreel.report.html_templates import html_template
from babelreel.report.recording_script_csv import in_seconds

#: How each estimate is named for a style sheet.
_CLASSES = {Fit.FITS: "fits", Fit.TIGHT: "tight", Fit.TOO_LONG: "long"}


def render_script_page(script: RecordingScript) -> str:
    """Write one HTML page, complete in itself, for A4 paper: nothing is loaded and nothing runs.

    Every text is escaped. A right-to-left language has its table mirrored; numbers and times stay left-to-right.
    """
    return html_template("script.html.j2", ("timestamp", _timestamp), ("seconds", in_seconds)).render(
        script=script,
        flowing=flowing,
        classes=_CLASSES,
        fits=[(fit, script.count(fit)) for fit in Fit],
        film="unknown" if script.film_ms is None else _timestamp(script.film_ms),
        endings=(*SOUND_ENDINGS, *PHONE_ENDINGS),
        recordings=[(recorded, script.count_recorded(recorded)) for recorded in Recorded],
        has_takes=script.count_recorded(Recorded.NOTHING) < len(script.lines),
        has_source=any(line.source_text for line in script.lines),
    )


def _timestamp(time_ms: int) -> str:
    """Write minutes, seconds and tenths; hours only where there are any."""
    written = render_timestamp(time_ms, ".")[:-2]
    has_hours = time_ms < 0 or time_ms >= 3600 * MS_PER_SECOND
    return written if has_hours else written.removeprefix("00:")
