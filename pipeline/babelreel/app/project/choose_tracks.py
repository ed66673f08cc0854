"""Choose the tracks of a project that are worked on."""

from __future__ import annotations

from collections.abc import Iterable

from babelreel.app.project.inventory import told_files
from babelreel.app.project.subtitle_files import StrayFile, SubtitleFolder, TrackFile, look_at_folder
from babelreel.errors import TrackError, UsageError
from babelreel.languages.find import are_one_language, find_language
from babelreel.model.language import Language
from babelreel.model.project import Project

#: More files than these in one message are read by nobody.
_MOST_TOLD = 10


def find_tracks(project: Project) -> tuple[TrackFile, ...]:
    """Find the one subtitle file of each language: first those that babelreel.toml lists, in its order.

    A file is named by its language's tag (``fr.srt``) or ends with it (``film.fr.srt``). Raises ``TrackError`` for a
    listed language without a file, or no track at all; it names the files that may be tracks.
    """
    return usable_tracks(project, look_at_folder(project))


def find_tracks_of(project: Project, tags: Iterable[str]) -> tuple[TrackFile, ...]:
    """Find the tracks of these languages, or of all, as ``find_tracks`` and ``select_tracks`` do."""
    found = look_at_folder(project)
    return select_tracks(usable_tracks(project, found), tags, found)


def usable_tracks(project: Project, found: SubtitleFolder) -> tuple[TrackFile, ...]:
    """Choose the tracks of a folder that was looked at, as ``find_tracks`` does; none need be there beside voices."""
    folder = project.root / project.subtitles_dir
    unlisted = [stray for stray in found.strays if stray.tag and not stray.is_error]
    if not (found.languages or unlisted):
        raise TrackError(
            what="There are no subtitles to work on.",
            where=str(folder),
            why=told_strays(found.errors) or f"the folder holds no subtitle file ({told_files(folder)})",
            hint="Put one file per language there, named by its language tag: fr.srt, ar.srt, zh-Hans.srt.",
        )
    there = {file.tag for file in found.tracks}
    listed = [each.language.tag for each in project.languages if project.only_listed and not each.is_voice_only]
    missing = [tag for tag in listed if tag not in there and not found.strays_of([tag])]
    if missing:
        raise TrackError(
            what=f"babelreel.toml lists languages that have no subtitle file: {', '.join(missing)}.",
            where=str(folder),
            why=told_strays(stray for stray in found.errors if not stray.tag),  # one of those may be it
            hint=f"Add {missing[0]}.srt, begin it with “babelreel studio {missing[0]}”, or take it out of “languages”.",
        )
    if not found.languages:
        raise TrackError(
            what="No language that babelreel.toml lists has subtitles that can be used.",
            where=str(folder),
            why=told_strays(found.errors or unlisted),
            hint="Repair what is named above, or list in “languages” what is to be built.",
        )
    return found.tracks


def why_no_original(project: Project, found: SubtitleFolder) -> str:
    """Say why nothing is known of what the film says, where no file in its own language is used."""
    return (
        told_strays(found.strays_of([project.reference]))
        or f"the film's own language, {project.reference}, has no subtitle file"
    )


def told_strays(strays: Iterable[StrayFile]) -> str:
    """Say in one sentence what is to be done with these files: with the first ten, where there are more."""
    told = [f"{stray.path.name}: {stray.why}" for stray in strays]
    rest = len(told) - _MOST_TOLD
    return "; ".join(told[:_MOST_TOLD]) + (f"; and {rest} more, which babelreel check tells" if rest > 0 else "")


def select_tracks(
    tracks: tuple[TrackFile, ...], tags: Iterable[str], found: SubtitleFolder | None = None
) -> tuple[TrackFile, ...]:
    """Keep the tracks whose tags were asked for; all when none was.

    Raises ``UsageError`` for a tag that has no track. It says why a file is not used that was ``found``.
    """
    wanted = [_asked_language(tag).tag for tag in tags]
    known = {track.tag: track for track in tracks}
    meant = {tag: _meant(tag, known) for tag in wanted}
    for tag in wanted:
        if meant[tag] not in known:
            raise _no_track(tag, known, found.strays_of([tag]) if found else ())
    return tuple(track for track in tracks if track.tag in meant.values()) if wanted else tracks


def _no_track(tag: str, known: Iterable[str], strays: tuple[StrayFile, ...]) -> UsageError:
    if strays:
        return UsageError(
            what=f"No subtitle file for “{tag}” is used.",
            why=told_strays(strays),
            hint="Do what is said above, then run the same command again."
            if any(stray.is_error for stray in strays)
            else f'Add "{tag}" to “languages” in babelreel.toml, then run the same command again.',
        )
    return UsageError(
        what=f"There is no subtitle file for “{tag}”.",
        why=f"there are subtitle files for: {', '.join(sorted(known))}",
        hint=f"Put {tag}.srt beside them, or choose one of these languages.",
    )


def _meant(tag: str, known: Iterable[str]) -> str:
    """Find the tag of the track that a tag means: that of ``zh-Hans.srt`` for ``zh``."""
    return tag if tag in known else next((each for each in known if are_one_language(each, tag)), tag)


def _asked_language(tag: str) -> Language:
    try:
        return find_language(tag)
    except TrackError as error:
        hint = "Name a language by its tag, such as fr, zh-Hans or pcm (Nigerian Pidgin)."
        raise UsageError(what=error.what, why=error.why, hint=hint) from None
