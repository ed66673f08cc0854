"""The text to paste beside a film on a messenger or a platform, in one language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babelreel.delivery.campaign import HelpLine
from babelreel.model.delivery.packs import Platform
from babelreel.timedtext.direction.isolates import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    RIGHT_TO_LEFT_MARK,
    isolate_within,
)

_LETTERS = {"L", "R", "AL"}
#: All up to the last sign that ends a sentence, in the scripts of the world.
_SENTENCES = re.compile(r"(.*[.!?。！？؟۔।])(?=\s|$|[\u4e00-\u9fff])", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What one language says of its film: ``address`` is that of its page, empty where nobody said where it will be."""

    tag: str
    is_rtl: bool
    title: str
    description: str
    help: tuple[HelpLine, ...]
    address: str


def render_post(post: Post, platform: Platform) -> str | None:
    """Write title, what the film says, numbers to call and the page's address; ``None`` where they are too long.

    What the film says is left out first. In a language from right to left each line begins as such, whatever stands
    first in it, and numbers are isolated: a message is shown line by line, in the direction of its first letter. The
    address stands alone in its line, without any mark: marks would become part of the link.
    """
    for parts in (("title", "description", "help", "address"), ("title", "help", "address")):
        text = _text(post, parts)
        if units(text) <= platform.most_text:
            return text
    return None


def whole_sentences(text: str) -> str:
    """Return a text up to the end of its last whole sentence; nothing where the first one is cut off."""
    if not text.endswith("…"):
        return text
    found = _SENTENCES.match(text.removesuffix("…"))
    return found[1] if found else ""


def units(text: str) -> int:
    """Count a text as messengers do: in code units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _text(post: Post, parts: Iterable[str]) -> str:
    written: dict[str, list[str]] = {
        "title": [_directed(post.title, post)],
        "description": [_directed(line, post) for line in post.description.splitlines()],
        "help": [_directed(line, post) for line in _help(post)],
        "address": [post.address],
    }
    blocks = ("\n".join(line for line in written[part] if line) for part in parts)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _help(post: Post) -> Iterator[str]:
    for line in post.help:
        who = line.who if line.who_tag == post.tag or not line.who else f"{FIRST_STRONG_ISOLATE}{line.who}{POP_ISOLATE}"
        hours = f" ({line.hours})" if line.hours else ""
        yield f"{who}: {line.number}{hours}" if who else f"{line.number}{hours}"


def _directed(line: str, post: Post) -> str:
    line = isolate_within(line.strip(), is_rtl=post.is_rtl)
    if not line or not post.is_rtl or _first_letter(line) in {"R", "AL"}:
        return line
    return f"{RIGHT_TO_LEFT_MARK}{line}"


def _first_letter(line: str) -> str:
    """Find the direction of the first letter that is in no isolate, as players look for it (UAX #9, P2)."""
    depth = 0
    for character in line:
        kind = unicodedata.bidirectional(character)
        depth += (kind in {"LRI", "RLI", "FSI"}) - (kind == "PDI")
        if not depth and kind in _LETTERS:
            return kind
    return ""
