"""Keep the files of the publication before that this build has nothing newer for.

Only content takes a file out of ``output/``: a track with errors, a language or a size that the project no longer has.
What this machine could not make, or was not asked for, stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.app.access.signed_films import is_as_long
from babelreel.app.build.planning import Prepared
from babelreel.app.build.results.pages import without_pages
from babelreel.app.publish.consent import shows_signer
from babelreel.app.publish.earlier_versions import tell_texts
from babelreel.app.publish.own_files import is_still_there
from babelreel.engines.outcome import Outcome
from babelreel.errors import BabelreelError, Cause, MachineError, WithheldError
from babelreel.graph.digests import DigestCache
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role
from babelreel.model.delivery.pairs import is_pair, languages_in
from babelreel.model.film.ladder.encoding_ladder import Sound, rendition_names
from babelreel.model.film.signed import is_signed

#: The state of a file whose manifest, of an earlier version of babelreel, names none.
UNKNOWN_STATE = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The publication before, as far as it still lies there, and what a build has to say of it.

    ``files`` are those that were listed and are what they were, pages left out, by path; each bears the state that it
    is of, or none if that is the present one. ``lost`` were listed too, and are not what they were.
    ``is_stream_whole`` says that no file of the stream is lost or changed.
    """

    files: Mapping[str, PublishedFile]
    lost: Mapping[str, PublishedFile]
    is_stream_whole: bool
    prepared: Prepared
    outcome: Outcome

    def kept(self) -> dict[str, PublishedFile]:
        """Choose the files that stay, but for those that hold all languages."""
        planned = {each.path: each.task for each in self.prepared.blueprint.deliverables}
        ours = (file for file in self.files.values() if file.role not in {Role.STREAM, Role.ARCHIVE})
        return {file.path: file for file in ours if self._stays(file, planned.get(file.path))}

    def archives(self, tags: frozenset[str]) -> dict[str, PublishedFile]:
        """Choose the archive files that stay: none if a language in them is not among ``tags``, those published now."""
        planned = {each.path: each.task for each in self.prepared.blueprint.deliverables}
        can_stay = self._can_hold(tags)
        found = (file for file in self.files.values() if file.role is Role.ARCHIVE and can_stay)
        return {file.path: file for file in found if self._stays(file, planned.get(file.path))}

    def stream(self) -> dict[str, PublishedFile]:
        """Choose the files of the stream, without the tracks of languages that content, or a person, took away."""
        return {path: file for path, file in self.files.items() if file.role is Role.STREAM and self._is_heard(file)}

    def left_out(self, now: Mapping[str, PublishedFile]) -> tuple[PublishedFile, ...]:
        """List what would have stayed, were it what it was, and is not published ``now``."""
        planned = {each.path: each.task for each in self.prepared.blueprint.deliverables}
        missing = (file for path, file in self.lost.items() if path not in now)
        return tuple(file for file in missing if self._would_stay(file, planned.get(file.path), now))

    def _would_stay(self, file: PublishedFile, task: str | None, now: Mapping[str, PublishedFile]) -> bool:
        if file.role is Role.STREAM:
            return task is not None and self._is_heard(file)
        if file.role is Role.ARCHIVE:
            return self._can_hold(frozenset(each.language for each in now.values())) and self._stays(file, task)
        return self._stays(file, task)

    def _can_hold(self, tags: frozenset[str]) -> bool:
        """Tell whether an archive file may stay beside languages: none is in it that is not published now."""
        listed = (*self.files.values(), *self.lost.values())
        held = {file.language for file in listed if file.language and not is_pair(file.language)}
        return held <= tags and not held & self._withheld

    def awaits(self, path: str) -> bool:
        """Tell whether a file of the stream is missing in this build for no reason that lies in the content."""
        file = self.files[path]
        if not self._is_heard(file):
            return False
        tasks = [each.task for each in self.prepared.blueprint.deliverables if each.path == path]
        error = self.outcome.failures.get(tasks[0]) if tasks else self._refusal(file.language)
        return error.cause is not Cause.CONTENT if error else bool(tasks)

    def _stays(self, file: PublishedFile, task: str | None) -> bool:
        if not self._has_language(file) or (file.sound == Sound.DUB and not self._is_heard(file)):
            return False
        if shows_signer(file) and self.prepared.project.credits_of(file.language).is_signer_agreed is False:
            return False  # a face that was seen cannot be taken back, whatever else keeps the language as it is
        if file.language and self._refusal(file.language):
            return not file.rendition or file.rendition in rendition_names(self.prepared.project.rungs)
        if shows_signer(file) and file.language in self.prepared.signed.stale:
            return False  # nobody knows beside which film it was published, or in the picture of which
        if task is None:
            is_nothing_planned = not self.prepared.blueprint.deliverables  # no language is left to share anything
            is_unread = file.role is Role.NAME and file.language in {each.tag for each in self.prepared.nameless}
            is_unread |= file.role is Role.SIGNED and self._goes_with_film(file)
            is_unread |= self._lacks_signer(file) or self._lacks_printer(file) or self._is_kept_unmade(file)
            return (is_nothing_planned and not file.language) or is_unread
        error = self.outcome.failures.get(task)
        return error is None or error.cause is not Cause.CONTENT

    def _is_kept_unmade(self, file: PublishedFile) -> bool:
        """Tell whether a film stays that is not made: for want of an encoder, or of texts that fitted before.

        No content of theirs has changed then: another version of babelreel lays them out.
        """
        for each in self.prepared.blueprint.skipped:
            if file.rendition and each.rendition == file.rendition and each.tag in {"", file.language}:
                is_same = self.prepared.unchanged.issuperset(languages_in(file.language))
                return each.is_of_machine or (bool(each.tag) and is_same)
        return False

    def _is_heard(self, file: PublishedFile) -> bool:
        """Tell whether its language is one of the project's, and nobody whose voice may be in it has refused that."""
        return self._has_language(file) and not self._withheld.intersection(languages_in(file.language)[:1])

    @property
    def _withheld(self) -> frozenset[str]:
        """The languages whose speakers do not agree that their voice is published."""
        return frozenset(each.tag for each in self.prepared.silenced if isinstance(each.error, WithheldError))

    def _has_language(self, file: PublishedFile) -> bool:
        """Tell whether its language is one of the project's, and not refused for what its own files hold.

        A pair must be one of the project's, and so it must be with both of its languages.
        """
        pairs = {pair.tag for pair in self.prepared.project.delivery.pairs}
        if is_pair(file.language) and file.language not in pairs:
            return False
        return all(map(self._is_of_project, languages_in(file.language)))

    def _is_of_project(self, tag: str) -> bool:
        error = self._refusal(tag) if tag in self.prepared.wanted else None
        is_there = any(language.tag == tag for language in self.prepared.languages)
        return is_there and not (error and error.cause is Cause.CONTENT)

    def _refusal(self, tag: str) -> BabelreelError | None:
        """Find why a language, or one of a pair, is refused."""
        tags = languages_in(tag)
        return next((each.error for each in self.prepared.refusals if each.tag in tags), None)

    @property
    def _unread_signed(self) -> frozenset[str]:
        """The languages whose interpreter cannot be taken anew: what was published of one stays, if they agree."""
        faults = self.prepared.signed.faults
        return frozenset(each.tag for each in faults if not isinstance(each.error, WithheldError))

    def _goes_with_film(self, file: PublishedFile) -> bool:
        """Tell whether a published interpreter may stand beside the film until theirs can be taken anew."""
        film = self.prepared.workshop.film.info
        return file.language in self._unread_signed and is_as_long(file.duration_ms, film)

    def _lacks_signer(self, file: PublishedFile) -> bool:
        """Tell whether a film is not planned because its interpreter is missing, or does not go with the film."""
        signed = {each.language.tag for each in self.prepared.workshop.signed}
        is_wanted = any(is_signed(rung.name) for rung in self.prepared.project.rungs)
        return is_wanted and is_signed(file.rendition) and file.language not in signed

    def _lacks_printer(self, file: PublishedFile) -> bool:
        """Tell whether a leaflet is not planned because there is no Chromium that could print it."""
        project, chromium = self.prepared.project, self.prepared.workshop.chromium
        is_print = file.role is Role.LEAFLET and file.path.endswith(".pdf")
        return is_print and project.delivery.has_leaflets and chromium is None


def look_at_earlier(
    prepared: Prepared, outcome: Outcome, before: Manifest | None, output: Path, digests: DigestCache
) -> Earlier:
    """Read what still lies there of the publication before; what somebody changed since is none of it."""
    files = tell_texts(before, prepared.project).files if before else ()
    listed = without_pages({file.path: file for file in files})
    found = {
        path: replace(file, state=_own_state(file, before, prepared.state))
        for path, file in listed.items()
        if _stays_there(output, file, digests)
    }
    lost = {path: file for path, file in listed.items() if path not in found}
    is_stream_whole = all(path in found for path, file in listed.items() if file.role is Role.STREAM)
    return Earlier(files=found, lost=lost, is_stream_whole=is_stream_whole, prepared=prepared, outcome=outcome)


def _stays_there(output: Path, file: PublishedFile, digests: DigestCache) -> bool:
    """Tell whether a file is what it was; one that cannot be read now is taken for it, for that is the machine's fault.

    Where this build has the same file, it is put in its place.
    """
    try:
        return is_still_there(output, file, digests)
    except MachineError:
        return True


def _own_state(file: PublishedFile, before: Manifest | None, now: str) -> str:
    state = file.state or (before.state if before else "") or UNKNOWN_STATE
    return "" if state == now else state
