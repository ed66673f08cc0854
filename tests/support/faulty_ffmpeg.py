"""Which ffmpeg works, ends with exit code 0, and yet leaves something else than it was asked for?"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from pathlib import Path

from babelreel.media.programs.locate import Ffmpeg
from support.workplaces import known

#: Runs the real program, then does something to the files that it made in its folder.
_WRAPPER = """\
import subprocess, sys
from pathlib import Path
words = sys.argv[1:]
{before}
there = set(Path().rglob("*{suffix}"))
code = subprocess.run([{ffmpeg!r}, *words]).returncode
made = set(Path().rglob("*{suffix}")) - there
{after}
sys.exit(code)
"""

#: Turns one bit around in a file's media: what comes behind the word "mdat", or in all of a file without one.
_FLIP = """\
for path in made:
    content = bytearray(path.read_bytes())
    media = content.rfind(b"mdat") + 4 if b"mdat" in content else 0
    content[media + int((len(content) - media) * {share}) + {offset}] ^= 0x40
    path.write_bytes(content)
"""

#: Ends a JPEG file early, so that half of the picture is missing.
_END = """\
for path in made:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 2] = bytes.fromhex("ffd9")
    path.write_bytes(content)
"""

#: Puts a filter that does nothing in the place of the one that draws text.
_WITHOUT_TEXT = """\
import re
words = [re.sub(r"(?<![a-z])ass=[^\\[;,]*", "null", word) for word in words]
"""


def flipping_ffmpeg(real: Ffmpeg, folder: Path, *, share: float = 0, offset: int = 0, suffix: str = ".mp4") -> Ffmpeg:
    """Give an ffmpeg that turns one bit of each result around, so many bytes behind a share of its media."""
    return _wrapped(real, folder, suffix=suffix, after=_FLIP.format(share=share, offset=offset))


def halving_ffmpeg(real: Ffmpeg, folder: Path) -> Ffmpeg:
    """Give an ffmpeg that writes the mark of a JPEG file's end into its middle."""
    return _wrapped(real, folder, suffix=".jpg", after=_END)


def textless_ffmpeg(real: Ffmpeg, folder: Path) -> Ffmpeg:
    """Give an ffmpeg that leaves out the filter which draws text, and says nothing of it."""
    return _wrapped(real, folder, before=_WITHOUT_TEXT)


def _wrapped(real: Ffmpeg, folder: Path, *, suffix: str = ".mp4", before: str = "", after: str = "") -> Ffmpeg:
    folder.mkdir(parents=True, exist_ok=True)
    program, script = folder / "ffmpeg", folder / "ffmpeg.py"
    script.write_text(
        _WRAPPER.format(ffmpeg=str(real.path), suffix=suffix, before=before, after=after), encoding="utf-8"
    )
    # by way of a shell: the first line of a script can name no program in a folder with spaces
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return known(replace(real, path=program, digest=hashlib.sha256(bytes(program)).hexdigest()))
