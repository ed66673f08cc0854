from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.app.check.check_and_fix import ReviewRequest, review_project
from babelreel.app.kept_versions import keep_versions, undo
from babelreel.app.ledger.status import film_status
from babelreel.app.project.described_film import FilmToCheck
from babelreel.app.project.fingerprints import before_path, subtitles_path
from babelreel.app.project.subtitles_film import SubtitlesFilm, begin_owner, render_owner
from babelreel.app.retime.amounts import is_known_rate, shift_ms, stretch_rate
from babelreel.app.retime.beginnings import Beginning, read_beginning, shift_of
from babelreel.app.retime.by_hand import plan_shift, plan_stretch
from babelreel.app.retime.plan import Moves, plan_moves
from babelreel.app.retime.write_moves import write_moves
from babelreel.config.read import read_project
from babelreel.errors import LockedError, NoSpaceError, UsageError
from babelreel.graph.files import digest_file, rewrite_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.model.film.change.fingerprint import Fingerprint, pack_fingerprint
from babelreel.model.film.change.time_map import END_MS, Stretch, TimeMap
from babelreel.model.project import Project
from babelreel.model.timecode import Span
from babelreel.report.console.retime.moves import render_moves
from support.foreign_files import stl_file, stl_text, ttml_file
from support.subjects import make_known_film
from support.tracks import srt

SETTINGS = """\
# Our film.
title = "Your rights"

[[chapter]]   # the first
start = "0:00"
title = { en = "Welcome" }

[[chapter]]
start = '0:20'  # when the lawyer speaks
[chapter.title]
en = "A lawyer"

[check]
fail_on = "error"

[[chapter]]
start = "0:40.5"
title = { en = "The end" }
"""
TAKES = """\
# For which text each take was recorded.

["01.flac"]
text = "Tu as des droits."
start = "00:00:01.000"
sha256 = "0"

["02.flac"]
text = "Un avocat est gratuit."
start = "00:00:22.000"
sha256 = "1"
"""
LATER = TimeMap.shifted(2000)
LINES = ((1000, 3000), (22_000, 25_000), (41_000, 44_000))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "babelreel.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / "subtitles").mkdir()
    for tag, text in (("en", "A lawyer is free."), ("fr", "Un avocat est gratuit.")):
        (tmp_path / "subtitles" / f"{tag}.srt").write_text(srt(*((*each, text) for each in LINES)), "utf-8")
    stems = tmp_path / "video" / "stems"
    (stems / "fr").mkdir(parents=True)
    (stems / "fr" / "takes.toml").write_text(TAKES, "utf-8")
    (stems / "fr" / "01.flac").write_bytes(b"a sound")
    (stems / "en.flac").write_bytes(b"another sound")
    (stems / "me.flac").write_bytes(b"music")
    return read_project(tmp_path)


def files(project: Project) -> dict[str, str]:
    kept = (path for path in project.root.rglob("*") if path.is_file() and ".babelreel" not in path.parts)
    return {path.relative_to(project.root).as_posix(): path.read_text("utf-8") for path in kept}


def first_time(project: Project, tag: str) -> str:
    return (project.root / "subtitles" / f"{tag}.srt").read_text("utf-8").split("\n")[1][:12]


def without_the_middle() -> TimeMap:
    return TimeMap(
        stretches=(
            Stretch(old=Span(start_ms=0, end_ms=15_000), new_start_ms=0),
            Stretch(old=Span(start_ms=40_500, end_ms=END_MS), new_start_ms=15_000),
        )
    )


def test_all_that_has_times_moves_at_once_and_comes_back_at_once(project: Project) -> None:
    before = files(project)
    moves = plan_moves(project, LATER)
    assert files(project) == before
    write_moves(project, moves, "shift --by=+2.0s")
    after = files(project)
    assert {name for name in after if after[name] != before[name]} == {
        "babelreel.toml",
        "subtitles/en.srt",
        "subtitles/fr.srt",
        "video/stems/fr/takes.toml",
    }
    assert after["subtitles/fr.srt"] == srt(*((a + 2000, b + 2000, "Un avocat est gratuit.") for a, b in LINES))
    assert after["video/stems/fr/takes.toml"] == TAKES.replace("00:00:01", "00:00:03").replace("00:00:22", "00:00:24")
    assert after["babelreel.toml"] == SETTINGS.replace("0:20", "0:22").replace("0:40.5", "0:42.5")
    assert undo(project).verb == "shift --by=+2.0s"
    assert files(project) == before


def test_there_and_back_restores_every_byte(project: Project) -> None:
    before = files(project)
    for by_ms in (1250, -1250):
        write_moves(project, plan_moves(read_project(project.root), TimeMap.shifted(by_ms)), "shift")
    assert files(project) == before


def test_a_language_that_is_named_moves_alone_with_its_takes(project: Project) -> None:
    write_moves(project, plan_moves(project, LATER, ["fr"]), "shift fr")
    assert (first_time(project, "en"), first_time(project, "fr")) == ("00:00:01,000", "00:00:03,000")
    assert files(project)["babelreel.toml"] == SETTINGS
    assert "00:00:03.000" in files(project)["video/stems/fr/takes.toml"]


def test_sounds_of_the_whole_film_are_told_for_nobody_can_move_them(project: Project) -> None:
    assert plan_moves(project, LATER).plan.recordings == ("video/stems/en.flac", "video/stems/me.flac")
    assert plan_moves(project, LATER, ["fr"]).plan.recordings == ()


def test_films_of_interpreters_are_told_for_nobody_can_move_them(project: Project) -> None:
    """One that is as long as the new film by chance would be shown beside it, out of step."""
    (project.root / "video" / "signed").mkdir()
    (project.root / "video" / "signed" / "fr.mp4").write_bytes(b"a film")
    plan = plan_moves(project, LATER).plan
    assert plan.signed == ("video/signed/fr.mp4",)
    told = " ".join(render_moves(plan).split())
    assert "no longer fits: video/signed/fr.mp4, the film of an interpreter" in told
    assert plan_moves(project, LATER, ["fr"]).plan.signed == ("video/signed/fr.mp4",)
    assert plan_moves(project, LATER, ["en"]).plan.signed == ()


DESCRIBED = srt((4000, 20_000, "A child at a desk."), (26_000, 40_000, "A judge reads."))
DESCRIBED_TAKES = TAKES.replace("01.flac", "04.flac").replace("Tu as des droits.", "A child at a desk.")


@pytest.fixture
def described(project: Project) -> Project:
    """A film with the script of a description in French, and what its takes were recorded for."""
    stems = project.root / "video" / "stems"
    (stems / "fr.ad").mkdir()
    (stems / "fr.ad.srt").write_text(DESCRIBED, "utf-8")
    (stems / "fr.ad" / "takes.toml").write_text(DESCRIBED_TAKES, "utf-8")
    (stems / "fr.ad" / "04.flac").write_bytes(b"a voice")
    return project


def test_the_script_of_a_description_moves_with_all_and_comes_back(described: Project) -> None:
    before = files(described)
    moves = plan_moves(described, LATER)
    assert (moves.plan.scripts, moves.plan.unnamed) == ((), ())
    assert "fr-x-ad" in render_moves(moves.plan)
    write_moves(described, moves, "shift --by=+2.0s")
    after = files(described)
    moved = srt((6000, 22_000, "A child at a desk."), (28_000, 42_000, "A judge reads."))
    assert after["video/stems/fr.ad.srt"] == moved
    starts = DESCRIBED_TAKES.replace("00:00:01", "00:00:03").replace("00:00:22", "00:00:24")
    assert after["video/stems/fr.ad/takes.toml"] == starts
    undo(described)
    assert files(described) == before


def test_a_line_of_a_description_whose_scene_is_gone_goes_with_it(described: Project) -> None:
    plan = plan_moves(described, without_the_middle()).plan
    (track,) = [each for each in plan.tracks if each.language == "fr-x-ad"]
    assert [(line.text, line.new) for line in track.lines] == [
        ("A child at a desk.", Span(start_ms=4000, end_ms=15_000)),
        ("A judge reads.", None),
    ]
    assert track.is_spoken


def test_a_description_moves_by_its_own_tag_and_stays_where_subtitles_alone_are_named(described: Project) -> None:
    plan = plan_moves(described, LATER, ["fr"]).plan
    assert [each.language for each in plan.tracks] == ["fr"]
    assert plan.unnamed == (("video/stems/fr.ad.srt", "fr-x-ad"),)
    assert "name fr-x-ad" in " ".join(render_moves(plan).split())
    assert plan_moves(described, LATER, ["en"]).plan.unnamed == ()
    write_moves(described, plan_moves(described, LATER, ["fr-x-ad"]), "shift fr-x-ad")
    assert "00:00:06,000 -->" in files(described)["video/stems/fr.ad.srt"]
    assert first_time(described, "fr") == "00:00:01,000"


def test_exceptions_follow_the_lines_of_a_description(described: Project) -> None:
    """A .vtt file counts its lines: where one goes, the others get other numbers."""
    stems = described.root / "video" / "stems"
    (stems / "fr.ad.srt").unlink()
    lines = ((0, "A door."), (16_000, "A child."), (50_000, "A judge."))
    cues = (f"00:{a // 1000:02}.000 --> 00:{a // 1000 + 3:02}.000\n{text}\n\n" for a, text in lines)
    (stems / "fr.ad.vtt").write_text("WEBVTT\n\n" + "".join(cues), "utf-8")
    (stems / "fr.ad" / "04.flac").unlink()
    allow = """
[[check.allow]]
rules = ["DUB003"]
file = "video/stems/fr.ad.vtt"
cue = 3
reason = "heard"
"""
    (described.root / "babelreel.toml").write_text(SETTINGS + allow, "utf-8")
    project = read_project(described.root)
    write_moves(project, plan_moves(project, without_the_middle()), "conform")
    assert files(project)["video/stems/fr.ad.vtt"].count("-->") == 2
    assert "cue = 2\n" in files(project)["babelreel.toml"]


def test_a_script_whose_times_nobody_can_write_is_told_for_it_stays(described: Project) -> None:
    stems = described.root / "video" / "stems"
    (stems / "fr.ad.srt").rename(stems / "fr.ad.ttml")
    before = files(described)
    moves = plan_moves(described, LATER)
    assert moves.plan.scripts == ("video/stems/fr.ad.ttml",)
    assert "move its times by hand" in " ".join(render_moves(moves.plan).split())
    write_moves(described, moves, "shift")
    for name in ("video/stems/fr.ad.ttml", "video/stems/fr.ad/takes.toml"):
        assert files(described)[name] == before[name]
    assert first_time(described, "fr") == "00:00:03,000"


def test_one_file_that_cannot_be_moved_keeps_all_where_they_are(project: Project) -> None:
    path = project.root / "subtitles" / "fr.srt"
    path.write_text(path.read_text("utf-8").replace("00:00:22,000 -->", "00:00:22,000 --> x"), "utf-8")
    before = files(project)
    moves = plan_moves(project, LATER)
    assert [each.path for each in moves.plan.unmoved] == ["subtitles/fr.srt"]
    with pytest.raises(UsageError, match="Nothing was moved"):
        write_moves(project, moves, "shift")
    assert files(project) == before


def test_a_chapter_goes_only_with_all_of_its_scene(project: Project) -> None:
    moves = plan_moves(project, without_the_middle())
    assert moves.plan.gone_chapters == ("0:20",)
    assert moves.plan.takes_away
    write_moves(project, moves, "conform")
    after = read_project(project.root)
    assert [each.start_ms for each in after.campaign.chapters] == [0, 15_000]
    assert "A lawyer" not in files(project)["babelreel.toml"]
    assert "# Our film." in files(project)["babelreel.toml"]


def test_a_chapter_whose_first_scene_is_gone_begins_with_what_is_left(project: Project) -> None:
    shorter = TimeMap(
        stretches=(
            Stretch(old=Span(start_ms=0, end_ms=19_000), new_start_ms=0),
            Stretch(old=Span(start_ms=21_000, end_ms=END_MS), new_start_ms=19_000),
        )
    )
    write_moves(project, plan_moves(project, shorter), "conform")
    assert [each.start_ms for each in read_project(project.root).campaign.chapters] == [0, 19_000, 38_500]


def test_chapters_that_cannot_be_found_are_told_and_not_guessed(project: Project) -> None:
    settings = 'chapter = [{ start = "0:10", title = { en = "A" } }]\n'
    (project.root / "babelreel.toml").write_text(settings, "utf-8")
    moves = plan_moves(read_project(project.root), LATER)
    assert [each.path for each in moves.plan.unmoved] == ["babelreel.toml"]


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(project: Project) -> None:
    moves = plan_moves(project, LATER)
    path = project.root / "subtitles" / "fr.srt"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    before = files(project)
    with pytest.raises(LockedError, match="changed while it was being moved"):
        write_moves(project, moves, "shift")
    assert files(project) == before


def test_a_disk_that_fills_up_between_two_files_leaves_none_moved(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, moves = files(project), plan_moves(project, LATER)
    left = [True]

    def full(path: Path, content: bytes) -> None:
        if path.name == "fr.srt" and left.pop():
            left.append(False)
            raise NoSpaceError(what="the disk is full")
        rewrite_atomically(path, content)

    monkeypatch.setattr("babelreel.app.retime.write_moves.rewrite_atomically", full)
    with pytest.raises(NoSpaceError):
        write_moves(project, moves, "shift")
    assert files(project) == before


def test_a_call_that_was_killed_between_two_files_moves_none_twice(project: Project) -> None:
    before, moves = files(project), plan_moves(project, LATER)
    keep_versions(project, "shift", {path: after for path, (_, after) in moves.contents.items()}, is_moving=True)
    english = project.root / "subtitles" / "en.srt"
    english.write_bytes(moves.contents[english][1])  # and then it was killed
    for call in (
        lambda: write_moves(project, plan_moves(project, LATER), "shift"),
        lambda: review_project(project, ReviewRequest()),
        lambda: plan_project(project, Request()),
    ):
        with pytest.raises(UsageError, match="stopped between two files"):
            call()
    assert "stopped between two files" in film_status(project).other_film
    undo(project)
    assert files(project) == before
    assert film_status(project).other_film == ""
    assert review_project(project, ReviewRequest()).result.tracks == 2
    write_moves(project, plan_moves(project, LATER), "shift")
    assert first_time(project, "en") == first_time(project, "fr") == "00:00:03,000"


def test_nothing_is_written_while_somebody_else_writes_what_people_said(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("babelreel.graph.lock._LEDGER_SECONDS", 0)
    before, moves = files(project), plan_moves(project, LATER)
    with hold_ledgers(project.state_dir), pytest.raises(LockedError):
        write_moves(project, moves, "shift")
    assert files(project) == before


def test_from_a_line_on_the_others_of_its_time_move_whole(project: Project) -> None:
    path = project.root / "subtitles" / "fr.srt"
    # begins 120 ms before the line of the film's own language
    path.write_text(path.read_text("utf-8").replace("00:00:22,000", "00:00:21,880"), "utf-8")
    moves: Moves = plan_shift(project, (), 5000, read_beginning(project, "2", ())).moves
    told = {track.language: [line.new for line in track.lines] for track in moves.plan.tracks}
    assert told["fr"][:2] == [Span(start_ms=1000, end_ms=3000), Span(start_ms=26_880, end_ms=30_000)]
    assert told["en"][1] == Span(start_ms=27_000, end_ms=30_000)


@pytest.mark.parametrize(
    ("written", "ms"),
    [("+2.0s", 2000), ("-300ms", -300), ("1,5s", 1500), ("0s", 0)],
)
def test_a_time_to_move_by_is_read_as_people_write_it(project: Project, written: str, ms: int) -> None:
    assert shift_ms(project, written) == ms


@pytest.mark.parametrize("written", ["2", "two seconds", "+1.5f", "--2s", "99999999s", "+12f"])
def test_what_is_no_time_to_move_by_is_refused(project: Project, written: str) -> None:
    with pytest.raises(UsageError):  # frames too: nobody knows how long one is without the film
        shift_ms(project, written)


def test_a_rate_is_a_fraction_or_a_number() -> None:
    assert (stretch_rate("25/24"), stretch_rate("1.001")) == (Fraction(25, 24), Fraction(1001, 1000))
    for wrong in ("0", "25/0", "-1", "24 to 25", "100"):
        with pytest.raises(UsageError):
            stretch_rate(wrong)


def test_from_where_on_is_a_time_or_a_line(project: Project) -> None:
    meant = {"0:49.5": 49_500, "1:02:03": 3_723_000, "12s": 12_000, "1.25s": 1250}
    assert {written: read_beginning(project, written, ()).start_ms for written in meant} == meant
    assert read_beginning(project, "2", ("fr",)).start_ms == 22_000
    for wrong in ("9", "soon"):
        with pytest.raises(UsageError):
            read_beginning(project, wrong, ())


def test_a_number_is_a_line_and_it_is_said_how_a_second_is_written(project: Project) -> None:
    told = plan_shift(project, (), 1000, read_beginning(project, "2", ())).moves.plan.told
    assert told == ("from line 2 of en on, at 00:00:22.000 (if you mean a time, write --from=2s)",)


def test_a_moment_within_a_line_leaves_that_line_whole_and_says_so(project: Project) -> None:
    plan = plan_shift(project, (), 3000, read_beginning(project, "0:23.5", ())).moves.plan
    for track in plan.tracks:
        assert [line.new for line in track.lines] == [
            Span(start_ms=1000, end_ms=3000),
            Span(start_ms=22_000, end_ms=25_000),
            Span(start_ms=44_000, end_ms=47_000),
        ]
    assert plan.told == (
        "line 2 of en (and of 1 other) is shown at 00:00:23.500 and began before: it stays, and what follows moves",
    )


def test_from_behind_the_last_line_on_nothing_moves_and_that_is_told(project: Project) -> None:
    with pytest.raises(UsageError, match=r"No line begins at 00:03:20\.000 or later") as told:
        plan_shift(project, (), 3000, read_beginning(project, "3:20", ()))
    assert told.value.why == "the last one begins at 00:00:41.000"


def test_a_chapter_that_begins_beside_the_line_from_which_all_moves_moves_with_it(project: Project) -> None:
    # the last chapter begins half a second before its first line, at 0:40.5
    for start in ("3", "0:40.8"):
        moves = plan_shift(project, (), 2000, read_beginning(project, start, ())).moves
        settings = moves.contents[project.root / "babelreel.toml"][1].decode()
        assert settings == SETTINGS.replace("0:40.5", "0:42.5")


def test_lines_that_others_run_into_are_said_to_give_way_and_not_to_have_lost_their_film(project: Project) -> None:
    plan = plan_shift(project, ("fr",), -20_000, read_beginning(project, "3", ())).moves.plan
    assert plan.is_overtaken
    assert [line.new for line in plan.tracks[0].lines] == [
        Span(start_ms=1000, end_ms=3000),
        None,
        Span(start_ms=21_000, end_ms=24_000),
    ]


@pytest.mark.parametrize("by_ms", [2000, -2000])
def test_signs_and_chapters_that_began_before_the_moment_stay_whole(project: Project, by_ms: int) -> None:
    assert project.config_path is not None
    tables = "".join(
        f'[[sign]]\nname = "{name}"\nfrom = "{start}"\nto = "{end}"\ntext = {{ en = "Court" }}\n'
        for name, start, end in (("gate", "0:10", "0:41.5"), ("door", "0:39.9", "0:55"), ("end", "0:41", "0:44"))
    )
    settings = SETTINGS.replace("0:40.5", "0:39.5") + tables
    project.config_path.write_text(settings, "utf-8")
    moves = plan_shift(read_project(project.root), (), by_ms, Beginning(start_ms=41_000)).moves
    new = settings.replace('"0:41"', f'"0:{41 + by_ms // 1000}"').replace('"0:44"', f'"0:{44 + by_ms // 1000}"')
    assert moves.contents[project.config_path][1].decode() == new
    assert (moves.plan.signs, moves.plan.chapters, moves.plan.gone_signs) == (1, 0, ())


def test_what_does_not_move_makes_nothing_else_not_fit(project: Project) -> None:
    plan = plan_shift(project, (), 0, None).moves.plan
    assert (plan.takes, plan.recordings) == ((), ())


def test_rates_at_which_films_are_played_by_mistake_are_not_asked_about(project: Project) -> None:
    for known in ("25/24", "24/25", "25/23.976", "24/23.976", "30/25", "1.001", "0.96", "1.0427"):
        assert is_known_rate(stretch_rate(known)), known
    for odd in ("2", "0.5", "1.1", "4/3"):
        assert not is_known_rate(stretch_rate(odd)), odd
    assert plan_stretch(project, (), Fraction(25, 24)).doubts == ()
    (doubt,) = plan_stretch(project, (), Fraction(2)).doubts
    assert "2 is not the ratio of two common frame rates" in doubt


def test_lines_that_become_too_short_to_be_read_are_named(project: Project) -> None:
    plan = plan_stretch(project, ("fr",), Fraction(1, 3)).moves.plan
    # 2 s become 0.67, 3 s become 1.0; a French line is to stay 0.83 s at least
    assert [line.number for line in plan.tracks[0].lines if line.is_too_short] == [1]


@pytest.mark.parametrize("linked", ["video", "video/stems", "video/stems/fr/takes.toml", "babelreel.toml"])
def test_nothing_is_written_through_a_link_out_of_the_project(
    project: Project, tmp_path_factory: pytest.TempPathFactory, linked: str
) -> None:
    place, elsewhere = project.root / linked, tmp_path_factory.mktemp("elsewhere") / "moved"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    before = files(project)
    moves = plan_moves(project, LATER)
    (unmoved,) = moves.plan.unmoved
    assert "outside of the project" in unmoved.why
    with pytest.raises(UsageError, match="Nothing was moved"):
        write_moves(project, moves, "shift")
    assert files(project) == before
    assert not (project.state_dir / "versions").exists()


def test_a_folder_beside_the_project_is_outside_of_it_too(project: Project) -> None:
    elsewhere = project.root.parent / f"{project.root.name} film"
    (project.root / "video").rename(elsewhere)
    settings = f'[paths]\nvideo = "../{elsewhere.name}"\n\n{SETTINGS}'.replace('title = "Your rights"\n\n', "", 1)
    (project.root / "babelreel.toml").write_text(settings, "utf-8")
    (unmoved,) = plan_moves(read_project(project.root), LATER).plan.unmoved
    assert unmoved.path.endswith("takes.toml")
    assert "outside of the project" in unmoved.why


def test_a_byte_order_mark_of_the_settings_and_of_takes_stays(project: Project) -> None:
    mark, settings, takes = b"\xef\xbb\xbf", project.config_path, project.root / "video" / "stems" / "fr" / "takes.toml"
    assert settings is not None
    for path in (settings, takes):
        path.write_bytes(mark + path.read_bytes())
    moves = plan_moves(read_project(project.root), LATER)
    assert moves.plan.unmoved == ()
    write_moves(project, moves, "shift")
    assert settings.read_bytes() == mark + SETTINGS.replace("0:20", "0:22").replace("0:40.5", "0:42.5").encode()
    assert takes.read_bytes().startswith(mark + b"# For which")
    assert b"00:00:24.000" in takes.read_bytes()


@pytest.mark.parametrize("content", [b"[[chapter", b"\xff\xfe[", b'[[chapter]]\nstart = "soon"\n', b"[[chapter]]\n"])
def test_settings_that_broke_meanwhile_are_told_and_not_written(project: Project, content: bytes) -> None:
    assert project.config_path is not None
    project.config_path.write_bytes(content)
    (unmoved,) = plan_moves(project, LATER).plan.unmoved
    assert unmoved.path == "babelreel.toml"
    assert "cannot be read" in unmoved.why


def test_a_chapter_past_the_99th_minute_is_written_as_the_settings_want_it(project: Project) -> None:
    assert project.config_path is not None
    project.config_path.write_text(SETTINGS.replace('"0:40.5"', '"99:30"'), "utf-8")
    moved = read_project(project.root)
    write_moves(moved, plan_moves(moved, TimeMap.shifted(60_000)), "shift")
    assert 'start = "1:40:30"' in files(project)["babelreel.toml"]
    assert read_project(project.root).campaign.chapters[-1].start_ms == 6_030_000


def test_what_moves_nothing_leaves_nothing_to_undo(project: Project) -> None:
    assert write_moves(project, plan_moves(project, TimeMap.shifted(0)), "shift --by=0s") == ()
    with pytest.raises(UsageError, match="nothing to undo"):
        undo(project)


def test_a_take_moves_with_its_line_where_that_begins_a_little_before_the_rest(project: Project) -> None:
    # fr's second line begins at 22.000, and takes.toml says the same; the moment that was named lies behind it
    moves = plan_moves(project, TimeMap.shifted(2000, 22_300), (), shift_of(2000, 22_300))
    write_moves(project, moves, "shift --from=0:22.3")
    assert "00:00:24,000 -->" in files(project)["subtitles/fr.srt"]
    assert files(project)["video/stems/fr/takes.toml"] == TAKES.replace("00:00:22", "00:00:24")


def test_one_file_that_somebody_put_back_on_purpose_does_not_stop_the_next_call(project: Project) -> None:
    before = files(project)
    write_moves(project, plan_moves(project, LATER), "shift")
    (project.root / "subtitles" / "fr.srt").write_text(before["subtitles/fr.srt"], "utf-8")
    write_moves(project, plan_moves(project, LATER, ["fr"]), "shift fr")
    assert first_time(project, "fr") == "00:00:03,000"


def test_an_undo_that_was_killed_between_two_files_moves_none_twice(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_moves(project, plan_moves(project, LATER), "shift")
    written: list[Path] = []

    def killed(path: Path, content: bytes) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(path)
        rewrite_atomically(path, content)

    monkeypatch.setattr("babelreel.app.kept_versions.rewrite_atomically", killed)
    with pytest.raises(KeyboardInterrupt):
        undo(project)
    monkeypatch.undo()
    with pytest.raises(UsageError, match="some are moved, and others are not"):
        write_moves(project, plan_moves(project, LATER), "shift")


def test_who_moves_all_of_them_leaves_what_was_moved_to_the_present_film_already(project: Project) -> None:
    (project.root / "video/master.mp4").write_bytes(b"the new film")
    film = digest_file(project.root / "video/master.mp4")
    owner = SubtitlesFilm(film="a" * 64, others={"fr": film})
    subtitles_path(project).write_bytes(render_owner(owner))

    found = plan_shift(project, (), 2000, None).moves
    assert found.tags == ("en",)
    assert found.plan.told == ("fits this film already, and stays as it is: fr",)
    assert found.plan.chapters == 2  # the first one begins with the film, then and now
    assert plan_stretch(project, (), Fraction(25, 24)).moves.tags == ("en",)
    assert plan_shift(project, ("fr",), 2000, None).moves.tags == ("fr",)

    subtitles_path(project).write_bytes(render_owner(SubtitlesFilm(film=film)))
    assert plan_shift(project, (), 2000, None).moves.tags == ("en", "fr")


def test_languages_that_are_not_built_are_of_the_film_too_and_move(project: Project) -> None:
    settings = project.root / "babelreel.toml"
    settings.write_text('languages = ["fr"]\n' + settings.read_text("utf-8"), "utf-8")
    assert plan_moves(read_project(project.root), LATER).tags == ("fr", "en")


def test_where_two_files_are_in_one_language_nothing_moves_before_one_is_moved_away(project: Project) -> None:
    (project.root / "subtitles/ar.srt").write_text(srt((1000, 3000, "لك حقوق.")), "utf-8")
    (project.root / "subtitles/ar.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:03.000\nلك حقوق.\n", "utf-8")
    with pytest.raises(UsageError, match="Nothing was moved") as caught:
        write_moves(project, plan_moves(project, LATER), "shift")
    assert caught.value.hint.startswith("Move one of them away")
    assert plan_moves(project, LATER, ("fr",)).plan.unmoved == ()


def test_a_chapter_a_little_before_a_cut_goes_with_the_scene_behind_it(project: Project) -> None:
    exchanged = TimeMap(
        stretches=(
            Stretch(old=Span(start_ms=0, end_ms=20_020), new_start_ms=0),
            Stretch(old=Span(start_ms=20_020, end_ms=40_000), new_start_ms=40_040),
            Stretch(old=Span(start_ms=40_000, end_ms=60_000), new_start_ms=20_040),
        )
    )
    moves = plan_moves(project, exchanged)
    (settings,) = (after for path, (_, after) in moves.contents.items() if path.name == "babelreel.toml")
    # 20 ms before the second cut, as it was written, and half a second into the third part
    assert [each["start"] for each in tomllib.loads(settings.decode())["chapter"]] == ["0:00", "0:40.02", "0:20.54"]


def test_of_two_chapters_that_would_begin_at_one_moment_the_first_is_gone_and_so_told(project: Project) -> None:
    cut = TimeMap(stretches=(Stretch(old=Span(start_ms=42_000, end_ms=END_MS), new_start_ms=1000),))
    moves = plan_moves(project, cut)
    assert moves.plan.unmoved == ()
    assert moves.plan.gone_chapters == ("0:20",)


def test_remarks_before_the_table_that_follows_stay_when_a_chapter_goes(project: Project) -> None:
    settings = project.root / "babelreel.toml"
    remark = "# what is looked for\n"
    settings.write_text(settings.read_text("utf-8").replace("[check]", f"{remark}[check]"), "utf-8")
    cut = TimeMap(
        stretches=(
            Stretch(old=Span(start_ms=0, end_ms=20_000), new_start_ms=0),
            Stretch(old=Span(start_ms=40_500, end_ms=END_MS), new_start_ms=20_000),
        )
    )
    (after,) = (
        after for path, (_, after) in plan_moves(project, cut).contents.items() if path.name == "babelreel.toml"
    )
    assert "A lawyer" not in after.decode()
    assert f"{remark}[check]" in after.decode()


def test_a_remark_at_the_beginning_prevents_no_move_to_earlier(project: Project) -> None:
    head = "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Start, End, Text\n"
    lines = "Comment: 0:00:00.00,0:00:00.00,timed by Ann\nDialogue: 0:00:05.00,0:00:07.00,Du hast Rechte.\n"
    (project.root / "subtitles/de.ass").write_text(head + lines, "utf-8")
    moves = plan_moves(project, TimeMap.shifted(-1000), ("de",))
    assert moves.plan.unmoved == ()
    (after,) = (after for _, after in moves.contents.values())
    assert after.decode() == head + lines.replace("0:00:05.00,0:00:07.00", "0:00:04.00,0:00:06.00")


@pytest.mark.parametrize(("first", "is_moved"), [("", False), ("{1}{1}24\n", True)])
def test_frames_of_an_unknown_rate_are_not_moved_where_the_rate_of_the_film_changes(
    project: Project, first: str, *, is_moved: bool
) -> None:
    (project.root / "subtitles/bg.sub").write_text(f"{first}{{240}}{{300}}Имаш права.\n", "utf-8")
    moves = plan_moves(project, TimeMap.stretched(Fraction(24, 25)), ("bg",))
    assert (moves.plan.unmoved == ()) is is_moved
    if not is_moved:
        assert "first row" in moves.plan.unmoved[0].why


@pytest.mark.parametrize(("edited", "starts"), [("fr", ["00:00:03.000", "00:00:24.000"]), ("en", None)])
def test_undo_leaves_takes_at_the_times_of_subtitles_that_it_leaves(
    project: Project, edited: str, starts: list[str] | None
) -> None:
    before = files(project)
    write_moves(project, plan_moves(project, LATER), "shift")
    track = project.root / "subtitles" / f"{edited}.srt"
    track.write_text(track.read_text("utf-8").replace("gratuit", "offert").replace("free", "there"), "utf-8")
    done = undo(project)
    takes = "video/stems/fr/takes.toml"
    assert [path for path, _ in done.left] == [f"subtitles/{edited}.srt"]
    assert done.kept_with == ((takes,) if starts else ())
    others = {"babelreel.toml", "subtitles/en.srt", "subtitles/fr.srt", takes}
    assert set(done.restored) == others - {f"subtitles/{edited}.srt", *done.kept_with}
    text = files(project)[takes]
    assert [each["start"] for each in tomllib.loads(text).values()] == starts if starts else text == before[takes]


@pytest.mark.parametrize("in_the_file", [("0:00", "0:20"), ("0:20", "0:00")])
def test_of_two_chapters_at_one_moment_that_stays_which_is_later_in_the_film_and_not_in_the_file(
    project: Project, in_the_file: tuple[str, str]
) -> None:
    settings = project.root / "babelreel.toml"
    tables = (f'[[chapter]]\nstart = "{start}"\ntitle = {{ en = "at {start}" }}\n' for start in in_the_file)
    settings.write_text("\n".join(tables), "utf-8")
    # what follows a cut at 0:20.3 comes first now, and the chapter at 0:20 with it
    swapped = TimeMap(
        stretches=(
            Stretch(old=Span(start_ms=0, end_ms=20_300), new_start_ms=30_000),
            Stretch(old=Span(start_ms=20_300, end_ms=50_000), new_start_ms=0),
        )
    )
    moves = plan_moves(read_project(project.root), swapped)
    assert moves.plan.gone_chapters == ("0:00",)
    (after,) = (after for path, (_, after) in moves.contents.items() if path.name == "babelreel.toml")
    assert tomllib.loads(after.decode())["chapter"] == [{"start": "0:00", "title": {"en": "at 0:20"}}]


@pytest.mark.parametrize(
    ("time_map", "frames"),
    [
        (TimeMap.shifted(0), (500, 600)),  # 10 s and 12 s, at 50 frames a second
        (LATER, (600, 700)),
        (TimeMap.stretched(Fraction(25, 24)), (521, 625)),  # 10.417 s and 12.5 s
    ],
)
def test_frames_of_a_film_of_another_rate_become_those_of_the_new_one(
    project: Project, monkeypatch: pytest.MonkeyPatch, time_map: TimeMap, frames: tuple[int, int]
) -> None:
    film = make_known_film(60_000, rate=Fraction(50))
    monkeypatch.setattr("babelreel.app.project.read_tracks.film_to_check", lambda _: FilmToCheck(film=film))
    track = project.root / "subtitles/bg.sub"
    track.write_text("{250}{300}Имаш права.\n", "utf-8")
    moves = plan_moves(project, time_map, ("bg",), old_rate=Fraction(25))
    assert moves.contents[track][1].decode() == "{{{}}}{{{}}}Имаш права.\n".format(*frames)
    (line,) = moves.plan.tracks[0].lines
    assert line.old == Span(start_ms=10_000, end_ms=12_000)
    # what says its own rate goes on counting at that
    track.write_text("{1}{1}25\n{250}{300}Имаш права.\n", "utf-8")
    moves = plan_moves(project, LATER, ("bg",), old_rate=Fraction(25))
    assert moves.contents[track][1].decode() == "{1}{1}25\n{300}{350}Имаш права.\n"


def test_the_rate_of_the_film_that_a_language_is_of_is_known_by_what_is_kept_of_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.root / "video/master.mp4").write_bytes(b"the new film")
    film = make_known_film(60_000, rate=Fraction(50))
    monkeypatch.setattr("babelreel.app.project.read_tracks.film_to_check", lambda _: FilmToCheck(film=film))
    nothing = {"pictures": b"", "contrasts": b"", "sounds": b"", "levels": b""}
    old = Fingerprint(digest="a" * 64, duration_ms=60_000, rate=Fraction(25), **nothing)
    before_path(project).write_bytes(pack_fingerprint(old))
    begin_owner(project, SubtitlesFilm(film=old.digest))
    track = project.root / "subtitles/bg.sub"
    track.write_text("{250}{300}Имаш права.\n", "utf-8")
    for _ in range(2):  # it is of the present film then, and is not counted anew once more
        write_moves(project, plan_shift(project, ("bg",), 0, None).moves, "shift bg --by=0s")
        assert track.read_text("utf-8") == "{500}{600}Имаш права.\n"


TRANSCRIPT = b'{"segments": [{"id": 0, "start": 1.0, "end": 3.0, "text": "Je hebt rechten."}]}'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nl.json", TRANSCRIPT),
        ("nl.stl", stl_file(stl_text((0, 0, 1, 0), (0, 0, 3, 0), b"Je hebt rechten."))),
        ("nl.ttml", ttml_file('<p begin="1s" end="3s">Je hebt rechten.</p>')),
    ],
)
def test_a_file_of_another_program_is_named_with_what_to_do_and_nothing_moves(
    project: Project, name: str, content: bytes
) -> None:
    (project.root / "subtitles" / name).write_bytes(content)
    before = (project.root / "subtitles" / "fr.srt").read_bytes()
    with pytest.raises(UsageError) as caught:
        write_moves(project, plan_moves(project, LATER), "shift")
    assert caught.value.where == f"subtitles/{name}"
    assert caught.value.hint.startswith(f"“babelreel convert subtitles/{name}” writes it as .srt")
    assert f"babelreel cannot change the times in a .{name[3:]} file" in caught.value.why
    assert (project.root / "subtitles" / "fr.srt").read_bytes() == before
