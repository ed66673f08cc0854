from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from babelreel.model.timecode import Span
from babelreel.model.track import Cue
from babelreel.rules.base.track_sync import find_misfit
from support.subjects import make_known_film, make_subject
from support.tracks import track


def spans(random: Random, count: int, pauses_ms: tuple[int, ...]) -> list[tuple[int, int]]:
    """Make up stretches of some seconds, one after the other."""
    found, time_ms = [], random.randint(0, 3000)
    for _ in range(count):
        length_ms = random.randint(700, 4000)
        found.append((time_ms, time_ms + length_ms))
        time_ms += length_ms + random.choice(pauses_ms)
    return found


@pytest.mark.parametrize("count", [14, 23, 60, 200])
def test_nothing_is_claimed_of_a_track_that_has_nothing_to_do_with_the_film(count: int) -> None:
    for seed in range(40):
        random = Random(f"{count} {seed}")  # noqa: S311 - the same ones each time
        other = track(*spans(random, count, (80, 80, 80, 600, 1500)))
        speech = spans(random, int(count * 1.4), (300, 400, 600, 1200))
        film = make_known_film(speech[-1][1], speech=tuple(speech))
        assert find_misfit(replace(make_subject(""), track=other, film=film)) is None


@pytest.mark.parametrize("offset_ms", [-20_000, -900, 900, 20_000])
def test_a_shift_is_found_though_one_cue_in_five_starts_where_no_voice_does(offset_ms: int) -> None:
    random = Random(offset_ms)  # noqa: S311 - as above
    speech = spans(random, 150, (300, 600, 1200))
    film = make_known_film(speech[-1][1], speech=tuple(speech))
    shown = [
        (start + offset_ms + random.randint(-150, 150) + (1500 if random.random() < 0.2 else 0), end + offset_ms)
        for start, end in speech
        if start + offset_ms > 0
    ]
    misfit = find_misfit(replace(make_subject(""), track=track(*shown), film=film))
    assert misfit is not None
    assert not misfit.is_drift
    assert abs(misfit.offset_ms + offset_ms) <= 100  # as people say it: 1 s for 900 ms, which nobody sees


def test_marks_tell_what_is_not_spoken() -> None:
    def cue(text: str) -> Cue:
        return Cue(number=1, span=Span(start_ms=0, end_ms=1000), lines=tuple(text.split("\n")))

    assert [text for text in ("[music]", "♪ la", "POLICE", "(a door)", "【音乐】") if cue(text).is_spoken] == []
    assert all(cue(text).is_spoken for text in ("Police!", "112", "[a] b", "你有权利", "لديك حقوق", "- Yes.\n- No."))
