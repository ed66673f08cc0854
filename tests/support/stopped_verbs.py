"""Which commands are stopped in the middle, in which project, and what must be there when they were run once more?"""

from __future__ import annotations

import json
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from support.faulty_calls import Call, Fault, FaultyRun, Kind, run_with
from support.projects import AR, FR, babelreel, snapshot
from support.publications import (
    LEAST,
    copy_publication,
    edit,
    make_all_but_publish,
    manifest_faults,
    watched_publication,
)

#: Files that a command works on until they are whole.
UNFINISHED = ".babelreel-"
_IN_STORE = re.compile(r"\.babelreel/(store/(files|keys)/|notes/)")
#: A name that is another one each time.
_LUCK = re.compile(r"(?<=/)tmp\w{8}(?=/|$)")
#: Python itself tries whether it can write among the temporary files, under a name that nobody else knows.
_TRIAL = re.compile(r"(.*/room/)?tmp/\w{8}")
#: Two faults that need no person: two spaces, and a file with the line ends of Windows.
UNTIDY = {"fr.srt": FR.replace("Tes droits", "Tes  droits"), "ar.srt": AR.replace("لديك ", "لديك  ")}


def build_twice(root: Path) -> None:
    edit(root)
    assert babelreel(root, "build").code == 0


def make_untidy(root: Path) -> None:
    for name, text in UNTIDY.items():
        (root / "subtitles" / name).write_text(text, "utf-8")


def kill_in_swap(root: Path) -> None:
    """Leave a publication that is half on line."""
    make_all_but_publish(root)
    (aside,) = (call for call in undisturbed(PUBLISH).calls if is_aside(call))
    run = run_with(root, *_BUILD, fault=Fault(kinds=(Kind.RENAME,), number=aside.number + 5))
    assert run.code == -9
    assert (root / "output/.incoming/journal.json").is_file()
    assert not (root / "output/manifest.json").exists()


def is_aside(call: Call) -> bool:
    """Tell whether a call takes the manifest of before off line: it is the first of the swap."""
    return call.kind is Kind.RENAME and call.path.endswith("/.incoming/old/manifest.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A command in a project that ``prepare`` makes of a complete publication, and the command after it.

    ``until``: what it says before it waits for the user to end it.
    """

    name: str
    words: tuple[str, ...]
    prepare: Callable[[Path], object]
    next_words: tuple[str, ...]
    until: str = ""


#: One thing at a time, so that the calls come in the same order each time.
_BUILD = ("build", "-j", "1")
BUILD = Verb(name="build", words=_BUILD, prepare=edit, next_words=_BUILD)
PUBLISH = Verb(name="build that publishes", words=_BUILD, prepare=make_all_but_publish, next_words=_BUILD)
VERBS = (
    BUILD,
    PUBLISH,
    Verb(name="check --fix", words=("check", "--fix"), prepare=make_untidy, next_words=("check", "--fix")),
    Verb(name="probe", words=("probe",), prepare=edit, next_words=("probe",)),
    Verb(name="clean", words=("clean",), prepare=edit, next_words=("clean",)),
    Verb(name="clean --output", words=("clean", "--output"), prepare=edit, next_words=("clean", "--output")),
    Verb(name="withdraw", words=("withdraw", "ar"), prepare=lambda _root: None, next_words=("withdraw", "ar")),
    Verb(name="rollback", words=("rollback",), prepare=build_twice, next_words=("rollback",)),
    Verb(
        name="serve after a killed build",
        words=("serve", "--no-browser", "--port", "0"),
        prepare=kill_in_swap,
        next_words=("verify",),
        until="Ctrl-C",
    ),
    Verb(name="build after a killed build", words=_BUILD, prepare=kill_in_swap, next_words=("build",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undisturbed:
    """What a command leaves that nothing disturbs: the state before and after, and its calls."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    calls: tuple[Call, ...]

    def visible(self) -> dict[str, bytes]:
        """Give what a person sees afterwards."""
        return visible(self.after)


@cache
def prepared(verb: Verb) -> Path:
    """Make the project of a verb once; it lies as it is published nowhere else, and is only copied."""
    root = Path(tempfile.mkdtemp(prefix="babelreel-stopped-")) / "film"
    if verb.prepare is kill_in_swap:
        undisturbed(PUBLISH)  # which needs the room
    with _room() as folder:
        verb.prepare(copy_publication(folder / "film", LEAST))
        shutil.copytree(folder / "film", root, symlinks=True)
    return root


@contextmanager
def _room() -> Iterator[Path]:
    """Give the one folder in which all commands of this process run: earlier publications are known by its name."""
    folder = _folder()
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="babelreel-stopped-")) / "room"


@cache
def undisturbed(verb: Verb) -> Undisturbed:
    """Run a verb without any fault, and note all that it does."""
    with Place(verb) as place:
        before = place.state()
        run = run_with(place.root, *verb.words, until=verb.until)
        assert run.code == 0, run.err
        assert run_with(place.root, *verb.next_words).code == 0 or verb.name == "rollback"
        calls = tuple(call for call in run.calls if not _TRIAL.fullmatch(call.path))
        return Undisturbed(before=before, after=place.state(), calls=calls)


def visible(state: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what is ours alone."""
    return {path: content for path, content in state.items() if "/.babelreel/" not in path and path[:4] != "tmp/"}


class Place:
    """A copy of a verb's project, beside its folder of temporary files; it is gone after the block."""

    def __init__(self, verb: Verb) -> None:
        self.verb = verb
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        verb = prepared(self.verb)
        self.root = self._stack.enter_context(_room()) / "film"
        shutil.copytree(verb, self.root, symlinks=True)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    @property
    def output(self) -> Path:
        return self.root / "output"

    def state(self) -> dict[str, bytes]:
        """Give all that a person could see, and the names of what is ours alone."""
        found = {
            _LUCK.sub("tmp*", f"{folder}/{path}"): b"" if path.startswith(".babelreel/") else content
            for folder in ("film", "tmp")
            if (self.root.parent / folder).is_dir()
            for path, content in snapshot(self.root.parent / folder).items()
            if not _IN_STORE.match(path) and path not in {".babelreel/lock", ".babelreel/store/last.json"}
        }
        return {
            path: content
            for path, content in found.items()
            if not (path.endswith(("/claim", "/owner")) or _TRIAL.fullmatch(path))
        }

    def visible(self) -> dict[str, bytes]:
        """Give the same without the names of what is ours."""
        return visible(self.state())

    def published(self) -> set[str]:
        """Give the paths that the manifest lists; none in the middle of a swap."""
        if not (self.output / "manifest.json").exists():
            return set()
        text = (self.output / "manifest.json").read_bytes()
        return {file["path"] for file in json.loads(text)["files"]}

    def leftovers(self) -> list[str]:
        """Give what no run should leave behind."""
        return leftovers(self.root)

    def run(self, fault: Fault) -> tuple[FaultyRun, list[str]]:
        """Run the verb with a fault, and give what was ever wrong with what is published."""
        return self._watched(self.verb.words, fault)

    def run_again(self) -> tuple[FaultyRun, list[str]]:
        """Run the next command, and give what was ever wrong with what is published."""
        return self._watched(self.verb.next_words, None)

    def _watched(self, words: tuple[str, ...], fault: Fault | None) -> tuple[FaultyRun, list[str]]:
        with watched_publication(self.output) as wrong:
            run = run_with(self.root, *words, fault=fault, until=self.verb.until if words[0] == "serve" else "")
        wrong += manifest_faults(self.output)
        if not (self.output / "manifest.json").exists() and self.verb.name != "clean --output":
            wrong += [] if (self.output / ".incoming/journal.json").exists() else ["no manifest, and no journal"]
        return run, wrong


def leftovers(root: Path) -> list[str]:
    """Give what no run should leave behind in a project, and beside it."""
    paths = [path for path in root.parent.rglob("*") if path.name.startswith(UNFINISHED)]
    paths += (root / "output").glob(".incoming")
    for room in (root / ".babelreel/store/running", *(root.parent / "tmp").glob("babelreel-*")):
        claims = [path for path in room.glob("*") if path.is_dir()]
        paths += claims[1:]  # the last run's own stays
        paths += [path for claim in claims for path in claim.iterdir() if path.name != "owner"]
    return [str(path.relative_to(root.parent)) for path in paths]


def luck(*seed: object) -> random.Random:
    return random.Random(" ".join(map(str, seed)))  # noqa: S311 - it must come again
