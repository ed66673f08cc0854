"""Plan the encoding of sounds, each whole, once for every rate and channel count that a rung asks for."""

from __future__ import annotations

from babelreel.graph.task import Input, Json, Produced, Task
from babelreel.media.argv.sounds import film_sound_argv, mixed_sound_argv
from babelreel.media.sound.finishing import LOUDNESS, SAMPLES, SOUND, FinishSound
from babelreel.media.sound.level import MOST_GAIN_DB
from babelreel.media.sound.mix.mix_file import MIX
from babelreel.model.film.ladder.codecs import SoundCodec
from babelreel.model.film.ladder.encoding_ladder import Rung
from babelreel.model.language import Language
from babelreel.model.sound.recordings import HEADROOM_DB, SAMPLE_RATE_HZ
from babelreel.stages.inputs import Film, Workshop

__all__ = ["LOUDNESS", "SAMPLE_RATE_HZ", "SOUND", "plan_dubbed_sound", "plan_original_sound"]


def plan_original_sound(workshop: Workshop, rung: Rung) -> Task | None:
    """Plan the film's own sound as a rung wants it, or ``None`` for a silent film.

    Rungs that ask for the same rate and channels share one task: its name says both.
    """
    film = workshop.film
    if not film.info.audio:
        return None
    argv = film_sound_argv(
        film.info,
        input_name=film.source.name,
        output_name=SAMPLES,
        channels=rung.channels,
        duration_ms=film.info.duration_ms,
    )
    heard = film.info.heard
    most_gain_db = 0 if heard and heard.is_faint else MOST_GAIN_DB
    return _plan_sound(workshop, rung, argv=argv, source=film.source, most_gain_db=most_gain_db, film=film)


def plan_dubbed_sound(workshop: Workshop, rung: Rung, language: Language, mix: Task) -> Task:
    """Plan the sound of a dubbed language as a rung wants it, from what the task ``mix`` makes."""
    argv = mixed_sound_argv(
        input_name=MIX,
        output_name=SAMPLES,
        channels=rung.channels,
        duration_ms=workshop.film.info.duration_ms,
    )
    source = Produced(name=MIX, task=mix.name, output=MIX)
    most_gain_db = MOST_GAIN_DB + HEADROOM_DB
    return _plan_sound(workshop, rung, argv=argv, source=source, most_gain_db=most_gain_db, tag=language.tag)


def _plan_sound(  # noqa: PLR0913 - the sides in which the two sounds differ
    workshop: Workshop,
    rung: Rung,
    *,
    argv: tuple[str, ...],
    source: Input,
    most_gain_db: int,
    tag: str = "",
    film: Film | None = None,
) -> Task:
    target, codec = workshop.sound.target, rung.codec.sound
    action = FinishSound(
        ffmpeg=workshop.ffmpeg.identity,
        samples_argv=argv,
        kbps=rung.audio_kbps,
        channels=rung.channels,
        duration_ms=workshop.film.info.duration_ms,
        target=target,
        most_gain_db=most_gain_db,
        film=film.info if film else None,
        film_name=film.source.name if film else "",
        codec=codec,
    )
    coded = "" if codec is SoundCodec.AAC else f" {codec}"  # names of tasks stand in what is remembered of them
    settings: Json = {"audio_kbps": rung.audio_kbps, "channels": rung.channels, "loudness target": target.name}
    return Task(
        name=f"sound {tag or 'original'} {rung.audio_kbps}k {rung.channels}ch{coded}",
        kind="sound",
        language=tag,
        action=action,
        inputs=(source,),
        outputs=(SOUND, LOUDNESS),
        facts=(("settings", settings),),
        weight=workshop.film.info.duration_ms,
    )
