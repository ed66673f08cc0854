"""Show which files `check` looked at, which of them are not used, and how many findings each has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.cells import cell_len

from babelreel.model.finding import Severity
from babelreel.report.console.columns import COLUMNS, clipped_to
from babelreel.report.reader.speaking import in_readers_language, in_table
from babelreel.report.safe_text import printable
from babelreel.rules.check import CheckResult
from babelreel.rules.file.folder import UNUSED

_HEAD = ("file", "errors", "warnings", "info", "")
#: Of a name that is longer the rest is left out: the numbers behind it must be seen.
_NAME = COLUMNS - len("  errors  warnings  info  not used (FIL001)")


def render_files(result: CheckResult) -> str:
    """Write a row for each file, with what follows on the findings; empty where there are less than two files."""
    counts = Counter((each.location.path, each.severity) for each in result.findings)
    unused = {each.location.path: each.code for each in result.findings if each.code in UNUSED}
    paths = sorted({*result.sources, *(path for path, _ in counts)})
    if len(paths) <= 1:
        return ""
    rows = [
        (
            clipped_to(printable(path), _NAME),
            *(str(counts[path, severity]) for severity in Severity),
            in_readers_language(f"not used ({unused[path]})") if path in unused else "",
        )
        for path in paths
    ]
    return "".join(f"{line}\n" for line in (*_lines([tuple(map(in_table, _HEAD)), *rows]), ""))


def _lines(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(_HEAD))]
    for name, *numbers, last in rows:
        counts = (number.rjust(width) for number, width in zip(numbers, widths[1:-1], strict=True))
        yield "  ".join((name + " " * (widths[0] - cell_len(name)), *counts, last)).rstrip()
