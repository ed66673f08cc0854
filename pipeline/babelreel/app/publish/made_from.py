"""Say from which files, and under which settings, each language is made, and whether it was published from them.

Rules change from one version of babelreel to the next. A language whose files and settings are those that it was
published from has not become worse by that: its earlier version stays, and a message says which rule it breaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from babelreel.app.project.inventory import relative_path
from babelreel.app.project.subtitle_files import SubtitleFolder, TrackFile
from babelreel.app.voices.recorded_texts import TAKES_FILE
from babelreel.app.voices.stems import Recordings, list_music, list_recordings
from babelreel.engines.outcome import Outcome
from babelreel.errors import BabelreelError, Cause, StricterRuleError, WithheldError
from babelreel.graph.digests import DigestCache
from babelreel.graph.key import canonical_json
from babelreel.graph.task import Task
from babelreel.languages.find import builtin_languages, find_language
from babelreel.languages.same_language import signs_for
from babelreel.model.delivery.manifest import MadeFrom, Manifest, PublishedFile
from babelreel.model.delivery.pairs import languages_in
from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.editions import Corner
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.film.signs import signs_in
from babelreel.model.film.streams import StreamWishes
from babelreel.model.json_codec import encode
from babelreel.model.policy import matches_file
from babelreel.model.project import LanguageSettings, Project
from babelreel.model.sound.recordings import SoundSettings
from babelreel.model.style import Style, StyleChanges
from babelreel.model.variant import split_variant
from babelreel.regular_files import is_taken
from babelreel.rules.text.possible_languages import rivals_of

#: Of a language, what a project can change and rules look at, beside its limits.
_OF_LANGUAGE = ("direction", "counting", "has_italics", "breaks_at_spaces")


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeldTo:
    """What all languages are put beside: the film, its own text, and each other's subtitle files (``texts``)."""

    film: Path
    reference: TrackFile | None
    texts: tuple[TrackFile, ...]
    digests: DigestCache


def look_at_origins(
    project: Project, film: Path, found: SubtitleFolder, digests: DigestCache
) -> Mapping[str, MadeFrom | None]:
    """Tell from what each of these languages would be made now; ``None`` where a file of it cannot be read."""
    files = found.languages
    recorded = {each.language: each for each in list_recordings(project)}
    held_to = _HeldTo(film=film, reference=found.reference, texts=found.tracks, digests=digests)
    return {file.tag: _origin(project, file, recorded.get(file.tag), held_to) for file in files}


def unchanged_languages(before: Manifest | None, now: Mapping[str, MadeFrom | None]) -> frozenset[str]:
    """Name the languages that are published and were made from what is there now, not those that cannot be read."""
    known = before.made_from if before else ()
    return frozenset(each.language for each in known if now.get(each.language) == each)


def dubbed_languages(before: Manifest | None) -> frozenset[str]:
    """Name the languages that are published with a recorded voice."""
    return frozenset(file.language for file in (before.files if before else ()) if file.sound == "dub")


def published_origins(
    files: Iterable[PublishedFile],
    now: Mapping[str, MadeFrom | None],
    refused: frozenset[str],
    before: Manifest | None,
) -> Iterator[MadeFrom]:
    """Tell from what the languages of these files were made: what is there now, or what it was before."""
    files = tuple(files)
    tags = dict.fromkeys(file.language for file in files if file.language)
    new = {file.language for file in files if not file.state} - refused
    earlier = {each.language: each for each in before.made_from} if before else {}
    for tag in tags:
        origin = now.get(tag) if tag in new else earlier.get(tag)
        if origin:
            yield origin


def keeping_its_earlier_version(tag: str, error: BabelreelError) -> BabelreelError:
    """Say why an unchanged language is not built: a fault that earlier versions let pass removes nothing.

    Any other error stays as it is, and so does a person's word.
    """
    if error.cause is not Cause.CONTENT or isinstance(error, WithheldError):
        return error
    return StricterRuleError(
        what=f"{tag} keeps its earlier version: its files are the same, but this version of babelreel "
        "finds a fault in them.",
        where=error.where,
        why=error.why or error.what,
        hint=f"“babelreel check {tag}” lists all. Correct them, or name the rule in [check] ignore, and build again.",
    )


def without_new_refusals(outcome: Outcome, tasks: Iterable[Task], unchanged: frozenset[str]) -> Outcome:
    """Let no failure of a task take a language away whose voice was published from what is ``unchanged`` since.

    In a film of two languages, the voice is that of the first.
    """
    voices = ((task.name, next(iter(languages_in(task.language)), "")) for task in tasks)
    kept = {name: tag for name, tag in voices if tag in unchanged}
    failures = {
        name: keeping_its_earlier_version(kept[name], error) if name in kept else error
        for name, error in outcome.failures.items()
    }
    return replace(outcome, failures=failures)


def _origin(project: Project, file: TrackFile, recorded: Recordings | None, held_to: _HeldTo) -> MadeFrom | None:
    digests = held_to.digests
    with suppress(BabelreelError):  # the code that needs the file says why it cannot be read
        return MadeFrom(
            language=file.tag,
            subtitles="" if file.is_voice and not file.is_script else digests.digest(file.path),
            recordings=_digest_of_all(project, _sounds(project, recorded), digests) if recorded else "",
            rules=_digest_of_rules(project, file, recorded, held_to),
        )
    return None


def _sounds(project: Project, recorded: Recordings) -> Iterator[Path]:
    """Yield all that a language's voice is mixed from: its recordings, what is kept of takes, music and effects."""
    yield from recorded.files
    yield from (path for folder in recorded.folders if is_taken(path := folder / TAKES_FILE))
    yield from list_music(project)[:1]


def _digest_of_all(project: Project, paths: Iterable[Path], digests: DigestCache) -> str:
    told = sorted((relative_path(project, path), digests.digest(path)) for path in paths)
    return sha256(canonical_json([list(each) for each in told])).hexdigest()


def _digest_of_rules(project: Project, file: TrackFile, recorded: Recordings | None, held_to: _HeldTo) -> str:
    """Name all that a language is held to but babelreel itself: what the project says, the film, the other languages.

    Of settings only what the project sets is looked at: another default is no word of the project's.
    """
    own = (file.settings.font, file.settings.file)
    reference = held_to.reference
    paths = (held_to.film, *((reference.path,) if reference else ()), *(project.root / path for path in own if path))
    told = {**_said_of_project(project), **_said_of_language(file.settings), **_said_of_files(project, file, recorded)}
    told |= _said_of_styles(project, file.tag)
    told |= {"agreed": project.credits_of(file.tag).is_voice_agreed}
    if signs := signs_in(signs_for(project.signs, file.tag), file.tag, is_reference=project.is_spoken(file.tag)):
        told |= {"signs": encode(signs)}
    told |= _said_of_others(project, file, reference, held_to)
    return sha256(canonical_json([told, [held_to.digests.digest(path) for path in paths]])).hexdigest()


def _said_of_project(project: Project) -> dict[str, Any]:
    policy = project.check
    usual = StreamWishes(language=project.streams.language)  # that of the reference
    return {
        "reference": project.reference,
        "select": encode(policy.select),
        "audience": encode(policy.audience),
        "names": encode(policy.names),
        "help": [each.digits for each in project.campaign.help],
        "style": _changes(project.styles.whole, Style()),
        "sound": _changes(project.sound, SoundSettings()),
        "renditions": [_told_rung(each) for each in project.rungs if each not in DEFAULT_RUNGS],
        "left_out": [each.name for each in DEFAULT_RUNGS if each not in project.rungs],
        **({"streams": streams} if (streams := _changes(project.streams, usual)) else {}),
    }


def _told_rung(rung: Rung) -> dict[str, Any]:
    """Tell a rung; what came later is left out where it is as usual, so that earlier publications are known again."""
    told = {each.name: encode(getattr(rung, each.name)) for each in fields(rung)}
    usual = {"codec": Codec.H264, "shows_text": True, "has_voice": True, "place": Corner.BOTTOM_RIGHT}
    return {name: value for name, value in told.items() if name not in usual or getattr(rung, name) != usual[name]}


def _said_of_styles(project: Project, tag: str) -> dict[str, Any]:
    """Return how text looks in a language, or in some sizes, where that is not as in the whole project."""

    def told(styles: Iterable[tuple[str, StyleChanges]]) -> dict[str, Any]:
        return {key: {name: str(value) for name, value in changes} for key, changes in styles}  # some are floats

    of_language = told(each for each in project.styles.languages if each[0] in {tag, split_variant(tag)[0]})
    of_rungs = told(project.styles.rungs)
    return {
        **({"language_style": of_language} if of_language else {}),
        **({"rendition_styles": of_rungs} if of_rungs else {}),
    }


def _said_of_language(settings: LanguageSettings) -> dict[str, Any]:
    language = settings.language
    usual = language if settings.file else find_language(language.tag)
    return {
        "limits": encode(dict(settings.limits)),
        "language": {
            name: encode(getattr(language, name))
            for name in _OF_LANGUAGE
            if getattr(language, name) != getattr(usual, name)
        },
        "voice_only": settings.is_voice_only,
        **({} if settings.shows_text else {"text": False}),
        **({} if settings.has_voice else {"voice": False}),
    }


def _said_of_others(project: Project, file: TrackFile, reference: TrackFile | None, held_to: _HeldTo) -> dict[str, Any]:
    """Return what the project says of other languages, as far as a rule on this one's text looks at it.

    That is how the reference is read, and in which languages the text might be instead: those that babelreel knows
    count in every project.
    """

    def own(other: TrackFile) -> str:
        return held_to.digests.digest(project.root / other.settings.file) if other.settings.file else ""

    known = {each.tag for each in builtin_languages()}
    named = [each for each in held_to.texts if each.settings.file or each.tag not in known]
    rivals = {each.tag for each in rivals_of(file.settings.language, (each.settings.language for each in named))}
    found: dict[str, Any] = {
        "rivals": sorted([each.tag, own(each)] for each in named if each.tag in rivals and each.tag != file.tag),
        "reference_language": [],
    }
    if reference and reference.tag != file.tag:
        said = _said_of_language(reference.settings)["language"]
        found["reference_language"] = [said, own(reference)] if said or reference.settings.file else []
    return {name: value for name, value in found.items() if value}


def _said_of_files(project: Project, file: TrackFile, recorded: Recordings | None) -> dict[str, Any]:
    """Return the exceptions for the files of a language; those for other files say nothing of it."""
    policy = project.check
    sounds = recorded.files if recorded else ()
    paths = [relative_path(project, path) for path in (file.path, *sounds)]
    return {
        "ignore": encode(policy.ignore),
        "ignore_in": [encode(each) for each in policy.ignore_in if any(matches_file(each[0], path) for path in paths)],
        "allow": [encode(each) for each in policy.allow if any(each.is_about(path) for path in paths)],
    }


def _changes(value: Any, usual: Any) -> dict[str, Any]:  # noqa: ANN401 - two settings of one kind, whichever
    """Return what the project sets to something else than is usual."""
    pairs = ((each.name, getattr(value, each.name)) for each in fields(value))
    return {name: encode(said) for name, said in pairs if said != getattr(usual, name)}
