"""Report on a comparison of published files with their manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping

from babelreel.errors import BabelreelError
from babelreel.model.counted import count
from babelreel.model.delivery.manifest import Status
from babelreel.model.delivery.verification import Verification
from babelreel.report.safe_text import error_document, printable

#: Said of what is not all that the project asks for.
_PARTIAL = ", but not every language or size of the project is published"


def render_verification(result: Verification, *, as_json: bool) -> str:
    """Write a line for each difference and one for the whole, or JSON."""
    return _render(_document(result)) if as_json else "\n".join(_lines(result)) + "\n"


def render_verifications(results: Mapping[str, Verification | BabelreelError], *, as_json: bool) -> str:
    """Write what was found in several films, each line after its film; in JSON a list, each with its ``project``.

    In JSON, a film that could not be looked at has its ``error``.
    """
    if as_json:
        return _render(
            [
                {"project": film} | (error_document(each) if isinstance(each, BabelreelError) else _document(each))
                for film, each in results.items()
            ]
        )
    found = {film: each for film, each in results.items() if isinstance(each, Verification)}
    return "".join(f"{printable(film)}: {line}\n" for film, each in found.items() for line in _lines(each))


def _lines(result: Verification) -> list[str]:
    lines = [f"{printable(each.path)}: {printable(each.message)}" for each in result.differences]
    return [*lines, _verdict(result)]


def _verdict(result: Verification) -> str:
    files = count(result.files, "file")
    if result.is_good:
        return f"checked {files}: all is as the manifest says{_PARTIAL if result.status == Status.PARTIAL else ''}"
    if len(result.differences) == 1:
        return f"checked {files}: one is not as the manifest says; run “babelreel build”, or download it again"
    differing = len(result.differences)
    return f"checked {files}: {differing} are not as the manifest says; run “babelreel build”, or download them again"


def _document(result: Verification) -> dict[str, object]:
    return {
        "version": 1,
        "good": result.is_good,
        "status": result.status,
        "files": result.files,
        "differences": [{"path": each.path, "message": each.message} for each in result.differences],
    }


def _render(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
