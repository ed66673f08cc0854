"""Let readers of a language keep it on a device, to watch it without a network.

The page, the light film, the leaflet and the texts, by a service worker that no page starts by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

from babelreel.delivery.campaign import campaign_words_for
from babelreel.delivery.site.films import Films
from babelreel.delivery.site.page_assets import JAVASCRIPT, LINKED
from babelreel.delivery.site.page_text import render_script_json, render_size
from babelreel.delivery.site.site_content import Site, SiteFile, SiteLanguage
from babelreel.delivery.site.words import words_for
from babelreel.model.delivery.manifest import PublishedFile, Role
from babelreel.model.delivery.published_paths import app_manifest, asset, keep_worker, language_dir, language_page, way
from babelreel.model.film.stills import NARROW_POSTER, WIDE_POSTER

#: As much of a digest as addresses name a version by ("?v=").
_DIGEST_CHARS = 8
_PLACE = "/* made for each language */ null"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A file that is kept: heavy ones are taken from what is kept, others from the network as long as there is one."""

    path: str
    sha256: str
    bytes: int
    is_heavy: bool


def light_film(films: Films) -> PublishedFile:
    """Choose the film that is kept: the light one, or the only one that is played."""
    return films.light or films.main


def kept_files(site: Site, language: SiteLanguage, films: Films) -> tuple[PublishedFile, ...]:
    """List what is kept beside the page: a film, its poster, the logo, the subtitles, the leaflet to print."""
    shown = {site.logo, *(site.still_path(f"{name}.jpg") for name in (WIDE_POSTER, NARROW_POSTER))}
    own = (file for file in language.files if file.role is Role.CAPTIONS or file.path.endswith(".leaflet.pdf"))
    return (light_film(films), *own, *(file for file in site.shared if file.path in shown))


def keep_values(site: Site, language: SiteLanguage, films: Films) -> dict[str, Any]:
    """Gather what a page needs to offer the keeping."""
    film, files = light_film(films), kept_files(site, language, films)
    page = language_page(language.tag)
    return {
        "worker": way(page, keep_worker(language.tag)),
        "film": way(page, film.address),
        "size": render_size(sum(file.bytes for file in files), words_for(language.language)),
        "words": campaign_words_for(language.language),
        "zip": way(page, site.paths.offline_zip(language.tag)),
    }


def render_keeping(site: Site, language: SiteLanguage, films: Films, made: Iterable[SiteFile]) -> Iterator[SiteFile]:
    """Write the service worker of a language, and the manifest of its page; ``made`` are page, texts and assets."""
    published = kept_files(site, language, films)
    kept = [
        _Kept(path=each.path, sha256=each.sha256, bytes=each.bytes, is_heavy=each.role is not Role.CAPTIONS)
        for each in published
    ]
    kept += [
        _Kept(path=each.path, sha256=sha256(each.content).hexdigest(), bytes=len(each.content), is_heavy=False)
        for each in made
    ]
    script = (files("babelreel.delivery.site") / "assets" / "offline" / "sw.js").read_text("utf-8")
    worker = script.replace(_PLACE, render_script_json(_document(language, kept)))
    yield _file(keep_worker(language.tag), language, JAVASCRIPT, worker)
    yield _file(app_manifest(language.tag), language, "application/manifest+json", _app(language))


def _document(language: SiteLanguage, kept: Iterable[_Kept]) -> dict[str, Any]:
    listed = [
        {
            "path": way(language_page(language.tag), each.path),
            "digest": each.sha256[:_DIGEST_CHARS],
            "bytes": each.bytes,
            "heavy": each.is_heavy,
        }
        for each in sorted(kept, key=lambda each: each.path)
    ]
    return {"version": sha256(json.dumps(listed).encode()).hexdigest()[:16], "files": listed}


def _app(language: SiteLanguage) -> str:
    icon = way(app_manifest(language.tag), asset(LINKED["icon"]))
    document = {
        "name": language.title,
        "lang": language.title_tag,
        "id": f"babelreel-{language_dir(language.tag)}",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "icons": [{"src": icon, "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _file(path: str, language: SiteLanguage, mime: str, text: str) -> SiteFile:
    return SiteFile(path=path, role=Role.PAGE, language=language.tag, mime=mime, content=text.encode())
