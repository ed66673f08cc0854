from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.cells import cell_len

from babelreel.languages.find import find_language
from babelreel.model.language import Language
from babelreel.model.sound.dubbing import Dubbing, decide_dubbing
from babelreel.model.sound.recordings import Dub, SoundInfo, Take
from babelreel.model.track import Track
from babelreel.report.console.voices.takes import render_takes, render_takes_json
from support.dubs import take, track

LINES = track(
    (1, 1000, 2000, "Tu as des droits."),
    (2, 2050, 4000, "Appelle le 112."),
    (3, 8000, 9000, "C'est gratuit, et tu n'as pas besoin de donner ton nom."),
    (4, 12_000, 20_000, "Fin."),
)


def table(
    *takes: Take, tag: str = "fr", lines: Track = LINES, whole: SoundInfo | None = None
) -> tuple[Language, Dubbing]:
    dub = Dub(language=tag, path=f"video/stems/{tag}", takes=takes, whole=whole)
    return find_language(tag), decide_dubbing(dub, lines, film_ms=20_000, profile=find_language(tag).limits)


def not_used(made: tuple[Language, Dubbing]) -> list[tuple[str, str]]:
    (told,) = json.loads(render_takes_json([made]))["languages"]
    return [(each["path"], each["reason"]) for each in told["unused"]]


def quiet_take(line: int, *, end: int) -> Take:
    """Give a take of -32.5 LUFS; -20 is what all are brought to."""
    made = take(line, end=end)
    return replace(made, sound=replace(made.sound, speech_lufs=Decimal("-32.5")))


FRENCH = table(
    quiet_take(1, end=78_000), take(2, end=4_800), take(4, end=96_000), take(9), take(2, path="video/stems/fr/x.wav")
)


def test_the_table_shows_overruns_on_top_and_then_the_lines_in_time() -> None:
    # 1: 1.625 s have 1.000, are 1.250 at 1.3, and 0.25 over. 2 has up to 7.95 s, and leaves 1.85 of its own 1.95 s; 4
    # leaves 6 s of its line
    isolated = {ord("\u2068"): None, ord("\u2069"): None}
    lines = render_takes([FRENCH]).translate(isolated).splitlines()
    assert lines == [
        "fr (Français): 4 lines, 1 take too long, 1 line without a take, 2 not used",
        " line    starts  room s  spoken   speed       fit s     dB  take      text",
        "   !1    0:01.0    1.00    1.63   1.300   0.25 over  +12.5  1.wav     Tu as des…",
        "    2    0:02.0    5.90    0.10       1  1.85 short   +0.0  2.wav     Appelle l…",
        "    3    0:08.0    1.00       -                             no take   C'est gra…",
        "    4    0:12.0    8.00    2.00       1  6.00 short   +0.0  4.wav     Fin.",
        "  not used: video/stems/fr/9.wav: there is no line 9",
        "  not used: video/stems/fr/x.wav: line 2 has another take",
    ]


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_no_line_of_any_script_is_wider_than_the_terminal(columns: int) -> None:
    name = "video/stems/zh-Hans/1-第一次录音_这是一个很长的文件名.wav"
    texts = (
        "你有权利，请打电话，这是免费的，不需要名字。",
        "لديك حقوق. اتصل بالرقم 112 مجانا في أي وقت",
        "a" * 300,
        "\x1b[2J\u202e" * 9,
    )
    lines = track(*[(number, number * 1000, number * 1000 + 900, text) for number, text in enumerate(texts, start=1)])
    made = table(take(1, path=name), take(123_456_789), tag="zh-Hans", lines=lines)
    printed = render_takes([made], columns).splitlines()
    assert len(printed) > len(texts)
    assert [line for line in printed if cell_len(line) > columns] == []


def test_a_take_that_is_there_and_cannot_be_heard_is_not_called_missing() -> None:
    broken = table(take(1), take(2, fault="it is empty: the file has 0 bytes"), take(4, end=96_000))
    summary, _, *rows = render_takes([broken]).splitlines()
    assert summary.endswith("4 lines, 1 line without a take, 1 take cannot be used, 1 not used")
    shown = [next((each for each in ("no take", "unusable") if each in row), "") for row in rows[:4]]
    assert shown == ["", "unusable", "no take", ""]


def test_text_from_right_to_left_does_not_move_the_columns() -> None:
    lines = track((1, 0, 1000, "لديك حقوق."))
    (row,) = [line for line in render_takes([table(take(1), tag="ar", lines=lines)]).splitlines() if "1.wav" in line]
    assert row.endswith("\u2068لديك حقوق.\u2069")


def test_nothing_in_a_name_or_a_text_steers_the_terminal() -> None:
    lines = track((1, 0, 1000, "a\x1b[31mb\u202ec"))
    made = table(take(1, path="video/stems/fr/1\x1b[2J.wav"), take(7, fault="x\x07", path="7\n.wav"), lines=lines)
    assert not {"\x1b", "\x07", "\u202e"} & set(render_takes([made]))


def test_a_recording_of_the_whole_film_has_no_lines() -> None:
    whole = SoundInfo(path="video/stems/fr.flac", samples=48_000, end=48_000)
    assert len(render_takes([table(whole=whole)]).splitlines()) == 1


@pytest.mark.parametrize(
    ("whole", "takes", "why"),
    [
        (SoundInfo(path="fr.wav", fault="it is empty"), (), "it is empty"),
        (SoundInfo(path="fr.wav", samples=48_000, end=48_000, is_guide=True), (), "it is a guide track"),
        (SoundInfo(path="fr.wav", samples=48_000), (), "there is nothing to hear in it"),
        (SoundInfo(path="fr.wav", samples=48_000, end=48_000), (take(1),), "there are takes of single lines beside it"),
    ],
)
def test_a_recording_of_the_whole_film_that_is_not_used_is_told(
    whole: SoundInfo, takes: tuple[Take, ...], why: str
) -> None:
    made = table(*takes, whole=whole)
    assert not_used(made) == [("fr.wav", why)]
    assert f"  not used: fr.wav: {why}" in render_takes([made]).splitlines()


def test_what_is_not_used_is_told_with_its_reason() -> None:
    silent = replace(take(1).sound, first=7, end=7)
    made = table(Take(line=1, sound=silent), take(2, fault="it is empty: the file has 0 bytes"))
    assert [why for _, why in not_used(made)] == ["there is nothing to hear in it", "it is empty: the file has 0 bytes"]


def test_the_json_has_all_that_the_table_has() -> None:
    (french,) = json.loads(render_takes_json([FRENCH]))["languages"]
    assert french["language"] == "fr"
    assert french["lines"][0] == {
        "line": 1,
        "start_ms": 1000,
        "available_ms": 1000,
        "recorded_ms": 1625,
        "tempo": "1.300",
        "overrun_ms": 250,
        "dead_air_ms": 0,
        "gain_db": 12.5,
        "path": "video/stems/fr/1.wav",
        "text": "Tu as des droits.",
        "recorded_text": None,
        "text_changed": False,
    }
    assert [line["overrun_ms"] for line in french["lines"]] == [250, 0, None, 0]
    assert french["unused"][0] == {"path": "video/stems/fr/9.wav", "reason": "there is no line 9"}


def test_a_line_of_music_needs_no_take_and_is_not_counted_as_one_without() -> None:
    lines = track((1, 1000, 2000, "Tu as des droits."), (2, 3000, 4000, "♪ la la ♪"), (3, 5000, 6000, "Fin."))
    summary, _, *rows = render_takes([table(take(1), lines=lines)]).splitlines()
    assert summary.endswith("3 lines, 1 line without a take")
    assert ["no need" in row for row in rows] == [False, True, False]
    assert ["no take" in row for row in rows] == [False, False, True]


def test_a_whole_recording_beside_a_silent_take_is_told_as_the_one_that_is_heard() -> None:
    whole = SoundInfo(path="video/stems/fr.flac", samples=48_000, end=48_000)
    made = table(take(1, first=48_000, end=48_000), whole=whole)
    assert [line.translate({0x2068: None, 0x2069: None}) for line in render_takes([made]).splitlines()] == [
        "fr (Français): one recording of the whole film, video/stems/fr.flac, 1 not used",
        "  not used: video/stems/fr/1.wav: there is nothing to hear in it",
    ]
