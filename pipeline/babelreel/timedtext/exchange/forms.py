"""Write the lines of a film in each form that a translator may get, and read the forms that may come back."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath

from babelreel.model.exchange.sheets import Returned, Sheet
from babelreel.model.exchange.side_by_side import SideBySide
from babelreel.timedtext.exchange.answer import read_answer, read_text, refuse_page
from babelreel.timedtext.exchange.archives import MOST_BYTES, refuse_file
from babelreel.timedtext.exchange.delimited import read_delimited
from babelreel.timedtext.exchange.docx import read_docx, write_docx
from babelreel.timedtext.exchange.po import read_po, write_po
from babelreel.timedtext.exchange.subtitles import write_srt
from babelreel.timedtext.exchange.xliff import read_xliff, write_xliff, write_xliff_1
from babelreel.timedtext.exchange.xlsx_reader import read_xlsx


class Form(StrEnum):
    """The forms that are sent, by their names in the command line."""

    XLSX = "xlsx"
    DOCX = "docx"
    PO = "po"
    XLIFF = "xliff"
    XLIFF_1 = "xliff-1.2"
    SRT = "srt"
    PAGE = "page"

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return {Form.XLIFF_1: "xlf", Form.PAGE: "html"}.get(self, self.value)


def _write_xlsx(sheet: Sheet) -> bytes:
    from babelreel.timedtext.exchange.xlsx_writer import write_xlsx  # noqa: PLC0415 - loads openpyxl

    return write_xlsx(sheet)


def write_side_by_side(side: SideBySide) -> bytes:
    """Write the sheet in which all languages stand side by side."""
    from babelreel.timedtext.exchange import side_by_side_xlsx  # noqa: PLC0415 - loads openpyxl

    return side_by_side_xlsx.write_side_by_side(side)


_WRITERS: dict[Form, Callable[[Sheet], bytes]] = {
    Form.XLSX: _write_xlsx,
    Form.DOCX: write_docx,
    Form.PO: write_po,
    Form.XLIFF: write_xliff,
    Form.XLIFF_1: write_xliff_1,
    Form.SRT: write_srt,
}
_READERS: dict[str, Callable[[bytes, str], Returned]] = {
    ".xlsx": read_xlsx,
    ".docx": read_docx,
    ".po": read_po,
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".txt": read_text,
    ".xliff": read_xliff,
    ".xlf": read_xliff,
    ".json": read_answer,
    ".html": refuse_page,
    ".htm": refuse_page,
}


def write_sheet(sheet: Sheet, form: Form) -> bytes:
    """Write the file of a translator; pages, which have pictures and words of their own, are written by ``report``."""
    return _WRITERS[form](sheet)


def read_returned(data: bytes, name: str) -> Returned:
    """Read a file by the ending of its name; raises ``UsageError``, in words, for what cannot or must not be read."""
    if len(data) > MOST_BYTES:
        refuse_file(name, f"it is larger than {MOST_BYTES >> 20} MiB", "Take out what is no line of the film.")
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        endings = " ".join(each for each in _READERS if not each.startswith(".htm"))
        refuse_file(
            name,
            f"its name ends with none of {endings}, and it is no subtitle file",
            "Name the file that the translator sent back.",
        )
    return reader(data, name)
