"""Find what babelreel.toml asks for that nothing comes of."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.counted import count
from babelreel.model.film.ladder.encoding_ladder import Rung, Text
from babelreel.model.project import Project
from babelreel.model.style import Style, StyleChanges


def idle_settings(project: Project) -> Iterator[str]:
    """Say of each setting that does nothing which one it is, and why."""
    burned = [rung for rung in project.rungs if rung.text is Text.BURN_IN]
    yield from _idle_tables(project)
    yield from _idle_opacities(project, burned)
    yield from _idle_styles(project, burned)
    if project.delivery.pairs and not burned:
        pairs = count(len(project.delivery.pairs), "pair")
        yield f"delivery.pairs: no size has its text in the picture, so no film is made of {pairs}"


def _idle_tables(project: Project) -> Iterator[str]:
    if project.unused:
        tags = ", ".join(project.unused)
        yield f"language.{project.unused[0]}: “languages” does not list {tags}, so what is set there is not used"


def _idle_opacities(project: Project, burned: list[Rung]) -> Iterator[str]:
    """Find where a box is made see-through that is drawn nowhere."""
    styles = project.styles
    tags = ["", *(each.language.tag for each in project.languages), *(tag for tag, _ in styles.languages)]
    rungs = [rung.name for rung in burned] or [""]
    why = "opacity does nothing without a background, the colour of a box behind the text"
    if styles.whole.opacity != Style().opacity and not any(
        styles.of(tag, rung).background for tag in tags for rung in rungs
    ):
        yield f"style: {why}"
    for tag, changes in styles.languages:
        if _sets_opacity(changes) and not any(styles.of(tag, rung).background for rung in rungs):
            yield f"language.{tag}.style: {why}"
    for name, changes in styles.rungs:
        if _sets_opacity(changes) and not any(styles.of(tag, name).background for tag in tags):
            yield f"renditions.{name}.style: {why}"


def _sets_opacity(changes: StyleChanges) -> bool:
    return any(name == "opacity" for name, _ in changes)


def _idle_styles(project: Project, burned: list[Rung]) -> Iterator[str]:
    """Find styles of text that is drawn into no picture."""
    for name, changes in project.styles.rungs:
        if changes and name in {rung.name for rung in project.rungs} - {rung.name for rung in burned}:
            yield f"renditions.{name}.style: {name} has no text drawn into its picture, so no text looks like this"
    is_set = project.styles.whole != Style() or any(changes for _, changes in project.styles.languages)
    if is_set and not burned:
        yield "style: no size has text drawn into its picture, so no text looks like this"
