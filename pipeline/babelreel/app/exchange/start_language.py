"""Begin a language that has no track yet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from babelreel.app.check.film_replaced import films_of_subtitles
from babelreel.app.exchange.languages import ProjectLanguage, open_for_exchange
from babelreel.app.kept_versions import keep_versions
from babelreel.app.project.described_film import film_to_check
from babelreel.app.project.fingerprints import subtitles_path
from babelreel.app.project.inventory import leads_out
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.project.subtitles_film import parts_of, render_owner
from babelreel.errors import UsageError
from babelreel.graph.files import write_atomically
from babelreel.graph.lock import hold_ledgers
from babelreel.languages.find import are_one_language, builtin_languages, find_language
from babelreel.model.language import Language
from babelreel.model.project import Project
from babelreel.rules.alignment.made_from import spoken_cues
from babelreel.timedtext.formats.timestamp import SUBRIP, render_time


def has_file(project: Project, tag: str) -> bool:
    """Tell whether the folder of subtitles has a file of a language, or one that may be it under another name."""
    found = look_at_folder(project)
    tag = find_language(tag).tag
    return any(are_one_language(each.tag, tag) for each in found.tracks) or bool(found.strays_of([tag]))


def languages_to_start(project: Project, others: Iterable[str] = ()) -> tuple[Language, ...]:
    """List the languages that could begin: those we know best, those of babelreel.toml, and others by their tags.

    None where there is no track to translate from.
    """
    found = look_at_folder(project)
    if found.reference is None:
        return ()
    there = [*(each.tag for each in found.tracks), *(stray.tag for stray in found.strays if stray.tag)]
    known = [*builtin_languages(), *(each.language for each in project.languages), *map(find_language, others)]
    by_tag = {each.tag: each for each in known if _is_built(project, each.tag)}
    return tuple(each for tag, each in by_tag.items() if not any(are_one_language(tag, one) for one in there))


def refuse_unlisted(project: Project, tag: str) -> None:
    """Raise ``UsageError`` for a language that the project does not build: nobody would see what is written in it."""
    language = find_language(tag)
    if not _is_built(project, language.tag):
        raise UsageError(
            what=f"{language.name} ({language.tag}) is not one of the project's languages.",
            where=str(project.config_path or project.root),
            why="“languages” there lists those that are built, and this one is not among them",
            hint=f'Add "{language.tag}" to “languages”, then begin it.',
        )


def _is_built(project: Project, tag: str) -> bool:
    return not project.only_listed or any(are_one_language(each.language.tag, tag) for each in project.languages)


def start_language(project: Project, tag: str, verb: str) -> str:
    """Write the track of a new language: a cue for each of the reference, at its time, that waits for its text.

    ``verb`` is what ``undo`` names it by. Gives the language's tag. Raises ``UsageError`` where the language has a file
    already, and what ``open_for_exchange`` raises.
    """
    with hold_ledgers(project.state_dir):
        if has_file(project, tag):
            raise UsageError(
                what=f"There is a file for “{find_language(tag).tag}” already.",
                where=str(project.root / project.subtitles_dir),
                hint="Open the language, or read what “babelreel check” says of the file.",
            )
        refuse_unlisted(project, tag)
        language = open_for_exchange(project, tag)
        path = language.file.path
        if leads_out(project, path):
            raise UsageError(what="The folder of subtitles lies outside of the project.", where=str(path.parent))
        contents = new_owner(project, language.tag) | {path: _waiting_cues(language).encode()}
        keep_versions(project, f"{verb} {language.tag}", contents)
        for place, content in contents.items():
            write_atomically(place, content)
    return language.tag


def new_owner(project: Project, tag: str) -> dict[Path, bytes]:
    """Write of which film a new language is: of that of the reference, whose times it gets; nothing where all are."""
    films = films_of_subtitles(project, film_to_check(project))
    if films is None or films.are_together(tag, project.reference):
        return {}
    after = films.moved([tag], films.of(project.reference), (*parts_of(project), tag))
    return {subtitles_path(project): render_owner(after)}


def _waiting_cues(language: ProjectLanguage) -> str:
    cues = spoken_cues(language.reference) if language.reference else []
    times = (tuple(render_time(ms, SUBRIP) for ms in (cue.span.start_ms, cue.span.end_ms)) for cue in cues)
    return "\n".join(f"{number}\n{start} --> {end}\n\n" for number, (start, end) in enumerate(times, start=1))
