from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.delivery.manifest import parse_manifest, render_manifest, render_sums
from babelreel.model.delivery.manifest import MadeFrom, Manifest, PublishedFile, Role, Status, Withdrawal
from babelreel.model.delivery.published_paths import is_segment
from babelreel.model.film.ladder.encoding_ladder import Text
from babelreel.model.sound.mix_levels import DubLevels, VoiceOfLine
from support.manifests import published_language

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
    text=Text.MUX,
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
    languages=(published_language("fr"),),
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
    path=st.text(min_size=1).filter(lambda path: not is_segment(path)),
    role=st.sampled_from(Role),
    language=st.sampled_from(["fr", "zh-Hans"]),
    rendition=st.just("web-720p"),
    sound=st.sampled_from(["original", "dub", ""]),
    text=st.none() | st.sampled_from(Text),
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
        made_from=(
            MadeFrom(language="fr", subtitles=DIGEST, recordings=DIGEST, rules=DIGEST),
            MadeFrom(language="ps", subtitles="", recordings=DIGEST, rules=DIGEST),
        ),
    )
    assert parse_manifest(render_manifest(manifest)) == manifest


def test_a_file_of_an_earlier_state_says_which_and_any_other_says_nothing() -> None:
    earlier = replace(CAPTIONS, state="0123456789abcdef")
    document = json.loads(render_manifest(replace(MANIFEST, state="fedcba9876543210", files=(VIDEO, earlier))))
    jsonschema.validate(document, schema())
    assert document["state"] == "fedcba9876543210"
    assert [file.get("state") for file in document["files"]] == [None, "0123456789abcdef"]


def test_what_a_language_was_made_from_is_left_out_where_there_is_none() -> None:
    text = MadeFrom(language="fr", subtitles=DIGEST, recordings="", rules=DIGEST)
    document = json.loads(render_manifest(replace(MANIFEST, made_from=(text,))))
    jsonschema.validate(document, schema())
    assert document["made_from"] == [{"language": "fr", "subtitles": DIGEST, "rules": DIGEST}]
    assert "made_from" not in json.loads(render_manifest(MANIFEST))


def test_a_manifest_of_before_there_were_states_is_read() -> None:
    document = json.loads(render_manifest(MANIFEST))
    assert "state" not in document
    assert parse_manifest(json.dumps(document)) == MANIFEST


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema_version": 3}', '{"schema_version": true}', '{"schema_version": 2, "files": 3}']
)
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
    assert render_sums(MANIFEST, {"manifest.json": "f" * 64}) == (
        f"{DIGEST}  fr/film.fr.vtt\n{DIGEST}  fr/film.fr.web-720p.mp4\n{'f' * 64}  manifest.json\n"
    )


#: What version 1 said of a film with a stream: all files in one list, no titles, no word on texts.
FIRST = """{
  "schema_version": 1,
  "status": "complete",
  "title": "Tes droits",
  "slug": "film",
  "languages": [{"tag": "fr", "name": "Français", "english_name": "French", "direction": "ltr", "dir": "fr"}],
  "files": [
    {"path": "fr/index.html", "role": "page", "language": "fr", "bytes": 5, "sha256": "DIGEST", "mime": "text/html"},
    {"path": "fr/film.fr.web-720p.mp4", "role": "video", "language": "fr", "rendition": "web-720p", "sound": "original",
     "bytes": 1234, "sha256": "DIGEST", "duration": 74.88, "width": 1280, "height": 720, "mime": "video/mp4"},
    {"path": "stream/master.m3u8", "role": "stream", "language": "", "rendition": "stream", "sound": "",
     "bytes": 7, "sha256": "DIGEST", "mime": "application/vnd.apple.mpegurl"},
    {"path": "stream/picture-720p/0123456789abcdef.m4s", "role": "stream", "language": "", "rendition": "stream",
     "sound": "", "bytes": 9, "sha256": "DIGEST", "mime": "video/mp4"}
  ],
  "tools": {"babelreel": "0.1.0"}
}""".replace("DIGEST", DIGEST)


def test_a_manifest_of_version_1_is_read_with_all_its_files() -> None:
    manifest = parse_manifest(FIRST)
    assert [file.path for file in manifest.files] == [
        "fr/index.html",
        "fr/film.fr.web-720p.mp4",
        "stream/master.m3u8",
        "stream/picture-720p/0123456789abcdef.m4s",
    ]
    assert manifest.files[1].text is None
    (french,) = manifest.languages
    assert (french.title, french.description, french.page) == ("Tes droits", "Tes droits", "fr/index.html")


def test_a_manifest_of_version_1_is_written_as_one_of_version_2() -> None:
    document = json.loads(render_manifest(parse_manifest(FIRST)))
    jsonschema.validate(document, schema())
    assert document["schema_version"] == 2
    assert parse_manifest(json.dumps(document)) == parse_manifest(FIRST)
    assert document["stream"] == {"hls": "stream/master.m3u8"}
    assert [file["path"] for file in document["segments"]] == ["stream/picture-720p/0123456789abcdef.m4s"]
    assert [file["path"] for file in document["files"]] == [
        "fr/index.html",
        "fr/film.fr.web-720p.mp4",
        "stream/master.m3u8",
    ]


def test_readers_of_version_1_who_join_both_lists_have_all_they_had() -> None:
    before, document = json.loads(FIRST), json.loads(render_manifest(parse_manifest(FIRST)))
    assert document["files"] + document["segments"] == before["files"]
    for key in ("status", "title", "slug", "tools"):
        assert document[key] == before[key]
    assert before["languages"][0].items() <= document["languages"][0].items()


def test_the_version_names_the_content_of_the_files_and_nothing_else() -> None:
    version = json.loads(render_manifest(MANIFEST))["version"]
    lines = f"{DIGEST}  fr/film.fr.vtt\n{DIGEST}  fr/film.fr.web-720p.mp4\n"
    assert version == sha256(lines.encode()).hexdigest()
    newer = replace(CAPTIONS, sha256="f" * 64)
    assert json.loads(render_manifest(replace(MANIFEST, files=(VIDEO, newer))))["version"] != version
    assert json.loads(render_manifest(replace(MANIFEST, status=Status.PARTIAL)))["version"] == version


def test_a_date_is_told_only_where_somebody_gave_it() -> None:
    assert "date" not in json.loads(render_manifest(MANIFEST))
    dated = replace(MANIFEST, date="2026-11-30")
    document = json.loads(render_manifest(dated))
    jsonschema.validate(document, schema())
    assert document["date"] == "2026-11-30"
    assert parse_manifest(render_manifest(dated)) == dated


def test_posters_tell_their_size_and_films_how_their_text_is_read() -> None:
    poster = PublishedFile(
        path="shared/film.poster-640.jpg",
        role=Role.POSTER,
        language="",
        mime="image/jpeg",
        bytes=1,
        sha256=DIGEST,
        width_px=640,
        height_px=360,
    )
    document = json.loads(render_manifest(replace(MANIFEST, files=(VIDEO, CAPTIONS, poster))))
    jsonschema.validate(document, schema())
    film, captions, still = document["files"]
    assert (still["width"], still["height"], "duration" in still) == (640, 360, False)
    assert (film["text"], "text" in captions) == ("mux", False)
