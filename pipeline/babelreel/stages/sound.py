"""Which sounds are encoded? Each whole, once for every rate and channel count that a rung asks for."""

from __future__ import annotations

from babelreel.ffmpeg.argv import dubbed_sound_argv, sound_argv
from babelreel.ffmpeg.command import FfmpegCommand
from babelreel.graph.task import Produced, Task
from babelreel.model.ladder import Rung
from babelreel.model.language import Language
from babelreel.model.media import Expectation
from babelreel.stages.inputs import Workshop

SOUND = "sound.m4a"

#: Every file of ours has this rate: browsers resample anything else.
SAMPLE_RATE_HZ = 48_000


def plan_original_sound(workshop: Workshop, rung: Rung) -> Task | None:
    """Plan the film's own sound as a rung wants it, or ``None`` for a silent film.

    Rungs that ask for the same rate and channels share one task: its name says both.
    """
    film = workshop.film
    if not film.info.audio:
        return None
    argv = sound_argv(
        film.info,
        input_name=film.source.name,
        output_name=SOUND,
        kbps=rung.audio_kbps,
        channels=rung.channels,
        duration_ms=film.info.duration_ms,
    )
    action = FfmpegCommand(
        ffmpeg=workshop.ffmpeg,
        argv=argv,
        output=SOUND,
        expects=Expectation(
            audio_codec="aac",
            channels=rung.channels,
            sample_rate_hz=SAMPLE_RATE_HZ,
            duration_ms=film.info.duration_ms,
        ),
    )
    settings = {"audio_kbps": rung.audio_kbps, "channels": rung.channels}
    return Task(
        name=f"sound original {rung.audio_kbps}k {rung.channels}ch",
        kind="sound",
        action=action,
        inputs=(film.source,),
        outputs=(SOUND,),
        facts=(("settings", settings),),
        weight=film.info.duration_ms,
    )


def plan_dubbed_sound(workshop: Workshop, rung: Rung, language: Language, mix: Task) -> Task:
    """Plan the sound of a dubbed language as a rung wants it, made of what the task ``mix`` gives."""
    duration_ms = workshop.film.info.duration_ms
    (name,) = mix.outputs
    argv = dubbed_sound_argv(
        input_name=name, output_name=SOUND, kbps=rung.audio_kbps, channels=rung.channels, duration_ms=duration_ms
    )
    action = FfmpegCommand(
        ffmpeg=workshop.ffmpeg,
        argv=argv,
        output=SOUND,
        expects=Expectation(
            audio_codec="aac", channels=rung.channels, sample_rate_hz=SAMPLE_RATE_HZ, duration_ms=duration_ms
        ),
    )
    return Task(
        name=f"sound {language.tag} {rung.audio_kbps}k {rung.channels}ch",
        kind="sound",
        language=language.tag,
        action=action,
        inputs=(Produced(name=name, task=mix.name, output=name),),
        outputs=(SOUND,),
        facts=(("settings", {"audio_kbps": rung.audio_kbps, "channels": rung.channels}),),
        weight=duration_ms,
    )
