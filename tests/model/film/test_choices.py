"""Is what is done with a film whose picture and sound do not go together told, with the moments?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from babelreel.model.film.choices import tell_choices
from babelreel.model.film.duration import decide_duration_ms
from babelreel.model.film.media import AudioStream, MediaInfo
from support.subjects import make_known_film


def film_of(*, picture_ms: tuple[int, int], sound_ms: tuple[int, int]) -> MediaInfo:
    """Give a film by where its picture and its sound begin and end."""
    film = make_known_film()
    assert film.video
    length_ms = decide_duration_ms(picture_end_ms=picture_ms[1], sound_end_ms=sound_ms[1])
    video = replace(film.video, start_ms=picture_ms[0], duration_ms=picture_ms[1] - picture_ms[0])
    sound = AudioStream(
        codec="aac",
        profile="LC",
        channels=1,
        sample_rate_hz=48_000,
        start_ms=sound_ms[0],
        duration_ms=sound_ms[1] - sound_ms[0],
    )
    return replace(film, video=video, audio=(sound,), duration_ms=length_ms)


@pytest.mark.parametrize(
    ("picture_ms", "sound_ms", "told"),
    [
        # a run-in of AAC, and a sound that stops with its last packet: as in most films
        ((0, 60_000), (-21, 60_400), ()),
        (
            (0, 4_000),
            (0, 8_000),
            ("the picture ends at 0:04 and the sound at 0:08: the last picture is shown until then",),
        ),
        # within one second of the clock
        (
            (0, 4_000),
            (0, 4_600),
            ("the picture ends at 0:04.0 and the sound at 0:04.6: the last picture is shown until then",),
        ),
        ((0, 4_000), (0, 3_400), ("the sound ends at 0:03 and the picture at 0:04: silence follows",)),
        # a recording of the air that begins between two key frames
        (
            (1_800, 60_000),
            (-5, 60_000),
            ("the picture begins at 0:01 and the sound at 0:00: the first picture is shown until then",),
        ),
        (
            (0, 60_000),
            (700, 60_000),
            ("the picture begins at 0:00.0 and the sound at 0:00.7: there is silence until then",),
        ),
    ],
    ids=["together", "sound goes on", "hardly", "sound ends first", "picture begins late", "sound begins late"],
)
def test_a_picture_and_a_sound_that_do_not_begin_or_end_together_are_told(
    picture_ms: tuple[int, int], sound_ms: tuple[int, int], told: tuple[str, ...]
) -> None:
    assert tell_choices(film_of(picture_ms=picture_ms, sound_ms=sound_ms)) == told
