"""What does a comparison of published files with their manifest say?"""

from __future__ import annotations

import json

from babelreel.model.delivery.verification import Verification
from babelreel.report.safe_text import printable


def render_verification(result: Verification, *, as_json: bool) -> str:
    """Write a line for each difference and one for the whole, or JSON."""
    if as_json:
        return _render_json(result)
    lines = [f"{printable(each.path)}: {printable(each.message)}" for each in result.differences]
    verdict = (
        f"{result.files} files are what the manifest says ({result.status})"
        if result.is_good
        else f"{len(result.differences)} of {result.files} files differ: build again, or fetch them again"
    )
    return "\n".join([*lines, verdict]) + "\n"


def _render_json(result: Verification) -> str:
    document = {
        "version": 1,
        "good": result.is_good,
        "status": result.status,
        "files": result.files,
        "differences": [{"path": each.path, "message": each.message} for each in result.differences],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
