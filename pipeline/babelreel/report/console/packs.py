"""What is said of a pack that was made."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.delivery.packs import PACKS, Missing, Pack
from babelreel.report.safe_text import count, printable, render_size


def render_pack(pack: Pack, output: str) -> str:
    """Say in a line what a pack holds and where it lies, and in a line each what is missing."""
    size = render_size(sum(each.bytes for each in pack.files))
    languages = len({each.language for each in pack.files if each.language})
    new = f", {len(pack.written)} new" if pack.written else ", all up to date"
    head = f"{pack.platform.title}: {count(languages, 'language')}, {count(len(pack.files), 'file')}, {size}{new}"
    lines = [f"{head}: {printable(output)}/{pack.folder}"]
    return "\n".join([*lines, *_missing(pack.missing)])


def render_unfinished(names: tuple[str, ...], output: str) -> str:
    """Say which packs lack something, and the call that makes them whole."""
    folders = ", ".join(f"{printable(output)}/{PACKS}/{name}" for name in names)
    return f"not whole any more: {folders}\n  hint: run babelreel pack {' '.join(names)}"


def _missing(missing: tuple[Missing, ...]) -> Iterator[str]:
    """Say each reason once, with all languages that it holds for."""
    reasons: dict[tuple[bool, str], list[str]] = {}
    for each in missing:
        reasons.setdefault((each.is_fault, each.why), []).append(each.language)
    for (is_fault, why), tags in reasons.items():
        whose = f"{', '.join(tags)}: " if any(tags) else ""
        yield printable(f"  {'missing: ' if is_fault else ''}{whose}{why}")
