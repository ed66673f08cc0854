"""Does a value survive the way through JSON, and can a damaged document become a wrong value?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.film.media_json import media_document, parse_media
from babelreel.model.json_codec import LARGEST, MAX_CHARS, MAX_ITEMS, decode, encode, parse_json, render_json
from babelreel.model.sound.sound_json import parse_sounds, sounds_document
from babelreel.model.timecode import Span
from support.places import REPOSITORY


class Kind(StrEnum):
    CUT = "cut"
    FADE = "fade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    name: str
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    title: str
    frames: int
    is_silent: bool
    rate: Fraction
    peak: Decimal | None
    kind: Kind
    speech: tuple[Span, ...] | None
    size: Frame
    shots: tuple[Shot, ...]
    tools: Mapping[str, str]
    pair: tuple[str, int]


REEL = Reel(
    title="Tes droits",
    frames=48,
    is_silent=False,
    rate=Fraction(30_000, 1001),
    peak=Decimal("-16.02"),
    kind=Kind.FADE,
    speech=(Span(start_ms=0, end_ms=640),),
    size=Frame(width_px=640, height_px=360, rate=Fraction(25)),
    shots=(Shot(name="door", first=12),),
    tools={"ffmpeg": "9"},
    pair=("a", 1),
)
DOCUMENT = {
    "title": "Tes droits",
    "frames": 48,
    "is_silent": False,
    "rate": "30000/1001",
    "peak": "-16.02",
    "kind": "fade",
    "speech": [[0, 640]],
    "size": [640, 360, "25"],
    "shots": [{"name": "door", "first": 12}],
    "tools": {"ffmpeg": "9"},
    "pair": ["a", 1],
}

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["25/1", "-0", "1e9"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def test_a_document_is_what_the_fields_say_and_is_read_back() -> None:
    assert encode(REEL) == DOCUMENT
    assert decode(DOCUMENT, Reel) == REEL
    assert decode(parse_json(render_json(encode(REEL))), Reel) == REEL


@given(name=st.sampled_from(sorted(DOCUMENT)), value=anything)
def test_whatever_stands_in_a_document_is_refused_or_read_as_it_stands_there(name: str, value: object) -> None:
    document = {**DOCUMENT, name: value}
    try:
        reel = decode(document, Reel)
    except ValueError:
        return
    told, field = json.dumps(encode(reel)[name]), getattr(reel, name)
    # "2/50" and "1/25" are one fraction, "01" and "1" one number: all else is kept to the letter
    assert told == json.dumps(value) or isinstance(field, Fraction | Decimal | Frame)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": 7}, "Reel: title: not a text"),
        ({"title": "x" * (MAX_CHARS + 1)}, "title: not a text"),
        ({"frames": "48"}, "frames: not a whole number"),
        ({"frames": 48.0}, "frames: not a whole number"),
        ({"frames": True}, "frames: not a whole number"),
        ({"frames": LARGEST + 1}, "frames: not a whole number"),
        ({"is_silent": 0}, "is_silent: neither"),
        ({"rate": "25/0"}, "rate: not a fraction"),
        ({"rate": 25}, "rate: not a fraction"),
        ({"rate": "1e9"}, "rate: not a fraction"),
        ({"rate": "9" * 5000}, "rate: not a fraction"),
        ({"peak": -16.02}, "peak: not a decimal"),
        ({"peak": "NaN"}, "peak: not a decimal"),
        ({"kind": "wipe"}, "kind: none of cut, fade"),
        ({"speech": [{"start_ms": 0, "end_ms": 1}]}, "speech: 0: not a list of 2"),
        ({"speech": [[0, 1, 2]]}, "speech: 0: not a list of 2"),
        ({"size": [640, 360]}, "size: not a list of 3"),
        ({"shots": [{"name": "door"}]}, "shots: 0: other keys than it has: 'first'"),
        ({"shots": [{"name": "door", "first": 1, "last": 2}]}, "shots: 0: other keys than it has: 'last'"),
        ({"shots": "door"}, "shots: not a list"),
        ({"shots": [None] * (MAX_ITEMS + 1)}, "shots: not a list, or one too long"),
        ({"tools": ["ffmpeg"]}, "tools: not an object"),
        ({"tools": {"ffmpeg": 9}}, "tools: ffmpeg: not a text"),
        ({"pair": ["a"]}, "pair: not a list of 2"),
        ({"more": 1}, "Reel: other keys than it has: 'more'"),
    ],
)
def test_what_is_none_of_ours_is_refused_with_its_place(change: dict[str, Any], where: str) -> None:
    with pytest.raises(ValueError, match=where):
        decode({**DOCUMENT, **change}, Reel)


def test_an_open_document_may_say_more_and_must_not_say_less() -> None:
    assert decode({**DOCUMENT, "more": 1}, Reel, is_open=True) == REEL
    with pytest.raises(ValueError, match="other keys"):
        decode({}, Reel, is_open=True)


@pytest.mark.parametrize("content", ["", "{", "NaN", '{"a": Infinity}', "[" * 100_000, b"\xff", "9" * 5000])
def test_what_is_no_json_is_a_value_error(content: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_json(content)


def test_more_lists_and_objects_than_anything_of_ours_has_are_not_read() -> None:
    # 8 MB, which took 200 MB to read, and 64 MB took 1.7 GB
    with pytest.raises(ValueError, match="more than 1000000 lists and objects"):
        parse_json("[" + ",".join(['{"a":1}'] * 1_000_000) + "]")


def test_more_values_than_anything_of_ours_has_are_not_read() -> None:
    # 12 MB, which took 340 MB to read, and 64 MB took 1.8 GB
    with pytest.raises(ValueError, match="more than 3000000 values"):
        parse_json("[" + "0.0," * 3_000_001 + "0]")


def test_numbers_with_a_fraction_are_exact() -> None:
    assert parse_json("-16.10") == Decimal("-16.10")


def test_a_float_has_no_form_that_is_read_back_the_same_everywhere() -> None:
    with pytest.raises(TypeError, match="float"):
        encode(1.5)


def test_what_an_earlier_version_wrote_is_read_and_written_again_to_the_letter() -> None:
    film = (REPOSITORY / "video/master.probe.json").read_bytes()
    assert render_json(media_document(parse_media(parse_json(film)))).encode() == film
    sounds = (REPOSITORY / "video/stems.probe.json").read_bytes()
    assert render_json(sounds_document(parse_sounds(parse_json(sounds)))).encode() == sounds
