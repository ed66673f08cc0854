"""Effects of ASS count from the beginning of their line, and last as much longer as the film does."""

from __future__ import annotations

from fractions import Fraction

import pytest

from babelreel.model.film.change.time_map import TimeMap
from support import timed_files

SLOWER = Fraction(25, 24)
HEAD = (
    "[Script Info]\r\nScriptType: v4.00+\r\n\r\n[Events]\r\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n"
)


def moved(content: str, time_map: TimeMap) -> str:
    return timed_files.moved(content.encode(), "ass", time_map).data.decode()


def script(text: str, times: str = "0:00:24.00,0:00:48.00", kind: str = "Dialogue") -> str:
    return f"{HEAD}{kind}: 0,{times},Default,,0,0,0,,{text}\r\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # 12.5 hundredths each, rounded where each is sung: 12.5, 25, 37.5
        (r"{\k12}La {\k12}la {\k12}la", r"{\k12}La {\k13}la {\k12}la"),
        (r"{\kf240}La {\ko480\b1}la {\K24}li", r"{\kf250}La {\ko500\b1}la {\K25}li"),
        (r"{\kt96\k048}La", r"{\kt100\k050}La"),
        (r"{\t(240,480,\fs30)}La", r"{\t(250,500,\fs30)}La"),
        (r"{\t( 240 , 480 ,1.5,\c&H0024FF&)}La", r"{\t( 250 , 500 ,1.5,\c&H0024FF&)}La"),
        (r"{\move(24,48,96,120,240,480)}La", r"{\move(24,48,96,120,250,500)}La"),
        (r"{\fad(240,480)}La", r"{\fad(250,500)}La"),
        (r"{\fade(255,24,0,0,240,480,960)}La", r"{\fade(255,24,0,0,250,500,1000)}La"),
        # no times: an acceleration, a place, a size, what is said
        (r"{\t(\fs24)\t(2.4,\fs24)\move(24,48,96,120)\pos(24,48)\fs24\clip(24,48,96,120)}24 \k24", None),
        ("La la (24,48)", None),
    ],
)
def test_effects_last_longer_with_the_film_and_come_back(before: str, after: str | None) -> None:
    content = script(before)
    there = script(after or before, "0:00:25.00,0:00:50.00")
    assert moved(content, TimeMap.stretched(SLOWER)) == there
    assert moved(there, TimeMap.stretched(1 / SLOWER)) == content


def test_a_line_that_only_moves_keeps_them_and_a_comment_that_others_are_made_of_has_them_too() -> None:
    assert moved(script(r"{\k24}La"), TimeMap.shifted(1000)) == script(r"{\k24}La", "0:00:25.00,0:00:49.00")
    comment = moved(script("La") + script(r"{\k24}La", kind="Comment")[len(HEAD) :], TimeMap.stretched(SLOWER))
    assert r"{\k25}La" in comment
