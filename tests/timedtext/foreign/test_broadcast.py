"""Do TTML and EBU STL give the right texts at the right times, and does nothing in them get lost without a word?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.track import Align, FaultKind, Track
from babelreel.timedtext.read import read_track
from support.foreign_files import Time, stl_file, stl_text, ttml_file

ITALIC = '<styling><style xml:id="it" tts:fontStyle="italic"/></styling>'
REGIONS = """\
<layout>
<region xml:id="top" tts:origin="10% 10%" tts:extent="80% 20%" tts:displayAlign="before"/>
<region xml:id="middle" tts:origin="10% 40%" tts:extent="80% 20%" tts:displayAlign="center"/>
<region xml:id="low" tts:origin="10% 70%" tts:extent="80% 20%" tts:displayAlign="after"/>
<region xml:id="all" tts:displayAlign="after"/>
</layout>"""


def read(data: bytes, path: str = "fr.ttml") -> Track:
    return read_track(data, language=find_language("fr"), path=path)


def times(track: Track) -> list[tuple[int, int]]:
    return [(cue.span.start_ms, cue.span.end_ms) for cue in track.cues]


def texts(track: Track) -> list[str]:
    return [cue.text for cue in track.cues]


def kinds(track: Track) -> list[FaultKind]:
    return [fault.kind for fault in track.faults]


@pytest.mark.parametrize(
    ("attributes", "begin", "end", "expected"),
    [
        ("", "00:00:01.500", "00:00:03.250", (1500, 3250)),
        ("", "1.5s", "3250ms", (1500, 3250)),
        ("", "0.5m", "0.01h", (30_000, 36_000)),
        ('ttp:frameRate="25"', "00:00:01:12", "00:00:03:00", (1480, 3000)),
        ('ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', "30f", "60f", (1001, 2002)),
        ('ttp:tickRate="10000000"', "15000000t", "32500000t", (1500, 3250)),
        ('ttp:timeBase="smpte" ttp:frameRate="25"', "10:00:01:12", "10:00:03:00", (1480, 3000)),
    ],
)
def test_every_form_of_time_is_read(attributes: str, begin: str, end: str, expected: tuple[int, int]) -> None:
    track = read(ttml_file(f'<p begin="{begin}" end="{end}">Oui</p>', attributes=attributes))
    assert times(track) == [expected]


def test_lines_italics_and_places_are_kept() -> None:
    body = """
        <p begin="1s" end="2s" region="low">Bonjour<br/>à   tous
           ici</p>
        <p begin="3s" end="4s" region="top" style="it">En haut</p>
        <p begin="5s" end="6s" region="middle"><span tts:fontStyle="italic">Au</span> milieu</p>
        <p begin="7s" end="8s" region="all"><span style="it">Tout</span></p>
        <p begin="9s" end="10s">Sans place</p>"""
    track = read(ttml_file(body, head=ITALIC + REGIONS))
    assert texts(track) == ["Bonjour\nà tous ici", "En haut", "Au milieu", "Tout", "Sans place"]
    assert [cue.align for cue in track.cues] == [Align.BOTTOM, Align.TOP, Align.MIDDLE, Align.BOTTOM, Align.BOTTOM]
    assert [cue.italic for cue in track.cues] == [(False, False), (True,), (False,), (True,), (False,)]
    assert not track.faults


def test_times_count_from_the_start_of_what_they_stand_in() -> None:
    body = '<p begin="1s" dur="1s">Un</p></div><div begin="10s"><p begin="1s" end="2s">Deux</p>'
    assert times(read(ttml_file(body))) == [(1000, 2000), (11_000, 12_000)]


def test_parts_that_follow_one_another_are_cues_and_lines_that_are_added_are_one() -> None:
    apart = '<p begin="13s"><span begin="0s" end="1s">Un</span><span begin="1s" end="2s">Deux</span></p>'
    added = '<p begin="20s" end="24s"><span begin="0s">Un</span><br/><span begin="2s">Deux</span></p>'
    track = read(ttml_file(apart + added))
    assert times(track) == [(13_000, 14_000), (14_000, 15_000), (20_000, 24_000)]
    assert texts(track) == ["Un", "Deux", "Un\nDeux"]
    assert not track.faults


def test_a_draft_of_ttml_is_read_as_the_standard() -> None:
    draft = b'<tt xmlns="http://www.w3.org/2006/10/ttaf1"><body><div><p begin="1s" end="2s">Oui</p></div></body></tt>'
    assert texts(read(draft, "fr.dfxp")) == ["Oui"]


def test_utf_16_is_read() -> None:
    document = ttml_file('<p begin="1s" end="2s">Où</p>').decode().replace("UTF-8", "UTF-16")
    assert texts(read(document.encode("utf-16"))) == ["Où"]


@pytest.mark.parametrize(
    "body", ['<p begin="soon" end="2s">Oui</p>', '<p begin="500h" end="501h">Oui</p>', '<p end="soon">Oui</p>']
)
def test_a_time_that_cannot_be_right_is_an_error(body: str) -> None:
    track = read(ttml_file(f'<p begin="9s" end="10s">Non</p>{body}'))
    assert "Non" in texts(track)
    assert FaultKind.UNREADABLE_CUE in kinds(track)


def test_a_cue_that_ends_before_it_begins_is_left_to_the_rules() -> None:
    assert times(read(ttml_file('<p begin="3s" end="2s">Oui</p>'))) == [(3000, 2000)]


def test_pictures_of_text_are_told() -> None:
    picture = '<p begin="1s" end="2s" tts:backgroundImage="1.png"/>'
    (fault,) = read(ttml_file(picture)).faults
    assert "pictures" in fault.detail


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"PK\x03\x04",
        b"<tt",
        b"<html/>",
        b'<?xml version="1.0" encoding="klingon"?><tt/>',
        b'<!DOCTYPE tt [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><tt>&b;</tt>',
        b'<!DOCTYPE tt [<!ENTITY a SYSTEM "file:///etc/passwd">]><tt>&a;</tt>',
        b"<a>" * 100_000,
    ],
)
def test_what_is_no_ttml_is_a_finding_of_the_file(document: bytes) -> None:
    track = read(document)
    assert kinds(track) == [FaultKind.UNREADABLE_FILE]
    assert not track.cues


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=40), st.integers(0, 600))
def test_a_damaged_document_is_never_a_crash(junk: bytes, place: int) -> None:
    whole = ttml_file('<p begin="1s" end="2s" region="low">Oui</p>', head=ITALIC + REGIONS)
    read(whole[:place] + junk + whole[place + len(junk) :])


# --- EBU STL ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "start", "begin", "end", "expected"),
    [
        (b"STL25.01", b"00000000", (0, 0, 1, 12), (0, 0, 3, 0), (1480, 3000)),
        (b"STL25.01", b"10000000", (10, 0, 1, 12), (10, 0, 3, 0), (1480, 3000)),
        (b"STL25.01", b"00595500", (1, 0, 0, 0), (1, 0, 1, 0), (5000, 6000)),
        # 30000/1001 frames a second: a second of the timecode lasts 1001 ms
        (b"STL30.01", b"00000000", (0, 0, 1, 15), (0, 0, 3, 0), (1502, 3003)),
        # a start that is later than the first text cannot be right
        (b"STL25.01", b"01000000", (0, 0, 1, 0), (0, 0, 2, 0), (1000, 2000)),
    ],
)
def test_times_of_stl_count_from_the_start_of_the_programme(
    rate: bytes, start: bytes, begin: Time, end: Time, expected: tuple[int, int]
) -> None:
    assert times(read(stl_file(stl_text(begin, end, b"Oui"), rate=rate, start=start), "fr.stl")) == [expected]


def test_ten_hours_are_taken_off_and_told_where_no_start_is_named() -> None:
    track = read(stl_file(stl_text((10, 0, 1, 0), (10, 0, 3, 0), b"Oui"), start=b" " * 8), "fr.stl")
    assert times(track) == [(1000, 3000)]
    assert kinds(track) == [FaultKind.READ_OTHERWISE]


def test_letters_lines_italics_and_rows_of_stl_are_kept() -> None:
    low = stl_text((0, 0, 1, 0), (0, 0, 2, 0), b"\x0b\x0b\xc1A la\x8a\x80\xc2ecole\x81\x8a\x8a")
    high = stl_text((0, 0, 3, 0), (0, 0, 4, 0), b"En haut", row=2, number=1)
    first, second = read(stl_file(low, high), "fr.stl").cues
    assert (first.lines, first.italic, first.align) == (("À la", "école"), (False, True), Align.BOTTOM)
    assert (second.text, second.align) == ("En haut", Align.TOP)


def test_arabic_letters_of_stl_are_read() -> None:
    arabic = "أهلا".encode("iso-8859-6")
    track = read(stl_file(stl_text((0, 0, 1, 0), (0, 0, 2, 0), arabic), letters=b"02"), "ar.stl")
    assert texts(track) == ["أهلا"]


def test_texts_of_one_number_stay_apart_and_comments_are_left_out() -> None:
    one = stl_text((0, 0, 1, 0), (0, 0, 2, 0), b"Un")
    comment = stl_text((0, 0, 3, 0), (0, 0, 4, 0), b"pour le studio", is_comment=True)
    two = stl_text((0, 0, 5, 0), (0, 0, 6, 0), b"Deux")
    assert texts(read(stl_file(one, comment, two), "fr.stl")) == ["Un", "Deux"]


def test_a_text_that_grows_is_one_cue() -> None:
    parts = (
        stl_text((0, 0, second, 0), (0, 0, 9, 0), text, group=group)
        for second, text, group in ((1, b"Un", 1), (2, b"Deux", 2), (3, b"Trois", 3))
    )
    track = read(stl_file(*parts), "fr.stl")
    assert (times(track), texts(track)) == ([(1000, 9000)], ["Un\nDeux\nTrois"])


def test_what_is_lost_in_stl_is_an_error() -> None:
    backwards = stl_text((0, 0, 5, 0), (0, 0, 4, 0), b"Perdu")
    good = stl_text((0, 0, 1, 0), (0, 0, 2, 0), b"Oui")
    for data in (stl_file(good, backwards), stl_file(good) + b"cut off"):
        track = read(data, "fr.stl")
        assert texts(track) == ["Oui"]
        assert kinds(track) == [FaultKind.UNREADABLE_CUE]


def test_an_overlap_that_is_taken_out_is_told() -> None:
    track = read(
        stl_file(stl_text((0, 0, 1, 0), (0, 0, 3, 0), b"Un"), stl_text((0, 0, 2, 0), (0, 0, 4, 0), b"Deux")),
        "fr.stl",
    )
    assert kinds(track) == [FaultKind.READ_OTHERWISE]


@pytest.mark.parametrize("data", [b"", b"solid cube\nfacet", b"\0" * 2048, stl_file()[:1000]])
def test_what_is_no_ebu_stl_is_a_finding_of_the_file(data: bytes) -> None:
    assert kinds(read(data, "fr.stl")) == [FaultKind.UNREADABLE_FILE]


def test_a_text_without_end_is_a_finding_of_the_file() -> None:
    part = stl_text((0, 0, 1, 0), (0, 0, 2, 0), b"Oui" * 30)
    track = read(stl_file(*[part[:3] + b"\x01" + part[4:]] * 5000), "fr.stl")
    assert kinds(track) == [FaultKind.UNREADABLE_FILE]


@pytest.mark.parametrize("attribute", ['ttp:frameRate="0"', 'ttp:tickRate="0"', 'ttp:frameRateMultiplier="1 0"'])
def test_a_rate_of_nothing_is_a_finding_of_the_file(attribute: str) -> None:
    track = read(ttml_file('<p begin="1f" end="2t">Oui</p>', attributes=attribute))
    assert not track.cues
    assert kinds(track) == [FaultKind.UNREADABLE_FILE]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60), st.integers(0, 1150))
def test_damaged_stl_is_never_a_crash(junk: bytes, place: int) -> None:
    whole = stl_file(stl_text((0, 0, 1, 0), (0, 0, 2, 0), b"Oui"))
    read(whole[:place] + junk + whole[place + len(junk) :], "fr.stl")
