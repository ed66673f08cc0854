"""Does the way of a line work as a whole: the film's text changes, two languages come back, are approved and built?"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from babelreel.app.ledger.approve import approve
from babelreel.config.read import read_project
from support.exchanges import edited, typed
from support.films import make_film
from support.projects import FILES_ONLY, babelreel, make_project, snapshot
from support.tracks import srt

SETTINGS = f'reference = "en"\n{FILES_ONLY}[publish]\nonly = "approved"\n'
TEXTS = {
    "en": ("A lawyer costs nothing.", "Call 112."),
    "fr": ("Un avocat ne coûte rien.", "Appelle le 112."),
    "ps": ("وکیل لګښت نه لري.", "۱۱۲ ته زنګ ووهه."),
}
ONLY = ("--only", "phone-360p")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A film in three languages whose lines Lena approved, and which is published."""
    tracks = {f"{tag}.srt": srt((0, 2500, first), (3000, 5500, second)) for tag, (first, second) in TEXTS.items()}
    film = make_film(tmp_path / "film.mp4", seconds=6)
    root = make_project(tmp_path / "film", tracks, film=film, settings=SETTINGS)
    for tag in TEXTS:
        approve(read_project(root), tag, by="Lena")
    assert babelreel(root, "build", *ONLY).code == 0
    return root


def change(root: Path, tag: str, before: str, after: str) -> None:
    path = root / "subtitles" / f"{tag}.srt"
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")


def published(root: Path, tag: str) -> str:
    files = snapshot(root / "output")
    return "".join(files[path].decode() for path in files if path.startswith(f"{tag}/") and path.endswith(".srt"))


def test_two_languages_come_back_one_after_the_film_s_text_changed_and_are_approved_and_built(root: Path) -> None:
    sheets = {tag: Path(babelreel(root, "send", tag).out.strip()) for tag in ("fr", "ps")}
    change(root, "en", "Call 112.", "Call 113.")
    change(root, "fr", "Un avocat ne coûte rien.", "Un avocat est gratuit.")

    edited(sheets["fr"], typed(2, "L’avocat, tu ne le paies pas."))
    edited(sheets["fr"], typed(3, "Compose le 112."))
    edited(sheets["fr"], typed(3, "Not 118?", "Comment"))
    result = babelreel(root, "receive", str(sheets["fr"]))
    assert (result.code, "--by" in result.err) == (2, True)
    book = load_workbook(sheets["fr"])
    page = book.worksheets[0]
    (label,) = [cell for row in page.iter_rows() for cell in row if cell.value == "Your name:"]
    page.cell(row=label.row, column=label.column + 1).value = "Zoé"
    book.save(sheets["fr"])
    result = babelreel(root, "receive", str(sheets["fr"]))
    assert result.code == 1
    said = result.out.splitlines()
    assert said[0] == "fr: 1 line taken, 1 conflict"
    assert said[1].endswith("(line 1): it was changed here since the file was sent, and in the file too")
    assert said[2:4] == ["    here:        Un avocat est gratuit.", "    in the file: L’avocat, tu ne le paies pas."]
    assert "(line 2): taken, but translated from what the film said before; it says now: Call 113." in result.out
    assert "(line 2): comment: Not 118?" in result.out

    edited(sheets["ps"], typed(3, "۱۱۳ ته زنګ ووهه."))
    assert babelreel(root, "receive", str(sheets["ps"]), "--by", "Amina").code == 0
    rows = {line.split()[0]: line.split() for line in babelreel(root, "status").out.splitlines()[2:]}
    assert rows["fr"][1:3] == ["2", "0"]  # lines, approved
    assert rows["ps"][1:3] == ["2", "1"]

    held = babelreel(root, "build", *ONLY)
    assert "the earlier version stays: en, fr, ps" in held.err
    assert "۱۱۳" not in published(root, "ps")
    change(root, "fr", "Compose le 112.", "Compose le 113.")
    for tag in TEXTS:
        approve(read_project(root), tag, by="Lena")
    assert babelreel(root, "build", *ONLY).code == 0
    assert "۱۱۳ ته زنګ ووهه." in published(root, "ps")
    assert "Un avocat est gratuit." in published(root, "fr")
    assert babelreel(root, "verify").code == 0


def test_who_sends_a_language_without_subtitles_reads_that_it_is_a_new_one(root: Path) -> None:
    result = babelreel(root, "send", "frr")
    assert result.code == 0, result.err
    assert "frr (Northern Frisian) is a new language: 2 lines to translate." in result.err
