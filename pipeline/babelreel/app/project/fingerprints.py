"""Where is what is kept of the master, so that its next version can be laid beside it, and of the version before?"""

from __future__ import annotations

from pathlib import Path

from babelreel.app.project.inventory import probe_path
from babelreel.model.film.fingerprint import Fingerprint, parse_fingerprint
from babelreel.model.project import Project
from babelreel.regular_files import read_regular
from babelreel.system_errors import as_house_error, is_machine_fault

FINGERPRINT_ENDING = ".fingerprint"
_BEFORE_ENDING = ".before.fingerprint"
_PROBE_ENDING = ".probe.json"


def fingerprint_path(project: Project) -> Path:
    """Say where the fingerprint of the master lies: ``video/master.fingerprint``, beside its description."""
    described = probe_path(project)
    return described.with_name(described.name.removesuffix(_PROBE_ENDING) + FINGERPRINT_ENDING)


def before_path(project: Project) -> Path:
    """Say where the fingerprint of the version before lies: ``video/master.before.fingerprint``."""
    path = fingerprint_path(project)
    return path.with_name(path.name.removesuffix(FINGERPRINT_ENDING) + _BEFORE_ENDING)


def known_fingerprint(path: Path) -> Fingerprint | None:
    """Read a fingerprint; ``None`` where there is none, or none of ours. Raises ``MachineError``."""
    try:
        return parse_fingerprint(read_regular(path))
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and is_machine_fault(error):
            raise as_house_error(error, path) from error
        return None


def beside(path: Path) -> Path:
    """Give the fingerprint that a path means: itself, or what lies beside a ``.probe.json``."""
    return path.with_name(path.name.removesuffix(_PROBE_ENDING) + FINGERPRINT_ENDING) if is_probe(path) else path


def is_probe(path: Path) -> bool:
    """Tell whether a path is that of a description."""
    return path.name.endswith(_PROBE_ENDING)
