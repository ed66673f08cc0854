"""How do tests send lines in English and French, change a sheet as a translator does, and take it back?"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from babelreel.app.exchange.receive import Wish, receive
from babelreel.model.exchange.receipt import Fate, Receipt
from babelreel.model.project import Project
from support.tracks import srt

ENGLISH = ("You have the right to a lawyer.", "A lawyer costs nothing.", "Call 0800 or 112.")
FRENCH = ("Tu as droit à un avocat.", "<i>Un avocat ne coûte rien.</i>", "Appelle le 112.")


def write(root: Path, tag: str, *texts: str) -> None:
    (root / "subtitles" / f"{tag}.srt").write_text(srt(*texts), "utf-8")


def french(project: Project) -> str:
    return (project.root / "subtitles" / "fr.srt").read_text("utf-8")


def edited(path: Path, edit: Callable[[Any], object]) -> Path:
    """Open a sheet as a translator does, change it, and save it."""
    book = load_workbook(BytesIO(path.read_bytes()))
    edit(book[book.sheetnames[1]])
    book.save(path)
    return path


def column(page: Any, head: str) -> int:  # noqa: ANN401 - of openpyxl
    return int(next(cell.column for cell in page[1] if str(cell.value).startswith(head)))


def typed(row: int, text: str, head: str = "Translation") -> Callable[[Any], None]:
    def edit(page: Any) -> None:  # noqa: ANN401 - of openpyxl
        page.cell(row=row, column=column(page, head)).value = text

    return edit


def received(project: Project, path: Path) -> Receipt:
    (receipt,) = receive(project, path, Wish(by="Zoé"))
    return receipt


def told(receipt: Receipt) -> list[tuple[str, Fate, int | None]]:
    return [(row.place, row.fate, row.line) for row in receipt.rows]
