"""Find the tracks with which a language is shown, two at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from babelreel.app.project.subtitle_files import TrackFile
from babelreel.languages.find import find_language
from babelreel.model.delivery.pairs import Pair
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.rules.base.paired_track import PairedTrack


class PairedTracks:
    """The tracks of all pairs of a project; each is read once, when it is asked for."""

    def __init__(self, project: Project, files: Iterable[TrackFile], load: Callable[[TrackFile], Track]) -> None:
        self._project, self._load = project, load
        self._files = {file.tag: file for file in files} if project.delivery.pairs else {}
        self._found: dict[str, PairedTrack] = {}

    def beside(self, tag: str) -> tuple[PairedTrack, ...]:
        """List the other language of each pair that a language belongs to."""
        return tuple(self._of(pair, pair.second if tag == pair.first else pair.first) for pair in self._pairs(tag))

    def _pairs(self, tag: str) -> Iterable[Pair]:
        return (pair for pair in self._project.delivery.pairs if tag in pair.tags)

    def _of(self, pair: Pair, tag: str) -> PairedTrack:
        key = f"{pair.tag} {tag}"
        if key not in self._found:
            settings = self._project.settings_of(find_language(tag))
            file = self._files.get(tag)
            track = self._load(file) if file else None
            self._found[key] = PairedTrack(
                pair=pair,
                language=settings.language,
                profile=settings.profile,
                font=self._project.root / settings.font if settings.font else None,
                track=None if track is None or track.is_unread else track,
            )
        return self._found[key]
