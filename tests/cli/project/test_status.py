"""Does one look tell how far each language is, and who approved it?"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from support.projects import babelreel
from support.tracks import srt

ENGLISH = ("You have the right to a lawyer.", "A lawyer costs nothing.", "Call 112.")
FRENCH = ("Tu as droit à un avocat.", "Un avocat ne coûte rien.", "Appelle le 112.")
ARABIC = ("لك الحق في محامٍ.", "المحامي لا يكلفك شيئًا.", "اتصل بالرقم 112.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """French is approved, of Arabic one line is translated, then the reference says something else."""
    root = tmp_path / "film"
    (root / "subtitles").mkdir(parents=True)
    for tag, texts in {"en": ENGLISH, "fr": FRENCH, "ar": ARABIC}.items():
        (root / "subtitles" / f"{tag}.srt").write_text(srt(*texts), "utf-8")
    assert babelreel(root, "approve", "fr", "--by", "Amina <b>").code == 0
    assert babelreel(root, "approve", "ar", "1", "--state", "translated", "--by", "خالد").code == 0
    changed = srt("You do not have the right to a lawyer.", *ENGLISH[1:])
    (root / "subtitles" / "en.srt").write_text(changed, "utf-8")
    return root


def test_a_row_for_each_language(root: Path) -> None:
    result = babelreel(root, "status")
    assert (result.code, result.err) == (0, "")
    rows = {line.split()[0]: line.split() for line in result.out.splitlines()[2:]}
    head = result.out.splitlines()[1]
    assert head.split() == ["language", "lines", "approved", "not", "reviewed", "original", "changed", "voice", "by"]
    #                 lines, approved, unknown, original changed
    assert rows["fr"][1:] == ["3", "2", "0", "1", "none", "Amina", "<b>"]
    assert rows["ar"][1:5] == ["3", "0", "2", "1"]
    assert rows["en"][2:6] == ["3", "0", "3", "0"]


def test_json_shows_old_against_new(root: Path) -> None:
    result = babelreel(root, "status", "fr", "--json")
    (film,) = json.loads(result.out)["films"]
    (french,) = film["languages"]
    assert french["approved_by"] == {"Amina <b>": 2}
    assert french["changed"] == [
        {
            "line": 1,
            "start_ms": french["changed"][0]["start_ms"],
            "text": "Tu as droit à un avocat.",
            "text_before": None,
            "source_before": "You have the right to a lawyer.",
            "source_now": "You do not have the right to a lawyer.",
        }
    ]


class _Page(HTMLParser):
    """What a page loads, and the direction of each of its texts."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.directions: dict[str, str] = {}
        self.open: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.loads += [value for name, value in found.items() if name in {"src", "href"} and not value.startswith("#")]
        self.loads += [tag] if tag in {"script", "link", "iframe"} else []
        self.open = found

    def handle_data(self, data: str) -> None:
        if data.strip() and "dir" in self.open:
            self.directions[data] = self.open["dir"]


def test_the_page_is_complete_in_itself_and_every_text_has_its_direction(root: Path) -> None:
    assert babelreel(root, "status", "--html", "status.html").code == 0
    content = (root / "status.html").read_text("utf-8")
    page = _Page()
    page.feed(content)
    assert page.loads == []
    assert page.directions["You do not have the right to a lawyer."] == "ltr"
    assert page.directions[ARABIC[0]] == "rtl"
    assert "Amina &lt;b&gt;" in content


def test_several_films_are_told_one_after_the_other(root: Path) -> None:
    other = root.parent / "other"
    (other / "subtitles").mkdir(parents=True)
    (other / "subtitles" / "fr.srt").write_text(srt(*FRENCH), "utf-8")
    result = babelreel(root, "-C", ".", "-C", "../other", "status", "--json")
    assert [film["title"] for film in json.loads(result.out)["films"]] == ["film", "other"]


def test_a_film_of_which_nobody_said_anything_is_told_how_to_begin(root: Path) -> None:
    for path in (root / "subtitles").glob("*.review.toml"):
        path.unlink()
    assert "babelreel approve LANG --by NAME begins" in babelreel(root, "status").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("fr",), "“--by” is missing."),
        (("fr", "--by", "A", "--minor", "--state", "draft"), "--minor and --state cannot go together"),
        (("fr", "nine", "--by", "A"), "“nine” is not the number of a line"),
        (("de", "--by", "A"), "There is no subtitle file for “de”"),
    ],
)
def test_a_call_of_approve_that_cannot_be_meant_is_told(root: Path, arguments: tuple[str, ...], told: str) -> None:
    result = babelreel(root, "approve", *arguments)
    assert result.code == 2
    assert told in result.err


def test_a_ledger_that_cannot_be_read_is_not_taken_for_none(root: Path) -> None:
    (root / "subtitles" / "ar.review.toml").unlink()
    with (root / "subtitles" / "fr.review.toml").open("a", encoding="utf-8") as file:
        file.write("<<<<<<< HEAD\n")
    out = babelreel(root, "status").out
    assert "fr.review.toml cannot be read: " in out
    assert "no line has been reviewed yet" not in out
