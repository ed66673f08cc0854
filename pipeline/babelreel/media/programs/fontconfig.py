"""Keep text from being drawn with a font of the machine instead of ours."""

from __future__ import annotations

from html import escape
from pathlib import Path

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def write_fontconfig(folder: Path, fonts_dir: Path) -> dict[str, str]:
    """Write a fontconfig file that knows one folder of fonts; return the variables that make ffmpeg use it.

    ``folder`` takes the file and its cache, so that nothing is written to the user's home. Builds of libass without
    fontconfig (macOS, Windows) ignore it: there the unique family names of our fonts must do.
    """
    config = folder / "fonts.conf"
    fonts, cache = map(_written, (fonts_dir, folder / "fontconfig-cache"))
    config.write_text(_CONFIG.format(fonts=fonts, cache=cache), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config.absolute())}


def _written(path: Path) -> str:
    """Write a path as XML; ``xml.sax`` would load what opens addresses, with ``ssl``."""
    return escape(str(path.absolute()), quote=False)
