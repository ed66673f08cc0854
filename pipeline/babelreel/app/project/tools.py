"""Which ffmpeg and which Chromium work here, asked once and remembered by what their files are?"""

from __future__ import annotations

import json
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from babelreel.graph.files import DigestCache, write_atomically
from babelreel.media.programs.capabilities import Extra, check_capabilities
from babelreel.media.programs.chromium import Chromium, ask_version, find_chromium
from babelreel.media.programs.locate import Ffmpeg, find_ffmpeg, identify_ffmpeg
from babelreel.model.project import Project

#: The folder of what is known of programs, by digest.
TOOLS = "tools"


def usable_ffmpeg(project: Project, choice: str | None, digests: DigestCache, extras: Collection[Extra] = ()) -> Ffmpeg:
    """Find an ffmpeg that can do all the work, with these ``extras``; starts none that was found good before.

    Raises ``MachineError`` when there is none, or when it lacks something.
    """

    def identify(path: Path) -> Ffmpeg:
        digest = digests.digest(path)
        kept = project.state_dir / TOOLS / f"{digest}{''.join(f'-{extra}' for extra in sorted(extras))}.json"
        version = _remembered(kept)
        if version is not None:
            return Ffmpeg(path=path, version=version, digest=digest)
        found = identify_ffmpeg(path)
        check_capabilities(found, extras)
        write_atomically(kept, json.dumps({"version": found.version}).encode())
        return found

    return find_ffmpeg(choice, identify=identify)


def _remembered(path: Path) -> str | None:
    try:
        version = json.loads(path.read_bytes())["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return version if isinstance(version, str) else None


def usable_chromium(project: Project) -> Chromium | None:
    """Find a Chromium, if there is one; its version is asked for once for each state of its file."""

    def identify(path: Path) -> str:
        state = path.stat()  # a hundred megabytes are not hashed for a version; a package puts a new file in place
        named = f"{path.absolute()}\0{state.st_mtime_ns}\0{state.st_size}"
        kept = project.state_dir / TOOLS / f"chromium-{sha256(named.encode()).hexdigest()}.json"
        version = _remembered(kept)
        if version is None:
            version = ask_version(path)
            write_atomically(kept, json.dumps({"version": version}).encode())
        return version

    return find_chromium(identify)
