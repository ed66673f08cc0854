"""Which pictures are encoded: one per rung for all languages, or one per rung and language with its text drawn in?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction

from babelreel.errors import UsageError
from babelreel.ffmpeg.argv import picture_argv, planned_frames
from babelreel.ffmpeg.command import FfmpegCommand
from babelreel.graph.task import Input, Json, Literal, Task
from babelreel.model.ladder import Rung
from babelreel.model.media import Expectation
from babelreel.model.project import Style
from babelreel.stages.inputs import Film, Subtitles, Workshop
from babelreel.timedtext.burnin import drawn_facts, render_burnin

PICTURE = "picture.mp4"
ASS = "cue.ass"

#: Share of a bounded file that is not picture or sound: the tables of MP4, about 12 bytes a frame and 8 a sound packet,
#: came to 0.4 % of a 360p file when measured; twice that is kept free.
_CONTAINER_SHARE = Fraction(8, 1000)

#: Below this a 640x360 picture falls apart (Apple's lowest rung is 145 kbit/s at 234p).
_LOWEST_KBPS = 100


_PICTURE_SETTINGS = (
    "long_px",
    "short_px",
    "profile",
    "level",
    "crf",
    "peak_kbps",
    "buffer_kbit",
    "preset",
    "b_frames",
    "max_rate",
)


def plan_shared_picture(workshop: Workshop, rung: Rung) -> Task:
    """Plan the picture of a rung without any text: encoded once, stream-copied into every language's file."""
    return _plan(workshop, rung, ass_name=None, inputs=(), facts=(), language="")


def plan_burned_picture(workshop: Workshop, rung: Rung, subtitles: Subtitles) -> Task:
    """Plan the picture of a rung with one language's text drawn into it."""
    frame = workshop.film.frame(rung)
    document = render_burnin(
        subtitles.track,
        language=subtitles.language,
        frame=frame,
        type_size=rung.type_size,
        style=workshop.style,
        font=subtitles.font,
    )
    facts: tuple[tuple[str, Json], ...] = (
        ("cues", drawn_facts(subtitles.track, frame)),
        ("style", {**_style(workshop.style), "type_size": str(rung.type_size)}),
    )
    return _plan(
        workshop,
        rung,
        ass_name=ASS,
        inputs=(Literal(name=ASS, content=document.encode()), *subtitles.font_files),
        facts=facts,
        language=subtitles.language.tag,
    )


def picture_kbps(film: Film, rung: Rung) -> int:
    """Give the highest rate of a rung's picture, lowered where the whole file has an upper bound.

    A bounded file has room for sound, the tables of MP4 and one full VBV buffer. Raises ``UsageError`` when a film is
    too long for the bound.
    """
    if not rung.max_bytes:
        return rung.peak_kbps
    room_kbit = Fraction(rung.max_bytes * 8, 1000) * (1 - _CONTAINER_SHARE) - rung.buffer_kbit
    sound_kbps = rung.audio_kbps if film.info.audio else 0
    kbps = int(room_kbit * 1000 / film.info.duration_ms) - sound_kbps
    if kbps < _LOWEST_KBPS:
        raise UsageError(
            what=f"{rung.name} cannot be kept under {rung.max_bytes} bytes",
            where=f"renditions.{rung.name}",
            why=f"a film of {film.info.duration_ms // 60_000} minutes leaves {max(kbps, 0)} kbit/s for the picture",
            hint=f"in babelreel.toml, raise renditions.{rung.name}.max_bytes or set its enabled = false",
        )
    return min(rung.peak_kbps, kbps)


def _plan(  # noqa: PLR0913 - the parts in which the two kinds of picture differ
    workshop: Workshop,
    rung: Rung,
    *,
    ass_name: str | None,
    inputs: tuple[Input, ...],
    facts: tuple[tuple[str, Json], ...],
    language: str,
) -> Task:
    film = workshop.film
    frame = film.frame(rung)
    frames, slack = planned_frames(film.info, frame)
    argv = picture_argv(
        film.info,
        input_name=film.source.name,
        output_name=PICTURE,
        rung=rung,
        frame=frame,
        ass_name=ass_name,
        peak_kbps=picture_kbps(film, rung),
    )
    action = FfmpegCommand(
        ffmpeg=workshop.ffmpeg,
        argv=argv,
        output=PICTURE,
        draws_text=ass_name is not None,
        expects=Expectation(
            frames=frames,
            frame_slack=slack,
            rate=frame.rate,
            width_px=frame.width_px,
            height_px=frame.height_px,
            video_codec="h264",
            video_profile=rung.profile,
            pixel_format="yuv420p",
            duration_ms=film.info.duration_ms,
        ),
    )
    return Task(
        name=" ".join(filter(None, ("picture", rung.name, language))),
        kind="picture",
        language=language,
        rendition=rung.name,
        action=action,
        inputs=(film.source, *inputs),
        outputs=(PICTURE,),
        facts=(("settings", _settings(rung)), *facts),
        weight=frames * frame.width_px * frame.height_px,
    )


def _settings(rung: Rung) -> Mapping[str, Json]:
    """Give the settings of a rung that its picture depends on, for "crf 23 -> 21" in the reasons of a plan.

    Its name, its sound and the bound of the whole file are not among them: the peak that follows from the bound is
    among the arguments of ffmpeg.
    """
    return {name: str(getattr(rung, name)) for name in _PICTURE_SETTINGS}


def _style(style: Style) -> Mapping[str, Json]:
    return {field.name: str(getattr(style, field.name)) for field in fields(style)}
