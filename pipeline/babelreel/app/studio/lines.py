"""Read the lines of a language, and recognise them when the file was changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from babelreel.app.ledger.approve import Language, open_language
from babelreel.app.project.inventory import leads_out
from babelreel.model.ledger.entries import text_digest
from babelreel.model.project import Project
from babelreel.model.track import Cue
from babelreel.rules.ledger.standing import Standing

_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioLine:
    """A cue at its place in the file, also one that has no text yet.

    ``digest`` is of what it says and when, ``seen`` of that and of what the film says there: what a person had before
    her eyes.
    """

    place: int
    cue: Cue
    standing: Standing
    digest: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLanguage:
    """A language with its lines in the order of the file; ``version`` is the digest of the file.

    ``why_closed`` says why it cannot be written, empty where it can.
    """

    language: Language
    version: str
    lines: tuple[StudioLine, ...]
    why_closed: str

    @property
    def tag(self) -> str:
        """The language's BCP 47 tag."""
        return self.language.file.tag

    def known(self, digest: str, place: int) -> StudioLine | None:
        """Find the line that was like this when it was opened: of several alike, the one nearest to its old place."""
        alike = [line for line in self.lines if line.digest == digest]
        return min(alike, key=lambda line: abs(line.place - place), default=None)


def open_lines(project: Project, tag: str) -> OpenLanguage:
    """Read a language with all that is known of its lines; raises what ``open_language`` raises."""
    language = open_language(project, tag)
    return OpenLanguage(
        language=language,
        version=version_of(language.data),
        lines=tuple(_lines(language)),
        why_closed=_why_closed(project, language),
    )


def version_of(data: bytes) -> str:
    """Compute the name of a version of a file."""
    return sha256(data).hexdigest()[:_DIGITS]


def digest_of(cue: Cue) -> str:
    """Name what a cue says, how and when; not its number, and not its place."""
    span = cue.span
    return text_digest(f"{span.start_ms} {span.end_ms} {cue.align} {cue.italic}", cue.text)[:_DIGITS]


def _lines(language: Language) -> Iterator[StudioLine]:
    standing = {id(line.cue): line for line in (*language.standing.lines, *language.standing.waiting)}
    for place, cue in enumerate(language.track.cues):
        line, digest = standing[id(cue)], digest_of(cue)
        seen = text_digest(digest, line.source.text)[:_DIGITS]
        yield StudioLine(place=place, cue=cue, standing=line, digest=digest, seen=seen)


def _why_closed(project: Project, language: Language) -> str:
    if language.track.format.is_read_only:
        return "this format can be read, not written: “babelreel convert” makes an .srt of it"
    if leads_out(project, language.file.path):
        return "the file lies outside of the project"
    return ""
