"""Find the recorded voices that could not be mixed, so that their languages have the film's own sound.

A recording may change, vanish or break while a build runs: a cloud folder fetches it, somebody saves it. What was
published before of its language stays; where nothing was, people get the film with its own sound, and not no film.
"""

from __future__ import annotations

from collections.abc import Mapping

from babelreel.app.build.planning import Prepared
from babelreel.engines.outcome import Outcome
from babelreel.errors import BabelreelError, Cause
from babelreel.model.delivery.manifest import Manifest, Role
from babelreel.stages.sound.mix import MIX


def lost_voices(prepared: Prepared, outcome: Outcome, before: Manifest | None) -> Mapping[str, BabelreelError]:
    """Name the languages whose voice was not mixed, each with the reason, where no earlier version can stay."""
    published = {file.language for file in before.files if file.role is Role.VIDEO} if before else frozenset[str]()
    mixes = (step.task for step in prepared.asked_plan.steps if MIX in step.task.outputs)
    failed = {task.language: outcome.failures[task.name] for task in mixes if task.name in outcome.failures}
    return {
        tag: error for tag, error in failed.items() if tag and (error.cause is Cause.CONTENT or tag not in published)
    }


def both_outcomes(first: Outcome, second: Outcome) -> Outcome:
    """Join what came of a plan and of one made anew without lost voices; the counts are those of both runs."""
    return Outcome(
        entries=second.entries,
        failures=second.failures,
        ran=first.ran + second.ran,
        up_to_date=first.up_to_date,
        cut_off=first.cut_off + second.cut_off,
    )
