"""Do the sums under a list say what was found, with one file as with many?"""

from __future__ import annotations

import pytest

from babelreel.model.delivery.manifest import Status
from babelreel.model.delivery.verification import Difference, Verification
from babelreel.model.exchange.receipt import Fate, Receipt, ToldRow
from babelreel.report.console.published.verification import render_verification
from babelreel.report.console.tracks.receipt import render_receipt


def verified(files: int, *paths: str, status: Status = Status.COMPLETE) -> list[str]:
    differences = tuple(Difference(path=path, message="it is missing") for path in paths)
    result = Verification(folder="output", status=status, files=files, differences=differences)
    return render_verification(result, as_json=False).splitlines()


@pytest.mark.parametrize(("files", "told"), [(1, "checked 1 file: "), (26, "checked 26 files: ")])
def test_where_all_is_right_the_files_are_counted(files: int, told: str) -> None:
    assert verified(files) == [f"{told}all is as the manifest says"]


def test_one_file_of_many_is_named_and_told_as_one() -> None:
    first, last = verified(26, "fr/film.mp4")
    assert first == "fr/film.mp4: it is missing"
    assert last.startswith("checked 26 files: one is not as the manifest says")
    assert last.endswith("download it again")


def test_several_files_are_counted() -> None:
    *named, last = verified(26, "fr/film.mp4", "ar/film.mp4")
    assert len(named) == 2
    assert last.startswith("checked 26 files: 2 are not as the manifest says")
    assert last.endswith("download them again")


def test_a_publication_in_part_is_told_as_such() -> None:
    (told,) = verified(3, status=Status.PARTIAL)
    assert "not every language or size of the project is published" in told


def test_a_row_that_was_not_taken_is_counted_and_says_why() -> None:
    row = ToldRow(
        place="row 7", fate=Fate.LEFT, why="this line was removed from the subtitles", after="Appelle le 112."
    )
    receipt = Receipt(language="fr", rows=(row,), unnamed=(3,), stale=1, unapproved=2, lines=9)
    assert render_receipt(receipt).splitlines() == [
        "fr: 0 lines taken, 1 row not taken",
        "  row 7: this line was removed from the subtitles",
        "    in the file: Appelle le 112.",
        "  not in the file, so left as they were: line 3",
        "  left to do: 1 translated before the original changed, 2 of 9 lines not approved",
    ]
