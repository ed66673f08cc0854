"""Which pieces of the picture does a change make anew, and which not?"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from babelreel.app.build.build import build_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project
from babelreel.engines.engine import Engine
from babelreel.fonts import LATIN, font_path
from support.films import make_film
from support.projects import FILES_ONLY, babelreel, counting_ffmpeg, make_project, snapshot

#: The film has 13 s, which are three cells of 108 or 109 frames (4.32 s); the third shows no French.
FR = """\
1
00:00:00,400 --> 00:00:02,000
Tu as des droits.

2
00:00:04,000 --> 00:00:05,000
Tu es ici.

3
00:00:05,400 --> 00:00:07,000
Appelle le 112.
"""

NL = """\
1
00:00:09,000 --> 00:00:12,000
Jij hebt rechten.
"""


@cache
def film() -> Path:
    return make_film(Path(mkdtemp(prefix="babelreel-films-")) / "film.mp4", seconds=13, size="160x90")


@cache
def built() -> Path:
    """Build a project once; tests work on copies of it."""
    root = make_project(Path(mkdtemp(prefix="babelreel-built-")) / "film", {"fr.srt": FR, "nl.srt": NL}, film=film())
    assert babelreel(root, "build").code == 0
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(built(), tmp_path / "film")
    return tmp_path / "film"


def planned(root: Path) -> set[str]:
    return {task["name"] for task in babelreel(root, "plan", "--json").document["tasks"]}


def edit(root: Path, tag: str, change: Callable[[str], str]) -> None:
    path = root / f"subtitles/{tag}.srt"
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def test_nothing_is_planned_for_a_project_as_it_was(root: Path) -> None:
    assert planned(root) == set()


def test_an_edited_cue_makes_the_cells_that_show_it(root: Path) -> None:
    edit(root, "fr", lambda text: text.replace("112", "101"))
    assert planned(root) == {
        "picture phone-360p part 2 fr",
        "file phone-360p fr",
        "file web-720p fr",  # its text is a stream of the file
        "captions fr",
    }


def test_a_cue_across_a_cut_makes_both_cells(root: Path) -> None:
    edit(root, "fr", lambda text: text.replace("ici", "là"))
    pictures = {name for name in planned(root) if name.startswith("picture")}
    assert pictures == {"picture phone-360p part 1 fr", "picture phone-360p part 2 fr"}


def test_a_cue_moved_within_its_frames_makes_no_picture(root: Path) -> None:
    edit(root, "fr", lambda text: text.replace("05,400", "05,403"))
    assert planned(root) == {"captions fr", "file web-720p fr"}


def test_a_new_cue_renumbers_the_others_and_makes_its_own_cell_only(root: Path) -> None:
    first, second, third = (cue.split("\n", 1)[1] for cue in FR.strip().split("\n\n"))
    new = "00:00:02,200 --> 00:00:03,600\nOui."
    cues = (f"{number}\n{cue}\n" for number, cue in enumerate((first, new, second, third), start=1))
    edit(root, "fr", lambda _: "\n".join(cues))
    tasks = babelreel(root, "plan", "--json").document["tasks"]
    pictures = {task["name"]: task["reason"] for task in tasks if task["kind"] == "picture"}
    assert pictures == {"picture phone-360p part 1 fr": "cue 2 added"}


def test_a_removed_cue_gives_its_cell_back_to_all(root: Path) -> None:
    edit(root, "nl", lambda _: "1\n00:00:01,000 --> 00:00:02,000\nJa.\n")
    pictures = {name for name in planned(root) if name.startswith("picture")}
    # the third cell without text is there already: French has no cue in it
    assert pictures == {"picture phone-360p part 1 nl"}


@pytest.mark.parametrize(
    ("settings", "remade"),
    [
        (
            "[renditions.phone-360p]\ncrf = 30\n",  # with text, and the light film's without
            {*(f"phone-360p part {cell} fr" for cell in (1, 2)), *(f"phone-360p part {cell}" for cell in (1, 2, 3))},
        ),
        ("[style]\ncolor = '#ffff00'\n", {"phone-360p part 1 fr", "phone-360p part 2 fr"}),
        ("[renditions.web-720p]\ncrf = 30\n", {"web-720p part 1", "web-720p part 2", "web-720p part 3"}),
        ("title = 'Other'\n", set()),
        ("[renditions.phone-360p]\naudio_kbps = 48\n", set()),
    ],
    ids=["crf of a phone", "style", "crf of a web page", "title", "sound"],
)
def test_a_setting_makes_what_depends_on_it(root: Path, settings: str, remade: set[str]) -> None:
    (root / "subtitles/nl.srt").unlink()
    (root / "babelreel.toml").write_text(settings + FILES_ONLY, "utf-8")
    pictures = {name for name in planned(root) if name.startswith("picture")}
    assert pictures == {f"picture {name}" for name in remade}


def test_another_font_of_one_language_makes_its_cells_only(root: Path) -> None:
    font = (root / "own.ttf").resolve()
    shutil.copy(font_path(LATIN), font)
    font.write_bytes(font.read_bytes() + b"\0")
    (root / "babelreel.toml").write_text(FILES_ONLY + "[language.nl]\nfont = 'own.ttf'\n", "utf-8")
    pictures = {name for name in planned(root) if name.startswith("picture")}
    assert pictures == {"picture phone-360p part 3 nl"}


def test_a_film_with_another_last_scene_keeps_the_cells_before_it(tmp_path: Path) -> None:
    def scenes(name: str, last: str) -> Path:
        # a key frame every second, which begins anew: what comes first is encoded alike
        picture = f"testsrc2=size=160x90:rate=25:duration=13,drawbox=t=fill:color={last}:enable='gte(t,10)',null"
        path = tmp_path / name
        codec = ("libx264", "-preset", "ultrafast", "-qp", "20", "-g", "25")
        return make_film(
            path,
            seconds=13,
            size="160x90",
            picture="testsrc2",
            codec=(*codec, "-vf", picture[picture.index(",") + 1 :]),
        )

    root = make_project(tmp_path / "film", {"fr.srt": FR}, film=scenes("one.mp4", "red"))
    assert babelreel(root, "build").code == 0
    shutil.copy(scenes("other.mp4", "blue"), root / "video/master.mp4")
    pictures = {name for name in planned(root) if name.startswith("picture")}
    assert pictures == {"picture phone-360p part 3", "picture web-720p part 3"}
    tasks = babelreel(root, "plan", "--json").document["tasks"]
    assert {task["reason"] for task in tasks if task["kind"] == "picture"} == {"master.mp4 changed"}


def test_one_edited_cue_starts_one_encoder_and_two_joins(root: Path, tmp_path: Path) -> None:
    program, notes = counting_ffmpeg(tmp_path / "tools")
    assert babelreel(root, "build", "--ffmpeg", str(program)).code == 0
    notes.write_text("")
    edit(root, "fr", lambda text: text.replace("112", "101"))
    assert babelreel(root, "build", "--ffmpeg", str(program)).code == 0
    starts = notes.read_text().splitlines()
    assert len([line for line in starts if "libx264" in line]) == 1
    assert len([line for line in starts if "ffconcat" in line]) == 2
    assert len(starts) == 3


def test_a_project_built_bit_by_bit_has_the_bytes_of_one_built_at_once(root: Path, tmp_path: Path) -> None:
    edit(root, "fr", lambda text: text.replace("112", "101"))
    edit(root, "nl", lambda text: text.replace("Jij", "Je"))
    fresh = make_project(
        tmp_path / "fresh" / "film",
        {tag.name: tag.read_text("utf-8") for tag in (root / "subtitles").iterdir()},
        film=film(),
    )
    assert babelreel(root, "build", "nl", "--only", "phone-360p").code == 0
    assert babelreel(root, "build", "--jobs", "4").code == 0
    assert babelreel(fresh, "build", "--jobs", "1").code == 0
    assert snapshot(root / "output") == snapshot(fresh / "output")


def test_a_bounded_file_is_made_coarser_until_it_fits_and_no_more(tmp_path: Path) -> None:
    codec = ("libx264", "-preset", "ultrafast", "-crf", "15", "-vf", "noise=alls=25:allf=t")
    noisy = make_film(tmp_path / "noisy.mp4", seconds=13, size="320x180", codec=codec)
    root = make_project(tmp_path / "film", {"fr.srt": FR}, film=noisy)
    phone = root / "output/fr/film.fr.phone-360p.mp4"

    def build(bound: int) -> int:
        (root / "babelreel.toml").write_text(FILES_ONLY + f"[renditions.phone-360p]\nmax_bytes = {bound}\n", "utf-8")
        result = babelreel(root, "build", "--only", "phone-360p")
        assert result.code == 0, result.err
        return phone.stat().st_size

    free = build(0)
    bound = free * 7 // 10
    assert bound * 8 // 10 < build(bound) <= bound
    edit(root, "fr", lambda text: text.replace("112", "101"))
    assert not {name for name in planned(root) if name.startswith("quality")}


def test_cells_are_the_same_whether_or_not_somebody_ran_probe(tmp_path: Path) -> None:
    # one change of shot, at 5 s: no place where an even grid would cut
    codec = ("libx264", "-preset", "ultrafast", "-vf", "drawbox=t=fill:color=blue:enable='gte(t,5)'")
    film = make_film(tmp_path / "cut.mp4", seconds=13, size="160x90", picture="smptebars", codec=codec)
    root = make_project(tmp_path / "film", {"fr.srt": FR}, film=film)
    assert babelreel(root, "build", "--only", "phone-360p").code == 0
    left = planned(root)
    assert not {name for name in left if name.startswith("picture phone-360p") and name.endswith("fr")}
    assert babelreel(root, "probe").code == 0
    assert 125 in json.loads((root / "video/master.probe.json").read_text("utf-8"))["shots"]
    assert planned(root) == left
    # and where nothing is known but what the project's files say
    shutil.rmtree(root / ".babelreel/notes")
    assert planned(root) == left
    (footage,) = (root / ".babelreel/notes/footage").iterdir()
    cells = json.loads(footage.read_text("utf-8"))["value"]["footage"]["25"]
    assert [each["cell"]["first"] for each in cells] == [0, 125, 225]


def test_little_memory_means_more_runs_and_the_same_bytes(tmp_path: Path) -> None:
    runs, outputs = [], []
    # one for both, whose bytes are in the state that the manifest names
    program, notes = counting_ffmpeg(tmp_path / "tools")
    for memory_bytes in (4_000_000_000, 9_000_000):  # a piece takes 8.4 MB
        project = make_project(tmp_path / str(memory_bytes) / "film", {"fr.srt": FR, "nl.srt": NL}, film=film())
        notes.write_text("", "utf-8")
        summary = build_project(
            read_project(project),
            Request(ffmpeg=str(program)),
            engine=Engine(jobs=8, memory_bytes=memory_bytes),
            keep_going=False,
            listener=lambda _: None,
            stop=threading.Event(),
        )
        assert summary.failures == ()
        runs.append(sum("libx264" in line for line in notes.read_text("utf-8").splitlines()))
        outputs.append(snapshot(project / "output"))
    # three cells, each with both sizes and all languages in one run; or one by one their nine pieces: a cell for the
    # web, one for phones with a language's text, and one without for the other language
    assert runs == [3, 3 * 3]
    assert outputs[0] == outputs[1]
