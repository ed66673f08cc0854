"""What is the master, seen through the probe, and where is that kept?"""

from __future__ import annotations

import json
from pathlib import Path

from babelreel.app.inventory import find_film, probe_path
from babelreel.ffmpeg.probe import probe_media
from babelreel.graph.clean import DIGESTS
from babelreel.graph.files import DigestCache, write_atomically
from babelreel.model.media import MediaInfo
from babelreel.model.media_json import media_document, parse_media
from babelreel.model.project import Project

#: The folder of what earlier probes found, by digest.
PROBES = "probes"


def open_digests(project: Project) -> DigestCache:
    """Open the project's cache of file digests."""
    return DigestCache(project.state_dir / DIGESTS)


def look_at_film(project: Project, digests: DigestCache) -> tuple[Path, MediaInfo]:
    """Probe the master, or take what an earlier probe of the same bytes said."""
    path = find_film(project)
    digest = digests.digest(path)
    kept = project.state_dir / PROBES / f"{digest}.json"
    info = _read(kept)
    if info is None or info.digest != digest:
        info = probe_media(path, digest=digest)
        write_atomically(kept, _render(info))
    return path, info


def describe_film(project: Project) -> tuple[Path, MediaInfo]:
    """Probe the master and write ``master.probe.json`` beside it; the film itself is only read."""
    digests = open_digests(project)
    _, info = look_at_film(project, digests)
    digests.save()
    target = probe_path(project)
    write_atomically(target, _render(info))
    return target, info


def known_film(project: Project) -> MediaInfo | None:
    """Give what ``master.probe.json`` says, or ``None`` when it is missing or not ours: no film is needed."""
    return _read(probe_path(project))


def _render(info: MediaInfo) -> bytes:
    return (json.dumps(media_document(info), indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _read(path: Path) -> MediaInfo | None:
    try:
        return parse_media(json.loads(path.read_bytes()))
    except (OSError, ValueError):
        # a missing or foreign description is no fault: the rules that need the film say "not checked"
        return None
