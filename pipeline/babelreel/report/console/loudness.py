"""How loud are the delivered files, and are they all alike?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from babelreel.model.sound.recordings import MOST_APART_LU, LoudnessTarget, MixedSound
from babelreel.report.findings.excerpt import isolated
from babelreel.report.plain import count, printable, render_json


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardFile:
    """A delivered file with sound: its path, the English name of its language, what was measured in it.

    ``faults`` say, a few words each, in what it misses the target or differs from the manifest.
    """

    path: str
    language_name: str
    heard: MixedSound
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far the languages lie apart at one rendition, between the loudest and the quietest, in LU."""

    rendition: str
    languages: int
    apart_lu: Decimal

    @property
    def is_good(self) -> bool:
        """Tell whether a viewer who changes the language need not change the volume."""
        return self.apart_lu <= MOST_APART_LU


@dataclass(frozen=True, slots=True, kw_only=True)
class LoudnessReport:
    """All files with sound, in the order of the manifest, and the target that they are held to.

    ``is_measured`` says that the files were decoded now; otherwise the numbers are those of the manifest.
    """

    target: LoudnessTarget
    files: tuple[HeardFile, ...]
    spreads: tuple[Spread, ...]
    is_measured: bool = False

    @property
    def is_good(self) -> bool:
        """Tell whether every file is within the target and all languages are alike."""
        return all(not file.faults for file in self.files) and all(spread.is_good for spread in self.spreads)


def judge_loudness(heard: MixedSound, target: LoudnessTarget) -> tuple[str, ...]:
    """Say in what a sound misses the target; a film in which nothing is heard misses nothing, a dub does."""
    if heard.loudness_lufs is None:
        return ("nothing is heard in the dub",) if heard.sound == "dub" else ()
    off = heard.loudness_lufs - target.lufs
    loud = "too loud" if off > 0 else "too quiet"
    peak = heard.true_peak_dbtp
    return (
        *((loud,) if abs(off) > target.tolerance_lu else ()),
        *(("peak too high",) if peak is not None and peak >= target.peak_dbtp else ()),
    )


def find_spreads(sounds: Iterable[MixedSound]) -> tuple[Spread, ...]:
    """Give the spread of each rendition that more than one language has, in their order."""
    levels: defaultdict[str, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for sound in sounds:
        if sound.loudness_lufs is not None:
            levels[sound.rendition][sound.language].append(sound.loudness_lufs)
    spreads = []
    for rendition, languages in levels.items():
        found = [lufs for each in languages.values() for lufs in each]
        if len(languages) > 1:
            spread = Spread(rendition=rendition, languages=len(languages), apart_lu=max(found) - min(found))
            spreads.append(spread)
    return tuple(spreads)


def render_loudness(report: LoudnessReport) -> str:
    """Write a table of the files, the spread of the languages, and the verdict."""
    rows = [
        ("language", "rendition", "sound", "LUFS", "dBTP", "off", ""),
        *(_row(each, report) for each in report.files),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    lines += ["", *(_spread_line(each) for each in report.spreads)] if report.spreads else []
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
        },
        "files": [_object(each, target) for each in report.files],
        "spreads": [
            {"rendition": each.rendition, "languages": each.languages, "apart_lu": float(each.apart_lu)}
            for each in report.spreads
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
        "silent" if lufs is None else f"{lufs:.2f}",
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


def _verdict(report: LoudnessReport) -> Iterator[str]:
    target = report.target
    wanted = f"within {target.tolerance_lu} LU of {target.lufs} LUFS ({target.name})"
    wanted += f", true peaks below {target.peak_dbtp} dBTP"
    bad = sum(bool(file.faults) for file in report.files)
    if bad:
        yield f"{bad} of {count(len(report.files), 'file')} are not as they should be: {wanted}"
    else:
        yield f"{count(len(report.files), 'file')} with sound, all {wanted}"
    apart = [spread for spread in report.spreads if not spread.is_good]
    if apart:
        yield f"the languages are not equally loud: {MOST_APART_LU} LU apart at most"
    if not report.is_good:
        yield "run babelreel build; what stays off is so in the recording: see babelreel check"
