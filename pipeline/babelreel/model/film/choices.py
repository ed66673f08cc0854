"""Tell the volunteer what the program chose to do with a film that others would do differently."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from babelreel.model.film.duration import MOST_UNEVEN_MS
from babelreel.model.film.media import MediaInfo
from babelreel.model.film.streams import Reason, StreamKind, tell_stream
from babelreel.model.film.treatment import tell_treatment
from babelreel.model.sound.film_sound import FilmSound
from babelreel.model.sound.mono import MonoMix
from babelreel.model.timecode import render_clock

#: What names a stream that is taken though others could have been.
_WHY = {
    Reason.ONLY: "the others go beside the film, by their flags",
    Reason.DEFAULT: "the film flags it as the one to begin with",
    Reason.LANGUAGE: "it is in the language of the film",
    Reason.SETTINGS: "babelreel.toml asks for it",
}


def tell_choices(film: MediaInfo) -> tuple[str, ...]:
    """Write a sentence for each thing that is done with this film and not with an ordinary one; mostly none."""
    return tuple(_choices(film))


def _choices(film: MediaInfo) -> Iterator[str]:
    yield from _chosen_streams(film)
    if film.video:
        yield from tell_treatment(film.video)
    if film.video and film.video.slow_rate:
        yield (
            f"the film has {_frames(film.video.slow_rate)} a second: each is repeated, to "
            f"{render_rate(film.video.rate)} a second, so that texts come and go in time"
        )
    yield from _uneven_beginning(film)
    yield from _uneven_end(film)
    if film.heard:
        yield from _about_sound(film.heard)


def _uneven_beginning(film: MediaInfo) -> Iterator[str]:
    if not film.video or not film.audio:
        return
    picture_ms, sound_ms = film.video.start_ms, film.audio[0].start_ms
    picture, sound = _moments(picture_ms, sound_ms)
    begin = f"the picture begins at {picture} and the sound at {sound}"
    if picture_ms - sound_ms > MOST_UNEVEN_MS:
        yield f"{begin}: the first picture is shown until then"
    if sound_ms - picture_ms > MOST_UNEVEN_MS:
        yield f"{begin}: there is silence until then"


def _uneven_end(film: MediaInfo) -> Iterator[str]:
    if film.video and film.held_ms > 0:
        picture, sound = _moments(film.video.start_ms + film.video.duration_ms, film.duration_ms)
        yield f"the picture ends at {picture} and the sound at {sound}: the last picture is shown until then"
    if film.audio and film.duration_ms - film.audio[0].end_ms > MOST_UNEVEN_MS:
        sound, picture = _moments(film.audio[0].end_ms, film.duration_ms)
        yield f"the sound ends at {sound} and the picture at {picture}: silence follows"


def _moments(*times_ms: int) -> tuple[str, ...]:
    """Write moments in whole seconds, or with tenths where they would be the same."""
    whole = tuple(map(render_clock, times_ms))
    if len(set(whole)) == len(whole):
        return whole
    return tuple(f"{clock}.{max(0, ms) % 1000 // 100}" for clock, ms in zip(whole, times_ms, strict=True))


def _about_sound(heard: FilmSound) -> Iterator[str]:
    if heard.loudest_dbfs is None:
        yield "the film's sound is silence from beginning to end"
    elif heard.is_faint:
        yield f"only noise is heard in the film (its loudest second has {heard.loudest_dbfs} dB): it is not raised"
    if heard.mono is not MonoMix.AVERAGE:
        files = "all files" if heard.is_mirrored else "files in mono"
        yield (
            "left and right of the film's sound cancel one another, and a phone would play silence: "
            f"{files} take the {heard.mono.value} channel alone"
        )
    if heard.lost_s:
        yield (
            f"in {heard.lost_s} s of the film left and right cancel one another, and are not heard in mono: "
            "see that nobody speaks there"
        )


def _chosen_streams(film: MediaInfo) -> Iterator[str]:
    for kind in (StreamKind.PICTURE, StreamKind.SOUND):
        streams = [each for each in film.streams if each.kind is kind]
        if any(each.why in {Reason.OTHER, Reason.ASIDE} for each in streams if not each.is_taken):
            taken = next(each for each in streams if each.is_taken)
            yield f"{tell_stream(taken)}: taken out of {len(streams)}, because {_WHY[taken.why]}"


def _frames(rate: Fraction) -> str:
    return f"{render_rate(rate)} frame{'' if rate == 1 else 's'}"


def render_rate(rate: Fraction) -> str:
    """Write a frame rate as people know it: 25, 23.976, 29.97."""
    return f"{float(rate):.3f}".rstrip("0").rstrip(".")
