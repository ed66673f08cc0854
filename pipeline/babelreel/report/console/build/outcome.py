"""Say what came of a build."""

from __future__ import annotations

from pathlib import PurePath

from babelreel.errors import Cause
from babelreel.model.counted import count
from babelreel.model.delivery.build_summary import BuildSummary, Failure, Fate, SkippedRendition
from babelreel.report.console.columns import wrapped
from babelreel.report.safe_text import printable, render_duration, render_error, render_size

_SHARED = "what all languages share"


def render_build(summary: BuildSummary) -> str:
    """Write the end of a build: each language that is missing with its reason, then one line on what is there."""
    parts = [render_error(error) for error in dict.fromkeys(failure.error for failure in summary.failures)]
    parts += map(render_skipped, summary.skipped)
    parts += [f"note: {printable(choice)}" for choice in summary.choices]
    if summary.replaced:
        parts.append(wrapped(f"warning: {printable(summary.replaced.told)}"))
    if summary.repaired:
        parts.append(
            count(
                summary.repaired,
                "file in .babelreel/ was damaged on the disk, and is made again",
                "files in .babelreel/ were damaged on the disk, and are made again",
            )
        )
    if summary.restored:
        parts.append(
            count(
                summary.restored,
                "published file was missing, changed or damaged, and is put back",
                "published files were missing, changed or damaged, and are put back",
            )
        )
    if summary.warnings:
        parts.append(f"{count(summary.warnings, 'warning')}: “babelreel check” tells more")
    parts.append(_changes(summary))
    parts.append(
        f"{count(summary.languages, 'language')}, {count(summary.files, 'file')}, "
        f"{render_size(summary.size)} in {printable(summary.output)}"
    )
    parts += [_taken(each, summary.output) for each in summary.failures if each.taken]
    for fate in Fate:
        names = list(dict.fromkeys(each.tag or _SHARED for each in summary.failures if each.fate is fate))
        parts += [f"{fate.value}: {', '.join(names)}"] if names else []
    if summary.replaced:
        parts.append(
            wrapped(
                f"The subtitles are probably at the wrong times: run “{summary.replaced.call}” before you hand "
                "anything on."
            )
        )
    elif summary.written and not summary.failures:
        serve = "next: “babelreel serve” shows the pages, “babelreel pack whatsapp” makes files to send"
        pack = f"next: “babelreel pack whatsapp --output {printable(summary.output)}” makes files to send"
        parts.append(pack if PurePath(summary.output).is_absolute() else serve)  # serve shows the project's own folder
    return "\n".join(parts)


def _taken(failure: Failure, output: str) -> str:
    """Say that a language went with this build which people could see before."""
    why = failure.error.why or failure.error.what
    files = count(failure.taken, "file")
    return f"{failure.tag} was taken out of {printable(output)} ({files}), because of this: {printable(why)}"


def render_skipped(skipped: SkippedRendition) -> str:
    """Report a rendition that is left out, and say how to have it."""
    fate = "keeps its earlier version" if skipped.is_kept else "is left out"
    lines = (f"{skipped.name} {fate}", f"  why: {skipped.why}", f"  hint: {skipped.hint}")
    return "\n".join(map(printable, lines))


def _changes(summary: BuildSummary) -> str:
    has_failed = any(each.error.cause is Cause.MACHINE for each in summary.failures)
    if not (summary.made or summary.written or summary.removed or summary.restored or has_failed):
        return f"nothing to do: everything is up to date ({summary.seconds:.1f} s)"
    return (
        f"{count(summary.made, 'step done', 'steps done')} in {render_duration(summary.seconds)}, "
        f"{summary.kept} done before; {count(summary.written, 'file written', 'files written')}"
        + (f", {count(summary.removed, 'file removed', 'files removed')}" if summary.removed else "")
    )
