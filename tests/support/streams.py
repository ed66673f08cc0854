"""How do tests of playlists get a stream whose numbers can be computed?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from babelreel.languages.find import find_language
from babelreel.model.delivery.stream import Segment, Stream, StreamTrack
from babelreel.model.film.ladder.encoding_ladder import Frame


def track(name: str, timescale: int, *segments: tuple[int, int]) -> StreamTrack:
    """Make a track of segments of so many ticks and bytes."""
    return StreamTrack(
        name=name,
        uri=f"{name}.m3u8",
        pattern_uri=f"{name}/0123456789abcdef/$Number$.m4s",
        timescale=timescale,
        segments=tuple(Segment(ticks=ticks, bytes=size) for ticks, size in segments),
    )


def picture(name: str, *segments: tuple[int, int], codecs: str = "avc1.640020", height: int = 720) -> StreamTrack:
    frame = Frame(width_px=height * 16 // 9, height_px=height, rate=Fraction(24_000, 1001))
    made = replace(track(name, 24_000, *segments), header_uri=f"{name}/init.mp4", codecs=codecs, frame=frame)
    keys = tuple(replace(each, key_bytes=each.bytes // 10) for each in made.segments)
    return replace(made, segments=keys, keys_uri=f"{name}.keys.m3u8")


def sound(name: str, tag: str, *segments: tuple[int, int], is_original: bool = False) -> StreamTrack:
    made = track(name, 48_000, *segments)
    language = find_language(tag)
    return replace(
        made,
        header_uri=f"{name}/init.mp4",
        codecs="mp4a.40.2",
        channels=2,
        language=language,
        is_original=is_original,
    )


def text(tag: str) -> StreamTrack:
    made = track(f"text-{tag}", 24_000, (96_096, 60), (72_072, 44))
    return replace(made, language=find_language(tag), whole_uri=f"text-{tag}.vtt")


# 96096 ticks of 1/24000 s are 96 frames, or 4.004 s; 72072 are 72, or 3.003 s: 7.007 s in all
STREAM = Stream(
    pictures=(
        picture("picture-web-720p", (96_096, 500_500), (72_072, 300_300)),
        picture("picture-phone-360p", (96_096, 50_050), (72_072, 30_030), codecs="avc1.4d401e", height=360),
    ),
    # 192 frames of 1024 samples, or 4.096 s, and 139712 samples: 7.006666... s in all
    sounds=(
        sound("sound-original", "en", (196_608, 65_536), (139_712, 45_000), is_original=True),
        sound("sound-fr", "fr", (196_608, 61_440), (139_712, 42_000)),
    ),
    texts=(text("fr"), text("zh-Hans")),
    title="Your rights",
    titles=(("fr", 'Tes "droits"'), ("zh-Hans", "你的权利")),
)
#: The same with a picture and sounds for lines that carry little: 5005 bytes in 4.004 s are 10000 bit/s.
LIGHT = replace(
    STREAM,
    pictures=(
        *STREAM.pictures,
        replace(picture("picture-light-180p", (96_096, 5005), (72_072, 3003), height=180), is_light=True),
    ),
    light_sounds=tuple(
        replace(
            each,
            name=f"{each.name}-light",
            uri=f"{each.name}-light.m3u8",
            segments=(Segment(ticks=196_608, bytes=8192), Segment(ticks=139_712, bytes=5000)),
            is_light=True,
        )
        for each in STREAM.sounds
    ),
)
