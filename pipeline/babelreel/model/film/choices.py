"""What did the program choose to do with a film that others would do otherwise, in words for the volunteer?"""

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

#: What a stream is told by that is taken though others could have been.
_WHY = {
    Reason.ONLY: "the others go beside the film, by their flags",
    Reason.DEFAULT: "the film flags it as the one to begin with",
    Reason.LANGUAGE: "it is in the language of the film",
    Reason.SETTINGS: "babelreel.toml asks for it",
}


def tell_choices(film: MediaInfo) -> tuple[str, ...]:
    """Give a sentence for each thing that is done with this film and not with an ordinary one; mostly none."""
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
    if film.video and film.held_ms > 0:
        end = render_clock(film.video.start_ms + film.video.duration_ms)
        yield (
            f"the picture ends at {end} and the sound at {render_clock(film.duration_ms)}: "
            "the last picture is shown until then"
        )
    if film.audio and film.duration_ms - film.audio[0].end_ms > MOST_UNEVEN_MS:
        yield (
            f"the sound ends at {render_clock(film.audio[0].end_ms)} and the picture at "
            f"{render_clock(film.duration_ms)}: silence follows"
        )
    if film.heard:
        yield from _about_sound(film.heard)


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
