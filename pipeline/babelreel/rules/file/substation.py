"""Check that an ASS or SSA script has all that players need to show it as its author saw it."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.model.finding import Severity
from babelreel.model.style import Look
from babelreel.model.track import FaultKind
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.reader_faults import fault_breaches
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject


@track_rule(code="ASS001", name="missing-section", severity=Severity.WARNING)
def missing_section(subject: TrackSubject) -> Iterator[Breach]:
    """A section that every script has is missing.

    Why: Players refuse the file, or guess sizes, fonts and colours.

    Limit: `[Script Info]`, `[V4+ Styles]` (in SSA `[V4 Styles]`) and `[Events]`.

    Source: The specification "Sub Station Alpha v4.00+ Script Format", which names the sections.

    Example: A file that begins with `[Events]`.

    Fix: Save the file again with a subtitle editor such as Aegisub, which writes all sections.
    """
    return fault_breaches(subject, FaultKind.ASS_SECTION)


@track_rule(code="ASS002", name="bad-format-line", severity=Severity.ERROR)
def bad_format_line(subject: TrackSubject) -> Iterator[Breach]:
    """A Format line lacks a field that is needed, or does not name the text last.

    Why: The line says which field of the lines below is which. Players take a time for a text, or lose what stands
    after a comma of the text.

    Limit: Events have Start, End and Text, the text as the last field; styles have a Name.

    Source: The specification "Sub Station Alpha v4.00+ Script Format", "Event lines" and "Style lines".

    Example: `Format: Layer, Start, Style, Text` in `[Events]`.

    Fix: Write the Format line as a subtitle editor writes it, and make sure that the lines below have as many fields.
    """
    return fault_breaches(subject, FaultKind.ASS_FORMAT_LINE)


@track_rule(code="ASS003", name="bad-style", severity=Severity.WARNING)
def bad_style(subject: TrackSubject) -> Iterator[Breach]:
    """A style has more or fewer fields than its section names.

    Why: From the missing field on, players read each value as that of another field: a colour as a size.

    Limit: As many fields as the Format line of the section names.

    Source: The specification "Sub Station Alpha v4.00+ Script Format", "Style lines".

    Example: `Style: Default,Noto Sans` below `Format: Name, Fontname, Fontsize`.

    Fix: Add the missing field, or define the style again in a subtitle editor.
    """
    return fault_breaches(subject, FaultKind.ASS_STYLE)


@track_rule(code="ASS004", name="undefined-style", severity=Severity.WARNING)
def undefined_style(subject: TrackSubject) -> Iterator[Breach]:
    """Lines use a style that is not defined.

    Why: Players take another style for it, so the text has another size, colour or place than its author saw.

    Limit: Every style that a line names is defined in `[V4+ Styles]` (in SSA `[V4 Styles]`).

    Source: The specification "Sub Station Alpha v4.00+ Script Format", "Event lines".

    Example: `Dialogue: 0,0:00:10.00,0:00:12.00,Thoughts,,0,0,0,,It is free.` and no style named Thoughts.

    Fix: Define the style, or correct its name. Capitals matter.
    """
    return fault_breaches(subject, FaultKind.ASS_UNDEFINED_STYLE)


@track_rule(code="ASS005", name="unknown-line", severity=Severity.WARNING)
def unknown_line(subject: TrackSubject) -> Iterator[Breach]:
    """The format does not know a section, or an entry of a section.

    Why: Players ignore it without a message. If a name is mistyped, everything below it is lost.

    Limit: The sections of the specification and those that Aegisub adds; `Format` and `Style` in the styles; entries
    with a colon in `[Script Info]`. Comments begin with `;`. A strange entry in `[Events]` is reported as
    unreadable-cue.

    Source: The specification "Sub Station Alpha v4.00+ Script Format".

    Example: `[V4+ Style]`, which lacks an s.

    Fix: Correct the name, or put a `;` before it to make it a comment.
    """
    return fault_breaches(subject, FaultKind.ASS_UNKNOWN_LINE)


@track_rule(code="ASS006", name="missing-resolution", severity=Severity.WARNING)
def missing_resolution(subject: TrackSubject) -> Iterator[Breach]:
    """PlayResX or PlayResY is missing, or is not a size.

    Why: Sizes and places of the script are measured against them. Each player guesses in its own way.

    Limit: Both are whole numbers of pixels in `[Script Info]`.

    Source: The specification "Sub Station Alpha v4.00+ Script Format", "PlayResX" and "PlayResY"; libass takes 384 by
    288 when both are missing.

    Example: A `[Script Info]` with nothing but `ScriptType: v4.00+`.

    Fix: Write the size of the film for which the script was made, for example `PlayResX: 1920` and `PlayResY: 1080`.
    """
    return fault_breaches(subject, FaultKind.ASS_RESOLUTION)


@track_rule(code="ASS007", name="wrong-script-type", severity=Severity.WARNING)
def wrong_script_type(subject: TrackSubject) -> Iterator[Breach]:
    """The ScriptType is missing, or does not fit the ending of the file's name.

    Why: ASS and SSA count colours and places in different ways, and players choose by the ScriptType.

    Limit: `ScriptType: v4.00+` in a file named .ass, `ScriptType: v4.00` in a file named .ssa.

    Source: The specification "Sub Station Alpha v4.00+ Script Format", "ScriptType".

    Example: `ScriptType: v4.00` in en.ass.

    Fix: Save the file again in the format of its ending, or give it the other ending.
    """
    return fault_breaches(subject, FaultKind.ASS_SCRIPT_TYPE)


@track_rule(code="ASS008", name="drawing-only", severity=Severity.WARNING)
def drawing_only(subject: TrackSubject) -> Iterator[Breach]:
    r"""A line draws shapes and has no text.

    Why: babelreel's files carry text only, so the drawing is left out. If it covers a text in the picture, or shows a
    sign, the children do not see it.

    Limit: Every line has text outside of `{\p1}` and `{\p0}`.

    Source: Proposal of this project; the specification, "Drawing commands", says what is drawn.

    Example: `Dialogue: 0,0:00:10.00,0:00:12.00,Default,,0,0,0,,{\p1}m 0 0 l 100 0 100 100`.

    Fix: Delete the line, or say in words what the drawing shows.
    """
    return fault_breaches(subject, FaultKind.ASS_DRAWING)


@track_rule(code="ASS009", name="hidden-text", severity=Severity.WARNING)
def hidden_text(subject: TrackSubject) -> Iterator[Breach]:
    r"""A text is completely transparent.

    Why: No player shows it, so babelreel's files leave it out. It may be hidden on purpose, or a colour was mistyped
    and a sentence is lost.

    Limit: No text whose letters, outline and shadow are transparent, by its style or by commands (`\alpha&HFF&`,
    `\1a`, `\3a`, `\4a`). Text that comes or goes (`\t`, `\fad`) is seen.

    Source: Proposal of this project; the specification, "Style override codes", says what is transparent.

    Example: `Dialogue: 0,0:00:10.00,0:00:12.00,Default,,0,0,0,,{\alpha&HFF&}It is free.`

    Fix: Delete the text, or the command that hides it.
    """
    return fault_breaches(subject, FaultKind.ASS_HIDDEN)


@track_rule(code="ASS010", name="lost-placement", severity=Severity.WARNING)
def lost_placement(subject: TrackSubject) -> Iterator[Breach]:
    r"""Lines have places of their own, and babelreel keeps only the nearest of nine places.

    Why: babelreel's files know nine places: top, middle and bottom, each left, centred or right. A text is drawn at the
    nearest of them, so that what stands at the top stays there. If a text was moved to keep something in the picture
    free, it may now cover it.

    Limit: By alignment, margins, `\pos` and `\move`, a text stands no further than a tenth of the picture from where it
    is drawn. It does not move, and is neither turned nor cut (`\frz`, `\org`, `\clip`). Reported once in a file, with
    the place of the first.

    Source: Proposal of this project; the specification, "Style override codes".

    Example: `Dialogue: 0,0:00:10.00,0:00:12.00,Default,,0,0,0,,{\pos(192,110)}It is free.`

    Fix: Look at the film: what does the text cover where it is drawn? Write `{\an8}` for a text that is to stand at
    the top.
    """
    if not _keeps_look(subject):
        yield from fault_breaches(subject, FaultKind.ASS_PLACEMENT)


@track_rule(code="ASS011", name="lost-look", severity=Severity.WARNING)
def lost_look(subject: TrackSubject) -> Iterator[Breach]:
    r"""Lines should keep the look that their author gave them, but a part of it cannot be kept.

    Why: With look = "own", babelreel keeps places, colours, sizes and slanted letters, as far as they can be read. It
    does not keep what moves or changes while it is read, and each text has one colour.

    Limit: No `\move`, `\t`, `\fad`, `\k`; nothing is turned or cut (`\frz`, `\org`, `\clip`); the first colour and size
    of a text hold for all of it. Reported once in a file, with the number of lines.

    Source: Proposal of this project.

    Example: with look = "own" in [style], `{\c&H00FFFF&}It is {\c&HFFFFFF&}free.`

    Fix: Look at the lines with `babelreel proof`. If two people speak in one text, make two lines of it.
    """
    if _keeps_look(subject):
        yield from fault_breaches(subject, FaultKind.ASS_LOOK)


def _keeps_look(subject: TrackSubject) -> bool:
    """Tell whether texts keep their author's look in one rendition at least."""
    tag = subject.language.tag
    return any(subject.styles.of(tag, rung.name).look is Look.OWN for rung in subject.rungs)


RULES = (
    missing_section,
    bad_format_line,
    bad_style,
    undefined_style,
    unknown_line,
    missing_resolution,
    wrong_script_type,
    drawing_only,
    hidden_text,
    lost_placement,
    lost_look,
)
