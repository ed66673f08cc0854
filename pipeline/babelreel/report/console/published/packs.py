"""What is said of a pack that was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from babelreel.model.counted import count
from babelreel.model.delivery.packs import PACKS, Missing, Pack
from babelreel.report.safe_text import printable, render_size


def render_pack(pack: Pack, output: str) -> str:
    """Say in a line what a pack holds and where it lies, and in a line each what is missing."""
    size = render_size(sum(each.bytes for each in pack.files))
    languages = len({each.language for each in pack.files if each.language})
    new = f", {count(len(pack.written), 'new file', 'new files')}" if pack.written else ", nothing new"
    head = f"{pack.platform.title}: {count(languages, 'language')}, {count(len(pack.files), 'file')}, {size}{new}"
    lines = [f"{head}: {printable(output)}/{pack.folder}"]
    return "\n".join([*lines, *_missing(pack)])


def render_unfinished(names: tuple[str, ...], output: str) -> str:
    """Say which packs lack something, and the call that makes them whole."""
    folders = ", ".join(f"{output}/{PACKS}/{name}" for name in names)
    lines = (
        "Files are missing from packs.",
        f"  where: {folders}",
        "  why: what they were made of is published no more, or in another form, or the making was stopped",
        f"  hint: “babelreel pack {' '.join(names)}” makes them again.",
    )
    return "\n".join(map(printable, lines))


def _missing(pack: Pack) -> Iterator[str]:
    """Say each reason once, with all languages that it holds for."""
    reasons: dict[Missing, list[str]] = {}
    for each in pack.missing:
        reasons.setdefault(replace(each, language=""), []).append(each.language)
    for missing, tags in reasons.items():
        whose = ", ".join(filter(None, tags))
        if missing.is_fault:
            lack = f"{pack.platform.title} does not get all of {whose}."
            yield printable(lack if whose else "The film that all languages share is missing.")
            yield printable(f"  why: {missing.why}")
        else:
            yield printable(f"note: {whose}: {missing.why}")
        if missing.hint:
            yield printable(f"  hint: {missing.hint}")
