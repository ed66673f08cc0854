from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from fractions import Fraction
from pathlib import Path
from shutil import copy

import imageio_ffmpeg
import pytest

from babelreel.fonts import BUNDLED, LATIN, font_path
from babelreel.languages.find import builtin_languages
from babelreel.media.programs.fontconfig import write_fontconfig
from babelreel.media.programs.log import Log
from babelreel.model.film.ladder.encoding_ladder import Frame
from babelreel.model.language import Language
from babelreel.model.style import Style
from babelreel.model.timecode import Span
from babelreel.model.track import Cue, Format, Track
from babelreel.model.visible_text import visible_track
from babelreel.rules.check import check_track
from babelreel.timedtext.burnin.drawable import has_glyph, undrawable, undrawable_in_track
from babelreel.timedtext.burnin.drawing import lay_burnin, render_drawing
from babelreel.timedtext.burnin.typeface import choose_font
from support.subjects import make_subject

LANGUAGES = {language.tag: language for language in builtin_languages()}

#: What may lie in a subtitle file and is easily judged wrong: it is seen, it is nothing, or it is a box.
SEEN = {
    "accents that stand apart": "\u0301\u0323\u031b",
    "vowel signs of Arabic": "\u064e\u0651\u0670",
    "spaces": "\u00a0\u2007\u2009\u202f\u3000",
    "the replacement character": "\ufffd",
}
NOTHING = {
    "variation selectors": "\ufe00\ufe0e\ufe0f\U000e0100\U000e01ef\u180b",
    "joiners": "\u200c\u200d\u034f\u2060\ufeff",
    "the soft hyphen": "\u00ad",
    "marks and controls of direction": "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "noncharacters": "\ufdd0\uffff",
    "controls": "\x00\x07\x1b\x7f\x85\u2028\u2029",
    "tags of flags": "\U000e0041\U000e007f",
    "vowels of Khmer that nobody writes": "\u17b4\u17b5",
}
BOX = {
    "emoji": "\u2764\U0001f600\U0001f1e7\U0001f3fd\u20e3",
    "scripts without a font": "\u16a0\u0e01\u05d0\u1780",
    "private use": "\ue000\uf3c5\U000f0000",
    "not assigned": "\u0378\U0001fffe",
    "fillers": "\u115f\u3164",
    "format characters with a form of their own": "\u070f\ufff9\ufffa\ufffb\U000110bd\U0001bca0",
    "the object replacement character": "\ufffc",
}


def characters(kinds: dict[str, str]) -> list[str]:
    return [each for text in kinds.values() for each in text]


def track(*texts: str) -> Track:
    """Give a track with a cue for every frame of a film with 25 pictures a second."""
    cues = (
        Cue(number=place, span=Span(start_ms=40 * place - 40, end_ms=40 * place), lines=tuple(text.split("\n")))
        for place, text in enumerate(texts, start=1)
    )
    return Track(language="en", path="subtitles/en.srt", format=Format.SRT, cues=tuple(cues))


def log_of_drawing(subtitles: Track, folder: Path, tag: str) -> Log:
    """Draw each cue in a frame of its own, as a build does, and give what libass says of it."""
    (folder / "fonts").mkdir()
    for font in BUNDLED:
        copy(font_path(font), folder / "fonts")
    language = LANGUAGES[tag]
    drawing = lay_burnin(
        subtitles,
        language=language,
        frame=Frame(width_px=640, height_px=360, rate=Fraction(25)),
        type_size=Fraction(1, 15),
        style=Style(),
        font=choose_font(language, None),
    )
    (folder / "cue.ass").write_text(render_drawing(drawing), encoding="utf-8", newline="\n")
    argv = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "warning", "-nostdin", "-f", "lavfi", "-i", "color=s=640x360:r=25"]
    argv += ["-vf", "ass=cue.ass:fontsdir=fonts:shaping=complex", "-frames:v", str(len(subtitles.cues))]
    env = {**os.environ, **write_fontconfig(folder, folder / "fonts")}
    done = subprocess.run([*argv, "-f", "null", "-"], cwd=folder, env=env, capture_output=True, check=True)
    log = Log()
    log.read(done.stderr.decode().splitlines())
    return log


@pytest.mark.parametrize("kind", [*SEEN, *NOTHING])
def test_what_is_drawn_or_drawn_as_nothing_is_not_missing(kind: str) -> None:
    assert undrawable({**SEEN, **NOTHING}[kind], None) == frozenset()


@pytest.mark.parametrize("kind", BOX)
def test_what_would_be_a_box_is_missing(kind: str) -> None:
    assert undrawable(BOX[kind], None) == frozenset(BOX[kind])


@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_libass_draws_all_that_is_not_missing(tag: str, tmp_path: Path) -> None:
    texts = [f"a{each}b" for each in (*characters(SEEN), *characters(NOTHING))]
    assert log_of_drawing(visible_track(track(*texts)), tmp_path, tag).glyphs == []


@pytest.mark.parametrize("kind", BOX)
def test_libass_tells_of_each_character_that_is_missing(kind: str, tmp_path: Path) -> None:
    log = log_of_drawing(track(*(f"a{each}b" for each in BOX[kind])), tmp_path, "en")
    told = {chr(int(code, 16)) for line in log.glyphs for code in re.findall(r"with glyph 0x([0-9A-F]+)", line)}
    assert told == set(BOX[kind])


@pytest.mark.parametrize("kind", [*SEEN, *NOTHING, *BOX])
def test_the_rules_and_the_plan_of_a_build_agree(kind: str) -> None:
    for character in {**SEEN, **NOTHING, **BOX}[kind]:
        if character in "\x85\u2028\u2029":
            continue  # in a file, these end a line
        subject = make_subject(f"1\n00:00:04,000 --> 00:00:07,000\na{character}b\n", path="subtitles/en.srt")
        findings = check_track(subject, select=["GLY001", "GLY002"]).findings
        errors = [each for each in findings if each.severity == "error"]
        assert bool(errors) == bool(undrawable_in_track(subject.track, None)), unicodedata.name(character, "no name")


def test_each_missing_character_comes_with_its_first_cue() -> None:
    subtitles = track("fine", "smile 😀", "😀 ᚠ")
    missing = undrawable_in_track(subtitles, None)
    assert [(cue.number, character) for cue, character in missing] == [(2, "😀"), (3, "ᚠ")]


@pytest.mark.parametrize("language", builtin_languages(), ids=lambda language: language.tag)
def test_every_script_is_drawn_in_every_language(language: Language) -> None:
    text = "Où Где العربية 中文"
    assert undrawable(text, None) == frozenset()
    assert all(choose_font(language, None).drawing(each) for each in text)


def test_a_file_that_is_no_font_draws_nothing(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.write_bytes(b"no font")
    assert has_glyph(font_path(LATIN), "a")
    assert not has_glyph(own, "a")
    assert undrawable("a\u2764", own) == {"\u2764"}
