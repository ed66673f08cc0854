"""Remember what was planned for the text of languages: a note for each language and thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from hashlib import sha256

from babelreel.app.project.program_files import program_state
from babelreel.errors import BabelreelError
from babelreel.fonts import BUNDLED, font_path
from babelreel.graph.files import digest_file
from babelreel.graph.notes import Notes, Topic
from babelreel.graph.task import SourceFile
from babelreel.model.late_track import LateTrack
from babelreel.model.track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """What is known of one thing, and the digest of all that decided it."""

    looked_at: str
    lines: tuple[str, ...]


def _read(document: object) -> _Planned:
    """Read what was written; there are many, and a general reader would take most of the time of a plan."""
    if not isinstance(document, dict) or document.keys() != {"looked_at", "lines"}:
        raise ValueError("nothing that was planned")
    looked_at, lines = document["looked_at"], document["lines"]
    if not isinstance(looked_at, str) or not isinstance(lines, list) or set(map(type, lines)) - {str}:
        raise ValueError("nothing that was planned")
    return _Planned(looked_at=looked_at, lines=tuple(lines))


_PLANNED = Topic(name="planned", version=1, read=_read)


class PlanNotes:
    """What earlier plans had: a ``Memory``."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._seen: dict[int, tuple[object, str]] = {}  # by identity, each with its object, which so stays the one

    def look_at(self, *shared: object, own: object) -> str:
        """Compute a digest of all that decides how a thing is planned, and of the program that does it."""
        return _digest(repr((program_state(), *map(self._told, shared), _whole(own))))

    def recall(self, name: str, looked_at: str) -> tuple[str, ...] | None:
        """Return what is known of a thing, if it was planned of just this."""
        found = self._notes.recall(_PLANNED, name)
        return found.lines if found and found.looked_at == looked_at else None

    def keep(self, name: str, looked_at: str, lines: Iterable[str], fonts: Iterable[SourceFile] = ()) -> None:
        """Remember lines of a thing, unless one of the fonts has changed since it was looked at."""
        if all(map(_is_as_it_was, fonts)):
            self._notes.keep(_PLANNED, name, _Planned(looked_at=looked_at, lines=tuple(lines)))

    def _told(self, value: object) -> str:
        if id(value) not in self._seen:
            self._seen[id(value)] = value, _digest(_text(value))
        return self._seen[id(value)][1]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _text(value: object) -> str:
    """Write a value whole. Of a track, where things stand in its file does not count, which is most of it."""
    if isinstance(value, LateTrack):
        return value.identity
    if isinstance(value, Track):
        return repr((value, [(place, cue.look) for place, cue in enumerate(value.cues) if cue.look]))
    return repr(_whole(value))


def _whole(value: object) -> object:
    """Return what shows a value whole, the same in each run: fields that no ``repr`` shows, and sets in order.

    Of a function that is what it is given; where it lies differs from run to run.
    """
    if is_dataclass(value):
        return type(value).__name__, [(each.name, _whole(getattr(value, each.name))) for each in fields(value)]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, map(_whole, value)))
    if isinstance(value, tuple | list):
        return list(map(_whole, value))
    if isinstance(value, partial):  # a language's words may be those of a file of the user's
        return _whole((value.args, tuple(value.keywords.items())))
    return "" if callable(value) else value


def _is_as_it_was(font: SourceFile) -> bool:
    """Tell whether a font of the user's is the one that was looked at; those of the program are."""
    if font.path in {font_path(each) for each in BUNDLED}:
        return True
    try:
        return digest_file(font.path) == font.digest
    except BabelreelError:
        return False
