"""Check that an ASS or SSA script has the sections, settings and styles that players rely on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from babelreel.model.file_position import Source, Spot
from babelreel.model.track import Align, Fault, FaultKind, Format
from babelreel.timedtext.formats.substation.look import Lost
from babelreel.timedtext.positions import clip, fault_at

_SECTIONS = {Format.ASS: "[V4+ Styles]", Format.SSA: "[V4 Styles]"}
_SCRIPT_TYPES = {Format.ASS: "v4.00+", Format.SSA: "v4.00"}

#: Those of the specification, and what Aegisub adds.
_KNOWN_SECTIONS = frozenset(
    (
        *("[script info]", "[v4 styles]", "[v4+ styles]", "[events]", "[fonts]", "[graphics]"),
        *("[aegisub project garbage]", "[aegisub extradata]"),
    )
)
_RESOLUTION = ("PlayResX", "PlayResY")
_SIZE = re.compile("[1-9][0-9]{0,4}")


@dataclass(slots=True, kw_only=True)
class ScriptForm:
    """What a script was seen to have: sections with their lines, settings with value and line, styles in use.

    ``placed`` are the lines of events that stand elsewhere than in the nearest of nine places, are turned, or cut by a
    clip, with this place. ``lost`` are lines of events that look as no cue can.
    """

    sections: dict[str, int] = field(default_factory=dict)
    info: dict[str, tuple[str, int]] = field(default_factory=dict)
    before_sections: int = 0
    used_styles: dict[str, Spot] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)
    placed: list[tuple[int, Align]] = field(default_factory=list)
    lost: list[tuple[int, Lost]] = field(default_factory=list)

    def use_style(self, name: str, spot: Spot) -> None:
        """Count a use of a style, and keep the place of the first."""
        self.used_styles.setdefault(name, spot)
        self.uses[name] = self.uses.get(name, 0) + 1


def form_faults(form: ScriptForm, format_: Format, styles: Collection[str], source: Source) -> Iterator[Fault]:
    """Find the faults of a script as a whole; ``styles`` are the names of those that it defines."""
    yield from _section_faults(form, format_, source)
    if "[script info]" in form.sections:
        yield from _info_faults(form, format_, source)
    for name, spot in form.used_styles.items():
        if name not in styles:
            count = form.uses[name]
            named = f"there is no style {clip(repr(name))}" if name else "no style is named here"
            detail = f"{named}, in {count} {'line' if count == 1 else 'lines'}"
            yield fault_at(source, spot, FaultKind.ASS_UNDEFINED_STYLE, detail)
    if form.placed:
        count, (line, align) = len(form.placed), form.placed[0]
        which = "this line has a place of its own" if count == 1 else f"{count} lines have places of their own"
        detail = f"{which}, and {'it' if count == 1 else 'this one'} is drawn at the nearest of nine: {_named(align)}"
        yield _line_fault(source, line, FaultKind.ASS_PLACEMENT, detail)
    if form.lost:
        counted = ((words, sum(kind in each for _, each in form.lost)) for kind, words in _LOST.items())
        told = ", ".join(f"{words} ({count})" for words, count in counted if count)
        yield _line_fault(source, form.lost[0][0], FaultKind.ASS_LOOK, f"a part of the look cannot be kept: {told}")


#: How each is told, with the number of events.
_LOST = {
    Lost.EFFECTS: "movement, fading and effects",
    Lost.TURNED: "turned and cut text",
    Lost.MIXED: "colours and sizes that change within a text",
}


def _named(align: Align) -> str:
    row, column = divmod(int(align) - 1, 3)
    return (
        f"{('at the bottom', 'in the middle', 'at the top')[row]}, {('on the left', 'centred', 'on the right')[column]}"
    )


def _section_faults(form: ScriptForm, format_: Format, source: Source) -> Iterator[Fault]:
    for name in ("[Script Info]", _SECTIONS[format_], "[Events]"):
        if name.lower() not in form.sections:
            yield _line_fault(source, 1, FaultKind.ASS_SECTION, f"there is no section {name}")
    if form.before_sections:
        detail = "this row stands above the first section"
        yield _line_fault(source, form.before_sections, FaultKind.ASS_UNKNOWN_LINE, detail)
    for name, line in form.sections.items():
        if name not in _KNOWN_SECTIONS:
            yield _line_fault(source, line, FaultKind.ASS_UNKNOWN_LINE, "the format knows no section of this name")


def _info_faults(form: ScriptForm, format_: Format, source: Source) -> Iterator[Fault]:
    heading = form.sections["[script info]"]
    wanted = _SCRIPT_TYPES[format_]
    script_type, line = form.info.get("scripttype", ("", heading))
    if script_type.lower() != wanted:
        found = f"it is {script_type}" if script_type else "there is none"
        yield _line_fault(source, line, FaultKind.ASS_SCRIPT_TYPE, f"the ScriptType must be {wanted}, {found}")
    for name in _RESOLUTION:
        size, line = form.info.get(name.lower(), ("", heading))
        if not _SIZE.fullmatch(size):
            found = "is not a size in pixels" if size else "is missing"
            detail = f"{name} {found}, so players must guess what sizes and places are measured against"
            yield _line_fault(source, line, FaultKind.ASS_RESOLUTION, detail)


def _line_fault(source: Source, line: int, kind: FaultKind, detail: str) -> Fault:
    start = source.start(line - 1)
    return fault_at(source, Spot(start, start + len(source.line(line))), kind, detail)
