"""Check that the tags in a text are closed, known to players, and of use in its script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from babelreel.model.finding import Edit, Fix, Severity
from babelreel.model.track import Cue, Format
from babelreel.rules.base.breach import Breach
from babelreel.rules.base.rule import track_rule
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.text.written_markup import breach_at, quoted, text_end, within_cues

_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?:[^A-Za-z0-9<>\r\n][^<>\r\n]*)?>")


_ITALICS = re.compile(r"</?i(?:[ \t][^<>\r\n]*)?>|\{\\i[01]\}", re.IGNORECASE)


_PAIRED = {
    Format.SRT: frozenset({"i", "b", "u", "s", "font"}),
    Format.VTT: frozenset({"i", "b", "u", "c", "lang", "ruby"}),
}


_KNOWN = {
    Format.SRT: _PAIRED[Format.SRT],
    Format.VTT: _PAIRED[Format.VTT] | {"v", "rt"},
}


#: Understood, but left out of what is published, which keeps italics only.
_LEFT_OUT = frozenset({"b", "u", "s", "font"})


@track_rule(code="MRK001", name="unbalanced-tag", severity=Severity.WARNING)
def unbalanced_tag(subject: TrackSubject) -> Iterator[Breach]:
    """A tag is not closed in its line, closes what was never opened, or crosses another one.

    Why: Players repair this differently: one sets the rest of the film in italics, another shows the tag as text.

    Limit: Within a line, tags are closed in the reverse order of their opening. `<v>` of WebVTT may stay open.

    Source: W3C WebVTT, "WebVTT cue text"; SubRip has its tags from HTML.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        You have <i>rights.

    Fix: Close the tag, or delete it. `check --fix` closes a single tag at the end of the line, as players do, and
    removes a closing tag without an opening one.
    """
    paired = _PAIRED.get(subject.track.format)
    if not paired:
        return
    for cue, tags in groupby(within_cues(subject, _TAG, "<"), key=lambda each: each[0]):
        yield from _unbalanced(subject, cue, [tag for _, tag in tags if tag["name"].lower() in paired])


def _unbalanced(subject: TrackSubject, cue: Cue, tags: list[re.Match[str]]) -> Iterator[Breach]:
    nest = _Nest()
    for tag in tags:
        nest.add(tag)
    for tag in nest.lone:
        fix = Fix(edits=(Edit(start=tag.start(), end=tag.end(), text=""),))
        yield breach_at(subject, cue, tag, f"{quoted(tag)} closes what was never opened", fix=fix)
    for tag in nest.crossing[:1]:
        yield breach_at(subject, cue, tag, f"{quoted(tag)} crosses a tag that was opened after its own")
    left = nest.left
    if len(left) == 2 and left[0]["name"] == left[1]["name"] and left[1].end() == text_end(subject, cue):  # noqa: PLR2004 - a pair
        closing = f"</{left[1]['name']}>"
        fix = Fix(edits=(Edit(start=left[1].start(), end=left[1].end(), text=closing),))
        yield breach_at(subject, cue, left[1], f"{quoted(left[1])} stands where “{closing}” belongs", fix=fix)
        return
    for tag in left:
        closing_fix = _closing(subject, cue, tag) if len(left) == 1 and not nest.crossing else None
        yield breach_at(subject, cue, tag, f"{quoted(tag)} is not closed in its line", fix=closing_fix)


class _Nest:
    """Follows the tags of a cue: those which close nothing, those which cross another one, and those left open."""

    def __init__(self) -> None:
        self.lone: list[re.Match[str]] = []
        self.crossing: list[re.Match[str]] = []
        self._stack: list[re.Match[str]] = []
        self._open: dict[str, list[re.Match[str]]] = {}
        self._closed: set[int] = set()

    def add(self, tag: re.Match[str]) -> None:
        same = self._open.setdefault(tag["name"].lower(), [])
        if not tag["slash"]:
            same.append(tag)
            self._stack.append(tag)
        elif not same:
            self.lone.append(tag)
        else:
            opening = same.pop()
            if opening is not self._stack[-1]:
                self.crossing.append(tag)
            self._closed.add(opening.start())
            while self._stack and self._stack[-1].start() in self._closed:
                self._stack.pop()

    @property
    def left(self) -> list[re.Match[str]]:
        return [tag for tag in self._stack if tag.start() not in self._closed]


def _closing(subject: TrackSubject, cue: Cue, tag: re.Match[str]) -> Fix:
    """Close a tag behind the last character of its cue."""
    end = text_end(subject, cue)
    return Fix(edits=(Edit(start=end, end=end, text=f"</{tag['name']}>"),))


@track_rule(code="MRK002", name="unsupported-tag", severity=Severity.WARNING)
def unsupported_tag(subject: TrackSubject) -> Iterator[Breach]:
    """The text has a tag that babelreel does not keep, or that players do not know.

    Why: An unknown tag is shown as text by some players and hidden by others. Colours, fonts, bold and underlined text
    are understood, but not kept in what is published: what they were meant to say is lost.

    Limit: SubRip: `<i>`; `<b> <u> <s> <font>` are a matter of style (info), and `<br>` is read as a new line, which it
    is for some players. WebVTT: also `<c> <v> <lang> <ruby> <rt>`.
    ASS and SSA: no tag at all.

    Source: The formats; Netflix Timed Text Style Guide: italics are the only formatting.

    Example:

        1
        00:00:10,000 --> 00:00:13,000
        It is <em>free</em>.

    Fix: Delete the tags, or write `<i>` where the voice stresses a word.
    """
    known = _KNOWN.get(subject.track.format, frozenset())
    for cue, tags in groupby(within_cues(subject, _TAG, "<"), key=lambda each: each[0]):
        seen: set[str] = set()
        for _, tag in tags:
            name = tag["name"].lower()
            if name not in known and name not in seen:
                yield breach_at(
                    subject, cue, tag, f"{quoted(tag)} is shown as text by some players and hidden by others"
                )
            elif name in _LEFT_OUT and not tag["slash"] and name not in seen:
                message = f"{quoted(tag)} is not kept in what is published"
                yield breach_at(subject, cue, tag, message, severity=Severity.INFO)
            seen.add(name)


@track_rule(code="MRK005", name="italics-without-use", severity=Severity.WARNING)
def italics_without_use(subject: TrackSubject) -> Iterator[Breach]:
    """Text is set in italics in a script that has none.

    Why: Arabic and Chinese fonts have no italics. Players slant the letters by force, which makes them hard to read, or
    leave them as they are, and then what the italics were meant to say is lost.

    Limit: No italics in Arabic script, in Chinese and in other scripts that know none.

    Source: Netflix Timed Text Style Guide for Arabic and Chinese: italics are not used. For Persian and Pashto,
    proposal of this project.

    Example (in ar.srt):

        1
        00:00:10,000 --> 00:00:13,000
        <i>لست وحدك.</i>

    Fix: Remove the italics; you may put a voice from elsewhere into quotation marks. `check --fix --unsafe-fixes`
    removes the tags.
    """
    if subject.language.has_italics:
        return
    tagged = {
        id(cue): list(tags) for cue, tags in groupby(within_cues(subject, _ITALICS, "<", "{"), lambda each: each[0])
    }
    for cue in subject.track.cues:
        tags = [tag for _, tag in tagged.get(id(cue), [])]
        message = f"{subject.language.name} is not set in italics"
        if tags:
            edits = tuple(Edit(start=tag.start(), end=tag.end(), text="") for tag in tags)
            yield breach_at(subject, cue, tags[0], message, fix=Fix(edits=edits, is_safe=False))
        elif any(cue.italic):
            yield Breach(cue=cue, message=message)


RULES = (unbalanced_tag, unsupported_tag, italics_without_use)
