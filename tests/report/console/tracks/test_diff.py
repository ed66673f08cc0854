from __future__ import annotations

import subprocess
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.report.console.tracks import diff
from babelreel.report.console.tracks.diff import find_changes, render_diff

CUE = "00:00:00,000 --> 00:00:01,400\nHello  my friend\n\n"


def lines_of(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")]


def test_a_diff_shows_what_changed_with_three_lines_around_it() -> None:
    before = "".join(f"{number}\n" for number in range(1, 21))
    after = before.replace("5\n", "five\n", 1).replace("16\n", "")
    assert (
        "".join(render_diff("subtitles/fr.srt", before, after))
        == """\
--- a/subtitles/fr.srt
+++ b/subtitles/fr.srt
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
@@ -13,7 +13,6 @@
 13
 14
 15
-16
 17
 18
 19
"""
    )


def test_nothing_is_shown_where_nothing_changed() -> None:
    assert list(render_diff("a.srt", CUE, CUE)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\n", "a\nc\n"),
        ("a\nb", "a\nb\n"),
        ("a\n", "\na\n\n"),
        ("a\r\nb  c\r\n", "a\r\nb c\r\n"),
        (CUE * 30, (CUE * 30).replace("Hello  my", "Hello my")),
        (CUE * 30, "1\n" + "\n1\n".join([CUE] * 30)),
    ],
)
def test_git_applies_the_diff(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "fr.srt").write_bytes(before.encode())
    patch = "".join(render_diff("fr.srt", before, after))
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch.encode(), check=True)
    assert (tmp_path / "fr.srt").read_bytes() == after.encode()


LINES = st.lists(st.sampled_from(["", "a", "b", "Hello", "1"]), max_size=120)


@settings(deadline=None)
@given(LINES, LINES)
def test_the_changes_turn_the_one_text_into_the_other(old: list[str], new: list[str]) -> None:
    made: list[str] = []
    done = 0
    for change in find_changes(old, new):
        made += old[done : change.first]
        assert len(made) == change.new_first
        made += new[change.new_first : change.new_end]
        done = change.end
    assert made + old[done:] == new


def test_the_work_grows_with_the_file_and_not_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    class Counted(SequenceMatcher[str]):
        def __init__(self, isjunk: None, one: list[str], other: list[str], *, autojunk: bool) -> None:
            compared.append(len(one) + len(other))
            super().__init__(isjunk, one, other, autojunk=autojunk)

    monkeypatch.setattr(diff, "SequenceMatcher", Counted)
    for cues in (100, 200):
        list(find_changes(lines_of(CUE * cues), lines_of((CUE * cues).replace("Hello  my", "Hello my"))))
    assert sum(compared[100:]) <= 2 * sum(compared[:100]) + 40 * 80  # the last windows are shorter
