"""Are words in the picture told apart from what is said, wherever they are shown as text?"""

from __future__ import annotations

import pytest

from babelreel.languages.find import find_language
from babelreel.model.film.signs import ShownSign, Sign
from babelreel.model.timecode import Span
from babelreel.model.track import Align, Cue
from babelreel.timedtext.formats.sidecar import render_webvtt
from babelreel.timedtext.formats.webvtt import read_webvtt
from babelreel.timedtext.words.on_screen import is_on_screen, with_signs, with_words_on_screen
from babelreel.timedtext.words.paragraphs import lay_paragraphs
from support.tracks import cue, track

TWO_LINES = "محكمة الأسرة\nFamily Court"


def shown(tag: str, text: str, *said: Cue, at: tuple[int, int] = (12_000, 15_500)) -> tuple[Cue, ...]:
    sign = Sign(name="court", span=Span(start_ms=at[0], end_ms=at[1]))
    return with_signs(track(*said), [ShownSign(sign=sign, text=text)], find_language(tag)).cues


def published(tag: str, *cues: Cue) -> tuple[Cue, ...]:
    """Write cues as they are published, and read them as pages do."""
    written = render_webvtt(track(*cues, path=f"{tag}.srt"), find_language(tag))
    return read_webvtt(written, language=tag, path="").cues


def paragraphs(tag: str, *cues: Cue) -> list[str]:
    return [each.text for each in lay_paragraphs(cues, find_language(tag))]


def test_players_show_a_sign_as_a_cue_at_the_top_in_brackets_before_what_is_said_meanwhile() -> None:
    found = shown("fr", "Tribunal de la famille", cue(11_000, 12_000, "Voici"), cue(12_000, 15_500, "le tribunal."))
    assert [(each.lines, each.align) for each in found] == [
        (("Voici",), Align.BOTTOM),
        (("[Tribunal de la famille]",), Align.TOP),
        (("le tribunal.",), Align.BOTTOM),
    ]
    said = track(cue(0, 1000, "Voici"))
    assert with_signs(said, (), find_language("fr")) is said


@pytest.mark.parametrize(
    ("tag", "text", "lines"),
    [
        ("zh-Hans", "家庭法庭", ("【家庭法庭】",)),
        ("en", "Ines Dupont\nlawyer", ("[Ines Dupont", "lawyer]")),
        ("en", "[Family court]", ("[Family court]",)),
        ("ar", TWO_LINES, ("[محكمة الأسرة]", "[Family Court]")),
        ("fr", "Appelle le 116 000", ("[Appelle le 116\u00a0000]",)),
    ],
)
def test_each_language_has_its_own_brackets_and_no_number_breaks(tag: str, text: str, lines: tuple[str, ...]) -> None:
    (found,) = shown(tag, text)
    assert found.lines == lines


@pytest.mark.parametrize(("tag", "text"), [("fr", "Tribunal\n116 000"), ("ar", TWO_LINES), ("ps", "محکمه 116 000")])
def test_words_in_the_picture_are_known_again_in_what_was_published(tag: str, text: str) -> None:
    said = cue(12_000, 15_500, "Child Focus: 116 000", align=Align.TOP)
    language = find_language(tag)
    cues = published(tag, *shown(tag, text, said))
    assert [is_on_screen(each, language) for each in cues] == [True, False]
    assert not is_on_screen(cue(0, 1000, "[rain]"), language)  # a sound stands where all lines stand


def test_in_running_text_a_sign_is_a_paragraph_of_its_own_and_cuts_no_sentence() -> None:
    said = cue(11_000, 12_000, "Voici"), cue(12_000, 15_500, "le tribunal.")
    cues = shown("fr", "Entrée. Étage 1", *said, at=(11_500, 50_000))
    assert paragraphs("fr", *published("fr", *cues)) == ["Voici le tribunal.", "[Entrée. Étage 1]"]
    assert paragraphs("zh-Hans", *shown("zh-Hans", "家庭法庭", cue(12_000, 13_000, "这里"))) == ["这里", "【家庭法庭】"]


def test_numbers_of_a_card_are_words_in_the_picture_too() -> None:
    texts = [(Span(start_ms=0, end_ms=6000), ("116 000 – Child Focus", "112 – SOS")), (Span(start_ms=0, end_ms=1), ())]
    (found,) = with_words_on_screen(track(), texts, find_language("en")).cues
    assert found.lines == ("[116\u00a0000 – Child Focus", "112 – SOS]")
    assert is_on_screen(found, find_language("en"))
