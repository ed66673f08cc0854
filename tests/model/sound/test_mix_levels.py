from __future__ import annotations

from decimal import Decimal

from babelreel.languages.find import find_language
from babelreel.model.sound.dubbing import Dubbing, decide_dubbing
from babelreel.model.sound.mix_levels import LineLevel, MixLevels, levels_of_lines
from babelreel.model.sound.recordings import Dub, SoundInfo, Take
from support.dubs import take, track

TEXT = track((7, 1000, 2000), (8, 3000, 4000), (9, 8000, 9000))


def dubbed(*takes: Take, whole: SoundInfo | None = None) -> Dubbing:
    dub = Dub(language="fr", path="fr", takes=takes, whole=whole)
    return decide_dubbing(dub, TEXT, film_ms=10_000, profile=find_language("fr").limits)


def measured(*lines: tuple[int, int, str, str | None]) -> MixLevels:
    return MixLevels(
        bed_gain_db=Decimal(0),
        lines=tuple(
            LineLevel(
                start=48 * start,
                end=48 * end,
                voice_lufs=Decimal(voice),
                bed_lufs=None if bed is None else Decimal(bed),
            )
            for start, end, voice, bed in lines
        ),
    )


def test_each_take_has_what_was_measured_of_it_under_the_number_of_its_line() -> None:
    found = levels_of_lines(
        "fr", dubbed(take(7), take(9)), measured((1000, 2000, "-20.1", "-34.0"), (8000, 9000, "-20.0", None))
    )
    assert [(each.line, each.above_db) for each in found.lines] == [(7, Decimal("13.9")), (9, None)]


def test_a_line_of_a_long_recording_is_as_clear_as_its_worst_passage() -> None:
    whole = SoundInfo(path="fr.wav", samples=480_000, end=480_000)
    passages = measured((900, 1500, "-20.0", "-34.0"), (1700, 3500, "-20.0", "-27.0"))
    found = levels_of_lines("fr", dubbed(whole=whole), passages)
    assert [(each.line, each.above_db) for each in found.lines] == [(7, Decimal("7.0")), (8, Decimal("7.0"))]
    assert [each.line for each in found.drowned(10)] == [7, 8]
    assert found.drowned(7) == ()
