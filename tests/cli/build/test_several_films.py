from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from babelreel.errors import WORST_FIRST
from babelreel.graph.lock import hold_project
from babelreel.model.delivery.build_summary import worst_code
from support.film_folders import ALL, BROKEN, FILMS, HEALTH, RIGHTS, make_films
from support.projects import Result, babelreel, snapshot

SHORT = "1\n00:00:00,200 --> 00:00:00,400\nTes droits.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    root = make_films(tmp_path_factory.mktemp("several"))
    return root, babelreel(root, *ALL, "build", "--jobs", "2")


@pytest.fixture
def root(built: tuple[Path, Result], tmp_path: Path) -> Path:
    return Path(shutil.copytree(built[0], tmp_path / "copy"))


def test_a_film_that_cannot_be_built_stops_no_other_and_its_code_is_that_of_the_run(
    built: tuple[Path, Result],
) -> None:
    root, result = built
    assert (result.code, result.out) == (2, "")
    assert f"{BROKEN}: babelreel.toml has one fault.\n  where: {BROKEN}/babelreel.toml\n" in result.err
    assert result.err.endswith(f"2 of 3 films built; {BROKEN}: exit code 2\n")
    assert not (root / BROKEN / "output").exists()
    assert babelreel(root / RIGHTS, "verify").code == 0


def test_the_first_film_is_published_while_the_next_is_still_worked_on(built: tuple[Path, Result]) -> None:
    lines = built[1].err.splitlines()
    last_of_rights = max(place for place, line in enumerate(lines) if f"] {RIGHTS}: " in line)
    first_of_health = min(place for place, line in enumerate(lines) if f"] {HEALTH}: " in line)
    assert last_of_rights < first_of_health
    assert lines.index(f"{RIGHTS}:") < lines.index(f"{HEALTH}:")


def test_a_film_is_the_same_whether_it_is_built_alone_or_with_others(root: Path) -> None:
    together = snapshot(root / HEALTH / "output")
    shutil.rmtree(root / HEALTH / "output")
    shutil.rmtree(root / HEALTH / ".babelreel")
    assert babelreel(root / HEALTH, "build").code == 0
    assert snapshot(root / HEALTH / "output") == together


def test_what_is_up_to_date_is_not_made_again_and_a_plan_sums_up_over_films(root: Path) -> None:
    again = babelreel(root, *ALL, "build")
    assert again.err.count("nothing to do") == 2
    (root / HEALTH / "subtitles/fr.srt").write_text(SHORT.replace("400", "999"), "utf-8")
    told = babelreel(root, *ALL, "plan")
    assert told.code == 2
    lines = told.out.splitlines()
    waiting = int(next(line for line in lines if line.startswith(f"{HEALTH}: ")).split()[1])
    kept = int(next(line for line in lines if line.startswith(f"{RIGHTS}: 0 steps to do")).split()[5])
    assert waiting > 0
    assert lines[0].startswith(f"2 films: {waiting} steps to do, ")
    plans = babelreel(root, *ALL, "plan", "--json").document
    assert [each["project"] for each in plans] == list(FILMS)
    assert (plans[0]["up_to_date"], len(plans[2]["tasks"])) == (kept, waiting)
    assert plans[1]["error"]["exit_code"] == 2
    assert plans[1]["error"]["why"] == "titel: no such key, did you mean “title”?"


def test_verify_looks_at_every_film_and_names_the_one_that_differs(root: Path) -> None:
    page = root / HEALTH / "output/fr/index.html"
    page.write_bytes(page.read_bytes() + b" ")
    result = babelreel(root, "-C", RIGHTS, "-C", HEALTH, "verify")
    assert result.code == 1
    assert f"{HEALTH}: fr/index.html: " in result.out
    assert f"{RIGHTS}: " in result.out
    found = babelreel(root, *ALL, "verify", "--json").document
    assert [(each["project"], each.get("good")) for each in found] == [(RIGHTS, True), (BROKEN, None), (HEALTH, False)]


def test_the_findings_of_several_films_are_one_list_in_which_no_two_are_taken_for_one(root: Path) -> None:
    for film in (RIGHTS, HEALTH):
        (root / film / "subtitles/fr.srt").write_text(SHORT, "utf-8")
    result = babelreel(root, "-C", RIGHTS, "-C", HEALTH, "check", "--format", "gitlab")
    found = [each for each in result.document if each["check_name"].startswith("TIM00")]
    assert result.code == 1
    assert [each["location"]["path"] for each in found] == [f"{HEALTH}/subtitles/fr.srt", f"{RIGHTS}/subtitles/fr.srt"]
    assert len({each["fingerprint"] for each in result.document}) == len(result.document)
    assert babelreel(root, *ALL, "check").code == 2, "broken settings are worse than findings"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ((*ALL, "withdraw", "fr"), "“babelreel withdraw” takes one film at a time, and 3 were named"),
        ((*ALL, "dub", "script"), "“babelreel dub” takes one film at a time"),
        ((*ALL, "build", "--output", "here"), "--output is for one film, and 3 were named"),
        ((*ALL, "build", "--publish", "here"), "--publish is for one film, and 3 were named"),
        ((*ALL, "verify", "here"), "DIR is for one film, and 3 were named"),
        ((*ALL, "check", "--baseline", "known.json"), "--baseline is for one film, and 3 were named"),
        (("-C", RIGHTS, "-C", "films/../films/rights", "build"), "One folder is named twice"),
    ],
)
def test_what_is_about_one_film_is_refused_for_several(root: Path, call: tuple[str, ...], words: str) -> None:
    before = snapshot(root)
    result = babelreel(root, *call)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
    assert snapshot(root) == before


def test_a_film_that_another_run_works_on_is_left_to_it(root: Path) -> None:
    for film in (RIGHTS, HEALTH):
        (root / film / "subtitles/fr.srt").write_text(SHORT.replace("400", "999"), "utf-8")
    with hold_project(root / RIGHTS / ".babelreel"):
        result = babelreel(root, "-C", RIGHTS, "-C", HEALTH, "build")
    assert result.code == 5
    assert f"{RIGHTS}: Another run of babelreel is working on this project." in result.err
    assert result.err.endswith(f"1 of 2 films built; {RIGHTS}: exit code 5\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_stops_all_films_and_the_next_run_goes_on(tmp_path: Path) -> None:
    root = make_films(tmp_path)
    words = [sys.executable, "-m", "babelreel", "-C", RIGHTS, "-C", HEALTH, "build", "--jobs", "1"]
    with subprocess.Popen(words, cwd=root, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        said: list[str] = []
        for line in process.stderr:
            if line.startswith("[") and not any(each.startswith("[") for each in said):
                process.send_signal(signal.SIGINT)  # once: the second ends it without a word of each film
            said.append(line)
        assert process.wait(60) == 130, "".join(said)
    told = "".join(said)
    assert "Traceback" not in told
    assert f"{RIGHTS}: Stopped: " in told
    assert "0 of 2 films built" in told
    assert not (root / RIGHTS / "output/manifest.json").exists()
    assert babelreel(root, "-C", RIGHTS, "-C", HEALTH, "build").code == 0


def test_the_worst_code_is_that_of_what_stops_most() -> None:
    assert worst_code([0, 3, 1, 2]) == 2
    assert worst_code([3, 0, 0]) == 3
    assert worst_code([2, 5, 4]) == 4
    assert worst_code([6, 130]) == 130
    assert worst_code([]) == 0
    assert sorted(WORST_FIRST) == [0, 1, 2, 3, 4, 5, 6, 70, 130]
