"""Do sidecars hold every cue and letter, in forms that our readers and others give back?"""

from __future__ import annotations

from datetime import timedelta

import pysubs2
import srt
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import builtin_languages, find_language
from babelreel.model.language import Language
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue, Format, Track
from babelreel.model.visible_text import visible_track
from babelreel.timedtext.formats.sidecar import render_subrip, render_webvtt
from babelreel.timedtext.formats.subrip import read_subrip
from babelreel.timedtext.formats.webvtt import read_webvtt

BY_TAG = {language.tag: language for language in builtin_languages()}
LETTERS = {
    "fr": "abéÉœ",
    "fa": "سلام\u200cی",
    "ps": "سلام\u200cېږ",
    "zh-Hans": "你好，。",
    "vi": "ềẩđ",
    "bg": "ъжѝ",
}
LANGUAGES = st.sampled_from([BY_TAG[tag] for tag in LETTERS])


def read_srt(text: str) -> Track:
    return read_subrip(text, language="fr", path="subtitles/fr.srt")


def read_vtt(text: str) -> Track:
    return read_webvtt(text, language="fr", path="subtitles/fr.vtt")


def a_track(*cues: Cue) -> Track:
    return Track(language="fr", path="fr.srt", format=Format.SRT, cues=cues)


def a_cue(start_ms: int, *lines: str, align: Align = Align.BOTTOM, italic: tuple[bool, ...] = ()) -> Cue:
    return Cue(number=40, span=Span(start_ms=start_ms, end_ms=start_ms + 1000), lines=lines, align=align, italic=italic)


@st.composite
def tracks(draw: st.DrawFn, letters: str, end_ms: int = 400_000_000) -> Track:
    """Draw a track; some of its cues run backwards, overlap, or have no duration."""
    line = st.text(st.sampled_from(letters + " .,!?'->0123456789<>{}\\&;/:i"), min_size=1, max_size=30)
    cues: list[Cue] = []
    for _ in range(draw(st.integers(0, 6))):
        lines = tuple(draw(st.lists(line.filter(str.strip), min_size=1, max_size=3)))
        start_ms = draw(st.integers(0, end_ms))
        span = Span(start_ms=start_ms, end_ms=max(0, start_ms + draw(st.integers(-2_000, 9_000))))
        italic = tuple(draw(st.booleans()) for _ in lines)
        cues.append(Cue(number=1, span=span, lines=lines, italic=italic, align=draw(st.sampled_from(list(Align)))))
    return a_track(*sorted(cues, key=lambda cue: cue.span))


def content(track: Track) -> list[tuple[Span, str, tuple[bool, ...], Align]]:
    """Give what a track says, without the invisible characters that a writer adds."""
    invisible = dict.fromkeys(map(ord, "\u2060\u2066\u2067\u2069"))
    return [(cue.span, cue.text.translate(invisible), cue.italic, cue.align) for cue in track.cues]


# --- SubRip -----------------------------------------------------------------------------------------------------------


def test_a_subrip_file_is_sorted_numbered_and_marked() -> None:
    track = a_track(
        a_cue(3000, "Deux", "", "lignes", italic=(True, False, False)),
        a_cue(1000, "Un", align=Align.TOP),
        a_cue(2000, " "),
    )
    assert render_subrip(track, BY_TAG["fr"]) == (
        "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Un\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>Deux</i>\nlignes\n\n"
    )


def test_right_to_left_lines_and_their_spaced_numbers_are_isolated_once() -> None:
    once = "1\n00:00:01,000 --> 00:00:02,000\n\u2067اتصل بالرقم \u2066116 000\u2069.\u2069\n\n"
    track = a_track(a_cue(1000, "اتصل بالرقم 116 000."))
    assert render_subrip(track, BY_TAG["ar"]) == once
    assert render_subrip(read_srt(once), BY_TAG["ar"]) == once


def test_text_that_looks_like_markup_or_times_stays_text() -> None:
    lines = ("<i>", "{\\an8}", "00:00:05,000 --> 00:00:06,000", "5:00 -> 6:00")
    (cue,) = read_srt(render_subrip(a_track(a_cue(1000, *lines)), BY_TAG["fr"])).cues
    assert tuple(line.replace("\u2060", "") for line in cue.lines) == lines
    assert cue.align is Align.BOTTOM


def test_a_cue_that_runs_backwards_is_written_as_it_is() -> None:
    backwards = Cue(number=1, span=Span(start_ms=2000, end_ms=1000), lines=("Un",))
    assert render_subrip(a_track(backwards), BY_TAG["fr"]) == "1\n00:00:02,000 --> 00:00:01,000\nUn\n\n"


@settings(deadline=None, max_examples=60)
@given(data=st.data(), language=LANGUAGES)
def test_subrip_is_read_back_as_it_was_written(data: st.DataObject, language: Language) -> None:
    track = data.draw(tracks(LETTERS[language.tag]))
    again = read_srt(render_subrip(track, language))
    assert content(again) == content(track)
    assert [cue.number for cue in again.cues] == list(range(1, len(track.cues) + 1))
    assert again.faults == ()


@settings(deadline=None, max_examples=60)
@given(data=st.data(), language=LANGUAGES)
def test_other_programs_read_the_same_cues_from_our_subrip(data: st.DataObject, language: Language) -> None:
    hours_of_two_digits = tracks(LETTERS[language.tag], 99 * 3_600_000)  # pysubs2 reads no more
    written = render_subrip(data.draw(hours_of_two_digits), language)
    ours = [(cue.span.start_ms, cue.span.end_ms) for cue in read_srt(written).cues]
    assert [(in_ms(each.start), in_ms(each.end)) for each in srt.parse(written)] == ours
    assert [(each.start, each.end) for each in pysubs2.SSAFile.from_string(written, format_="srt")] == ours


def in_ms(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)


# --- WebVTT -----------------------------------------------------------------------------------------------------------


def test_a_webvtt_file_is_sorted_numbered_escaped_and_placed() -> None:
    track = a_track(
        a_cue(3000, "<Two> & --> ", "", "lines", italic=(True,)),
        a_cue(1000, "One", align=Align.TOP_RIGHT),
        a_cue(2000),
        a_cue(-500, "Zero"),
    )
    assert render_webvtt(track, BY_TAG["fr"]) == (
        "WEBVTT\n"
        "\n1\n00:00:00.000 --> 00:00:00.500\nZero\n"
        "\n2\n00:00:01.000 --> 00:00:02.000 line:0 align:right\nOne\n"
        "\n3\n00:00:03.000 --> 00:00:04.000\n<i>&lt;Two&gt; &amp; --&gt; </i>\nlines\n"
    )


def test_right_to_left_lines_and_their_spaced_numbers_are_isolated_inside_italics() -> None:
    track = a_track(a_cue(1000, "با 116 000 تماس بگیر.", italic=(True,)))
    assert render_webvtt(track, BY_TAG["fa"]).splitlines()[-1] == (
        "<i>\u2067با \u2066116 000\u2069 تماس بگیر.\u2069</i>"
    )


@settings(deadline=None, max_examples=60)
@given(data=st.data(), language=LANGUAGES)
def test_webvtt_is_read_back_as_it_was_written(data: st.DataObject, language: Language) -> None:
    track = data.draw(tracks(LETTERS[language.tag]))
    again = read_vtt(render_webvtt(track, language))
    assert content(again) == content(track)
    assert again.faults == ()


@settings(deadline=None, max_examples=60)
@given(data=st.data(), language=LANGUAGES)
def test_another_program_reads_the_same_cues_from_our_webvtt(data: st.DataObject, language: Language) -> None:
    hours_of_two_digits = tracks(LETTERS[language.tag], 99 * 3_600_000)  # pysubs2 reads no more
    written = render_webvtt(data.draw(hours_of_two_digits), language)
    ours = [(cue.span.start_ms, cue.span.end_ms) for cue in read_vtt(written).cues]
    assert [(each.start, each.end) for each in pysubs2.SSAFile.from_string(written, format_="vtt")] == ours


def test_no_control_character_reaches_a_sidecar() -> None:
    track = visible_track(a_track(a_cue(0, "Appelle\x1b[31m le\x0b116\x00000\x9b", "\x07")))
    assert render_subrip(track, None).splitlines()[2:] == ["Appelle[31m le 116000", ""]
    assert render_webvtt(track, find_language("fr")).splitlines()[4:] == ["Appelle[31m le 116000"]
