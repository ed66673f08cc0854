"""Build one film or several, for the verbs that do: loaded only where there is something to build."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence

from babelreel.app.build.build import build_project
from babelreel.app.build.films import build_films
from babelreel.app.build.request import Request
from babelreel.app.packs.pack_list import unfinished_packs
from babelreel.cli.choices.manner import Manner
from babelreel.graph.event import Told
from babelreel.model.delivery.build_summary import BuildSummary, FilmResult
from babelreel.model.project import Project
from babelreel.report.console.build.films import render_film, render_films
from babelreel.report.console.build.progress import show_progress
from babelreel.report.console.published.packs import render_unfinished
from babelreel.report.reader.speaking import tell


def build_one(project: Project, request: Request, manner: Manner) -> BuildSummary:
    """Build one film, show how it goes, and name the packs that lost something by it."""
    with show_progress(quiet=manner.quiet) as listener:
        summary = build_project(
            project,
            request,
            engine=manner.engine,
            keep_going=manner.keep_going,
            listener=listener,
            stop=threading.Event(),
        )
    if names := unfinished_packs(project.root / project.output_dir):
        tell(render_unfinished(names, str(project.output_dir)))
    return summary


def build_several(films: Mapping[str, Callable[[], Project]], request: Request, manner: Manner) -> Sequence[FilmResult]:
    """Build films, by the name of each, show how it goes, and tell of each as soon as it is done."""
    with show_progress(quiet=manner.quiet) as listener:

        def told(result: FilmResult) -> None:
            listener(Told(text=render_film(result)))

        results = build_films(
            films,
            request,
            engine=manner.engine,
            keep_going=manner.keep_going,
            listener=listener,
            told=told,
        )
    tell(render_films(results))
    return results
