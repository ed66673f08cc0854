"""Check the settings of WebVTT cues and regions against the recommendation.

A reader that follows the recommendation ignores what it does not know: a mistyped setting is a cue in the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from babelreel.model.file_position import Source, Spot
from babelreel.model.track import Fault, FaultKind
from babelreel.timedtext.positions import clip, fault_at

# 0 % to 100 %; the length of numbers is bounded as everywhere.
_PERCENT = r"(?:100(?:\.0{1,9})?|[0-9]{1,2}(?:\.[0-9]{1,9})?)%"

_CUE_SETTINGS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "vertical": (re.compile("rl|lr"), "rl or lr"),
    "line": (
        re.compile(rf"(?:-?[0-9]{{1,6}}(?:\.[0-9]{{1,6}})?|{_PERCENT})(?:,(?:start|center|end))?"),
        "a line number or 0% to 100%, with ,start ,center or ,end behind it if need be",
    ),
    "position": (
        re.compile(rf"{_PERCENT}(?:,(?:line-left|center|line-right))?"),
        "0% to 100%, with ,line-left ,center or ,line-right behind it if need be",
    ),
    "size": (re.compile(_PERCENT), "0% to 100%"),
    "align": (re.compile("start|center|end|left|right"), "start, center, end, left or right"),
    "region": (re.compile(r"\S+"), "the id of a region"),
}

_REGION_SETTINGS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "id": (re.compile(r"(?!.*-->)\S+"), "a word without -->"),
    "width": (re.compile(_PERCENT), "0% to 100%"),
    "lines": (re.compile("[0-9]{1,6}"), "a number of lines"),
    "regionanchor": (re.compile(f"{_PERCENT},{_PERCENT}"), "two shares such as 0%,100%"),
    "viewportanchor": (re.compile(f"{_PERCENT},{_PERCENT}"), "two shares such as 0%,100%"),
    "scroll": (re.compile("up"), "up"),
}

_WORD = re.compile(r"\S+")


def setting_faults(written: str, offset: int, source: Source, regions: Collection[str]) -> Iterator[Fault]:
    """Find the faults of what stands behind a cue's timestamps, at an offset of the file's text.

    ``regions`` are the ids of the regions that are defined above the cue.
    """
    seen: set[str] = set()
    for match in _WORD.finditer(written):
        spot = Spot(offset + match.start(), offset + match.end())
        name, colon, value = match[0].partition(":")
        if not colon:
            end = offset + len(written.rstrip())
            detail = "text behind the timestamps is shown by no player; it was left out"
            yield fault_at(source, Spot(spot.start, end), FaultKind.TEXT_BESIDE_TIMESTAMPS, detail)
            return
        if why := _why_wrong(name, value, seen, _CUE_SETTINGS):
            yield fault_at(source, spot, FaultKind.VTT_SETTING, why)
        elif name == "region" and value not in regions:
            detail = "no region of this name is defined above"
            yield fault_at(source, spot, FaultKind.VTT_UNDEFINED_REGION, detail)
        seen.add(name)


def read_region(block: str, offset: int, source: Source) -> tuple[str, list[Fault]]:
    """Read the id of a region (empty if it has none) and the faults of its definition, which stands at an offset."""
    heading = _WORD.match(block)
    behind = heading.end() if heading else 0
    seen: set[str] = set()
    faults: list[Fault] = []
    found = ""
    for match in _WORD.finditer(block, behind):
        spot = Spot(offset + match.start(), offset + match.end())
        name, _, value = match[0].partition(":")
        if why := _why_wrong(name, value, seen, _REGION_SETTINGS):
            faults.append(fault_at(source, spot, FaultKind.VTT_REGION, why))
        elif name == "id":
            found = value
        seen.add(name)
    if "id" not in seen:
        detail = "the region has no id, so no line can be put into it"
        faults.append(fault_at(source, Spot(offset, offset + behind), FaultKind.VTT_REGION, detail))
    return found, faults


def _why_wrong(
    name: str, value: str, seen: Collection[str], known: Mapping[str, tuple[re.Pattern[str], str]]
) -> str | None:
    if name not in known:
        return f"there is no setting {clip(name)!r}; there are {', '.join(known)}"
    pattern, allowed = known[name]
    if not pattern.fullmatch(value):
        return f"{name} must be {allowed}"
    return f"{name} is set twice" if name in seen else None
