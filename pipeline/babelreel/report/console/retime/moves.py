"""Show people what moves when the film's time does."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.counted import count
from babelreel.model.film.change.time_map import Fate
from babelreel.model.retiming import MovedLine, MovedTrack, MovePlan
from babelreel.model.timecode import MS_PER_SECOND, render_timestamp
from babelreel.report.console.columns import with_text, wrapped
from babelreel.report.reader.speaking import in_table
from babelreel.report.safe_text import printable

_HEADS = ("language", "lines", "moved", "shortened", "cut in two", "removed")
#: More lines of one language are read by nobody at once.
_MOST_TOLD = 20


def render_moves(plan: MovePlan) -> str:
    """Write a table of the languages, each line of which a part is gone, and what else moves or stays; 80 columns."""
    rows = (*map(wrapped, plan.told), *_table(plan), *_details(plan), *_numbers(plan), *_rest(plan))
    return "".join(f"{row}\n" for row in rows)


def _table(plan: MovePlan) -> Iterator[str]:
    if not plan.tracks:
        return
    rows = [tuple(map(in_table, _HEADS)), *map(_row, plan.tracks)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    for row in rows:
        first, *numbers = (
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((first, *numbers))


def _row(track: MovedTrack) -> tuple[str, ...]:
    numbers = (len(track.lines), track.moved, *(track.count(fate) for fate in (Fate.CLIPPED, Fate.CUT, Fate.LOST)))
    return (printable(track.language), *map(str, numbers))


def _details(plan: MovePlan) -> Iterator[str]:
    why = why_gone(plan)
    for track in plan.tracks:
        told = [line for line in track.lines if line.fate is not Fate.WHOLE or line.is_too_short]
        for line in told[:_MOST_TOLD]:
            yield with_text(f"{printable(track.language)} {_told(line, why)}", line.text)
        if len(told) > _MOST_TOLD:
            yield f"{printable(track.language)}: and {count(len(told) - _MOST_TOLD, 'line')} more"


def what_goes(plan: MovePlan) -> str:
    """Count all that goes from the files: "2 lines, 1 chapter and 1 text in the picture"."""
    counts = (
        (plan.gone_lines, "line", "lines"),
        (len(plan.gone_chapters), "chapter", "chapters"),
        (len(plan.gone_signs), "text in the picture", "texts in the picture"),
    )
    *others, last = [count(number, one, many) for number, one, many in counts if number] or [count(0, "line")]
    return f"{', '.join(others)} and {last}" if others else last


def why_gone(plan: MovePlan) -> str:
    """Say why a line or a chapter is removed, to follow the word "because"."""
    return "others take its place" if plan.is_overtaken else "its scene is gone"


def _told(line: MovedLine, why: str) -> str:
    name = f"line {line.number}" if line.number else "a comment"
    if line.new is None:
        return f"{name} is removed, because {why}"
    shown = f"{render_timestamp(line.new.start_ms, '.')} to {render_timestamp(line.new.end_ms, '.')}"
    if line.fate is Fate.CUT:
        return f"{name} is cut in two, and stays from {shown}"
    if line.fate is Fate.CLIPPED:
        return f"{name} is shortened ({shown})"
    return f"{name} becomes too short to be read ({line.new.duration_ms / MS_PER_SECOND:.2f} s)"


def _numbers(plan: MovePlan) -> Iterator[str]:
    """Say why numbers will be missing in files that have some, and what to do about it."""
    if any(track.has_gap for track in plan.tracks):
        yield wrapped(
            "the lines that stay keep their numbers, because takes are named by them; so some numbers are missing, "
            "which players do not mind"
        )
        yield wrapped(
            "“babelreel check --fix” numbers the lines from 1 again; if there are takes, run “babelreel dub remember” "
            "first"
        )


def _rest(plan: MovePlan) -> Iterator[str]:
    also = (
        count(plan.chapters, "chapter") if plan.chapters else "",
        count(plan.signs, "text in the picture", "texts in the picture") if plan.signs else "",
    )
    if any(also) and not plan.unmoved:
        yield f"also moved in babelreel.toml: {', '.join(filter(None, also))}"
    if plan.followed:
        yield f"also renumbered in babelreel.toml: {count(plan.followed, 'exception')}"
    why = why_gone(plan)
    yield from (wrapped(f"the chapter at {start} is removed, because {why}") for start in plan.gone_chapters)
    yield from (wrapped(f"the text in the picture “{name}” is shortened") for name in plan.cut_signs)
    yield from (wrapped(f"the text in the picture “{name}” is removed, because {why}") for name in plan.gone_signs)
    for each in plan.lost:
        name = f"the exception for line {each.cue} of {printable(each.file or 'all files')}"
        yield wrapped(f"{name} cannot follow it to a new number: look at it in babelreel.toml afterwards")
    yield from (wrapped(f"also moved: {printable(path)}, the times of recordings") for path in plan.takes)
    for path in plan.recordings:
        yield wrapped(f"cannot be moved, and no longer fits: {printable(path)}, a sound as long as the film")
    for path in plan.signed:
        yield wrapped(f"cannot be moved, and no longer fits: {printable(path)}, the film of an interpreter")
    for path in plan.fitting:
        yield wrapped(f"fits this film: {printable(path)}")
    for path in plan.scripts:
        yield wrapped(f"stays as it is: {printable(path)}, the script of a description; move its times by hand")
    for path, tag in plan.unnamed:
        name = f"stays as it is: {printable(path)}, the script of a description"
        yield wrapped(f"{name}; if it is wrong too, name {tag}")
    # of one alone, the error that follows says the same
    told = plan.unmoved if len(plan.unmoved) > 1 else ()
    yield from (wrapped(f"cannot be moved: {printable(each.path)}, {printable(each.why)}") for each in told)
