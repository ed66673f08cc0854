"""How do tests of rules and reports get a subject, and see at a glance what was found in it?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import PurePosixPath

from babelreel.model.bcp47 import find_language
from babelreel.model.media import MediaInfo, VideoStream
from babelreel.model.profile import Profile, find_profile
from babelreel.model.timecode import Span
from babelreel.model.track import Track
from babelreel.rules.check import check_track
from babelreel.rules.fixing import apply_edits
from babelreel.rules.rule import Subject
from babelreel.timedtext.read import read_track


def make_subject(
    content: str | bytes | Track,
    *,
    path: str = "subtitles/en.srt",
    film: MediaInfo | None = None,
    profile: Profile | None = None,
) -> Subject:
    """Read a subtitle file as it would lie on disk; its language is that of its name."""
    tag = PurePosixPath(path).stem
    language = find_language(tag)
    data = content.encode() if isinstance(content, str) else content
    track = data if isinstance(data, Track) else read_track(data, language=tag, path=path)
    return Subject(track=track, language=language, profile=profile or find_profile(tag), film=film)


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


def found(
    content: str | bytes | Track,
    *,
    path: str = "subtitles/en.srt",
    film: MediaInfo | None = None,
    profile: Profile | None = None,
    select: Iterable[str] = (),
) -> list[str]:
    """Check a file with all or the selected rules; give each finding as ``line:column severity CODE measured``."""
    result = check_track(make_subject(content, path=path, film=film, profile=profile), select=select)
    return [
        f"{each.location.line}:{each.location.column} {each.severity} {each.code} {each.measured}".rstrip()
        for each in result.findings
    ]


def mended(content: str, *, path: str = "subtitles/en.srt", select: str, is_safe: bool = True) -> str:
    """Make all edits that one rule proposes, which must all be safe or none, and give the text of the file."""
    fixes = [each.fix for each in check_track(make_subject(content, path=path), select=[select]).findings if each.fix]
    assert {each.is_safe for each in fixes} <= {is_safe}
    return apply_edits(content, (edit for each in fixes for edit in each.edits))
