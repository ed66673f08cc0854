r"""Tell whether anybody sees what an ASS event says.

The letters of a text, their outline and their shadow have an alpha each; a text is hidden where all that is drawn of it
is wholly transparent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

#: The alpha of what nobody sees.
_CLEAR = 255
_SETTING = re.compile(
    r"\\(?:(?P<part>alpha|[134]a)(?:&?H?(?P<alpha>[0-9A-Fa-f]{1,8})&?)?"
    r"|(?P<edge>[xy]?(?:bord|shad))(?P<width>-?\d{0,4}(?:\.\d{0,4})?)|(?P<reset>r))"
)
#: What changes with time is seen at some moment.
_CHANGES = re.compile(r"\\(?:t\(|fade?\()")
_PARTS = {"1a": "letters", "3a": "outline", "4a": "shadow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Which parts of a text are transparent, and which are drawn at all."""

    letters: bool = False
    outline: bool = False
    shadow: bool = False
    has_outline: bool = True
    has_shadow: bool = True

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees anything of the text."""
        return self.letters and (self.outline or not self.has_outline) and (self.shadow or not self.has_shadow)

    def after(self, block: str, style: Sight) -> Sight:
        """Work out what holds behind an override block; what it sets back is as in the style."""
        now = self
        for match in _SETTING.finditer(block) if "\\" in block else ():
            now = style if match["reset"] else now.with_setting(match, style)
        return now

    def with_setting(self, match: re.Match[str], style: Sight) -> Sight:
        """Work out what holds behind one setting."""
        if match["edge"]:
            name = "has_outline" if match["edge"].endswith("bord") else "has_shadow"
            written = match["width"].strip("-.")
            return replace(self, **{name: bool(written.strip("0.")) if written else getattr(style, name)})
        clear = is_clear(int(match["alpha"], 16)) if match["alpha"] else None
        names = _PARTS.values() if match["part"] == "alpha" else (_PARTS[match["part"]],)
        return replace(self, **{name: getattr(style, name) if clear is None else clear for name in names})


#: Of an event whose style is not defined.
SEEN = Sight()


def is_clear(alpha: int) -> bool:
    """Tell whether an alpha, of which the last byte counts, is that of what nobody sees."""
    return alpha & _CLEAR == _CLEAR


def changes_with_time(text: str) -> bool:
    """Tell whether a text comes or goes, so that it is seen at some moment."""
    return _CHANGES.search(text) is not None
