"""Do the volunteer's own files come back as they were before a verb wrote them?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from babelreel.app import kept_versions
from babelreel.app.check.check_and_fix import Repairing, ReviewRequest, review_project
from babelreel.app.kept_versions import keep_versions, undo
from babelreel.app.ledger.approve import approve
from babelreel.config.read import read_project
from babelreel.errors import UsageError
from babelreel.model.project import Project
from support.tracks import srt


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles" / "en.srt").write_text(srt("You  have rights.", "Call 112."), "utf-8")
    return read_project(tmp_path)


def files(project: Project) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project.root / "subtitles").iterdir()}


def test_what_fixes_and_approvals_wrote_is_undone_one_after_the_other(project: Project) -> None:
    first = files(project)
    review_project(project, ReviewRequest(repairing=Repairing.SAFE))
    second = files(project)
    assert second != first
    approve(project, "en", by="Amina")
    assert files(project).keys() == {"en.srt", "en.review.toml"}
    assert undo(project).verb == "approve en"
    assert files(project) == second
    assert undo(project).verb == "check --fix"
    assert files(project) == first
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)


def test_what_was_kept_before_a_write_that_never_happened_changes_nothing(project: Project) -> None:
    path = project.root / "subtitles" / "en.srt"
    before = files(project)
    keep_versions(project, "receive en", {path: b"never written"})
    undo(project)
    assert files(project) == before


def test_a_call_that_goes_on_where_one_was_stopped_is_undone_together_with_it(project: Project) -> None:
    folder = project.root / "subtitles"
    first, second = folder / "en.srt", folder / "en.review.toml"
    before = files(project)
    wanted: dict[Path, bytes | None] = {first: b"new", second: b"name"}
    keep_versions(project, "receive en", wanted)  # stopped before anything is written
    keep_versions(project, "receive en", wanted)  # and again, after the first file
    second.write_bytes(b"name")
    keep_versions(project, "receive en", {first: b"new"})
    first.write_bytes(b"new")
    assert undo(project).restored == ("subtitles/en.srt",)
    assert files(project) == before
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)


def test_another_call_after_a_stop_is_undone_alone(project: Project) -> None:
    folder = project.root / "subtitles"
    first, second = folder / "en.srt", folder / "en.review.toml"
    before = first.read_bytes()
    keep_versions(project, "receive en", {first: b"new", second: b"name"})
    second.write_bytes(b"name")
    keep_versions(project, "receive en", {first: b"other"})
    first.write_bytes(b"other")
    undo(project)
    assert files(project) == {"en.srt": before, "en.review.toml": b"name"}
    undo(project)
    assert files(project) == {"en.srt": before}


def test_a_version_that_a_stop_left_half_removed_is_none(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = files(project)
    review_project(project, ReviewRequest(repairing=Repairing.SAFE))

    def stop(_folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("babelreel.app.kept_versions.remove_folder", stop)
        with pytest.raises(KeyboardInterrupt):
            undo(project)
    assert files(project) == first
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)
    review_project(project, ReviewRequest(repairing=Repairing.SAFE))
    undo(project)
    assert files(project) == first


def test_an_index_that_leads_out_of_the_project_is_refused(project: Project) -> None:
    path = project.root / "subtitles" / "en.srt"
    keep_versions(project, "receive en", {path: path.read_bytes()})
    (index,) = project.state_dir.rglob("index.json")
    index.write_text(index.read_text().replace("subtitles/en.srt", "../elsewhere.srt"))
    with pytest.raises(UsageError, match="it is not as babelreel wrote it"):
        undo(project)


@pytest.mark.parametrize("path", ["subtitles/a\\u0000b", "subtitles/\\ud800", "subtitles/en.srt"])
def test_what_was_kept_and_is_damaged_is_told_with_what_to_do(project: Project, path: str) -> None:
    before = files(project)
    keep_versions(project, "receive en", {project.root / "subtitles" / "en.srt": b"new"})
    (index,) = project.state_dir.rglob("index.json")
    index.write_text(index.read_text().replace("subtitles/en.srt", path))
    if path.endswith(".srt"):
        index.with_name("0.before").unlink()
    with pytest.raises(UsageError, match="What was kept cannot be read") as told:
        undo(project)
    assert told.value.hint == "Remove the folder 000001 to go on with the version before it."
    assert files(project) == before


def test_nothing_is_put_back_through_a_link_that_leads_out(project: Project, tmp_path: Path) -> None:
    path = project.root / "subtitles" / "en.srt"
    keep_versions(project, "receive en", {path: path.read_bytes()})
    outside = tmp_path.parent / f"{tmp_path.name}-outside.srt"
    shutil.move(path, outside)
    path.symlink_to(outside)
    with pytest.raises(UsageError, match="leads out"):
        undo(project)


def edited(project: Project, verb: str, text: str, tag: str = "en") -> None:
    """Write a subtitle file as a verb does."""
    path = project.root / "subtitles" / f"{tag}.srt"
    keep_versions(project, verb, {path: text.encode()})
    path.write_text(text, "utf-8")


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_versions, "_MOST_KEPT", 10)
    monkeypatch.setattr(kept_versions, "_MOST_STEPS", 5)


@pytest.mark.usefixtures("little_room")
def test_a_long_day_in_a_studio_does_not_take_away_what_lies_before_it(project: Project) -> None:
    first = files(project)
    edited(project, "receive en", "received")
    for number in range(40):
        edited(project, "studio en", f"line {number}")
        if number % 7 == 0:
            edited(project, "studio ar", f"line {number}", "ar")
    for number in (38, 37, 36, 35):
        assert undo(project).verb == "studio en", "what was written last is taken back one by one"
        assert files(project)["en.srt"] == f"line {number}".encode()
    undone = [undo(project).verb for _ in range(6)]
    assert undone[-2:] == ["studio en, studio ar", "receive en"]
    assert files(project) == first
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)


@pytest.mark.usefixtures("little_room")
def test_what_a_studio_writes_is_not_joined_over_what_somebody_else_wrote(project: Project) -> None:
    path = project.root / "subtitles" / "en.srt"
    for number in range(30):
        edited(project, "studio en", f"line {number}")
        if number == 5:
            path.write_text("an editor", "utf-8")
    for _ in range(8):
        undo(project)
    assert path.read_text("utf-8") == "line 21"
    undo(project)
    assert path.read_text("utf-8") == "an editor"
    with pytest.raises(UsageError, match="changed since"):
        undo(project)


@pytest.mark.usefixtures("little_room")
def test_calls_of_verbs_are_kept_one_by_one_and_the_oldest_goes_first(project: Project) -> None:
    for number in range(14):
        edited(project, "receive en", f"sheet {number}")
    for _ in range(10):
        assert undo(project).verb == "receive en"
    assert files(project) == {"en.srt": b"sheet 3"}


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize("stop_at", ["place_atomically", "write_index", "_let_go"])
def test_steps_that_are_being_joined_while_the_power_goes_can_still_be_undone(
    project: Project, monkeypatch: pytest.MonkeyPatch, stop_at: str
) -> None:
    before = files(project)
    for number in range(10):
        edited(project, "studio en" if number % 2 else "studio ar", f"line {number}", "en" if number % 2 else "ar")
    path = project.root / "subtitles" / "en.srt"
    last = files(project)
    real = getattr(kept_versions, stop_at)
    calls: list[object] = []

    def stop(*given: object) -> None:
        calls.append(given)
        if stop_at == "write_index" and len(calls) == 1:  # that of the version itself
            real(*given)
            return
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(kept_versions, stop_at, stop)
        with pytest.raises(KeyboardInterrupt):
            keep_versions(project, "studio en", {path: b"never written"})
    assert files(project) == last
    edited(project, "studio en", "written")
    while files(project) != before:
        undo(project)


def test_what_lies_outside_of_the_project_never_keeps_undo_from_the_rest(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "takes.toml"
    elsewhere.write_bytes(b"a")
    (project.root / "takes.toml").symlink_to(elsewhere)
    path = project.root / "subtitles" / "en.srt"
    before = files(project)
    keep_versions(project, "receive en", {elsewhere: b"b", project.root / "takes.toml": b"b", path: b"new"})
    path.write_bytes(b"new")
    assert undo(project).restored == ("subtitles/en.srt",)
    assert files(project) == before
    keep_versions(project, "receive en", {elsewhere: b"b"})
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)
