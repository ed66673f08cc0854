"""What do the cells of the master show, read once for each content of it?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from babelreel.app.project.master import PROBES
from babelreel.graph.files import write_atomically
from babelreel.media.picture.footage import read_footage
from babelreel.model.film.cells import Cell, Footage, cells_at
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project

#: Counts up when the same film would be described otherwise than before.
FOOTAGE_VERSION = 1


def look_at_footage(
    project: Project, path: Path, info: MediaInfo, rates: Iterable[Fraction]
) -> Mapping[Fraction, tuple[Footage, ...]]:
    """Read what the cells of a film show at each of some rates, or take what was read before of the same bytes."""
    wanted = sorted(set(rates))
    grid = {str(rate): [(cell.first, cell.end) for cell in cells_at(info, rate)] for rate in wanted}
    request = sha256(json.dumps([FOOTAGE_VERSION, info.digest, grid]).encode()).hexdigest()
    kept = project.state_dir / PROBES / f"{info.digest}.footage.json"
    known = _read(kept, request)
    if known is None:
        known = read_footage(path, info, wanted)
        write_atomically(kept, _render(request, known))
    return known


def _render(request: str, known: Mapping[Fraction, tuple[Footage, ...]]) -> bytes:
    document = {str(rate): [asdict(each) for each in footage] for rate, footage in known.items()}
    return json.dumps({"request": request, "footage": document}, indent=0).encode()


def _read(path: Path, request: str) -> Mapping[Fraction, tuple[Footage, ...]] | None:
    try:
        document = json.loads(path.read_bytes())
        if document["request"] != request:
            return None
        return {
            Fraction(rate): tuple(_footage(each) for each in footage) for rate, footage in document["footage"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError):
        return None


def _footage(values: Mapping[str, Any]) -> Footage:
    seek_us = values["seek_us"]
    return Footage(
        cell=Cell(first=int(values["cell"]["first"]), end=int(values["cell"]["end"])),
        seek_us=None if seek_us is None else int(seek_us),
        digest=str(values["digest"]),
        size=int(values["size"]),
    )
