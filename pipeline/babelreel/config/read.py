"""Read what babelreel.toml means for a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from babelreel.config.faults.misnamed import refuse_misnamed
from babelreel.config.policy import check_policy
from babelreel.config.schema import (
    TABLES,
    ConfigFile,
    DeliveryTable,
    LanguageTable,
    SoundTable,
)
from babelreel.config.slug import slug_of
from babelreel.config.tables.campaign import read_campaign
from babelreel.config.tables.cards import read_cards
from babelreel.config.tables.changes import changed, changes
from babelreel.config.tables.credits import read_credits
from babelreel.config.tables.limits import LimitsTable
from babelreel.config.tables.pairs import read_pairs
from babelreel.config.tables.publishing import read_publishing
from babelreel.config.tables.renditions import read_rungs
from babelreel.config.tables.signs import read_signs
from babelreel.config.tables.style import read_styles
from babelreel.config.toml_file import config_error, describe_faults, read_toml
from babelreel.errors import BabelreelError
from babelreel.languages.find import find_language, read_language
from babelreel.languages.tables import file_error
from babelreel.model.delivery.pairs import Pair
from babelreel.model.film.streams import StreamWishes
from babelreel.model.language import Language
from babelreel.model.language_variant import in_variant
from babelreel.model.project import Delivery, LanguageSettings, Project
from babelreel.model.reading_limits import LIMITS, Profile
from babelreel.model.sound.recordings import LOUDNESS_TARGETS, SoundSettings
from babelreel.model.variant import split_variant
from babelreel.model.visible_text import visible
from babelreel.regular_files import is_taken, real_path
from babelreel.system_errors import house_errors

CONFIG_NAME = "babelreel.toml"

_REPAIR = "Correct what is named above. To see every key with its default, run “babelreel init” in an empty folder."
_ABSENT = "Put the file there, or remove what stands in its place: without one, everything has its default."


def read_project(root: Path) -> Project:
    """Read the project of a folder; without babelreel.toml, everything has its default.

    Raises ``ConfigError`` with every fault of the file at once, ``UsageError`` for settings under another name.
    """
    path = root / CONFIG_NAME
    with house_errors(path):
        is_there = is_taken(path)  # a link that leads nowhere is no reason to build with other settings
    if not is_there:
        refuse_misnamed(root, CONFIG_NAME)
        return _project(root, None, ConfigFile())
    return _project(root, path, read_toml(path, ConfigFile, TABLES, absent=_ABSENT, repair=_REPAIR))


def _project(root: Path, path: Path | None, config: ConfigFile) -> Project:
    faults: list[str] = []
    tables = _language_tables(config, faults)
    settings = _language_settings(root, config, tables, faults)
    rungs = read_rungs(config.renditions, faults)
    reference = _tag(config.reference, "reference", faults)
    sound = config.film.sound
    sound = _tag(sound, "film.sound", faults) if isinstance(sound, str) else sound
    people = read_credits(config.credits, config.consent, lambda tag, key: _tag(tag, key, faults), faults)
    campaign = read_campaign(config.brand, config.help, config.chapter, lambda tag, key: _tag(tag, key, faults), faults)
    named = tuple(each.language.tag for each in settings)
    signs = read_signs(config.sign, reference, named, lambda tag, key: _tag(tag, key, faults), faults)
    own_tags = dict.fromkeys((*named, reference))
    listed = named if config.languages is not None else ()
    is_unbuilt = bool(listed) and reference in tables and reference not in listed
    pairs = read_pairs(config.delivery.pairs or (), lambda tag, key: _tag(tag, key, faults), own_tags, listed, faults)
    if faults:
        raise config_error(path or root / CONFIG_NAME, faults, _REPAIR)
    title = config.title or " ".join(visible(real_path(root).name).split()) or "film"
    return Project(
        root=real_path(root),
        title=title,
        slug=config.slug or slug_of(title),
        reference=reference,
        film=Path(config.paths.film) if config.paths.film else None,
        streams=StreamWishes(picture=config.film.picture, sound=sound, language=reference),
        video_dir=Path(config.paths.video),
        subtitles_dir=Path(config.paths.subtitles),
        output_dir=Path(config.paths.output),
        limits=tuple(changes(Profile(), config.limits)),
        languages=settings,
        only_listed=config.languages is not None,
        unused=tuple(tag for tag in tables if tag not in (*listed, reference)) if listed else (),
        unbuilt=_settings(root, reference, tables, config.limits) if is_unbuilt else None,
        rungs=rungs,
        styles=read_styles(
            config.style,
            {find_language(tag).tag: table.style for tag, table in config.language.items()},
            {name: table.style for name, table in config.renditions.items()},
        ),
        sound=_sound(config.sound),
        delivery=_delivery(config.delivery, pairs),
        publishing=read_publishing(config.publish),
        campaign=campaign,
        signs=signs,
        cards=read_cards(config.cards),
        credits=people,
        check=check_policy(config.check),
        config_path=path,
    )


def _tag(tag: str, key: str, faults: list[str]) -> str:
    try:
        return find_language(tag).tag
    except BabelreelError as error:
        faults.append(f"{key}: {error.what}")
        return tag


def _language_settings(
    root: Path, config: ConfigFile, tables: Mapping[str, LanguageTable], faults: list[str]
) -> tuple[LanguageSettings, ...]:
    """Read the settings of the languages that are listed, or of all that have a table; others are not used."""
    listed = [_tag(tag, "languages", faults) for tag in config.languages or ()]
    faults.extend(f"languages: {tag} is listed {count} times" for tag, count in Counter(listed).items() if count > 1)
    wanted = listed or tuple(tables)
    used = ((tag, tables[tag]) for tag in wanted if tag in tables)
    faults.extend(fault for tag, table in used for fault in _mute_faults(tag, table, config.reference))
    return () if faults else tuple(_settings(root, tag, tables, config.limits) for tag in wanted)


def _mute_faults(tag: str, table: LanguageTable, reference: str) -> Iterator[str]:
    """Say where nothing of a language would be left."""
    if table.voice is False and table.voice_only:
        yield f"language.{tag}: voice = false and voice_only = true leave nothing; take one of them out"
    elif table.voice is False and table.text is False and split_variant(tag)[0] != reference:
        yield f"language.{tag}: voice = false and text = false leave nothing; take one of them out"


def _language_tables(config: ConfigFile, faults: list[str]) -> dict[str, LanguageTable]:
    """Collect the tables of languages by tag: two for one language would contradict each other."""
    tables: dict[str, LanguageTable] = {}
    for written, table in config.language.items():
        tag = _tag(written, f"language.{written}", faults)
        if tag in tables:
            faults.append(f"language.{written}: another table is about {tag} too")
        tables[tag] = table
    return tables


def _settings(root: Path, tag: str, tables: Mapping[str, LanguageTable], limits: LimitsTable) -> LanguageSettings:
    """Read what holds for a language; a variant has the names, the font and the title of its language."""
    table = tables.get(tag, LanguageTable())
    usual_tag, variant = split_variant(tag)
    usual = _settings(root, usual_tag, tables, limits) if variant and usual_tag in tables else None
    file = Path(table.file) if table.file else None
    known = in_variant(usual.language, variant) if usual and variant else find_language(tag)
    language = changed(_read_language(root / file, tag) if file else known, table)
    numbers = dict(changes(language.limits, limits)) | dict(changes(language.limits, table))
    font = Path(table.font) if table.font else usual.font if usual else None
    return LanguageSettings(
        language=language,
        profile=replace(language.limits, **numbers),
        font=font,
        title=table.title or (usual.title if usual else ""),
        file=file,
        is_voice_only=bool(table.voice_only),
        shows_text=table.text is not False,
        has_voice=table.voice is not False,
        limits=tuple(numbers.items()),
    )


def _read_language(path: Path, tag: str) -> Language:
    """Read a language's own file; its limits have the same bounds as those of babelreel.toml."""
    language = read_language(path, tag)
    try:
        LimitsTable.model_validate(dict(_plain_limits(language.limits)))
    except ValidationError as error:
        faults = describe_faults(error, LimitsTable, {})
        raise file_error(str(path), [f"limits.{fault}" for fault in faults]) from None
    return language


def _plain_limits(limits: Profile) -> Iterator[tuple[str, int | Fraction]]:
    for name in LIMITS:
        number = getattr(limits, name)
        yield name, int(number) if number == int(number) else number


def _sound(table: SoundTable) -> SoundSettings:
    given = {name: value for name, value in table.model_dump(exclude={"target"}).items() if value is not None}
    settings = replace(SoundSettings(), **given)
    named = (each for each in LOUDNESS_TARGETS if each.name == table.target)
    return replace(settings, target=next(named, settings.target))


def _delivery(table: DeliveryTable, pairs: tuple[Pair, ...]) -> Delivery:
    values = {
        "address": table.address,
        "date": table.date,
        "has_pages": table.pages,
        "has_streams": table.streams,
        "has_leaflets": table.leaflets,
        "has_spoken_names": table.spoken_names,
        "has_sdh_films": table.sdh_films,
        "has_title_pictures": table.title_pictures,
        "pairs": pairs,
        "archive": None if table.archive is None else tuple(dict.fromkeys(table.archive)),
    }
    given: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    return replace(Delivery(), **given)
