"""Report how loud the delivered files are: by their manifest, or decoded again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from babelreel.app.project.master import open_digests
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.app.publish.own_files import read_manifest
from babelreel.app.voices.published_sounds import films_with_sound, mixed_sound
from babelreel.errors import FilmError, ToolError, UsageError
from babelreel.media.sound.loudness import measure_loudness
from babelreel.model.delivery.manifest import Manifest, PublishedFile
from babelreel.model.delivery.published_paths import MANIFEST
from babelreel.model.project import Project
from babelreel.model.sound.loudness import HeardFile, LoudnessReport, find_spreads, judge_loudness
from babelreel.model.sound.recordings import MixedSound
from babelreel.regular_files import real_path

#: Two decoders differ by hundredths; more than this is another sound.
_SAME_DB = Decimal("0.2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """What the caller asks for: languages by tag (none: all), whether to decode the files, and a certain ffmpeg."""

    languages: tuple[str, ...] = ()
    measure: bool = False
    ffmpeg: str | None = None


def report_loudness(project: Project, listening: Listening) -> LoudnessReport:
    """Compare the sound of every delivered file with the project's target, and the languages with one another.

    Raises ``UsageError`` where nothing is published that could be compared.
    """
    output = project.root / project.output_dir
    manifest = read_manifest(output)
    if manifest is None:
        raise UsageError(
            what="There are no published files to measure.",
            where=str(output / MANIFEST),
            why="the file is missing, or it is not one that this version can read",
            hint="Run “babelreel build” first.",
        )
    files = _with_sound(manifest, listening, output)
    names = {language.tag: language.english_name for language in manifest.languages}
    named = ((file, names.get(file.language, "")) for file in files)
    if listening.measure:
        heard = _measured(project, listening, output, named)
    else:
        heard = tuple(HeardFile(path=file.path, language_name=name, heard=mixed_sound(file)) for file, name in named)
    return LoudnessReport(
        target=project.sound.target,
        files=tuple(
            replace(each, faults=(*each.faults, *judge_loudness(each.heard, project.sound.target))) for each in heard
        ),
        spreads=find_spreads(each.heard for each in heard),
        dubs=tuple(dub for dub in manifest.dubs if dub.language in {file.language for file in files}),
        voice_above_db=project.sound.voice_above_db,
        is_measured=listening.measure,
    )


def _with_sound(manifest: Manifest, listening: Listening, output: Path) -> tuple[PublishedFile, ...]:
    """Choose the files of the languages that were asked for; sound without numbers must be measured."""
    tags = [language.tag for language in manifest.languages]
    for tag in listening.languages:
        if tag not in tags:
            raise UsageError(
                what=f"“{tag}” is not among the published languages.",
                where=str(output / MANIFEST),
                why=f"they are: {', '.join(tags)}",
                hint="Ask for one of these, or build this one.",
            )
    wanted = listening.languages or tags
    files = tuple(file for file in films_with_sound(manifest) if file.language in wanted)
    if not files:
        raise UsageError(
            what="The published files have no sound.", where=str(output / MANIFEST), why="the film is a silent one"
        )
    if not listening.measure and not all(file.is_measured for file in files):
        raise UsageError(
            what="It was not measured yet how loud the published files are.",
            where=str(output / MANIFEST),
            why="an earlier version of babelreel made them",
            hint="Build again, or measure them: “babelreel dub report --measure”.",
        )
    return files


def _measured(
    project: Project, listening: Listening, output: Path, files: Iterable[tuple[PublishedFile, str]]
) -> tuple[HeardFile, ...]:
    digests = open_digests(project)
    try:
        ffmpeg = usable_ffmpeg(project, listening.ffmpeg, digests).path
    finally:
        digests.save()
    return tuple(_listen(ffmpeg, output, file, name) for file, name in files)


def _listen(ffmpeg: Path, output: Path, file: PublishedFile, name: str) -> HeardFile:
    """Measure one file; what cannot be read keeps the manifest's numbers, and says so."""
    told = HeardFile(path=file.path, language_name=name, heard=mixed_sound(file))
    path = output / file.path
    if not real_path(path).is_relative_to(real_path(output)) or not path.is_file():
        return replace(told, faults=("missing",))
    try:
        found = measure_loudness(ffmpeg, path, duration_ms=file.duration_ms)
    except (ToolError, FilmError) as error:
        return replace(told, faults=(f"cannot be decoded: {error.why or error.what}",))
    heard = replace(told.heard, loudness_lufs=found.lufs, true_peak_dbtp=found.peak_dbtp)
    return replace(told, heard=heard, faults=_differences(told.heard, heard) if file.is_measured else ())


def _differences(told: MixedSound, heard: MixedSound) -> tuple[str, ...]:
    pairs = (
        ("LUFS", told.loudness_lufs, heard.loudness_lufs),
        ("dBTP", told.true_peak_dbtp, heard.true_peak_dbtp),
    )
    return tuple(
        f"the manifest says {'silent' if before is None else before} {unit}"
        for unit, before, now in pairs
        if not _is_same(before, now)
    )


def _is_same(before: Decimal | None, now: Decimal | None) -> bool:
    return before is now if before is None or now is None else abs(before - now) <= _SAME_DB
