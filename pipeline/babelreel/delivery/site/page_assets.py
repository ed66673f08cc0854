"""Which files do pages of all languages need, and what is in them?

The script is written in several plain files, one for each thing it does, and published as one: a page that was opened
from a disk loads no ES module, and each request costs a phone on a slow link a round trip.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from babelreel.delivery.site.site_content import SiteFile
from babelreel.model.delivery.manifest import Role
from babelreel.model.delivery.published_paths import asset

JAVASCRIPT = "text/javascript; charset=utf-8"
_STYLE, _SCRIPT, _ICON = "babelreel.css", "babelreel.js", "icon.svg"
#: What templates call them.
LINKED = {"style": _STYLE, "script": _SCRIPT, "icon": _ICON}
_HEAD = "/* The page's own script: it adds to what works without it. Plain ES2017, no library. */\n"


def render_assets() -> Iterator[SiteFile]:
    """Give the style sheet, the script and the icon."""
    folder = files("babelreel.delivery.site") / "assets"
    for name, mime in ((_STYLE, "text/css; charset=utf-8"), (_ICON, "image/svg+xml")):
        yield _file(name, mime, (folder / name).read_bytes())
    yield _file(_SCRIPT, JAVASCRIPT, _script().encode())


def _script() -> str:
    """Join the parts of the script in one function, so that no name of theirs is seen from outside.

    They are declarations: what runs at once needs no other part, and the rest waits for the document.
    """
    folder = files("babelreel.delivery.site") / "assets" / "script"
    parts = sorted((part for part in folder.iterdir() if part.name.endswith(".js")), key=lambda part: part.name)
    joined = "\n".join(part.read_text("utf-8") for part in parts)
    return f"{_HEAD}(function () {{\n'use strict';\n\n{joined}}}());\n"


def _file(name: str, mime: str, content: bytes) -> SiteFile:
    return SiteFile(path=asset(name), role=Role.PAGE, language="", mime=mime, content=content)
