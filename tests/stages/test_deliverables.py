from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.errors import UsageError
from babelreel.ffmpeg.locate import Ffmpeg
from babelreel.graph.task import SourceFile
from babelreel.model.bcp47 import find_language
from babelreel.model.ladder import DEFAULT_RUNGS
from babelreel.model.media import AudioStream, MediaInfo, VideoStream
from babelreel.model.project import Style
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.stages.deliverables import Blueprint, plan_deliverables
from babelreel.stages.inputs import Film, Subtitles, Workshop
from babelreel.stages.picture import picture_kbps
from babelreel.timedtext.burnin import choose_font

PHONE_360P = DEFAULT_RUNGS[-1]


def film(minutes: int = 3, *, has_sound: bool = True) -> Film:
    length_ms = minutes * 60_000
    video = VideoStream(
        codec="h264",
        profile="High",
        level=40,
        pixel_format="yuv420p",
        bit_depth=8,
        width_px=1920,
        height_px=1080,
        display_width_px=1920,
        display_height_px=1080,
        sample_aspect=Fraction(1),
        rotation=0,
        rate=Fraction(25),
        is_variable_rate=False,
        frames=minutes * 1500,
        start_ms=0,
        duration_ms=length_ms,
    )
    sound = AudioStream(codec="aac", profile="LC", channels=2, sample_rate_hz=48_000, start_ms=0, duration_ms=length_ms)
    info = MediaInfo(
        digest="ab" * 32,
        bytes=1,
        container="mp4",
        duration_ms=length_ms,
        video=video,
        audio=(sound,) if has_sound else (),
    )
    source = SourceFile(name="master.mp4", path=Path("master.mp4"), digest=info.digest)
    return Film(info=info, source=source, title="Film", language=find_language("en"))


def subtitles(tag: str) -> Subtitles:
    language = find_language(tag)
    cue = Cue(number=1, span=Span(start_ms=0, end_ms=1000), lines=("112",))
    track = Track(language=tag, path="", format=Format.SRT, cues=(cue,))
    return Subtitles(language=language, track=track, font=choose_font(language, None), font_files=())


def blueprint(*tags: str, has_sound: bool = True) -> Blueprint:
    ffmpeg = Ffmpeg(path=Path("ffmpeg"), version="9", digest="cd" * 32)
    workshop = Workshop(film=film(has_sound=has_sound), ffmpeg=ffmpeg, style=Style())
    return plan_deliverables(workshop, [subtitles(tag) for tag in tags], DEFAULT_RUNGS, "film")


def test_thirteen_languages_share_the_web_pictures_and_the_sounds() -> None:
    tags = ("fr", "en", "nl", "de", "ar", "vi", "zh-Hans", "sq", "ro", "bg", "ps", "fa", "pcm")
    kinds = Counter(task.kind for task in blueprint(*tags).tasks)
    # 2 shared pictures and 2 x 13 burned ones; the two web rungs share one sound
    assert kinds == {"picture": 2 + 26, "sound": 3, "file": 52, "captions": 13}


def test_every_language_gets_four_videos_and_two_sidecars() -> None:
    paths = [each.path for each in blueprint("fr").deliverables]
    assert paths == [
        "fr/film.fr.vtt",
        "fr/film.fr.srt",
        "fr/film.fr.web-1080p.mp4",
        "fr/film.fr.web-720p.mp4",
        "fr/film.fr.phone-480p.mp4",
        "fr/film.fr.phone-360p.mp4",
    ]


def test_a_silent_film_has_no_sound_tasks() -> None:
    assert "sound" not in {task.kind for task in blueprint("fr", has_sound=False).tasks}


def test_each_task_comes_after_those_it_needs() -> None:
    seen: set[str] = set()
    for task in blueprint("fr", "ar").tasks:
        assert task.needs <= seen
        seen.add(task.name)


@pytest.mark.parametrize("minutes", [1, 3, 5, 10])
def test_a_bounded_file_fits_even_when_its_picture_is_at_its_peak_throughout(minutes: int) -> None:
    master = film(minutes)
    kbit = (
        picture_kbps(master, PHONE_360P) * minutes * 60 + PHONE_360P.buffer_kbit + PHONE_360P.audio_kbps * minutes * 60
    )
    assert kbit * 1000 / 8 < PHONE_360P.max_bytes


def test_a_short_film_keeps_the_peak_of_its_rung() -> None:
    assert picture_kbps(film(1), PHONE_360P) == PHONE_360P.peak_kbps
    assert picture_kbps(film(60), replace(PHONE_360P, max_bytes=0)) == PHONE_360P.peak_kbps


def test_a_film_too_long_for_the_bound_is_told_with_the_key_to_change() -> None:
    with pytest.raises(UsageError, match=r"renditions\.phone-360p\.max_bytes"):
        picture_kbps(film(60), PHONE_360P)
