"""How do tests of rules and reports get a subject, and see at a glance what was found in it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import PurePosixPath

from babelreel.model.bcp47 import find_language
from babelreel.model.film.media import MediaInfo, VideoStream
from babelreel.model.reading_limits import Profile, find_profile
from babelreel.model.sound.recordings import Dub, MixedSound, SoundInfo, Take, ms_to_samples
from babelreel.model.timecode import Span
from babelreel.model.track import Track
from babelreel.rules.base.subject import TrackSubject
from babelreel.rules.check import check_track
from babelreel.rules.fixing import apply_edits
from babelreel.timedtext.read import read_track


def make_subject(  # noqa: PLR0913 - a track, and all that it may be held to
    content: str | bytes | Track,
    *,
    path: str = "subtitles/en.srt",
    film: MediaInfo | None = None,
    profile: Profile | None = None,
    dub: Dub | None = None,
    music: SoundInfo | None = None,
    mixed: tuple[MixedSound, ...] | None = None,
    orphans: tuple[Dub, ...] = (),
) -> TrackSubject:
    """Read a subtitle file as it would lie on disk; its language is that of its name."""
    tag = PurePosixPath(path).stem
    language = find_language(tag)
    data = content.encode() if isinstance(content, str) else content
    track = data if isinstance(data, Track) else read_track(data, language=tag, path=path)
    return TrackSubject(
        track=track,
        language=language,
        profile=profile or find_profile(tag),
        film=film,
        dub=dub,
        music=music,
        mixed=mixed,
        orphans=orphans,
    )


def make_known_film(
    duration_ms: int = 3_600_000,
    rate: Fraction = Fraction(25),
    *,
    shots: tuple[int, ...] | None = None,
    speech: tuple[tuple[int, int], ...] | None = None,
) -> MediaInfo:
    """Give what a probe would tell of a film of this length and rate, with speech as pairs of ms."""
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
        rate=rate,
        is_variable_rate=False,
        frames=int(duration_ms * rate / 1000),
        start_ms=0,
        duration_ms=duration_ms,
    )
    return MediaInfo(
        digest="0" * 64,
        bytes=1,
        container="mp4",
        duration_ms=duration_ms,
        video=video,
        shots=shots,
        speech=None if speech is None else tuple(Span(start_ms=start, end_ms=end) for start, end in speech),
    )


def make_sound(  # noqa: PLR0913 - what can be wrong with a sound
    path: str,
    duration_ms: int = 2000,
    *,
    heard: tuple[int, int] | None = None,
    speech: tuple[tuple[int, int], ...] | None = None,
    clipped: int = 0,
    sample_rate_hz: int = 48_000,
    channels: int = 1,
    is_guide: bool = False,
    fault: str = "",
) -> SoundInfo:
    """Give what listening would tell of a sound; it is heard, as speech in pairs of ms, from end to end if not told."""
    first_ms, end_ms = (0, duration_ms) if heard is None else heard
    return SoundInfo(
        path=path,
        digest="0" * 64,
        bytes=1,
        codec="pcm_s16le",
        sample_rate_hz=sample_rate_hz,
        channels=channels,
        bit_depth=16,
        samples=ms_to_samples(duration_ms),
        first=ms_to_samples(first_ms),
        end=ms_to_samples(end_ms),
        speech=None if speech is None else tuple(Span(start_ms=start, end_ms=end) for start, end in speech),
        clipped=clipped,
        is_guide=is_guide,
        fault=fault,
    )


def make_dub(
    takes: Mapping[str, SoundInfo | int] | None = None,
    *,
    language: str = "en",
    whole: SoundInfo | None = None,
    strays: Iterable[str] = (),
) -> Dub:
    """Give a dub of takes by their names (``07.wav``), each a sound or a length in ms, or one of the whole film."""
    folder = f"video/stems/{language}"
    named = {name: (f"{folder}/{name}", sound) for name, sound in (takes or {}).items()}
    return Dub(
        language=language,
        path=whole.path if whole else folder,
        whole=whole,
        takes=tuple(
            Take(
                line=int(PurePosixPath(name).stem),
                sound=make_sound(path, sound) if isinstance(sound, int) else replace(sound, path=path),
            )
            for name, (path, sound) in named.items()
        ),
        strays=tuple(make_sound(f"{folder}/{name}") for name in strays),
    )


def found(  # noqa: PLR0913 - as for a subject
    content: str | bytes | Track,
    *,
    path: str = "subtitles/en.srt",
    film: MediaInfo | None = None,
    profile: Profile | None = None,
    select: Iterable[str] = (),
    dub: Dub | None = None,
    music: SoundInfo | None = None,
    mixed: tuple[MixedSound, ...] | None = None,
    orphans: tuple[Dub, ...] = (),
) -> list[str]:
    """Check a file with all or the selected rules; give each finding as ``line:column severity CODE measured``."""
    subject = make_subject(
        content, path=path, film=film, profile=profile, dub=dub, music=music, mixed=mixed, orphans=orphans
    )
    result = check_track(subject, select=select)
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code} {each.measured}".rstrip()
        for each in result.findings
    ]


def mended(content: str, *, path: str = "subtitles/en.srt", select: str, is_safe: bool = True) -> str:
    """Make all edits that one rule proposes, which must all be safe or none, and give the text of the file."""
    fixes = [each.fix for each in check_track(make_subject(content, path=path), select=[select]).findings if each.fix]
    assert {each.is_safe for each in fixes} <= {is_safe}
    return apply_edits(content, (edit for each in fixes for edit in each.edits))
