"""Whether a stranger's logo may be published: a drawing that does nothing, in a file that is small.

Pages show it as ``<img>``, where no script runs and nothing is loaded. But its own address can be opened too, and there
an SVG is a page of the same site: so one that holds more than a drawing is refused, and not repaired in silence.
"""

from __future__ import annotations

import re
import struct
from pathlib import PurePath
from xml.parsers import expat

#: A logo of this size is a photograph; every page loads it.
MOST_BYTES = 200_000
_SMALLEST_PX, _LARGEST_PX = 16, 4096

_PNG = b"\x89PNG\r\n\x1a\n"
#: The header chunk, and the end behind it.
_FEWEST_BYTES = 45
#: Elements that run something, bring another document along, lead elsewhere or change what others do.
_ACTIVE = frozenset(
    (
        *("script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "audio", "video", "a"),
        *("set", "animate", "animatemotion", "animatetransform", "animatecolor", "discard"),
    )
)
_OTHER_FILE = re.compile(
    r"url\(\s*[\"']?(?!\s*[\"']?(?:#|data:image/(?:png|jpeg)))|@import|javascript:|expression\(", re.IGNORECASE
)
_WITHIN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg)[;,])", re.IGNORECASE)


class _RefusedError(Exception):
    """The drawing holds what it may not; the text says what."""


def why_no_logo(name: str, content: bytes) -> str:
    """Say why a file cannot be the logo, in the middle of a sentence; an empty text for one that can."""
    if len(content) > MOST_BYTES:
        return f"it has {len(content) // 1000} kB, and every page would load it: {MOST_BYTES // 1000} kB are enough"
    return _fault_of_png(content) if PurePath(name).suffix.lower() == ".png" else _fault_of_svg(content)


def _fault_of_png(content: bytes) -> str:
    if (
        not content.startswith(_PNG)
        or content[12:16] != b"IHDR"
        or len(content) < _FEWEST_BYTES
        or b"IEND" not in content[-12:]
    ):
        return "it is no PNG picture, or only a part of one"
    width_px, height_px = struct.unpack(">II", content[16:24])
    if not (_SMALLEST_PX <= width_px <= _LARGEST_PX and _SMALLEST_PX <= height_px <= _LARGEST_PX):
        return f"it is {width_px}×{height_px} pixels large; from {_SMALLEST_PX} to {_LARGEST_PX} fit a page"
    return ""


def _fault_of_svg(content: bytes) -> str:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        names.append(_local(name))
        _look_at_element(names, attributes)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: None
    parser.CharacterDataHandler = _look_at_text
    parser.StartDoctypeDeclHandler = lambda *_: _refuse("a document type, which may define anything")
    parser.ProcessingInstructionHandler = lambda *_: _refuse("an instruction to load something else")
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the last piece
    except _RefusedError as fault:
        return f"line {parser.CurrentLineNumber} holds {fault}"
    except (expat.ExpatError, ValueError, LookupError) as error:
        return f"it is no SVG drawing ({error})"
    return "" if names[:1] == ["svg"] else "it is no SVG drawing"


def _look_at_element(names: list[str], attributes: dict[str, str]) -> None:
    if names[-1] in _ACTIVE:
        _refuse(f"“{names[-1]}”, which does more than draw")
    for name, value in attributes.items():
        local = _local(name)
        if local.startswith("on"):
            _refuse(f"“{local}”, which runs a script")
        if local in {"href", "src"} and not _WITHIN.match(value):
            _refuse("the address of another file")
        _look_at_text(value)


def _look_at_text(text: str) -> None:
    if _OTHER_FILE.search(text):
        _refuse("the address of another file")


def _refuse(what: str) -> None:
    raise _RefusedError(what)


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()
