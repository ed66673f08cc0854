"""Print a page with the Chromium of this machine, without a network, a profile or a trace left behind."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from babelreel.errors import MachineError, StoppedError, ToolError
from babelreel.graph.task import Json, Program, Workspace
from babelreel.media.programs.children import ask_program, child_environment, end_group, find_program
from babelreel.media.programs.run import lifeline
from babelreel.system_errors import why_of

#: Names the Chromium to use; empty: none is used.
ENVIRONMENT_NAME = "BABELREEL_CHROMIUM"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HINT = f"Set {ENVIRONMENT_NAME} to another Chromium, or to nothing to have pages as HTML only."
_ANSWER_TIMEOUT_S = 60
#: A page takes two seconds, and twenty on a machine with other work to do.
_PRINT_TIMEOUT_S = 180.0
_POLL_S = 0.1
_KEPT_LINES = 20
_LOG, _PROFILE = "chromium.log", "chromium-profile"

_FLAGS = (
    "--headless",
    "--disable-gpu",  # drawing on paper needs none, and servers have none
    "--disable-dev-shm-usage",  # containers give 64 MB of /dev/shm, in which Chromium crashes
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",  # no updates, no statistics
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",  # no reports of crashes
    "--disable-crash-reporter",
    "--password-store=basic",  # asks no keyring
    "--use-mock-keychain",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name is resolved
    "--proxy-server=127.0.0.1:9",  # nor does a number: nothing listens there (the port of "discard")
    "--lang=en-US",  # the reader's language is that of the page, the machine's is nowhere seen
    "--font-render-hinting=none",  # letters stand where the font says, on every machine
    "--no-pdf-header-footer",
)

#: A4, upright, in points; 0.5 for rounding.
_PAPER_PT = (595.3, 841.9)
_ROUNDING_PT = 0.5
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_PAPER = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}")
_FIXED_DATE = b"20000101000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chromium:
    """One Chromium: where it is, and what it says of its version."""

    path: Path
    version: str

    @property
    def identity(self) -> Program:
        """The program as actions and keys know it, on whatever machine."""
        return Program(name="chromium", version=self.version)


def find_chromium(identify: Callable[[Path], str] | None = None) -> Chromium | None:
    """Find the Chromium to use and ask for its version; ``None`` when there is none, or when none is wanted.

    BABELREEL_CHROMIUM comes before the PATH; when it names what cannot be run, that is a ``MachineError``. ``identify``
    may return a version that is known already, and an empty string for a program that cannot be run.
    """
    found = locate_chromium()
    version = (identify or ask_version)(found) if found else ""
    if found and version:
        return Chromium(path=found.absolute(), version=version)
    if chosen := os.environ.get(ENVIRONMENT_NAME):
        raise MachineError(what="The chosen Chromium cannot be run.", where=chosen, hint=_HINT)
    return None


def locate_chromium() -> Path | None:
    """Find the program that ``find_chromium`` asks, as the PATH has it, without starting anything."""
    chosen = os.environ.get(ENVIRONMENT_NAME)
    if chosen == "":
        return None
    found = (find_program(name) for name in ((chosen,) if chosen else _NAMES))
    return next((path for path in found if path), None)


def ask_version(path: Path) -> str:
    """Ask a Chromium for its version, which takes a quarter of a second; empty if it cannot be run."""
    try:
        answer = ask_program((str(path), "--version"), timeout_s=_ANSWER_TIMEOUT_S)
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.decode("utf-8", "replace").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage:
    """Prints a page on A4, landscape unless it ``is_upright``: an ``Action`` of the task graph.

    ``page`` is an HTML file among the inputs, as is all that it shows; it says itself what paper it wants. ``output``
    is the PDF, of so many pages at least.
    """

    chromium: Program
    page: str
    output: str
    is_upright: bool = False
    least_pages: int = 1

    def document(self) -> Mapping[str, Json]:
        """Return all that decides the result but the inputs: not where the program is, nor what is looked for."""
        return {"tool": "chromium", "version": self.chromium.version, "argv": list(_FLAGS), "finish": ["fixed-dates"]}

    def perform(self, workspace: Workspace) -> None:
        """Print the page, verify the result, and remove the date of printing from it.

        Raises ``ToolError`` for anything but a PDF of enough pages of that paper, ``MachineError`` when Chromium cannot
        be started, and ``StoppedError``; no child is left in any case.
        """
        folder = workspace.folder
        argv = (
            *_FLAGS,
            # Chromium refuses to run as root with its sandbox; what it shows here is our own page without scripts
            *(("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()),
            f"--user-data-dir={folder / _PROFILE}",
            f"--print-to-pdf={folder / self.output}",
            (folder / self.page).as_uri(),
        )
        _run(workspace.program(self.chromium), argv, folder, workspace.is_cancelled)
        path = folder / self.output
        content = path.read_bytes() if path.is_file() else b""
        self._check(content, _tail(folder))
        path.write_bytes(_DATE.sub(rb"\g<1>" + _FIXED_DATE, content))

    def _check(self, content: bytes, log: tuple[str, ...]) -> None:
        pages = len(_PAGE.findall(content))
        papers = {(float(width), float(height)) for width, height in _PAPER.findall(content)}
        wanted = _PAPER_PT if self.is_upright else _PAPER_PT[::-1]
        if not content.startswith(b"%PDF") or b"%%EOF" not in content[-32:]:
            why = "it wrote no whole PDF"
        elif pages < self.least_pages:
            why = f"it has {pages} page instead of {self.least_pages}"
        elif not papers or not all(_are_near(paper, wanted) for paper in papers):
            why = f"the paper is not A4, {'upright' if self.is_upright else 'landscape'}: {sorted(papers)}"
        else:
            return
        raise ToolError(what="Chromium did not print the page.", where=self.output, why=why, hint=_HINT, log=log)


def _run(program: Path, argv: tuple[str, ...], folder: Path, is_cancelled: Callable[[], bool]) -> None:
    with (folder / _LOG).open("wb") as log:
        try:
            process = subprocess.Popen(  # noqa: S603 - no shell, and every argument is ours
                (*lifeline(), str(program), *argv),
                cwd=folder,
                env=child_environment({"TZ": "UTC"}),  # dates in the PDF name the zone
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,  # a group of its own: it has a dozen children
            )
        except OSError as fault:
            raise MachineError(
                what="Chromium cannot be started.", where=str(program), why=why_of(fault), hint=_HINT
            ) from fault
        try:
            _watch(process, folder, is_cancelled)
        finally:
            end_group(process)  # what it writes is thrown away with the work folder


def _watch(process: subprocess.Popen[bytes], folder: Path, is_cancelled: Callable[[], bool]) -> None:
    begun = monotonic()
    while process.poll() is None:
        if is_cancelled():
            raise StoppedError(what="Stopped.", hint="Run the same command again to go on.")
        if monotonic() - begun > _PRINT_TIMEOUT_S:
            raise ToolError(
                what=f"Chromium did not print a page in {_PRINT_TIMEOUT_S:g} seconds and was ended.",
                hint=_HINT,
                log=_tail(folder),
            )
        with suppress(subprocess.TimeoutExpired):
            process.wait(_POLL_S)


def _tail(folder: Path) -> tuple[str, ...]:
    with suppress(OSError):
        return tuple((folder / _LOG).read_text(encoding="utf-8", errors="replace").splitlines()[-_KEPT_LINES:])
    return ()


def _are_near(paper: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return all(abs(one - other) <= _ROUNDING_PT for one, other in zip(paper, wanted, strict=True))
