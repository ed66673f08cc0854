from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from babelreel.errors import ToolError
from babelreel.languages.find import find_language
from babelreel.media.argv.inputs import render_pieces
from babelreel.media.assembly.archive import MakeArchive
from babelreel.media.containers.mp4 import is_faststart, read_tracks
from babelreel.media.containers.mp4_text_track import plan_text_samples, render_text_track
from babelreel.media.programs.locate import Ffmpeg
from babelreel.model.delivery.archive import ArchiveTrack, Container
from babelreel.model.film.media import Expectation
from babelreel.model.timecode import Span
from support.films import ffmpeg_of_tests, run_maker
from support.matroska import read_languages
from support.workplaces import work_in

CONTAINERS = (Container.MKV, Container.MP4)
PCM, EN, ZH = find_language("pcm"), find_language("en"), find_language("zh-Hans")

#: What each text says, and when.
SAID = (("Naijíriá 116\u00a0000\n-w", 200, 1000), ("18", 1100, 1900))
SRT = "1\n00:00:00,200 --> 00:00:01,000\nNaijíriá 116\u00a0000\n-w\n\n2\n00:00:01,100 --> 00:00:01,900\n18\n\n"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pieces of a picture of 2.002 s in all, white from 1.001 s on, and sounds with a beep at that time."""
    folder = tmp_path_factory.mktemp("parts")
    encoder = (
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        "2",
        "-pix_fmt",
        "yuv420p",
        "-x264-params",
        "keyint=99",
    )
    for number, colour in ((1, "black"), (2, "white")):
        source = f"color={colour}:size=64x36:rate=24000/1001,trim=end_frame=24"
        run_maker(
            *("-f", "lavfi", "-i", source, *encoder), *("-video_track_timescale", "24000"), f"{folder}/{number}.mp4"
        )
    for number in range(3):
        beep = f"if(gte(t,1.001)*lt(t,1.101),0.8*sin(2*PI*{500 * (number + 1)}*t),0)"
        source = f"aevalsrc='{beep}':sample_rate=48000:duration=2.002"
        run_maker("-f", "lavfi", "-i", source, "-c:a", "aac", "-fflags", "+bitexact", f"{folder}/{number}.m4a")
    (folder / "cells.ffconcat").write_text(render_pieces(("1.mp4", "2.mp4"), (24, 24), Fraction(24000, 1001)))
    spans = [(Span(start_ms=start, end_ms=end), text) for text, start, end in SAID]
    for number in range(3):
        (folder / f"{number}.text.mp4").write_bytes(render_text_track(plan_text_samples(spans)))
        (folder / f"{number}.srt").write_text(SRT, "utf-8")
    return folder


def action(ffmpeg: Ffmpeg, container: Container) -> MakeArchive:
    ending = "srt" if container is Container.MKV else "text.mp4"
    names = ((EN, "English (original)"), (PCM, "Naijíriá Píjin"), (ZH, "中文（简体）"))
    return MakeArchive(
        ffmpeg=ffmpeg.identity,
        container=container,
        pieces_name="cells.ffconcat",
        pieces=("1.mp4", "2.mp4"),
        sounds=tuple(ArchiveTrack(language=each, name=name, file=f"{n}.m4a") for n, (each, name) in enumerate(names)),
        texts=tuple(
            ArchiveTrack(language=each, name=each.own_name, file=f"{n}.{ending}", texts=len(SAID))
            for n, each in enumerate((PCM, EN, ZH))
        ),
        title="Tes “droits”",
        picture=Expectation(
            frames=48,
            rate=Fraction(24000, 1001),
            width_px=64,
            height_px=36,
            video_codec="h264",
            video_profile="constrained baseline",
            pixel_format="yuv420p",
            duration_ms=2002,
        ),
        output=f"archive.{container.value}",
        describes="archive.json",
    )


def perform(made: MakeArchive, folder: Path) -> Path:
    made.perform(work_in(folder))
    return folder / made.output


@pytest.fixture(scope="module", params=CONTAINERS)
def archive(request: pytest.FixtureRequest, parts: Path) -> Path:
    made = action(ffmpeg_of_tests(), request.param)
    profile = _profile(parts / "1.mp4")
    return perform(replace(made, picture=replace(made.picture, video_profile=profile)), parts)


def _profile(path: Path) -> str:
    with av.open(str(path)) as container:
        return container.streams.video[0].codec_context.profile or ""


def test_every_sound_and_text_is_there_with_its_code_and_name_and_one_sound_is_on(archive: Path) -> None:
    is_mp4 = archive.suffix == ".mp4"
    with av.open(str(archive)) as container:
        found = [
            (
                stream.type,
                stream.metadata.get("language", "und"),
                stream.metadata.get("handler_name" if is_mp4 else "title", ""),
                bool(int(stream.disposition) & 1),
            )
            for stream in container.streams
        ]
        assert container.metadata["title"] == "Tes “droits”"
    pcm, chinese = ("pcm", "zho") if is_mp4 else ("und", "chi")
    assert found == [
        ("video", "und", "Picture" if is_mp4 else "", True),
        ("audio", "eng", "English (original)", True),
        ("audio", pcm, "Naijíriá Píjin", False),
        ("audio", chinese, "中文（简体）", False),
        ("subtitle", pcm, "Naijíriá Píjin", False),
        ("subtitle", "eng", "English", False),
        ("subtitle", chinese, "中文（简体）", False),
    ]


def test_the_container_says_the_same_without_libav(archive: Path) -> None:
    if archive.suffix == ".mp4":
        tracks = read_tracks(archive)
        assert [each.language for each in tracks][1:] == ["eng", "pcm", "zho", "pcm", "eng", "zho"]
        assert [each.is_enabled for each in tracks] == [True, True, False, False, False, False, False]
        assert is_faststart(archive)
    else:
        pairs = (("eng", "en"), ("und", "pcm"), ("chi", "zh-Hans"), ("und", "pcm"), ("eng", "en"), ("chi", "zh-Hans"))
        assert read_languages(archive) == pairs


def test_texts_are_there_letter_by_letter_at_their_times(archive: Path) -> None:
    for place in range(3):
        with av.open(str(archive)) as container:
            head = 2 if archive.suffix == ".mp4" else 0  # the length of the text
            packets = [each for each in container.demux(container.streams.subtitles[place]) if each.size > head]
            found = [
                (bytes(each)[head:].decode(), round(each.pts * each.time_base * 1000), each.duration)
                for each in packets
                if each.pts is not None and each.duration is not None
            ]
        assert [(text, start) for text, start, _ in found] == [(text, start) for text, start, _ in SAID]
        assert [duration for _, _, duration in found] == [800, 800]


def test_picture_and_every_sound_decode_whole_and_in_step(archive: Path) -> None:
    with av.open(str(archive)) as container:
        frames = list(container.decode(video=0))
        assert len(frames) == 48
        white = next(frame for frame in frames if frame.to_ndarray(format="gray").mean() > 128)
        assert white.time == pytest.approx(1.001, abs=0.001)
    for place in range(3):
        with av.open(str(archive)) as container:
            parts = list(container.decode(container.streams.audio[place]))
        samples = np.concatenate([part.to_ndarray()[0] for part in parts])
        begins = (parts[0].time or 0) + np.flatnonzero(np.abs(samples) > 0.1)[0] / 48_000
        assert begins == pytest.approx(1.001, abs=0.002)


def test_a_text_with_fewer_cues_than_planned_is_refused(ffmpeg: Ffmpeg, parts: Path) -> None:
    for container in CONTAINERS:
        made = action(ffmpeg, container)
        texts = (replace(made.texts[0], texts=3), *made.texts[1:])
        picture = replace(made.picture, video_profile=_profile(parts / "1.mp4"))
        with pytest.raises(ToolError, match="has 2 texts instead of 3"):
            perform(replace(made, texts=texts, picture=picture, output=f"other.{container.value}"), parts)


def test_a_sound_of_another_length_than_the_film_is_refused(ffmpeg: Ffmpeg, parts: Path) -> None:
    run_maker("-f", "lavfi", "-i", "sine=sample_rate=48000:duration=1.5", "-c:a", "aac", f"{parts}/short.m4a")
    for container in CONTAINERS:
        made = action(ffmpeg, container)
        sounds = (made.sounds[0], replace(made.sounds[1], file="short.m4a"), made.sounds[2])
        picture = replace(made.picture, video_profile=_profile(parts / "1.mp4"))
        with pytest.raises(ToolError, match=r"Píjin.*ends at 15\d\d ms instead of 2002 ms"):
            perform(replace(made, sounds=sounds, picture=picture, output=f"other.{container.value}"), parts)
