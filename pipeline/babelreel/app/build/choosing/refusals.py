"""Refuse a language: it was withdrawn, waits for a person's word, or cannot be shown as it is."""

from __future__ import annotations

from contextlib import suppress

from babelreel.app.check.checked import CheckedTrack
from babelreel.config.read import CONFIG_NAME
from babelreel.errors import MachineError, RefusedError, UnapprovedError, WithheldError
from babelreel.graph.digests import DigestCache
from babelreel.languages.same_language import signs_for
from babelreel.model.counted import count
from babelreel.model.delivery.manifest import Manifest
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.film.signs import missing_in
from babelreel.model.project import Project
from babelreel.model.track import Cue
from babelreel.rules.characters.naming import name_character


def refuse_withdrawn(checked: CheckedTrack, before: Manifest | None, digests: DigestCache) -> None:
    """Raise ``WithheldError`` for a language that somebody took back, and whose subtitle file is the same since."""
    tag = checked.file.tag
    texts = {each.language: each.text for each in before.withdrawn} if before else {}
    if tag not in texts:
        return
    with suppress(MachineError):  # the code that reads its cues says that it cannot be read
        if digests.digest(checked.file.path) == texts[tag]:
            raise WithheldError(
                what=f"{tag} is not published: it was withdrawn, and its "
                f"{'recording' if checked.file.is_voice else 'subtitle file'} is the same since.",
                where=checked.track.path,
                hint=f"Correct it and build again, or publish it as it is: “babelreel build {tag}”.",
            )


def waiting_fate(tag: str, before: Manifest | None) -> str:
    """Say what becomes of a language that waits for a person's word."""
    is_there = before is not None and any(file.language == tag for file in before.files)
    return f"{tag} keeps its earlier version" if is_there else f"{tag} is not published yet"


def refuse_unapproved(project: Project, checked: CheckedTrack, fate: str) -> None:
    """Raise ``UnapprovedError`` for a track with lines that nobody approved as they are, where only others go out."""
    standing = checked.standing
    if not (project.publishing.wants_approval and standing) or standing.is_approved:
        return
    left, shown, tag = standing.unapproved, standing.unapproved_shown, checked.file.tag
    if shown and not left:
        raise UnapprovedError(
            what=f"{fate}: {len(shown)} of {count(len(standing.shown), 'text')} in the picture are not approved.",
            where=shown[0].words.called,
            why='babelreel.toml publishes only what is approved ([publish] only = "approved")',
            hint=f"Look at them (“babelreel check {tag} --select LDG”), then approve them: “babelreel "
            f"approve {tag} --picture --by NAME”.",
        )
    raise UnapprovedError(
        what=f"{fate}: {len(left)} of {count(len(standing.lines), 'line')} are not approved.",
        where=checked.track.path,
        why='babelreel.toml publishes only what is approved ([publish] only = "approved")',
        hint=f"Read them (“babelreel check {tag} --select LDG”), then approve them: “babelreel "
        f"approve {tag} --by NAME”.",
    )


def refuse_unsaid_signs(project: Project, checked: CheckedTrack, fate: str) -> None:
    """Raise ``UnapprovedError`` for a language in which nobody has said yet what stands in the picture."""
    tag = checked.file.tag
    if checked.file.is_voice and not any(rung.text is Text.BURN_IN for rung in project.rungs):
        return  # no text of it is shown anywhere
    missing = missing_in(signs_for(project.signs, tag), tag, is_reference=project.is_spoken(tag))
    if missing:
        raise UnapprovedError(
            what=f"{fate}: {count(len(missing), 'text')} in the picture "
            f"{'has' if len(missing) == 1 else 'have'} no translation.",
            where=f"{CONFIG_NAME}, [[sign]] “{missing[0].name}”",
            why="a language is published only when all words in the picture are said in it",
            hint=f"Send it to a translator (“babelreel send {tag}”), or write it into the table "
            f"[sign.text]: {tag} = “…”",
        )


def track_error(checked: CheckedTrack) -> RefusedError:
    """Say that a track has errors, and name the first."""
    errors = checked.errors
    first = errors[0].location
    return RefusedError(
        what=f"{checked.file.tag} is not published: its subtitles have {count(len(errors), 'error')}.",
        where=f"{first.path}:{first.line}" if first.line else first.path,
        why=f"{errors[0].code} {errors[0].message}",
        hint=f"“babelreel check {checked.file.tag}” lists them all.",
    )


def glyph_error(checked: CheckedTrack, missing: tuple[tuple[Cue, str], ...]) -> RefusedError:
    """Say that no font has a character, the first of those that are ``missing``, and how to bring one along."""
    cue, character = missing[0]
    own = f"{checked.file.settings.font.as_posix()} and " if checked.file.settings.font else ""
    return RefusedError(
        what=f"{checked.file.tag} is not published: no font can draw “{character}” ({name_character(character)}).",
        where=f"{checked.track.path}:{cue.line}, cue {cue.number}",
        why=f"{own}the bundled fonts lack {count(len({each for _, each in missing}), 'character')} of this track",
        hint=f'In babelreel.toml, name a font file that has it: [language.{checked.file.tag}] font = "fonts/….ttf"',
    )
