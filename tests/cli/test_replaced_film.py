"""A film that takes the place of another one is noticed by all who use what is known of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from support.films import make_film
from support.projects import FR, babelreel, make_project

SETTINGS = 'reference = "fr"\n[delivery]\nleaflets = false\nstreams = false\npages = false\n'
ONLY = ("--only", "phone-360p")
#: The texts of ``FR`` end at 2 s.
TOLD = (
    "which is 0.8 s shorter (00:00:01.200): the last text ended 0.0 s before the end, and ends 0.8 s after the end now"
)


def test_check_and_build_tell_of_a_replaced_film_until_it_is_described(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"fr.srt": FR}, settings=SETTINGS)
    assert babelreel(root, "probe").code == 0
    assert "FIL004" not in babelreel(root, "check").out
    # only the first text lies in the new film from beginning to end; the second is cut short
    make_film(root / "video/master.mp4", seconds=Fraction(6, 5), size="160x90")

    checked = babelreel(root, "check", "--format", "json").document["findings"]
    found = [(each["code"], each["severity"], each["path"]) for each in checked]
    assert ("FIL004", "warning", "video/master.probe.json") in found
    assert "TIM008" in [each["code"] for each in checked]  # held to the film that is there
    (message,) = [each["message"] for each in checked if each["code"] == "FIL004"]
    assert TOLD in message

    built = babelreel(root, "build", *ONLY)
    assert built.err.count("note: video/master.probe.json: this is about another film") == 1
    assert TOLD in built.err

    assert babelreel(root, "probe").code == 0  # which moves no subtitles
    checked = babelreel(root, "check", "--format", "json").document["findings"]
    (found,) = [each for each in checked if each["code"] == "FIL004"]
    assert found["path"] == "video/master.subtitles.json"
    assert found["message"].startswith("the subtitles are of another film than the one that lies there now")
    assert "babelreel conform --dry-run tells what became of each scene" in found["message"]
    assert "note: video/master.subtitles.json: the subtitles are of" in babelreel(root, "build", *ONLY).err

    assert babelreel(root, "shift", "--by=0s").code == 0  # they fit it
    assert "FIL004" not in babelreel(root, "check").out
    assert "another film" not in babelreel(root, "build", *ONLY).err


def test_a_film_at_another_speed_names_the_call_that_moves_all_subtitles(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"fr.srt": FR}, settings=SETTINGS)
    assert babelreel(root, "probe").code == 0
    # the 50 frames of two seconds, played at 24 a second
    make_film(root / "video/master.mp4", seconds=Fraction(50, 24), rate="24", size="160x90")
    told = "seems to be the same film, slower: all subtitles that were not moved since are early"
    call = "babelreel stretch --by=25/24"
    for verb in ("check", "status"):
        said = babelreel(root, verb).out
        assert told in said, verb
        assert call in said, verb
    assert call in babelreel(root, "probe").err
    assert call in babelreel(root, "status").out
    assert babelreel(root, "stretch", "--by=25/24").code == 0
    assert "another film" not in babelreel(root, "status").out


def test_a_film_that_was_never_probed_is_noticed_by_what_the_first_build_saw(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"fr.srt": FR}, settings=SETTINGS)
    assert babelreel(root, "build", *ONLY).code == 0
    assert not list((root / "video").glob("*.json"))
    old = root / "video/master.mp4"
    make_film(root / "new.mp4", seconds=Fraction(3), size="160x90")
    kept = old.rename(root / "old.mp4")
    (root / "new.mp4").rename(old)
    told = "the subtitles are of another film than the one that lies there now, which is 1.0 s longer"
    for verb in (("check",), ("status",), ("build", *ONLY), ("build", *ONLY)):  # another build does not settle it
        said = babelreel(root, *verb)
        assert told in said.out + said.err, verb
        assert "babelreel conform OLD.mp4 --dry-run, with your old film" in said.out + said.err, verb
    # whoever probes it now is told as well, and what says so lies beside the film
    assert told in babelreel(root, "probe").err
    assert told in babelreel(root, "check").out
    assert babelreel(root, "shift", "--by=+0.5s").code == 0
    for asked in ("check", "status"):
        assert "another film" not in babelreel(root, asked).out, asked
    assert babelreel(root, "undo").code == 0
    assert told in babelreel(root, "status").out
    kept.rename(old)
    assert "subtitles are of another film" not in babelreel(root, "status").out


def test_subtitles_that_were_all_timed_anew_are_those_of_the_new_film(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"fr.srt": FR}, settings=SETTINGS)
    assert babelreel(root, "build", *ONLY).code == 0
    make_film(root / "video/master.mp4", seconds=Fraction(3), size="160x90")
    assert "another film" in babelreel(root, "status").out
    track = root / "subtitles/fr.srt"
    track.write_text(track.read_text("utf-8").replace("00:00:00,", "00:00:01,"), "utf-8")
    assert "another film" not in babelreel(root, "status").out
