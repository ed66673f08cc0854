"""Tell which pairs are made and published: those whose two languages are, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from babelreel.app.project.subtitles_film import SubtitlesFilm
from babelreel.model.delivery.build_summary import Failure, SkippedRendition
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.delivery.pairs import Pair, is_pair, languages_in
from babelreel.model.project import Project

#: What makes a language one that is published.
_WATCHED = frozenset({Role.VIDEO, Role.CAPTIONS})


def pairs_of_two_films(project: Project, films: SubtitlesFilm | None) -> tuple[Pair, ...]:
    """List the pairs whose languages are of two films: beside each line would stand one that is said elsewhere."""
    return tuple(pair for pair in project.delivery.pairs if films and not films.are_together(*pair.tags))


def without_pairs(project: Project, pairs: Iterable[Pair]) -> Project:
    """Leave pairs out of what is made of a project."""
    left_out = frozenset(pairs)
    kept = tuple(pair for pair in project.delivery.pairs if pair not in left_out)
    return replace(project, delivery=replace(project.delivery, pairs=kept))


def skip_pair(pair: Pair) -> SkippedRendition:
    """Say that nothing is made of a pair whose languages are of two films."""
    return SkippedRendition(
        name=f"the pair {pair.tag}",
        tag=pair.tag,
        why="its languages are of two films, since only one of them was moved to the new film",
        hint="Move the other one too: run “babelreel conform”. Then build again.",
    )


def without_lonely_pairs(files: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    """Leave out the files of pairs of which a language has neither film nor text among the files."""
    there = {file.language for file in files.values() if file.role in _WATCHED}
    return {
        path: file
        for path, file in files.items()
        if not is_pair(file.language) or there.issuperset(languages_in(file.language))
    }


def missing_pairs(skipped: Iterable[SkippedRendition], refusals: Iterable[Failure]) -> Iterator[SkippedRendition]:
    """Yield the pairs of which nothing is made; where a language is refused, that is told instead (``lost_pairs``)."""
    refused = {each.tag for each in refusals}
    for each in skipped:
        if not each.rendition and refused.isdisjoint(languages_in(each.tag)):
            yield each


def lost_pairs(pairs: Iterable[Pair], refusals: Iterable[Failure]) -> Iterator[Failure]:
    """Yield the pairs of which nothing is made because a language of theirs is refused, with its reason."""
    refused = {each.tag: each for each in refusals}
    for pair in pairs:
        lost = next((refused[tag] for tag in pair.tags if tag in refused), None)
        if lost:
            yield replace(lost, tag=pair.tag)
