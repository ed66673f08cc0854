"""Find the fingerprints that are kept of the master and of the version before, so that films can be compared."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from babelreel.app.project.inventory import lies_outside, probe_path
from babelreel.app.project.master import look_key, noted_film, open_notes
from babelreel.graph.notes import Notes, Topic
from babelreel.model.film.change.fingerprint import Fingerprint, pack_fingerprint, parse_fingerprint
from babelreel.model.json_codec import MAX_CHARS, decode
from babelreel.model.project import Project
from babelreel.regular_files import read_regular
from babelreel.system_errors import as_house_error, is_machine_fault

FINGERPRINT_ENDING = ".fingerprint"
_BEFORE_ENDING = ".before.fingerprint"
_SUBTITLES_ENDING = ".subtitles.json"
_PROBE_ENDING = ".probe.json"
#: So much of a digest is enough to keep the versions of a film apart.
_SHOWN_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """A packed fingerprint, in texts of base64: none may be longer than ``MAX_CHARS``."""

    parts: tuple[str, ...]


#: What a film looks and sounds like, by its bytes and the streams that were looked at and listened to.
_NOTED = Topic(name="fingerprint", version=1, read=lambda document: decode(document, _Noted))


def fingerprint_path(project: Project) -> Path:
    """Say where the fingerprint of the master lies: ``video/master.fingerprint``, beside its description."""
    described = probe_path(project)
    return described.with_name(described.name.removesuffix(_PROBE_ENDING) + FINGERPRINT_ENDING)


def subtitles_path(project: Project) -> Path:
    """Say where the file lies that names the film of the subtitles: ``video/master.subtitles.json``.

    Where films lie outside of the project, in the project's own folder: other projects may use the same film, and
    ``undo`` writes nothing outside.
    """
    path = fingerprint_path(project)
    beside_film = path.with_name(path.name.removesuffix(FINGERPRINT_ENDING) + _SUBTITLES_ENDING)
    return project.root / beside_film.name if lies_outside(project, beside_film) else beside_film


def before_path(project: Project) -> Path:
    """Say where the fingerprint lies of the film before, that of the subtitles: ``video/master.before.fingerprint``."""
    path = fingerprint_path(project)
    return path.with_name(path.name.removesuffix(FINGERPRINT_ENDING) + _BEFORE_ENDING)


def earlier_path(project: Project, digest: str) -> Path:
    """Say where the fingerprint lies of a film that some languages are of, where it is neither of these two.

    That is ``video/master.before-1a2b3c4d.fingerprint``, by the digest of the film.
    """
    path = fingerprint_path(project)
    name = path.name.removesuffix(FINGERPRINT_ENDING)
    return path.with_name(f"{name}.before-{digest[:_SHOWN_DIGITS]}{FINGERPRINT_ENDING}")


def kept_paths(project: Project) -> tuple[Path, ...]:
    """List where fingerprints of the project's films lie: of the one that was probed last, of the one before, others.

    The first two may be missing.
    """
    path = fingerprint_path(project)
    name = path.name.removesuffix(FINGERPRINT_ENDING)
    others = (each for each in path.parent.glob("*" + FINGERPRINT_ENDING) if each.name.startswith(f"{name}.before-"))
    return path, before_path(project), *sorted(others)


def known_fingerprint(path: Path) -> Fingerprint | None:
    """Read a fingerprint; ``None`` where there is none, or none of ours. Raises ``MachineError``."""
    try:
        return parse_fingerprint(read_regular(path))
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_machine_fault(error):
            raise as_house_error(error, path) from error
        return None


def beside(path: Path) -> Path:
    """Find the fingerprint that a path means: itself, or what lies beside a ``.probe.json``."""
    return path.with_name(path.name.removesuffix(_PROBE_ENDING) + FINGERPRINT_ENDING) if is_probe(path) else path


def is_probe(path: Path) -> bool:
    """Tell whether a path is that of a description."""
    return path.name.endswith(_PROBE_ENDING)


def recall_fingerprint(notes: Notes, key: str) -> Fingerprint | None:
    """Read the fingerprint that was noted under a key, if any was."""
    noted = notes.recall(_NOTED, key)
    try:
        return parse_fingerprint(b64decode("".join(noted.parts), validate=True)) if noted else None
    except ValueError:  # of another version
        return None


def note_fingerprint(notes: Notes, key: str, fingerprint: Fingerprint) -> None:
    """Note a fingerprint under a key, so that the film is not decoded for it again."""
    text = b64encode(pack_fingerprint(fingerprint)).decode("ascii")
    parts = tuple(text[first : first + MAX_CHARS] for first in range(0, len(text), MAX_CHARS))
    notes.keep(_NOTED, key, _Noted(parts=parts))


def noted_fingerprint(project: Project, digest: str) -> Fingerprint | None:
    """Read what was noted of a film that was looked at before, by its digest."""
    info = noted_film(project, digest)
    return recall_fingerprint(open_notes(project), look_key(info)) if info else None
