"""Are the rules asked again exactly when something that they look at has changed?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from babelreel.app.check import remembered
from babelreel.app.check.build_check import check_for_build
from babelreel.app.check.checked import CheckedProject
from babelreel.app.project.program_files import program_state
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.project.subtitles_film import SubtitlesFilm, begin_owner
from babelreel.config.read import read_project
from babelreel.errors import MachineError
from babelreel.fonts import ARABIC, LATIN, font_path
from babelreel.model.finding import Severity
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult, check_track
from support.projects import make_project
from support.subjects import make_known_film

EN = """\
1
00:00:00,200 --> 00:00:01,040
Your rights.

2
00:00:01,120 --> 00:00:02,000
Call 112
"""
#: Two spaces, another number than the reference has, and a cue that nobody can read in its time.
FR = """\
1
00:00:00,200 --> 00:00:01,040
Tes  droits.

2
00:00:01,120 --> 00:00:01,200
Appelle le 101 tout de suite, même la nuit
"""
SETTINGS = """\
reference = "en"
languages = ["en", "fr"]
[language.fr]
file = "fr.toml"
font = "fr.ttf"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "film", {"en.srt": EN, "fr.srt": FR}, settings=SETTINGS)
    (root / "fr.toml").write_text('name = "French"\n', "utf-8")
    (root / "fr.ttf").write_bytes(font_path(LATIN).read_bytes())
    return root


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages of the tracks that the rules were run over."""
    tags: list[str] = []

    def check(subject: TrackSubject, **named: Any) -> CheckResult:  # noqa: ANN401 - as it is given
        tags.append(subject.track.language)
        return check_track(subject, **named)

    monkeypatch.setattr("babelreel.app.check.run_rules.check_track", check)
    return tags


def check(root: Path) -> CheckedProject:
    project = read_project(root)
    return check_for_build(project, look_at_folder(project).tracks, film=None)


def test_what_did_not_change_is_not_checked_again_and_told_the_same(root: Path, asked: list[str]) -> None:
    first = check(root)
    (french,) = (each for each in first.tracks if each.file.tag == "fr")
    assert french.errors
    assert first.warnings
    assert sorted(asked) == ["en", "fr"]
    again = check(root)
    assert sorted(asked) == ["en", "fr"]
    assert again == first
    assert again.warnings == first.warnings
    assert [each.errors for each in again.tracks] == [each.errors for each in first.tracks]
    assert again.tracks[0].result.covers("subtitles/en.srt")


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), "utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "checked"),
    [
        (edit("subtitles/fr.srt", "101", "112"), ["fr"]),
        (edit("subtitles/fr.srt", "01,200", "02,000"), ["fr"]),
        (edit("subtitles/fr.srt", "\n\n2\n", "\n\n\n2\n"), ["fr"]),
        (edit("subtitles/en.srt", "112", "101"), ["en", "fr"]),
        (edit("babelreel.toml", "[language.fr]", '[check]\nignore = ["FCT"]\n[language.fr]'), ["en", "fr"]),
        (edit("fr.toml", "French", "The French language"), ["en", "fr"]),
        (lambda root: (root / "fr.ttf").write_bytes(b"no font"), ["en", "fr"]),
        (lambda root: begin_owner(read_project(root), SubtitlesFilm(film="a" * 64, others={"fr": "b" * 64})), ["fr"]),
    ],
    ids=["text", "time", "blank line", "reference", "settings", "language's file", "font", "of another film"],
)
def test_what_changed_is_checked_again(
    root: Path, asked: list[str], change: Callable[[Path], None], checked: list[str]
) -> None:
    check(root)
    asked.clear()
    change(root)
    check(root)
    assert sorted(asked) == checked


def test_another_film_is_checked_against(root: Path, asked: list[str]) -> None:
    project = read_project(root)
    check(root)
    asked.clear()
    check_for_build(project, look_at_folder(project).tracks, film=make_known_film())
    assert sorted(asked) == ["en", "fr"]


def test_approval_of_lines_is_seen(root: Path, asked: list[str]) -> None:
    check(root)
    asked.clear()
    (root / "subtitles/fr.review.toml").write_text("damaged", "utf-8")
    assert any(each.result.count(Severity.ERROR) for each in check(root).tracks)
    assert asked == ["fr"]


def test_another_version_of_the_program_asks_again(
    root: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(root)
    asked.clear()
    monkeypatch.setattr(remembered, "program_state", lambda: "another one")
    check(root)
    assert sorted(asked) == ["en", "fr"]


def test_another_version_of_a_library_outside_of_the_environment_asks_again(
    root: Path, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of the user's own folder, of ``PYTHONPATH``, or of the system, seen from a virtual environment."""
    monkeypatch.setattr(remembered, "program_state", program_state.__wrapped__)  # each check is a run of its own
    record = tmp_path / "libraries/py3langid-0.3.0.dist-info"
    record.mkdir(parents=True)
    monkeypatch.syspath_prepend(record.parent)
    check(root)
    asked.clear()
    (record.parent / "notes.txt").write_text("no library", "utf-8")
    check(root)
    assert asked == []
    record.rename(record.with_name("py3langid-0.4.0.dist-info"))
    check(root)
    assert sorted(asked) == ["en", "fr"]


def test_nothing_is_kept_of_a_font_that_changed_before_the_rules_read_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font, before = root / "fr.ttf", (root / "fr.ttf").read_bytes()
    fonts: list[bytes] = []

    def check_another(subject: TrackSubject, **named: Any) -> CheckResult:  # noqa: ANN401 - as it is given
        if subject.track.language == "fr" and not fonts:
            font.write_bytes(font_path(ARABIC).read_bytes())
        if subject.track.language == "fr":
            fonts.append(font.read_bytes())
        return check_track(subject, **named)

    monkeypatch.setattr("babelreel.app.check.run_rules.check_track", check_another)
    check(root)
    font.write_bytes(before)
    check(root)
    assert len(fonts) == 2
    assert fonts[1] == before, "what was found with the other font is not taken for what this one gives"
    check(root)
    assert len(fonts) == 2


def test_a_damaged_note_is_made_anew(root: Path, asked: list[str]) -> None:
    first = check(root)
    asked.clear()
    for note in (root / ".babelreel/notes/findings").iterdir():
        note.write_bytes(note.read_bytes().replace(b"error", b"info"))
    assert check(root) == first
    assert asked == ["fr"]
    assert check(root) == first
    assert asked == ["fr"]


def test_there_is_one_note_for_each_track_however_often_it_changes(root: Path) -> None:
    for number in ("101", "102", "103"):
        (root / "subtitles/fr.srt").write_text(FR.replace("101", number), "utf-8")
        check(root)
    assert len(list((root / ".babelreel/notes/findings").iterdir())) == 2


def test_a_font_that_cannot_be_read_is_told_each_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> str:
        raise MachineError(what="It cannot be read.", where=str(path))

    def undrawable(_: Iterable[str], own_font: Path | None) -> frozenset[str]:
        return frozenset(refuse(own_font) if own_font else ())

    check(root)
    monkeypatch.setattr("babelreel.app.check.remembered.digest_file", refuse)
    monkeypatch.setattr("babelreel.rules.characters.glyphs.undrawable", undrawable)
    for _ in range(2):
        assert [each.closed_font is not None for each in check(root).tracks] == [False, True]
