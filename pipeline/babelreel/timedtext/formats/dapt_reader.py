"""Read a DAPT document.

Reads what ``dapt.render_dapt`` writes and what other programs write: nested divisions with times of their own, spans,
all forms of time that DAPT has. Foreign elements and metadata are skipped. Nothing outside of the document is ever
read: one with a DOCTYPE, which could name entities, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn
from xml.etree import ElementTree as ET  # only for its tree: the parser is ours

from babelreel.errors import TrackError
from babelreel.model.timecode import MS_PER_SECOND
from babelreel.timedtext.file_size import refuse_bytes, refuse_cues
from babelreel.timedtext.formats.dapt import (
    CONTENT_PROFILE,
    DAPTM,
    TAKE,
    TT,
    TTM,
    TTP,
    DaptEvent,
    DaptScript,
    DaptText,
    ScriptType,
)
from babelreel.timedtext.formats.safe_xml import XmlError, parse_xml

#: The names of each namespace, as the tree has them.
_TT, _TTP, _TTM, _DAPTM, _XML = (f"{{{uri}}}" for uri in (TT, TTP, TTM, DAPTM, "http://www.w3.org/XML/1998/namespace"))

_CLOCK = re.compile(r"(\d{2,9}):([0-5]\d):([0-5]\d|60)(\.\d{1,30})?", re.ASCII)
_OFFSET = re.compile(r"(\d{1,15}(?:\.\d{1,30})?)(h|ms|m|s|f|t)", re.ASCII)
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
_SPACE = re.compile(r"[ \t\r\n]+")


def read_dapt(data: bytes, path: str) -> DaptScript:
    """Read a document; raises ``TrackError``, which says where, for one that is no DAPT or is too large."""
    refuse_bytes(len(data), path)
    return _Reader(path, *_parse(data, path)).script()


def _parse(data: bytes, path: str) -> tuple[ET.Element, dict[ET.Element, int]]:
    """Parse the document into its root, and the line on which each element begins."""
    try:
        return parse_xml(data)
    except XmlError as error:
        _refuse(f"{path}:{error.line}" + (f":{error.column}" if error.column else ""), error.why)


def _refuse(where: str, why: str) -> NoReturn:
    raise TrackError(
        what="This file cannot be read as a DAPT script.",
        where=where,
        why=why,
        hint="Export it once more, as DAPT 1.0 or as TTML with a DAPT content profile.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What an element inherits: the time that it begins at (exact seconds), and what its parents say of its text."""

    begin: Fraction = Fraction(0)
    end: Fraction | None = None
    language: str = ""
    source: str = ""
    keeps_space: bool = False


class _Reader:
    """Walks through one document."""

    def __init__(self, path: str, root: ET.Element, lines: dict[ET.Element, int]) -> None:
        self._path, self._root, self._lines = path, root, lines
        self._frame_rate = self._rate("frameRate", 30) * self._multiplier()
        self._tick_rate = self._rate("tickRate", 1)
        self._agents = {
            agent.get(f"{_XML}id", ""): self._agent_name(agent) for agent in root.iterfind(f"{_TT}head//{_TTM}agent")
        }

    def script(self) -> DaptScript:
        root = self._root
        if root.tag != f"{_TT}tt":
            self._fail(root, f"its root is not “tt” of {TT}")
        if CONTENT_PROFILE not in root.get(f"{_TTP}contentProfiles", "").split():
            self._fail(root, f"ttp:contentProfiles does not name {CONTENT_PROFILE}")
        language = root.get(f"{_XML}lang", "")
        if not language:
            self._fail(root, "xml:lang of “tt” is missing or empty")
        events = tuple(self._events())
        refuse_cues(len(events), self._path)
        return DaptScript(
            title=next((title.text or "" for title in root.iterfind(f"{_TT}head//{_TTM}title")), ""),
            type=self._script_type(),
            language=language,
            source=root.get(f"{_DAPTM}langSrc", ""),
            events=events,
        )

    def _script_type(self) -> ScriptType:
        written = self._root.get(f"{_DAPTM}scriptType", "")
        try:
            return ScriptType(written)
        except ValueError:
            self._fail(self._root, f"daptm:scriptType is “{written}”, not one of {', '.join(ScriptType)}")

    def _events(self) -> Iterator[DaptEvent]:
        body = self._root.find(f"{_TT}body")
        if body is not None:
            yield from self._within(body, self._inherited(body, self._inherited(self._root, _Context())), set())

    def _within(self, parent: ET.Element, context: _Context, seen: set[str]) -> Iterator[DaptEvent]:
        for division in parent.iterfind(f"{_TT}div"):
            inner = self._inherited(division, context)
            name = division.get(f"{_XML}id", "")
            if division.find(f"{_TT}div") is not None:
                yield from self._within(division, inner, seen)
            elif name:  # one without a name is no event, says the paper
                if name in seen:
                    self._fail(division, f"two events have the xml:id “{name}”")
                seen.add(name)
                yield self._event(division, name, inner)

    def _event(self, division: ET.Element, name: str, context: _Context) -> DaptEvent:
        agents = division.get(f"{_TTM}agent", "").split()
        takes = (desc for desc in division.iterfind(f"{_TTM}desc") if desc.get(f"{_DAPTM}descType") == TAKE)
        return DaptEvent(
            name=name,
            start_ms=round(context.begin * MS_PER_SECOND),
            end_ms=None if context.end is None else round(context.end * MS_PER_SECOND),
            texts=tuple(self._text(paragraph, context) for paragraph in division.iterfind(f"{_TT}p")),
            agent=self._agents.get(agents[0], "") if agents else "",
            take=next((desc.text or "" for desc in takes), ""),
        )

    def _text(self, paragraph: ET.Element, context: _Context) -> DaptText:
        inner = self._inherited(paragraph, context)
        text = "".join(self._pieces(paragraph, inner))
        if not inner.keeps_space:
            text = "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")
        return DaptText(language=inner.language, source=inner.source, text=text)

    def _pieces(self, element: ET.Element, context: _Context) -> Iterator[str]:
        """Yield the characters of a paragraph or span, without metadata and foreign elements."""

        def written(text: str | None) -> str:
            return text or "" if context.keeps_space else _SPACE.sub(" ", text or "")

        yield written(element.text)
        for child in element:
            if child.tag == f"{_TT}br":
                yield "\n"
            elif child.tag == f"{_TT}span":
                yield from self._pieces(child, self._inherited(child, context))
            yield written(child.tail)

    def _inherited(self, element: ET.Element, context: _Context) -> _Context:
        """Find what holds inside of an element; times count from when its parent begins, and end with it."""
        begin = context.begin + (self._time(element, "begin") or 0)
        ends = [context.end] if context.end is not None else []
        for attribute, origin in (("end", context.begin), ("dur", begin)):
            time = self._time(element, attribute)
            ends += [] if time is None else [origin + time]
        space = element.get(f"{_XML}space")
        return _Context(
            begin=begin,
            end=min(ends, default=None),
            language=element.get(f"{_XML}lang", context.language),
            source=element.get(f"{_DAPTM}langSrc", context.source),
            keeps_space=context.keeps_space if space is None else space == "preserve",
        )

    def _time(self, element: ET.Element, attribute: str) -> Fraction | None:
        written = element.get(attribute)
        if written is None:
            return None
        if clock := _CLOCK.fullmatch(written):
            hours, minutes, seconds, fraction = clock.groups(default="")
            return Fraction(int(hours) * 3600 + int(minutes) * 60 + int(seconds)) + Fraction(f"0{fraction}")
        offset = _OFFSET.fullmatch(written)
        if offset is None:
            self._fail(element, f"“{written}” is no time of DAPT, such as 12.5s or 00:00:12.500")
        number, metric = Fraction(offset[1]), offset[2]
        if metric in "ft":
            return number / (self._frame_rate if metric == "f" else self._tick_rate)
        return number * _SECONDS[metric]

    def _rate(self, attribute: str, default: int) -> Fraction:
        written = self._root.get(f"{_TTP}{attribute}", str(default))
        if not re.fullmatch(r"[1-9]\d{0,14}", written, re.ASCII):
            self._fail(self._root, f"ttp:{attribute} is “{written}”, not a whole number above 0")
        return Fraction(int(written))

    def _multiplier(self) -> Fraction:
        written = self._root.get(f"{_TTP}frameRateMultiplier", "1 1")
        parts = re.fullmatch(r"([1-9]\d{0,14}) ([1-9]\d{0,14})", written, re.ASCII)
        if parts is None:
            self._fail(self._root, f"ttp:frameRateMultiplier is “{written}”, not two whole numbers above 0")
        return Fraction(int(parts[1]), int(parts[2]))

    def _agent_name(self, agent: ET.Element) -> str:
        name = agent.find(f"{_TTM}name")
        return "" if name is None else name.text or ""

    def _fail(self, element: ET.Element, why: str) -> NoReturn:
        _refuse(f"{self._path}:{self._lines.get(element, 0)}", why)
