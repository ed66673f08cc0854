"""Plan the text files of a language, written from our own model and never copied from the user's file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babelreel.graph.actions import Keep
from babelreel.graph.late import LateLiteral
from babelreel.graph.task import Literal, Task
from babelreel.media.containers.mp4_text_track import count_texts, plan_text_samples, render_text_track
from babelreel.stages.inputs import Subtitles
from babelreel.stages.memory import Memory
from babelreel.stages.remembered_text import look_at_text, with_known_recipe
from babelreel.timedtext.formats.sidecar import render_subrip, render_webvtt, sidecar_cues

VTT = "captions.vtt"
SRT = "captions.srt"
TEXT = "text.mp4"
#: What is remembered of a text stream: the digest of its file, and its packets.
_TEXT = re.compile(r"([0-9a-f]{64}) ([0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStream:
    """One language's text as an MP4 file that ffmpeg copies, and how many of its packets hold text."""

    file: Literal
    packets: int


def plan_sidecars(subtitles: Subtitles, memory: Memory | None = None) -> Task:
    """Plan the ``.vtt`` and ``.srt`` of one language; where the memory knows them, they are written when needed."""
    tag, shown = subtitles.language.tag, cache(lambda: subtitles.shown_track)
    task = Task(
        name=f"captions {tag}",
        kind="captions",
        language=tag,
        action=Keep(),
        inputs=(
            LateLiteral(name=VTT, make=lambda: render_webvtt(shown(), subtitles.language).encode()),
            LateLiteral(name=SRT, make=lambda: render_subrip(shown(), subtitles.language).encode()),
        ),
        outputs=(VTT, SRT),
    )
    return with_known_recipe(task, memory, look_at_text(memory, subtitles) if memory else "")


def plan_text_stream(subtitles: Subtitles, memory: Memory | None = None) -> TextStream:
    """Lay out the text that is muxed into one language's files: that of the sidecars, without italics."""
    if memory is None:
        return _lay_text_stream(subtitles)
    name, looked_at = f"text {subtitles.language.tag}", look_at_text(memory, subtitles)
    known = _TEXT.fullmatch(" ".join(memory.recall(name, looked_at) or ()))
    if known is None:
        laid = _lay_text_stream(subtitles)
        memory.keep(name, looked_at, (f"{laid.file.digest} {laid.packets}",))
        return laid
    file = LateLiteral(name=TEXT, make=lambda: _lay_text_stream(subtitles).file.content, known=known[1])
    return TextStream(file=file, packets=int(known[2]))


def _lay_text_stream(subtitles: Subtitles) -> TextStream:
    cues = sidecar_cues(subtitles.shown_track, subtitles.language)
    texts = ((cue.span, "\n".join(line for line, _ in cue.lines)) for cue in cues)
    samples = plan_text_samples(texts)
    return TextStream(
        file=Literal(name=TEXT, content=render_text_track(samples)),
        packets=count_texts(samples),
    )
