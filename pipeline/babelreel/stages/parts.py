"""Plan the pictures and sounds of which all files and streams are put together, each once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from babelreel.errors import UsageError
from babelreel.graph.task import Task
from babelreel.model.delivery.build_summary import SkippedRendition
from babelreel.model.film.ladder.codecs import Codec
from babelreel.model.film.ladder.default_rungs import LIGHT_RUNG
from babelreel.model.film.ladder.encoding_ladder import Rung, best_sounding, film_rungs, select_rungs
from babelreel.model.language import Language
from babelreel.model.variant import Variant
from babelreel.stages.inputs import Film, Subtitles, Workshop
from babelreel.stages.picture.pieces import Picture, plan_shared_picture
from babelreel.stages.picture.quality import skip_too_small
from babelreel.stages.sound.encoded import plan_original_sound
from babelreel.stages.sound.mix import plan_mix
from babelreel.stages.sound.soundtrack import plan_soundtrack


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSound:
    """One sound among which viewers may choose: the language that is heard, and ``tasks``, of which the last makes it.

    ``is_original`` tells the film's own sound from a dub.
    """

    language: Language
    tasks: tuple[Task, ...]
    channels: int
    is_original: bool = False

    @property
    def task(self) -> Task:
        """The task that makes it, as ``SOUND``."""
        return self.tasks[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What all languages' files, the streams and the archive are put together from.

    ``rungs`` are those that suit the film, ``skipped`` those that would, but for their bound. ``pictures`` are those
    without text, by the name of the rung. ``mixes`` are those of dubbed languages, by tag. ``sounds`` are at the best
    rate that any rung has: the film's own first, if it has one, then the dubs. ``light_sounds`` are the same for lines
    that carry little, none where the best are no heavier.
    """

    rungs: tuple[Rung, ...]
    skipped: tuple[SkippedRendition, ...]
    pictures: Mapping[str, Picture]
    mixes: Mapping[str, Task]
    sounds: tuple[OfferedSound, ...]
    light_sounds: tuple[OfferedSound, ...]

    @property
    def lain_under(self) -> tuple[Task, ...]:
        """The mixes over which others are laid, whether or not anybody hears them alone."""
        needed = {name for mix in self.mixes.values() for name in mix.needs}
        return tuple(mix for mix in self.mixes.values() if mix.name in needed)


def plan_parts(workshop: Workshop, languages: Sequence[Subtitles], rungs: tuple[Rung, ...]) -> Parts:
    """Plan the pictures without text of the rungs that suit the film, the mixes, and the best sounds there are.

    Raises ``UsageError`` when no rung is left that can hold the film.
    """
    fitting, skipped = _fitting(workshop.film, rungs)
    mixes: dict[str, Task] = {}
    for each in sorted(languages, key=lambda each: each.language.variant is Variant.DESCRIBED):
        if each.voice is not None:
            usual = mixes.get(each.language.usual_tag)
            mixes[each.language.tag] = plan_mix(workshop, each.language, each.voice, usual)
    best = best_sounding(rung for rung in fitting if rung.codec is Codec.H264)  # streams and archives have AAC
    light = replace(LIGHT_RUNG, channels=best.channels)  # players change between the two while a film runs
    is_lighter = light.audio_kbps < best.audio_kbps
    return Parts(
        rungs=fitting,
        skipped=skipped,
        pictures={rung.name: plan_shared_picture(workshop, rung) for rung in fitting},
        mixes=mixes,
        sounds=tuple(_sounds(workshop, best, languages, mixes)),
        light_sounds=tuple(_sounds(workshop, light, languages, mixes)) if is_lighter else (),
    )


def _fitting(film: Film, rungs: tuple[Rung, ...]) -> tuple[tuple[Rung, ...], tuple[SkippedRendition, ...]]:
    selected = select_rungs(rungs, film.video.display_width_px, film.video.display_height_px)
    skipped = skip_too_small(film, selected)
    names = {each.name for each in skipped}
    fitting = tuple(rung for rung in selected if rung.name not in names)
    if not film_rungs(fitting):
        first = skipped[0]
        raise UsageError(
            what=f"No rendition can hold this film, not even {first.name}.",
            where=f"renditions.{first.name}",
            why=first.why,
            hint=first.hint,
        )
    return fitting, skipped


def _sounds(
    workshop: Workshop, rung: Rung, languages: Sequence[Subtitles], mixes: Mapping[str, Task]
) -> Iterator[OfferedSound]:
    original = plan_original_sound(workshop, rung)
    if original:
        yield OfferedSound(language=workshop.film.language, tasks=(original,), channels=rung.channels, is_original=True)
    for subtitles in languages:
        if mix := mixes.get(subtitles.language.tag):
            tasks = plan_soundtrack(workshop, rung, subtitles, mix)
            yield OfferedSound(language=subtitles.language, tasks=tasks, channels=rung.channels)
