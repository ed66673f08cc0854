"""Whatever call the system refuses to a command: does it say so in words, lose nothing, and does the next run go on?

Each point is a call on a file of the project that fails once, or from then on with all others of its kind. See
test_killed_anywhere.py for the variables. About a minute of processor time.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from support.faulty_calls import Call, Fault, Kind, needs_gcc, run_with
from support.projects import AR
from support.publications import EDITED, copy_publication_of_all_files, manifest_faults
from support.stopped_verbs import BUILD, PUBLISH, VERBS, Place, Verb, luck, undisturbed, visible

pytestmark = [needs_gcc, pytest.mark.timeout(900)]  # the first test of a process builds what all of them copy

RUNS = int(os.environ.get("BABELREEL_CHAOS_RUNS", "1"))
SEED = os.environ.get("BABELREEL_CHAOS_SEED", "14")

_CREATING = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EACCES)
#: What the system may answer to a call of each kind.
ERRORS = {
    Kind.RENAME: _CREATING,
    Kind.LINK: _CREATING,
    Kind.UNLINK: (errno.EIO, errno.EACCES),
    Kind.MKDIR: _CREATING,
    Kind.FSYNC: (errno.EIO, errno.ENOSPC, errno.EDQUOT),
    Kind.CHANGE: (errno.EIO, errno.EACCES),
    Kind.OPEN_TO_WRITE: (*_CREATING, errno.EMFILE),
    Kind.WRITE: (errno.EIO, errno.ENOSPC, errno.EDQUOT),
    Kind.OPEN: (errno.EIO, errno.EACCES, errno.EMFILE),
    Kind.READ: (errno.EIO,),
    Kind.LIST: (errno.EIO, errno.EACCES, errno.EMFILE),
    Kind.STAT: (errno.EIO, errno.EACCES),
}
#: The call did not matter; some of the work could not be done; the machine fails; the disk is full.
CODES = {0, 3, 4, 6}
POINTS: list[tuple[Verb, Kind | None, int]] = [
    (BUILD if kind is Kind.LINK else PUBLISH, kind, run) for kind in Kind for run in range(RUNS)
]
POINTS += [(verb, None, run) for verb in VERBS if verb is not PUBLISH for run in range(RUNS)]


def places(calls: tuple[Call, ...], kinds: set[Kind]) -> list[Call]:
    """Give one call for each file and kind: a file that is looked at forty times is one place all the same."""
    found = {(re.sub(r"[0-9a-f]{16,}|tmp\w{8}|#\d+", "*", call.path), call.name, call.kind): call for call in calls}
    return [call for call in found.values() if call.kind in kinds]


@pytest.mark.parametrize(("verb", "kind", "run"), POINTS, ids=lambda each: getattr(each, "name", str(each)))
def test_a_call_that_fails_takes_nothing_away(verb: Verb, kind: Kind | None, run: int) -> None:
    expected = undisturbed(verb)
    chance = luck(SEED, verb.name, kind, run)
    call = chance.choice(places(expected.calls, {kind} if kind else set(Kind)))
    fault = Fault(
        kinds=(call.kind,), number=call.number, error=chance.choice(ERRORS[call.kind]), lasts=chance.random() < 0.5
    )
    # what cannot be finished is undone, and only a build does it again
    ends = [expected.visible()] + [visible(undisturbed(PUBLISH).before)] * (verb.next_words == ("verify",))
    with Place(verb) as place:
        before = place.published()
        failed, wrong = place.run(fault)
        told = (
            f"seed {SEED}, {verb.name}, {call}, {errno.errorcode[fault.error]}, lasts: {fault.lasts}: "
            f"{failed.calls}, exit {failed.code}: {failed.err[-1500:]}"
        )
        assert failed.code in CODES, told
        assert "Traceback" not in failed.err, told
        assert wrong == [], told
        if verb in {BUILD, PUBLISH} and (place.output / "manifest.json").exists():
            lost = {path for path in before - place.published() if not path.startswith(("ar/", "stream/"))}
            assert lost == set(), told

        again, wrong = place.run_again()

        is_done = verb.name == "rollback" and "no earlier publication" in again.err  # nothing was in its way
        assert again.code == 0 or is_done, f"{told}; then {again.err}"
        assert wrong == [], told
        assert place.leftovers() == [], told
        assert place.visible() in ends, told


#: Files that people write, and commands that read them.
READ = [
    ("brand/logo.svg", "build"),
    ("fonts/own.ttf", "build -j 1"),
    ("video/stems/fr/takes.toml", "build"),
    ("video/stems/fr/takes.toml", "dub remember fr"),
    ("subtitles/fr.srt", "approve fr --by Bea"),
    ("subtitles/fr.srt", "dub script fr"),
    ("subtitles/fr.review.toml", "approve fr --by Bea"),
    ("known.json", "check --baseline known.json"),
]


def published(root: Path) -> set[str]:
    """Give what readers find, but for the segments of streams, whose names follow from what is in them."""
    files = json.loads((root / "output/manifest.json").read_text("utf-8"))["files"]
    return {file["path"] for file in files if not file["path"].startswith("stream/")}


@pytest.mark.parametrize(("name", "words"), READ, ids=lambda each: each.replace(" ", "_"))
def test_a_file_of_the_project_that_the_system_does_not_give_is_no_fault_of_the_project(
    tmp_path: Path, name: str, words: str
) -> None:
    """Each opening of the file fails once: what is published stays, and no exit code says that the file is wrong."""
    whole, root = copy_publication_of_all_files(tmp_path / "whole"), tmp_path / "film"
    (whole / "subtitles/fr.srt").write_text(EDITED, "utf-8")  # else a build would look at nothing
    before, codes = published(whole), set()

    def run(fault: Fault | None) -> int:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(whole, root, symlinks=True)
        done = run_with(root, *words.split(), fault=fault, kinds=(Kind.OPEN,), only=root / name)
        told = f"{name}, {words}, {fault}: exit {done.code}: {done.err[-1500:]}"
        assert done.code in {0, 1, 3, 4}, told
        assert "Traceback" not in done.err, told
        assert published(root) >= before, told
        assert manifest_faults(root / "output") == [], told
        return len(done.calls) if fault is None else done.code

    for number in range(1, run(None) + 1):
        codes.add(run(Fault(kinds=(Kind.OPEN,), number=number, error=errno.EIO)))
    assert codes & {3, 4}, "the file was read, and that it could not be is told"


@pytest.mark.parametrize("error", [errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_a_font_that_the_system_does_not_give_holds_up_only_the_languages_that_it_draws(
    tmp_path: Path, error: int
) -> None:
    root = copy_publication_of_all_files(tmp_path / "film")
    before = published(root)
    for tag, text in (("fr", EDITED), ("ar", AR.replace("لديك", "لكم"))):
        (root / f"subtitles/{tag}.srt").write_text(text, "utf-8")
    fault = Fault(kinds=(Kind.OPEN,), number=1, error=error, lasts=True)
    done = run_with(root, "build", "-j", "1", fault=fault, kinds=(Kind.OPEN,), only=root / "fonts/own.ttf")
    assert done.code == 3, done.err
    assert "the earlier version stays: fr" in done.err
    assert "own.ttf" in done.err
    assert published(root) == before
    assert manifest_faults(root / "output") == []
    assert "101" not in (root / "output/fr/film.fr.srt").read_text("utf-8")
    assert "لكم" in (root / "output/ar/film.ar.srt").read_text("utf-8")
