"""Which sound goes with a language: its own recorded voice, or the film's?"""

from __future__ import annotations

from babelreel.graph.task import Task
from babelreel.model.film.encoding_ladder import Rung, Sound
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.mix import plan_mix
from babelreel.stages.sound import plan_dubbed_sound, plan_original_sound


def choose_sound(subtitles: Subtitles) -> Sound:
    """Say whether a language has a voice of its own."""
    return Sound.DUB if subtitles.voice else Sound.ORIGINAL


def plan_soundtrack(workshop: Workshop, rung: Rung, subtitles: Subtitles) -> tuple[Task, ...]:
    """Plan a dubbed language's mix and, last, what a rung makes of it, or the film's own sound, if it has one."""
    if subtitles.voice:
        mix = plan_mix(workshop, subtitles.language, subtitles.voice)
        return mix, plan_dubbed_sound(workshop, rung, subtitles.language, mix)
    sound = plan_original_sound(workshop, rung)
    return (sound,) if sound else ()
