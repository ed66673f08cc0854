"""Read TTML (IMSC, EBU-TT-D, DFXP) and EBU STL, both through ttconv.

This module is loaded when there is such a file, and ttconv with it. ttconv makes a document of elements with times and
styles. What it cannot read it writes to a log and goes on without: each such line that bears on times or text becomes a
fault here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any
from xml.etree import ElementTree as ET  # only for its tree: the parser is ours

from ttconv.imsc import reader
from ttconv.stl import datafile
from ttconv.time_code import SmpteTimeCode

from babelreel.model.timecode import MS_PER_SECOND
from babelreel.model.track import Fault, FaultKind, Format, Track
from babelreel.timedtext.foreign.cues import Timed, foreign_fault, make_track, unreadable_track
from babelreel.timedtext.foreign.paragraphs import LATEST_S, read_paragraphs
from babelreel.timedtext.formats.safe_xml import XmlError, parse_xml
from babelreel.timedtext.positions import clip

_TTML = "http://www.w3.org/ns/ttml"
#: The namespaces of the drafts in which DFXP was written, and how their parts are called today.
_DRAFT = re.compile(r"\{http://www\.w3\.org/20\d\d/\d\d/ttaf1(#[a-z-]+)?\}")
_RENAMED = {"#style": "#styling", "#style-extension": "#styling", "#metadata-extension": "#metadata"}

#: What ttconv's log says when a cue or its time is lost, or is read otherwise than it is written, in our words.
_LOST = {
    "omitting": "a text ends before it begins, and is left out",
    "Invalid TTI": "a text has a time that no clock shows, and is left out",
    "attribute value: ": "a text is shown at a wrong time, for this is no time of TTML",
}
_CHANGED = {
    "adjusting": "a text begins before the one above it ends, and is shown only when that one has ended",
    "Unknown character": "a character is not in the table of letters that the file names",
    "Unknown GSI DFC": "the frame rate is none of the format, and 25 frames a second were taken",
    "exceeds frame rate": "a time counts more frames than there are in a second",
    "clamping": "a time counts 60 seconds, and 59 were taken",
    "frameRate": "the frame rate cannot be read, and that of the format was taken",
    "tickRate": "the tick rate cannot be read, and that of the format was taken",
}

_SPACE = re.compile(r"\s+")
#: Ruby that is read beside its base text.
_BESIDE = frozenset({"text", "textContainer", "delimiter"})

#: EBU Tech 3264: a block of general information, then blocks of one text each.
_GSI_BYTES, _TTI_BYTES = 1024, 128
#: Places in a block of text: the number of its part (``_LAST`` for the last one), and whether it is a comment.
_EXTENSION, _COMMENT, _LAST = 3, 15, 0xFF
#: A text of so many blocks has seven thousand letters.
_MOST_PARTS = 64
_GSI = re.compile(rb"...STL\d\d\.\d\d", re.DOTALL)


def read_ttml(data: bytes, *, language: str, path: str) -> Track:
    """Read a TTML document; one that is broken, or holds none, is a track with nothing but this fault."""
    try:
        root, _ = parse_xml(data)
    except XmlError as error:
        detail = f"{error.why} (line {error.line})"
        return unreadable_track(detail, language=language, path=path, format_=Format.TTML)
    _rename(root)
    if root.tag != f"{{{_TTML}}}tt":
        detail = f"its root is “{clip(root.tag)}”, and not “tt” of TTML"
        return unreadable_track(detail, language=language, path=path, format_=Format.TTML)
    track = _read(partial(_imsc_texts, root), language=language, path=path, format_=Format.TTML)
    if not track.cues and not track.is_unread and b"backgroundImage" in data:
        pictures = foreign_fault("its texts are pictures, which cannot be read: ask for the subtitles as text")
        return replace(track, faults=(*track.faults, pictures))
    return track


def read_stl(data: bytes, *, language: str, path: str) -> Track:
    """Read an EBU STL file; times count from the start of the programme that it names, if no text is earlier."""
    if len(data) < _GSI_BYTES or not _GSI.match(data):
        detail = "it does not begin as EBU STL does (Tech 3264): STL is also the name of other formats"
        return unreadable_track(detail, language=language, path=path, format_=Format.STL)
    return _read(partial(_stl_texts, data), language=language, path=path, format_=Format.STL)


def _stl_texts(data: bytes, faults: list[Fault]) -> Sequence[Timed]:
    file = datafile.DataFile(data[:_GSI_BYTES])
    for block in _stl_blocks(data[_GSI_BYTES:]):
        file.process_tti_block(block)
    if (len(data) - _GSI_BYTES) % _TTI_BYTES:
        faults.append(foreign_fault("its last text is cut off", FaultKind.UNREADABLE_CUE))
    texts = read_paragraphs(file.get_document())
    start_ms = _start_ms(file)
    if texts and texts[0].start_ms >= start_ms:
        return [replace(each, start_ms=each.start_ms - start_ms, end_ms=each.end_ms - start_ms) for each in texts]
    return texts


def _stl_blocks(data: bytes) -> Iterator[bytes]:
    """Yield the blocks of texts that are broadcast, without comments, each text with a number of its own.

    ttconv joins texts that follow one another under one number, which some programs write for all.
    """
    number = parts = 0
    for start in range(0, len(data) - _TTI_BYTES + 1, _TTI_BYTES):
        block = data[start : start + _TTI_BYTES]
        parts = 0 if block[_EXTENSION] == _LAST else parts + 1
        if parts > _MOST_PARTS:
            raise ValueError(f"a text has more than {_MOST_PARTS} parts")
        if block[_COMMENT] != 1:
            yield block[:1] + (number % 0x10000).to_bytes(2, "little") + block[3:]
            number += block[_EXTENSION] == _LAST


def _start_ms(file: Any) -> int:  # noqa: ANN401 - of ttconv, which has no types
    """Read the start of the programme; 0 where it is not said."""
    written = file.gsi.TCP.decode("ascii", "replace")
    if not re.fullmatch(r"\d{8}", written, re.ASCII):
        return 0
    parts = [int(written[index : index + 2]) for index in (0, 2, 4, 6)]
    try:
        seconds: Fraction = SmpteTimeCode(*parts, file.get_fps()).to_temporal_offset()
    except ValueError:
        return 0
    return round(seconds * MS_PER_SECOND)


def _imsc_texts(root: ET.Element, faults: list[Fault]) -> Sequence[Timed]:
    _end_what_has_no_end(root)
    document = reader.to_model(ET.ElementTree(root))
    texts = [] if document is None else read_paragraphs(document)
    said, read = _letters(root), sum(len(_SPACE.sub("", text)) for each in texts for text, _ in each.pieces)
    if read < said:
        detail = f"{said - read} of {said} characters of text are shown at no time that could be read"
        faults.append(foreign_fault(detail, FaultKind.UNREADABLE_CUE))
    return texts


def _end_what_has_no_end(root: ET.Element) -> None:
    """Let elements that only begin end after all films: ttconv would lose what ends in them before they begin.

    It compares times that count from the start of the element with those that count from the start of its parent.
    """
    for parent in root.iter():
        for child in () if parent.get("timeContainer") == "seq" else parent:
            if "begin" in child.attrib and not {"end", "dur"} & child.attrib.keys():
                child.set("end", f"{LATEST_S + 1}s")


def _letters(root: ET.Element) -> int:
    """Count the characters of all paragraphs, without spaces."""
    return sum(len(_SPACE.sub("", text)) for each in root.iter(f"{{{_TTML}}}p") for text in _shown(each))


def _shown(element: ET.Element) -> Iterator[str]:
    """Yield the texts of an element without metadata, and without what is read beside a base text."""
    yield element.text or ""
    for child in element:
        is_beside = child.get(f"{{{_TTML}#styling}}ruby", "") in _BESIDE
        if child.tag == f"{{{_TTML}}}span" and not is_beside and child.get(f"{{{_TTML}#styling}}display") != "none":
            yield from _shown(child)
        yield child.tail or ""


def _read(make: Callable[[list[Fault]], Sequence[Timed]], *, language: str, path: str, format_: Format) -> Track:
    faults: list[Fault] = []
    with _told_by_ttconv(faults):
        try:
            texts = make(faults)
        except Exception as error:  # noqa: BLE001 - ttconv raises what it likes for files that it did not expect
            detail = f"it is broken, and could not be read ({type(error).__name__}: {clip(str(error))})"
            return unreadable_track(detail, language=language, path=path, format_=format_)
    return make_track(texts, language=language, path=path, format_=format_, faults=faults)


class _Heard(logging.Handler):
    """Makes faults of what ttconv logs."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(logging.WARNING)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        for said, kind in ((_LOST, FaultKind.UNREADABLE_CUE), (_CHANGED, FaultKind.READ_OTHERWISE)):
            detail = next((words for part, words in said.items() if part in message), None)
            if detail:
                value = message.partition("value: ")[2]
                self._faults.append(foreign_fault(detail, kind, clip(value)))
                return


@contextmanager
def _told_by_ttconv(faults: list[Fault]) -> Iterator[None]:
    """Collect what ttconv logs meanwhile, which nobody else is to see."""
    log, heard = logging.getLogger("ttconv"), _Heard(faults)
    propagates, log.propagate = log.propagate, False
    log.addHandler(heard)
    try:
        yield
    finally:
        log.removeHandler(heard)
        log.propagate = propagates


def _rename(root: ET.Element) -> None:
    """Bring the names of a draft to those of TTML."""

    def today(name: str) -> str:
        return _DRAFT.sub(lambda match: f"{{{_TTML}{_RENAMED.get(match[1], match[1]) or ''}}}", name)

    for element in root.iter():
        if _DRAFT.match(element.tag) or any(map(_DRAFT.match, element.attrib)):
            element.tag = today(element.tag)
            element.attrib = {today(name): value for name, value in element.attrib.items()}
