"""Take back a wrong publication in one step: a language of it, or all of it.

Neither needs the film, an encoder or the store: what is published says enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from babelreel.app.build.offline_zips import make_zips
from babelreel.app.build.pages import describe_languages, describe_pairs, make_pages, without_pages
from babelreel.app.packs.pack_list import remove_withdrawn
from babelreel.app.project.master import open_digests
from babelreel.app.publish.consent import refuse_without_consent
from babelreel.app.publish.earlier_versions import tell_texts
from babelreel.app.publish.history import history_of
from babelreel.app.publish.own_files import is_still_there, read_manifest, refuse_later
from babelreel.app.publish.publish import publish
from babelreel.app.publish.staging import Source
from babelreel.app.publish.swap import recover
from babelreel.app.voices.lone_voices import look_at_languages
from babelreel.delivery.published_file import describe_content
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
    it by. What was withdrawn before needs nothing more. Raises ``UsageError`` for a language that was never published,
    and what ``publish`` raises.
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
        files, sources = _without(project, output, before, gone, digests)
        languages, read = _languages(project, before), _reader(output)
        for zipped, write in make_zips(project, languages, files, read):
            files[zipped.path] = zipped
            sources[zipped.path] = write
        manifest = replace(
            before,
            status=Status.PARTIAL,
            languages=describe_languages(project, languages, files, read),
            files=tuple(files[path] for path in _in_order(before, files)),
            pairs=describe_pairs(project, files),
            dubs=tuple(each for each in before.dubs if each.language not in gone),
            made_from=tuple(each for each in before.made_from if each.language not in gone),
            withdrawn=(*_still_withdrawn(before, gone), *_withdrawals(project, gone, digests)),
        )
        return publish(output, manifest, sources, digests, history.keep)


def roll_back(project: Project) -> Published:
    """Publish once more what was published before, and forget it as an earlier version.

    Raises ``UsageError`` where nothing was published before, it is not whole any more, or somebody who is heard or seen
    in it has not agreed; nothing changes then.
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
            raise _lost(MANIFEST)
        refuse_without_consent(project, manifest)
        manifest = tell_texts(manifest, project)
        sources: dict[str, Source] = {}
        for file in manifest.files:
            if not is_still_there(output, file, digests):
                sources[file.path] = history.find(file) or _refuse_lost(file)
        done = publish(output, manifest, sources, digests)
        history.drop(generations[-1])
    return done


def _refuse_lost(file: PublishedFile) -> Path:
    raise _lost(file.path)


def _lost(path: str) -> UsageError:
    return UsageError(
        what="The earlier publication is no longer whole.",
        where=path,
        why="the file was damaged, changed or removed in .babelreel/earlier",
        hint="“babelreel build” publishes what follows from the present files.",
    )


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
    raise UsageError(
        what=f"“{tag}” is not published.",
        why=f"the languages that are: {', '.join(each.tag for each in before.languages) or 'none'}",
        hint="Ask for one of these.",
    )


def _without(
    project: Project, output: Path, before: Manifest, gone: frozenset[str], digests: DigestCache
) -> tuple[dict[str, PublishedFile], dict[str, Source]]:
    """Find the files that are to be published, and the content of those that change."""
    there = without_pages({file.path: file for file in before.files if is_still_there(output, file, digests)})
    kept = {
        path: file
        for path, file in there.items()
        if not gone.intersection(languages_in(file.language)) and file.role is not Role.ARCHIVE
    }
    sources: dict[str, Source] = {}
    read = _reader(output)

    stream = {path: file for path, file in kept.items() if file.role is Role.STREAM}
    for file, content in remove_tracks(stream, playlists_of(there.keys() - kept.keys()), read):
        kept[file.path] = file
        sources |= {file.path: content} if content is not None else {}
    states = {file.path: file.state for file in before.files}
    for page in make_pages(project, _languages(project, before), kept, read):
        kept[page.path] = replace(describe_content(page, page.content), state=states.get(page.path, ""))
        sources[page.path] = page.content
    return kept, sources


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
