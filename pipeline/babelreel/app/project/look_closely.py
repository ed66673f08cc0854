"""Find what needs the whole film decoded: its shots and its fingerprint, in one pass over its picture."""

from __future__ import annotations

from pathlib import Path

from babelreel.app.project.fingerprints import (
    fingerprint_path,
    known_fingerprint,
    note_fingerprint,
    recall_fingerprint,
)
from babelreel.app.project.inventory import probe_path
from babelreel.app.project.master import (
    hear_sound,
    known_film,
    look_at_film,
    look_key,
    note_film,
    note_shots,
    open_digests,
    open_notes,
    see_and_hear,
    seen_before,
)
from babelreel.graph.files import write_atomically
from babelreel.media.matching.take_fingerprint import take_fingerprint, take_fingerprint_and_shots
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.media.programs.temporary_folder import sweep_temporary_folders
from babelreel.model.film.change.fingerprint import Fingerprint
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.media_json import media_document
from babelreel.model.json_codec import render_json
from babelreel.model.project import Project


def describe_film(project: Project, ffmpeg: str | None = None) -> tuple[Path, MediaInfo]:
    """Probe the master, find its shots and speech, and write ``master.probe.json`` beside it.

    The film itself is only read, and is decoded once for each content of it; its fingerprint is taken with that. Raises
    what probing and ffmpeg raise.
    """
    sweep_temporary_folders()
    digests = open_digests(project)
    path, info = look_at_film(project, digests)
    digests.save()
    # before anybody looks for speech, which must not be looked for in channels that cancel one another
    info = hear_sound(project, path, info)
    ffmpeg_path = locate_ffmpeg(ffmpeg)
    known = known_fingerprint(fingerprint_path(project))
    if known is None or known.digest != info.digest:
        fingerprint_of(project, path, info, ffmpeg_path)
    info = see_and_hear(project, path, info, ffmpeg_path)
    before = known_film(project)
    if before:  # of another clone, where it was described: all that will be known of it
        note_film(project, before)
    target = probe_path(project)
    write_atomically(target, render_json(media_document(info)).encode())
    return target, info


def fingerprint_of(project: Project, path: Path, info: MediaInfo, ffmpeg_path: Path) -> Fingerprint:
    """Read the fingerprint of a film as it was noted, or take it now by decoding the film, and note it.

    Where nobody knows the film's shots yet, they are found in the same pass, and noted as well. Raises what decoding
    does.
    """
    notes, key = open_notes(project), look_key(info)
    known = recall_fingerprint(notes, key)
    if known is not None:
        return known
    if seen_before(project, info).shots is None:
        known, shots = take_fingerprint_and_shots(ffmpeg_path, path, info)
        note_shots(project, info, shots)
    else:
        known = take_fingerprint(ffmpeg_path, path, info)
    note_fingerprint(notes, key, known)
    return known
