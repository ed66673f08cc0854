"""Find the other files to which a published file points.

Nothing is opened here: bytes in, references out. Pages, style sheets, playlists of HLS, manifests of DASH, and the
tracks of storyboards point to files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree  # noqa: ICN001 - its full name says more

from babelreel.model.delivery.manifest import VERSION_KEY
from babelreel.model.delivery.published_paths import NUMBER

#: Attributes of HTML that make the browser load something, and those that only lead somewhere.
_LOADING = frozenset({"src", "poster", "data"})
_LEADING = frozenset({"href"})
#: ``<link rel=…>`` of these loads nothing.
_NAMING_LINKS = frozenset({"canonical", "alternate"})
_MOST_XML_BYTES = 1 << 24
#: A film of a day in segments of a second has not as many.
_MOST_SEGMENTS = 100_000
#: A manifest of DASH has eight (MPD to S or URL).
_MOST_XML_LEVELS = 50

_CSS_URL = re.compile(r"""url\(\s*["']?([^"'()\s]+)["']?\s*\)""")
_HLS_URI = re.compile(r'URI="([^"\r\n]*)"')
_STORYBOARD = re.compile(r"^([^\s#]+\.(?:jpe?g|png|webp))(?:#\S*)?$", re.IGNORECASE | re.MULTILINE)
_DASH_ATTRIBUTES = frozenset({"media", "initialization", "sourceURL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A pointer as it stands in a file; ``is_loaded`` says that it is fetched without anybody's asking."""

    target: str
    is_loaded: bool = True

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether it leads to another host, or to no file at all (``mailto:``)."""
        parts = urlsplit(self.target)
        return bool(parts.scheme or parts.netloc)

    @property
    def version(self) -> str:
        """The version of the file that is meant, empty where none is named."""
        return parse_qs(urlsplit(self.target).query).get(VERSION_KEY, [""])[0]

    def path_from(self, path: str) -> str:
        """Resolve it to a path below the folder that ``path`` is below of; empty for its own file.

        A path that begins with ``..`` lies outside of the folder. A folder stands for its ``index.html``.
        """
        wanted = unquote(urlsplit(self.target).path)
        if not wanted:
            return ""
        whole = wanted.lstrip("/") if wanted.startswith("/") else str(PurePosixPath(path).parent / wanted)
        plain = normpath(whole)
        return (
            normpath(f"{plain}/index.html") if wanted.endswith(("/", "/.", "/..")) or wanted in {".", ".."} else plain
        )


def find_references(path: str, data: bytes) -> Iterator[Reference]:
    """Yield the pointers in a file, by the ending of its path, in their order; ``ValueError`` for a broken one."""
    ending = PurePosixPath(path).suffix.lower()
    text = data.decode("utf-8", "replace")
    match ending:
        case ".html":
            yield from _of_page(text)
        case ".css":
            yield from (Reference(target=found) for found in _CSS_URL.findall(text))
        case ".m3u8":
            yield from _of_playlist(text)
        case ".mpd":
            yield from _of_dash(data)
        case ".vtt":
            yield from (Reference(target=found) for found in _STORYBOARD.findall(text))


def _of_page(text: str) -> Iterator[Reference]:
    # "close" would take what is never ended ("<!--", a quote) for text, and look through the rest for each such place;
    # a browser shows nothing of what follows it (HTML, 13.2.5, end of file)
    parser = _Page()
    try:
        parser.feed(text)
    except AssertionError as fault:  # of the standard library, at "<![" and no name
        raise ValueError(f"no HTML ({fault})") from fault
    yield from parser.found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Reference] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        names_only = tag == "a" or (tag == "link" and values.get("rel", "").lower() in _NAMING_LINKS)
        for name, value in values.items():
            if name in _LOADING or name in _LEADING:
                self._add(value, is_loaded=name in _LOADING or not names_only)
            elif name == "srcset":
                for candidate in value.split(","):
                    self._add(candidate.split()[0] if candidate.split() else "", is_loaded=True)

    def _add(self, target: str, *, is_loaded: bool) -> None:
        if target.strip() and not target.lower().startswith("data:"):
            self.found.append(Reference(target=target.strip(), is_loaded=is_loaded))


def _of_playlist(text: str) -> Iterator[Reference]:
    if not text.startswith("#EXTM3U"):
        raise ValueError("no playlist: it does not begin with #EXTM3U")
    for line in text.splitlines():
        if line.startswith("#"):
            yield from (Reference(target=found) for found in _HLS_URI.findall(line))
        elif line.strip():
            yield Reference(target=line.strip())


def _of_dash(data: bytes) -> Iterator[Reference]:
    if len(data) > _MOST_XML_BYTES or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("no manifest of DASH that anybody needs: too large, or with entities")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - entities are refused above, and the size is bounded
    except ElementTree.ParseError as fault:
        raise ValueError(f"no XML ({fault})") from fault
    yield from _of_element(root, "", _MOST_XML_LEVELS)


def _of_element(element: ElementTree.Element, base: str, levels: int) -> Iterator[Reference]:
    """Follow ``BaseURL`` down the tree: it moves what is below it, and is a file itself where nothing else is named."""
    if not levels:
        raise ValueError(f"no manifest of DASH that anybody needs: its elements are {_MOST_XML_LEVELS} deep")
    inner = next((child.text.strip() for child in element if _name(child) == "BaseURL" and child.text), "")
    base = _joined(base, inner)
    for name, value in element.attrib.items():
        if name in _DASH_ATTRIBUTES and "$" not in value.replace(NUMBER, ""):
            for number in _numbers(element) if NUMBER in value else ("",):
                yield Reference(target=_joined(base, value.replace(NUMBER, number)))
    if inner and not inner.endswith("/"):
        yield Reference(target=base)
    for child in element:
        yield from _of_element(child, base, levels - 1)


def _numbers(template: ElementTree.Element) -> Iterator[str]:
    """Yield the numbers of the segments that a timeline has, or only the first where there is none."""
    repeats = [element.get("r", "0") for element in template.iter() if _name(element) == "S"] or ["0"]
    count = sum(1 + int(each) for each in repeats)
    first = int(template.get("startNumber", "1"))
    if count > _MOST_SEGMENTS:
        raise ValueError(f"no manifest of DASH that anybody needs: it has {count} segments")
    yield from map(str, range(first, first + count))


def _joined(base: str, target: str) -> str:
    if not base or urlsplit(target).scheme:
        return target or base
    return base.rsplit("/", 1)[0] + "/" + target if "/" in base and target else target or base


def _name(element: ElementTree.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]
