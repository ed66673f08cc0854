"""Read an XML document so that it can neither fill the memory nor reach outside of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn
from xml.etree import ElementTree as ET  # only for its tree: the parser below is ours
from xml.parsers import expat

from babelreel.timedtext.file_size import LIMIT_SIGNS

#: Deeper than any document that a person or a program has reason to write.
_DEEPEST = 64


@dataclass(kw_only=True)
class XmlError(Exception):
    """A document cannot be read: why, and where (line, and column where it is known; both from 1)."""

    why: str
    line: int
    column: int = 0


def parse_xml(data: bytes) -> tuple[ET.Element, dict[ET.Element, int]]:
    """Parse a document into its root, and the line on which each element begins.

    Raises ``XmlError`` for what is not well-formed, for a DOCTYPE, which could name entities, and for elements that are
    too many or too deep in one another.
    """
    parser, builder = expat.ParserCreate(namespace_separator="}"), ET.TreeBuilder()
    lines: dict[ET.Element, int] = {}
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            refuse(f"elements stand more than {_DEEPEST} deep in one another")
        if len(lines) >= LIMIT_SIGNS:
            refuse(f"it has more than {LIMIT_SIGNS} elements")
        tree_attributes = {_tree_name(key): value for key, value in attributes.items()}
        lines[builder.start(_tree_name(name), tree_attributes)] = parser.CurrentLineNumber

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_tree_name(name))

    def refuse(why: str) -> NoReturn:
        raise XmlError(why=why, line=parser.CurrentLineNumber)

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = lambda *_: refuse("it has a DOCTYPE, which no subtitles need")
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position: this is all there is
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: an encoding that nobody knows
        why = f"it is no well-formed XML: {error}"
        raise XmlError(why=why, line=parser.ErrorLineNumber, column=parser.ErrorColumnNumber + 1) from None
    return builder.close(), lines


def _tree_name(name: str) -> str:
    """Write a name with its namespace as trees do: ``{uri}name``."""
    return f"{{{name}" if "}" in name else name
