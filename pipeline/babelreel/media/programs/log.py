"""Read ffmpeg's log, and say in plain words which error it reports."""

from __future__ import annotations

import re
import signal
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from babelreel.errors import BabelreelError, MachineError, NoSpaceError, ToolError

#: Signals by which the system, or a person, ends a program that has done nothing wrong: no memory is left, a limit is
#: reached, the machine is turned off. Windows knows some of them only.
_ENDED_FROM_OUTSIDE = frozenset(
    int(getattr(signal, name))
    for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGXCPU", "SIGXFSZ")
    if hasattr(signal, name)
)
#: A shell that ran the program (a wrapper of the user's) ends with the number of the signal plus this.
_SHELL_SIGNAL = 128
#: Last lines kept for the error.
TAIL_LINES = 40
#: A longer line is read in pieces of this size: a hostile file may provoke lines of megabytes.
LINE_CHARS = 4096
#: What the system says of a disk that fails (EIO).
_DISK_FAILED = "Input/output error"
#: What the system says of a disk that takes no more (ENOSPC, EDQUOT).
_DISK_FULL = ("No space left on device", "Disk quota exceeded")
#: Glyph warnings kept; one is enough to fail, some help to find the cue.
GLYPH_LINES = 10

_CONTEXT = re.compile(r"^(?:\[[^\]]*@ ?(?:0x)?[0-9a-fA-F]+\] ?)+")
#: libass, when no font it may use has a character, or when it finds no font at all. This is the last net: a build asks
#: timedtext/burnin/drawable.py before it draws, so what is caught here is a font that was not given, or a fault there.
_GLYPH = re.compile(
    r"Glyph 0x[0-9a-fA-F]+ not found|failed to find any fallback|Error opening font|can't find selected"
)
_ERROR = re.compile(
    r"error|invalid|failed|could not|cannot|no such|unable|not found|unknown|denied|corrupt", re.IGNORECASE
)
#: Lines that only repeat that something failed, a warning about streams that are not taken, and one about the name of a
#: track: ffmpeg writes it as ISO/IEC 14496-12 has it, and looks for that of QuickTime first when it reads.
_ECHO = re.compile(
    r"^(Conversion failed|Could not find codec parameters|Exiting|Task finished with error|Terminating thread"
    r"|Error opening output files|UDTA parsing failed retrying raw)"
)


@dataclass(slots=True, kw_only=True)
class Log:
    """The lines of one run, read as they come: a bounded tail, the glyph warnings, and the first error."""

    tail: deque[str] = field(default_factory=lambda: deque(maxlen=TAIL_LINES))
    glyphs: list[str] = field(default_factory=list)
    first_error: str = ""
    #: What the system says of a disk that takes no more: the first error may be of something that followed from it.
    disk_full: str = ""
    is_refused: bool = False

    def read(self, lines: Iterable[str]) -> None:
        """Take every line until the stream ends, so that ffmpeg never waits for a reader."""
        for line in lines:
            self.add(line.rstrip())

    def add(self, line: str) -> None:
        """Take one line; all marks are set here, because an early line may leave the tail."""
        if not line:
            return
        self.tail.append(line)
        message = _CONTEXT.sub("", line)
        self.disk_full = self.disk_full or next((each for each in _DISK_FULL if each in line), "")
        self.is_refused = self.is_refused or "Read-only file system" in line or "Permission denied" in line
        if _GLYPH.search(line) and len(self.glyphs) < GLYPH_LINES:
            self.glyphs.append(message)
        if not self.first_error and _ERROR.search(message) and not _ECHO.match(message):
            self.first_error = message

    def failure(self, exit_code: int, where: str, folder: str = "") -> BabelreelError:
        """Return the error that a run in ``folder`` with this log and a non-zero exit code is."""
        why = self.first_error or (self.tail[-1] if self.tail else "it gave no reason")
        if self.disk_full:
            return NoSpaceError(
                what="The disk is full.",
                where=folder or where,
                why=self.disk_full,
                hint="Make room and run the same command again.",
            )
        if self.is_refused:
            return MachineError(
                what="ffmpeg may not read or write here.",
                where=where,
                why=why,
                hint="Give yourself the right to write in the project's folder, then run the same command again.",
            )
        if -exit_code in _ENDED_FROM_OUTSIDE or exit_code - _SHELL_SIGNAL in _ENDED_FROM_OUTSIDE:
            number = -exit_code if exit_code < 0 else exit_code - _SHELL_SIGNAL
            return MachineError(
                what="ffmpeg was ended by the system before it was done.",
                where=where,
                why=f"signal {number}: no memory is left, or a limit is reached",
                hint="Close other programs or raise the limit (ulimit -a shows them), then run the same command again.",
            )
        return ToolError(
            what=f"ffmpeg ended with an error (exit code {exit_code}).",
            where=where,
            why=why,
            hint="Run the same command again; if it fails again, report it with what babelreel doctor prints.",
            log=tuple(self.tail),
        )

    def glyph_failure(self, where: str) -> ToolError:
        """Return the error for text that could not be drawn whole."""
        return ToolError(
            what="Some characters could not be drawn into the picture.",
            where=where,
            why=self.glyphs[0],
            hint="No font of this language has them: change the text, or name a font that has them in babelreel.toml.",
            log=tuple(self.glyphs),
        )


def as_disk_fault(fault: ToolError) -> BabelreelError:
    """Return the error for a run that a disk failed, else the same one: only for a file without known damage.

    What reads damaged films says the same of them, so the words alone prove nothing.
    """
    if _DISK_FAILED not in fault.why:
        return fault
    return MachineError(
        what="The disk did not give ffmpeg what it asked for.",
        where=fault.where,
        why=fault.why,
        hint="Look at the disk, or copy the film to another one, then run the same command again.",
    )
