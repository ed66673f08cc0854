"""How is foreign text made safe to print, and a number easy to read?"""

from __future__ import annotations

from babelreel.errors import BabelreelError


def printable(text: str) -> str:
    """Show control characters as escapes, so that no file name or cue can steer a terminal.

    Newlines and bidi controls are escaped too: a line of output stays one line and reads in its own order.
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def render_error(error: BabelreelError) -> str:
    """Write an error in at most four lines."""
    first, *rest = error.lines()
    return "\n".join(printable(line) for line in (f"babelreel: {first}", *(f"  {line}" for line in rest)))


def render_size(size: int) -> str:
    """Write a number of bytes as people say it, with decimal units: ``15.5 MB``."""
    value = float(size)
    for unit in ("B", "kB", "MB"):
        if value < 1000:  # noqa: PLR2004 - the step between two units
            return f"{value:.0f} {unit}" if unit != "MB" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def render_duration(seconds: float) -> str:
    """Write a stretch of time as people say it: ``8 s``, ``2 min 05 s``, ``1 h 02 min``."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes_rest = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes_rest:02d} min"
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
