"""Plan which voices are laid over the film, where, and what goes down under them."""

from __future__ import annotations

from babelreel.graph.task import Input, Json, Produced, Task
from babelreel.media.sound.mix.mix_file import MIX
from babelreel.media.sound.mix.mixing import LEVELS, Balance, Bed, MixDub
from babelreel.media.sound.mix.voice import VoicePart
from babelreel.media.sound.studio.laid_bed import GAIN, SOUND, LayBed
from babelreel.model.language import Language
from babelreel.model.sound.ducking import merge_stretches, passage_stretches, speech_stretches, voice_stretches
from babelreel.model.variant import Variant
from babelreel.stages.inputs import Voice, Workshop

__all__ = ["GAIN", "LEVELS", "MIX", "SOUND", "mix_name", "plan_bed", "plan_mix"]

#: What is heard without a description, in the work folder of its mix.
_HEARD = "heard.flac"
#: What one mix takes while it runs: 25 MB of ours and 58 of an ffmpeg (measured, at one minute of film as at eight),
#: and as much again for safety.
_MEMORY_BYTES = 160_000_000


def mix_name(tag: str) -> str:
    """Name the task that mixes a language."""
    return f"mix {tag}"


def plan_mix(workshop: Workshop, language: Language, voice: Voice, under: Task | None = None) -> Task:
    """Plan the sound of one dubbed language, before its loudness is set.

    The voices lie over music and effects where there is a stem of them, else over the film's own sound. A description
    of the picture lies over all that is heard without it: the mix of its language, which is ``under`` it, or the film's
    own sound. The pictures know nothing of it: a changed take makes this task and those of its language's sounds and
    files.
    """
    film = workshop.film
    whole, heard = voice.dubbing.whole, voice.dubbing.heard
    is_described = language.variant is Variant.DESCRIBED
    bed, source, duck_db = _heard_bed(workshop, under) if is_described else _bed(workshop)
    margin_db = workshop.sound.voice_above_db
    action = MixDub(
        ffmpeg=workshop.ffmpeg.identity,
        length_ms=film.info.duration_ms,
        voice=_parts(voice),
        bed=bed,
        ducking=merge_stretches(speech_stretches(whole.sound) if whole else voice_stretches(heard)),
        duck_db=duck_db,
        spoken=passage_stretches(whole.sound) if whole else voice_stretches(heard),
        balance=Balance(margin_db=margin_db, film=None if is_described else _film(workshop)),
    )
    facts, numbers = _facts(voice)
    return Task(
        name=mix_name(language.tag),
        kind="mix",
        language=language.tag,
        action=action,
        inputs=(*source, *voice.files),
        outputs=(MIX, LEVELS),
        facts=(*facts, ("settings", {"ducking_db": duck_db, "voice_above_db": margin_db})),
        numbers=numbers,
        weight=film.info.duration_ms,
        memory_bytes=_MEMORY_BYTES,
    )


def plan_bed(workshop: Workshop, mix: MixDub) -> Task:
    """Plan to lay out once what lies under the voices of all languages; ``mix`` is that of any of them."""
    _, source, _ = _bed(workshop)
    return Task(
        name="bed",
        kind="bed",
        action=LayBed.of(mix),
        inputs=source,
        outputs=(SOUND, GAIN),
        weight=workshop.film.info.duration_ms,
        memory_bytes=_MEMORY_BYTES,
    )


def _parts(voice: Voice) -> tuple[VoicePart, ...]:
    return tuple(
        VoicePart(
            name=file.name,
            path=heard.sound.path,
            samples=heard.sound.samples,
            start=heard.start,
            first=heard.first,
            end=heard.end,
            tempo=heard.tempo,
            mono=heard.sound.mono,
            level=heard.level,
        )
        for heard, file in zip(voice.dubbing.heard, voice.files, strict=True)
    )


def _bed(workshop: Workshop) -> tuple[Bed | None, tuple[Input, ...], int]:
    """Choose what lies under the voices, with its file and how far it goes down."""
    film, music, settings = workshop.film, workshop.music, workshop.sound
    if music:
        sources = (music.source, film.source) if film.info.audio else (music.source,)
        return Bed(name=music.source.name, channels=music.info.channels), sources, settings.music_duck_db
    if film.info.audio:
        return Bed(name=film.source.name, film=film.info), (film.source,), settings.duck_db
    return None, (), 0


def _heard_bed(workshop: Workshop, under: Task | None) -> tuple[Bed | None, tuple[Input, ...], int]:
    """Lay a description over what is spoken too: that it may not lose."""
    film, duck_db = workshop.film, workshop.sound.duck_db
    if under:
        return Bed(name=_HEARD), (Produced(name=_HEARD, task=under.name, output=MIX),), duck_db
    if film.info.audio:
        return Bed(name=film.source.name, film=film.info), (film.source,), duck_db
    return None, (), 0


def _film(workshop: Workshop) -> Bed | None:
    """Return the film's own sound if it is not what lies under the voices: it says how loud music and effects are."""
    film = workshop.film
    return Bed(name=film.source.name, film=film.info) if workshop.music and film.info.audio else None


_Facts = tuple[tuple[str, Json], ...]
_Numbers = tuple[tuple[str, tuple[int, ...]], ...]


def _facts(voice: Voice) -> tuple[_Facts, _Numbers]:
    """Tell in the user's words what the mix is made of; numbers of lines change no byte of it."""
    if voice.dubbing.whole:
        return (("recording", voice.files[0].digest),), ()
    heard = voice.dubbing.heard
    lines = tuple(each.cue.number for each in heard if each.cue)
    takes: list[Json] = [[{"sha256": file.digest}] for file in voice.files]
    places: list[Json] = [
        [{"start": each.start, "first": each.first, "end": each.end, "tempo": str(each.tempo)}] for each in heard
    ]
    facts = (("takes", takes), ("placement of lines", places))
    return facts, (("takes", lines), ("placement of lines", lines))
