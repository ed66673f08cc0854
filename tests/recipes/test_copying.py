"""Do the recipes that copy output/ leave there what was published, and take it into other sites?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from support.projects import snapshot
from support.recipes import manifest_of, program, recipe
from support.sites import Page, read_page


def test_rsync_brings_all_of_it_with_the_manifest_after_the_files_and_takes_away_what_is_gone(
    output: Path, tmp_path: Path
) -> None:
    target = tmp_path / "film"
    (target / "fr").mkdir(parents=True)
    (target / "fr/old.html").write_text("old")
    shutil.copytree(output, tmp_path / "output")
    (tmp_path / "output/.incoming").mkdir()
    script = (
        recipe("rsync")
        .replace("TO=web@example.org:/srv/film/", f"TO={target}/")
        .replace("rsync -", f"{program('rsync')} -i -")
    )
    done = subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert snapshot(target) == snapshot(output)
    steps = [line.split()[-1] for line in done.stdout.splitlines() if line[0] in "><*"]
    assert steps[-2:] == ["manifest.json", "fr/old.html"]
    assert sorted(steps[:-2]) == sorted(set(snapshot(output)) - {"manifest.json"})


def test_every_link_of_every_page_leads_to_a_file_in_a_store_without_folders(output: Path) -> None:
    """The function of CloudFront is run for each address; what it gives must be a key of the store."""
    addresses = sorted(set(_links(output)))
    script = (
        recipe("cloudfront")
        + f"const found = {json.dumps(addresses)}.map((uri) => handler({{request: {{uri}}}}).uri);"
        + "process.stdout.write(JSON.stringify(found));"
    )
    done = subprocess.run([program("node"), "-e", script], capture_output=True, text=True, check=True)
    keys = {f"/film/{path}" for path in snapshot(output)}
    assert [uri for uri in json.loads(done.stdout) if uri not in keys] == []
    assert "/film/ar/" in addresses


def _links(output: Path) -> Iterator[str]:
    for path in output.rglob("*.html"):
        page: Page = read_page(path.read_text("utf-8"))
        base = f"https://example.org/film/{path.relative_to(output).as_posix()}"
        for each in page.elements:
            for name in ("href", "src", "poster"):
                address = urlsplit(urljoin(base, each.get(name) or base))
                if address.netloc == "example.org":
                    yield unquote(address.path)


def test_hugo_shows_a_film_of_its_own_static_folder(output: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for folder in ("layouts/shortcodes", "layouts/_default", "content", "static"):
        (site / folder).mkdir(parents=True)
    shutil.copytree(output, site / "static/film")
    (site / "config.toml").write_text(
        'baseURL = "https://example.org/campaign/"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
    )
    (site / "layouts/shortcodes/film.html").write_text(recipe("hugo"))
    for name in ("single", "list"):
        (site / f"layouts/_default/{name}.html").write_text("<html><body>{{ .Content }}</body></html>")
    (site / "content/rights.md").write_text("---\ntitle: Rights\n---\n{{< film fr >}}\n")
    environment = os.environ | {"HUGO_CACHEDIR": str(tmp_path / "cache")}
    subprocess.run([program("hugo"), "--quiet", "--source", str(site)], check=True, env=environment)
    page = read_page((site / "public/rights/index.html").read_text("utf-8"))
    manifest = manifest_of(output)
    film = next(file for file in manifest["files"] if file["path"].endswith("fr.web-720p.mp4"))
    assert page.one("source")["src"] == f"/campaign/film/{film['path']}?v={film['sha256'][:8]}"
    assert page.one("track")["src"].endswith(".fr.vtt")
    assert page.one("a").text == "Tes <droits>"
    linked = [page.one("source")["src"].partition("?")[0], page.one("track")["src"], page.one("video")["poster"]]
    for address in (*linked, page.one("a")["href"]):
        assert (site / "public" / address.removeprefix("/campaign/")).is_file(), address


def test_the_block_for_wordpress_is_the_frame_that_each_language_s_snippet_offers(output: Path) -> None:
    block, offered = read_page(recipe("wordpress")), read_page((output / "fr/film.fr.embed.txt").read_text("utf-8"))
    (frame,) = block.all("iframe")
    assert frame["src"] == "/film/fr/embed/"
    assert (output / "fr/embed/index.html").is_file()
    assert frame["allow"] == offered.all("iframe")[0]["allow"]
