"""Compare a file that we made with its plan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from babelreel.errors import FilmError, ToolError
from babelreel.media.probe.film import probe_file
from babelreel.model.film.media import AudioStream, Expectation, MediaInfo, VideoStream
from babelreel.model.timecode import MS_PER_SECOND

#: A sound may be longer by one AAC frame and the run-in before it (1024 samples each).
_AAC_SLACK_SAMPLES = 2 * 1024
#: Picture and sound may begin this far apart: one AAC frame at 48 kHz is 21.3 ms; a viewer notices 45 (ITU-R BT.1359).
_START_SLACK_MS = 25


def verify_file(path: Path, expectation: Expectation) -> MediaInfo:
    """Probe a file and compare it with its plan; raises ``ToolError`` that lists every difference in plain words.

    The digest of the result is empty: whoever stores the file computes it.
    """
    try:
        info = probe_file(path, digest="")
    except FilmError as fault:
        raise not_as_planned(path, fault.why or fault.what) from fault
    differences = tuple(find_differences(info, expectation))
    if differences:
        raise not_as_planned(path, "; ".join(differences))
    return info


def find_differences(info: MediaInfo, plan: Expectation) -> Iterator[str]:
    """Say in plain words, one by one, how a file differs from its plan."""
    if plan.max_bytes and info.bytes > plan.max_bytes:
        yield f"{info.bytes} bytes are more than the {plan.max_bytes} that are allowed"
    yield from picture_differences(info.video, plan)
    yield from _sound(info.audio, plan)
    yield from _text(info, plan)


def not_as_planned(path: Path, why: str) -> ToolError:
    """Return the error for a file that is not what was planned; ``why`` says how."""
    return ToolError(
        what="ffmpeg made something else than was planned.",
        where=path.name,
        why=why,
        hint="Run again; if it stays, check the disk and the film, and report it with what babelreel doctor prints.",
    )


def _same(name: str, found: object, planned: object) -> Iterator[str]:
    if found != planned:
        yield f"{name} is {found or 'missing'} instead of {planned or 'none'}"


def picture_differences(video: VideoStream | None, plan: Expectation) -> Iterator[str]:
    """Say in plain words how a picture differs from its plan."""
    if video is None or plan.frames is None or plan.rate is None:
        has, wants = video is not None, plan.frames is not None
        yield from _same("picture", "there" if has else "", "one" if wants else "") if has != wants else ()
        return
    if abs(video.frames - plan.frames) > plan.frame_slack:
        yield f"it has {video.frames} frames instead of {plan.frames}"
    yield from _same("the frame rate", video.rate, plan.rate)
    if video.is_variable_rate:
        yield "its frame rate varies"
    yield from _same("the picture's codec", video.codec, plan.video_codec)
    yield from _same("the profile", video.profile.casefold(), plan.video_profile.casefold())
    yield from _same("the pixel format", video.pixel_format, plan.pixel_format)
    yield from _same(
        "the size", f"{video.display_width_px}x{video.display_height_px}", f"{plan.width_px}x{plan.height_px}"
    )
    yield from _same("the coded size", f"{video.width_px}x{video.height_px}", f"{plan.width_px}x{plan.height_px}")
    frame_ms = Fraction(MS_PER_SECOND) / plan.rate
    if abs(video.duration_ms - plan.duration_ms) > frame_ms * (1 + plan.frame_slack):
        yield f"it lasts {video.duration_ms} ms instead of {plan.duration_ms} ms"
    if video.start_ms:
        yield f"the picture starts at {video.start_ms} ms"


def _sound(streams: tuple[AudioStream, ...], plan: Expectation) -> Iterator[str]:
    wanted = 1 if plan.audio_codec else 0
    if len(streams) != wanted:
        yield f"it has {len(streams)} sounds instead of {wanted}"
        return
    for audio in streams:
        yield from _same("the sound's codec", audio.codec, plan.audio_codec)
        yield from _same("the number of channels", audio.channels, plan.channels)
        yield from _same("the sample rate", audio.sample_rate_hz, plan.sample_rate_hz)
        if abs(audio.start_ms) > _START_SLACK_MS:
            yield f"the sound starts at {audio.start_ms} ms"
        slack_ms = Fraction(_AAC_SLACK_SAMPLES * MS_PER_SECOND, plan.sample_rate_hz)
        if abs(audio.duration_ms - plan.duration_ms) > slack_ms:
            yield f"the sound lasts {audio.duration_ms} ms instead of {plan.duration_ms} ms"


def _text(info: MediaInfo, plan: Expectation) -> Iterator[str]:
    wanted = 1 if plan.text_language else 0
    if len(info.text) != wanted:
        yield f"it has {len(info.text)} subtitle streams instead of {wanted}"
        return
    for text in info.text:
        yield from _same("the subtitles' codec", text.codec, "mov_text")
        yield from _same("the subtitles' language", text.language, plan.text_language)
        yield from _same("the subtitles' name", text.handler, plan.text_handler)
        yield from _same("the number of texts", text.packets, plan.text_packets)
        if text.is_default:
            yield "the subtitles are switched on by default"
