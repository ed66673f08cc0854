"""``babelreel dub``: everything about recorded voices."""

from __future__ import annotations

import click

from babelreel.cli.calling.lazy_group import LazyGroup

#: What the help says of each verb; it lies in the module of its name beside this one.
VERBS = {
    "script": "Write what a volunteer needs to record a voice.",
    "guide": "Write guide tracks: a synthetic voice at the times of the cues.",
    "remember": "Note for which text each take was recorded.",
    "takes": "Show how the takes fit into their lines.",
    "report": "Say how loud every published file is.",
}


@click.group(cls=LazyGroup, modules={verb: f"babelreel.cli.dub.{verb}" for verb in VERBS}, short_helps=VERBS)
def dub() -> None:
    """Prepare recordings, see how they fit into the film, and how loud the result is."""
