"""Render the files that pages of all languages need.

Scripts are written in several plain files, one for each thing they do, and published as one for each kind of page: a
page that was opened from a disk loads no ES module, and each request costs a phone on a slow link a round trip. Which
parts make which script stands in ``script/bundles.json``; ``tests/browser/small_scripts.mjs`` makes them small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from babelreel.delivery.palette import USUAL, Palette, dark_palette, light_palette
from babelreel.delivery.site.site_content import SiteFile
from babelreel.model.delivery.manifest import Role
from babelreel.model.delivery.published_paths import asset

JAVASCRIPT = "text/javascript; charset=utf-8"
_CSS = "text/css; charset=utf-8"
_STYLE, _ICON = "babelreel.css", "icon.svg"
#: What pages of one kind have beside the style sheet of all.
_STYLES = {"frame": "embed.css", "first_style": "first.css"}
_SCRIPTS = {"script": "babelreel.js", "later": "later.js", "first_script": "first.js", "offline_script": "offline.js"}
#: What the pages of films in AV1 load beside that.
_LITTLE = {"little_script": "little.js"}
#: What pages have beside that where there are pairs of languages.
PAIR_STYLE, PAIR_SCRIPT = "pair.css", "pair.js"
#: What templates call them.
LINKED = {"style": _STYLE, "icon": _ICON, **_STYLES, **_SCRIPTS, **_LITTLE}
#: What pages with an interpreter load beside that; no other site has it.
SIGNED = {"style": "signed.css", "script": "signed.js"}
#: What the pages of one language load.
OF_A_LANGUAGE = tuple(asset(LINKED[name]) for name in ("style", "icon", "script", "later"))
#: What they load beside that where there is a film in AV1.
OF_LITTLE_DATA = tuple(asset(name) for name in _LITTLE.values())
#: What the page for a double click loads.
OF_THE_DISK = tuple(asset(LINKED[name]) for name in ("style", "icon", "offline_script"))
#: What means nothing in our style sheets, which hold no text with blanks in a row, and what stands in its place.
_SHORTER = (
    (re.compile(r"/\*.*?\*/", re.DOTALL), ""),
    (re.compile(r"\s+"), " "),
    (re.compile(r" ?([{};,>]) ?"), r"\1"),
    (re.compile(r"(?<=:) "), ""),  # of a declaration: a selector has none there
    (re.compile(r"(?<![\d.])0(?=\.\d)"), ""),
    (re.compile(r";}"), "}"),
)


def render_signed_assets() -> Iterator[SiteFile]:
    """Yield what pages with an interpreter need."""
    yield _file(SIGNED["style"], _CSS, bare_style(_folder().joinpath(SIGNED["style"]).read_text("utf-8")).encode())
    yield _file(SIGNED["script"], JAVASCRIPT, _folder().joinpath("small", SIGNED["script"]).read_bytes())


def render_pair_assets() -> Iterator[SiteFile]:
    """Yield what pages of two languages need."""
    yield _file(PAIR_STYLE, _CSS, bare_style(_folder().joinpath(PAIR_STYLE).read_text("utf-8")).encode())
    yield _file(PAIR_SCRIPT, JAVASCRIPT, _folder().joinpath("small", PAIR_SCRIPT).read_bytes())


def render_little_script() -> Iterator[SiteFile]:
    """Yield what pages with a film in AV1 need."""
    for name in _LITTLE.values():
        yield _file(name, JAVASCRIPT, _folder().joinpath("small", name).read_bytes())


@cache
def render_assets(colour: str) -> tuple[SiteFile, ...]:
    """Render the style sheets, in the colours that follow from a brand's (empty: the usual one), script and icon."""
    return tuple(_assets(colour))


def _assets(colour: str) -> Iterator[SiteFile]:
    icon = _folder().joinpath(_ICON).read_text("utf-8").replace(USUAL, light_palette(colour).accent)
    yield _file(_ICON, "image/svg+xml", icon.encode())
    yield _file(_STYLE, _CSS, _style(colour).encode())
    for name in _STYLES.values():
        yield _file(name, _CSS, bare_style(_folder().joinpath(name).read_text("utf-8")).encode())
    for name in _SCRIPTS.values():
        yield _file(name, JAVASCRIPT, _folder().joinpath("small", name).read_bytes())


def _style(colour: str) -> str:
    """Join the parts of the style sheet, colours first."""
    dark = f"@media (prefers-color-scheme: dark) {{\n{_colours(dark_palette(colour))}}}\n"
    parts = sorted((_folder() / "style").iterdir(), key=lambda part: part.name)
    rules = "".join(part.read_text("utf-8") for part in parts)
    return bare_style(f"{_colours(light_palette(colour))}{dark}{rules}")


def _colours(palette: Palette) -> str:
    names = {field.name.replace("_", "-"): getattr(palette, field.name) for field in fields(palette)}
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in names.items()) + " }\n"


def _folder() -> Traversable:
    return files("babelreel.delivery.site") / "assets"


def bare_style(text: str) -> str:
    """Leave out what only authors of the rules need: remarks, line ends, indents."""
    for needless, left in _SHORTER:
        text = needless.sub(left, text)
    return text.strip() + "\n"


def _file(name: str, mime: str, content: bytes) -> SiteFile:
    return SiteFile(path=asset(name), role=Role.PAGE, language="", mime=mime, content=content)
