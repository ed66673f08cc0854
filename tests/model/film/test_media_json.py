from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from babelreel.model.film.media import AudioStream, MediaInfo, TextStream, VideoStream
from babelreel.model.film.media_json import media_document, parse_media
from babelreel.model.json_codec import MAX_ITEMS
from babelreel.model.timecode import Span

FILM = MediaInfo(
    digest="ab" * 32,
    bytes=12_345,
    container="mp4",
    duration_ms=2002,
    video=VideoStream(
        codec="h264",
        profile="High",
        level=40,
        pixel_format="yuv420p",
        bit_depth=8,
        width_px=720,
        height_px=576,
        display_width_px=1024,
        display_height_px=576,
        sample_aspect=Fraction(64, 45),
        rotation=0,
        rate=Fraction(24000, 1001),
        is_variable_rate=False,
        frames=48,
        start_ms=0,
        duration_ms=2002,
    ),
    audio=(AudioStream(codec="aac", profile="LC", channels=2, sample_rate_hz=48_000, start_ms=0, duration_ms=2000),),
    text=(TextStream(codec="mov_text", language="fra", handler="Français", is_default=False, packets=3),),
    codecs="avc1.640028, mp4a.40.2",
    start_us=1_400_000,
)


SPOKEN = (Span(start_ms=0, end_ms=640), Span(start_ms=1000, end_ms=1500))


@pytest.mark.parametrize(
    "film",
    [
        FILM,
        replace(FILM, video=None),
        replace(FILM, audio=(), text=()),
        replace(FILM, shots=(), speech=()),
        replace(FILM, shots=(1, 24), speech=SPOKEN),
    ],
)
def test_a_film_survives_the_way_through_json(film: MediaInfo) -> None:
    assert parse_media(json.loads(json.dumps(media_document(film)))) == film


@pytest.mark.parametrize("change", [{"version": 99}, {"audio": 3}, {"video": {"rate": "25/0"}}, {"duration_ms": None}])
def test_what_is_not_ours_is_a_value_error(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_media({**media_document(FILM), **change})


def test_an_empty_document_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="not a probe document"):
        parse_media({})


def test_shots_are_frame_numbers_and_speech_is_pairs_of_milliseconds() -> None:
    document = media_document(replace(FILM, shots=(12, 24), speech=SPOKEN))
    assert json.loads(json.dumps(document))["shots"] == [12, 24]
    assert document["speech"] == [[0, 640], [1000, 1500]]


def test_a_document_from_before_anybody_looked_for_shots_and_speech_is_read() -> None:
    document = media_document(replace(FILM, shots=(12,), speech=SPOKEN))
    del document["shots"], document["speech"]
    assert parse_media(document) == FILM


@pytest.mark.parametrize(
    "change",
    [
        {"shots": 3},
        {"shots": {"1": 2}},
        {"shots": [0]},  # the first shot is no change
        {"shots": [-1]},
        {"shots": [24, 12]},
        {"shots": [12, 12]},
        {"shots": ["12"]},
        {"shots": [12.0]},
        {"shots": [True]},
        {"shots": [10**12]},
        {"shots": list(range(1, MAX_ITEMS + 2))},
        {"speech": "none"},
        {"speech": [[0]]},
        {"speech": [[0, 1, 2]]},
        {"speech": [[5, 5]]},
        {"speech": [[5, 4]]},
        {"speech": [[0, 2000], [1500, 3000]]},
        {"speech": [[-5, 4]]},
        {"speech": [[0, None]]},
        {"speech": [0, 640]},
        {"speech": [[each, each + 1] for each in range(0, 2 * MAX_ITEMS + 2, 2)]},
    ],
)
def test_shots_and_speech_that_cannot_be_are_a_value_error(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_media({**media_document(FILM), **change})
