"""How do tests get a site whose texts try to be more than text, and read its pages as a browser does?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from babelreel.delivery.site.pages import render_language, render_shared
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.languages.find import find_language
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.timecode import Span
from babelreel.model.track import Cue

#: Texts that mean something to a browser, a template or a script.
PAYLOADS = (
    "</script><script>alert(1)</script>",
    "<script>alert(1)</script>",
    "<!--<script>",
    "]]><svg/onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><iframe srcdoc='<b>x</b>'>",
    "` onmouseover=alert(1) x=`",
    "</title></style></textarea><b>x",
    "{{7*7}} {% raw %} {#",
    "${7*7} #{7*7} <%= 7*7 %>",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; &#60;b&#62; &quot;",
    "<i>a</i> <c.loud>b</c> <00:00:01.000>",
    "\u202eevil\u202c \u2066\u2067",
    "'; alert(1); //",
    "\\u003cscript\\u003e \\",
    "--> <b>",
)


def published(path: str, role: Role, language: str, **more: object) -> PublishedFile:
    """Make an entry of the manifest with what matters to pages."""
    values: dict[str, object] = {"rendition": "", "sound": "", "bytes": 1_250_000, "sha256": "0" * 64, "duration_ms": 0}
    values |= {"width_px": 0, "height_px": 0, "mime": "application/octet-stream"}
    return PublishedFile(path=path, role=role, language=language, **values | more)  # type: ignore[arg-type]


def video(tag: str, rendition: str, width_px: int, height_px: int, **more: object) -> PublishedFile:
    """Make the entry of a film of 75.08 s."""
    values: dict[str, object] = {"rendition": rendition, "sound": "original", "duration_ms": 75_080}
    values |= {"text": Text.NONE if "no-text" in rendition else Text.BURN_IN if "phone" in rendition else Text.MUX}
    values |= {"width_px": width_px, "height_px": height_px, "mime": 'video/mp4; codecs="avc1.640020, mp4a.40.2"'}
    return published(f"{tag}/film.{tag}.{rendition}.mp4", Role.VIDEO, tag, **values | more)


def site_language(tag: str, texts: Iterable[str] = ("Un.", "Deux."), *, sound: str = "original") -> SiteLanguage:
    """Make a language as a build publishes it: three films and two sidecars; each text is said for a second."""
    cues = tuple(
        Cue(number=n, span=Span(start_ms=n * 1000 + 600, end_ms=n * 1000 + 1500), lines=tuple(text.split("\n")))
        for n, text in enumerate(texts)
    )
    files = (
        published(f"{tag}/film.{tag}.srt", Role.CAPTIONS, tag, bytes=900),
        published(f"{tag}/film.{tag}.vtt", Role.CAPTIONS, tag, bytes=1_100),
        video(tag, "web-1080p", 1920, 1080, bytes=9_900_000, sound=sound),
        video(tag, "web-720p", 1280, 720, bytes=4_210_000, sound=sound),
        video(tag, "phone-360p", 640, 360, bytes=1_250_000, sound=sound),
        video(tag, "phone-360p-no-text", 640, 360, bytes=1_150_000, sound=sound),
    )
    return SiteLanguage(language=find_language(tag), title="Film", title_tag="en", cues=cues, files=files)


def make_site(*languages: SiteLanguage, **more: object) -> Site:
    """Make a site, with English as the language of the master."""
    values: dict[str, object] = {"title": "Film", "slug": "film", "reference": "en", "address": "", "shared": ()}
    values |= {"languages": languages}
    return Site(**values | more)  # type: ignore[arg-type]


def render_site(site: Site) -> tuple[SiteFile, ...]:
    """Render all pages of a site, and what belongs to them."""
    own = (file for language, seen in site.views for file in render_language(seen, language))
    return (*own, *render_shared(site))


def pages_of(site: Site) -> Mapping[str, SiteFile]:
    """Render a site; gives its files by path."""
    return {file.path: file for file in render_site(site)}


def text_of(site: Site, path: str) -> str:
    """Render a site and give one of its files as text."""
    return pages_of(site)[path].content.decode("utf-8")


@dataclass(slots=True)
class Element:
    """An element with its attributes and the text inside of it, of its children too."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)


@dataclass(slots=True)
class Page:
    """All elements of a page in their order; ``inert`` are those of templates, which wait for a script."""

    elements: list[Element] = field(default_factory=list)
    inert: list[Element] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Give the elements with a tag and these attributes ("_" stands for "-", a last one is dropped)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [each for each in self.elements if each.tag == tag and wanted.items() <= each.attributes.items()]

    def one(self, tag: str, **attributes: str) -> Element:
        (element,) = self.all(tag, **attributes)
        return element


class _Reader(HTMLParser):
    _EMPTY = frozenset({"meta", "link", "source", "track", "input", "img"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []

    def _elements(self) -> list[Element]:
        return self.page.inert if any(each.tag == "template" for each in self.open) else self.page.elements

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._elements().append(element)
        if tag not in self._EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"path", "circle"}:
            assert self.open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._elements().append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read_page(text: str) -> Page:
    """Read a page, strictly: each element closes where it should."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader.page


def page_of(site: Site, path: str) -> Page:
    """Render a site and read one of its pages."""
    return read_page(text_of(site, path))
