from __future__ import annotations

import time
from contextlib import suppress

import pytest

from babelreel.delivery.references import Reference, find_references


def targets(path: str, text: str) -> list[tuple[str, bool]]:
    return [(each.target, each.is_loaded) for each in find_references(path, text.encode())]


def test_a_page_loads_some_files_and_leads_to_others() -> None:
    page = """<link rel="stylesheet" href="a.css"><link rel=canonical href="https://x.example/">
    <video poster="p.jpg"><source src='v.mp4'><track src="t.vtt"></video><a href="fr/">Français</a>
    <img srcset="s.jpg 1x, l.jpg 2x" src="s.jpg"><img src="data:image/png;base64,AA"><a href="">none</a>"""
    assert targets("index.html", page) == [
        ("a.css", True),
        ("https://x.example/", False),
        ("p.jpg", True),
        ("v.mp4", True),
        ("t.vtt", True),
        ("fr/", False),
        ("s.jpg", True),
        ("l.jpg", True),
        ("s.jpg", True),
    ]


def test_a_playlist_names_segments_and_other_playlists() -> None:
    playlist = '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,NAME="a",URI="sound.m3u8"\n#EXT-X-MAP:URI="i.mp4"\n\ns/1.m4s\n'
    assert [each for each, _ in targets("stream/x.m3u8", playlist)] == ["sound.m3u8", "i.mp4", "s/1.m4s"]


def test_a_manifest_of_dash_moves_addresses_by_its_base() -> None:
    manifest = """<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><AdaptationSet>
    <Representation><BaseURL>../fr/film.fr.vtt</BaseURL></Representation></AdaptationSet>
    <AdaptationSet><BaseURL>picture/</BaseURL><SegmentList><Initialization sourceURL="i.mp4"/>
    <SegmentURL media="1.m4s"/></SegmentList></AdaptationSet></Period></MPD>"""
    assert [each for each, _ in targets("stream/manifest.mpd", manifest)] == [
        "../fr/film.fr.vtt",
        "picture/i.mp4",
        "picture/1.m4s",
    ]


def test_a_template_of_dash_stands_for_as_many_segments_as_its_timeline_has() -> None:
    manifest = """<MPD><Period><AdaptationSet><Representation>
    <SegmentTemplate initialization="s/init.mp4" media="s/$Number$.m4s" startNumber="1">
    <SegmentTimeline><S t="0" d="5"/><S d="4" r="1"/></SegmentTimeline></SegmentTemplate>
    </Representation></AdaptationSet></Period></MPD>"""
    assert [each for each, _ in targets("stream/manifest.mpd", manifest)] == [
        "s/init.mp4",
        "s/1.m4s",
        "s/2.m4s",
        "s/3.m4s",
    ]


@pytest.mark.parametrize("repeats", ["999999999", "many"])
def test_a_template_with_more_segments_than_any_film_has_is_told(repeats: str) -> None:
    with pytest.raises(ValueError, match=r"DASH|invalid literal"):
        targets("x.mpd", f'<a><SegmentTemplate media="$Number$"><S r="{repeats}"/></SegmentTemplate></a>')


@pytest.mark.parametrize(
    "text", ["<MPD", '<!DOCTYPE x [<!ENTITY a "b">]><MPD/>', "<MPD>\x00</MPD>"], ids=["broken", "entities", "no XML"]
)
def test_a_broken_manifest_of_dash_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="no "):
        targets("x.mpd", text)


def test_a_playlist_must_begin_as_one() -> None:
    with pytest.raises(ValueError, match="EXTM3U"):
        targets("x.m3u8", "1.m4s\n")


def test_a_storyboard_names_pictures_and_subtitles_name_nothing() -> None:
    board = "WEBVTT\n\n00:00.000 --> 00:05.000\nboard.jpg#xywh=0,0,160,90\n"
    assert targets("shared/x.storyboard.vtt", board) == [("board.jpg", True)]
    assert targets("fr/x.fr.vtt", "WEBVTT\n\n00:00.000 --> 00:05.000\nLook at the picture.\n") == []


def test_a_style_sheet_loads_pictures() -> None:
    assert targets("a.css", "body { background: url( 'x.png' ) }") == [("x.png", True)]


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("film.mp4", "fr/film.mp4"),
        ("../assets/a.css?v=1#top", "assets/a.css"),
        ("/index.html", "index.html"),
        ("../ar/", "ar/index.html"),
        ("./", "fr/index.html"),
        ("..", "index.html"),
        ("#t=83", ""),
        ("mon%20%C3%A9t%C3%A9.vtt", "fr/mon été.vtt"),
        ("../../secret", "../secret"),
    ],
)
def test_a_pointer_means_a_path_below_the_folder(target: str, path: str) -> None:
    assert Reference(target=target).path_from("fr/index.html") == path


@pytest.mark.parametrize("target", ["https://x.example/a.js", "//x.example/a.js", "mailto:a@b.example", "file:///etc"])
def test_another_host_is_elsewhere(target: str) -> None:
    assert Reference(target=target).is_elsewhere


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("a.html", "<!--"),
        ("a.html", '<a href="'),
        ("a.html", "</"),
        ("a.html", "<![CDATA["),
        ("a.html", "<?"),
        ("a.html", "<![" + "x"),
        ("a.css", "url("),
        ("a.css", 'url("'),
        ("a.vtt", "a.jpg#"),
        ("a.m3u8", 'URI="'),
        ("a.mpd", "<a>"),
    ],
)
def test_half_a_megabyte_of_one_beginning_takes_no_longer_than_its_length(path: str, unit: str) -> None:
    start = time.process_time()  # of this process alone: others may keep the machine busy
    with suppress(ValueError):
        targets(path, unit * (500_000 // len(unit)) + " ")
    assert time.process_time() - start < 30


def test_a_comment_that_never_ends_hides_the_rest_of_a_page_as_in_a_browser() -> None:
    assert targets("a.html", '<img src="a.png"><!-- <img src="b.png">') == [("a.png", True)]


def test_what_the_standard_library_takes_for_no_html_is_told() -> None:
    with pytest.raises(ValueError, match="no HTML"):
        targets("a.html", "<![<![")


def test_a_manifest_of_dash_of_any_depth_is_told() -> None:
    with pytest.raises(ValueError, match="50 deep"):
        targets("a.mpd", "<a>" * 60 + "</a>" * 60)
