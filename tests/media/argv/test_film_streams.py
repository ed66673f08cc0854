from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from babelreel.media.argv.film_streams import picture_of, sound_of
from babelreel.media.argv.sounds import bed_argv, film_sound_argv
from babelreel.model.film.media import AudioStream, MediaInfo
from babelreel.model.film.streams import FileStream, Reason, StreamKind

SOUND = AudioStream(codec="aac", profile="LC", channels=2, sample_rate_hz=48_000, start_ms=0, duration_ms=2000)
FILM = MediaInfo(digest="", bytes=1, container="mp4", duration_ms=2000, video=None, audio=(SOUND,))


def film_of(*kinds: StreamKind, taken: tuple[int, ...], covers: tuple[int, ...] = ()) -> MediaInfo:
    """Give a film of streams in the order of its file, of which some are taken."""
    streams = [
        FileStream(
            index=place,
            kind=kind,
            number=1,
            codec="x",
            language="",
            title="",
            flags=("attached_pic",) if place in covers else (),
            packets=9,
            is_taken=place in taken,
            why=Reason.ONLY,
        )
        for place, kind in enumerate(kinds)
    ]
    return replace(FILM, streams=tuple(streams))


PICTURE, HEARD, DATA = StreamKind.PICTURE, StreamKind.SOUND, StreamKind.DATA


def test_what_nearly_every_film_has_is_told_by_its_kind_as_ever() -> None:
    for film in (
        FILM,  # described before all streams were listed
        film_of(PICTURE, HEARD, taken=(0, 1)),
        film_of(DATA, HEARD, PICTURE, HEARD, taken=(1, 2)),
        film_of(PICTURE, PICTURE, HEARD, taken=(1, 2), covers=(0,)),
    ):
        assert (picture_of(film), sound_of(film)) == ("0:V:0", "0:a:0")


def test_another_one_is_told_by_its_place_in_the_file() -> None:
    film = film_of(PICTURE, PICTURE, HEARD, HEARD, taken=(1, 3))
    assert (picture_of(film), sound_of(film)) == ("0:1", "0:3")


def test_a_mix_lies_over_the_sound_that_is_published() -> None:
    film = film_of(PICTURE, HEARD, HEARD, taken=(0, 2))
    published = film_sound_argv(film, input_name="film", output_name="out", channels=2, duration_ms=2000)
    bed = bed_argv(film, input_name="film", output_name="out", duration_ms=2000)
    for argv in (published, bed):
        (graph,) = (value for name, value in pairwise(argv) if name == "-filter_complex")
        assert graph.startswith("[0:2]")
