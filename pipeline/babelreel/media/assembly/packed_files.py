"""Make a file of a pack from a published film, and find out whether the platform accepts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babelreel.errors import FilmError
from babelreel.media.argv.packs import sound_argv, voice_message_argv, without_edits_argv
from babelreel.media.containers.mp4 import boxes_inside, is_faststart, read_index
from babelreel.media.probe.expectation import not_as_planned
from babelreel.media.probe.film import probe_file
from babelreel.media.programs.run import run_ffmpeg
from babelreel.model.delivery.packs import Kind, Platform
from babelreel.model.film.media import MediaInfo

#: A film's sound may be longer by two AAC frames, and Opus fills its last frame of 60 ms.
_SLACK_MS = 110

_VIDEO_CODEC, _AUDIO_CODECS = "h264", {Kind.VOICE_MESSAGE: "opus", Kind.SOUND: "aac"}


def make_of_film(ffmpeg_path: Path, film: Path, kind: Kind, target: Path) -> None:
    """Make a file of a published film; raises what ``run_ffmpeg`` raises, and ``ToolError`` for a wrong result."""
    info = probe_file(film, digest="")
    run_ffmpeg(
        ffmpeg_path,
        _argv(kind, str(film), target.name, info),
        cwd=target.parent,
        duration_ms=info.duration_ms,
        report=lambda _share: None,
        is_cancelled=lambda: False,
    )
    try:
        found = probe_file(target, digest="")
    except FilmError as fault:
        raise not_as_planned(target, fault.why or fault.what) from fault
    if faults := tuple(_faults(kind, info, found)):
        raise not_as_planned(target, "; ".join(faults))


def _argv(kind: Kind, film: str, output: str, info: MediaInfo) -> tuple[str, ...]:
    if kind is Kind.FILM_WITHOUT_EDITS:
        return without_edits_argv(film, output, has_sound=bool(info.audio))
    return voice_message_argv(film, output) if kind is Kind.VOICE_MESSAGE else sound_argv(film, output)


def _faults(kind: Kind, film: MediaInfo, made: MediaInfo) -> Iterator[str]:
    if abs(made.duration_ms - film.duration_ms) > _SLACK_MS:
        yield f"it lasts {made.duration_ms} ms instead of {film.duration_ms} ms"
    if kind is Kind.FILM_WITHOUT_EDITS:
        frames = (film.video.frames if film.video else 0, made.video.frames if made.video else 0)
        if frames[0] != frames[1]:
            yield f"it has {frames[1]} frames instead of {frames[0]}"
        if len(made.audio) != min(1, len(film.audio)):
            yield "its sound is missing"
    elif [each.codec for each in made.audio] != [_AUDIO_CODECS[kind]]:
        yield f"its sound is {', '.join(each.codec for each in made.audio) or 'missing'}"
    if kind is Kind.VOICE_MESSAGE and any(each.channels != 1 for each in made.audio):
        yield "it has more than one channel"


def refused_by(platform: Platform, film: Path) -> Iterator[str]:
    """Say in plain words why a platform would not take a film, as the file itself shows it."""
    info = probe_file(film, digest="")
    if info.bytes > platform.most_bytes:
        yield f"it has {info.bytes} bytes, and {platform.title} takes {platform.most_bytes}"
    if info.duration_ms < platform.shortest_ms:
        yield f"it lasts {info.duration_ms} ms, and {platform.title} takes {platform.shortest_ms} ms at least"
    if platform.longest_ms and info.duration_ms > platform.longest_ms:
        yield f"it lasts {info.duration_ms} ms, and {platform.title} takes {platform.longest_ms} ms at most"
    if info.video is None or info.video.codec != _VIDEO_CODEC:
        yield "its picture is not H.264"
    elif info.video.rate < platform.slowest_rate:
        rate = round(float(info.video.rate), 2)
        yield f"it shows {rate} pictures a second, and {platform.title} takes {platform.slowest_rate} at least"
    if len(info.audio) > 1 or any(each.codec != "aac" for each in info.audio):
        yield "its sound is not one AAC stream"
    if not is_faststart(film):
        yield "its index does not come first"
    if not platform.takes_edit_lists and _has_edit_list(film):
        yield "it has an edit list"


def _has_edit_list(film: Path) -> bool:
    index, _ = read_index(film)
    return any(edits for track in boxes_inside(index) for edits in boxes_inside(index, track, "edts"))
