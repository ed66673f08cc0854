r"""Read the lines of an ASS or SSA file.

pysubs2 reads the styles (``substation_text``). Its reader of whole files stops at the first bad value, ignores
``Format:`` lines and names no source lines, so sections and events are read here, each line by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from babelreel.model.file_position import Source, Spot
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, FaultKind, Format, Track
from babelreel.timedtext.file_size import refuse_cues
from babelreel.timedtext.formats.faults import FaultList
from babelreel.timedtext.formats.substation.event_lines import (
    BINARY_SECTIONS,
    EVENT_COLUMNS,
    TIMED_EVENTS,
    columns_of,
    fields_of,
    heading_in,
    time_in,
)
from babelreel.timedtext.formats.substation.event_text import EventStyle, EventText, read_style
from babelreel.timedtext.formats.substation.header import ScriptForm, form_faults
from babelreel.timedtext.formats.substation.place import Margins, Picture
from babelreel.timedtext.positions import fault_at, lines_of, unreadable


def _columns(names: str) -> list[str]:
    return names.split()


# The column orders which both formats define for files without a Format line; pysubs2 knows no other.
_STYLE_COLUMNS = {
    Format.ASS: _columns(
        "name fontname fontsize primarycolour secondarycolour outlinecolour backcolour bold italic underline strikeout"
        " scalex scaley spacing angle borderstyle outline shadow alignment marginl marginr marginv encoding"
    ),
    Format.SSA: _columns(
        "name fontname fontsize primarycolour secondarycolour tertiarycolour backcolour bold italic borderstyle outline"
        " shadow alignment marginl marginr marginv alphalevel encoding"
    ),
}

_MARGIN = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(slots=True, kw_only=True)
class _Script:
    """What has been read so far, and the column orders in force; the one value here that changes.

    ``styles`` holds the fields of each style, in the usual order, ``read_styles`` those that a Dialogue used.
    """

    format: Format
    section: str = ""
    style_columns: list[str]
    event_columns: list[str]
    source: Source
    path: str
    styles: dict[str, str] = field(default_factory=dict)
    read_styles: dict[str, EventStyle] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)
    faults: FaultList = field(default_factory=FaultList)
    form: ScriptForm = field(default_factory=ScriptForm)

    def add(self, kind: FaultKind, number: int, detail: str) -> None:
        """Report a whole line, by its number."""
        start, line = self.source.starts[number - 1], self.source.line(number)
        self.faults.add(fault_at(self.source, Spot(start, start + len(line)), kind, detail))


def read_substation(text: str, *, language: str, path: str, format: Format) -> Track:  # noqa: A002 - the name that Track has for it
    r"""Read an ASS or SSA text; what cannot be read is a fault of the track, never an exception.

    ``Comment:`` events are left out. Times have steps of 10 ms. Drawings are left out, with a fault when an event holds
    nothing else, and so is transparent text. Of the overrides ``\i`` and ``\r`` count, and what says where the text
    stands, see ``place``; the others are removed. Only a file with more than 100 000 cues raises ``TrackError``.
    """
    source = Source.of(text)
    lines = lines_of(source)
    script = _Script(
        format=format,
        source=source,
        path=path,
        style_columns=_STYLE_COLUMNS[format],
        event_columns=EVENT_COLUMNS[format],
    )
    for number, line in enumerate(lines, start=1):
        _read_line(script, line, number)
    if script.form.sections:
        script.faults.extend(form_faults(script.form, format, script.styles, source))
    elif not script.cues and not script.faults and text.strip("\ufeff \t\r\n"):
        detail = "the file has no [Events] section and no Dialogue: it is not a SubStation file"
        script.faults.add(unreadable(1, detail, lines[0]))
    return Track(
        language=language,
        path=path,
        format=format,
        cues=tuple(script.cues),
        faults=script.faults.kept(),
        source=source,
    )


def _read_line(script: _Script, line: str, number: int) -> None:
    stripped = line.strip()
    if not stripped:
        return
    if heading := heading_in(stripped, script.section):
        script.section = heading
        script.form.sections.setdefault(script.section, number)
        return
    if script.section in BINARY_SECTIONS:
        return
    key, colon, rest = stripped.partition(":")
    key = key.strip().lower() if colon else ""
    if key == "dialogue":
        _read_dialogue(script, line, number)
    elif key == "format":
        _read_columns(script, rest, number)
    elif key == "style":
        _keep_style(script, rest, number)
    elif not stripped.startswith((";", "!")):
        _read_other(script, key, rest, number)


def _read_other(script: _Script, key: str, rest: str, number: int) -> None:
    """Keep a line of [Script Info]; report a line that its section cannot hold."""
    if script.section == "[events]":
        if key not in (*TIMED_EVENTS, "format"):
            script.add(FaultKind.UNREADABLE_CUE, number, "the [Events] section cannot hold a row like this")
    elif script.section == "[script info]" and key:
        script.form.info.setdefault(key, (rest.strip(), number))
    elif script.section in ("[script info]", "[v4 styles]", "[v4+ styles]"):
        script.add(FaultKind.ASS_UNKNOWN_LINE, number, "its section cannot hold a row like this")
    elif not script.section:
        script.form.before_sections = script.form.before_sections or number


def _read_columns(script: _Script, rest: str, number: int) -> None:
    """Take over a column order that has what is needed, the text as its last; else the usual order stays."""
    columns = columns_of(rest)
    if script.section == "[events]":
        missing = [name for name in ("Start", "End", "Text") if name.lower() not in columns]
        if missing:
            detail = f"the [Events] section has no field {' and no field '.join(missing)}"
            script.add(FaultKind.ASS_FORMAT_LINE, number, detail)
        elif columns[-1] != "text":
            script.add(FaultKind.ASS_FORMAT_LINE, number, "Text must be the last field, because it may hold commas")
        else:
            script.event_columns = columns
    elif script.section.endswith("styles]"):
        if "name" in columns:
            script.style_columns = columns
        else:
            script.add(FaultKind.ASS_FORMAT_LINE, number, "the styles have no field Name")


def _keep_style(script: _Script, rest: str, number: int) -> None:
    """Put a style's fields into the usual order; it is read when a Dialogue uses it, which few of many do."""
    written = rest.split(",")
    if len(written) != len(script.style_columns):
        detail = f"this style has {len(written)} fields, but its section names {len(script.style_columns)}"
        script.add(FaultKind.ASS_STYLE, number, detail)
    values = dict(zip(script.style_columns, written, strict=False))
    name = _style_name(values.get("name", ""))
    fields = (values.get(column, "0").strip() for column in _STYLE_COLUMNS[script.format][1:])
    script.styles[name] = ",".join(fields)
    script.read_styles.pop(name, None)


def _style_name(written: str) -> str:
    """Return a style's name without the asterisk that SSA puts before the name of its default style."""
    return written.strip().lstrip("*")


def _style(script: _Script, name: str) -> EventStyle:
    if name not in script.styles:
        return EventStyle()
    if name not in script.read_styles:
        script.read_styles[name] = read_style(script.styles[name], script.format)
    return script.read_styles[name]


def _read_dialogue(script: _Script, line: str, number: int) -> None:
    fields = dict(fields_of(line, script.event_columns))
    if "text" not in fields:
        detail = f"this Dialogue has {len(fields)} of the {len(script.event_columns)} fields that its section names"
        script.add(FaultKind.UNREADABLE_CUE, number, detail)
        return
    start, end = (time_in(line, fields[name], number) for name in ("start", "end"))
    if start is None or end is None:
        name = "start" if start is None else "end"
        first, last = fields[name]
        detail = f"the {name} of this Dialogue, {line[first:last][:40]!r}, cannot be read as a time"
        script.faults.add(unreadable(number, detail, line.strip(), column=first + 1))
        return
    script.faults.extend((*start.faults, *end.faults))
    style_name = _style_name(line[slice(*fields["style"])] if "style" in fields else "")
    line_start = script.source.starts[number - 1]
    body = Spot(line_start + fields["text"][0], line_start + len(line))
    text = EventText(
        style=_style(script, style_name),
        source=line[fields["text"][0] :],
        offset=body.start,
        duration_ms=end.ms - start.ms,
    )
    plain = text.lay()
    if "style" in fields:
        script.form.use_style(style_name, Spot(*fields["style"]).moved(line_start))
    if text.has_drawing and not plain.lines:
        script.add(FaultKind.ASS_DRAWING, number, "this line draws shapes and has no text; it was left out")
        return
    if text.has_hidden:
        script.add(FaultKind.ASS_HIDDEN, number, "no player shows text that is completely transparent; it was left out")
        if not plain.lines:
            return
    margins, picture = _margins(line, fields), Picture.of(script.form.info)
    place = text.place(plain, margins, picture)
    if text.lost:
        script.form.lost.append((number, text.lost))
    if not place.is_held:
        script.form.placed.append((number, place.align))
    refuse_cues(len(script.cues) + 1, script.path)
    script.cues.append(
        Cue(
            number=len(script.cues) + 1,
            span=Span(start_ms=start.ms, end_ms=end.ms),
            lines=plain.lines,
            line=number,
            column=start.start + 1,
            italic=plain.italic,
            align=place.align,
            look=text.look(margins, picture, is_held=place.is_held),
            start_spot=Spot(start.start, start.end).moved(line_start),
            end_spot=Spot(end.start, end.end).moved(line_start),
            body=body,
            origins=plain.origins,
        )
    )


def _margins(line: str, fields: dict[str, tuple[int, int]]) -> Margins:
    """Read the margins that an event names; 0 where it names none."""
    written = (
        line[slice(*fields[each])].strip() if each in fields else "" for each in ("marginl", "marginr", "marginv")
    )
    return Margins(*(float(each) if _MARGIN.fullmatch(each) else 0.0 for each in written))
