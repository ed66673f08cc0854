"""Is what is said broken between words only, and only in a terminal?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len

from babelreel.report.reader.fitting import fitted

TOLD = (
    "  hint: Run “babelreel conform --dry-run --lang zh-Hans” first, read what it says of the lines that go, "
    "then run it again without the option."
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")


def test_a_file_or_a_program_gets_the_text_as_it_is() -> None:
    assert fitted(TOLD, io.StringIO()) == TOLD


def test_a_terminal_gets_rows_that_fit_with_the_same_words() -> None:
    shown = fitted(TOLD, Terminal())
    rows = shown.split("\n")
    assert len(rows) > 1
    assert max(map(len, rows)) <= 60
    assert " ".join(shown.split()) == TOLD.strip()
    assert all(row.startswith("    ") for row in rows[1:])


def test_a_command_to_be_copied_stays_in_one_row() -> None:
    assert any("“babelreel conform --dry-run --lang zh-Hans”" in row for row in fitted(TOLD, Terminal()).split("\n"))


def test_a_path_stays_whole_even_with_spaces_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "mon film d’été, la version longue pour les écoles de Gand"
    folder.mkdir()
    assert any(
        str(folder) in row for row in fitted(f"wrote the sheets to {folder}, all of them", Terminal()).split("\n")
    )


@pytest.mark.parametrize("start", ["./", "../", ".hidden/"])
def test_a_path_stays_whole_that_begins_with_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    path = f"{start}mon film/la version longue pour les écoles de Gand"
    Path(path).mkdir(parents=True)
    assert any(path in row for row in fitted(f"wrote the sheets to ({path}), all of them", Terminal()).split("\n"))


def test_chinese_takes_two_columns() -> None:
    told = "zh-Hans 翻译字幕 " * 8
    assert max(map(cell_len, fitted(told, Terminal()).split("\n"))) <= 60


def test_lines_that_fit_keep_their_columns() -> None:
    table = "language  lines\nfr           23"
    assert fitted(table, Terminal()) == table
