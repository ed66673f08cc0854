"""Read campaign.toml: several films, and one page over them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import Field

from babelreel.config.slug import slug_of
from babelreel.config.tables.campaign import read_campaign
from babelreel.config.tables.campaign_tables import BrandTable, HelpTable
from babelreel.config.tables.section import Heading, Section
from babelreel.config.toml_file import config_error, read_toml
from babelreel.errors import BabelreelError
from babelreel.languages.find import find_language
from babelreel.model.delivery.published_paths import ASSETS
from babelreel.model.film_campaign import CampaignFilm, FilmCampaign
from babelreel.model.language import ENGLISH
from babelreel.regular_files import real_path

CAMPAIGN_NAME = "campaign.toml"
_ABSENT = "Write one with title, films and output, as docs/campaign.md shows, or name another file."
_REPAIR = "Correct what is named above. docs/campaign.md has an example with every key."


class CampaignFile(Section):
    """campaign.toml: films that belong together, and what stands above them."""

    title: Heading = Field(description="The campaign's title.")
    films: list[str] = Field(
        description="The folders of the films, relative to campaign.toml and below it, in the order of the pages."
    )
    output: str = Field("output", description="The folder for the web server.")
    reference: str = Field(ENGLISH, description="The language of `title`, which the first page speaks.")
    titles: dict[str, Heading] = Field(default_factory=dict, description="By language: the campaign's title.")
    brand: BrandTable = Field(default_factory=BrandTable)
    help: list[HelpTable] = Field(default_factory=list)


_TABLES: dict[str, type[Section]] = {"brand": BrandTable, "help": HelpTable}


def campaign_schema() -> dict[str, Any]:
    """Make the JSON Schema of campaign.toml, for editors that complete and check TOML."""
    return CampaignFile.model_json_schema()


def read_film_campaign(path: Path) -> FilmCampaign:
    """Read a campaign.toml; raises ``ConfigError`` with every fault of the file at once."""
    config = read_toml(path, CampaignFile, _TABLES, absent=_ABSENT, repair=_REPAIR)
    faults: list[str] = []
    root = real_path(path).parent

    def tag(written: str, key: str) -> str:
        try:
            return find_language(written).tag
        except BabelreelError as error:
            faults.append(f"{key}: {error.what}")
            return written

    if not config.films:
        faults.append("films: name the folder of one film at least")
    films = tuple(film for each in config.films if (film := _film(root, each, faults)))
    faults += [
        f"films: {count} folders would be “{name}” in the output folder; give one another name"
        for name, count in Counter(film.name for film in films).items()
        if count > 1
    ]
    output = Path(config.output)
    faults += [f"output: {fault}" for fault in [_output_fault(root, output, films, config.brand.logo)] if fault]
    found = FilmCampaign(
        root=root,
        config_path=path,
        title=config.title,
        films=films,
        titles=tuple((tag(written, f"titles.{written}"), text) for written, text in config.titles.items()),
        reference=tag(config.reference, "reference"),
        output_dir=output,
        campaign=read_campaign(config.brand, config.help, [], tag, faults),
    )
    if faults:
        raise config_error(path, faults, _REPAIR)
    return found


def _film(root: Path, written: str, faults: list[str]) -> CampaignFilm | None:
    """Find a film's folder; one that lies elsewhere could be anybody's, and a build writes into it."""
    folder = real_path(root / written)
    name = slug_of(PurePosixPath(folder.as_posix()).name)
    if not folder.is_relative_to(root) or folder == root:
        faults.append(f"films: “{written}” does not lie below the folder of {CAMPAIGN_NAME}")
    elif not folder.is_dir():
        faults.append(f"films: there is no folder “{written}”")
    elif name == ASSETS:
        faults.append(f"films: “{written}” would lie where the pages' own files are; give the folder another name")
    else:
        return CampaignFilm(name=name, root=folder)
    return None


def _output_fault(root: Path, output: Path, films: tuple[CampaignFilm, ...], logo: str | None) -> str:
    folder = real_path(root / output)
    if folder == root or not folder.is_relative_to(root):
        return f"“{output}” does not lie below the folder of {CAMPAIGN_NAME}"
    for film in films:
        if folder.is_relative_to(film.root) or film.root.is_relative_to(folder):
            return f"“{output}” and the film in “{film.root.relative_to(root).as_posix()}” lie in one another"
    if logo and folder != root and real_path(root / logo).is_relative_to(folder):
        return f"“{output}” holds your logo"
    return ""
