"""What does the manifest say of a file, given its label and what was found in it?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from babelreel.delivery.published_file import describe_artifact, describe_content
from babelreel.graph.store import Artifact
from babelreel.model.delivery.manifest import FileLabel, Role

FILM = FileLabel(
    path="fr/film.fr.web-720p.mp4",
    role=Role.VIDEO,
    language="fr",
    mime="video/mp4",
    rendition="web-720p",
    sound="original",
)
STORED = Artifact(name="film.mp4", digest="ab" * 32, size=1000)
FACTS = {"codecs": "avc1.640020, mp4a.40.2", "has_sound": True, "duration_ms": 2000, "width_px": 640, "height_px": 360}


def test_a_film_is_told_with_its_codecs_its_size_and_how_loud_it_is() -> None:
    found = describe_artifact(FILM, STORED, {**FACTS, "loudness_lufs": Decimal("-16.004"), "true_peak_dbtp": None})
    assert (found.mime, found.sound) == ('video/mp4; codecs="avc1.640020, mp4a.40.2"', "original")
    assert (found.bytes, found.sha256, found.duration_ms) == (1000, "ab" * 32, 2000)
    assert (found.is_measured, found.loudness_lufs, found.true_peak_dbtp) == (True, Decimal("-16.00"), None)


def test_a_film_in_which_no_sound_was_found_has_none() -> None:
    found = describe_artifact(FILM, STORED, {**FACTS, "codecs": "avc1.640020", "has_sound": False})
    assert (found.sound, found.is_measured) == ("", False)


def test_what_nobody_looked_into_is_told_as_its_label_says() -> None:
    segment = FileLabel(path="stream/a/1.m4s", role=Role.STREAM, language="fr", mime="audio/mp4", sound="dub")
    found = describe_artifact(segment, STORED)
    assert (found.sound, found.mime, found.duration_ms) == ("dub", "audio/mp4", 0)


@pytest.mark.parametrize(("content", "start"), [(b"", "e3b0c442"), (b"abc", "ba7816bf")])
def test_content_is_told_by_its_length_and_sha_256(content: bytes, start: str) -> None:
    page = FileLabel(path="index.html", role=Role.PAGE, language="", mime="text/html; charset=utf-8")
    found = describe_content(page, content)
    assert (found.bytes, found.sha256[:8], found.path) == (len(content), start, "index.html")
