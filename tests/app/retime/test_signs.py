"""Do words in the picture move with the film, and nothing else of the settings?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from babelreel.app.kept_versions import undo
from babelreel.app.retime.plan import plan_moves
from babelreel.app.retime.settings_file.signs import move_signs
from babelreel.app.retime.write_moves import write_moves
from babelreel.config.read import read_project
from babelreel.model.film.change.time_map import Stretch, TimeMap
from babelreel.model.timecode import Span
from support.tracks import srt

SETTINGS = """\
slug = "film"  # kept
[[sign]]
name = "court"   # over the door
from = "0:10"
to = "0:14.5"
[sign.text]
en = "from = 0:10"
[[chapter]]
start = "0:10"
title = { en = "Court" }
[[sign]]
to = "0:30"
from = '0:20'
name = "end"
text = { en = "The end" }
"""


def cut(start_ms: int, end_ms: int) -> TimeMap:
    """Give the map of a film of 40 s from which a scene was taken."""
    return TimeMap(
        stretches=(
            Stretch(old=Span(start_ms=0, end_ms=start_ms), new_start_ms=0),
            Stretch(old=Span(start_ms=end_ms, end_ms=40_000), new_start_ms=start_ms),
        )
    )


def test_both_times_move_and_every_other_byte_stays() -> None:
    found = move_signs(SETTINGS.encode(), TimeMap.shifted(2000))
    assert (found.moved, found.gone, found.fault) == (2, (), "")
    expected = SETTINGS
    for old, new in (
        ('from = "0:10"', 'from = "0:12"'),
        ('"0:14.5"', '"0:16.5"'),
        ("'0:20'", "'0:22'"),
        ('"0:30"', '"0:32"'),
    ):
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert found.data.decode() == expected
    assert move_signs(found.data, TimeMap.shifted(-2000)).data == SETTINGS.encode()


def test_a_sign_whose_scene_is_gone_goes_and_one_that_is_cut_keeps_what_is_left() -> None:
    found = move_signs(SETTINGS.encode(), cut(9000, 22_000))
    assert (found.moved, found.gone) == (1, ("court",))
    text = found.data.decode()
    assert "over the door" not in text
    assert "from = '0:09'" in text or "from = '0:9'" in text
    assert 'to = "0:17"' in text
    assert '[[chapter]]\nstart = "0:10"' in text


def test_a_time_before_the_film_and_an_unusual_file_are_told() -> None:
    assert "“court” would begin before the film" in move_signs(SETTINGS.encode(), TimeMap.shifted(-11_000)).fault
    unusual = b'sign = [{ name = "a", from = "0:10", to = "0:12", text = { en = "A" } }]\n'
    found = move_signs(unusual, TimeMap.shifted(1000))
    assert (found.data, found.moved) == (unusual, 0)
    assert "write each with lines [[sign]]" in found.fault


@pytest.mark.parametrize("with_chapter", [True, False])
def test_all_moves_at_once_and_undo_puts_all_back(tmp_path: Path, *, with_chapter: bool) -> None:
    settings = SETTINGS if with_chapter else SETTINGS.replace("[[chapter]]", "[[help]]").replace("start =", "number =")
    settings = settings if with_chapter else settings.replace('"0:10"\ntitle = { en', '"112"\nlabel = { en')
    (tmp_path / "subtitles").mkdir()
    (tmp_path / "subtitles" / "en.srt").write_text(srt((10_000, 12_000, "The court.")), "utf-8")
    (tmp_path / "babelreel.toml").write_text(settings, "utf-8")
    project = read_project(tmp_path)
    moves = plan_moves(project, TimeMap.stretched(Fraction(2)))
    assert (moves.plan.signs, moves.plan.chapters) == (2, int(with_chapter))
    assert "babelreel.toml" in write_moves(project, moves, "stretch")
    spans = [each.span for each in read_project(tmp_path).signs]
    assert spans == [Span(start_ms=20_000, end_ms=29_000), Span(start_ms=40_000, end_ms=60_000)]
    undo(project)
    assert (tmp_path / "babelreel.toml").read_text("utf-8") == settings
