from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.delivery.manifest import parse_manifest, render_manifest, render_sums
from babelreel.model.delivery.manifest import Manifest, PublishedFile, PublishedLanguage, Role, Status, Withdrawal
from babelreel.model.sound.mix_levels import DubLevels, VoiceOfLine

DIGEST = "0123456789abcdef" * 4

VIDEO = PublishedFile(
    path="fr/film.fr.web-720p.mp4",
    role=Role.VIDEO,
    language="fr",
    rendition="web-720p",
    sound="original",
    bytes=1234,
    sha256=DIGEST,
    duration_ms=74_880,
    width_px=1280,
    height_px=720,
    mime='video/mp4; codecs="avc1.640020, mp4a.40.2"',
)

CAPTIONS = PublishedFile(
    path="fr/film.fr.vtt",
    role=Role.CAPTIONS,
    language="fr",
    rendition="",
    sound="",
    bytes=99,
    sha256=DIGEST,
    duration_ms=0,
    width_px=0,
    height_px=0,
    mime="text/vtt; charset=utf-8",
)

MANIFEST = Manifest(
    title="Tes droits",
    slug="film",
    status=Status.COMPLETE,
    languages=(PublishedLanguage(tag="fr", name="Français", english_name="French", direction="ltr", dir="fr"),),
    files=(VIDEO, CAPTIONS),
    tools=(("babelreel", "0.1.0"), ("ffmpeg", "n9.0.2")),
)


def schema() -> Any:  # noqa: ANN401 - a JSON Schema is any JSON
    return json.loads((files("babelreel.delivery") / "manifest.schema.json").read_text("utf-8"))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_a_manifest_fits_its_schema() -> None:
    jsonschema.validate(json.loads(render_manifest(MANIFEST)), schema())


def test_the_lines_of_a_dub_fit_the_schema() -> None:
    line = VoiceOfLine(line=7, gain_db=Decimal("12.5"), above_db=None)
    manifest = replace(MANIFEST, dubs=(DubLevels(language="fr", lines=(line,)),))
    document = json.loads(render_manifest(manifest))
    jsonschema.validate(document, schema())
    assert document["dubs"] == [{"language": "fr", "lines": [{"line": 7, "gain_db": 12.5, "above_db": None}]}]


def test_the_schema_refuses_a_video_without_its_size() -> None:
    document = json.loads(render_manifest(MANIFEST))
    del document["files"][0]["width"]
    with pytest.raises(jsonschema.ValidationError, match="'width' is a required property"):
        jsonschema.validate(document, schema())


def test_durations_are_seconds() -> None:
    document = json.loads(render_manifest(MANIFEST))
    assert document["files"][0]["duration"] == 74.88
    assert "duration" not in document["files"][1]


levels = st.integers(-9999, 2000).map(lambda value: Decimal(value) / 100)
voices = st.builds(VoiceOfLine, line=st.integers(1, 999), gain_db=levels, above_db=st.none() | levels)
published = st.builds(
    PublishedFile,
    path=st.text(min_size=1),
    role=st.sampled_from(Role),
    language=st.sampled_from(["fr", "zh-Hans"]),
    rendition=st.just("web-720p"),
    sound=st.sampled_from(["original", "dub", ""]),
    bytes=st.integers(0, 10**12),
    sha256=st.just(DIGEST),
    duration_ms=st.integers(1, 10**8),
    width_px=st.integers(2, 8192),
    height_px=st.integers(2, 8192),
    mime=st.text(),
    is_measured=st.just(value=True),
    loudness_lufs=st.none() | levels,
    true_peak_dbtp=st.none() | levels,
    state=st.sampled_from(["", "0123456789abcdef", "unknown"]),
)


@settings(deadline=None)
@given(
    title=st.text(min_size=1),
    found=st.lists(published),
    status=st.sampled_from(Status),
    lines=st.lists(voices, max_size=3).map(tuple),
)
def test_what_is_written_is_read_back(
    title: str, found: list[PublishedFile], status: Status, lines: tuple[VoiceOfLine, ...]
) -> None:
    manifest = Manifest(
        title=title,
        slug="film",
        status=status,
        languages=(),
        files=tuple(found),
        tools=(("ffmpeg", "9"),),
        state="fedcba9876543210",
        withdrawn=(Withdrawal(language="nl", text=DIGEST),),
        dubs=(DubLevels(language="fr", lines=lines),),
    )
    assert parse_manifest(render_manifest(manifest)) == manifest


def test_a_file_of_an_earlier_state_says_which_and_any_other_says_nothing() -> None:
    earlier = replace(CAPTIONS, state="0123456789abcdef")
    document = json.loads(render_manifest(replace(MANIFEST, state="fedcba9876543210", files=(VIDEO, earlier))))
    jsonschema.validate(document, schema())
    assert document["state"] == "fedcba9876543210"
    assert [file.get("state") for file in document["files"]] == [None, "0123456789abcdef"]


def test_a_manifest_of_before_there_were_states_is_read() -> None:
    document = json.loads(render_manifest(MANIFEST))
    assert "state" not in document
    assert parse_manifest(json.dumps(document)) == MANIFEST


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema_version": 2}', '{"schema_version": 1, "files": 3}'])
def test_what_is_no_manifest_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_manifest(text)


def test_a_role_of_tomorrow_is_passed_over() -> None:
    document = json.loads(render_manifest(MANIFEST))
    document["files"][1]["role"] = "hologram"
    assert parse_manifest(json.dumps(document)).files == (VIDEO,)


def test_levels_are_numbers_null_for_silence_and_absent_where_nothing_was_measured() -> None:
    heard = replace(VIDEO, is_measured=True, loudness_lufs=Decimal("-16.10"), true_peak_dbtp=Decimal("-1.52"))
    silent = replace(VIDEO, is_measured=True)
    document = json.loads(render_manifest(replace(MANIFEST, files=(heard, silent, VIDEO))))
    jsonschema.validate(document, schema())
    first, second, third = document["files"]
    assert (first["loudness_lufs"], first["true_peak_dbtp"]) == (-16.1, -1.52)
    assert (second["loudness_lufs"], second["true_peak_dbtp"]) == (None, None)
    assert not {"loudness_lufs", "true_peak_dbtp"} & set(third)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("path", 7),
        ("sha256", None),
        ("bytes", "1234"),
        ("bytes", 12.5),
        ("width", "wide"),
        ("duration", "long"),
        ("duration", True),
        ("role", ["video"]),
    ],
)
def test_a_file_that_is_described_in_other_types_makes_no_manifest(name: str, value: object) -> None:
    document = json.loads(render_manifest(MANIFEST))
    document["files"][0][name] = value
    with pytest.raises(ValueError, match=r"."):
        parse_manifest(json.dumps(document))


def test_a_length_beyond_all_films_makes_no_manifest_and_no_number_of_a_million_digits() -> None:
    text = render_manifest(MANIFEST)
    with pytest.raises(ValueError, match="1E\\+999999"):
        parse_manifest(text.replace("74.88", "1e999999"))


def test_a_key_of_tomorrow_is_passed_over() -> None:
    document = json.loads(render_manifest(MANIFEST))
    for each in (document, document["files"][0], document["languages"][0]):
        each["mood"] = "bright"
    assert parse_manifest(json.dumps(document)) == MANIFEST


@pytest.mark.parametrize("level", ['"loud"', '"-16.25"', "true", "1e9", "NaN", "Infinity", "[]", "{}"])
def test_a_level_that_is_no_number_makes_no_manifest(level: str) -> None:
    heard = replace(VIDEO, is_measured=True, loudness_lufs=Decimal("-16.25"), true_peak_dbtp=Decimal(-2))
    text = render_manifest(replace(MANIFEST, files=(heard,)))
    with pytest.raises(ValueError, match=r"."):
        parse_manifest(text.replace("-16.25", level))


def test_sums_are_what_sha256sum_checks_sorted_by_path() -> None:
    assert render_sums(MANIFEST, "f" * 64) == (
        f"{DIGEST}  fr/film.fr.vtt\n{DIGEST}  fr/film.fr.web-720p.mp4\n{'f' * 64}  manifest.json\n"
    )
