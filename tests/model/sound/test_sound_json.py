from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.json_codec import encode
from babelreel.model.sound.mono import MonoMix
from babelreel.model.sound.recordings import Passage, SoundInfo
from babelreel.model.sound.sound_json import decode_sound, parse_sounds, sounds_document
from babelreel.model.timecode import Span

TAKE = SoundInfo(
    path="video/stems/fr/07 - Zoë.wav",
    digest="ab" * 32,
    bytes=96_044,
    codec="pcm_s16le",
    sample_rate_hz=48_000,
    channels=1,
    bit_depth=16,
    samples=48_000,
    first=4_800,
    end=43_200,
    speech=(Span(start_ms=100, end_ms=500), Span(start_ms=600, end_ms=900)),
    peak_dbfs=Decimal("-6.02"),
    loudness_lufs=Decimal("-23.10"),
)


@st.composite
def sounds(draw: st.DrawFn) -> SoundInfo:
    first, end, samples = sorted(draw(st.lists(st.integers(0, 10**9), min_size=3, max_size=3)))
    times = sorted(draw(st.sets(st.integers(0, 10**9), max_size=8)))
    spans = tuple(Span(start_ms=start, end_ms=end) for start, end in zip(times[::2], times[1::2], strict=False))
    decibels = st.none() | st.decimals(-200, 800, places=2, allow_nan=False)
    texts = st.text(max_size=40)
    whole = st.integers(0, 1 << 33)
    return SoundInfo(
        path=draw(texts),
        digest=draw(st.sampled_from(("", "0f" * 32))),
        bytes=draw(whole),
        codec=draw(texts),
        sample_rate_hz=draw(whole),
        channels=draw(whole),
        bit_depth=draw(whole),
        samples=samples,
        first=first,
        end=end,
        speech=draw(st.sampled_from((None, (), spans))),
        peak_dbfs=draw(decibels),
        loudness_lufs=draw(decibels),
        mono=draw(st.sampled_from(MonoMix)),
        speech_lufs=draw(decibels),
        noise_lufs=draw(decibels),
        passages=tuple(Passage(span=span, lufs=Decimal("-20.5")) for span in spans),
        clipped=draw(whole),
        is_guide=draw(st.booleans()),
        fault=draw(texts),
    )


@given(sounds())
def test_a_sound_survives_the_way_through_json(info: SoundInfo) -> None:
    assert decode_sound(json.loads(json.dumps(encode(info)))) == info


@given(st.lists(sounds(), max_size=4, unique_by=lambda info: info.path))
def test_sounds_survive_the_way_through_json(infos: list[SoundInfo]) -> None:
    read = parse_sounds(json.loads(json.dumps(sounds_document(infos))))
    assert read == tuple(sorted(infos, key=lambda info: info.path))


def test_numbers_of_decibels_are_exact_texts_and_speech_is_pairs() -> None:
    document = encode(TAKE)
    assert (document["peak_dbfs"], document["loudness_lufs"]) == ("-6.02", "-23.10")
    assert document["speech"] == [[100, 500], [600, 900]]


@pytest.mark.parametrize(
    "change",
    [
        {"bytes": "96044"},
        {"bytes": -1},
        {"bytes": 1.0},
        {"bytes": True},
        {"samples": 10**40},
        {"first": 44_000},  # behind the end
        {"end": 48_001},  # behind the last sample
        {"digest": "ab"},
        {"digest": "AB" * 32},
        {"path": 7},
        {"path": "a" * 100_000},
        {"is_guide": 1},
        {"fault": None},
        {"peak_dbfs": -6.02},
        {"peak_dbfs": "NaN"},
        {"peak_dbfs": "1e9"},
        {"loudness_lufs": "-" + "9" * 5000},
        {"speech": [[5, 4]]},
        {"speech": "all"},
        {"mono": "both"},
        {"passages": [{"span": [5, 4], "lufs": "-20.5"}]},
        {"more": 1},
    ],
)
def test_what_cannot_be_is_a_value_error(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_sound({**encode(TAKE), **change})


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"version": 3, "sounds": {}},
        {"version": 2},
        {"version": 2, "sounds": []},
        {"version": 2, "sounds": {"a.wav": None}},
        {"version": 2, "sounds": {"a.wav": encode(TAKE)}},  # under another name than its own
        {"version": 2, "sounds": dict.fromkeys(map(str, range(100_001)))},
    ],
)
def test_a_foreign_document_is_a_value_error(document: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_sounds(document)


def test_a_key_that_is_missing_is_a_value_error() -> None:
    document = encode(replace(TAKE, speech=None))
    del document["clipped"]
    with pytest.raises(ValueError, match="other keys"):
        decode_sound(document)
