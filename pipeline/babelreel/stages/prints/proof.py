"""Plan the task that prints a proof sheet."""

from __future__ import annotations

from collections.abc import Iterable

from babelreel.graph.task import Literal, SourceFile, Task
from babelreel.media.programs.chromium import Chromium, PrintPage

PDF = "proof.pdf"
_PAGE = "proof.html"
#: What Chromium takes with its children while it prints a hundred pictures, about.
_PRINT_BYTES = 700_000_000


def plan_proof_print(chromium: Chromium, tag: str, page: bytes, fonts: Iterable[SourceFile]) -> Task:
    """Plan the PDF of a language's page, which may show fonts by their names."""
    return Task(
        name=f"proof {tag}",
        kind="proof",
        language=tag,
        action=PrintPage(chromium=chromium.identity, page=_PAGE, output=PDF, is_upright=True),
        inputs=(Literal(name=_PAGE, content=page), *fonts),
        outputs=(PDF,),
        memory_bytes=_PRINT_BYTES,
        weight=1,
    )
