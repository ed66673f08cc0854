"""Show how loud the delivered files are, whether they are all alike, and whether every voice is above the film."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from babelreel.model.counted import count
from babelreel.model.sound.loudness import HeardFile, LoudnessReport, Spread
from babelreel.model.sound.mix_levels import DubLevels
from babelreel.model.sound.recordings import MOST_APART_LU, LoudnessTarget
from babelreel.report.findings.excerpt import isolated
from babelreel.report.reader.speaking import in_table
from babelreel.report.safe_text import printable, render_json


def render_loudness(report: LoudnessReport) -> str:
    """Write a table of the files, the spread of the languages, and the verdict."""
    rows = [
        (*map(in_table, ("language", "rendition", "sound")), "LUFS", "dBTP", in_table("off"), ""),
        *(_row(each, report) for each in report.files),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    lines += ["", *(_spread_line(each) for each in report.spreads)] if report.spreads else []
    for dub in (each for each in report.dubs if each.lines):  # a voice without text has none
        lines += ["", *_voices(dub, report)]
    return "\n".join([*lines, "", *_verdict(report)]) + "\n"


def render_loudness_json(report: LoudnessReport) -> str:
    """Write the report as JSON, version 1; levels are numbers with two decimals, null where nothing is heard."""
    target = report.target
    document = {
        "version": 1,
        "good": report.is_good,
        "measured": report.is_measured,
        "target": {
            "name": target.name,
            "lufs": float(target.lufs),
            "tolerance_lu": float(target.tolerance_lu),
            "peak_dbtp": float(target.peak_dbtp),
            "most_apart_lu": float(MOST_APART_LU),
            "voice_above_db": report.voice_above_db,
        },
        "files": [_object(each, target) for each in report.files],
        "spreads": [
            {"rendition": each.rendition, "languages": each.languages, "apart_lu": float(each.apart_lu)}
            for each in report.spreads
        ],
        "dubs": [
            {
                "language": dub.language,
                "lines": [
                    {
                        "line": each.line,
                        "gain_db": float(each.gain_db),
                        "above_db": _number(each.above_db),
                        "drowned": each in dub.drowned(report.voice_above_db),
                    }
                    for each in dub.lines
                ],
            }
            for dub in report.dubs
        ],
    }
    return render_json(document) + "\n"


def _object(file: HeardFile, target: LoudnessTarget) -> dict[str, object]:
    heard = file.heard
    return {
        "path": file.path,
        "language": heard.language,
        "rendition": heard.rendition,
        "sound": heard.sound,
        "loudness_lufs": _number(heard.loudness_lufs),
        "true_peak_dbtp": _number(heard.true_peak_dbtp),
        "off_lu": _number(None if heard.loudness_lufs is None else heard.loudness_lufs - target.lufs),
        "faults": list(file.faults),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _row(file: HeardFile, report: LoudnessReport) -> tuple[str, ...]:
    heard = file.heard
    lufs, peak = heard.loudness_lufs, heard.true_peak_dbtp
    # a name in a right-to-left script would turn round what stands beside it
    language = isolated(printable(f"{heard.language}  {file.language_name}" if file.language_name else heard.language))
    return (
        language,
        isolated(printable(heard.rendition)),
        printable(heard.sound),
        in_table("silent") if lufs is None else f"{lufs:.2f}",
        "" if peak is None else f"{peak:.2f}",
        "" if lufs is None else f"{lufs - report.target.lufs:+.2f}",
        printable(", ".join(file.faults)),
    )


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Put words to the left and numbers to the right of their columns."""
    words, numbers, last = row[:3], row[3:6], row[6]
    cells = [f"{cell:<{width}}" for cell, width in zip(words, widths[:3], strict=True)]
    cells += [f"{cell:>{width}}" for cell, width in zip(numbers, widths[3:6], strict=True)]
    return "  ".join((*cells, last)).rstrip()


def _spread_line(spread: Spread) -> str:
    said = f"{printable(spread.rendition)}: {spread.languages} languages, {spread.apart_lu:.2f} LU apart"
    return said if spread.is_good else f"{said}, more than {MOST_APART_LU}"


def _voices(dub: DubLevels, report: LoudnessReport) -> Iterator[str]:
    """Write each line of a dub: what was done to its recording, and how far the voice is above the film."""
    drowned = dub.drowned(report.voice_above_db)
    yield f"{printable(dub.language)}: {count(len(dub.lines), 'line')} spoken; by how much each is louder than the film"
    yield f"{in_table('line'):>6}  {in_table('gain dB'):>8}  {in_table('above dB'):>8}"
    for each in dub.lines:
        above = in_table("alone") if each.above_db is None else f"{each.above_db:+.1f}"
        fault = "  hard to understand" if each in drowned else ""
        yield f"{each.line:>6}  {each.gain_db:>+8.1f}  {above:>8}{fault}"


def _verdict(report: LoudnessReport) -> Iterator[str]:
    target = report.target
    wanted = f"within {target.tolerance_lu} LU of {target.lufs} LUFS ({target.name})"
    wanted += f", true peaks up to {target.peak_dbtp} dBTP"
    bad = sum(bool(file.faults) for file in report.files)
    if bad:
        yield f"{bad} of {count(len(report.files), 'file')} are not as they should be: {wanted}"
    else:
        yield f"{count(len(report.files), 'file')} with sound, all {wanted}"
    apart = [spread for spread in report.spreads if not spread.is_good]
    if apart:
        yield f"the languages are not equally loud: {MOST_APART_LU} LU apart at most"
    drowned = sum(len(dub.drowned(report.voice_above_db)) for dub in report.dubs)
    if drowned:
        yield f"{count(drowned, 'line')} less than {report.voice_above_db} dB above the film: record them again, louder"
    if not report.is_good:
        yield "run babelreel build; what stays off is so in the recording: see babelreel check"
