"""What a language is made from follows from its settings, whatever kind of value they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from babelreel.app.project.inventory import find_film
from babelreel.app.project.master import open_digests
from babelreel.app.project.subtitle_files import look_at_folder
from babelreel.app.publish.made_from import look_at_origins
from babelreel.config.read import read_project
from support.projects import FR

AR = "1\n00:00:00,500 --> 00:00:02,000\nلك حقوق.\n"


def rules_of(root: Path, settings: str) -> dict[str, str]:
    """Return the digest of what each language is held to under these settings."""
    (root / "babelreel.toml").write_text(settings, "utf-8")
    project = read_project(root)
    found = look_at_origins(project, find_film(project), look_at_folder(project), open_digests(project))
    return {tag: origin.rules for tag, origin in found.items() if origin}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("video", "subtitles"):
        (tmp_path / folder).mkdir()
    (tmp_path / "video/master.mp4").write_bytes(b"film")
    (tmp_path / "subtitles/fr.srt").write_text(FR, "utf-8")
    (tmp_path / "subtitles/ar.srt").write_text(AR, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("setting", "concerned"),
    [
        ("[language.ar.style]\nopacity = 0.75\nbackground = '#000000'", {"ar"}),
        ("[language.ar.style]\nbold = true\nposition = 'top'\nsize = 1.2", {"ar"}),
        ("[renditions.phone-360p.style]\nmargin = 0.1", {"ar", "fr"}),
        ("[language.ar]\ncps_child = 9", {"ar"}),
    ],
)
def test_a_setting_of_a_language_or_a_rendition_counts_for_whom_it_concerns(
    setting: str, concerned: set[str], root: Path
) -> None:
    before, now = rules_of(root, ""), rules_of(root, setting)
    assert {tag for tag in before if before[tag] != now[tag]} == concerned
