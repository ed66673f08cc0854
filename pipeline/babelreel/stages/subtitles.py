"""Plan the text files of a language, written from our own model and never copied from the user's file."""

from __future__ import annotations

from dataclasses import dataclass

from babelreel.graph.actions import Keep
from babelreel.graph.task import Literal, Task
from babelreel.media.containers.mp4_text_track import count_texts, plan_text_samples, render_text_track
from babelreel.stages.inputs import Subtitles
from babelreel.timedtext.formats.sidecar import render_subrip, render_webvtt, sidecar_cues

VTT = "captions.vtt"
SRT = "captions.srt"
TEXT = "text.mp4"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStream:
    """One language's text as an MP4 file that ffmpeg copies, and how many of its packets hold text."""

    file: Literal
    packets: int


def plan_sidecars(subtitles: Subtitles) -> Task:
    """Plan the ``.vtt`` and ``.srt`` of one language."""
    tag = subtitles.language.tag
    srt = render_subrip(subtitles.shown_track, subtitles.language)
    vtt = render_webvtt(subtitles.shown_track, subtitles.language)
    return Task(
        name=f"captions {tag}",
        kind="captions",
        language=tag,
        action=Keep(),
        inputs=(Literal(name=VTT, content=vtt.encode()), Literal(name=SRT, content=srt.encode())),
        outputs=(VTT, SRT),
    )


def plan_text_stream(subtitles: Subtitles) -> TextStream:
    """Lay out the text that is muxed into one language's files: that of the sidecars, without italics."""
    cues = sidecar_cues(subtitles.shown_track, subtitles.language)
    texts = ((cue.span, "\n".join(line for line, _ in cue.lines)) for cue in cues)
    samples = plan_text_samples(texts)
    return TextStream(
        file=Literal(name=TEXT, content=render_text_track(samples)),
        packets=count_texts(samples),
    )
