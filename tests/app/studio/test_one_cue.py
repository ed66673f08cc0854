"""Does a cue get other letters and times while every other byte of its file stays?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.app.studio.one_cue import Wanted, rewrite_cue, rewrite_cues, tidy_text
from babelreel.languages.find import find_language
from babelreel.model.timecode import Span
from babelreel.timedtext.read import read_track

FRENCH = find_language("fr")

SRT = """\
1
00:00:01,000 --> 00:00:02,000
{\\an8}<i>Tu as</i> des
droits.

2
00:00:03,000 --> 00:00:04,000
Apelle <b>le</b> 112

3
00:00:05,000 --> 00:00:06,000
Un tuteur.
"""
VTT = """\
WEBVTT

NOTE what is here stays

one
00:01.000 --> 00:02.000 line:0
<v Amina>Tu &amp; moi</v>

00:00:03.000 --> 00:00:04.000
Apelle <b>le</b> 112

00:05.000 --> 00:06.000
Un tuteur.
"""
ASS = """\
[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8}Tu as\\Ndes droits.
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Apelle {\\b1}le{\\b0} 112
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,Un tuteur.
"""
FILES = {"fr.srt": SRT, "fr.vtt": VTT, "fr.ass": ASS}
#: How each file ends, behind the second cue's text.
BEHIND = {name: text[text.index("112") + 3 :] for name, text in FILES.items()}
BEFORE = {name: text[: text.index("Apelle")] for name, text in FILES.items()}


def changed(data: bytes, name: str, text: str, span: Span | None = None, place: int = 1) -> bytes | None:
    track = read_track(data, language=FRENCH, path=name)
    wanted = Wanted(text=text, span=span or track.cues[place].span)
    done = rewrite_cue(data, track, place, wanted, FRENCH)
    return done.data if done else None


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_letter_that_is_put_in_is_all_that_changes_and_markup_beside_it_stays(name: str, line_end: str) -> None:
    data = FILES[name].replace("\n", line_end).encode()
    assert changed(data, name, "Appelle le 112") == data.replace(b"Apelle", b"Appelle")


@pytest.mark.parametrize("name", FILES)
def test_times_change_where_they_are_written(name: str) -> None:
    data = FILES[name].encode()
    wanted = changed(data, name, "Apelle le 112", Span(start_ms=3120, end_ms=4000))
    assert wanted == data.replace(b"03,000", b"03,120").replace(b"03.000", b"03.120").replace(b"03.00,", b"03.12,")


@pytest.mark.parametrize("name", FILES)
def test_a_line_may_get_another_break(name: str) -> None:
    data = FILES[name].encode()
    done = changed(data, name, "Appelle\nle 112")
    assert done is not None
    assert read_track(done, language=FRENCH, path=name).cues[1].lines == ("Appelle", "le 112")
    assert done.decode().endswith(BEHIND[name])


@pytest.mark.parametrize("name", FILES)
def test_many_cues_at_once_are_written_as_one_after_the_other(name: str) -> None:
    data = FILES[name].encode()
    track = read_track(data, language=FRENCH, path=name)
    # letters beside markup, other breaks, signs that would be markup; and a cue of which the file is silent stays
    texts = {0: track.cues[0].text.replace("u", "oui"), 1: "Appelle\nle 112", 2: "Un <i>& deux</i> --> {3}."}
    wanted = {place: Wanted(text=text, span=track.cues[place].span) for place, text in texts.items()}
    wanted[2] = Wanted(text=texts[2], span=Span(start_ms=5500, end_ms=6000))
    done = rewrite_cues(data, track, wanted, FRENCH)
    after, beside = data, track
    for place, each in wanted.items():
        one = rewrite_cue(after, beside, place, each, FRENCH)
        assert one is not None
        after, beside = one.data, one.track
    assert done is not None
    assert done.data == after
    assert [cue.text.replace("\u2060", "") for cue in done.track.cues] == list(texts.values())


def test_of_many_cues_one_that_cannot_be_written_keeps_the_file_as_it_is() -> None:
    data = SRT.encode()
    track = read_track(data, language=FRENCH, path="fr.srt")
    wanted = {place: Wanted(text=text, span=track.cues[place].span) for place, text in ((1, "Un."), (2, " "))}
    assert rewrite_cues(data, track, wanted, FRENCH) is None


def test_what_is_no_line_is_not_written() -> None:
    data = SRT.encode()
    assert changed(data, "fr.srt", " \n ") is None
    assert changed(data, "fr.srt", "Un.", Span(start_ms=4000, end_ms=4000)) is None
    assert changed(data, "fr.srt", "Un.", Span(start_ms=-1, end_ms=4000)) is None


def test_an_old_encoding_stays_as_long_as_it_has_all_letters() -> None:
    data = SRT.replace("Un tuteur.", "Là où tu étais, élève, dès l’été.").encode("cp1252")
    assert changed(data, "fr.srt", "Appelle le 112 dès l’été") == data.replace(
        b"Apelle <b>le</b> 112", "Appelle <b>le</b> 112 dès l’été".encode("cp1252")
    )
    done = changed(data, "fr.srt", "你好")
    assert done is not None
    assert "你好" in done.decode("utf-8")


def test_a_line_by_which_another_code_page_would_be_taken_makes_the_file_utf_8() -> None:
    language = find_language("bg")
    data = "1\n00:00:01,000 --> 00:00:02,000\nДа!\n".encode("windows-1251")
    track = read_track(data, language=language, path="bg.srt")
    done = rewrite_cue(data, track, 0, Wanted(text="№ 5", span=track.cues[0].span), language)
    assert done is not None
    assert done.data.decode("utf-8") == "1\n00:00:01,000 --> 00:00:02,000\n№ 5\n"


LINES = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), min_size=1, max_size=3)
MARKUP = st.sampled_from(
    ["<i>", "</i>", "&amp;", "{\\an8}", "-->", "\\N", "1", "00:00:01,000 --> 00:00:02,000", "WEBVTT"]
)
TEXTS = st.one_of(LINES.map("\n".join), st.lists(st.one_of(MARKUP, st.text(max_size=4)), max_size=6).map("".join))


@pytest.mark.parametrize("name", FILES)
@settings(deadline=None)
@given(text=TEXTS, start=st.integers(0, 5_000_000), length=st.integers(1, 100_000))
def test_whatever_is_wanted_all_other_cues_keep_their_bytes(name: str, text: str, start: int, length: int) -> None:
    data = FILES[name].encode()
    done = changed(data, name, text, Span(start_ms=start // 10 * 10, end_ms=start // 10 * 10 + length * 10))
    if done is None:
        return
    track = read_track(done, language=FRENCH, path=name)
    assert tidy_text(track.cues[1].text).replace("\u2060", "") == tidy_text(text).replace("\u2060", "")
    assert (track.cues[1].span.start_ms, track.cues[1].span.duration_ms) == (start // 10 * 10, length * 10)
    time = {"fr.srt": "00:00:03", "fr.vtt": "00:00:03", "fr.ass": "0:00:03"}[name]
    assert done.startswith(BEFORE[name][: BEFORE[name].index(time)].encode())
    assert done.endswith(BEHIND[name].encode())


def test_no_text_takes_long_to_write() -> None:
    long = SRT.replace("Un tuteur.", "<i>" + "ab" * 2000 + "</i>")
    track = read_track(long.encode(), language=FRENCH, path="fr.srt")
    wanted = Wanted(text="b" + "ab" * 1000 + "ba" * 999 + "!", span=track.cues[2].span)
    began = time.process_time()
    done = rewrite_cue(long.encode(), track, 2, wanted, FRENCH)
    assert time.process_time() - began < 5  # letter by letter it takes twenty seconds; like this, some thousandths
    assert done
    assert done.data.decode() == long.replace("ab" * 2000, wanted.text)
