"""Choose the languages that can be built, each with its text, its fonts and its voice, and say why not the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from babelreel.app.build.choosing.refusals import (
    glyph_error,
    refuse_unapproved,
    refuse_unsaid_signs,
    refuse_withdrawn,
    track_error,
    waiting_fate,
)
from babelreel.app.check.checked import CheckedTrack
from babelreel.app.project.read_tracks import closed_error
from babelreel.app.project.subtitle_files import TrackFile
from babelreel.app.publish.made_from import dubbed_languages, keeping_its_earlier_version
from babelreel.app.publish.own_files import read_manifest
from babelreel.app.voices.dubbing import (
    choose_voice,
    closed_recording,
    outlasted_consent,
    recordings_to_come,
    refuse_without_consent,
)
from babelreel.errors import BabelreelError, Cause, RefusedError
from babelreel.graph.digests import DigestCache
from babelreel.graph.task import SourceFile
from babelreel.languages.same_language import signs_for
from babelreel.media.picture.piece import FONTS
from babelreel.model.delivery.build_summary import Failure, Fate
from babelreel.model.delivery.manifest import Manifest
from babelreel.model.drafts import draft_title
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.film.signs import signs_in
from babelreel.model.project import Project
from babelreel.model.track import Track
from babelreel.model.variant import Variant
from babelreel.model.visible_text import visible_track
from babelreel.rules.characters.glyphs import undrawable_character
from babelreel.rules.ledger.standing import TrackStanding
from babelreel.stages.inputs import Subtitles, Voice
from babelreel.timedtext.burnin.drawable import undrawable_in_track
from babelreel.timedtext.burnin.typeface import choose_font


@dataclass(frozen=True, slots=True, kw_only=True)
class Buildable:
    """The languages that can be built, those that cannot, and those whose recorded voice is left out."""

    subtitles: tuple[Subtitles, ...]
    refusals: tuple[Failure, ...]
    silenced: tuple[Failure, ...]


def choose_languages(  # noqa: PLR0913 - all that decides whether a language is built
    project: Project,
    tracks: Iterable[CheckedTrack],
    *,
    asked: frozenset[str],
    digests: DigestCache,
    lost: Mapping[str, BabelreelError],
    unchanged: frozenset[str],
) -> Buildable:
    """Look at every language; those that are ``asked`` for by name are built though they were withdrawn.

    A language that is published with a voice which is not here, or which the machine does not let be read, is not built
    without it. Of ``lost`` languages the voice could not be mixed, for the reason given: they are built without it.
    Those that are ``unchanged`` since they were published keep their earlier version where they are refused now.
    """
    before = read_manifest(project.root / project.output_dir)
    subtitles: list[Subtitles] = []
    refusals: list[Failure] = []
    silenced: list[Failure] = []
    for each in tracks:
        tag = each.file.tag
        try:
            if tag not in asked:
                refuse_withdrawn(each, before, digests)
            refuse_unapproved(project, each, waiting_fate(tag, before))
            refuse_unsaid_signs(project, each, waiting_fate(tag, before))
            found = _subtitles(project, each, digests)
            if each.file.is_voice:
                _refuse_description(project, each, subtitles, (*refusals, *silenced))
                found = replace(found, voice=_lone_voice(project, each, before, digests=digests, lost=lost.get(tag)))
        except BabelreelError as error:
            kept = _why_refused(project, tag, error, before, is_unchanged=tag in unchanged)
            refusals.append(Failure(tag=tag, error=kept))
            continue
        if each.file.is_voice or not each.file.settings.has_voice:
            subtitles.append(found)
            continue
        if tag in lost:
            silenced.append(Failure(tag=tag, error=lost[tag], fate=Fate.WITHOUT_DUB))
            subtitles.append(found)
            continue
        is_dubbed = tag in dubbed_languages(before)
        try:
            fault = _fault_of_machine(project, each) if is_dubbed else None
            refuse_without_consent(project, each, fault)  # before anything that lets an earlier version stay
            if fault:
                raise fault
            found = replace(found, voice=choose_voice(project, each, digests))
        except BabelreelError as error:
            kept = _why_refused(project, tag, error, before, is_unchanged=tag in unchanged)
            if is_dubbed and kept.cause is Cause.MACHINE:
                refusals.append(Failure(tag=tag, error=kept))
                continue
            silenced.append(Failure(tag=tag, error=error, fate=Fate.WITHOUT_DUB))
        subtitles.append(found)
    return Buildable(subtitles=tuple(subtitles), refusals=tuple(refusals), silenced=tuple(silenced))


def _why_refused(
    project: Project, tag: str, error: BabelreelError, before: Manifest | None, *, is_unchanged: bool
) -> BabelreelError:
    """Return the error that decides what becomes of a language's earlier version."""
    kept = keeping_its_earlier_version(tag, error) if is_unchanged else error
    is_withheld = project.credits_of(tag).is_voice_agreed is False and tag in dubbed_languages(before)
    return outlasted_consent(tag, kept) if is_withheld and kept.cause is not Cause.CONTENT else kept


def _refuse_description(
    project: Project, checked: CheckedTrack, built: Iterable[Subtitles], refusals: Iterable[Failure]
) -> None:
    """Raise why the picture is not described in a language: what is said between must be in that language too.

    ``refusals`` say why other languages are not built, or not with their voice.
    """
    tag, usual = checked.file.tag, checked.file.settings.language.usual_tag
    if checked.file.settings.language.variant is not Variant.DESCRIBED or project.is_spoken(tag):
        return
    for refusal in refusals:
        if refusal.tag == usual:  # nobody knows whether it has a voice
            raise refusal.error
    if not any(each.language.tag == usual and each.voice for each in built):
        raise RefusedError(
            what=f"{tag} is not published: what is said in the film cannot be heard in {usual}.",
            where=checked.track.path,
            why="a description is heard between what is said, and no recorded voice in its language is used",
            hint=f"Record {usual} too (“babelreel dub report {usual}”), or take the description away.",
        )


def _lone_voice(
    project: Project,
    checked: CheckedTrack,
    before: Manifest | None,
    *,
    digests: DigestCache,
    lost: BabelreelError | None,
) -> Voice:
    """Find the voice of a language that has no text, or raise why it cannot be heard: nothing else is published."""
    fault = _fault_of_machine(project, checked) if checked.file.tag in dubbed_languages(before) else None
    refuse_without_consent(project, checked, fault)
    if lost or fault:
        raise lost or fault or AssertionError
    voice = choose_voice(project, checked, digests)
    if voice is None:
        raise RefusedError(
            what=f"{checked.file.tag} is not published: nothing can be heard of its voice.",
            where=checked.track.path,
            hint=f"Record it again, or add subtitles. “babelreel check {checked.file.tag}” says what is wrong with it.",
        )
    return voice


def _fault_of_machine(project: Project, checked: CheckedTrack) -> BabelreelError | None:
    return closed_recording(project, checked.file.tag, checked.sound_errors) or recordings_to_come(checked)


def _is_draft(project: Project, standing: TrackStanding | None) -> bool:
    """Tell whether a language is marked as one that nobody approved yet."""
    return bool(project.publishing.marks_drafts and standing and not standing.is_approved)


def _subtitles(project: Project, checked: CheckedTrack, digests: DigestCache) -> Subtitles:
    """Return one language's text with its fonts, or raise why it cannot be published."""
    if closed := closed_error(checked.track, f"{checked.file.tag} is not built: its subtitle file cannot be read."):
        raise closed
    if checked.closed_font:
        raise checked.closed_font
    if any(error.code != undrawable_character.code for error in checked.errors):
        raise track_error(checked)
    settings = checked.file.settings
    found = subtitles_of(project, checked.file, checked.track, checked.standing, digests)
    own = project.root / settings.font if settings.font else None
    is_drawn = any(rung.text is Text.BURN_IN for rung in project.rungs)
    missing = undrawable_in_track(checked.track, own) if is_drawn else ()
    if missing:
        raise glyph_error(checked, missing)  # the same as the rule says, and how to repair it
    if checked.errors:
        raise track_error(checked)
    return found


def subtitles_of(
    project: Project, file: TrackFile, track: Track, standing: TrackStanding | None, digests: DigestCache
) -> Subtitles:
    """Return a track as it is drawn and published, whatever is wrong with it; ``UsageError`` for a font of its own."""
    settings = file.settings
    font = choose_font(settings.language, project.root / settings.font if settings.font else None)
    is_draft = _is_draft(project, standing)
    return Subtitles(
        language=settings.language,
        track=visible_track(track),
        font=font,
        font_files=tuple(font_file(each.path, digests) for each in (font, *font.fallbacks)),
        title=draft_title(settings.title or project.title) if is_draft else settings.title,
        has_text=not file.is_voice,
        shows_text=settings.shows_text,
        credits=project.credits_of(file.tag).shown,
        is_draft=is_draft,
        signs=signs_in(signs_for(project.signs, file.tag), file.tag, is_reference=project.is_spoken(file.tag)),
    )


def font_file(path: Path, digests: DigestCache) -> SourceFile:
    """Describe a font as an input of tasks."""
    return SourceFile(name=f"{FONTS}/{path.name}", path=path, digest=digests.digest(path))
