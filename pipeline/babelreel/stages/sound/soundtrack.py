"""Choose the sound that goes with a language: its own recorded voice, or the film's."""

from __future__ import annotations

from babelreel.graph.task import Task
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.stages.inputs import Subtitles, Workshop
from babelreel.stages.sound.encoded import plan_dubbed_sound, plan_original_sound


def plan_soundtrack(workshop: Workshop, rung: Rung, subtitles: Subtitles, mix: Task | None) -> tuple[Task, ...]:
    """Return a dubbed language's ``mix`` and, last, what a rung makes of it; without one, of the film's own sound.

    A silent film without a dub has none.
    """
    if mix:
        return mix, plan_dubbed_sound(workshop, rung, subtitles.language, mix)
    sound = plan_original_sound(workshop, rung)
    return (sound,) if sound else ()
