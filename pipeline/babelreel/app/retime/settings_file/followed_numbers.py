"""Renumber the exceptions of babelreel.toml that name a cue by its number, where cues get other numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from babelreel.app.project.inventory import lies_outside
from babelreel.app.retime.settings_file.written_starts import UnwritableError, with_values
from babelreel.model.policy import Allowance
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.regular_files import read_regular
from babelreel.system_errors import house_errors

#: The number of a cue, as a line of its own.
_CUE = re.compile(r"""^[ \t]*(?:cue|"cue"|'cue')[ \t]*=[ \t]*()([0-9_]+)""", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers of a track's cues that stay: each with the one that it has now; ``None`` where nobody knows."""

    path: str
    new: Mapping[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The exceptions with the numbers that their cues have now, and the file of settings, as it is and will be.

    ``lost`` are those that cannot follow, and name another cue from now on, or none.
    """

    allow: tuple[Allowance, ...]
    settings: tuple[Path, bytes, bytes] | None = None
    lost: tuple[Allowance, ...] = ()


def new_numbers(before: Track, after: Track) -> Numbers | None:
    """Tell how the cues of a track were numbered anew; ``None`` where each number that is left stays."""
    old, new = ([cue.text for cue in track.cues] for track in (before, after))
    if len(old) == len(new):  # their texts may have been repaired too
        pairs = list(zip(before.cues, after.cues, strict=True))
    else:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        places = [(block.a + each, block.b + each) for block in blocks for each in range(block.size)]
        pairs = [(before.cues[one], after.cues[other]) for one, other in places]
    if all(one.number == other.number for one, other in pairs):
        return None
    count = Counter(cue.number for cue in before.cues)
    found = {one.number: other.number for one, other in pairs}
    return Numbers(
        path=before.path, new={number: found.get(number) if count[number] == 1 else None for number in count}
    )


def follow_numbers(
    project: Project, tracks: Iterable[str], numbers: Iterable[Numbers], meant: bytes | None = None
) -> Followed:
    """Let the exceptions of babelreel.toml follow the cues that they name; ``tracks`` are the paths of all tracks.

    One follows where each file that it is about says the same new number. ``meant`` is what else will be written to
    babelreel.toml, where that changes. Nothing is written.
    """
    allow, tracks = project.check.allow, tuple(tracks)
    known = {each.path: each.new for each in numbers}
    moved: dict[int, int] = {}
    lost: list[Allowance] = []
    for place, allowance in enumerate(allow):
        about = [path for path in tracks if allowance.is_about(path)]
        if allowance.cue is None or not known.keys() & set(about):
            continue
        new = {known[path].get(allowance.cue) if path in known else allowance.cue for path in about}
        number = new.pop() if len(new) == 1 else None
        if number is None:
            lost.append(allowance)
        elif number != allowance.cue:
            moved[place] = number
    settings = _settings(project, moved, meant)
    if moved and settings is None:
        return Followed(allow=allow, lost=(*lost, *(allow[place] for place in moved)))
    followed = tuple(replace(each, cue=moved.get(place, each.cue)) for place, each in enumerate(allow))
    return Followed(allow=followed, settings=settings, lost=tuple(lost))


def _settings(project: Project, moved: Mapping[int, int], meant: bytes | None) -> tuple[Path, bytes, bytes] | None:
    """Write babelreel.toml with other numbers; ``None`` where there are none, or they cannot be found in it."""
    path = project.config_path
    if not moved or path is None or lies_outside(project, path):
        return None
    with house_errors(path):
        before = read_regular(path)
    with_number = [place for place, each in enumerate(project.check.allow) if each.cue is not None]
    values = {with_number.index(place): str(number) for place, number in moved.items()}
    try:
        after = with_values(
            (meant or before).decode(), values, _allowances, key="cue", written=_CUE, header="[[check.allow]]", read=int
        )
    except (UnwritableError, ValueError):
        return None
    return path, before, after.encode()


def _allowances(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in document.get("check", {}).get("allow", []) if "cue" in each]
