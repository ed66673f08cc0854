"""Read what the manifest says of the sounds that are published."""

from __future__ import annotations

from collections.abc import Iterator

from babelreel.app.publish.own_files import read_manifest
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role
from babelreel.model.project import Project
from babelreel.model.sound.mix_levels import DubLevels
from babelreel.model.sound.recordings import MixedSound


def published_sounds(project: Project) -> tuple[MixedSound, ...] | None:
    """Read what the manifest says of every file with sound; ``None`` where nothing is published, or measured."""
    manifest = read_manifest(project.root / project.output_dir)
    files = [file for file in films_with_sound(manifest) if file.is_measured] if manifest else []
    return tuple(mixed_sound(file) for file in files) or None


def published_voices(project: Project) -> tuple[DubLevels, ...]:
    """Read what the manifest says of the lines of every dub."""
    manifest = read_manifest(project.root / project.output_dir)
    return manifest.dubs if manifest else ()


def films_with_sound(manifest: Manifest) -> Iterator[PublishedFile]:
    """Choose the films with sound: streams and archives hold the same sounds once more."""
    return (file for file in manifest.files if file.sound and file.role is Role.VIDEO)


def mixed_sound(file: PublishedFile) -> MixedSound:
    """Return what the manifest says of the sound of a file."""
    return MixedSound(
        language=file.language,
        rendition=file.rendition,
        sound=file.sound,
        loudness_lufs=file.loudness_lufs,
        true_peak_dbtp=file.true_peak_dbtp,
    )
