"""How much does a phone fetch of a page before anybody plays, where the host compresses nothing?"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from babelreel.config.read import read_project
from babelreel.delivery.site.page_assets import OF_A_LANGUAGE
from babelreel.delivery.site.site_content import Site
from babelreel.languages.find import find_language
from babelreel.model.delivery.manifest import Role
from babelreel.timedtext.formats.subrip import read_subrip
from support.sites import make_site, published, render_site, site_language

ROOT = Path(__file__).parents[3]
ASSETS = files("babelreel.delivery.site") / "assets"
#: A page with its style and its script, and the same with what it tells search engines and previews of its address.
MOST_BYTES, MOST_WITH_AN_ADDRESS = 58_000, 64_000
LATER = "assets/later.js"


def sample(address: str) -> Site:
    """Give the pages of the sample film: thirteen languages, each with its real title and text."""
    project = read_project(ROOT)
    stills = {"poster-640.jpg": Role.POSTER, "storyboard.vtt": Role.STORYBOARD, "share-1200x630.jpg": Role.POSTER}
    shared = tuple(published(f"shared/your-rights.{name}", role, "") for name, role in stills.items())
    languages = []
    for path in sorted((ROOT / "subtitles").glob("*.srt")):
        language = find_language(path.stem)
        cues = read_subrip(path.read_text("utf-8"), language=language.tag, path="").cues
        title = project.settings_of(language).title
        bare = site_language(language.tag)
        languages.append(replace(bare, cues=cues, title=title or project.title))
    more = {"address": address, "campaign": project.campaign, "shared": shared}
    return replace(make_site(*languages, **more), title=project.title, slug=project.slug)


@pytest.mark.parametrize(
    ("address", "most"), [("", MOST_BYTES), ("https://rights.example/film/", MOST_WITH_AN_ADDRESS)]
)
def test_the_page_of_every_language_is_light_before_somebody_plays(address: str, most: int) -> None:
    written = {file.path: len(file.content) for file in render_site(sample(address))}
    loaded = sum(written[path] for path in OF_A_LANGUAGE if path not in {LATER, "assets/icon.svg"})
    pages = {path: size + loaded for path, size in written.items() if path.count("/") == 1 and "/index.html" in path}
    assert len(pages) == 13
    assert {path: size for path, size in pages.items() if size > most} == {}
    first = written["index.html"] + sum(
        written[f"assets/{name}"] for name in ("babelreel.css", "first.css", "first.js")
    )
    assert first < most


def test_the_small_scripts_were_made_of_the_scripts_that_are_read() -> None:
    bundles = json.loads((ASSETS / "script" / "bundles.json").read_text("utf-8"))
    parts = {part for bundle in bundles.values() for part in bundle}
    assert parts == {each.name.removesuffix(".js") for each in (ASSETS / "script").iterdir()} - {"bundles.json"}
    for name, used in bundles.items():
        joined = "".join((ASSETS / "script" / f"{part}.js").read_text("utf-8") for part in used)
        digest = sha256(joined.encode()).hexdigest()[:16]
        said = (ASSETS / "small" / name).read_text("utf-8").split("\n", 1)[0]
        assert said == f"/* babelreel: no library; made small of {digest} */", (
            "run node tests/browser/small_scripts.mjs"
        )
