"""HLS and DASH are read by libraries that know nothing of ours."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import m3u8
import pytest
from mpegdash.parser import MPEGDASHParser

from babelreel.delivery.streams.dash import render_mpd
from babelreel.delivery.streams.hls import render_keys, render_master, render_media
from babelreel.delivery.streams.removal import remove_from_master, remove_from_mpd
from babelreel.languages.find import find_language
from babelreel.model.delivery.stream import Stream, TrackIndex, parse_index, render_index
from babelreel.model.film.ladder.encoding_ladder import Frame
from support.streams import LIGHT, STREAM, picture, text, track


def sets_of(period: Any, kind: str) -> list[Any]:  # noqa: ANN401 - the library has no types
    """Give the sets of a period that hold one kind of media."""
    return [each for each in period.adaptation_sets if each.content_type == kind]


def test_the_master_names_one_group_of_sounds_and_one_of_texts() -> None:
    master = m3u8.loads(render_master(STREAM))
    assert (master.version, master.is_variant, master.is_independent_segments) == (7, True, True)
    found = [
        (each.type, each.group_id, each.name, each.language, each.default, each.autoselect, each.forced, each.uri)
        for each in master.media
    ]
    assert found == [
        ("AUDIO", "sound", "English", "en", "YES", "YES", None, "sound-original.m3u8"),
        ("AUDIO", "sound", "Français", "fr", "NO", "YES", None, "sound-fr.m3u8"),
        ("SUBTITLES", "text", "Français", "fr", "NO", "YES", "NO", "text-fr.m3u8"),
        ("SUBTITLES", "text", "中文（简体）", "zh-Hans", "NO", "YES", "NO", "text-zh-Hans.m3u8"),
    ]
    assert [each.channels for each in master.media[:2]] == ["2", "2"]


def test_a_variant_says_what_it_takes_with_the_heaviest_sound() -> None:
    phone, web = m3u8.loads(render_master(STREAM)).playlists
    assert (phone.uri, web.uri) == ("picture-phone-360p.m3u8", "picture-web-720p.m3u8")  # the lightest one first
    info = web.stream_info
    assert info.codecs == "avc1.640020,mp4a.40.2"
    assert (info.resolution, info.frame_rate) == ((1280, 720), 23.976)
    assert (info.audio, info.subtitles, info.closed_captions) == ("sound", "text", "NONE")
    # target 4 s: one segment alone, of 2 s or more. 500500 bytes in 4.004 s are 1000000 bit/s, 65536 in 4.096 s 128000
    assert info.bandwidth == 1_000_000 + 128_000
    # 800800 bytes in 7.007 s are 914285.71..., 110536 in 336320/48000 s are 126206.47...
    assert info.average_bandwidth == 914_286 + 126_207
    assert phone.stream_info.codecs == "avc1.4d401e,mp4a.40.2"


def test_the_light_picture_goes_with_the_light_sounds_and_the_others_do_not() -> None:
    master = m3u8.loads(render_master(LIGHT))
    groups = {each.uri: each.stream_info.audio for each in master.playlists}
    assert groups == {
        "picture-phone-360p.m3u8": "sound",
        "picture-light-180p.m3u8": "sound-light",
        "picture-web-720p.m3u8": "sound",
    }
    told = {each.uri: each.stream_info for each in master.playlists}
    # 8192 bytes in 4.096 s are 16000 bit/s
    assert told["picture-light-180p.m3u8"].bandwidth == 10_000 + 16_000
    members = [(each.group_id, each.name, each.language) for each in master.media if each.type == "AUDIO"]
    assert [each[1:] for each in members if each[0] == "sound"] == [each[1:] for each in members if each[0] != "sound"]


def test_dash_offers_each_sound_once_in_two_rates() -> None:
    (period,) = MPEGDASHParser.parse(render_mpd(LIGHT)).periods
    offered = {each.lang: [one.id for one in each.representations] for each in sets_of(period, "audio")}
    assert offered == {
        "en": ["sound-original", "sound-original-light"],
        "fr": ["sound-fr", "sound-fr-light"],
    }


def test_the_first_picture_is_the_best_that_a_slow_line_carries() -> None:
    def first(stream: Stream) -> str:
        return str(m3u8.loads(render_master(stream)).playlists[0].uri)

    # 360p takes 91429 and 126207 bit/s with its sound, less than 400000; 720p alone 914286
    assert first(LIGHT) == "picture-phone-360p.m3u8"
    assert first(replace(LIGHT, pictures=LIGHT.pictures[:1])) == "picture-web-720p.m3u8"


def test_each_picture_has_a_playlist_of_its_key_frames() -> None:
    master = m3u8.loads(render_master(STREAM))
    assert [each.uri for each in master.iframe_playlists] == [
        "picture-phone-360p.keys.m3u8",
        "picture-web-720p.keys.m3u8",
    ]
    info = master.iframe_playlists[1].iframe_stream_info
    # a tenth of what the segments take
    assert (info.bandwidth, info.codecs, info.resolution) == (100_000, "avc1.640020", (1280, 720))
    keys = m3u8.loads(render_keys(STREAM.pictures[0], STREAM.target_s))
    assert keys.is_i_frames_only
    assert [(each.uri[-5:], each.byterange, each.duration) for each in keys.segments] == [
        ("1.m4s", "50050@0", 4.004),
        ("2.m4s", "30030@0", 3.003),
    ]


def test_titles_are_told_in_every_language_that_has_one() -> None:
    told = {each.language: each.value for each in m3u8.loads(render_master(STREAM)).session_data}
    assert told == {None: "Your rights", "fr": "Tes ”droits”", "zh-Hans": "你的权利"}
    informations = MPEGDASHParser.parse(render_mpd(STREAM)).program_informations
    assert [(each.lang, each.titles[0].text) for each in informations] == [
        (None, "Your rights"),
        ("fr", 'Tes "droits"'),
        ("zh-Hans", "你的权利"),
    ]


def test_only_text_of_what_is_heard_says_that_it_writes_what_is_spoken() -> None:
    texts = {each.language: each.characteristics for each in m3u8.loads(render_master(STREAM)).media}
    assert texts["fr"] == "public.accessibility.transcribes-spoken-dialog"
    assert texts["zh-Hans"] is None


def test_a_playlist_gives_every_segment_its_length() -> None:
    playlist = m3u8.loads(render_media(STREAM.pictures[0], STREAM.target_s))
    assert (playlist.version, playlist.target_duration, playlist.playlist_type) == (7, 4, "vod")
    assert playlist.is_endlist
    assert playlist.segment_map[0].uri == "picture-web-720p/init.mp4"
    assert [(each.uri, each.duration) for each in playlist.segments] == [
        ("picture-web-720p/0123456789abcdef/1.m4s", 4.004),
        ("picture-web-720p/0123456789abcdef/2.m4s", 3.003),
    ]
    assert m3u8.loads(render_media(STREAM.texts[0], STREAM.target_s)).segment_map == []


def test_lengths_do_not_drift_however_many_segments_there_are() -> None:
    # 101 frames at 30000/1001 last 3.370033333... s, which no decimal can say
    long = track("picture", 30_000, *[(101 * 1001, 1000)] * 3000)
    playlist = m3u8.loads(render_media(long, 3))
    assert abs(sum(Fraction(str(each.duration)) for each in playlist.segments) - long.duration) < Fraction(1, 10**6)
    assert {each.duration for each in playlist.segments} == {3.370033, 3.370034}


def test_no_segment_is_longer_than_the_target_when_rounded() -> None:
    # 6.5 s round to 7, 6.4 to 6
    assert track("a", 10, (65, 1)).target_s == 7
    assert track("a", 10, (64, 1)).target_s == 6
    assert track("a", 10, (2, 1)).target_s == 1


def test_the_peak_is_that_of_segments_in_a_row_and_not_of_a_stump() -> None:
    # 1000 bytes in 4 s are 2000 bit/s, in 1 s 8000: too short for a target of 6, so with its neighbour: 2000 in 5 s
    assert track("a", 1, (4, 1000), (1, 1000), (6, 600)).peak_bps(6) == 3200
    # a film that is shorter than that has only its average
    assert track("a", 1, (1, 1000)).peak_bps(6) == 8000


def test_the_manifest_lists_the_same_segments_with_exact_times() -> None:
    mpd = MPEGDASHParser.parse(render_mpd(STREAM))
    assert (mpd.type, mpd.media_presentation_duration, mpd.min_buffer_time) == ("static", "PT7.007S", "PT4S")
    (period,) = mpd.periods
    pictures, original, dub, french, chinese = period.adaptation_sets
    assert [each.content_type for each in period.adaptation_sets] == ["video", "audio", "audio", "text", "text"]
    web, _ = pictures.representations
    assert (web.codecs, web.width, web.height, web.frame_rate, web.sar) == (
        "avc1.640020",
        1280,
        720,
        "24000/1001",
        "1:1",
    )
    (segments,) = web.segment_templates
    assert (segments.timescale, segments.start_number) == (24_000, 1)
    assert segments.initialization == "picture-web-720p/init.mp4"
    assert segments.media == "picture-web-720p/0123456789abcdef/$Number$.m4s"
    assert [(each.t, each.d, each.r) for each in segments.segment_timelines[0].Ss] == [
        (0, 96_096, None),
        (96_096, 72_072, None),
    ]
    assert [each.lang for each in (original, dub, french, chinese)] == ["en", "fr", "fr", "zh-Hans"]
    # what is heard in a dub is captioned, what is translated is subtitled
    assert [each.roles[0].value for each in period.adaptation_sets] == ["main", "main", "dub", "caption", "subtitle"]
    assert original.audio_channel_configurations[0].value == "2"
    assert chinese.representations[0].base_urls[0].base_url_value == "text-zh-Hans.vtt"


def test_a_player_that_was_told_nothing_takes_the_films_own_sound_and_the_text_in_its_language() -> None:
    stream = replace(STREAM, sounds=STREAM.sounds[::-1], texts=(*STREAM.texts, text("en")))
    (period,) = MPEGDASHParser.parse(render_mpd(stream)).periods
    for kind in ("audio", "text"):
        told = {each.lang: each.selection_priority for each in sets_of(period, kind)}
        assert max(told.values()) == told["en"], kind
        assert list(told.values()).count(told["en"]) == 1, kind


def test_segments_of_one_length_are_told_in_one_line() -> None:
    even = Stream(pictures=(picture("p", *[(96_096, 9)] * 3),), sounds=(), texts=())
    (period,) = MPEGDASHParser.parse(render_mpd(even)).periods
    (run,) = period.adaptation_sets[0].representations[0].segment_templates[0].segment_timelines[0].Ss
    assert (run.t, run.d, run.r) == (0, 96_096, 2)


def test_a_length_that_no_decimal_can_say_is_rounded_up() -> None:
    # 101 frames at 30000/1001: 3.3700333... s; less would cost the last picture
    stream = Stream(pictures=(replace(picture("p", (101_101, 9)), timescale=30_000),), sounds=(), texts=())
    assert 'mediaPresentationDuration="PT3.370034S"' in render_mpd(stream)


def test_pictures_whose_cuts_differ_are_not_called_aligned() -> None:
    # at half the rate, a cut at an odd frame lies half a frame off
    other = replace(STREAM.pictures[1], timescale=24_000, segments=picture("p", (97_097, 9), (71_071, 9)).segments)
    assert 'segmentAlignment="false"' in render_mpd(replace(STREAM, pictures=(STREAM.pictures[0], other)))
    assert 'segmentAlignment="false"' not in render_mpd(STREAM)


def test_a_silent_film_has_no_group_of_sounds() -> None:
    silent = replace(STREAM, sounds=())
    (first, _) = m3u8.loads(render_master(silent)).playlists
    assert (first.stream_info.audio, first.stream_info.codecs) == (None, "avc1.4d401e")
    assert 'contentType="audio"' not in render_mpd(silent)


def test_names_cannot_break_out_of_their_place() -> None:
    odd = replace(find_language("fr"), own_name='a "b"\n#EXT <c> & d')
    stream = replace(STREAM, texts=(replace(STREAM.texts[0], language=odd),))
    master = m3u8.loads(render_master(stream))
    assert [each.name for each in master.media if each.type == "SUBTITLES"] == ["a \u201db\u201d #EXT <c> & d"]
    (period,) = MPEGDASHParser.parse(render_mpd(stream)).periods
    assert len(period.adaptation_sets) == 4


def test_a_name_stands_in_the_manifest_to_the_letter() -> None:
    odd = replace(find_language("fr"), own_name='a "b" /> <c> & d')
    manifest = render_mpd(replace(STREAM, texts=(replace(STREAM.texts[0], language=odd),)))
    assert '<Label>a "b" /&gt; &lt;c&gt; &amp; d</Label>' in manifest


def test_two_sounds_in_one_language_have_two_names() -> None:
    twice = replace(STREAM, sounds=(STREAM.sounds[0], replace(STREAM.sounds[1], language=find_language("en"))))
    names = [each.name for each in m3u8.loads(render_master(twice)).media if each.type == "AUDIO"]
    assert names == ["English", "English 2"]


def test_an_index_is_read_as_it_was_written() -> None:
    frame = Frame(width_px=640, height_px=360, rate=Fraction(30_000, 1001))
    index = TrackIndex(
        timescale=30_000, lengths=(101, 99), names=("a", "b"), header="h", codecs="avc1.4d401e", frame=frame, channels=2
    )
    assert parse_index(render_index(index)) == index
    with pytest.raises(ValueError, match="index"):
        parse_index(b"{}")


def test_a_language_that_is_taken_out_leaves_no_trace_in_the_lists_of_tracks() -> None:
    gone = ("stream/sound-fr.m3u8", "stream/sound-fr-light.m3u8", "stream/text-fr.m3u8")
    # its last segment decides no rate: what is left is written as if the language had never been there
    without = replace(
        LIGHT,
        sounds=LIGHT.sounds[:1],
        light_sounds=LIGHT.light_sounds[:1],
        texts=LIGHT.texts[1:],
        titles=LIGHT.titles[1:],
    )
    assert remove_from_master(render_master(LIGHT), gone) == render_master(without)
    mpd = MPEGDASHParser.parse(remove_from_mpd(render_mpd(LIGHT), gone))
    sets = mpd.periods[0].adaptation_sets
    assert [each.representations[0].id for each in sets] == ["picture-web-720p", "sound-original", "text-zh-Hans"]
    assert [each.lang for each in mpd.program_informations] == [None, "zh-Hans"]


def test_the_last_sound_and_text_that_go_take_their_groups_along() -> None:
    gone = [f"stream/{each.name}.m3u8" for each in (*LIGHT.sounds, *LIGHT.light_sounds, *LIGHT.texts)]
    master = m3u8.loads(remove_from_master(render_master(LIGHT), gone))
    assert master.media == []
    assert {(each.stream_info.audio, each.stream_info.subtitles) for each in master.playlists} == {(None, None)}
