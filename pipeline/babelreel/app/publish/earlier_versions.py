"""Add what manifests of earlier versions of babelreel did not say, and what can be known all the same."""

from __future__ import annotations

from dataclasses import replace

from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.project import Project


def tell_texts(manifest: Manifest, project: Project) -> Manifest:
    """Say of each film how its text reaches the viewer, where its manifest does not (version 1).

    Its size shows it, if the project has that size or babelreel does by itself; else nobody knows, and it stays unsaid.
    """
    known = {rung.name: rung.text for rung in (*DEFAULT_RUNGS, *project.rungs)}
    written = {file.language for file in manifest.files if file.role is Role.CAPTIONS}

    def told(file: PublishedFile) -> PublishedFile:
        if file.text or file.role is not Role.VIDEO:
            return file
        return replace(file, text=known.get(file.rendition) if file.language in written else Text.NONE)

    return replace(manifest, files=tuple(told(file) for file in manifest.files))
