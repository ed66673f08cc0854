"""Check that the published files are what their manifest says, and hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from babelreel.app.build.unchanged import look_again
from babelreel.app.campaign.films_below import films_below
from babelreel.app.packs.pack_list import pack_faults
from babelreel.app.publish.history import settle
from babelreel.app.publish.own_files import read_manifest, refuse_later
from babelreel.app.verify.published_contents import find_content_faults
from babelreel.app.verify.published_decoding import find_decoding_faults
from babelreel.app.verify.published_rates import find_rate_faults
from babelreel.delivery.manifest import render_sums
from babelreel.engines.forks import map_in_forks
from babelreel.errors import BabelreelError, MachineError, UsageError
from babelreel.graph.files import digest_file
from babelreel.media.probe.film import probe_media
from babelreel.media.programs.locate import locate_ffmpeg
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role
from babelreel.model.delivery.published_paths import MANIFEST, SCHEMA, SUMS
from babelreel.model.delivery.verification import Difference, Verification
from babelreel.model.film.media import MediaInfo
from babelreel.model.project import Project
from babelreel.regular_files import read_regular, real_path

#: Gives what is wrong with one file, in plain words.
Look: TypeAlias = Callable[[PublishedFile], Iterator[str]]

#: A tenth of a second's work, and more than a fork takes.
_LEAST_BYTES = 20_000_000


def verify_project(project: Project, *, is_deep: bool = False, ffmpeg: str | None = None) -> Verification:
    """Look at what a project published, as ``verify_output`` does; if it differs, the next build reads it all.

    Raises what ``settle`` and ``verify_output`` raise.
    """
    folder = project.root / project.output_dir
    settle(project, folder)
    result = verify_output(folder, is_deep=is_deep, ffmpeg=ffmpeg)
    if not result.is_good:
        look_again(project)
    return result


def verify_output(folder: Path, *, is_deep: bool = False, ffmpeg: str | None = None) -> Verification:
    """Look at every file that the manifest lists.

    Each is hashed; videos are probed, subtitles are read, and what pages and playlists point to must be there. What a
    campaign published is looked at with the films below it. ``is_deep`` decodes every picture and sound too, with
    ``ffmpeg`` or the one that is found. Needs no project and no cache: it believes the files alone. Raises
    ``UsageError`` when there is no manifest.
    """
    refuse_later(folder)
    manifest = _read(folder)
    films = {name: _read(folder / name) for name in films_below(folder, manifest)}
    found = [_verify(folder, manifest, is_deep=is_deep, ffmpeg=ffmpeg, films=films)]
    for name, film in films.items():
        of_film = _verify(folder / name, film, is_deep=is_deep, ffmpeg=ffmpeg)
        told = tuple(replace(each, path=f"{name}/{each.path}") for each in of_film.differences)
        found.append(replace(of_film, differences=told))
    return replace(
        found[0],
        files=sum(each.files for each in found),
        differences=tuple(difference for each in found for difference in each.differences),
    )


def _read(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest is None:
        raise UsageError(
            what="There is no manifest to compare with.",
            where=str(folder / MANIFEST),
            why="the file is missing, or it is not one that this version can read",
            hint="Run “babelreel build”, or name the folder that holds manifest.json.",
        )
    return manifest


def _verify(
    folder: Path,
    manifest: Manifest,
    *,
    is_deep: bool,
    ffmpeg: str | None,
    films: Mapping[str, Manifest] = MappingProxyType({}),
) -> Verification:
    looks = [_probe_faults(folder), find_content_faults(folder, manifest, films), find_rate_faults(folder, manifest)]

    def look(file: PublishedFile) -> tuple[list[str], list[str]]:
        different = list(_differences(folder, file))
        # what is not the file that was published needs no closer look
        return different, [] if different else [fault for each in looks for fault in each(file)]

    sizes = [file.bytes for file in manifest.files]
    found = map_in_forks(look, manifest.files, weights=sizes, least_weight=_LEAST_BYTES)
    faults = [closer for _, closer in found]
    if is_deep:
        decode = find_decoding_faults(folder, locate_ffmpeg(ffmpeg))
        faults = [
            [*closer, *(() if different else decode(file))]
            for file, (different, closer) in zip(manifest.files, found, strict=True)
        ]
    differences = list(_sums(folder, manifest))
    for messages in ([different for different, _ in found], faults):
        differences += [
            Difference(path=file.path, message=each)
            for file, told in zip(manifest.files, messages, strict=True)
            for each in told
        ]
    differences += [Difference(path=path, message=each) for path, each in pack_faults(folder, manifest)]
    return Verification(
        folder=str(folder), status=manifest.status.value, files=len(manifest.files), differences=tuple(differences)
    )


def _sums(folder: Path, manifest: Manifest) -> Iterator[Difference]:
    """Compare SHA256SUMS with what the manifest says; it covers the manifest itself, and its schema if there is one."""
    path = folder / SUMS
    described = (each for each in (MANIFEST, SCHEMA) if (folder / each).is_file())
    if not path.is_file():
        yield Difference(path=SUMS, message="missing")
        return
    told = b""
    with suppress(OSError, ValueError):  # it cannot be read, or is far too large
        told = read_regular(path)
    if told.decode(errors="replace") != render_sums(manifest, {each: digest_file(folder / each) for each in described}):
        yield Difference(path=SUMS, message="does not agree with manifest.json")


def _differences(folder: Path, file: PublishedFile) -> Iterator[str]:
    path = folder / file.path
    if not real_path(path).is_relative_to(real_path(folder)):
        yield "lies outside of the folder"
    elif not path.is_file():
        yield "missing"
    elif path.stat().st_size != file.bytes:
        yield f"{path.stat().st_size} bytes instead of {file.bytes}"
    else:
        try:
            if digest_file(path) != file.sha256:
                yield "changed since it was published (SHA-256 differs)"
        except MachineError as error:
            yield f"cannot be read: {error.why}"


def _probe_faults(folder: Path) -> Look:
    def look(file: PublishedFile) -> Iterator[str]:
        if file.role not in {Role.VIDEO, Role.SIGNED, Role.ARCHIVE}:
            return
        try:
            info = probe_media(folder / file.path, digest=file.sha256)
        except BabelreelError as error:
            yield f"{error.what} {error.why}".strip()
            return
        yield from _compare(info, file)

    return look


def _compare(info: MediaInfo, file: PublishedFile) -> Iterator[str]:
    video = info.video
    size = (video.display_width_px, video.display_height_px) if video else (0, 0)
    if size != (file.width_px, file.height_px):
        yield f"{size[0]}x{size[1]} instead of {file.width_px}x{file.height_px}"
    if info.duration_ms != file.duration_ms:
        yield f"{info.duration_ms} ms long instead of {file.duration_ms} ms"
    if info.codecs not in file.mime:
        yield f"codecs {info.codecs}, but the manifest says {file.mime}"
    if file.role is Role.VIDEO and bool(info.audio) != bool(file.sound):
        yield "has sound, but the manifest says none" if info.audio else "has no sound"
