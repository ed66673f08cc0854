"""Does a build publish the leaflets that its project asks for, and does an edit change its own language's alone?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from babelreel.media.programs.chromium import find_chromium
from support.projects import AR, FR, babelreel, make_project, snapshot

SETTINGS = """\
[delivery]
pages = false
streams = false
address = "https://rights.example/film/"
[renditions.web-720p]
enabled = false
"""


def project(root: Path, settings: str = SETTINGS) -> Path:
    made = make_project(root, {"fr.srt": FR, "ar.srt": AR})
    (made / "babelreel.toml").write_text(settings, "utf-8")
    return made


def leaflets(root: Path) -> dict[str, bytes]:
    kinds = (".html", ".pdf", "qr.svg", ".css", ".jpg")
    return {path: content for path, content in snapshot(root / "output").items() if path.endswith(kinds)}


def test_an_edit_changes_the_leaflet_of_its_language_alone(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    without = {"BABELREEL_CHROMIUM": ""}
    assert babelreel(root, "build", env=without).code == 0
    before = leaflets(root)
    assert set(before) == {
        "assets/leaflet.css",
        *(f"shared/film.picture-{number}.jpg" for number in range(1, 7)),
        *(f"{tag}/film.{tag}.{name}" for tag in ("fr", "ar") for name in ("leaflet.html", "qr.svg")),
    }
    (root / "subtitles/fr.srt").write_text(FR.replace("Tes droits.", "Tes papiers."), "utf-8")
    assert babelreel(root, "build", env=without).code == 0
    after = leaflets(root)
    assert {path for path in before if before[path] != after[path]} == {"fr/film.fr.leaflet.html"}
    (root / "babelreel.toml").write_text(SETTINGS.replace("pages", "leaflets = false\npages"), "utf-8")
    assert babelreel(root, "build", env=without).code == 0
    assert leaflets(root) == {}


@pytest.mark.skipif(find_chromium() is None, reason="needs a Chromium that prints")
def test_a_leaflet_that_was_printed_stays_where_no_chromium_is_left(tmp_path: Path) -> None:
    root = project(tmp_path / "film")
    assert babelreel(root, "build").code == 0
    before = leaflets(root)
    assert "fr/film.fr.leaflet.pdf" in before
    (root / "subtitles/fr.srt").write_text(FR.replace("Tes droits.", "Tes papiers."), "utf-8")
    assert babelreel(root, "build", env={"BABELREEL_CHROMIUM": ""}).code == 0
    after = leaflets(root)
    assert after["fr/film.fr.leaflet.pdf"] == before["fr/film.fr.leaflet.pdf"]
    assert after["fr/film.fr.leaflet.html"] != before["fr/film.fr.leaflet.html"]
    manifest = json.loads((root / "output/manifest.json").read_text("utf-8"))
    earlier = {file["path"] for file in manifest["files"] if "state" in file}
    assert earlier == {f"{tag}/film.{tag}.leaflet.pdf" for tag in ("fr", "ar")}
    assert babelreel(root, "verify").code == 0


def test_doctor_says_whether_leaflets_can_be_printed(tmp_path: Path) -> None:
    result = babelreel(tmp_path, "doctor", env={"BABELREEL_CHROMIUM": ""})
    assert [line for line in (result.out + result.err).splitlines() if "leaflets are made as HTML" in line]
    assert result.code == 0
