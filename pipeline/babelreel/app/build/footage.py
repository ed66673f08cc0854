"""What do the cells of the master show, read once for each content of it?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from babelreel.app.project.master import PROBES
from babelreel.graph.files import write_atomically
from babelreel.media.picture.footage import read_footage
from babelreel.model.film.cells import Footage, cells_at
from babelreel.model.film.media import MediaInfo
from babelreel.model.json_codec import decode, encode, parse_json
from babelreel.model.project import Project

#: Counts up when the same film would be described otherwise than before.
FOOTAGE_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What was seen of the cells of one film at each rate, and what was asked for."""

    request: str
    footage: Mapping[str, tuple[Footage, ...]]


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
    return json.dumps({"request": request, "footage": encode(known)}, indent=0).encode()


def _read(path: Path, request: str) -> Mapping[Fraction, tuple[Footage, ...]] | None:
    try:
        kept = decode(parse_json(path.read_bytes()), _Kept)
    except (OSError, ValueError):
        return None
    return {Fraction(rate): footage for rate, footage in kept.footage.items()} if kept.request == request else None
