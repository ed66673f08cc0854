"""Tell a volunteer which guide tracks there are, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.counted import count
from babelreel.model.sound.guide import Guide
from babelreel.report.safe_text import printable


def render_guide(guide: Guide) -> str:
    """Write one line about one guide track, and one for each thing in it that a listener would wonder at."""
    if guide.fault:
        return printable(f"{guide.language}: no guide track. {guide.fault}")
    spoken = f"voice {guide.voice}" if guide.voice else "beeps"
    return "\n".join(map(printable, (f"{guide.path}  ({count(guide.lines, 'line')}, {spoken})", *_remarks(guide))))


def _remarks(guide: Guide) -> Iterator[str]:
    if not guide.voice:
        yield f"  there is no voice for {guide.language} here: a beep tells where each line begins"
    elif guide.beeped:
        what = count(guide.beeped, "line cannot be spoken", "lines cannot be spoken")
        yield f"  {what}: a beep tells where"
    if guide.cut:
        what = count(
            guide.cut,
            "line is longer than its time, and is cut off",
            "lines are longer than their time, and are cut off",
        )
        yield f"  {what}"
    if guide.late:
        what = count(
            guide.late, "line begins after the end, and is left out", "lines begin after the end, and are left out"
        )
        yield f"  {what}"


def render_missing_voice() -> str:
    """Say what would bring a voice."""
    return "eSpeak NG is not installed: with it (on Debian: apt-get install espeak-ng) a voice speaks the lines."
