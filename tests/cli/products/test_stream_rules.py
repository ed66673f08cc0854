"""What Apple's HLS authoring specification and DASH-IF ask of a stream holds for one that was built.

The numbers are those of the specification (revision of June 2025).
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import m3u8
import pytest
import xmlschema
from mpegdash.parser import MPEGDASHParser

from babelreel.app.publish.own_files import read_manifest
from babelreel.app.verify.published_rates import find_rate_faults
from babelreel.media.containers.mp4_fragment import read_fragment
from support.browsing import from_npm, lacking
from support.films import make_colour_cuts
from support.places import REPOSITORY
from support.projects import AR, FR, babelreel, make_project

#: 280 frames at 25 a second; the last 20 go with the cell before them.
CUTS, LENGTH_S = (100, 180, 260), Fraction(280, 25)
SCHEMA = REPOSITORY / "tests/delivery/streams/mpd.xsd"
COLOURS = ("0x804020", "0x2060c0", "0xc0d0a0", "0x802060")


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    film = make_colour_cuts(folder / "film.mp4", cuts=CUTS, colours=COLOURS, sound=True)
    root = make_project(folder / "project", {"fr.srt": FR, "ar.srt": AR}, film=film, settings="")
    result = babelreel(root, "build", "--only", "stream")
    assert result.code in {0, 3}, result.err
    return root / "output/stream"


@pytest.fixture(scope="module")
def master(stream: Path) -> Any:  # noqa: ANN401 - the library has no types
    return m3u8.load(str(stream / "master.m3u8"))


def playlists(stream: Path, master: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - as above
    for each in (*master.playlists, *master.media, *master.iframe_playlists):
        yield each.uri, m3u8.load(str(stream / each.uri))


def test_the_multivariant_playlist_says_all_that_it_must(master: Any) -> None:  # noqa: ANN401 - as above
    assert master.is_independent_segments  # 9.11
    assert len(master.playlists) > 1  # 9.9
    for each in (
        *(one.stream_info for one in master.playlists),
        *(one.iframe_stream_info for one in master.iframe_playlists),
    ):
        assert each.codecs  # 9.1, 9.3
        assert each.resolution  # 9.2, 9.4
        assert each.average_bandwidth  # 9.14
        assert each.video_range == "SDR"  # 9.16
    for variant in master.playlists:
        assert variant.stream_info.frame_rate == 25  # 9.15
        assert variant.stream_info.closed_captions == "NONE"
    assert min(each.stream_info.bandwidth for each in master.playlists) <= 192_000  # 9.21
    for each in master.media:
        assert each.language  # 4.7, 8.10
        assert each.autoselect == "YES"  # 4.6
    sounds = [each for each in master.media if each.type == "AUDIO"]
    assert {each.channels for each in sounds} == {"2"}  # 2.3
    # one default in each group, and the same members (RFC 8216, 4.3.4.1.1)
    groups = {name: [each for each in sounds if each.group_id == name] for name in {each.group_id for each in sounds}}
    for group in groups.values():
        assert [each.default for each in group].count("YES") == 1
    assert len({tuple((each.name, each.language, each.default) for each in group) for group in groups.values()}) == 1


def test_playlists_are_of_one_length_and_one_target(stream: Path, master: Any) -> None:  # noqa: ANN401 - as above
    found = dict(playlists(stream, master))
    assert len({each.target_duration for each in found.values()}) == 1  # 8.2
    for uri, each in found.items():
        assert each.playlist_type == "vod", uri  # 8.6
        assert each.is_endlist, uri
        if not uri.startswith("text-"):
            assert each.segment_map, uri  # 8.20
        # 5.5, 8.3, 8.7: all of the film; a sound ends with a whole AAC frame of 21 ms
        assert abs(sum(one.duration for one in each.segments) - LENGTH_S) < 0.022, uri
        assert max(one.duration for one in each.segments) <= each.target_duration + 0.5, uri  # 7.7


def test_subtitles_are_webvtt_with_a_map_of_times(stream: Path, master: Any) -> None:  # noqa: ANN401 - as above
    texts = [each for each in master.media if each.type == "SUBTITLES"]
    assert texts
    for each in texts:
        for part in m3u8.load(str(stream / each.uri)).segments:
            head = (stream / part.uri).read_text("utf-8").splitlines()[:2]
            assert head == ["WEBVTT", "X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000"]  # 5.2, 5.3


def test_segments_follow_one_another_without_a_gap(stream: Path, master: Any) -> None:  # noqa: ANN401 - as above
    for uri, playlist in playlists(stream, master):
        if uri.startswith("text-") or playlist.is_i_frames_only:
            continue
        end = 0
        for part in playlist.segments:
            fragment = read_fragment((stream / part.uri).read_bytes())
            assert fragment.start == end, part.uri  # 7.1, 7.3
            end += fragment.ticks


def test_each_key_frame_can_be_shown_from_its_bytes_alone(stream: Path, master: Any) -> None:  # noqa: ANN401 - as above
    assert len(master.iframe_playlists) == len(master.playlists)  # 6.1, 6.6
    for uri in (each.uri for each in master.iframe_playlists):
        playlist = m3u8.load(str(stream / uri))
        assert playlist.is_i_frames_only  # 6.8
        header = (stream / playlist.segment_map[0].uri).read_bytes()
        for part in playlist.segments:
            length, first = map(int, part.byterange.split("@"))
            piece = (stream / part.uri).read_bytes()[first : first + length]
            assert piece[4:8] == b"moof"  # 6.10
            with av.open(io.BytesIO(header + piece), "r") as container:
                packet = next(iter(container.demux(video=0)))
                assert packet.is_keyframe  # 7.4
                decoder = container.streams.video[0].codec_context
                assert len([*decoder.decode(packet), *decoder.decode(None)]) == 1


def test_rates_are_told_as_they_are_measured(stream: Path, master: Any) -> None:  # noqa: ANN401 - as above
    def bps(uri: str) -> float:
        parts = m3u8.load(str(stream / uri)).segments
        sizes = (
            int(one.byterange.split("@")[0]) if one.byterange else (stream / one.uri).stat().st_size for one in parts
        )
        return 8 * sum(sizes) / float(sum(one.duration for one in parts))

    for each in master.playlists:
        sounds = [bps(one.uri) for one in master.media if one.group_id == each.stream_info.audio]
        measured = bps(each.uri) + max(sounds)
        assert abs(each.stream_info.average_bandwidth - measured) < measured / 100  # 1.26 allows a tenth
        assert each.stream_info.bandwidth >= measured
    for each in master.iframe_playlists:
        assert abs(each.iframe_stream_info.average_bandwidth - bps(each.uri)) < bps(each.uri) / 100


def test_what_apple_asks_for_slow_lines_and_for_people_is_there(stream: Path, master: Any) -> None:  # noqa: ANN401 - as above
    light = {each.uri for each in master.media if each.group_id == "sound-light"}
    assert {uri.replace("-light", "") for uri in light} == {
        each.uri for each in master.media if each.group_id == "sound"
    }
    for (
        uri
    ) in light:  # 48 to 64 kbit/s are asked for; a tone takes less than speech, and the frame's own bytes come on top
        parts = m3u8.load(str(stream / uri)).segments
        bits = 8 * sum((stream / one.uri).stat().st_size for one in parts)
        assert 40_000 < bits / float(sum(one.duration for one in parts)) < 67_000, uri
    (lightest,) = (each.stream_info for each in master.playlists if each.stream_info.audio == "sound-light")
    assert lightest.bandwidth == min(each.stream_info.bandwidth for each in master.playlists)
    assert [(each.data_id, each.language) for each in master.session_data] == [("com.apple.hls.title", None)]
    # the film's own sound is English, so neither text writes what is spoken
    assert {each.characteristics for each in master.media if each.type == "SUBTITLES"} == {None}


@pytest.mark.parametrize(
    ("path", "rate"), [("master.m3u8", r"(?<=[:,]BANDWIDTH=)\d+"), ("manifest.mpd", r'(?<=bandwidth=")\d+')]
)
def test_verify_measures_the_rates_of_a_stream(tmp_path: Path, stream: Path, path: str, rate: str) -> None:
    output = tmp_path / "output"
    shutil.copytree(stream.parent, output)
    manifest = read_manifest(output)
    assert manifest is not None
    look = find_rate_faults(output, manifest)
    file = next(each for each in manifest.files if each.path == f"stream/{path}")
    assert list(look(file)) == []  # 9.13, 1.27; ISO/IEC 23009-1, 5.3.5.4
    text = (output / file.path).read_text("utf-8")
    (output / file.path).write_text(re.sub(rate, lambda found: str(int(found[0]) // 10), text), "utf-8")
    assert len(list(look(file))) >= 3


def test_the_manifest_of_dash_keeps_to_its_schema_and_profile(stream: Path) -> None:
    xmlschema.XMLSchema(str(SCHEMA)).validate(str(stream / "manifest.mpd"))
    mpd = MPEGDASHParser.parse(str(stream / "manifest.mpd"))
    assert mpd.profiles == "urn:mpeg:dash:profile:isoff-live:2011"
    (period,) = mpd.periods
    for each in period.adaptation_sets:
        if each.content_type != "text":
            assert each.segment_alignment is True
            assert str(each.start_with_sap) == "1"
        for one in each.representations:
            assert not one.segment_lists
            assert one.base_urls or one.segment_templates[0].segment_timelines


def test_a_parser_of_its_own_kind_reads_every_playlist(stream: Path) -> None:
    node = shutil.which("node")
    if not node:
        lacking("node is not installed")
    script = """
    const {parse} = require(process.argv[1]), {readFileSync} = require("fs");
    const told = process.argv.slice(2).map((path) => {
      const list = parse(readFileSync(path, "utf8"));
      return list.isMasterPlaylist ? [list.variants.length, list.sessionDataList.length] : list.segments.length;
    });
    console.log(JSON.stringify(told));
    """
    paths = sorted(stream.glob("*.m3u8"))
    parser = from_npm("hls-parser/index.js")
    done = subprocess.run([node, "-e", script, parser, *paths], capture_output=True, check=True, text=True)
    told = dict(zip((path.name for path in paths), json.loads(done.stdout), strict=True))
    assert told.pop("master.m3u8")[0] == 2 * len(list(stream.glob("picture-*.keys.m3u8")))
    assert all(count >= 2 for count in told.values()), told
