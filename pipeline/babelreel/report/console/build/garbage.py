"""What came of collecting garbage, in words."""

from __future__ import annotations

from babelreel.graph.shared.collected import Collected
from babelreel.model.counted import count
from babelreel.report.safe_text import render_size


def render_collected(collected: Collected, *, is_dry: bool) -> str:
    """Say what is gone, what goes next time, and what stays."""
    gone = _render(collected.removed_results, collected.removed_blobs, collected.removed_bytes)
    waiting = _render(collected.waiting_results, collected.waiting_blobs, collected.waiting_bytes)
    return "\n".join(
        (
            f"would be removed: {gone}" if is_dry else f"removed: {gone}",
            f"nobody uses any more: {waiting}; a run 24 hours after this was first seen removes them",
            f"kept: {count(collected.kept_results, 'result')}, {render_size(collected.kept_bytes)}",
        )
    )


def _render(results: int, files: int, size: int) -> str:
    return f"{count(results, 'result')}, {count(files, 'file')}, {render_size(size)}"
