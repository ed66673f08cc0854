"""Make packs of what is published: the right files for one messenger or platform."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from babelreel.app.packs.choosing import Wanted
from babelreel.app.packs.pack_list import (
    is_still_ours,
    lying_there,
    read_pack,
    refuse_foreign,
    remove_files,
    write_pack,
)
from babelreel.app.packs.packable import packable
from babelreel.app.packs.planning import (
    Desk,
    PackText,
    Planned,
    choose_languages,
    plan_pack,
    platform_named,
    read_published,
)
from babelreel.app.project.master import open_digests
from babelreel.app.project.tools import usable_ffmpeg
from babelreel.app.publish.history import history_of
from babelreel.app.publish.swap import recover
from babelreel.errors import ToolError
from babelreel.graph.files import digest_file, place_atomically, write_atomically
from babelreel.graph.lock import hold_project
from babelreel.media.assembly.packed_files import make_of_film, refused_by
from babelreel.media.programs.capabilities import Extra
from babelreel.media.programs.temporary_folder import temporary_folder
from babelreel.model.delivery.manifest import PublishedLanguage
from babelreel.model.delivery.packs import (
    PACKS,
    READ_ON,
    Kind,
    Missing,
    Pack,
    PackedFile,
    PackList,
    Platform,
)
from babelreel.model.project import Project

#: Counts up when a file of a pack is made in another way of the same film.
_RECIPE = 1
_AS_THEY_ARE = frozenset({Kind.FILM, Kind.SUBTITLES})
_FILMS = frozenset({Kind.FILM, Kind.FILM_WITHOUT_EDITS})


def make_packs(
    project: Project,
    names: Iterable[str],
    tags: Iterable[str] = (),
    *,
    ffmpeg: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Pack]:
    """Make the packs of these platforms, for these published languages or all, and yield each when it is there.

    ``tell`` hears of each file that is made. What is there already and follows from the same film is not made again.
    A language that a platform cannot take is named in ``Pack.missing``, and the others go on; files of languages that
    are not published any more go. Raises ``UsageError`` for an unknown name, a language that is not published, a
    published file that was changed since, and a file in the way that is not ours, before anything is written.
    """
    platforms = tuple(platform_named(name) for name in dict.fromkeys(names))
    output = project.root / project.output_dir
    with hold_project(project.state_dir):
        recover(output, history_of(project, output).keep)
        manifest, digests = read_published(output), open_digests(project)
        chosen = choose_languages(manifest, tags)
        extras = {Extra.VOICE_MESSAGE} if any(each.takes_voice_message for each in platforms) else set[Extra]()
        desk = Desk(
            project=project,
            manifest=manifest,
            output=output,
            digests=digests,
            ffmpeg=usable_ffmpeg(project, ffmpeg, digests, extras),
        )
        plans = {platform: plan_pack(desk, platform, chosen) for platform in platforms}
        for platform, plan in plans.items():
            refuse_foreign(
                output, output / PACKS / platform.name, (each.path for each in plan if not isinstance(each, Missing))
            )
        for platform, plan in plans.items():
            yield _make(desk, platform, plan, chosen, tell)
        digests.save()


def _make(
    desk: Desk,
    platform: Platform,
    plan: Sequence[Planned],
    languages: Sequence[PublishedLanguage],
    tell: Callable[[str], None],
) -> Pack:
    folder = desk.output / PACKS / platform.name
    before = read_pack(folder)
    old = {file.path: file for file in before.files} if before else {}
    # what was held to other limits is held to those of now
    reusable = old if before and before.limits_read_on == READ_ON else {}
    missing = [each for each in plan if isinstance(each, Missing)]
    files, written = dict[str, PackedFile](), list[str]()
    told = {each.tag for each in languages}
    published = packable(desk.manifest).keys()
    kept = {path: file for path, file in old.items() if file.language in published - told}
    with temporary_folder() as room:
        for each in plan:
            if isinstance(each, Missing):
                continue
            try:
                made = _prepared(desk, platform, folder, each, reusable.get(each.path), room)
            except ToolError as fault:
                missing.append(Missing(language=each.language, why=fault.why or fault.what))
                continue
            files[each.path] = made.file
            if made.content is None:
                continue
            if made.file != old.get(each.path):
                written.append(each.path)
                tell(f"{platform.title}: {each.path}")
            # a run that is killed from here on leaves a list in which each of its files is found
            pending = {each.path: replace(made.file, replaces=lying_there(folder, old.get(each.path)))}
            _note(desk, platform, folder, {**old, **files, **pending}, is_whole=False)
            _place(folder / each.path, made)
    remove_files(folder, (file for path, file in old.items() if path not in files and path not in kept))
    is_whole = before is None or before.is_whole or published <= told
    _note(desk, platform, folder, {**kept, **files}, is_whole=is_whole)
    return Pack(
        platform=platform,
        folder=f"{PACKS}/{platform.name}",
        files=tuple(files[path] for path in sorted(files)),
        written=tuple(written),
        missing=tuple(missing),
    )


def _note(desk: Desk, platform: Platform, folder: Path, files: dict[str, PackedFile], *, is_whole: bool) -> None:
    pack = PackList(
        platform=platform.name,
        limits_read_on=READ_ON,
        state=desk.manifest.state,
        is_whole=is_whole,
        files=tuple(files[path] for path in sorted(files)),
    )
    write_pack(folder, pack)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """A file of a pack, and its bytes or the file that holds them; ``None`` where it lies in its place already."""

    file: PackedFile
    content: Path | bytes | None = None


def _prepared(  # noqa: PLR0913, PLR0917 - what is packed, where it is made, and what was there
    desk: Desk, platform: Platform, folder: Path, planned: Wanted | PackText, before: PackedFile | None, room: Path
) -> _Prepared:
    if isinstance(planned, PackText):
        file = PackedFile(
            path=planned.path,
            kind=Kind.TEXT,
            language=planned.language,
            bytes=len(planned.content),
            sha256=sha256(planned.content).hexdigest(),
            made_of=planned.made_of,
        )
        return _Prepared(file=file, content=None if before == file and is_still_ours(folder, file) else planned.content)
    made_of = planned.source.sha256
    recipe = f"{_RECIPE} {planned.kind.value}" + ("" if planned.kind in _AS_THEY_ARE else f" {desk.ffmpeg.digest}")
    if before and (before.made_of, before.recipe) == (made_of, recipe) and is_still_ours(folder, before):
        return _Prepared(file=replace(before, replaces=""))
    content = desk.output / planned.source.path
    if planned.kind not in _AS_THEY_ARE:
        made = room / Path(planned.path).name
        make_of_film(desk.ffmpeg.path, content, planned.kind, made)
        content = made
    if planned.kind in _FILMS:
        _refuse(platform, content)
    digest = made_of if planned.kind in _AS_THEY_ARE else digest_file(content)
    file = PackedFile(
        path=planned.path,
        kind=planned.kind,
        language=planned.language,
        bytes=content.stat().st_size,
        sha256=digest,
        made_of=made_of,
        recipe=recipe,
    )
    return _Prepared(file=file, content=content)


def _place(target: Path, made: _Prepared) -> None:
    if isinstance(made.content, bytes):
        write_atomically(target, made.content)
    elif made.content:
        place_atomically(made.content, target, digest=made.file.sha256)


def _refuse(platform: Platform, film: Path) -> None:
    """Raise ``ToolError`` for a film that the platform would not take."""
    if faults := tuple(refused_by(platform, film)):
        raise ToolError(what=f"{platform.title} would not take this film.", where=film.name, why="; ".join(faults))
