"""Name what no verb can move with the film, and note for which film it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from babelreel.app.access.signed_files import films_in, language_of, signed_folder
from babelreel.app.project.description_files import files_of_film, fixed_scripts
from babelreel.app.project.inventory import relative_path
from babelreel.app.project.master import open_digests
from babelreel.app.project.stayed_files import digest_of
from babelreel.app.project.subtitles_film import OwnerChange, Stayed, parts_of
from babelreel.app.voices.stems import list_music, list_recordings
from babelreel.model.project import Project
from babelreel.model.variant import split_variant


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """What stays as it is while the languages of some ``tags`` move, or all but those in ``stays``.

    ``is_last``: with these, all are of the film that lies there, so what belongs to no file of subtitles is meant too.
    Each is yielded as its path and the language, or other part, of which it is.
    """

    project: Project
    tags: frozenset[str]
    is_all: bool
    stays: frozenset[str]
    is_last: bool = False

    def recordings(self) -> Iterator[tuple[str, str]]:
        """Yield the sounds of the whole film, which only their makers can move."""
        for recordings in list_recordings(self.project):
            tag = self._part(recordings.language)
            if self._is_meant(tag):
                yield from ((relative_path(self.project, path), tag) for path in recordings.wholes)
        if self.is_all or self.is_last:
            yield from ((relative_path(self.project, path), "") for path in list_music(self.project)[:1])

    def signed(self) -> Iterator[tuple[str, str]]:
        """Yield the films of interpreters, who sign what is said at that moment."""
        languages = [file.settings.language for file in files_of_film(self.project)]
        for path in films_in(signed_folder(self.project)):
            language = language_of(path, languages)
            if language and self._is_meant(language.tag):
                yield relative_path(self.project, path), language.tag

    def scripts(self) -> Iterator[tuple[str, str]]:
        """Yield the scripts of descriptions of the picture whose times nobody can write anew."""
        for each in fixed_scripts(self.project):
            if self._is_meant(each.tag) or self._is_meant(split_variant(each.tag)[0]):
                yield relative_path(self.project, each.path), split_variant(each.tag)[0]

    def unnamed(self) -> Iterator[tuple[str, str]]:
        """Yield the scripts that stay, with their tags, because only the subtitles of their languages were named."""
        for each in files_of_film(self.project):
            is_left = each.is_script and not self.is_all and each.tag not in self.tags
            if is_left and split_variant(each.tag)[0] in self.tags:
                yield relative_path(self.project, each.path), each.tag

    def _part(self, tag: str) -> str:
        """Find whose time a recording has: a description without a script of its own that of its language."""
        return tag if tag in parts_of(self.project) else split_variant(tag)[0]

    def _is_meant(self, tag: str) -> bool:
        is_of_none = self.is_last and tag not in parts_of(self.project)
        return tag in self.tags or (self.is_all and tag not in self.stays) or is_of_none


def with_stayed(project: Project, change: OwnerChange, stayed: Mapping[str, str], film: str) -> OwnerChange:
    """Note for which film those files were made that stay as they are; each path comes with its part.

    ``film`` is the digest of the film that lies there. Of a file that stayed before, and is the same, the note stays.
    """
    before, digests = change.before, open_digests(project)
    others = sorted(before.films - {film})
    found = dict(change.after.stayed)
    for path, part in stayed.items():
        digest, of = digest_of(project, path, digests), before.of(part)
        of = of if of != film else next(iter(others), film)
        if digest and of != film and not (path in found and found[path].sha256 == digest):
            found[path] = Stayed(sha256=digest, film=of)
    digests.save()
    return replace(change, after=replace(change.after, stayed=found))
