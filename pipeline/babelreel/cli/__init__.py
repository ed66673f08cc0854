"""The verbs: decorators, one call, one report, one exit code each."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import click

from babelreel.cli.calling.wrong_calls import wrong_call
from babelreel.cli.verbs import babelreel
from babelreel.errors import BabelreelError, MachineError
from babelreel.report.reader.fitting import fitted
from babelreel.report.reader.speaking import tell
from babelreel.report.safe_text import clipped, render_error
from babelreel.system_errors import as_house_error, is_machine_fault

EXIT_BUG = 70
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

#: How Python says that a limit of memory, or of processes, is reached.
_NO_THREAD = "can't start new thread"


def main() -> NoReturn:
    """Run the command line and leave with the exit code that DESIGN and README list."""
    gc.disable()  # until the verb is loaded: looking through what is loaded takes a tenth of the start
    for stream in (sys.stdout, sys.stderr):
        # redirected output on Windows is cp1252, which can write neither Arabic nor Chinese
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = _run()
    _refuse_interrupts()
    sys.exit(code)


def _run() -> int:
    try:
        code = babelreel.main(prog_name="babelreel", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        return _report_wrong_call(error)
    except BabelreelError as error:
        click.echo(fitted(render_error(error), sys.stderr), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _refuse_interrupts()
        tell("babelreel: stopped; run the same command again to go on")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return EXIT_BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the last boundary: what arrives here is a bug of ours, or a full disk
        return _report_unforeseen(error)


def _report_wrong_call(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    else:
        click.echo(fitted(render_error(wrong_call(error)), sys.stderr), err=True)
    return error.exit_code


def _report_unforeseen(error: Exception) -> int:
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and str(error) == _NO_THREAD):
        return _report_exhausted()
    return _report_machine(error) if isinstance(error, OSError) else _report_bug(error)


def _refuse_interrupts() -> None:
    """Let Ctrl-C do nothing more: what is left of this process is short, and would end with a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _drop_output() -> None:
    """Let what Python would still flush at exit go nowhere: whoever read our output has gone, or has no room for it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_machine(error: OSError) -> int:
    """Tell that the disk is full: it may be where our output goes. What else is refused, we should have foreseen."""
    if not is_machine_fault(error):
        return _report_bug(error)
    if error.filename is None:
        _drop_output()
    house = as_house_error(error, Path(error.filename or "the output of this command"))
    click.echo(fitted(render_error(house), sys.stderr), err=True)
    return house.exit_code


def _report_exhausted() -> int:
    error = MachineError(
        what="There is not enough memory.",
        why="the system gave no more, or does not let this program have more",
        hint="Close other programs, or raise the limit (“ulimit -a” shows it). Then run the same command again.",
    )
    click.echo(fitted(render_error(error), sys.stderr), err=True)
    return error.exit_code


def _report_bug(error: Exception) -> int:
    if os.environ.get("BABELREEL_TRACEBACK"):
        traceback.print_exception(error)
        return EXIT_BUG
    place = traceback.extract_tb(error.__traceback__)[-1]
    bug = BabelreelError(
        what="This is a bug in babelreel, not your mistake.",
        where=f"{os.path.basename(place.filename)}:{place.lineno} in {place.name}",  # noqa: PTH119 - a plain name
        why=clipped(f"{type(error).__name__}: {error}"),
        hint="Please report it, with what it prints when BABELREEL_TRACEBACK=1 is set.",
    )
    sys.stderr.write(f"{render_error(bug).removeprefix('babelreel: ')}\n")
    return EXIT_BUG
