"""Which voices are laid over the film, where, and what goes down under them?"""

from __future__ import annotations

from babelreel.graph.task import Input, Json, Task
from babelreel.media.sound.mixing import MIX, Bed, MixDub
from babelreel.media.sound.voice import VoicePart
from babelreel.model.language import Language
from babelreel.model.sound.ducking import merge_stretches, speech_stretches, voice_stretches
from babelreel.model.sound.recordings import SoundInfo, ms_to_samples
from babelreel.stages.inputs import Dubbing, Workshop

__all__ = ["MIX", "has_voice", "plan_mix"]

#: What one mix takes while it runs: 25 MB of ours and 58 of an ffmpeg (measured, at one minute of film as at eight),
#: and as much again for safety.
_MEMORY_BYTES = 160_000_000


def plan_mix(workshop: Workshop, language: Language, dubbing: Dubbing) -> Task:
    """Plan the sound of one dubbed language, before its loudness is set.

    The voices lie over music and effects where there is a stem of them, else over the film's own sound. The pictures
    know nothing of it: a changed take makes this task and those of its language's sounds and files.
    """
    film = workshop.film
    whole = _whole(dubbing)
    voice = _whole_part(whole, dubbing, film.info.duration_ms) if whole else _takes(dubbing)
    bed, source, duck_db = _bed(workshop)
    action = MixDub(
        ffmpeg=workshop.ffmpeg,
        length_ms=film.info.duration_ms,
        voice=voice,
        bed=bed,
        ducking=merge_stretches(speech_stretches(whole) if whole else voice_stretches(dubbing.placed)),
        duck_db=duck_db,
    )
    facts, numbers = _facts(dubbing)
    return Task(
        name=f"mix {language.tag}",
        kind="mix",
        language=language.tag,
        action=action,
        inputs=(*source, *dubbing.files),
        outputs=(MIX,),
        facts=(*facts, ("settings", {"ducking_db": duck_db})),
        numbers=numbers,
        weight=film.info.duration_ms,
        memory_bytes=_MEMORY_BYTES,
    )


def has_voice(dubbing: Dubbing | None) -> bool:
    """Tell whether there is anything to be heard of a dub; without that a language keeps the film's own sound."""
    return dubbing is not None and bool(dubbing.placed or _whole(dubbing))


def _takes(dubbing: Dubbing) -> tuple[VoicePart, ...]:
    return tuple(
        VoicePart(
            name=file.name,
            path=placed.take.sound.path,
            samples=placed.take.sound.samples,
            start=placed.start,
            first=placed.first,
            end=placed.end,
            tempo=placed.tempo,
        )
        for placed, file in zip(dubbing.placed, dubbing.files, strict=True)
    )


def _whole(dubbing: Dubbing) -> SoundInfo | None:
    """Give the recording of the whole film, if it is that what is mixed."""
    whole = dubbing.dub.whole
    return None if dubbing.placed or whole is None or whole.fault or whole.is_silent else whole


def _whole_part(whole: SoundInfo, dubbing: Dubbing, film_ms: int) -> tuple[VoicePart, ...]:
    """Take a recording of the whole film as it is, without the silence that goes on behind the film's end."""
    end = min(whole.samples, max(whole.end, ms_to_samples(film_ms)))
    name = dubbing.files[0].name
    return (VoicePart(name=name, path=whole.path, samples=whole.samples, start=0, first=0, end=end),)


def _bed(workshop: Workshop) -> tuple[Bed | None, tuple[Input, ...], int]:
    """Choose what lies under the voices, with its file and how far it goes down."""
    film, music, settings = workshop.film, workshop.music, workshop.sound
    if music:
        return Bed(name=music.source.name, channels=music.info.channels), (music.source,), settings.music_duck_db
    if film.info.audio:
        return Bed(name=film.source.name, film=film.info), (film.source,), settings.duck_db
    return None, (), 0


_Facts = tuple[tuple[str, Json], ...]
_Numbers = tuple[tuple[str, tuple[int, ...]], ...]


def _facts(dubbing: Dubbing) -> tuple[_Facts, _Numbers]:
    """Tell in the user's words what the mix is made of; numbers of lines change no byte of it."""
    if _whole(dubbing):
        return (("recording", dubbing.files[0].digest),), ()
    lines = tuple(placed.take.line for placed in dubbing.placed)
    takes: list[Json] = [[{"sha256": file.digest}] for file in dubbing.files]
    places: list[Json] = [
        [{"start": each.start, "first": each.first, "end": each.end, "tempo": str(each.tempo)}]
        for each in dubbing.placed
    ]
    facts = (("takes", takes), ("placement of lines", places))
    return facts, (("takes", lines), ("placement of lines", lines))
