"""Read the parts of a file of Word or Excel, so that it can neither fill the memory nor bring a program along."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import NoReturn
from xml.etree import ElementTree as ET  # only for its tree: the parser is ours
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from babelreel.errors import UsageError
from babelreel.timedtext.formats.safe_xml import XmlError, parse_xml

#: The sheet of the longest film that we know of has a tenth of this, with a picture for each line.
MOST_BYTES = 1 << 26
_MOST_PARTS = 10_000
_MOST_XML_BYTES = 1 << 25
_MOST_TAGS = 500_000
_MACROS = re.compile(r"vbaProject|macrosheets|activeX|\.bin$", re.IGNORECASE)
_OUTSIDE = re.compile(r"externalLinks?/|/connections\.xml$|queryTables/|attachedTemplate", re.IGNORECASE)
_BINARY_OF_OFFICE = b"\xd0\xcf\x11\xe0"


def refuse_file(name: str, why: str, hint: str = "Save it as .xlsx or .docx, without macros.") -> NoReturn:
    """Raise the error for a file that is not read."""
    raise UsageError(what="The file was not read.", where=name, why=why, hint=hint)


def read_xml(data: bytes, name: str, part: str = "", *, most_tags: int = _MOST_TAGS) -> ET.Element:
    """Read the root of an XML document; ``UsageError`` for entities, for too many elements, for what is no XML."""
    where = f"{name}: {part}" if part else name
    if data.count(b"<") > most_tags:
        refuse_file(where, "it has far more rows than any film has lines", "Delete the empty rows, and save it.")
    try:
        return parse_xml(data)[0]
    except XmlError as error:
        refuse_file(f"{where}, line {error.line}", error.why, "Open it in the program that made it, and save it again.")


@dataclass(slots=True)
class Archive:
    """The parts of a file of Word or Excel by their names; each is unpacked when it is asked for.

    All of them together may have so many bytes and tags.
    """

    name: str
    zip: ZipFile
    sizes: Mapping[str, int]
    bytes_left: int = _MOST_XML_BYTES
    tags_left: int = _MOST_TAGS

    def xml(self, part: str) -> ET.Element | None:
        """Read the root of a part; ``None`` where there is none. Raises ``UsageError``."""
        if part not in self.sizes:
            return None
        self.bytes_left -= self.sizes[part]
        if self.bytes_left < 0:
            refuse_file(
                self.name,
                f"{part} has {self.sizes[part] >> 20} MiB: far more than the lines of a film",
                "Delete the empty rows and the pictures, and save it.",
            )
        try:
            data = self.zip.read(part)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
            refuse_file(self.name, f"{part} is damaged: {error}")
        self.tags_left -= data.count(b"<")
        return read_xml(data, self.name, part, most_tags=self.tags_left + data.count(b"<"))


def open_archive(data: bytes, name: str) -> Archive:
    """Look at a file's parts; ``UsageError`` for macros, what leads out of the file, and what is no such file."""
    if data.startswith(_BINARY_OF_OFFICE):
        refuse_file(name, "it has a password, or is in the old form of Word or Excel (.doc, .xls)")
    try:
        archive = ZipFile(BytesIO(data))
        parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        refuse_file(
            name,
            "what is in it is not a file of Word or Excel, or is damaged",
            "Ask for it again, or open it in the program that made it and save it as .xlsx or .docx.",
        )
    if len(parts) > _MOST_PARTS:
        refuse_file(name, f"it has {len(parts)} parts: far more than Word or Excel write")
    for part in parts:
        if part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            refuse_file(name, f"{part.filename} is packed in a way that neither Word nor Excel has")
        if _MACROS.search(part.filename):
            refuse_file(name, "there is a macro (a program) in it")
        if _OUTSIDE.search(part.filename):
            refuse_file(
                name, "it takes values from other files", "Copy its cells as values into a new file, and send that."
            )
    return Archive(name, archive, {part.filename: part.file_size for part in parts})
