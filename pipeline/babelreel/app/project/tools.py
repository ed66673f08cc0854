"""Find an ffmpeg and a Chromium that work here, asked once and remembered by what their files are."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from babelreel.app.project.master import open_notes
from babelreel.graph.digests import DigestCache
from babelreel.graph.notes import Topic
from babelreel.media.programs.capabilities import Extra, check_capabilities
from babelreel.media.programs.chromium import Chromium, ask_version, find_chromium
from babelreel.media.programs.locate import Ffmpeg, find_ffmpeg, identify_ffmpeg
from babelreel.model.json_codec import decode
from babelreel.model.project import Project

#: The version of each ffmpeg that was found good, by its digest and what was asked of it.
_FFMPEG = Topic(name="ffmpeg", version=1, read=lambda document: decode(document, str))
#: The version of each Chromium, by the state of its file.
_CHROMIUM = Topic(name="chromium", version=2, read=lambda document: decode(document, str))


def usable_ffmpeg(project: Project, choice: str | None, digests: DigestCache, extras: Collection[Extra] = ()) -> Ffmpeg:
    """Find an ffmpeg that can do all the work, with these ``extras``; starts none that was found good before.

    Raises ``MachineError`` when there is none, or when it lacks something.
    """
    notes = open_notes(project)

    def identify(path: Path) -> Ffmpeg:
        digest = digests.digest(path)
        asked = " ".join([digest, *sorted(extras)])
        version = notes.recall(_FFMPEG, asked)
        if version is not None:
            return Ffmpeg(path=path, version=version, digest=digest)
        found = identify_ffmpeg(path)
        check_capabilities(found, extras)
        notes.keep(_FFMPEG, asked, found.version)
        return found

    return find_ffmpeg(choice, identify=identify)


def usable_chromium(project: Project) -> Chromium | None:
    """Find a Chromium, if there is one; its version is asked for once for each state of its file."""
    notes = open_notes(project)

    def identify(path: Path) -> str:
        state = path.stat()  # a hundred megabytes are not hashed for a version; a package puts a new file in place
        asked = f"{path.absolute()} {state.st_mtime_ns} {state.st_size}"
        version = notes.recall(_CHROMIUM, asked)
        if version is None:
            version = ask_version(path)
            if version:  # one that did not answer may have lacked memory, or rights: it is asked again
                notes.keep(_CHROMIUM, asked, version)
        return version

    return find_chromium(identify)
