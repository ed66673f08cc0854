"""How do tests get an ffmpeg that cannot do all?"""

from __future__ import annotations

from pathlib import Path

from support.films import ffmpeg_of_tests


def ffmpeg_without(folder: Path, name: str) -> str:
    """Make a program that is the real ffmpeg, but for an encoder or a filter that it does not list."""
    program, real = folder / "ffmpeg", ffmpeg_of_tests().path
    lists = f'*-filters*|*-encoders*) "{real}" "$@" | grep -v " {name} ";;'
    program.write_text(f'#!/bin/sh\ncase "$*" in {lists} *) exec "{real}" "$@";; esac\n')
    program.chmod(0o755)
    return str(program)
