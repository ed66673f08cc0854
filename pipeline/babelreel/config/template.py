"""Write a babelreel.toml that sets every key to its default and says what each is for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from inspect import cleandoc

from pydantic import BaseModel

from babelreel.config.schema import (
    TABLES,
    CheckTable,
    ConfigFile,
    DeliveryTable,
    FilmTable,
    LanguageFacts,
    LanguageTable,
    Paths,
    SoundTable,
)
from babelreel.config.slug import slug_of
from babelreel.config.tables.campaign_tables import BrandTable
from babelreel.config.tables.limits import LimitsTable
from babelreel.config.tables.publishing import PublishTable
from babelreel.config.tables.renditions import RenditionTable
from babelreel.config.tables.style import StyleTable
from babelreel.languages.find import find_language
from babelreel.model.film.ladder.default_rungs import DEFAULT_RUNGS
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.language import ENGLISH
from babelreel.model.project import Delivery
from babelreel.model.reading_limits import LIMITS, Audience
from babelreel.model.sound.recordings import SoundSettings
from babelreel.model.style import Style

#: Keys that have no default value to show; they stand behind a "#" with an example.
_EXAMPLES = {
    "languages": '["fr", "en", "ar"]',
    "film": '"video/master.mp4"',
    "picture": "1",
    "sound": '"fr"',
    "title": '"बेल्जियम में आपके अधिकार"',
    "name": '"Hindi"',
    "own_name": '"हिन्दी"',
    "direction": '"ltr"',
    "date": "2026-11-30",
    "address": '"https://example.org/film/"',
    "font": '"fonts/NotoSansDevanagari-Regular.ttf"',
    "file": '"hi.toml"',
    "text": "false",
    "voice": "false",
    "voice_only": "true",
    "select": '["TIM", "RDG"]',
    "ignore": '["gap-to-close"]',
    "names": '["Child Focus"]',
    "background": '"#000000"',
    "only": '"approved"',
    "organisation": '"Rights for All"',
    "logo": '"brand/logo.svg"',
    "colour": '"#0b5c6b"',
    "privacy": '"https://example.org/privacy"',
    "contact": '"mailto:help@example.org"',
    **{name: str(getattr(find_language(ENGLISH).limits, name)) for name in LIMITS},
}

#: Tables inside ``[check]``, which read better as a whole than key by key.
_EXCEPTIONS = """
# Rules to skip in some files (by name or by path; * and ? are wildcards).
# [check.ignore_in]
# "ps.srt" = ["gap-to-close"]

# An exception: rules that may be broken in one line, and why. Instead of `cue`, the number of the line, you can write
# `text`, some words of it.
# [[check.allow]]
# rules = ["long-cue"]
# file = "fr.srt"
# cue = 21
# reason = "the number stays on the screen while the voice repeats it"
""".rstrip().split("\n")

#: Tables of texts by language, and tables of which there are several.
_CAMPAIGN = """
# By language: one sentence that says what the film is for.
# [brand.sentence]
# en = "For everyone under 18 who comes to Belgium alone."

# A number to call for help, shown large on pages, leaflets and at the end of the film. `kind` (emergency,
# missing-child, child-helpline, victims, doctor, listening) or `label` says who answers; 112 and the European
# numbers that begin with 116 need neither.
# [[help]]
# number = "02 555 12 34"
# hours = "9:00-17:00"
# label = { en = "A lawyer for young people", fr = "Un avocat pour les jeunes" }

# A part of the film, up to the next one: a heading on the page and the leaflet, and a place in the player.
# [[chapter]]
# start = "0:49"
# title = { en = "Interpreter", fr = "Interprète" }

# Words in the picture: what is written in the film, in other languages. `style` (sign, title, lower third) and
# `place` (top, bottom left, …) say how and where they are drawn. A sign is in the film already, so its `text` in the
# film's own language is not drawn: it tells translators what is written there.
# [[sign]]
# name = "court"
# from = "0:12"
# to = "0:15.5"
# text = { en = "Family court", fr = "Tribunal de la famille" }

# Cards, in films with burned-in text: the title over the first seconds (`title`), and numbers to call, address and QR
# code over the last ones (`end`). Name a PNG picture as `logo` if the logo of [brand] is not a PNG.
# [cards]
# title = 3
# end = 6
# logo = "brand/logo.png"

# Who made a language, and what they agreed to. Only people in `named` are named. With `voice = false` the voice is
# not published, and with `signer = false` the interpreter is not.
# [credits.fr]
# translation = ["Amina B."]
# voice = ["Karim"]
# review = []
# [consent.fr]
# named = ["Amina B."]
# voice = true
# signer = true
""".rstrip().split("\n")

#: Shapes that are made only where they are asked for.
_EDITIONS = """
# The whole film upright (1080x1920) and square (1080x1080), its text below and its title above, for apps.
# [renditions.story]
# enabled = true
# [renditions.post]
# enabled = true

# A small film of half the data (AV1 and Opus), for browsers that say that they play it smoothly; others get H.264.
# [renditions.light-av1]
# enabled = true

# The film and the interpreter of video/signed/fr.mp4 in one picture, beside each other.
# [renditions.signed-720p]
# enabled = true
# place = "bottom right"
""".rstrip().split("\n")

#: Styles of a part of all files.
_STYLES = """
# All keys of [style] for one language or for one rendition; the rendition wins.
# [language.hi.style]
# size = 1.2
# [renditions.phone-360p.style]
# background = "#000000"
""".rstrip().split("\n")

#: Comments stand in this column, so that they can be read down the page.
_COLUMN = 28


def starting_config(title: str, reference: str = ENGLISH) -> str:
    """Write a babelreel.toml for a film of this title in which this language is spoken.

    It is read as the same project as a file with these two alone.
    """
    return "\n".join(_lines(title, reference)) + "\n"


def _lines(title: str, reference: str) -> Iterator[str]:
    yield f"# {cleandoc(ConfigFile.__doc__ or '')}"
    yield "# The values are the defaults; a line that begins with # is an example."
    yield ""
    top: dict[str, object] = {"title": title, "slug": slug_of(title), "reference": reference}
    yield from _keys(ConfigFile, top, skip=tuple(TABLES))
    yield from _table("paths", Paths, {"video": "video", "subtitles": "subtitles", "output": "output"})
    yield from _table("film", FilmTable, {})
    style = Style()
    look = {name: getattr(style, name) for name in StyleTable.model_fields}
    yield from _table("style", StyleTable, {name: value for name, value in look.items() if value != ""})
    sound = SoundSettings()
    levels = {
        "target": sound.target.name,
        "duck_db": sound.duck_db,
        "music_duck_db": sound.music_duck_db,
        "voice_above_db": sound.voice_above_db,
    }
    yield from _table("sound", SoundTable, levels)
    plan = Delivery()
    wanted: dict[str, object] = {
        "pages": plan.has_pages,
        "streams": plan.has_streams,
        "leaflets": plan.has_leaflets,
        "spoken_names": plan.has_spoken_names,
        "title_pictures": plan.has_title_pictures,
        "sdh_films": plan.has_sdh_films,
        "archive": [],
        "pairs": [],
    }
    yield from _table("delivery", DeliveryTable, wanted)
    yield from _table("publish", PublishTable, {"mark": False})
    yield from _table("brand", BrandTable, {}, skip=("sentence",))
    yield from _CAMPAIGN
    looked_for: dict[str, object] = {"fail_on": "error", "audience": Audience.CHILDREN}
    yield from _table("check", CheckTable, looked_for, skip=("ignore_in", "allow"))
    yield from _EXCEPTIONS
    for rung in DEFAULT_RUNGS:
        yield from _rendition(rung, is_first=rung is DEFAULT_RUNGS[0])
    yield from _EDITIONS
    yield ""
    yield f"# {cleandoc(LimitsTable.__doc__ or '')}"
    yield "[limits]"
    yield from _keys(LimitsTable, {}, skip=())
    yield ""
    yield f"# {cleandoc(LanguageTable.__doc__ or '')}"
    yield "# [language.hi]"
    yield from _keys(LanguageFacts, {}, skip=())
    yield "# cps_child = 13              # This and all other limits as above, for this language alone."
    yield from _STYLES


def _rendition(rung: Rung, *, is_first: bool) -> Iterator[str]:
    values: dict[str, object] = {"enabled": True}
    told = [name for name in RenditionTable.model_fields if name not in {"enabled", "style", "voice", "place"}]
    values |= {name: getattr(rung, name) for name in told}
    values["voice"] = rung.has_voice
    lines = list(_table(f"renditions.{rung.name}", RenditionTable, values, skip=("style", "place")))
    # said once is enough: the other sizes have the same keys
    yield from lines if is_first else [line.split("  #")[0].rstrip() for line in lines if not line.startswith("# ")]


def _table(name: str, model: type[BaseModel], values: dict[str, object], skip: tuple[str, ...] = ()) -> Iterator[str]:
    yield ""
    yield f"# {' '.join(cleandoc(model.__doc__ or '').split())}"
    yield f"[{name}]"
    yield from _keys(model, values, skip=skip)


def _keys(model: type[BaseModel], values: dict[str, object], *, skip: tuple[str, ...]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if name in skip:
            continue
        setting = f"{name} = {_toml(values[name])}" if name in values else f"# {name} = {_EXAMPLES[name]}"
        yield f"{setting:<{_COLUMN}}  # {field.description}"


def _toml(value: object) -> str:
    """Write a value as TOML; a JSON string is also a TOML basic string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else f"{float(value):.4f}".rstrip("0")
    if isinstance(value, Enum):
        return json.dumps(value.value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
