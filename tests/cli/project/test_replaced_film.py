"""A film that takes the place of another one is noticed by all who use what is known of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from support.films import make_film
from support.projects import FR, babelreel, make_project

SETTINGS = 'reference = "fr"\n[delivery]\nleaflets = false\nstreams = false\npages = false\n'
ONLY = ("--only", "phone-360p")
OTHER = "The film in video/ is not the one that the subtitles belong to"
#: The texts of ``FR`` end at 2 s.
TOLD = f"{OTHER}: it is 0.8 s shorter (0:01.2). The last text ended 0.0 s before the end, now 0.8 s after the end"
END = "The subtitles are probably at the wrong times: run “{}” before you hand anything on."


def flat(text: str) -> str:
    """Return a text as it was before it was broken into rows."""
    return " ".join(text.split())


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
    before = (root / "subtitles/fr.srt").read_bytes()
    kept = babelreel(root, "check", "--fix", "--unsafe-fixes", "--select", "TIM008,FIL004", "--fail-on", "never").out
    assert (root / "subtitles/fr.srt").read_bytes() == before  # its end would be cut off for a film that it is not of
    assert "TIM008" in kept
    assert "Until then, check --fix moves no times" in kept

    built = babelreel(root, "build", *ONLY)
    assert built.code == 0  # it is published, and known not to fit
    assert flat(built.err).count(f"warning: video/master.probe.json: {TOLD}") == 1
    assert flat(built.err).endswith(END.format("babelreel conform"))
    assert "next:" not in built.err
    assert max(map(len, built.err.splitlines())) <= 80
    again = babelreel(root, "build", *ONLY).err  # with nothing to do
    assert flat(again).endswith(END.format("babelreel conform"))

    assert babelreel(root, "probe").code == 0  # which moves no subtitles
    checked = babelreel(root, "check", "--format", "json").document["findings"]
    (found,) = [each for each in checked if each["code"] == "FIL004"]
    assert found["path"] == "video/master.subtitles.json"
    assert found["message"].startswith(OTHER)
    assert "First run babelreel conform --dry-run, which shows what moves" in found["message"]
    assert f"warning: video/master.subtitles.json: {OTHER}" in flat(babelreel(root, "build", *ONLY).err)

    assert babelreel(root, "shift", "--by=0s").code == 0  # they fit it
    assert "FIL004" not in babelreel(root, "check").out
    settled = flat(babelreel(root, "build", *ONLY).err)
    assert (OTHER in settled, "wrong times" in settled) == (False, False)


def test_a_film_at_another_speed_names_the_call_that_moves_all_subtitles(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"fr.srt": FR}, settings=SETTINGS)
    assert babelreel(root, "probe").code == 0
    # the 50 frames of two seconds, played at 24 a second
    make_film(root / "video/master.mp4", seconds=Fraction(50, 24), rate="24", size="160x90")
    told = "It seems to be the same film, slower."
    call = "babelreel stretch --by=25/24"
    for verb in ("check", "status"):
        said = flat(babelreel(root, verb).out)
        assert told in said, verb
        assert call in said, verb
    assert call in flat(babelreel(root, "probe").err)
    assert call in flat(babelreel(root, "status").out)
    assert babelreel(root, "stretch", "--by=25/24").code == 0
    assert OTHER not in flat(babelreel(root, "status").out)


def test_a_film_that_was_never_probed_is_noticed_by_what_the_first_build_saw(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"fr.srt": FR}, settings=SETTINGS)
    assert babelreel(root, "build", *ONLY).code == 0
    assert not list((root / "video").glob("*.json"))
    old = root / "video/master.mp4"
    make_film(root / "new.mp4", seconds=Fraction(3), size="160x90")
    kept = old.rename(root / "old.mp4")
    (root / "new.mp4").rename(old)
    told = f"{OTHER}: it is 1.0 s longer"
    for verb in (("check",), ("status",), ("build", *ONLY), ("build", *ONLY)):  # another build does not settle it
        done = babelreel(root, *verb)
        said = flat(done.out + done.err)
        assert told in said, verb
        assert "babelreel conform OLD.mp4 --dry-run, with your old film" in said, verb
    assert said.endswith(END.format("babelreel conform OLD.mp4"))
    refused = babelreel(root, "conform", "--dry-run")  # for which the old film has to be named
    assert (refused.code, "babelreel does not know the earlier film" in refused.err) == (2, True)
    # whoever probes it now is told as well, and what says so lies beside the film
    assert told in flat(babelreel(root, "probe").err)
    assert told in babelreel(root, "check").out
    assert babelreel(root, "shift", "--by=+0.5s").code == 0
    for asked in ("check", "status"):
        assert OTHER not in flat(babelreel(root, asked).out), asked
    assert babelreel(root, "undo").code == 0
    assert told in flat(babelreel(root, "status").out)
    kept.rename(old)
    assert OTHER not in flat(babelreel(root, "status").out)


def test_subtitles_that_were_all_timed_anew_are_those_of_the_new_film(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"fr.srt": FR}, settings=SETTINGS)
    assert babelreel(root, "build", *ONLY).code == 0
    make_film(root / "video/master.mp4", seconds=Fraction(3), size="160x90")
    assert OTHER in flat(babelreel(root, "status").out)
    track = root / "subtitles/fr.srt"
    track.write_text(track.read_text("utf-8").replace("00:00:00,", "00:00:01,"), "utf-8")
    assert OTHER not in flat(babelreel(root, "status").out)
