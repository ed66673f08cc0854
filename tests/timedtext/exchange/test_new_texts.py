"""Does a cue get another text while every other byte of its file stays?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from babelreel.languages.find import find_language
from babelreel.model.exchange.row_key import tidy
from babelreel.model.timecode import Span
from babelreel.timedtext.exchange.new_texts import NewCue, rewrite
from babelreel.timedtext.read import read_track
from support.tracks import srt

FRENCH = find_language("fr")

SRT = b"""1
00:00:01,000 --> 00:00:02,000
{\\an8}<i>Tu as</i>
<i>des droits.</i>

2
00:00:03,000 --> 00:00:04,000
Appelle 112
"""


def rewritten(data: bytes, texts: dict[int, str], name: str = "fr.srt", *added: NewCue) -> bytes | None:
    done = rewrite(data, read_track(data, language=FRENCH, path=name), texts, FRENCH, added)
    return done.data if done else None


def test_italics_and_place_stay() -> None:
    assert rewritten(SRT, {0: "Vous avez\ndes droits."}) == SRT.replace(b"Tu as", b"Vous avez")


def test_who_speaks_and_all_commands_before_a_text_stay() -> None:
    head = "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Start, End, Text\n"
    ass = head + "Dialogue: 0:00:01.00,0:00:02.00,{\\an8}{\\i1}Tu as des droits.\n"
    assert (
        rewritten(ass.encode(), {0: "Appelle 112"}, "fr.ass")
        == ass.replace("Tu as des droits.", "Appelle 112").encode()
    )
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Tu as des droits.\n"
    assert (
        rewritten(vtt.encode(), {0: "Appelle 112"}, "fr.vtt")
        == vtt.replace("Tu as des droits.", "Appelle 112").encode()
    )
    both = vtt.replace("droits.", "droits.\n<v Bea>Oui.").encode()
    assert b"<v" not in (rewritten(both, {0: "Appelle 112"}, "fr.vtt") or b"<v")


def test_line_ends_and_what_a_file_ends_with_stay() -> None:
    data = SRT.replace(b"\n", b"\r\n").removesuffix(b"\r\n")
    assert rewritten(data, {1: "Appelle\nle 112"}) == data.replace(b"Appelle 112", b"Appelle\r\nle 112")


def test_what_players_would_take_for_markup_is_none() -> None:
    data = rewritten(SRT, {1: "Dis <b>non</b>"})
    assert data is not None
    assert "<\u2060b>" in data.decode()


def test_a_letter_that_the_old_encoding_lacks_makes_it_utf_8() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,000\nÀ bientôt, élève, dès que tu as été là.\n".encode("cp1252")
    assert rewritten(data, {0: "Déjà été là, élève."}) == data.replace(
        "À bientôt, élève, dès que tu as été là.".encode("cp1252"), "Déjà été là, élève.".encode("cp1252")
    )
    changed = rewritten(data, {0: "你好 é"})
    assert changed is not None
    assert "你好 é" in changed.decode("utf-8")


def test_a_file_that_would_be_read_in_another_code_page_becomes_utf_8() -> None:
    """A numero sign and no letter: by these bytes alone it is a letter of another Cyrillic code page."""
    language = find_language("bg")
    data = "1\n00:00:01,000 --> 00:00:02,000\nДа!\n".encode("windows-1251")
    done = rewrite(data, read_track(data, language=language, path="bg.srt"), {0: "№ 5"}, language)
    assert done is not None
    assert done.data.decode("utf-8") == "1\n00:00:01,000 --> 00:00:02,000\n№ 5\n"
    assert [cue.text for cue in done.track.cues] == ["№ 5"]


def test_webvtt_keeps_its_settings_and_notes() -> None:
    data = b"WEBVTT\n\nNOTE Z\n\n1\n00:01.000 --> 00:02.000 line:0\n<i>Tu &amp; moi</i>\n\n00:03.000 --> 00:04.000\nb\n"
    assert rewritten(data, {0: "Toi & <moi>"}, "fr.vtt") == data.replace(b"Tu &amp; moi", b"Toi &amp; &lt;moi&gt;")


def test_substation_keeps_the_command_that_places_a_line() -> None:
    head = (
        "[Script Info]\nScriptType: v4.00+\n\n"
        "[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,Arial,20\n\n"
        "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    )
    data = f"{head}Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{{\\an8}}Tu as\\Ndes droits.\n".encode()
    assert rewritten(data, {0: "Vous avez\ndes droits."}, "fr.ass") == data.replace(b"Tu as", b"Vous avez")


def test_lines_that_are_put_in_stand_in_their_order_and_those_behind_are_numbered_anew() -> None:
    data = srt((1000, 2000, "Un."), (5000, 6000, "Trois.")).encode()
    new = NewCue(span=Span(start_ms=3000, end_ms=4000), text="Deux.")
    last = NewCue(span=Span(start_ms=8000, end_ms=9000), text="Quatre.")
    assert rewritten(data, {1: "3."}, "fr.srt", last, new) == (
        srt((1000, 2000, "Un."), (3000, 4000, "Deux."), (5000, 6000, "3."), (8000, 9000, "Quatre.")).encode()
    )


def test_a_format_that_is_read_only_is_not_written() -> None:
    assert rewritten(b"0:00:01.000,0:00:02.000\nTu as\n", {0: "Vous"}, "fr.sbv") is None


LINES = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=9), min_size=1, max_size=2)
TEXT = LINES.map("\n".join).map(tidy).filter(lambda text: text and "\n\n" not in text)


@pytest.mark.parametrize("name", ["fr.srt", "fr.vtt"])
@settings(deadline=None)
@given(TEXT)
def test_any_text_is_read_as_it_was_written_or_nothing_is_written(name: str, text: str) -> None:
    data = (
        SRT if Path(name).suffix == ".srt" else b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:03.000 --> 00:04.000\nb\n"
    )
    done = rewrite(data, read_track(data, language=FRENCH, path=name), {0: text}, FRENCH)
    if done:
        assert tidy(done.track.cues[0].text).replace("\u2060", "") == text.replace("\u2060", "")
        assert done.data.splitlines()[-2:] == data.splitlines()[-2:]
