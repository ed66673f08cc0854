"""Does any file of any known ending become a track, whatever its bytes?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.errors import TrackError
from babelreel.languages.find import find_language
from babelreel.model.track import FaultKind, Format
from babelreel.timedtext import file_size
from babelreel.timedtext.read import read_track

SRT = "1\n00:00:01,5 --> 00:00:02,000\nÉcole\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nÉcole\n"
ASS = "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,École\n"


@pytest.mark.parametrize(
    ("path", "text", "form"),
    [
        ("subtitles/fr.srt", SRT, Format.SRT),
        ("subtitles/fr.SRT", SRT, Format.SRT),
        ("fr.Vtt", VTT, Format.VTT),
        ("a.b/mon film.fr.ass", ASS, Format.ASS),
        ("fr.ssa", ASS, Format.SSA),
    ],
)
def test_the_ending_decides_the_format(path: str, text: str, form: Format) -> None:
    track = read_track(text.encode(), language=find_language("fr"), path=path)
    assert (track.format, track.path, track.language, track.encoding) == (form, path, "fr", "utf-8")
    assert [cue.text for cue in track.cues] == ["École"]


@pytest.mark.parametrize("path", ["subtitles/fr.txt", "subtitles/fr", "fr.srt.bak", ".srt", ""])
def test_an_unknown_ending_is_refused_with_the_known_ones(path: str) -> None:
    with pytest.raises(TrackError) as caught:
        read_track(b"", language=find_language("fr"), path=path)
    assert ".srt, .vtt, .ass, .ssa" in caught.value.hint
    assert caught.value.where == path


def test_a_file_over_the_limit_is_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_size, "LIMIT_BYTES", 2 << 20)
    assert read_track(b" \n" * (1 << 19), language=find_language("fr"), path="fr.srt").cues == ()
    with pytest.raises(TrackError) as caught:
        read_track(b" " * (3 << 20), language=find_language("fr"), path="fr.srt")
    assert "3 MiB, the limit is 2 MiB" in caught.value.why


CUE = {
    "a.srt": ("", "00:00:01,000 --> 00:00:02,000\n\n"),
    "a.vtt": ("WEBVTT\n\n", "00:01.000 --> 00:02.000\nYes\n\n"),
    "a.ass": ("[Events]\nFormat: Start, End, Text\n", "Dialogue: 0:00:01.00,0:00:02.00,Yes\n"),
}


@pytest.mark.parametrize("path", CUE)
def test_hundreds_of_thousands_of_cues_are_refused_before_they_are_read(path: str) -> None:
    head, cue = CUE[path]
    assert len(read_track((head + cue * 1000).encode(), language=find_language("en"), path=path).cues) == 1000
    with pytest.raises(TrackError) as caught:
        read_track((head + cue * 100_001).encode(), language=find_language("en"), path=path)
    assert caught.value.where == path
    assert "more than 100000 lines with times" in caught.value.why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\n" * 1_000_001, "1000001 line ends"),
        ("\r" * 1_000_001, "1000001 line ends"),
        ("x" * 1_000_001, "row of 1000001 characters"),
        (("<i>a</i>" * 1000 + "\n") * 501, "1002000 signs of markup"),
    ],
    ids=["LF", "CR", "line", "markup"],
)
@pytest.mark.parametrize("ending", ["srt", "vtt", "ass"])
def test_what_no_film_can_need_is_refused_with_what_it_has_too_much_of(ending: str, text: str, why: str) -> None:
    with pytest.raises(TrackError) as caught:
        read_track(text.encode(), language=find_language("en"), path=f"en.{ending}")
    assert why in caught.value.why


def test_of_each_kind_of_fault_the_first_thousand_are_kept_and_the_others_counted() -> None:
    text = "".join(f"{number}\n00:00:01,5 --> 00:00:02,000\nYes\n\n" for number in range(1, 3001))
    track = read_track(f"Title\n\n{text}".encode(), language=find_language("en"), path="en.srt")
    forms = [fault for fault in track.faults if fault.kind is FaultKind.TIMESTAMP_FORM]
    assert len(track.cues) == 3000
    assert len(forms) == 1001
    assert "2000 more of this kind" in forms[-1].detail
    assert (forms[-1].line, forms[-1].repaired) == (4 * 1000 + 4, None)
    assert [fault.kind for fault in track.faults].count(FaultKind.STRAY_TEXT) == 1


def test_a_byte_order_mark_that_is_left_moves_no_place() -> None:
    for path, (head, cue) in CUE.items():
        text = f"\ufeff{head}{cue}"
        (found,) = read_track(b"\xef\xbb\xbf" + text.encode(), language=find_language("en"), path=path).cues
        assert text[slice(*found.start_spot)] in ("00:00:01,000", "00:01.000", "0:00:01.00")
        assert text[slice(*found.body)].strip() in ("", "Yes")
    bare = "\ufeff00:01.000 --> 00:02.000\nYes"
    (found,) = read_track(b"\xef\xbb\xbf" + bare.encode(), language=find_language("en"), path="en.vtt").cues
    assert (bare[slice(*found.start_spot)], found.column, bare[found.offset(0, 0)]) == ("00:01.000", 2, "Y")


def test_faults_of_bytes_and_text_come_in_the_order_of_lines() -> None:
    track = read_track(SRT.replace("É", "é").encode("windows-1252"), language=find_language("fr"), path="fr.srt")
    assert [cue.text for cue in track.cues] == ["école"]
    assert track.encoding == "windows-1252"
    assert [(fault.kind, fault.line) for fault in track.faults] == [
        (FaultKind.LEGACY_ENCODING, 1),
        (FaultKind.TIMESTAMP_FORM, 2),
    ]


@pytest.mark.parametrize("ending", ["srt", "vtt", "ass", "ssa"])
@settings(deadline=None, max_examples=80)
@given(data=st.binary(max_size=300), language=st.sampled_from(["fr", "ar", "zh-Hans", "vi", "ru"]))
def test_no_bytes_make_reading_fail(ending: str, data: bytes, language: str) -> None:
    track = read_track(data, language=find_language(language), path=f"x.{ending}")
    assert list(track.faults) == sorted(track.faults, key=lambda fault: (fault.line, fault.column))


@pytest.mark.parametrize(("ending", "text"), [("srt", SRT), ("vtt", VTT), ("ass", ASS), ("ssa", ASS)])
@settings(deadline=None, max_examples=80)
@given(places=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 255)), max_size=8), cut=st.integers(0, 80))
def test_damaged_files_are_still_read(ending: str, text: str, places: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(text.encode() * 2)
    for place, value in places:
        data[place % len(data)] = value
    track = read_track(bytes(data[: len(data) - cut]), language=find_language("fr"), path=f"x.{ending}")
    assert all(fault.line >= 1 and fault.column >= 1 for fault in track.faults)


MARKED_UP = {
    "a.srt": "1\r\n00:00:01,000 --> 00:00:02,000 X1:4\r\n<i>You</i> have {\\an8}rights.\r\nA doctor\r\n\r\n",
    "a.vtt": "WEBVTT\n\n1\n01:01.000 --> 01:02.000 line:0\n<v Ann>Bread &amp; milk</v>\nare <b>free</b>\n",
    "a.ass": "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}You{\\i0} have\\Nrights, too\n",
}


@pytest.mark.parametrize("path", MARKED_UP)
def test_every_character_of_a_cue_is_known_by_its_place_in_the_file(path: str) -> None:
    text = MARKED_UP[path]
    track = read_track(text.encode(), language=find_language("en"), path=path)
    (cue,) = track.cues
    shown = text.replace("&amp;", "&____")
    for number, line in enumerate(cue.lines):
        assert "".join(shown[cue.offset(number, index)] for index in range(len(line))) == line
        assert cue.offset(number, len(line)) == cue.offset(number, len(line) - 1) + 1
    assert read_track(text.encode(), language=find_language("en"), path=path).source.text == text


@pytest.mark.parametrize("path", MARKED_UP)
def test_the_times_and_the_text_of_a_cue_are_known_by_their_place_in_the_file(path: str) -> None:
    text = MARKED_UP[path]
    (cue,) = read_track(text.encode(), language=find_language("en"), path=path).cues
    assert text[slice(*cue.start_spot)].endswith(("01,000", "01.000", "01.00"))
    assert text[slice(*cue.end_spot)].endswith(("02,000", "02.000", "02.00"))
    assert text[slice(*cue.body)].startswith(("<", "{"))
    assert track_line(text, cue.line) in text
    assert cue.start_spot.start == text.index(track_line(text, cue.line)) + cue.column - 1


def track_line(text: str, number: int) -> str:
    return text.splitlines()[number - 1]
