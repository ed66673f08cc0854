"""Which text files does a language get, written from our own model and never copied from the user's file?"""

from __future__ import annotations

from babelreel.graph.actions import Keep
from babelreel.graph.task import Literal, Task
from babelreel.stages.inputs import Subtitles
from babelreel.timedtext.subrip import render_subrip
from babelreel.timedtext.webvtt import render_webvtt

VTT = "captions.vtt"
SRT = "captions.srt"


def plan_sidecars(subtitles: Subtitles) -> Task:
    """Plan the ``.vtt`` and ``.srt`` of one language."""
    tag = subtitles.language.tag
    srt = render_subrip(subtitles.track, subtitles.language)
    return Task(
        name=f"captions {tag}",
        kind="captions",
        language=tag,
        action=Keep(),
        inputs=(captions_vtt(subtitles), Literal(name=SRT, content=srt.encode())),
        outputs=(VTT, SRT),
    )


def captions_vtt(subtitles: Subtitles) -> Literal:
    """Give a language's text as WebVTT: the sidecar, and what is muxed (its escapes keep cue text literal)."""
    return Literal(name=VTT, content=render_webvtt(subtitles.track, subtitles.language).encode())
