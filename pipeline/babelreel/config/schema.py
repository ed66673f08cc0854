"""The keys that babelreel.toml may hold, and the values that they may have."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from babelreel.config.faults.plain_words import OfForm
from babelreel.config.tables.campaign_tables import BrandTable, ChapterTable, HelpTable
from babelreel.config.tables.cards import CardsTable
from babelreel.config.tables.credits import ConsentTable, CreditsTable
from babelreel.config.tables.limits import LimitsTable
from babelreel.config.tables.publishing import PublishTable
from babelreel.config.tables.renditions import RenditionTable
from babelreel.config.tables.section import Heading, Section
from babelreel.config.tables.signs import SignTable
from babelreel.config.tables.style import StyleTable
from babelreel.model.delivery.published_paths import is_device
from babelreel.model.language import ENGLISH


def _no_device(text: str) -> str:
    if is_device(text):
        raise PydanticCustomError("device", "write another word: Windows makes no file of this name")
    return text


def _day(value: object) -> object:
    """Take the day of TOML's own date, or of a text like 2026-11-30."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day", "write a day like 2026-11-30") from None
    if type(value) is not date:
        raise PydanticCustomError("day", "write a day like 2026-11-30")
    return value.isoformat()


Day = Annotated[str, BeforeValidator(_day), Field(json_schema_extra={"format": "date"})]
Address = Annotated[
    str,
    OfForm(
        pattern=r"https?://[^\s\"'<>?#]+/", words="an address such as “https://example.org/film/”, with / at its end"
    ),
]
#: The beginning of a file's name, in one case only: most disks take "Film" and "film" for one file.
Slug = Annotated[
    str,
    Field(max_length=80),
    OfForm(
        pattern="[a-z0-9]+(-[a-z0-9]+)*", words="small letters a-z, figures and single hyphens, such as “my-rights”"
    ),
    AfterValidator(_no_device),
]


class Paths(Section):
    """Where things are, relative to babelreel.toml."""

    film: str | None = Field(None, description="The master film; without it, the one film in `video`.")
    video: str = Field("video", description="The folder of the master film.")
    subtitles: str = Field("subtitles", description="The folder of the subtitle files, one for each language.")
    output: str = Field("output", description="The folder for the web team.")


class FilmTable(Section):
    """Which picture and sound of a film with several are used; "babelreel probe" lists them with their numbers."""

    picture: Annotated[int, Field(ge=1, le=100)] | None = Field(None, description="The number of the picture.")
    sound: Annotated[int, Field(ge=1, le=100)] | Annotated[str, Field(min_length=2, max_length=80)] | None = Field(
        None, description="The number of the sound, or its language."
    )


class SoundTable(Section):
    """How sounds are mixed, and how loud every file is."""

    target: Literal["web", "ebu-r128", "aes-td1008"] | None = Field(
        None, description="Loudness: web -16 LUFS, ebu-r128 -23, aes-td1008 -18."
    )
    duck_db: Annotated[int, Field(ge=0, le=60)] | None = Field(
        None, description="How much softer the film's own sound is under a voice, in dB."
    )
    music_duck_db: Annotated[int, Field(ge=0, le=60)] | None = Field(
        None, description="The same for music and effects, if there is a stems/me.flac."
    )
    voice_above_db: Annotated[int, Field(ge=0, le=20)] | None = Field(
        None,
        description="How much louder a voice must be than the film's sound (dB); the film is made softer if needed.",
    )


class DeliveryTable(Section):
    """What the web team gets besides one file for each language and size."""

    address: Address | None = Field(
        None, description="Where output/ will be online, with a / at its end: for share links and QR codes."
    )
    pages: bool | None = Field(None, description="A page for each language, with player, transcript and downloads.")
    streams: bool | None = Field(None, description="HLS and DASH: players choose size, sound and text as they go.")
    leaflets: bool | None = Field(None, description="The film's text as a leaflet to print, for each language.")
    spoken_names: bool | None = Field(
        None, description="true: a computer voice says a language's name if video/names has no recording of it."
    )
    sdh_films: bool | None = Field(
        None, description="true: texts for the deaf (fr.sdh.srt) also get films and a page of their own."
    )
    title_pictures: bool | None = Field(
        None,
        description="A picture with the title in each language, for link previews (1200x630) and posts (1080x1080).",
    )
    archive: list[Literal["mkv", "mp4"]] | None = Field(
        None, description='One file with every sound and every text: ["mkv"], ["mp4"] or ["mkv", "mp4"].'
    )
    date: Day | None = Field(None, description="The day of publication, for the manifest and search engines.")
    pairs: list[Annotated[str, Field(min_length=1)]] | None = Field(
        None, description='Two languages at once, each pair written like "ps+nl": the child\'s first.'
    )


class LanguageFacts(Section):
    """The film's title in a language, its font, and what the language is, where the table of languages does not say."""

    title: Heading | None = Field(None, description="The film's title in this language.")
    name: Heading | None = Field(None, description="Its English name.")
    own_name: Heading | None = Field(None, description="Its own name, as players show it.")
    direction: Literal["ltr", "rtl"] | None = Field(None, description="The way it is written.")
    font: str | None = Field(None, description="A .ttf or .otf file to burn it in with, relative to babelreel.toml.")
    file: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="A file that describes the language, relative to babelreel.toml."
    )
    text: bool | None = Field(
        None, description="false: no text in films that speak this language; its subtitle files stay."
    )
    voice: bool | None = Field(None, description="false: its recordings are not used.")
    voice_only: bool | None = Field(
        None, description="true: without subtitles, video/stems/hi.flac is published as a voice without text."
    )


class LanguageTable(LimitsTable, LanguageFacts):
    """Settings of one language; what is left out comes from what babelreel knows of it, and from [limits]."""

    style: StyleTable = Field(default_factory=StyleTable, description="As [style], for this language alone.")


class AllowTable(Section):
    """An exception: rules that may be broken in one cue, or in one whole file."""

    rules: Annotated[list[str], Field(min_length=1)] = Field(description="Codes or names of the rules.")
    file: Annotated[str, Field(min_length=1)] = Field(
        description="The file, by name or by path; * and ? are wildcards."
    )
    reason: Annotated[str, Field(min_length=1)] = Field(description="Why it is right here.")
    cue: int | None = Field(None, description="The number of the cue in the file; without it and `text`, every cue.")
    text: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="Some words of the cue, instead of its number."
    )


class CheckTable(Section):
    """What `babelreel check` looks for."""

    select: list[str] | None = Field(None, description="These rules only: codes, beginnings of codes, or names.")
    ignore: list[str] | None = Field(None, description="Skip these rules.")
    ignore_in: dict[str, list[str]] = Field(default_factory=dict, description="Skip these rules in these files.")
    fail_on: Literal["error", "warning", "info", "never"] | None = Field(
        None, description='"error", "warning", "info" or "never": the check fails if it finds this, or worse.'
    )
    audience: Literal["children", "adults"] | None = Field(
        None, description="children or adults: whose reading speed is checked (cps_child or cps_adult)."
    )
    names: list[str] | None = Field(None, description="Names that must be in every language as they are.")
    allow: list[AllowTable] = Field(default_factory=list, description="Exceptions, each with its reason.")


class ConfigFile(Section):
    """babelreel.toml: one film and what is to be made of it. Every key may be left out."""

    title: Heading | None = Field(None, description="The film's title; without it, the folder's name.")
    slug: Slug | None = Field(None, description="How published files begin; without it, made of the title.")
    reference: str = Field(ENGLISH, description="The language that is spoken in the film.")
    languages: list[str] | None = Field(
        None, description="Build these only; without it, every language with a file in `subtitles`."
    )
    paths: Paths = Field(default_factory=Paths)
    film: FilmTable = Field(default_factory=FilmTable)
    style: StyleTable = Field(default_factory=StyleTable)
    sound: SoundTable = Field(default_factory=SoundTable)
    delivery: DeliveryTable = Field(default_factory=DeliveryTable)
    publish: PublishTable = Field(default_factory=PublishTable)
    brand: BrandTable = Field(default_factory=BrandTable)
    help: list[HelpTable] = Field(default_factory=list)
    credits: dict[str, CreditsTable] = Field(default_factory=dict)
    consent: dict[str, ConsentTable] = Field(default_factory=dict)
    chapter: list[ChapterTable] = Field(default_factory=list)
    sign: list[SignTable] = Field(default_factory=list)
    cards: CardsTable = Field(default_factory=CardsTable)
    check: CheckTable = Field(default_factory=CheckTable)
    renditions: dict[Slug, RenditionTable] = Field(default_factory=dict)
    limits: LimitsTable = Field(default_factory=LimitsTable)
    language: dict[str, LanguageTable] = Field(default_factory=dict)


#: The tables inside the file, by the key that holds them; the innermost key counts.
TABLES: dict[str, type[Section]] = {
    "paths": Paths,
    "film": FilmTable,
    "style": StyleTable,
    "sound": SoundTable,
    "delivery": DeliveryTable,
    "publish": PublishTable,
    "brand": BrandTable,
    "help": HelpTable,
    "credits": CreditsTable,
    "consent": ConsentTable,
    "chapter": ChapterTable,
    "sign": SignTable,
    "cards": CardsTable,
    "check": CheckTable,
    "allow": AllowTable,
    "renditions": RenditionTable,
    "limits": LimitsTable,
    "language": LanguageTable,
}


def config_schema() -> dict[str, Any]:
    """Make the JSON Schema of babelreel.toml, for editors that complete and check TOML."""
    return ConfigFile.model_json_schema()
