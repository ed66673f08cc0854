from __future__ import annotations

from babelreel.model.film.duration import decide_duration_ms


def test_a_sound_that_goes_on_for_longer_than_encoders_leave_it_makes_the_film_longer() -> None:
    assert decide_duration_ms(picture_end_ms=4000, sound_end_ms=8000) == 8000
    assert decide_duration_ms(picture_end_ms=4000, sound_end_ms=4501) == 4501


def test_a_rest_of_sound_as_encoders_leave_it_changes_no_length() -> None:
    # one frame of AAC at 8 kHz, and half a second: a chunk of MP4
    assert [decide_duration_ms(picture_end_ms=4000, sound_end_ms=end) for end in (4128, 4500)] == [4000, 4000]


def test_a_film_without_sound_or_with_a_shorter_one_is_as_long_as_its_picture() -> None:
    assert [decide_duration_ms(picture_end_ms=4000, sound_end_ms=end) for end in (None, 10, 4000)] == [4000] * 3
