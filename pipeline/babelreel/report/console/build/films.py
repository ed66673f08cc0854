"""Report on films that are built in one run."""

from __future__ import annotations

from collections.abc import Sequence

from babelreel.model.counted import count
from babelreel.model.delivery.build_summary import FilmResult
from babelreel.report.console.build.outcome import render_build
from babelreel.report.safe_text import printable, render_error


def render_film(result: FilmResult) -> str:
    """Write what came of one film, below its name."""
    if result.error:
        return render_error(result.error, result.film)
    lines = render_build(result.summary).splitlines() if result.summary else []
    return "\n".join([f"{printable(result.film)}:", *(f"  {line}" for line in lines)])


def render_films(results: Sequence[FilmResult]) -> str:
    """Write one line on all films, and name those that are not, or not wholly, published as they should be."""
    whole = [each for each in results if each.exit_code == 0]
    parts = [f"{len(whole)} of {count(len(results), 'film')} built"]
    parts += [f"{printable(each.film)}: exit code {each.exit_code}" for each in results if each not in whole]
    return "; ".join(parts)
