"""Show the takes of a language beside their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import PurePosixPath

from rich.cells import cell_len

from babelreel.model.counted import count
from babelreel.model.language import Language
from babelreel.model.sound.dubbing import DubbedLine, Dubbing, UnheardSound, Verdict, WhyUnheard
from babelreel.model.sound.placing import samples_to_ms
from babelreel.model.timecode import MS_PER_SECOND, render_length
from babelreel.report.console.columns import COLUMNS, clipped_to
from babelreel.report.findings.excerpt import isolated
from babelreel.report.reader.speaking import in_readers_language, in_table
from babelreel.report.safe_text import legible, printable, render_json

#: Where a terminal is wide, more of the name of a file is shown.
_WIDE = 100
_FILE_WIDTH, _WIDE_FILE_WIDTH = 8, 16
_HEAD = ("line", "starts", "room s", "spoken", "speed", "fit s", "dB", "take")
#: How wide each column before the name of the file is; numbers stand at its right end, that name at its left.
_WIDTHS = (5, 8, 6, 6, 6, 10, 5)
_GAP = "  "

#: Why a recording is not heard, in words; of one that cannot be read its fault says more.
_WHY = {
    WhyUnheard.NO_NUMBER: "its name is not the number of a line",
    WhyUnheard.OTHER_WHOLE: "there is another recording of the whole film",
    WhyUnheard.GUIDE: "it is a guide track",
    WhyUnheard.SILENT: "there is nothing to hear in it",
    WhyUnheard.TAKES: "there are takes of single lines beside it",
}


def render_takes(dubbings: Sequence[tuple[Language, Dubbing]], columns: int = COLUMNS) -> str:
    """Write a table for each language: a line of the film in each row, what runs over marked with "!" and on top."""
    return "\n\n".join("\n".join(_table(*each, columns)) for each in dubbings) + "\n"


def _table(language: Language, dubbing: Dubbing, columns: int) -> Iterator[str]:
    yield f"{language.tag} ({isolated(language.own_name)}): {_summary(dubbing)}"
    if dubbing.dub.takes and not dubbing.is_of_whole:
        yield _columns(tuple(map(in_table, _HEAD)), in_table("text"), columns)
        yield from (_line(line, columns) for line in _shown(dubbing))
    for line in dubbing.lines:
        if line.take and Verdict.OTHER_TEXT in line.verdicts:
            name = isolated(printable(_name(line.take.sound.path)))
            yield f"  line {line.cue.number} was changed after {name} was recorded"
    for each in dubbing.unheard:
        yield f"  not used: {isolated(printable(each.sound.path))}: {printable(_why(each))}"


def _shown(dubbing: Dubbing) -> list[DubbedLine]:
    """List the lines with a text or a take: overruns first, else in time."""
    lines = (line for line in dubbing.lines if line.cue.text.strip() or line.heard)
    return sorted(lines, key=lambda line: not line.overrun)


def _summary(dubbing: Dubbing) -> str:
    if dubbing.is_of_whole:
        told = f"one recording of the whole film, {isolated(printable(dubbing.meant[0].sound.path))}"
        return f"{told}, {len(dubbing.unheard)} not used" if dubbing.unheard else told
    lines = _shown(dubbing)
    over = sum(1 for line in lines if line.overrun)
    bare = sum(Verdict.MISSING in line.verdicts for line in lines)
    unheard = sum(Verdict.UNHEARD in line.verdicts for line in lines)
    parts = (
        count(len(lines), "line"),
        count(over, "take too long", "takes too long") if over else "",
        count(bare, "line without a take", "lines without a take") if bare else "",
        count(unheard, "take cannot be used", "takes cannot be used") if unheard else "",
        f"{len(dubbing.unheard)} not used" if dubbing.unheard else "",
    )
    return ", ".join(part for part in parts if part)


def _why(each: UnheardSound) -> str:
    if each.why is WhyUnheard.FAULT:
        return each.sound.fault
    if each.why is WhyUnheard.NO_TEXT:
        return "no line says any more what it was recorded for"
    if each.why is WhyUnheard.NO_LINE:
        return f"there is no line {each.line}"
    return f"line {each.line} has another take" if each.why is WhyUnheard.OTHER_TAKE else _WHY[each.why]


def _line(line: DubbedLine, columns: int) -> str:
    heard = line.heard
    cells = (
        f"{'!' if line.overrun else ''}{line.cue.number}",
        render_length(line.cue.span.start_ms),
        "" if line.room is None else _seconds(samples_to_ms(line.room)),
        _seconds(samples_to_ms(heard.end - heard.first)) if heard else "-",
        _tempo(heard.tempo) if heard else "",
        _fit(line),
        f"{heard.gain_db:+.1f}" if heard else "",
        _name(heard.sound.path) if heard else _lack(line),
    )
    return _columns(cells, " ".join(line.cue.lines), columns)


def _fit(line: DubbedLine) -> str:
    """Say by how much a take is longer than its room, or how long nobody speaks after it."""
    if line.overrun:
        return in_readers_language(f"{_seconds(line.overrun_ms)} over")
    dead_ms = _dead_air_ms(line)
    return in_readers_language(f"{_seconds(dead_ms)} short") if dead_ms else ""


def _lack(line: DubbedLine) -> str:
    """Say why no take is heard."""
    if Verdict.UNHEARD in line.verdicts:
        return in_table("unusable")
    return in_table("no take") if Verdict.MISSING in line.verdicts else in_table("no need")


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _dead_air_ms(line: DubbedLine) -> int:
    return samples_to_ms(line.dead_air) if Verdict.DEAD_AIR in line.verdicts else 0


def _columns(cells: Sequence[str], text: str, columns: int) -> str:
    *numbers, file = (printable(cell) for cell in cells)
    fitted = [_padded(clipped_to(cell, width), width) for cell, width in zip(numbers, _WIDTHS, strict=True)]
    width = _WIDE_FILE_WIDTH if columns >= _WIDE else _FILE_WIDTH
    room = columns - sum(_WIDTHS) - width - len(_GAP) * (len(_WIDTHS) + 1)
    shown = isolated(clipped_to(legible(text), room))
    return _GAP.join((*fitted, _padded(clipped_to(file, width), width, is_left=True), shown)).rstrip()


def _padded(text: str, width: int, *, is_left: bool = False) -> str:
    space = " " * max(0, width - cell_len(text))
    return f"{isolated(text)}{space}" if is_left else f"{space}{text}"


def _seconds(time_ms: int) -> str:
    """Write seconds with two digits, rounded up: what is over must not look as if it fitted."""
    hundredths = -(-time_ms // 10)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _tempo(tempo: Fraction) -> str:
    if tempo == 1:
        return "1"
    thousandths = round(tempo * MS_PER_SECOND)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def render_takes_json(dubbings: Iterable[tuple[Language, Dubbing]]) -> str:
    """Write the same for programs: times in whole milliseconds, ``null`` where a line has no take."""
    document = {
        "version": 1,
        "languages": [
            {
                "language": language.tag,
                "path": dubbing.dub.path,
                "whole": dubbing.dub.whole.path if dubbing.dub.whole else None,
                "lines": [_document(line, has_take=not dubbing.is_of_whole) for line in _shown(dubbing)],
                "unused": [{"path": each.sound.path, "reason": _why(each)} for each in dubbing.unheard],
            }
            for language, dubbing in dubbings
        ],
    }
    return render_json(document)


def _document(line: DubbedLine, *, has_take: bool) -> dict[str, object]:
    heard = line.heard if has_take else None
    return {
        "line": line.cue.number,
        "start_ms": line.cue.span.start_ms,
        "available_ms": None if line.room is None else samples_to_ms(line.room),
        "recorded_ms": samples_to_ms(heard.end - heard.first) if heard else None,
        "tempo": _tempo(heard.tempo) if heard else None,
        "overrun_ms": line.overrun_ms if heard else None,
        "dead_air_ms": _dead_air_ms(line) if heard else None,
        "gain_db": float(heard.gain_db) if heard else None,
        "path": heard.sound.path if heard else None,
        "text": line.cue.text,
        "recorded_text": line.take.recorded.text if has_take and line.take and line.take.recorded else None,
        "text_changed": Verdict.OTHER_TEXT in line.verdicts,
    }
