"""Wherever a studio is killed while it writes a line or keeps a take: is each file whole, and undo right?

Each point is a renaming, a flush or a removal, before which the process is gone. All of them are tried, in about
five seconds of processor time.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from babelreel.app.kept_versions import undo
from babelreel.app.ledger.approve import approve
from babelreel.app.project.choose_tracks import find_tracks, select_tracks
from babelreel.app.studio.lines import open_lines
from babelreel.app.studio.one_cue import Wanted
from babelreel.app.studio.saving import Base, save_line
from babelreel.app.voices.keep_take import HeardTake, TakeKeeper
from babelreel.config.read import read_project
from babelreel.errors import BabelreelError, UsageError
from babelreel.graph.lock import hold_ledgers
from babelreel.model.project import Project
from support.projects import make_project
from support.sounds import tone, write_wave
from support.tracks import srt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a copy of the process is killed")

ENGLISH, FRENCH = ("Your rights.", "Call 112."), ("Tes droits.", "Apelle le 112.")
#: What a person sees; ours alone is all else.
_SEEN = ("subtitles/*", "video/stems/*/*")

State = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that a studio writes, which one step of undo takes back."""

    name: str
    do: Callable[[Project], object]


def save(project: Project) -> None:
    """Repair the second line, which was approved: its file and the ledger are written."""
    opened = open_lines(project, "fr")
    line = opened.lines[1]
    base = Base(version=opened.version, place=1, digest=opened.lines[1].digest)
    save_line(project, "fr", base, Wanted(text="Appelle le 112.", span=line.cue.span), "Zoé")


def keep(project: Project) -> None:
    """Keep a take of the second line in the place of two that it had: four files are written or removed."""
    track = open_lines(project, "fr").language.track
    with hold_ledgers(project.state_dir):
        keeper(project).keep(heard(), track, track.cues[1])


def keeper(project: Project) -> TakeKeeper:
    return TakeKeeper(project, select_tracks(find_tracks(project), ["fr"])[0])


@cache
def heard() -> HeardTake:
    """Listen to the new take once for all copies of the process."""
    path = write_wave(prepared().parent / "new.wav", sound(600), byte_count=3)
    return keeper(read_project(prepared())).hear(path.read_bytes())


def sound(hz: int) -> np.ndarray:
    return np.concatenate([np.zeros(4800), tone(0.4, hz=hz, height=0.3), np.zeros(4800)])


ACTS = (Act(name="save", do=save), Act(name="take", do=keep))


@cache
def prepared() -> Path:
    """Make a project in which all is approved, a line was then changed in the studio, and two takes of a line lie."""
    root = make_project(
        Path(mkdtemp(prefix="babelreel-killed-")) / "film",
        {"en.srt": srt(*ENGLISH), "fr.srt": srt(*FRENCH)},
        settings='reference = "en"\n',
    )
    takes = root / "video" / "stems" / "fr"
    takes.mkdir(parents=True)
    write_wave(takes / "02.wav", sound(400), byte_count=3)
    write_wave(takes / "02-Marie.wav", sound(500), byte_count=3)
    project = read_project(root)
    approve(project, "fr", by="Amina")
    opened = open_lines(project, "fr")
    base = Base(version=opened.version, place=0, digest=opened.lines[0].digest)
    save_line(project, "fr", base, Wanted(text="Tes droits à toi.", span=opened.lines[0].cue.span))
    assert keeper(project).dubbing(opened.language.track) is not None, "all is listened to"
    return root


def copied(folder: Path) -> Project:
    return read_project(shutil.copytree(prepared(), folder / "film"))


def seen(project: Project) -> dict[str, bytes]:
    paths = sorted(path for pattern in _SEEN for path in project.root.glob(pattern) if path.is_file())
    return {path.relative_to(project.root).as_posix(): path.read_bytes() for path in paths}


def left(project: Project) -> dict[str, bytes]:
    """Give what is seen without files that are not whole: the next one who writes there removes them."""
    return {path: content for path, content in seen(project).items() if "/.babelreel-" not in path}


def on_a_full_disk(work: Callable[[], object], *, from_call: int) -> bytes:
    """Do something in a copy of this process for which the disk is full from a certain call on; gives what it said."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _fill_disk(from_call)
            work()
            os.write(mouth, b"done")
        except BabelreelError as error:
            os.write(mouth, type(error).__name__.encode())
        finally:
            os._exit(0)
    os.close(mouth)
    os.waitpid(child, 0)
    with os.fdopen(ear, "rb") as told:
        return told.read()


def _fill_disk(from_call: int) -> None:
    counted = [0]
    for name in ("replace", "fsync"):
        call = getattr(os, name)

        def failing(*words: object, _call: Callable[..., object] = call, **named: object) -> object:
            counted[0] += 1
            if counted[0] >= from_call:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return _call(*words, **named)

        setattr(os, name, failing)


def in_a_copy(work: Callable[[], object], *, killed_before: int = 0) -> int:
    """Do something in a copy of this process that is killed before a certain call; gives how many calls there were.

    Without a call to be killed before, it is done to its end.
    """
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            counted = _count_calls(killed_before, mouth)
            work()
            os.write(mouth, b"done %d" % counted[0])
        finally:
            os._exit(0)
    os.close(mouth)
    os.waitpid(child, 0)
    with os.fdopen(ear, "rb") as told:
        text = told.read()
    assert text.startswith(b"done ") if not killed_before else text == b"killed", text
    return killed_before or int(text.removeprefix(b"done "))


def _count_calls(killed_before: int, mouth: int) -> list[int]:
    counted = [0]
    for name in ("replace", "rename", "fsync", "unlink", "remove"):
        call = getattr(os, name)

        def counting(*words: object, _call: Callable[..., object] = call, **named: object) -> object:
            counted[0] += 1
            if counted[0] == killed_before:
                os.write(mouth, b"killed")
                os._exit(137)
            return _call(*words, **named)

        setattr(os, name, counting)
    return counted


@cache
def undisturbed(act: Act) -> tuple[State, State, int]:
    """Give what is seen before an act and behind it, and how many calls it makes."""
    project = copied(Path(mkdtemp(prefix="babelreel-killed-")))
    heard()
    before = seen(project)
    calls = in_a_copy(lambda: act.do(project))
    after = seen(project)
    assert before != after
    undo(project)
    assert seen(project) == before
    return before, after, calls


def refuse_torn(found: State, before: State, after: State, told: str) -> None:
    """Each file is the old one or the new one, whole."""
    for path in {*found, *before, *after}:
        name = path.rpartition("/")[2]
        if not name.startswith(".babelreel-"):  # unfinished: the next one who writes there removes it
            assert found.get(path) in (before.get(path), after.get(path)), f"{told}: {path}"


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_a_studio_that_is_killed_leaves_old_files_or_new_ones_and_undo_takes_back_no_more(
    act: Act, tmp_path: Path
) -> None:
    before, after, calls = undisturbed(act)
    assert calls >= 8, "else nothing is flushed"
    for number in range(1, calls + 1):
        told = f"{act.name}, killed before call {number} of {calls}"
        project = copied(tmp_path / f"{number}")
        in_a_copy(lambda: act.do(project), killed_before=number)  # noqa: B023 - it is over before the next
        found = seen(project)
        refuse_torn(found, before, after, told)
        if left(project) == before:
            in_a_copy(lambda: act.do(project))  # noqa: B023 - as above
            assert seen(project) == after, told
        # one step back all is as before, if any of it is there at all, and not further
        if left(project) != before:
            undo(project)
        assert left(project) == before, told
        undo_all(project)
        assert seen(project)["subtitles/fr.srt"].decode() == srt(*FRENCH), told
        shutil.rmtree(project.root)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_a_disk_that_is_full_is_told_and_what_is_begun_then_can_be_done_again_or_undone(
    act: Act, tmp_path: Path
) -> None:
    before, after, _ = undisturbed(act)
    said, number = b"", 0
    while said != b"done":
        number += 1
        told = f"{act.name}, full from call {number} on"
        project = copied(tmp_path / f"{number}")
        said = on_a_full_disk(lambda: act.do(project), from_call=number)  # noqa: B023 - it is over before the next
        assert said in {b"NoSpaceError", b"done"}, told
        assert seen(project) == left(project), f"{told}: nothing is left half written"
        refuse_torn(seen(project), before, after, told)
        if left(project) != before:
            undo(project)
        assert left(project) == before, told
        in_a_copy(lambda: act.do(project))  # noqa: B023 - as above
        assert seen(project) == after, told
        shutil.rmtree(project.root)
    assert number > 4, "else nothing failed"


def undo_all(project: Project) -> None:
    for _ in range(20):
        try:
            undo(project)
        except UsageError:
            return
    raise AssertionError("undo has no end")


def test_a_line_whose_ledger_was_not_written_any_more_is_not_taken_for_approved(tmp_path: Path) -> None:
    before, after, calls = undisturbed(ACTS[0])
    ledger = "subtitles/fr.review.toml"
    between = 0
    for number in range(1, calls + 1):
        project = copied(tmp_path / f"{number}")
        in_a_copy(lambda: save(project), killed_before=number)  # noqa: B023 - it is over before the next
        found = seen(project)
        is_written = found["subtitles/fr.srt"] == after["subtitles/fr.srt"]
        if is_written and found[ledger] == before[ledger]:
            between += 1
            line = open_lines(project, "fr").lines[1]
            assert line.standing is not None
            assert (line.standing.is_approved, line.standing.is_rewritten) == (False, True), (
                "the page says: changed since"
            )
        assert is_written or found[ledger] == before[ledger], "nobody is noted for words that are not there"
        shutil.rmtree(project.root)
    assert between > 0
