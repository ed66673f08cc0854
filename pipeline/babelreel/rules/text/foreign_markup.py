"""Find what is markup in other formats: commands of ASS and MicroDVD, names of HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from babelreel.model.finding import Edit, Fix, Severity
from babelreel.model.track import Format
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import Purpose, track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.text.written_markup import breach_at, quoted, within_cues

_OVERRIDE = re.compile(r"\{\\[^{}\r\n]*\}|\{[yYcCsSfFpPoO]:[^{}\r\n]{0,40}\}|(?<!:)\\[Nh]")


_UNDERSTOOD_OVERRIDE = re.compile(r"\{(?:\\(?:an?\d{1,2}|i[01]|r))+\}")


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


_SUBSTATION = frozenset({Format.ASS, Format.SSA})


@track_rule(code="MRK003", name="foreign-override", severity=Severity.WARNING)
def foreign_override(subject: TrackSubject) -> Iterator[Breach]:
    r"""A SubRip or WebVTT file holds a command of ASS or MicroDVD.

    Why: Most players show such a command as text. Some programs write it when they turn one format into another.

    Limit: None. In SubRip the commands for place and italics (`{\an8}`, `{\i1}`, `{\r}`) are widely understood, also by
    this program: a matter of style (info). `\N` is read as a new line there, `\h` as a no-break space, and a drawing
    (`{\p1}`) is left out.

    Source: W3C WebVTT and SubRip have no such commands.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        {\fs40}It is free.

    Fix: Delete the command. For a line break that is written as `\N`, begin a new line.
    """
    if subject.track.format in _SUBSTATION:
        return
    for cue, command in within_cues(subject, _OVERRIDE, "{", "\\"):
        is_known = subject.track.format is Format.SRT and _UNDERSTOOD_OVERRIDE.fullmatch(command[0])
        yield breach_at(
            subject,
            cue,
            command,
            f"{quoted(command)} is "
            + ("text for some players" if is_known else "a command that players do not know here"),
            severity=Severity.INFO if is_known else None,
        )


@track_rule(code="MRK004", name="html-entity", severity=Severity.WARNING, purpose=Purpose.LETTERS)
def html_entity(subject: TrackSubject) -> Iterator[Breach]:
    """A character is written by its name in HTML.

    Why: Many players of SubRip, and all of ASS and SSA, show it as it is written: the reader sees `caf&eacute;`. What
    is published of a SubRip file has the character.

    Limit: None. In WebVTT such names are right.

    Source: SubRip has no such names; HTML, "Named character references".

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        You get caf&eacute; and bread.

    Fix: Write the character itself; `check --fix` does so for letters, `--unsafe-fixes` for other signs.
    """
    if subject.track.format is Format.VTT:
        return
    for cue, entity in within_cues(subject, _ENTITY, "&"):
        meant = html.unescape(entity[0])
        if meant != entity[0]:
            fix = _plain(subject, entity, meant)
            yield breach_at(subject, cue, entity, f"many players show {quoted(entity)} as it is written", fix=fix)


def _plain(subject: TrackSubject, entity: re.Match[str], meant: str) -> Fix | None:
    """Write what was meant, unless it would be taken for markup."""
    following = subject.track.source.text[entity.end() : entity.end() + 1]
    is_markup = meant in set("<>{}\\") or (meant == "&" and (following.isalpha() or following == "#"))
    if len(meant) != 1 or is_markup or not (meant.isprintable() or meant == "\u00a0"):
        return None
    return Fix(
        edits=(Edit(start=entity.start(), end=entity.end(), text=meant),), is_safe=meant.isalpha() or meant == "&"
    )


RULES = (foreign_override, html_entity)
