"""Which files do pages of all languages need, and what is in them?

The script is written in several plain files, one for each thing it does, and published as one: a page that was opened
from a disk loads no ES module, and each request costs a phone on a slow link a round trip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from importlib.resources import files
from importlib.resources.abc import Traversable

from babelreel.delivery.palette import USUAL, Palette, dark_palette, light_palette
from babelreel.delivery.site.site_content import SiteFile
from babelreel.model.delivery.manifest import Role
from babelreel.model.delivery.published_paths import asset

JAVASCRIPT = "text/javascript; charset=utf-8"
_STYLE, _SCRIPT, _ICON, _FRAME = "babelreel.css", "babelreel.js", "icon.svg", "embed.css"
#: What templates call them.
LINKED = {"style": _STYLE, "script": _SCRIPT, "icon": _ICON, "frame": _FRAME}
_REMARK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*$", re.MULTILINE | re.DOTALL)
_BLANK = re.compile(r"^\s+", re.MULTILINE)
_HEAD = "/* The page's own script: it adds to what works without it. Plain ES2017, no library. */\n"


def render_assets(colour: str) -> Iterator[SiteFile]:
    """Give the style sheets, in the colours that follow from a brand's (empty: the usual one), script and icon."""
    icon = _folder().joinpath(_ICON).read_text("utf-8").replace(USUAL, light_palette(colour).accent)
    yield _file(_ICON, "image/svg+xml", icon.encode())
    yield _file(_STYLE, "text/css; charset=utf-8", _style(colour).encode())
    yield _file(_FRAME, "text/css; charset=utf-8", _folder().joinpath(_FRAME).read_bytes())
    yield _file(_SCRIPT, JAVASCRIPT, _script().encode())


def _style(colour: str) -> str:
    """Join the parts of the style sheet, colours first."""
    dark = f"@media (prefers-color-scheme: dark) {{\n{_colours(dark_palette(colour))}}}\n"
    parts = "\n".join(_bare(part.read_text("utf-8")) for part in _parts("style", ".css"))
    return f"{_colours(light_palette(colour))}{dark}\n{parts}"


def _colours(palette: Palette) -> str:
    names = {field.name.replace("_", "-"): getattr(palette, field.name) for field in fields(palette)}
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in names.items()) + " }\n"


def _folder() -> Traversable:
    return files("babelreel.delivery.site") / "assets"


def _parts(folder: str, ending: str) -> list[Traversable]:
    found = (part for part in (_folder() / folder).iterdir() if part.name.endswith(ending))
    return sorted(found, key=lambda part: part.name)


def _script() -> str:
    """Join the parts of the script in one function, so that no name of theirs is seen from outside.

    They are declarations: what runs at once needs no other part, and the rest waits for the document.
    """
    joined = "".join(_bare(part.read_text("utf-8")) for part in _parts("script", ".js"))
    return f"{_HEAD}(function () {{\n'use strict';\n{joined}}}());\n"


def _bare(text: str) -> str:
    """Leave out what only those need who write the parts: comments that are lines of their own, and indents."""
    return _BLANK.sub("", _REMARK.sub("", text))


def _file(name: str, mime: str, content: bytes) -> SiteFile:
    return SiteFile(path=asset(name), role=Role.PAGE, language="", mime=mime, content=content)
