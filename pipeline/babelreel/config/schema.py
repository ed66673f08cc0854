"""Which keys may babelreel.toml hold, and which values may they have?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from babelreel.config.campaign_tables import BrandTable, ChapterTable, Colour, HelpTable
from babelreel.config.credits import ConsentTable, CreditsTable
from babelreel.config.exact import Exact
from babelreel.config.limits_table import LimitsTable
from babelreel.config.plain_faults import OfForm
from babelreel.config.publishing import PublishTable
from babelreel.config.section import Heading, Section
from babelreel.config.signs import SignTable
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


Share = Annotated[Exact, Field(ge=0, le=Decimal("0.5"))]
Day = Annotated[str, BeforeValidator(_day), Field(json_schema_extra={"format": "date"})]
Level = Annotated[str, OfForm(pattern=r"[1-6](\.[0-3])?", words="a level of H.264, such as “4.0”")]
#: Of the type size of a rendition. The phones' own are 9 and 10 % of the picture's height, and the BBC asks for 8; a
#: line of 42 letters would not fit in one larger than this.
Size = Annotated[Exact, Field(ge=Decimal("0.8"), le=Decimal("1.6"))]
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
    subtitles: str = Field("subtitles", description="The folder of the tracks, one file per language.")
    output: str = Field("output", description="The folder for the web team.")


class FilmTable(Section):
    """Which streams of a master with several are taken; "babelreel probe" lists them with their numbers."""

    picture: Annotated[int, Field(ge=1, le=100)] | None = Field(None, description="The number of the picture.")
    sound: Annotated[int, Field(ge=1, le=100)] | Annotated[str, Field(min_length=2, max_length=80)] | None = Field(
        None, description="The number of the sound, or its language."
    )


class StyleTable(Section):
    """How burned-in text looks; lengths are shares of the type size (outline, shadow) or of the picture (margins)."""

    color: Colour | None = Field(None, description="Colour of the text, #rrggbb.")
    outline_color: Colour | None = Field(None, description="Colour of its outline, #rrggbb.")
    outline: Share | None = Field(None, description="Width of the outline as a share of the type size.")
    shadow: Share | None = Field(None, description="Depth of the shadow as a share of the type size.")
    margin: Share | None = Field(None, description="Room below the text as a share of the picture's height.")
    side_margin: Share | None = Field(None, description="Room beside the text as a share of the picture's width.")
    size: Size | None = Field(None, description="Size of the text: 1.2 is a fifth larger than the rendition's own.")
    bold: bool | None = Field(None, description="true: thicker letters; a bold font file of your own looks better.")
    background: Colour | None = Field(None, description="Colour of a box behind the text, #rrggbb; without it, none.")
    opacity: Annotated[Exact, Field(ge=0, le=1)] | None = Field(
        None, description="How much the box hides of the picture: from 0, nothing, to 1, all."
    )
    position: Literal["bottom", "top"] | None = Field(
        None, description="Where text stands that has no place of its own."
    )


class RenditionTable(Section):
    """One size of the film with its encoder settings; what is left out keeps its default."""

    enabled: bool = Field(default=True, description="false leaves this rendition out.")
    text: Literal["mux", "burn-in", "none"] | None = Field(None, description="How the text reaches the viewer.")
    long_px: Annotated[int, Field(ge=16, le=8192)] | None = Field(None, description="Longer side of the box to fit.")
    short_px: Annotated[int, Field(ge=16, le=8192)] | None = Field(None, description="Shorter side of the box to fit.")
    profile: Literal["baseline", "main", "high"] | None = Field(None, description="H.264 profile.")
    level: Level | None = Field(None, description="H.264 level.")
    crf: Annotated[Exact, Field(ge=0, le=51)] | None = Field(None, description="x264 quality; lower is better.")
    peak_kbps: Annotated[int, Field(ge=50, le=100_000)] | None = Field(None, description="Highest rate of the picture.")
    buffer_kbit: Annotated[int, Field(ge=50, le=200_000)] | None = Field(None, description="VBV buffer.")
    preset: Literal["veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"] | None = Field(
        None, description="x264 preset: slower makes smaller files."
    )
    b_frames: Annotated[int, Field(ge=0, le=16)] | None = Field(None, description="0 for old phones.")
    audio_kbps: Annotated[int, Field(ge=16, le=512)] | None = Field(None, description="Rate of the sound.")
    channels: Literal[1, 2] | None = Field(None, description="1 mono, 2 stereo.")
    max_rate: Annotated[int, Field(ge=10, le=120)] | None = Field(None, description="Highest frame rate.")
    max_bytes: Annotated[int, Field(ge=0)] | None = Field(None, description="Upper bound of the whole file; 0 is none.")
    type_size: Annotated[Exact, Field(ge=Decimal("0.02"), le=Decimal("0.2"))] | None = Field(
        None, description="Height of burned-in type as a share of the picture's short side."
    )
    style: StyleTable = Field(default_factory=StyleTable, description="As [style], for this rendition alone.")


class SoundTable(Section):
    """How sounds are mixed, and how loud every file is."""

    target: Literal["web", "ebu-r128", "aes-td1008"] | None = Field(
        None, description="Loudness: web -16 LUFS, ebu-r128 -23, aes-td1008 -18."
    )
    duck_db: Annotated[int, Field(ge=0, le=60)] | None = Field(
        None, description="How far the film's own sound goes down under a dub, in dB."
    )
    music_duck_db: Annotated[int, Field(ge=0, le=60)] | None = Field(
        None, description="The same for music and effects, where stems/me.flac holds them."
    )
    voice_above_db: Annotated[int, Field(ge=0, le=20)] | None = Field(
        None, description="How far a voice is above what lies under it at least, in dB: that goes down further for it."
    )


class DeliveryTable(Section):
    """What the web team gets besides one file for each language and size."""

    address: Address | None = Field(
        None, description="Where output/ will be on line, with a / at its end: for share links and QR codes."
    )
    pages: bool | None = Field(None, description="A page for each language, with player, transcript and downloads.")
    streams: bool | None = Field(None, description="HLS and DASH: players choose size, sound and text as they go.")
    leaflets: bool | None = Field(None, description="The film's text as a leaflet to print, for each language.")
    spoken_names: bool | None = Field(
        None, description="eSpeak NG says the name of each language that video/names has no recording of."
    )
    sdh_films: bool | None = Field(
        None, description="true: films and a page of each text for the deaf (fr.sdh.srt) too, not the text alone."
    )
    archive: list[Literal["mkv", "mp4"]] | None = Field(
        None, description="One file of each kind with every sound and every text."
    )
    date: Day | None = Field(None, description="The day of publication, for the manifest and search engines.")


class LanguageFacts(Section):
    """The film's title in a language, its font, and what the language is, where the table of languages does not say."""

    title: Heading | None = Field(None, description="The film's title in this language.")
    name: Heading | None = Field(None, description="Its English name.")
    own_name: Heading | None = Field(None, description="Its own name, as players show it.")
    direction: Literal["ltr", "rtl"] | None = Field(None, description="The way it is written.")
    font: str | None = Field(None, description="A .ttf or .otf file to burn it in with, relative to babelreel.toml.")
    file: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="A file that tells all of the language, relative to babelreel.toml."
    )
    voice_only: bool | None = Field(
        None, description="true: without subtitles, video/stems/hi.flac is published as a voice without text."
    )


class LanguageTable(LimitsTable, LanguageFacts):
    """What is special about one language; what is left out comes from the table of languages and limits."""

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
    ignore: list[str] | None = Field(None, description="Not these rules.")
    ignore_in: dict[str, list[str]] = Field(default_factory=dict, description="Not these rules in these files.")
    fail_on: Literal["error", "warning", "info", "never"] | None = Field(
        None, description="The mildest finding that makes the check fail."
    )
    audience: Literal["children", "adults"] | None = Field(
        None, description="Whose reading speed is warned of: cps_child or cps_adult."
    )
    names: list[str] | None = Field(None, description="Names of services that every language must hold.")
    allow: list[AllowTable] = Field(default_factory=list, description="Exceptions, each with its reason.")


class ConfigFile(Section):
    """babelreel.toml: one film and what is to be made of it. Every key may be left out."""

    title: Heading | None = Field(None, description="The film's title; without it, the folder's name.")
    slug: Slug | None = Field(None, description="How published files begin; without it, made of the title.")
    reference: str = Field(ENGLISH, description="The language that is spoken in the film.")
    languages: list[str] | None = Field(None, description="Build these only; without it, every track in `subtitles`.")
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
    "check": CheckTable,
    "allow": AllowTable,
    "renditions": RenditionTable,
    "limits": LimitsTable,
    "language": LanguageTable,
}


def config_schema() -> dict[str, Any]:
    """Give the JSON Schema of babelreel.toml, for editors that complete and check TOML."""
    return ConfigFile.model_json_schema()
