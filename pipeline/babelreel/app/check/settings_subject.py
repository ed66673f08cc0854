"""What babelreel.toml says, beside what lies in the project: for the rules on settings."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from babelreel.app.access.signed_files import refused_signers
from babelreel.app.build.choosing.logo import find_logo_fault, tell_card_logo, tell_unseen_logo
from babelreel.app.check.idle_settings import idle_settings
from babelreel.app.project.inventory import FILM_ENDINGS, files_in, probe_path, relative_path
from babelreel.app.project.output_folder import output_fault
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.voices.stems import Stems
from babelreel.config.read import CONFIG_NAME
from babelreel.config.sign_texts import find_sign_text
from babelreel.config.tables.renditions import near_rendition
from babelreel.model.campaign import text_in
from babelreel.model.delivery.published_paths import language_dir
from babelreel.model.film.cards import Cards
from babelreel.model.film.media import MediaInfo
from babelreel.model.policy import matches_file
from babelreel.model.project import LanguageSettings, Project
from babelreel.rules.base.recording_subject import SettingsSubject
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import CheckResult
from babelreel.rules.sign_texts import check_sign_texts


def settings_subject(project: Project, film: MediaInfo | None, stems: Stems) -> Iterator[SettingsSubject]:
    """Look at what the project's file says; nothing where there is none."""
    if project.config_path is None:
        return
    absent = project.film if project.film and not _is_known(project, project.film) else None
    found = look_at_folder(project)
    logos = project.root, project.campaign.brand, project.cards, CONFIG_NAME
    yield SettingsSubject(
        language=project.reference,
        path=relative_path(project, project.config_path),
        film=film,
        near_renditions=tuple(_near_renditions(project)),
        absent_film=absent.as_posix() if absent else "",
        films=tuple(_films_beside(project, absent)) if absent else (),
        output_fault=output_fault(project),
        chapters=tuple(chapter.start_ms for chapter in project.campaign.chapters),
        unmatched_files=tuple(_unmatched_files(project)),
        unheard=tuple(_unheard(project, stems)),
        cards_ms=_both_cards_ms(project.cards),
        idle=(*idle_settings(project), *tell_unseen_logo(*logos), *tell_card_logo(*logos[1:3])),
        logo_fault=find_logo_fault(*logos),
        refused_signers=tuple(refused_signers(project, (file.settings.language for file in found.tracks))),
    )


def _both_cards_ms(cards: Cards) -> int:
    return cards.title_ms + cards.end_ms if cards.title_ms and cards.end_ms else 0


def _is_known(project: Project, film: Path) -> bool:
    return (project.root / film).is_file() or probe_path(project).is_file()


def _films_beside(project: Project, film: Path) -> Iterator[str]:
    for path in files_in((project.root / film).parent):
        if path.suffix.lower().lstrip(".") in FILM_ENDINGS:
            yield path.name


def _near_renditions(project: Project) -> Iterator[tuple[str, str]]:
    for rung in project.rungs:
        if meant := near_rendition(rung.name):
            yield rung.name, meant


def _unmatched_files(project: Project) -> Iterator[tuple[str, str]]:
    """List what exceptions name as a file and is none, each with the name that was probably meant."""
    patterns = list(dict.fromkeys(each.file for each in project.check.allow))
    if not patterns:
        return
    known = list(_paths(project))
    names = [PurePosixPath(path).name for path in known]
    for pattern in patterns:
        if not any(matches_file(pattern, path) for path in known):
            yield pattern, next(iter(difflib.get_close_matches(pattern, names, n=1)), "")


def _unheard(project: Project, stems: Stems) -> Iterator[str]:
    for settings in project.languages:
        tag = settings.language.tag
        is_heard = project.is_spoken(tag) or (settings.has_voice and stems.has_voice(tag))
        if not (settings.shows_text or is_heard):
            yield tag


def _paths(project: Project) -> Iterator[str]:
    """List all that a finding may be about; voices that are missed go by the name that they would have."""
    for folder in (project.subtitles_dir, project.video_dir):
        yield from (relative_path(project, path) for path in sorted((project.root / folder).rglob("*")))
    yield relative_path(project, probe_path(project))
    tags = {settings.language.tag for settings in project.languages}
    tags |= {path.stem for path in files_in(project.root / project.subtitles_dir)}
    yield from ((project.stems_dir / f"{tag}.flac").as_posix() for tag in tags)
    yield from ((project.output_dir / language_dir(tag)).as_posix() for tag in tags)
    if project.config_path:
        yield relative_path(project, project.config_path)


def settings_bytes(project: Project) -> bytes:
    """Read what babelreel.toml holds at present; nothing where there is none, or none any more."""
    try:
        return project.config_path.read_bytes() if project.config_path else b""
    except OSError:
        return b""


def check_words(
    project: Project, subject: TrackSubject, *, select: tuple[str, ...], ignore: tuple[str, ...], is_voice: bool = False
) -> CheckResult:
    """Check the words in the picture and on the cards of a language; see ``check_sign_texts``."""
    if not (subject.signs or subject.card_words):
        return CheckResult()
    return check_sign_texts(
        subject,
        CONFIG_NAME,
        find_place=partial(find_sign_text, settings_bytes(project), subject.language.tag),
        is_voice=is_voice,
        select=select,
        ignore=(*ignore, *project.check.ignored_in(CONFIG_NAME)),
        allow=project.check.allow,
    )


def card_words(project: Project, settings: LanguageSettings) -> Iterator[tuple[str, str]]:
    """List the words on the cards that are in a language itself, each behind the key that holds it."""
    tag, cards = settings.language.tag, project.cards
    if not (cards.title_ms or cards.end_ms):
        return
    if settings.title:
        yield f"“title” of [language.{tag}]", settings.title
    elif project.is_spoken(tag):
        yield "“title”", project.title
    if cards.end_ms:
        for each in project.campaign.help:
            if label := text_in(each.labels, tag):
                yield f"“label” of {each.number} in [[help]]", label
