"""Do SubViewer of YouTube, MicroDVD, MPL2 and transcripts give the right texts at the right times?"""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.track import FaultKind, Track
from babelreel.timedtext.read import may_be_track, read_track

YOUTUBE = {
    "wireMagic": "pb3",
    "events": [
        {"tStartMs": 0, "dDurationMs": 9000, "id": 1},
        {"tStartMs": 1000, "dDurationMs": 2000, "segs": [{"utf8": "Bon"}, {"utf8": "jour", "tOffsetMs": 300}]},
        {"tStartMs": 2990, "dDurationMs": 10, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 3000, "dDurationMs": 1500, "segs": [{"utf8": "à\ntous"}]},
    ],
}
WHISPER = {"text": "Bonjour", "segments": [{"id": 0, "start": 1.0, "end": 2.345, "text": " Bonjour"}]}


def read(text: str, path: str) -> Track:
    return read_track(text.encode("utf-8", "surrogatepass"), language=find_language("fr"), path=path)


def told(track: Track) -> list[tuple[int, int, str]]:
    return [(cue.span.start_ms, cue.span.end_ms, cue.text) for cue in track.cues]


def test_subviewer_of_youtube() -> None:
    text = "0:00:01.000,0:00:03.500\nBonjour\nà tous\n\n\n0:00:04.000,0:00:05.000\nOui[br]non\n"
    assert told(read(text, "fr.sbv")) == [(1000, 3500, "Bonjour\nà tous"), (4000, 5000, "Oui\nnon")]


def test_a_text_without_times_in_subviewer_is_an_error() -> None:
    track = read("0:00:01.000,0:00:03.500\nOui\n\nperdu\n", "fr.sbv")
    assert [(fault.kind, fault.text) for fault in track.faults] == [(FaultKind.UNREADABLE_CUE, "perdu")]


def test_microdvd_counts_frames_at_the_rate_that_it_tells() -> None:
    track = read("{1}{1}23.976\n{24}{48}{y:i}Bonjour|à tous\n{100}{125}Oui\n", "fr.sub")
    # frame 24 at 23.976 frames a second is 1001 ms
    assert told(track) == [(1001, 2002, "Bonjour\nà tous"), (4171, 5214, "Oui")]
    assert [cue.italic for cue in track.cues] == [(True, True), (False,)]


def test_microdvd_without_a_rate_is_refused_and_says_what_to_do() -> None:
    (fault,) = read("{24}{48}Bonjour\n", "fr.sub").faults
    assert fault.kind is FaultKind.UNREADABLE_FILE
    assert "{1}{1}25" in fault.detail


@pytest.mark.parametrize(("rate", "shown"), [(Fraction(24000, 1001), "23.976"), (Fraction(24), "24")])
def test_microdvd_without_a_rate_has_that_of_the_film_and_says_so(rate: Fraction, shown: str) -> None:
    text = "{24}{48}Bonjour\n{1}{1}oui\n"
    track = read_track(text.encode(), language=find_language("fr"), path="subtitles/fr.sub", film_rate=rate)
    assert told(track)[0] == (round(24 / rate * 1000), round(48 / rate * 1000), "Bonjour")
    assert [fault.kind for fault in track.faults] == [FaultKind.READ_OTHERWISE]
    assert f"the {shown} of the film" in track.faults[0].detail


def test_microdvd_keeps_its_own_rate_beside_that_of_a_film() -> None:
    text = b"{1}{1}25\n{25}{50}Oui\n"
    track = read_track(text, language=find_language("fr"), path="subtitles/fr.sub", film_rate=Fraction(24))
    assert (told(track), track.faults) == ([(1000, 2000, "Oui")], ())


def test_mpl2_counts_tenths_of_a_second() -> None:
    assert told(read("[10][35]/Bonjour|non\n[40][50]Oui\n", "fr.mpl2")) == [
        (1000, 3500, "Bonjour\nnon"),
        (4000, 5000, "Oui"),
    ]
    assert told(read("[10][35]Bonjour\n", "fr.sub")) == [(1000, 3500, "Bonjour")]


def test_a_line_that_is_none_of_the_format_is_an_error() -> None:
    track = read("{1}{1}25\n{25}{50}Oui\nperdu\n", "fr.sub")
    assert [(fault.kind, fault.text) for fault in track.faults] == [(FaultKind.UNREADABLE_CUE, "perdu")]


def test_a_line_of_endless_markup_comes_to_an_end() -> None:
    track = read("{1}{1}25\n{25}{50}" + "{y:" * 100_000, "fr.sub")
    assert [fault.kind for fault in track.faults] == [FaultKind.UNREADABLE_CUE]


def test_pictures_of_text_are_told() -> None:
    (fault,) = read("\x00\x00\x01\xba pictures", "fr.sub").faults
    assert fault.kind is FaultKind.UNREADABLE_FILE
    assert "VobSub" in fault.detail


def test_a_transcript_of_youtube() -> None:
    assert told(read(json.dumps(YOUTUBE), "fr.json")) == [(1000, 3000, "Bonjour"), (3000, 4500, "à\ntous")]


def test_a_transcript_of_whisper() -> None:
    assert told(read(json.dumps(WHISPER), "fr.json")) == [(1000, 2345, "Bonjour")]


@pytest.mark.parametrize(
    "document",
    [
        *("", "{", "[]", "{}", "[" * 100_000, '{"events": 1}', '{"segments": [1]}', '{"events": [{"segs": 1}]}'),
        *(
            '{"segments": [{"start": NaN, "end": 1, "text": "a"}]}',
            '{"segments": [{"start": 1e400, "end": 1, "text": ""}]}',
        ),
        *('{"segments": [{"start": "1", "end": 1, "text": "a"}]}', '{"segments": [{"start": 1, "end": 2}]}'),
    ],
)
def test_another_document_is_a_finding_of_the_file(document: str) -> None:
    assert [fault.kind for fault in read(document, "fr.json").faults] == [FaultKind.UNREADABLE_FILE]


def test_half_a_character_does_not_go_on() -> None:
    (cue,) = read('{"segments": [{"start": 1, "end": 2, "text": "a\\ud800"}]}', "fr.json").cues
    assert cue.text == "a\ufffd"


def test_files_of_many_kinds_are_subtitles_only_if_they_hold_some() -> None:
    assert may_be_track("fr.json", json.dumps(YOUTUBE).encode())
    assert may_be_track("fr.json", json.dumps(WHISPER).encode())
    assert not may_be_track("package.json", b'{"name": "x"}')
    assert may_be_track("fr.xml", b'<tt xmlns="http://www.w3.org/ns/ttml">')
    assert not may_be_track("fr.xml", b"<html/>")
    assert not may_be_track("fr.docx", b"PK")


@settings(deadline=None, max_examples=100)
@given(
    st.text(st.sampled_from('{}[]1290:.,"|/abc\n -é\0'), max_size=80), st.sampled_from(["sbv", "sub", "mpl2", "json"])
)
def test_any_text_is_a_track_or_a_finding(text: str, ending: str) -> None:
    track = read(text, f"fr.{ending}")
    assert all(cue.span.start_ms >= 0 for cue in track.cues)
