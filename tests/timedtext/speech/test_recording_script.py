"""Does a script name every line with its room, its source and its take, whatever is wrong with the track?"""

from __future__ import annotations

from babelreel.languages.find import find_language
from babelreel.model.sound.dubbing import decide_dubbing
from babelreel.model.sound.recorded_text import RecordedText
from babelreel.model.sound.recording_script import Fit, Recorded, RecordingScript
from babelreel.model.sound.recordings import Dub, SoundInfo, Take
from babelreel.model.track import Track
from babelreel.timedtext.read import read_track
from babelreel.timedtext.speech.recording_script import Production, make_script

EN = """\
1
00:00:01,000 --> 00:00:03,000
You have rights.

2
00:00:03,100 --> 00:00:05,000
The law
protects you.

3
00:00:08,000 --> 00:00:09,000
Call 112.
"""


def track(text: str, tag: str) -> Track:
    return read_track(text.encode(), language=find_language(tag), path=f"subtitles/{tag}.srt")


def script(text: str, tag: str = "fr", *, reference: str | None = EN, film_ms: int | None = 20_000) -> RecordingScript:
    production = Production(
        title="Film",
        source=find_language("en"),
        reference=None if reference is None else track(reference, "en"),
        film_ms=film_ms,
        stems="video/stems",
    )
    return make_script(track(text, tag), find_language(tag), production)


def test_the_room_goes_up_to_the_next_line_less_a_breath_and_then_to_the_end_of_the_film() -> None:
    rooms = [line.room_ms for line in script(EN, "en").lines]
    # 3.1 - 1 - 0.05; 8 - 3.1 - 0.05; 20 - 8
    assert rooms == [2050, 4850, 12_000]


def test_without_a_film_the_last_line_has_its_own_time() -> None:
    assert script(EN, "en", film_ms=None).lines[-1].room_ms == 1000


def test_a_film_that_ends_sooner_bounds_every_room() -> None:
    assert [line.room_ms for line in script(EN, "en", film_ms=4000).lines] == [2050, 900, 0]


def test_takes_are_named_by_the_number_of_the_cue_so_that_they_sort() -> None:
    takes = [line.take for line in script(EN, "en").lines]
    assert takes == ["video/stems/en/01.wav", "video/stems/en/02.wav", "video/stems/en/03.wav"]
    many = script(EN.replace("3\n00:00:08", "1200\n00:00:08"), "en").lines
    assert [line.take for line in many][::2] == ["video/stems/en/0001.wav", "video/stems/en/1200.wav"]


def test_each_line_stands_beside_what_the_film_says_there() -> None:
    french = """\
1
00:00:01,000 --> 00:00:05,000
Tu as des droits, et la loi te protège.

2
00:00:06,000 --> 00:00:07,000
Écoute !

3
00:00:08,200 --> 00:00:09,500
Appelle le 112.
"""
    sources = [line.source_text for line in script(french).lines]
    # one cue for two; one where nothing is said; one that begins later
    assert sources == ["You have rights.\nThe law\nprotects you.", "", "Call 112."]


def test_a_cue_that_only_touches_is_not_taken_beside_the_one_that_is_meant() -> None:
    french = "1\n00:00:02,900 --> 00:00:05,000\nLa loi te protège.\n"
    assert script(french).lines[0].source_text == "The law\nprotects you."


def test_the_nearest_is_taken_where_nothing_covers_half() -> None:
    french = "1\n00:00:04,600 --> 00:00:08,300\nUne ligne entre deux.\n"
    # 400 ms with the second cue, of 1900 and 3700; 300 with the third, of 1000
    assert script(french).lines[0].source_text == "The law\nprotects you."


def test_the_reference_itself_has_no_source_and_a_missing_one_leaves_it_empty() -> None:
    assert {line.source_text for line in script(EN, "en").lines} == {""}
    assert {line.source_text for line in script(EN, "fr", reference=None).lines} == {""}


def test_lines_are_in_the_order_of_time_and_overlaps_take_room_away() -> None:
    mixed = """\
2
00:00:03,000 --> 00:00:04,000
Deux.

1
00:00:01,000 --> 00:00:09,000
Un.

3
00:00:03,000 --> 00:00:05,000
Trois.
"""
    lines = script(mixed).lines
    assert [(line.number, line.room_ms) for line in lines] == [(1, 1950), (2, 0), (3, 17_000)]
    assert lines[1].fit is Fit.TOO_LONG  # two lines begin at once


def test_a_cue_without_a_word_is_no_line_and_takes_no_room() -> None:
    silent = EN.replace("The law\nprotects you.\n", "\n")
    result = script(silent, "en")
    assert [(line.number, line.room_ms) for line in result.lines] == [(1, 6950), (3, 12_000)]
    assert result.silent == (2,)


def test_a_line_of_music_is_not_recorded_and_nobody_speaks_over_it() -> None:
    result = script(EN.replace("The law\nprotects you.", "♪ …"), "en")
    assert [(line.number, line.room_ms) for line in result.lines] == [(1, 2050), (3, 12_000)]
    assert result.silent == (2,)


def test_a_number_that_two_cues_bear_is_told() -> None:
    assert script(EN.replace("3\n00:00:08", "2\n00:00:08"), "en").repeated == (2,)


def test_an_empty_track_gives_an_empty_script() -> None:
    assert script("").lines == ()


def test_a_line_fits_is_tight_or_too_long_by_its_estimate() -> None:
    # tu as le droit d'al-ler à l'é-cole: 9 syllables at 7.18 * 0.9 a second are 1393 ms; six fifths of 1161 ms are that
    def fit(next_ms: int) -> Fit:
        text = f"1\n00:00:00,000 --> 00:00:01,000\nTu as le droit d’aller à l’école.\n\n2\n00:00:0{next_ms // 1000},"
        return script(f"{text}{next_ms % 1000:03d} --> 00:00:09,000\nOui.\n").lines[0].fit

    assert (fit(1443), fit(1442)) == (Fit.FITS, Fit.TIGHT)
    assert (fit(1211), fit(1210)) == (Fit.TIGHT, Fit.TOO_LONG)


def test_a_track_of_many_hours_is_done_at_once() -> None:
    def stamp(second: int) -> str:
        return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"

    text = "".join(f"{n}\n{stamp(n)},000 --> {stamp(n)},900\nUn mot.\n\n" for n in range(1, 5_001))
    assert len(script(text, reference=text).lines) == 5_000


def test_what_was_recorded_is_not_asked_for_again_and_no_new_take_replaces_another() -> None:
    # 01 was recorded for what is line 2 now, 03 for another text of line 3; line 1 was put in since
    texts = {1: ("The law\nprotects you.", 1000), 3: ("Call 113.", 8000)}
    takes = tuple(
        Take(
            line=line,
            sound=SoundInfo(path=f"video/stems/en/0{line}.m4a", samples=48_000, end=48_000),
            recorded=RecordedText(text=text, start_ms=start_ms),
        )
        for line, (text, start_ms) in texts.items()
    )
    english, production = (
        find_language("en"),
        Production(title="Film", source=find_language("en"), reference=None, film_ms=20_000, stems="video/stems"),
    )
    dub = Dub(language="en", path="video/stems/en", takes=takes)
    dubbing = decide_dubbing(dub, track(EN, "en"), film_ms=20_000, profile=english.limits)
    lines = make_script(track(EN, "en"), english, production, dubbing).lines
    assert [(line.number, line.recorded, line.take) for line in lines] == [
        (1, Recorded.NOTHING, "video/stems/en/01-2.wav"),
        (2, Recorded.DONE, "video/stems/en/01.m4a"),
        (3, Recorded.OTHER_TEXT, "video/stems/en/03.wav"),
    ]
