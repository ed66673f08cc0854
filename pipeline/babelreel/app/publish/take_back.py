"""Take back a wrong publication in one step: a language of it, or all of it.

Neither needs the film, an encoder or the store: what is published says enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from babelreel.app.build.results.pages import describe_languages, describe_pairs, site_of, without_pages
from babelreel.app.build.results.site_files import make_site_files
from babelreel.app.packs.pack_list import remove_withdrawn
from babelreel.app.project.master import open_digests
from babelreel.app.publish.consent import refuse_without_consent
from babelreel.app.publish.earlier_versions import tell_texts
from babelreel.app.publish.history import history_of
from babelreel.app.publish.left_out import not_kept_error
from babelreel.app.publish.own_files import is_still_there, read_manifest, refuse_later
from babelreel.app.publish.publish import publish, publish_and_keep
from babelreel.app.publish.staging import Source
from babelreel.app.publish.swap import recover
from babelreel.app.voices.lone_voices import look_at_languages
from babelreel.delivery.streams.removal import playlists_of, remove_tracks
from babelreel.errors import TrackError, UsageError
from babelreel.graph.digests import DigestCache
from babelreel.graph.lock import hold_project
from babelreel.languages.find import find_language
from babelreel.model.delivery.manifest import Manifest, PublishedFile, Role, Status, Withdrawal
from babelreel.model.delivery.pairs import is_pair, languages_in
from babelreel.model.delivery.publication import Published
from babelreel.model.delivery.published_paths import MANIFEST
from babelreel.model.language import Language
from babelreel.model.project import Project


def withdraw_languages(project: Project, tags: Iterable[str]) -> Published:
    """Take languages out of what is published: their files, and their part in pages, streams and archives.

    An archive file that holds one of them goes as a whole. The manifest notes what was withdrawn, and ``build`` passes
    it by. What was withdrawn before needs nothing more. Files of other languages that were damaged are left out, and
    told. Raises ``UsageError`` for a language that was never published, and what ``publish`` raises.
    """
    output = project.root / project.output_dir
    with hold_project(project.state_dir):
        history, digests = history_of(project, output), open_digests(project)
        recover(output, history.keep)
        published = _published(output)
        gone = frozenset(_meant(tag, published) for tag in tags) & frozenset(published.tags)
        if not gone:
            remove_withdrawn(output, published)  # a call that was stopped left them
            return Published(manifest=published, written=(), removed=())
        before = tell_texts(published, project)
        listed = without_pages({file.path: file for file in before.files})
        lost = {path: file for path, file in listed.items() if not is_still_there(output, file, digests)}
        left_out = tuple(file for file in lost.values() if not _goes(file, gone))
        there = _without_broken_stream({path: listed[path] for path in listed.keys() - lost.keys()}, left_out)
        files, sources = _without(there, gone, _reader(output))
        smaller = _described(project, before, files, sources, _reader(output))
        manifest = replace(
            smaller,
            dubs=tuple(each for each in before.dubs if each.language not in gone),
            made_from=tuple(each for each in before.made_from if each.language not in gone),
            withdrawn=(*_still_withdrawn(before, gone), *_withdrawals(project, gone, digests)),
        )
        done = publish_and_keep(output, manifest, sources, digests, history)
        return replace(done, left_out=left_out)


def roll_back(project: Project) -> Published:
    """Publish once more what was published before, and forget it as an earlier version.

    Files of it that are kept nowhere as they were are left out, and told. Raises ``UsageError`` where nothing was
    published before, no film or text of it is left, or somebody who is heard or seen in it has not agreed; nothing
    changes then.
    """
    output = project.root / project.output_dir
    with hold_project(project.state_dir):
        history, digests = history_of(project, output), open_digests(project)
        recover(output, history.keep)
        history.sweep()
        generations = history.generations()
        refuse_later(output)
        if not generations:
            raise UsageError(
                what="There is no earlier publication to go back to.",
                where=str(output),
                why="what a build replaces is kept in .babelreel/ until babelreel clean removes it",
                hint="“babelreel withdraw LANG” takes a language back. Correct its subtitles, and build again.",
            )
        manifest = history.manifest(generations[-1])
        if manifest is None:
            raise not_kept_error((MANIFEST,))
        refuse_without_consent(project, manifest)
        manifest = tell_texts(manifest, project)
        gone = tuple(file for file in manifest.files if not is_still_there(output, file, digests))
        found = {file.path: history.find(file) for file in gone}
        sources: dict[str, Source] = {path: place for path, place in found.items() if place}
        lost = tuple(file for file in gone if file.path not in sources)
        left_out = tuple(without_pages({file.path: file for file in lost}).values())
        if lost:
            manifest, sources = _as_far_as_kept(project, output, manifest, sources, lost)
        done = publish(output, manifest, sources, digests)
        history.drop(generations[-1])
    return replace(done, left_out=left_out)


def _as_far_as_kept(
    project: Project,
    output: Path,
    before: Manifest,
    sources: Mapping[str, Source],
    lost: Iterable[PublishedFile],
) -> tuple[Manifest, dict[str, Source]]:
    """Describe an earlier publication without the files that are lost: pages speak of the others alone."""
    gone = {file.path for file in lost}
    listed = {file.path: file for file in before.files if file.path not in gone}
    files = _without_broken_stream(without_pages(listed), lost)
    if not any(file.language for file in files.values()):
        raise not_kept_error(tuple(gone))

    def read(path: str) -> bytes:
        source = sources.get(path)
        return (source if isinstance(source, Path) else output / path).read_bytes()

    changed: dict[str, Source] = {path: source for path, source in sources.items() if path in files}
    smaller = _described(project, before, files, changed, read)
    is_whole = not without_pages({file.path: file for file in lost})  # pages are made anew of the rest
    return replace(smaller, status=before.status if is_whole else Status.PARTIAL), changed


def _without_broken_stream(files: dict[str, PublishedFile], lost: Iterable[PublishedFile]) -> dict[str, PublishedFile]:
    """Leave out the stream as a whole if a file of it is lost: no player gets over a hole in it."""
    if all(file.role is not Role.STREAM for file in lost):
        return files
    return {path: file for path, file in files.items() if file.role is not Role.STREAM}


def _published(output: Path) -> Manifest:
    refuse_later(output)
    manifest = read_manifest(output)
    if manifest is None:
        raise UsageError(
            what="Nothing is published.", where=str(output), hint="“babelreel build” publishes all languages."
        )
    return manifest


def _meant(tag: str, before: Manifest) -> str:
    if is_pair(tag):
        raise UsageError(
            what=f"“{tag}” is a pair of languages, and languages alone are withdrawn.",
            hint="Take it out of pairs in babelreel.toml and run babelreel build; or withdraw one of its languages.",
        )
    try:
        found = find_language(tag).tag
    except TrackError as error:
        raise UsageError(what=error.what, why=error.why) from None
    if found in before.tags or any(each.language == found for each in before.withdrawn):
        return found
    published = ", ".join(each.tag for each in before.languages)
    raise UsageError(
        what=f"“{tag}” is not published.",
        why=f"published are: {published}" if published else "no language is published now",
        hint="Name one of these." if published else "",
    )


def _goes(file: PublishedFile, gone: frozenset[str]) -> bool:
    return bool(gone.intersection(languages_in(file.language))) or file.role is Role.ARCHIVE


def _without(
    there: Mapping[str, PublishedFile], gone: frozenset[str], read: Callable[[str], bytes]
) -> tuple[dict[str, PublishedFile], dict[str, Source]]:
    """Find the files that stay without languages, pages aside, and the content of those that change."""
    kept = {path: file for path, file in there.items() if not _goes(file, gone)}
    sources: dict[str, Source] = {}
    stream = {path: file for path, file in kept.items() if file.role is Role.STREAM}
    for file, content in remove_tracks(stream, playlists_of(there.keys() - kept.keys()), read):
        kept[file.path] = file
        sources |= {file.path: content} if content is not None else {}
    return kept, sources


def _described(
    project: Project,
    before: Manifest,
    files: dict[str, PublishedFile],
    sources: dict[str, Source],
    read: Callable[[str], bytes],
) -> Manifest:
    """Describe a publication of some of the files of ``before``, and add its pages and ZIPs to them."""
    languages, states = _languages(project, before), {file.path: file.state for file in before.files}
    site = site_of(project, languages, files, read)
    for file, made in make_site_files(project, site, read) if site else ():
        is_page = file.role is not Role.OFFLINE
        files[file.path] = replace(file, state=states.get(file.path, "")) if is_page else file
        sources |= {file.path: made} if made is not None else {}
    return replace(
        before,
        status=Status.PARTIAL,
        languages=describe_languages(project, languages, files, read),
        files=tuple(files[path] for path in _in_order(before, files)),
        pairs=describe_pairs(project, files),
    )


def _languages(project: Project, before: Manifest) -> tuple[Language, ...]:
    return tuple(project.settings_of(find_language(each.tag)).language for each in before.languages)


def _reader(output: Path) -> Callable[[str], bytes]:
    return lambda path: (output / path).read_bytes()


def _in_order(before: Manifest, files: Iterable[str]) -> list[str]:
    order = {file.path: place for place, file in enumerate(before.files)}
    return sorted(files, key=lambda path: (order.get(path, len(order)), path))


def _still_withdrawn(before: Manifest, gone: frozenset[str]) -> tuple[Withdrawal, ...]:
    return tuple(each for each in before.withdrawn if each.language not in gone)


def _withdrawals(project: Project, gone: frozenset[str], digests: DigestCache) -> tuple[Withdrawal, ...]:
    paths = {file.tag: file.path for file in look_at_languages(project).languages}
    return tuple(
        Withdrawal(language=tag, text=digests.digest(paths[tag]) if tag in paths else "") for tag in sorted(gone)
    )
